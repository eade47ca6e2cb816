//! Files at the door: what is no plain file is not read, a scenario may be piped in, and nothing is hung on.

use std::path::Path;

use super::typed::{refused, summitry, typed};

const STORY: &str = "scenarios/stockholm-2025.ron";

/// Devices have no end, and pipes keep a reader waiting.
#[cfg(unix)]
#[test]
fn what_is_no_plain_file_is_said_and_not_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let pipe = folder.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().is_ok_and(|made| made.success()));
    let folder = folder.path().to_str().expect("UTF-8");
    for file in ["/dev/zero", pipe.to_str().expect("UTF-8"), folder] {
        let tune =
            ["tune", STORY, "--over", "parties.us.optimism=0..1", "--maximise", "us.total", "--checkpoint", file];
        let fit = ["tune", STORY, "--over", "parties.us.optimism=0..1", "--fit", file];
        let commands: [&[&str]; 12] = [
            &["run", STORY, "--seed", "1", "--orders", file],
            &["batch", STORY, "--seed", "1", "--orders", file],
            &["play", STORY, "--as", "us", "--orders", file],
            &["run", STORY, "--us", file],
            &["check", file],
            &["batch", file],
            &["odds", file],
            &["signs", file],
            &["score", file, STORY],
            &["sweep", file],
            &tune,
            &fit,
        ];
        let what = if file == folder { "is a folder" } else { "is not a plain file but a" };
        for command in commands {
            let told = refused(command, 2);
            assert!(told.contains(what), "{command:?}: {told}");
        }
    }
    let told = refused(&["check", pipe.to_str().expect("UTF-8")], 2);
    assert!(told.contains("a scenario is piped in as `-`"), "{told}");
}

/// `-` is standard input, wherever a scenario is read.
#[test]
fn a_scenario_may_be_piped_in() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(here.join(STORY)).expect("there");
    let says = |arguments: &[&str]| {
        let (code, out, err) = typed(here, arguments, &text);
        assert_eq!(code, 0, "{arguments:?}: {err}");
        out
    };
    assert!(says(&["check", "-"]).contains("- is in order"));
    let same = |command: &str, more: &[&str]| {
        let of = |file| [&[command, file][..], more, &["--seed", "3", "--format", "json"]].concat();
        let (_, whole, _) = summitry(&of(STORY));
        assert_eq!(says(&of("-")), whole.replace(STORY, "-"), "{command}");
    };
    same("run", &[]);
    same("batch", &["--games", "50"]);
    same("odds", &["--futures", "20"]);
    same("compare", &["--variant", "parties.us.optimism=0.9", "--games", "50"]);
    let overlay = format!("(schema: \"summitry/1\", extends: \"{STORY}\", title: \"piped\")");
    assert!(typed(here, &["check", "-"], &overlay).1.contains("\"piped\""));
    for (arguments, why) in [
        (&["play", "-", "--as", "us"][..], "`play` reads what you decide"),
        (&["batch", "-"], "standard input is not UTF-8"),
    ] {
        let mut command = assert_cmd::Command::cargo_bin("summitry").expect("the program is built");
        let done = command.args(arguments).write_stdin(b"(\xff".to_vec()).output().expect("it runs");
        let told = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.code() == Some(2) && told.contains(why), "{arguments:?}: {told}");
    }
    let large = " ".repeat((1 << 20) + 1);
    let (code, _, told) = typed(here, &["check", "-"], &large);
    assert!(code == 2 && told.contains("standard input is larger than the 1 MiB a scenario may have"), "{told}");
}

/// A line that cannot be read is asked for again.
#[test]
fn play_asks_again_after_a_line_that_is_not_text() {
    let mut command = assert_cmd::Command::cargo_bin("summitry").expect("the program is built");
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(["play", STORY, "--as", "us", "--seed", "1"]);
    let done = command.write_stdin(b"wait\nd\xe9tente\nquit\n".to_vec()).output().expect("it runs");
    let page = String::from_utf8_lossy(&done.stdout);
    assert_eq!(done.status.code(), Some(0), "{page}");
    assert!(page.contains("not UTF-8 text") && page.contains("You leave in round 1"), "{page}");
}

/// What could play tricks on a terminal is shown as such, wherever it stands.
#[test]
fn nothing_plays_tricks_on_a_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    let story = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(STORY)).expect("there");
    std::fs::write(here.join("stockholm-2025.ron"), story).expect("written");
    let tricks = "(schema: \"summitry/1\", extends: \"stockholm-2025.ron\",
        title: \"\\u{1b}[31mred\\u{7}\\u{202e}evil\",
        set: {\"parties.us.name\": \"\\u{1b}]0;pwn\\u{7}US\", \"levers.us_tariff.name\": \"tariff\\u{1b}[2Jx\\nnew line\",
        \"levers.us_tariff.unit\": \"%\\u{1b}[31m\"})";
    std::fs::write(here.join("tricks.ron"), tricks).expect("written");
    let commands: [&[&str]; 5] = [
        &["check", "tricks.ron"],
        &["batch", "tricks.ron", "--games=60", "--seed=1"],
        &["batch", "tricks.ron", "--games=60", "--seed=1", "--format=json"],
        &["run", "tricks.ron", "--seed=1"],
        &["odds", "tricks.ron", "--futures=20", "--seed=1"],
    ];
    for command in commands {
        let (code, out, err) = typed(here, command, "");
        assert_eq!(code, 0, "{command:?}: {err}");
        let trick = |c: char| c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(!out.contains(trick) && !err.contains(trick), "{command:?}: {}", out.escape_debug());
        assert!(!out.contains("\nnew line"), "{command:?}: {out}");
    }
    let (_, out, _) = typed(here, &["check", "tricks.ron"], "");
    assert!(out.contains("\u{FFFD}[31mred\u{FFFD}\u{FFFD}evil"), "{out}");
}

/// A command that tunes nothing does not ask for the paths of a strategy that another has taken the place of.
#[test]
fn another_strategy_takes_its_paths_along() {
    let file = "scenarios/studies/best-replies.ron";
    let (code, _, err) = summitry(&["batch", file, "--us", "quick-dealer", "--games", "20", "--seed", "1"]);
    assert_eq!(code, 0, "{err}");
}
