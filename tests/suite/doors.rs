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
        (&["play", STORY, "--as", "cn", "--us", "-"], "`play` reads what you decide"),
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

/// ... and wherever a strategy is; what was piped in is named by its hash, and not said to be kept.
#[test]
fn a_strategy_may_be_piped_in() {
    const FILE: &str = "scenarios/strategies/boulware.ron";
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(here.join(FILE)).expect("there");
    let same = |command: &[&str], seat: &str| {
        let of =
            |file: &str| [command, &[&seat.replace("FILE", file), "--seed=3", "--format=json"][..]].concat().join(" ");
        let words = |line: String| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let (whole, piped) = (words(of(FILE)), words(of("-")));
        let (_, whole, _) = summitry(&whole.iter().map(String::as_str).collect::<Vec<_>>());
        let (code, out, err) = typed(here, &piped.iter().map(String::as_str).collect::<Vec<_>>(), &text);
        assert_eq!((code, out), (0, whole.replace(FILE, "-")), "{command:?} {seat}: {err}");
    };
    same(&["batch", STORY, "--games=50"], "--us=FILE");
    same(&["run", STORY], "--strategy=cn=FILE");
    same(&["sweep", STORY, "--over=parties.us.optimism=0.2,0.8", "--games=20"], "--cn=FILE");
    assert!(typed(here, &["check", "-", "--with", STORY], &text).1.contains("- is in order for `us` and `cn`"));
    let story = std::fs::read_to_string(here.join(STORY)).expect("there");
    let (code, _, told) = typed(here, &["batch", STORY, "--us=-", "--games=9"], &story);
    assert!(code == 2 && told.contains("not a strategy"), "{told}");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("b.json");
    let (code, document, _) = typed(here, &["batch", STORY, "--us=-", "--games=9", "--seed=1", "--format=json"], &text);
    assert_eq!(code, 0);
    std::fs::write(&file, document).expect("written");
    let (code, _, told) = typed(here, &["verify", file.to_str().expect("UTF-8")], &text);
    assert!(code == 2 && told.contains("`--bundle FILE.json` keeps one"), "{told}");
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

/// A file that cannot be had says what was meant at its place, not what is meant elsewhere.
#[test]
fn a_door_says_what_is_meant_behind_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path().to_str().expect("UTF-8");
    let over = ["--over", "parties.us.optimism=0..1"];
    for file in ["missing.ron", here] {
        let against = [&["tune", STORY][..], &over, &["--maximise", "us.total", "--against", "./missing.ron"]].concat();
        let fit = [&["tune", STORY][..], &over, &["--fit", file]].concat();
        let doors: [(&[&str], &str, &str); 9] = [
            (&["batch", STORY, "--us", "./missing.ron"], "a strategy is meant here", "`boulware`"),
            (&["batch", STORY, "--us", file], "a strategy is meant here", "`boulware`"),
            (&["tournament", STORY, "--strategies", "missing.ron"], "a strategy is meant here", "`boulware`"),
            (&["check", file, "--with", STORY], "a strategy is meant here", "`boulware`"),
            (&against, "a strategy is meant here", "`boulware`"),
            (&["score", file, STORY], "a file of questions is meant here", "`studies/questions-2018-2019`"),
            (&["signs", file], "a sign table is meant here", "`studies/signs`"),
            (&fit, "a file of moments is meant here", "`studies/moments-exercise`"),
            (&["sensitivity", STORY, "--design", file], "a table of points is meant here", "a table of points"),
        ];
        for (command, meant, known) in doors {
            let told = refused(command, 2);
            assert!(told.contains(meant) && told.contains(known), "{command:?}: {told}");
            let others = ["a scenario", "not a scenario file", "part of the program are", "in that folder"];
            assert!(!others.iter().any(|other| told.contains(other)), "{command:?}: {told}");
        }
    }
    #[cfg(feature = "classroom")]
    for file in ["missing.ron", here] {
        let told = refused(&["serve", file], 2);
        assert!(told.contains("a lesson is meant here") && told.contains("classroom/express-45min"), "{told}");
    }
    for command in [&["sensitivity", STORY, "--design", "-"][..], &["run", STORY, "--orders", "-"], &["verify", "-"]] {
        assert!(refused(command, 2).contains("not from standard input"), "{command:?}");
    }
}

/// A table of ours is no document, and what made it is.
#[test]
fn verify_says_how_a_table_is_verified() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("t.csv");
    let file = file.to_str().expect("UTF-8");
    let sweep = ["sweep", STORY, "--over=parties.us.optimism=0.2,0.8", "--games=20", "--seed=1"];
    let (code, _, err) = summitry(&[&sweep[..], &["--csv", file]].concat());
    assert_eq!(code, 0, "{err}");
    let told = refused(&["verify", file], 2);
    let line = told.lines().find(|line| line.contains("summitry sweep")).unwrap_or_else(|| panic!("{told}"));
    let command = line.trim().trim_start_matches("the same as a document: ").split(" > ").next().expect("a command");
    let words = shell_words::split(command).expect("words");
    let words: Vec<&str> = words.iter().skip(1).map(String::as_str).collect();
    let document = folder.path().join("t.json");
    let (code, text, err) = summitry(&words);
    assert_eq!(code, 0, "{words:?}: {err}");
    std::fs::write(&document, text).expect("written");
    let (code, page, err) = summitry(&["verify", document.to_str().expect("UTF-8")]);
    assert!(code == 0 && page.contains("every figure"), "{page}{err}");
}

/// A choice that holds nothing says what to do where something is set in it.
#[test]
fn what_stands_alone_says_what_else_to_do() {
    let set = ["--set", "parties.us.strategy.model=Known", "--set", "parties.us.strategy.model.sharpness=30"];
    let told = refused(&[&["check", STORY][..], &set].concat(), 2);
    assert!(told.contains("there is no `sharpness` in it") && told.contains("leave `sharpness` out"), "{told}");
    let told = refused(&["check", STORY, "--set", "parties.us.strategy.model=Known(2)"], 2);
    assert!(told.contains("write `Known` and nothing after it"), "{told}");
}
