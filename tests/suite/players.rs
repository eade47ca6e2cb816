//! Outside players: what they decide is recorded and replayed to the bit, and nothing that they do ends the run.

use std::path::Path;
use std::process::Command as Plain;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::typed::{self, summitry};

const STOCKHOLM: &str = "scenarios/stockholm-2025.ron";
const BOT: &str = "parties.us.strategy=External(\"bot\")";
const BOULWARE: &str = "parties.us.strategy=(like: \"boulware\", offer: External(\"bot\"))";
/// Two sides of which each is what the other takes it to be that knows nothing of it, so that the strategy that stands in
/// for a program plays as it does where the engine holds the seat: same weights, same patience, all in the open.
pub const OPEN: [&str; 18] = [
    "--set",
    "off=[\"factions\", \"ratification\"]",
    "--set",
    "parties.us.goal.prosperity=1",
    "--set",
    "parties.cn.goal.prosperity=1",
    "--set",
    "parties.us.goal.security=1",
    "--set",
    "parties.cn.goal.security=1",
    "--set",
    "parties.us.goal.politics=1",
    "--set",
    "parties.cn.goal.politics=1",
    "--set",
    "parties.us.goal.patience=0.99",
    "--set",
    "parties.cn.goal.patience=0.99",
];

fn document(arguments: &[&str]) -> Value {
    typed::json(&[arguments, &["--format", "json"]].concat())
}

/// What is counted, whoever decided.
fn counts(document: &Value) -> [Value; 4] {
    // Games that a program played have no digests.
    let plain = |mut value: Value| {
        for entry in value.as_object_mut().into_iter().flat_map(|entries| entries.values_mut()) {
            entry.as_object_mut().map(|fields| fields.remove("digest"));
        }
        value
    };
    ["games", "outcomes", "shares", "metrics"].map(|field| plain(document[field].clone()))
}

pub fn python() -> bool {
    let there = Plain::new("python3").arg("--version").output().is_ok_and(|done| done.status.success());
    if !there {
        println!("skipped: there is no python3 here");
    }
    there
}

/// What a shell answers to each question: yes; or its strategy, and that twice over.
const YES: &str = "while read line; do echo \"{\\\"do\\\": \\\"yes\\\"}\"; done";
const TWICE: &str =
    "while read line; do printf \"{\\\"do\\\": \\\"strategy\\\"}\\n{\\\"do\\\": \\\"strategy\\\"}\\n\"; done";

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
    assert!(one["digest"].as_str().is_some_and(|digest| digest.len() == 19), "{}", one["digest"]);
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
    let stand_in = document(&[&["batch", STOCKHOLM, "--us", "boulware"], &OPEN[..], &games].concat());
    for (after, think, says) in [
        ("while read line; do echo nonsense; done", "10", "`nonsense` is no answer: expected"),
        (YES, "10", "no answer to this question"),
        ("read line; exit 3", "10", "the program ended (exit status: 3)"),
        ("sleep 60", "0.1", "no answer within 0.1 s"),
        (TWICE, "10", "it wrote more than one line to one question, such as `{\"do\": \"strategy\"}`"),
    ] {
        let bot = shell(after);
        let begin = Instant::now();
        let arguments = ["batch", STOCKHOLM, "--set", BOULWARE, "--player", &bot, "--think", think];
        let done = document(&[&arguments[..], &OPEN, &games].concat());
        let outside = &done["outside"];
        assert!(outside["first_forfeits"][0].as_str().is_some_and(|line| line.contains(says)), "{after}: {outside}");
        assert!(outside["forfeited"].as_u64() > Some(6 * 20), "{after}: {outside}");
        if after != YES {
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
    let base = [&["batch", STOCKHOLM, "--set", BOULWARE][..], &OPEN].concat();
    let games = ["--seed", "9", "--games", "8"];
    document(&[&base[..], &games, &["--player", &bot, "--threads", "2", "--record", file]].concat());
    let again = document(&[&base[..], &["--orders", file]].concat());
    let engine = document(&[&["batch", STOCKHOLM, "--us", "boulware"], &OPEN[..], &games].concat());
    assert_eq!(again["digest"], engine["digest"], "the same games, to the bit");
    // Where the other side has something to hide, the strategy that stands in does not know it.
    let hidden = document(&[&["batch", STOCKHOLM, "--set", BOULWARE][..], &games, &["--player", &bot]].concat());
    let known = document(&[&["batch", STOCKHOLM, "--us", "boulware"], &games[..]].concat());
    assert_ne!(counts(&hidden), counts(&known));
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
    batch.args(OPEN).args(["--seed", "9", "--games", "1e6", "--record", &file, "--format", "json"]);
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
    let again = document(&[&["batch", STOCKHOLM, "--set", BOULWARE, "--orders", &file], &OPEN[..]].concat());
    assert_eq!(counts(&live), counts(&again));
    let games = games.to_string();
    let same = ["batch", STOCKHOLM, "--us", "boulware", "--seed", "9", "--games", &games];
    let engine = document(&[&same, &OPEN[..]].concat());
    assert_eq!(again["digest"], engine["digest"]);
}

/// A second answer that comes late is not taken for the next question's.
#[cfg(unix)]
#[test]
fn a_late_second_line_is_noticed() {
    let late = "while read line; do echo \"{\\\"do\\\": \\\"strategy\\\"}\"; sleep 0.02; echo \"{\\\"do\\\": \\\"wait\\\"}\"; done";
    let bot = shell(late);
    let done = document(&["batch", STOCKHOLM, "--set", BOULWARE, "--player", &bot, "--seed", "9", "--games", "4"]);
    let told = done["outside"]["first_forfeits"].to_string();
    assert!(told.contains("more than one line to one question"), "{told}");
}

/// Of several copies of a program, one that does not start forfeits its moves, as one that ends later does.
#[cfg(unix)]
#[test]
fn a_second_copy_that_does_not_start_forfeits_its_moves() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = folder.path().join("first");
    let bot = format!(
        "bot=sh -c 'mkdir {} || exit 7; read hello; echo \"{{\\\"protocol\\\": \\\"summitry.player/1\\\"}}\"; \
         while read line; do echo \"{{\\\"do\\\": \\\"strategy\\\"}}\"; done'",
        first.display()
    );
    let games = ["--seed", "9", "--games", "40"];
    let arguments = ["batch", STOCKHOLM, "--set", BOULWARE, "--player", &bot, "--threads", "2"];
    let done = document(&[&arguments[..], &OPEN, &games].concat());
    let outside = &done["outside"];
    assert!(outside["first_forfeits"].to_string().contains("the program ended (exit status: 7)"), "{outside}");
    let (moves, lost) = (outside["moves"].as_u64(), outside["forfeited"].as_u64());
    assert!(lost > Some(0) && lost < moves, "one copy plays: {outside}");
    let stand_in = document(&[&["batch", STOCKHOLM, "--us", "boulware"], &OPEN[..], &games].concat());
    assert_eq!(counts(&done), counts(&stand_in));
    // Where not even the first one starts, that is said before anything is played.
    let err = typed::refused(&[&arguments[..], &games].concat(), 2);
    assert!(err.contains("the program ended (exit status: 7)"), "{err}");
}

/// Ctrl-C at a told or a played game ends the program too, though it does not listen.
#[cfg(unix)]
#[test]
#[expect(clippy::disallowed_methods, reason = "a test may look at the clock")]
fn ctrl_c_leaves_no_program_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    for command in [&["run", STOCKHOLM][..], &["play", STOCKHOLM, "--as", "cn"]] {
        let mark = folder.path().join(command[0]);
        let deaf = shell(&format!("read line; echo $$ > {0}.part; mv {0}.part {0}; exec sleep 600", mark.display()));
        let mut run = Plain::new(assert_cmd::cargo::cargo_bin!("summitry"));
        run.current_dir(env!("CARGO_MANIFEST_DIR")).args(command);
        run.args(["--set", BOULWARE, "--player", &deaf, "--think", "500", "--seed", "9"]);
        let piped = std::process::Stdio::piped;
        let mut running = run.stdin(piped()).stdout(piped()).stderr(piped()).spawn().expect("it runs");
        let typed = running.stdin.as_mut().expect("a pipe");
        std::io::Write::write_all(typed, "strategy\n".repeat(9).as_bytes()).expect("typed");
        let begin = Instant::now();
        let wait = |what: &str, done: &dyn Fn() -> bool| {
            while !done() {
                assert!(begin.elapsed() < Duration::from_secs(120), "{command:?}: {what}");
                std::thread::sleep(Duration::from_millis(20));
            }
        };
        wait("the program is not asked", &|| mark.exists());
        let program = std::fs::read_to_string(&mark).expect("its number");
        let alive = || {
            let state = Plain::new("ps").args(["-o", "stat=", "-p", program.trim()]).output().expect("ps");
            !matches!(state.stdout.first(), None | Some(b'Z')) // one that has ended waits to be counted by its parent
        };
        assert!(alive(), "{command:?}");
        let stop = Plain::new("kill").args(["-INT", &running.id().to_string()]).status().expect("a signal");
        assert!(stop.success());
        assert_eq!(running.wait().expect("it ends").code(), Some(3), "{command:?}");
        wait("the program is left behind", &|| !alive());
    }
}

/// The command that plays a game again names the program.
#[cfg(unix)]
#[test]
fn the_command_to_play_again_stands_for_the_program() {
    let bot = shell("while read line; do echo \"{\\\"do\\\": \\\"strategy\\\"}\"; done");
    let more = ["--set", BOULWARE, "--player", &bot, "--think", "9", "--seed", "9"];
    let (_, told, err) = summitry(&[&["run", STOCKHOLM], &more[..]].concat());
    let (_, left, _) = typed::typed(
        Path::new(env!("CARGO_MANIFEST_DIR")),
        &[&["play", STOCKHOLM, "--as", "cn"], &more[..]].concat(),
        "quit\n",
    );
    for text in [told, left] {
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let from = flat.find("--player ").unwrap_or_else(|| panic!("{text}{err}"));
        let words = shell_words(&flat[from..]);
        assert!(words[1].starts_with("bot=sh#"), "{text}");
        assert!(!flat.contains("strategy\\\"}"), "what it may hold is not told: {text}");
        assert!(flat[from..].contains(" --think 9"), "{text}");
    }
}

/// The words of a line as a shell splits them.
#[cfg(unix)]
fn shell_words(line: &str) -> Vec<String> {
    let script = "for word in \"$@\"; do echo \"$word\"; done";
    let line = line.split(" (").next().unwrap_or(line);
    let whole = format!("set -- {line}; {script}");
    let done = Plain::new("sh").args(["-c", &whole]).output().expect("a shell");
    String::from_utf8(done.stdout).expect("UTF-8").lines().map(str::to_owned).collect()
}

/// A file can only name a program. Whoever checks it, serves a lesson that plays by it, or imports one that speaks of it
/// starts nothing, though the name is that of a program that is there.
#[cfg(unix)]
#[test]
#[expect(clippy::disallowed_methods, reason = "a test may look at the clock")]
fn a_program_that_a_file_names_is_started_by_none_who_opens_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let write = |name: &str, text: &str| std::fs::write(at(name), text).expect("written");
    let (mark, program) = (at("started"), at("program"));
    write("program", &format!("#!/bin/sh\ntouch {mark}\n"));
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("it may be run");
    // It is a program: bound to its name, it is started.
    let named = format!("(like: \"boulware\", offer: External(\"{program}\"))");
    let set = format!("parties.us.strategy={named}");
    let bound = format!("{program}={program}");
    typed::refused(&["run", STOCKHOLM, "--set", &set, "--player", &bound], 2);
    assert!(Path::new(&mark).exists(), "the program does what it should");
    std::fs::remove_file(&mark).expect("removed");

    let story = std::fs::read_to_string(STOCKHOLM).expect("the story");
    let (old, new) = ("strategy: (like: \"deal-seeker\")", format!("strategy: {named}"));
    assert!(story.contains(old));
    write("story.ron", &story.replace(old, &new));
    write(
        "strategy.ron",
        &format!(
            "(schema: \"summitry/strategy/1\", name: \"x\", strategy: (about: \"a\", source: \"b\", like: \"boulware\", offer: External(\"{program}\")))"
        ),
    );
    let (story_ron, strategy_ron) = (at("story.ron"), at("strategy.ron"));
    assert_eq!(summitry(&["check", &story_ron]).0, 0);
    summitry(&["check", &strategy_ron]);
    for command in ["run", "batch", "odds", "compare", "tournament", "ablation"] {
        assert_eq!(summitry(&[command, &story_ron]).0, 2, "{command}");
    }
    assert_eq!(summitry(&["run", STOCKHOLM, "--us", &strategy_ron]).0, 2);
    let item = |evaluation: &str| {
        let issue = "<issue index=\"1\" name=\"meal\" etype=\"discrete\" type=\"discrete\" vtype=\"discrete\">";
        let [one, two] = ["soup", &program].map(|value| format!("value=\"{value}\"{evaluation}/>"));
        let root = "<objective index=\"0\" name=\"root\" etype=\"objective\" type=\"objective\">";
        format!("{root}{issue}<item index=\"1\" {one}<item index=\"2\" {two}</issue>")
    };
    let weighed = item(" evaluation=\"1\"") + "<weight index=\"1\" value=\"1\"/></objective><reservation value=\"0\"/>";
    let domain = item("") + "</objective>";
    write("d.xml", &format!("<negotiation_template><utility_space>{domain}</utility_space></negotiation_template>"));
    write("p.xml", &format!("<utility_space>{weighed}</utility_space>"));
    write("q.xml", &format!("<utility_space>{weighed}</utility_space>"));
    let import = ["import", &at("d.xml"), &at("p.xml"), &at("q.xml"), "--out", &at("imported.ron")];
    let (exit, _, err) = summitry(&import);
    assert!(exit == 0 && std::fs::read_to_string(at("imported.ron")).is_ok_and(|t| t.contains(&program)), "{err}");

    let lesson = std::fs::read_to_string("scenarios/classroom/express-45min.ron").expect("a lesson");
    write("lesson.ron", &lesson.replace("../stockholm-2025.ron", "story.ron"));
    let mut serve = Plain::new(assert_cmd::cargo::cargo_bin!("summitry"));
    serve.current_dir(folder.path()).args(["serve", "lesson.ron", "--port", "0", "--db", &at("class.db")]);
    let mut serving = serve.stdout(std::process::Stdio::null()).spawn().expect("it runs");
    let begin = Instant::now();
    while !Path::new(&at("class.db")).exists() && serving.try_wait().is_ok_and(|end| end.is_none()) {
        assert!(begin.elapsed() < Duration::from_secs(60), "the class does not open");
        std::thread::sleep(Duration::from_millis(20));
    }
    std::thread::sleep(Duration::from_secs(1)); // games of the engine are played as a class opens
    let _ = serving.kill();
    let _ = serving.wait();
    assert!(!Path::new(&mark).exists(), "a program was started");
}

/// The compiled player among the examples.
fn compiled() -> String {
    let suite = std::env::current_exe().expect("a program knows its place");
    let folder = suite.ancestors().nth(2).expect("target/PROFILE/deps").join("examples");
    format!("bot={}", folder.join(format!("player{}", std::env::consts::EXE_SUFFIX)).display())
}

/// Many games at once are the games one by one, whoever plays them; what was decided in them is played again.
#[test]
fn many_games_at_once_are_the_same_games() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("orders.jsonl");
    let file = file.to_str().expect("UTF-8");
    let base = ["batch", STOCKHOLM, "--set", BOT, "--seed", "4", "--games", "70"];
    let by = |bot: &str, more: &[&str]| {
        let played = document(&[&base[..], &["--player", bot], more].concat());
        assert_eq!(played["outside"]["forfeited"], 0, "{}", played["outside"]);
        played
    };
    let live = by(&compiled(), &["--record", file]);
    assert!(live["outside"]["moves"].as_u64().is_some_and(|n| n > 70 * 20), "it is asked every round");
    assert_eq!(counts(&live), counts(&by(&compiled(), &["--threads", "2"])));
    let again = document(&["batch", STOCKHOLM, "--set", BOT, "--orders", file]);
    assert_eq!((counts(&again), &again["reproducible"]), (counts(&live), &json!(true)));
    if python() {
        // They reckon with other digits, so that a total may differ in its last; all games end alike.
        for other in ["many", "halfway"] {
            let other = by(&format!("bot=python3 scenarios/players/{other}.py"), &[]);
            assert_eq!(live["outcomes"], other["outcomes"]);
            let mean = |of: &Value| of["metrics"]["us.total"]["mean"].as_f64().expect("a number");
            assert!((mean(&live) - mean(&other)).abs() < 1e-3, "{} and {}", mean(&live), mean(&other));
        }
    }
    // One game is told, and both sides may be programs that speak differently.
    let told = document(&["run", STOCKHOLM, "--set", BOT, "--seed", "4", "--player", &compiled()]);
    assert_eq!((&told["reproducible"], &told["forfeits"]), (&json!(false), &json!([])));
    #[cfg(unix)]
    {
        let other = "while read line; do echo \"{\\\"do\\\": \\\"strategy\\\"}\"; done";
        let both = ["--set", "parties.cn.strategy=(like: \"player-for-time\", offer: External(\"bat\"))"];
        let bat = shell(other).replacen("bot=", "bat=", 1);
        let arguments = ["batch", STOCKHOLM, "--set", BOT, "--seed", "4", "--games", "6", "--player", &bat];
        let mixed = document(&[&arguments[..], &both, &["--player", &compiled()]].concat());
        assert_eq!(mixed["outside"]["forfeited"], 0, "{}", mixed["outside"]);
    }
}

/// What a program of many games does wrong costs its moves and never the run; it hears how its games ended.
#[cfg(unix)]
#[test]
fn a_program_of_many_games_may_fail() {
    if !python() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let program = |name: &str, body: &str| {
        let file = folder.path().join(name);
        let head = "import json, sys\nhello = json.loads(sys.stdin.readline())\n\
                    print(json.dumps({'protocol': 'summitry.player/2', 'games': 4}), flush=True)\n\
                    log = open(sys.argv[1], 'a')\n\
                    for line in sys.stdin:\n    said = json.loads(line)\n    log.write(line)\n    log.flush()\n\
                    \x20   if 'over' in said: continue\n    game = said['game']\n";
        std::fs::write(&file, format!("{head}    {body}\n")).expect("written");
        format!("bot=python3 {} {}", file.display(), folder.path().join(format!("{name}.log")).display())
    };
    let played = |bot: &str, games: &str| {
        document(&["batch", STOCKHOLM, "--set", BOT, "--seed", "4", "--games", games, "--think", "5", "--player", bot])
    };
    for (name, body, says) in [
        ("nonsense", "print('hello', flush=True)", "`hello` is no answer"),
        ("other", "print(json.dumps({'game': 99, 'do': 0}), flush=True)", "answered game 99, which does not ask"),
        ("action", "print(json.dumps({'game': game, 'do': 'dance'}), flush=True)", "there is no action `dance`"),
        ("place", "print(json.dumps({'game': game, 'do': 999}), flush=True)", "there is no action 999"),
        (
            "denied",
            "print(json.dumps({'game': game, 'do': 'offer'}), flush=True)",
            "`offer` is no answer to this question: `strategy`, `wait`",
        ),
        (
            "levels",
            "print(json.dumps({'game': game, 'do': 'wait', 'levels': [1]}), flush=True)",
            "levels are a number for each",
        ),
        (
            "lever",
            "print(json.dumps({'game': game, 'do': 'wait', 'levels': {'us_tarif': 1}}), flush=True)",
            "did you mean `us_tariff`",
        ),
        ("gone", "sys.exit(3)", "the program ended (exit status: 3)"),
    ] {
        let done = played(&program(name, body), "6");
        let outside = &done["outside"];
        assert!(outside["first_forfeits"][0].as_str().is_some_and(|line| line.contains(says)), "{name}: {outside}");
        assert!(outside["forfeited"].as_u64() > Some(20), "{name}: {outside}");
    }
    let fine = program("fine", "print(json.dumps({'game': game, 'do': 0}), flush=True)");
    let done = played(&fine, "10");
    assert_eq!(done["outside"]["forfeited"], 0, "{}", done["outside"]);
    let log = std::fs::read_to_string(folder.path().join("fine.log")).expect("written");
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).expect("a document")).collect();
    let ends: Vec<&Value> = lines.iter().filter(|line| line["over"] == true).collect();
    let games: std::collections::BTreeSet<u64> = ends.iter().filter_map(|line| line["game"].as_u64()).collect();
    assert_eq!((ends.len(), games.len()), (10, 10), "each game ends once");
    let mut endings: std::collections::BTreeMap<&str, u64> = Default::default();
    ends.iter().for_each(|line| *endings.entry(line["ending"].as_str().expect("a name")).or_default() += 1);
    for (name, count) in endings {
        assert_eq!(done["outcomes"][name]["count"], count, "{name}");
    }
    assert!(ends.iter().all(|line| line["totals"]["us"].is_number() && line["totals"]["cn"].is_number()));
    assert!(ends.iter().all(|line| line["signed"].is_null()
        == line["ending"].as_str().is_some_and(|end| !end.contains("deal") || end == "no_deal")));
    // What is gained on the way adds up to the total, but for what comes after the last question.
    let longest = lines.iter().map(|line| line.to_string().len()).max().expect("lines");
    assert!(longest < 1400, "{longest} bytes");
}
