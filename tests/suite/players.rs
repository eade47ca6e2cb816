//! Outside players: what they decide is recorded and replayed to the bit, and nothing that they do ends the run.

use std::path::Path;
use std::process::Command as Plain;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::typed::{self, summitry};

const STOCKHOLM: &str = "scenarios/stockholm-2025.ron";
const BOT: &str = "parties.us.strategy=External(\"bot\")";
const BOULWARE: &str = "parties.us.strategy=(like: \"boulware\", offer: External(\"bot\"))";

fn document(arguments: &[&str]) -> Value {
    typed::json(&[arguments, &["--format", "json"]].concat())
}

/// What is counted, whoever decided.
fn counts(document: &Value) -> [&Value; 4] {
    ["games", "outcomes", "shares", "metrics"].map(|field| &document[field])
}

fn python() -> bool {
    let there = Plain::new("python3").arg("--version").output().is_ok_and(|done| done.status.success());
    if !there {
        println!("skipped: there is no python3 here");
    }
    there
}

/// A player written for the shell: `after` is what it does once it has said hello.
#[cfg(unix)]
fn shell(after: &str) -> String {
    format!("bot=sh -c 'read hello; echo \"{{\\\"protocol\\\": \\\"summitry.player/1\\\"}}\"; {after}'")
}

#[test]
fn the_example_plays_and_its_record_is_the_same_games_again() {
    let example = include_str!("../../scenarios/players/halfway.py");
    assert!(example.lines().count() <= 25, "an example of 25 lines");
    if !python() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("orders.jsonl");
    let file = file.to_str().expect("UTF-8");
    let bot = ["--player", "bot=python3 scenarios/players/halfway.py"];
    let base = ["batch", STOCKHOLM, "--set", BOT];
    let live = document(&[&base[..], &bot, &["--seed", "4", "--games", "12", "--record", file]].concat());
    assert_eq!((&live["digest"], &live["reproducible"]), (&Value::Null, &json!(false)));
    assert_eq!(live["outside"]["forfeited"], 0, "{}", live["outside"]);
    assert!(live["outside"]["moves"].as_u64().is_some_and(|n| n > 12 * 20), "it is asked every round");
    let again = |threads: &str| document(&[&base[..], &["--orders", file, "--threads", threads]].concat());
    let (one, two) = (again("1"), again("2"));
    assert_eq!(counts(&live), counts(&one));
    assert_eq!(one["reproducible"], true);
    assert!(one["digest"].as_str().is_some_and(|digest| digest.len() == 16), "{}", one["digest"]);
    assert_eq!(one, two);
    // It does play: the strategy that stands in for it ends otherwise.
    let engine = document(&["batch", STOCKHOLM, "--seed", "4", "--games", "12"]);
    assert_ne!(counts(&engine), counts(&live));
    // A record that was cut, of another scenario or of another seed is refused.
    let text = std::fs::read_to_string(file).expect("written");
    let cut = folder.path().join("cut.jsonl");
    std::fs::write(&cut, text.lines().take(5).collect::<Vec<_>>().join("\n")).expect("written");
    for (arguments, says) in [
        (vec!["--set", BOT, "--orders", cut.to_str().expect("UTF-8")], "holds 4 games"),
        (vec!["--set", BOT, "--orders", file, "--seed", "5"], "of seed 4"),
        (vec!["--set", BOT, "--orders", file, "--games", "13"], "of 12 games"),
        (vec!["--set", "clock.rounds=20", "--orders", file], "of another scenario"),
        (vec!["--set", BOT, "--orders", "no-such-file"], "there is no file `no-such-file`"),
    ] {
        let (exit, _, err) = summitry(&[&["batch", STOCKHOLM], &arguments[..]].concat());
        assert!(exit == 2 && err.contains(says), "{arguments:?}: {exit} {err}");
    }
    // One game is told.
    let told = document(&[&["run", STOCKHOLM, "--set", BOT, "--seed", "4"], &bot[..]].concat());
    assert_eq!((&told["reproducible"], &told["forfeits"]), (&json!(false), &json!([])));
}

#[test]
fn opening_a_file_starts_no_program_and_an_unbound_name_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let mark = folder.path().join("started");
    let bot = format!("bot=touch {}", mark.display());
    let (exit, out, err) = summitry(&["check", STOCKHOLM, "--set", BOT]);
    assert_eq!(exit, 0, "{out}{err}");
    for (arguments, says) in [
        (vec!["batch", STOCKHOLM, "--set", BOT], "no program is bound to that name"),
        (vec!["run", STOCKHOLM, "--set", BOT], "--player bot='python3 bot.py'"),
        (vec!["batch", STOCKHOLM, "--set", BOT, "--player", "bat=x"], "did you mean `bot`?"),
        (vec!["batch", STOCKHOLM, "--player", &bot], "no party plays by an outside program"),
        (vec!["batch", STOCKHOLM, "--set", BOT, "--player", "bot=no-such-program-here"], "cannot be started"),
        (vec!["batch", STOCKHOLM, "--set", BOT, "--player", "bot='"], "split into words"),
        (vec!["batch", STOCKHOLM, "--record", "x.jsonl"], "no party plays by one"),
        (vec!["odds", STOCKHOLM, "--set", BOT], "which this command does not start"),
        (vec!["ablation", STOCKHOLM, "--set", BOT], "which this command does not start"),
        (vec!["tournament", STOCKHOLM, "--set", BOT], "a study starts none"),
    ] {
        let (exit, _, err) = summitry(&arguments);
        assert!(exit == 2 && err.contains(says), "{arguments:?}: {exit} {err}");
    }
    assert!(!mark.exists(), "a program was started");
}

#[cfg(unix)]
#[allow(clippy::disallowed_methods)] // a run that waits for ever is told apart by the clock
#[test]
#[expect(clippy::disallowed_methods, reason = "a test may look at the clock")]
fn a_program_that_fails_forfeits_its_moves_and_the_run_goes_on() {
    let games = ["--seed", "9", "--games", "6"];
    let stand_in = document(&[&["batch", STOCKHOLM, "--us", "boulware"], &games[..]].concat());
    for (after, think, says) in [
        ("while read line; do echo nonsense; done", "10", "`nonsense` is no answer: expected"),
        ("while read line; do echo \"{\\\"do\\\": \\\"yes\\\"}\"; done", "10", "no answer to this question"),
        ("read line; exit 3", "10", "the program ended (exit status: 3)"),
        ("sleep 60", "0.1", "no answer within 0.1 s"),
    ] {
        let bot = shell(after);
        let begin = Instant::now();
        let arguments = ["batch", STOCKHOLM, "--set", BOULWARE, "--player", &bot, "--think", think];
        let done = document(&[&arguments[..], &games].concat());
        let outside = &done["outside"];
        assert!(outside["first_forfeits"][0].as_str().is_some_and(|line| line.contains(says)), "{after}: {outside}");
        assert!(outside["forfeited"].as_u64() > Some(6 * 20), "{after}: {outside}");
        if after != "while read line; do echo \"{\\\"do\\\": \\\"yes\\\"}\"; done" {
            assert_eq!(outside["forfeited"], outside["moves"], "{after}");
            assert_eq!(counts(&done), counts(&stand_in), "{after}: the strategy that stands in plays");
        }
        assert!(begin.elapsed() < Duration::from_secs(60), "{after}: the run waits for ever");
    }
}

#[cfg(unix)]
#[test]
fn a_program_that_leaves_all_to_the_strategy_is_the_strategy() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("orders.jsonl");
    let file = file.to_str().expect("UTF-8");
    let bot = shell("while read line; do echo \"{\\\"do\\\": \\\"strategy\\\"}\"; done");
    let base = ["batch", STOCKHOLM, "--set", BOULWARE];
    let games = ["--seed", "9", "--games", "8"];
    document(&[&base[..], &games, &["--player", &bot, "--threads", "2", "--record", file]].concat());
    let again = document(&[&base[..], &["--orders", file]].concat());
    let engine = document(&[&["batch", STOCKHOLM, "--us", "boulware"], &games[..]].concat());
    assert_eq!(again["digest"], engine["digest"], "the same games, to the bit");
    // The record is there already and is left alone.
    let (exit, _, err) = summitry(&[&base[..], &games, &["--player", &bot, "--record", file]].concat());
    assert!(exit == 2 && err.contains("left alone"), "{err}");
    assert!(Path::new(file).exists());
}

/// Ctrl-C: the game under way is finished, and what was played is counted, recorded and can be played again.
#[cfg(unix)]
#[allow(clippy::disallowed_methods)] // so is a program that never decides
#[test]
#[expect(clippy::disallowed_methods, reason = "a test may look at the clock")]
fn an_interrupted_batch_keeps_what_it_finished() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let (mark, file) = (at("mark"), at("orders.jsonl"));
    let bot = shell(&format!(
        "n=0; while read line; do n=$((n+1)); if [ $n = 200 ]; then touch {mark}; fi; \
         echo \"{{\\\"do\\\": \\\"strategy\\\"}}\"; done"
    ));
    let mut batch = Plain::new(assert_cmd::cargo::cargo_bin!("summitry"));
    batch.current_dir(env!("CARGO_MANIFEST_DIR")).args(["batch", STOCKHOLM, "--set", BOULWARE, "--player", &bot]);
    batch.args(["--seed", "9", "--games", "1e6", "--record", &file, "--format", "json"]);
    let running = batch.stdout(std::process::Stdio::piped()).spawn().expect("it runs");
    let begin = Instant::now();
    while !Path::new(&mark).exists() {
        assert!(begin.elapsed() < Duration::from_secs(120), "200 decisions take for ever");
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(!Path::new(&file).exists(), "the record appears at the end");
    let stop = Plain::new("kill").args(["-INT", &running.id().to_string()]).status().expect("a signal");
    assert!(stop.success());
    let done = running.wait_with_output().expect("it ends");
    assert_eq!(done.status.code(), Some(3));
    let live: Value = serde_json::from_slice(&done.stdout).expect("one document");
    let games = live["games"].as_u64().expect("a number");
    assert!((2..100_000).contains(&games), "{games} games");
    let again = document(&["batch", STOCKHOLM, "--set", BOULWARE, "--orders", &file]);
    assert_eq!(counts(&live), counts(&again));
    let engine = document(&["batch", STOCKHOLM, "--us", "boulware", "--seed", "9", "--games", &games.to_string()]);
    assert_eq!(again["digest"], engine["digest"]);
}
