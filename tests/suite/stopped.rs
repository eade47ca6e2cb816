//! Stopped by a signal: what is finished is printed, how to go on is said, and the exit code is 3; whichever signal it is
//! and whichever command.
#![cfg(unix)]

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::typed;

const STORY: &str = "scenarios/stockholm-2025.ron";
const SMALL: &str = "scenarios/theory/two-issues.ron";

fn started(arguments: &[&str]) -> Child {
    let mut program = Command::new(assert_cmd::cargo::cargo_bin!("summitry"));
    program.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments);
    program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    program.spawn().expect("it runs")
}

fn send(signal: &str, to: &Child) {
    let sent = Command::new("kill").args([&format!("-{signal}"), &to.id().to_string()]).status().expect("kill");
    assert!(sent.success(), "it has ended before {signal}");
}

/// What a command says that is stopped once it has found something, and how long it took to end.
#[allow(clippy::disallowed_methods)] // a test may look at the clock
fn stopped(arguments: &[&str], signal: &str) -> (String, String, Duration) {
    for seconds in [1, 4, 16, 64] {
        let child = started(arguments);
        std::thread::sleep(Duration::from_secs(seconds));
        send(signal, &child);
        let begun = Instant::now();
        let Output { status, stdout, stderr } = child.wait_with_output().expect("it ends");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        let (out, err) = (text(stdout), text(stderr));
        assert_eq!(status.code(), Some(3), "{arguments:?} {signal}: {out}{err}");
        if !out.is_empty() {
            return (out, err, begun.elapsed());
        }
        assert!(err.contains("stopped before"), "{arguments:?}: {err}");
    }
    panic!("{arguments:?} finds nothing in a minute");
}

/// A program that is started where SIGHUP is ignored, as by `nohup`, heeds that.
fn hangs_up() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| u64::from_str_radix(line.strip_prefix("SigIgn:")?.trim(), 16).ok());
    ignored.is_none_or(|bits| bits & 1 == 0)
}

/// Every study, and each signal.
#[test]
fn every_study_keeps_what_it_has_found() {
    let questions = "scenarios/studies/questions-2018-2019.ron";
    let studies: [&[&str]; 13] = [
        &["batch", STORY, "--games=1e8"],
        &["batch", SMALL, "--games=1e12"],
        &["compare", STORY, "--variant=parties.us.optimism=0.9", "--games=1e8"],
        &["sweep", STORY, "--over=parties.us.optimism=0.2,0.8", "--games=1e8"],
        &["sweep", STORY, "--over=parties.us.optimism=0.2..0.8", "--points=401", "--games=1e8"],
        &["sensitivity", STORY, "--method=morris", "--all=20%", "--games=64", "--samples=50"],
        &["sensitivity", STORY, "--only=optimism", "--games=20", "--samples=16_384"],
        &["discover", STORY, "--where=no_deal", "--games=1e6", "--only=prosperity"],
        &["signs", "scenarios/studies/signs.ron", "--games=1e8"],
        &["tournament", STORY, "--strategies=boulware,conceder", "--games=1e8"],
        &["score", questions, "scenarios/phase-one-2018.ron", "--games=1e8"],
        &["odds", STORY, "--futures=1e7"],
        &["tune", STORY, "--over=parties.us.optimism=0..1", "--maximise=us.total", "--games=64", "--tries=1e6"],
    ];
    let signals: &[&str] = if hangs_up() { &["INT", "TERM", "HUP"] } else { &["INT", "TERM"] };
    for (study, signal) in studies.iter().zip(signals.iter().cycle()) {
        let arguments = [study, &["--seed=5", "--format=json"][..]].concat();
        let (out, err, _) = stopped(&arguments, signal);
        let document: Value = serde_json::from_str(&out).expect("one document");
        assert_eq!(document["interrupted"], true, "{study:?}");
        let again = format!("all of it: summitry {} ", study[0]);
        assert!(err.contains("Ctrl-C again ends at once") && err.contains(&again), "{study:?}: {err}");
    }
}

/// A study of many cells does not play them all to their end first: with all strategies it took a minute and a half.
#[test]
fn a_study_of_many_cells_ends_soon() {
    for arguments in [&["tournament", STORY, "--games=1e7", "--seed=5"][..], &["ablation", STORY, "--games=1e7"]] {
        let (page, told, took) = stopped(arguments, "INT");
        assert!(took < Duration::from_secs(8), "{arguments:?}: {took:?}");
        assert!(!page.is_empty());
        assert_eq!(told.contains("with --out DIR it is kept in parts"), arguments[0] == "tournament", "{told}");
    }
}

/// A study in a folder tells what it has of the part under way, too, and its command goes on with the folder.
#[test]
fn a_study_in_a_folder_tells_of_the_part_under_way() {
    let folder = tempfile::tempdir().expect("a folder");
    let kept = folder.path().join("kept");
    let sweep = ["sweep", STORY, "--over=parties.us.optimism=0.2,0.8", "--games=1e7", "--seed=5", "--format=json"];
    let child = started(&[&sweep[..], &["--out", kept.to_str().expect("UTF-8")]].concat());
    std::thread::sleep(Duration::from_secs(4));
    send("TERM", &child);
    let Output { status, stdout, stderr } = child.wait_with_output().expect("it ends");
    let told = String::from_utf8(stderr).expect("UTF-8");
    assert_eq!(status.code(), Some(3), "{told}");
    let document: Value = serde_json::from_slice(&stdout).unwrap_or_else(|e| panic!("{e}: {told}"));
    assert!(document["games"].as_u64() > Some(0) && document["interrupted"] == true, "{document}");
    assert!(told.contains("this goes on with it") && told.contains("--out"), "{told}");
}

/// Stopped before there is anything to tell, a command says how all of it is had.
#[test]
fn what_tells_nothing_yet_says_how_to_go_on() {
    let child = started(&["sensitivity", STORY, "--method=morris", "--games=1e7", "--seed=5"]);
    std::thread::sleep(Duration::from_secs(2));
    send("TERM", &child);
    let done = child.wait_with_output().expect("it ends");
    let told = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(3), "{told}");
    assert!(told.contains("all of it: summitry sensitivity ") && told.contains("--method=morris"), "{told}");
}

/// A page of charts is written of the games that were played.
#[test]
fn a_report_that_is_stopped_is_a_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("page.html");
    let (out, err, took) =
        stopped(&["report", STORY, "--games=1e8", "--seed=5", "--out", page.to_str().expect("UTF-8")], "TERM");
    assert!(out.contains("charts") && err.contains("all of it: summitry report "), "{out}{err}");
    assert!(took < Duration::from_secs(8), "{took:?}");
    assert!(std::fs::read_to_string(&page).expect("written").contains("stopped before all were played"));
}

/// What was stopped is what its first games say: asked for so many games, a study finds the same.
#[test]
fn what_was_stopped_can_be_had_again() {
    let asked = |games: &str| {
        let games = format!("--games={games}");
        let study = ["compare", STORY, "--variant=parties.us.optimism=0.9", "--seed=6", "--threads=3", "--format=json"];
        [&study[..], &[&games]].concat().iter().map(|word| word.to_string()).collect::<Vec<_>>()
    };
    let words = |all: &[String]| all.iter().map(String::as_str).map(str::to_owned).collect::<Vec<_>>();
    let long = words(&asked("1e8"));
    let (out, _, _) = stopped(&long.iter().map(String::as_str).collect::<Vec<_>>(), "TERM");
    let part: Value = serde_json::from_str(&out).expect("one document");
    let short = words(&asked(&part["games"].to_string()));
    let whole = typed::json(&short.iter().map(String::as_str).collect::<Vec<_>>());
    let of = |document: &Value| {
        let mut document = document.clone();
        let all = document.as_object_mut().expect("a document");
        all.retain(|field, _| field != "asked" && field != "interrupted" && field != "made");
        document
    };
    assert_eq!(of(&part), of(&whole));
}

/// The second signal does not wait for the game under way, and says what it costs.
#[test]
fn a_second_signal_ends_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let mark = folder.path().join("asked");
    let deaf = format!(
        "bot=sh -c 'read hello; echo \"{{\\\"protocol\\\": \\\"summitry.player/1\\\"}}\"; read line; touch {}; exec sleep 600'",
        mark.display()
    );
    let set = "parties.us.strategy=(like: \"boulware\", offer: External(\"bot\"))";
    let mut child = started(&["batch", STORY, "--set", set, "--player", &deaf, "--think=500", "--seed=9", "--games=9"]);
    wait(|| mark.exists());
    send("TERM", &child);
    std::thread::sleep(Duration::from_millis(300));
    assert!(child.try_wait().expect("asked").is_none(), "the first waits for the game under way");
    send("TERM", &child);
    let done = child.wait_with_output().expect("it ends");
    let told = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(3), "{told}");
    assert!(told.contains("ended at once: what was found is lost"), "{told}");
}

fn wait(done: impl Fn() -> bool) {
    for _ in 0..6000 {
        if done() {
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("it takes for ever");
}

/// Started with `nohup` a study outlives its terminal; a request to end still ends it.
#[cfg(target_os = "linux")]
#[test]
fn nohup_is_heeded() {
    let program = assert_cmd::cargo::cargo_bin!("summitry");
    let line = format!("trap '' HUP; exec {} batch {STORY} --games 1e8 --seed 5 --format json", program.display());
    let mut child = Command::new("sh")
        .args(["-c", &line])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    std::thread::sleep(Duration::from_secs(2));
    send("HUP", &child);
    std::thread::sleep(Duration::from_secs(1));
    assert!(child.try_wait().expect("asked").is_none(), "it went on");
    send("TERM", &child);
    let done = child.wait_with_output().expect("it ends");
    assert_eq!(done.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&done.stdout).contains("\"interrupted\": true"));
}

/// A game that is played says how to go on, and what was decided is kept.
#[test]
fn a_played_game_says_how_to_go_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("my game.json");
    let mut child = started(&["play", STORY, "--as=us", "--seed=3", "--orders", file.to_str().expect("UTF-8")]);
    // The pipe is held until the end: a closed one is a reader who has gone, which ends a game in another way.
    let mut typing = child.stdin.take().expect("a pipe");
    typing.write_all(b"wait\n").expect("typed");
    wait(|| file.exists());
    std::thread::sleep(Duration::from_millis(500));
    send(if hangs_up() { "HUP" } else { "TERM" }, &child);
    let done = child.wait_with_output().expect("it ends");
    let told = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(3), "{told}");
    assert!(told.contains("You leave in round") && told.contains("my game.json'"), "{told}");
}

/// A class is closed in order, and the command that goes on with it is told.
#[test]
fn a_class_is_closed_in_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("class.db");
    let lesson = "scenarios/classroom/express-45min.ron";
    let mut child = started(&["serve", lesson, "--port=0", "--db", file.to_str().expect("UTF-8")]);
    let mut screen = BufReader::new(child.stdout.take().expect("a screen")).lines();
    assert!(screen.by_ref().map_while(Result::ok).any(|line| line.contains("Stop with Ctrl-C")));
    send("TERM", &child);
    let done = child.wait_with_output().expect("it ends");
    let told = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(3), "{told}");
    assert!(told.contains("to go on with it: summitry serve") && told.contains("--db"), "{told}");
    let left: Vec<_> = std::fs::read_dir(folder.path()).expect("a folder").flatten().map(|e| e.file_name()).collect();
    assert_eq!(left, ["class.db"], "nothing lies beside it");
    assert!(Path::new(&file).metadata().is_ok_and(|about| about.len() > 0));
}

/// A file that cannot be written costs no answer.
#[test]
fn an_answer_is_printed_before_a_file_is_tried() {
    let folder = tempfile::tempdir().expect("a folder");
    let gone = folder.path().join("gone");
    std::fs::create_dir(&gone).expect("a folder");
    let file = gone.join("table.csv");
    let over = "--over=parties.us.optimism=0.2,0.8";
    let child = started(&["sweep", STORY, over, "--games=1e8", "--seed=5", "--csv", file.to_str().expect("UTF-8")]);
    std::thread::sleep(Duration::from_secs(5));
    std::fs::remove_dir(&gone).expect("removed");
    send("TERM", &child);
    let done = child.wait_with_output().expect("it ends");
    let (page, told) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(page.contains("as written") && told.contains("table.csv` cannot be written"), "{page}{told}");
    assert_eq!(done.status.code(), Some(2));
}

/// `timeout` signals a program and then its group: that is one wish, and what was found is printed.
#[test]
fn two_signals_at_once_are_one() {
    let child = started(&["batch", STORY, "--games=1e8", "--seed=5"]);
    std::thread::sleep(Duration::from_secs(3));
    let twice = format!("kill -TERM {0}; sleep 0.02; kill -TERM {0}", child.id());
    assert!(Command::new("sh").args(["-c", &twice]).status().expect("a shell").success());
    let Output { status, stdout, stderr } = child.wait_with_output().expect("it ends");
    let told = String::from_utf8_lossy(&stderr);
    assert_eq!(status.code(), Some(3), "{told}");
    assert!(!stdout.is_empty() && !told.contains("ended at once"), "{told}");
}
