//! Every kind of wrong input has its own message and exit code 2. `UPDATE_GOLDEN=1` rewrites the expected messages.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::typed::typed;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken")
}

/// What the program says of these arguments, asked for in a folder; it must refuse them.
fn refused(from: &Path, arguments: &[&str]) -> String {
    let (code, out, said) = typed(from, arguments, "");
    assert_eq!(code, 2, "{arguments:?}\n{said}");
    assert_eq!(out, "", "{arguments:?}");
    said
}

/// The message is the one in the file beside the scenario, or becomes it.
fn expect(name: &str, said: &str, wrong: &mut Vec<String>) {
    let file = folder().join(format!("{name}.expected"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&file, said).expect("written");
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    if said != expected {
        wrong.push(format!("== {name}: expected\n{expected}\n== found\n{said}"));
    }
}

/// The names of the broken scenarios.
fn scenarios() -> Vec<String> {
    let files = fs::read_dir(folder()).expect("tests/broken").map(|entry| entry.expect("a file").file_name());
    let mut names: Vec<String> =
        files.filter_map(|name| name.to_str()?.strip_suffix(".ron").map(str::to_owned)).collect();
    names.retain(|name| name != "fine");
    names.sort();
    names
}

/// A scenario of bargaining on its own that is in order.
const ALONE: &str = "../../scenarios/theory/two-issues.ron";

/// Wrong arguments with a scenario that is in order: a name for the message, and the arguments.
const ARGUMENTS: &[(&str, &[&str])] = &[
    ("missing-file", &["check", "fyne.ron"]),
    ("missing-folder", &["check", "nowhere/fine.ron"]),
    ("no-file", &["check"]),
    ("set-unknown-lever", &["check", "fine.ron", "--set", "levers.tarif.now=50"]),
    ("set-unknown-step", &["check", "fine.ron", "--set", "parties.us.patience=0.9"]),
    ("set-one-level-up", &["check", "fine.ron", "--set", "us.optimism=0.9"]),
    ("set-unknown-strategy", &["check", "fine.ron", "--set", "parties.us.strategy=boulwar"]),
    ("set-wrong-range", &["check", "fine.ron", "--set", "parties.us.optimism=3"]),
    ("set-does-not-fit", &["check", "fine.ron", "--set", "levers.tariff.now=101"]),
    ("set-garbage", &["check", "fine.ron", "--set", "clock.rounds=)("]),
    ("set-half-a-text", &["check", "fine.ron", "--set", "title=\"half"]),
    ("set-without-equals", &["check", "fine.ron", "--set", "clock.rounds"]),
    ("set-without-value", &["check", "fine.ron", "--set", "clock.rounds="]),
    ("set-without-path", &["check", "fine.ron", "--set", "=3"]),
    ("set-extends", &["check", "fine.ron", "--set", "extends=\"fine.ron\""]),
    ("set-a-new-lever", &["check", "fine.ron", "--set", "levers.chips=3"]),
    ("games-zero", &["batch", "fine.ron", "--games", "0"]),
    ("games-below-zero", &["batch", "fine.ron", "--games", "-5"]),
    ("games-in-words", &["batch", "fine.ron", "--games", "many"]),
    ("seed-in-words", &["batch", "fine.ron", "--seed", "x"]),
    ("seed-too-large", &["batch", "fine.ron", "--seed", "18446744073709551616"]),
    ("seed-below-zero", &["batch", "fine.ron", "--seed", "-1"]),
    ("game-in-words", &["run", "fine.ron", "--game", "x"]),
    ("game-below-zero", &["odds", "fine.ron", "--game", "-1"]),
    ("games-beyond-counting", &["batch", "fine.ron", "--games", "1e30"]),
    ("set-not-a-number", &["check", "fine.ron", "--set", "levers.tariff.now=NaN"]),
    ("set-endless", &["check", "fine.ron", "--set", "levers.tariff.now=inf"]),
    ("set-too-large", &["check", "fine.ron", "--set", "levers.tariff.now=1e999"]),
    ("bargaining-with-a-strategy", &["run", ALONE, "--us", "boulware"]),
    ("bargaining-with-odds", &["run", ALONE, "--odds", "100"]),
    ("bargaining-with-a-program", &["batch", ALONE, "--player", "bot=x"]),
    ("bargaining-recorded", &["batch", ALONE, "--record", "x.jsonl"]),
    ("think-without-a-program", &["batch", "fine.ron", "--think", "5"]),
    ("record-for-a-log", &["run", "fine.ron", "--orders", "a-record.jsonl"]),
    ("record-for-a-game", &["play", "fine.ron", "--as", "us", "--orders", "a-record.jsonl"]),
    ("log-for-a-record", &["batch", "fine.ron", "--orders", "a-log.json"]),
    ("tournament-of-one-game", &["tournament", "fine.ron", "--games", "1"]),
    ("tournament-of-one-twice", &["tournament", "fine.ron", "fine.ron", "--games", "10"]),
    ("exponent-below-zero", &["import", "fine.ron", "--out", "imported.ron", "--exponent", "-1"]),
    ("rounds-below-zero", &["import", "fine.ron", "--out", "imported.ron", "--rounds", "-1"]),
    ("unknown-command", &["chekc", "fine.ron"]),
    ("unknown-argument", &["check", "fine.ron", "--sett", "x=1"]),
    ("fields-of-nothing", &["fields", "clock.roudns"]),
    ("new-without-ending", &["new", "story"]),
    ("new-over-an-old-one", &["new", "fine.ron"]),
    ("sweep-with-unknown-strategy", &["sweep", "fine.ron", "--us", "nope", "--over", "parties.us.optimism=0,1"]),
    ("import-nothing", &["import", "fine.ron", "--out", "imported.ron"]),
];

#[test]
fn every_wrong_input_is_refused_in_words_of_its_own() {
    let mut wrong = vec![];
    let mut all: Vec<(String, String)> = vec![];
    for name in scenarios() {
        let said = refused(&folder(), &["check", &format!("{name}.ron")]);
        expect(&name, &said, &mut wrong);
        all.push((name, said));
    }
    for (name, arguments) in ARGUMENTS {
        let said = refused(&folder(), arguments);
        expect(name, &said, &mut wrong);
        all.push(((*name).to_owned(), said));
    }
    all.extend(made_here());
    assert!(wrong.is_empty(), "{}\n{} messages differ", wrong.join("\n"), wrong.len());
    let mut first_lines: BTreeMap<String, &str> = BTreeMap::new();
    // those with many problems repeat what others say
    for (name, said) in all.iter().filter(|(name, _)| !name.starts_with("many-")) {
        let first = said.lines().find(|line| line.starts_with("error: ")).unwrap_or(said).to_owned();
        if let Some(other) = first_lines.insert(first.clone(), name) {
            wrong.push(format!("`{other}` and `{name}` are told alike: {first}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(all.len() > 100, "{}", all.len());
}

/// Files that had better not lie in a repository.
fn made_here() -> Vec<(String, String)> {
    let folder = tempfile::tempdir().expect("a folder");
    let cases: [(&str, Vec<u8>, &str); 3] = [
        (
            "latin-1.ron",
            b"(schema: \"summitry/1\", title: \"caf\xe9\")".to_vec(),
            "is not UTF-8 text: line 1, column 35 cannot be read; save it as UTF-8",
        ),
        (
            "brackets.ron",
            vec![b'['; 2_000_000],
            "is larger than the 1 MiB a scenario may have: 2000000 bytes; is it a scenario?",
        ),
        ("closing.ron", vec![b')'; 1_000_000], "`)` closes a bracket that was never opened"),
    ];
    let mut all = vec![];
    for (name, bytes, words) in cases {
        fs::write(folder.path().join(name), bytes).expect("written");
        let said = refused(folder.path(), &["check", name]);
        assert!(said.contains(words), "{said}");
        assert!(said.len() < 10_000, "{name}: a message of {} bytes", said.len());
        all.push((name.to_owned(), said));
    }
    fs::create_dir(folder.path().join("shelf.ron")).expect("a folder");
    let said = refused(folder.path(), &["check", "shelf.ron"]);
    assert!(said.starts_with("error: `shelf.ron` is a folder, not a scenario file: name a file\n"), "{said}");
    all.push(("a-folder".to_owned(), said));
    all
}

#[test]
fn what_they_change_was_in_order() {
    let arguments = ["check", "fine.ron", "--set", "parties.us.strategy=grit", "--set", "clock.rounds=9"];
    let (code, out, err) = typed(&folder(), &arguments, "");
    assert!(code == 0 && out.starts_with("fine.ron is in order: \"Two parties, two levers\""), "{out}");
    assert_eq!(err, "");
}

#[test]
fn all_problems_of_a_file_come_at_once() {
    for name in ["many-at-once.ron", "many-that-do-not-fit.ron"] {
        let said = refused(&folder(), &["check", name]);
        assert_eq!(said.matches("error: ").count(), 5, "{said}");
        assert!(said.ends_with(&format!("5 problems in {name}\n")), "{said}");
    }
    let both = refused(&folder(), &["check", "half-a-round.ron", "wrong-range.ron"]);
    assert!(both.contains("half-a-round.ron:") && both.contains("wrong-range.ron:"), "{both}");
}

#[test]
fn a_new_scenario_is_in_order_and_never_takes_anothers_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let code = |arguments: &[&str]| typed(folder.path(), arguments, "").0;
    assert_eq!(code(&["new", "story.ron"]), 0);
    assert_eq!(code(&["check", "story.ron"]), 0);
    fs::write(folder.path().join("story.ron"), "mine").expect("written");
    assert_eq!(code(&["new", "story.ron"]), 2);
    assert_eq!(fs::read_to_string(folder.path().join("story.ron")).ok().as_deref(), Some("mine"));
}

#[test]
fn editors_get_one_document_whatever_is_wrong() {
    let checked = |arguments: &[&str]| {
        let arguments = [&["check", "--format", "json"], arguments].concat();
        let (code, out, err) = typed(&folder(), &arguments, "");
        assert_eq!(err, "", "{arguments:?}");
        let document: serde_json::Value = serde_json::from_str(&out).unwrap_or_else(|e| panic!("{arguments:?}: {e}"));
        assert_eq!(document["schema"], "summitry.check/1");
        (code, document)
    };
    let (code, fine) = checked(&["fine.ron"]);
    assert_eq!((code, &fine["problems"]), (0, &serde_json::json!([])));
    for name in scenarios() {
        let (code, document) = checked(&[&format!("{name}.ron")]);
        let problems = document["problems"].as_array().expect("a list");
        assert!(code == 2 && problems.iter().any(|one| one["severity"] == "error"), "{name}: {document:#}");
        for one in problems {
            let known = one["code"].as_str().and_then(summitry::internals::notation::Code::named);
            assert!(known.is_some(), "{name}: {one:#}");
            assert!(one["line"].is_u64() == one["end"]["line"].is_u64(), "{name}: {one:#}");
        }
    }
    let (code, both) = checked(&["fine.ron", "half-a-round.ron"]);
    let [fine, half] = [0, 1].map(|i| both["files"][i]["in_order"].as_bool());
    assert_eq!((code, fine, half), (2, Some(true), Some(false)));
    let (_, argument) = checked(&["fine.ron", "--set", "parties.us.optimism=3"]);
    let one = &argument["problems"][0];
    assert_eq!((&one["file"], &one["code"]), (&"--set argument 1".into(), &"out-of-range".into()));
}
