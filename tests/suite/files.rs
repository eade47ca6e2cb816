//! Files of each kind, in their place and in that of another; what a command looks at in them and what it leaves alone.

use std::fs;
use std::path::Path;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::typed::{json, refused, summitry, typed};

const STOCKHOLM: &str = "scenarios/stockholm-2025.ron";

/// What the program says of a file of these words, named `name`, where `command` names it as `FILE`.
fn told(name: &str, words: &str, command: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(name), words).expect("written");
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join(STOCKHOLM), folder.path().join("s.ron")).expect("copied");
    let arguments: Vec<&str> = command.split(' ').map(|word| if word == "FILE" { name } else { word }).collect();
    let (code, out, err) = typed(folder.path(), &arguments, "");
    assert_eq!((code, out.as_str()), (2, ""), "{command}: {err}");
    err
}

/// What is said of a class's file that is given as a scenario.
fn class() -> String {
    refused(&["check", "tests/formats/class-2.db"], 2)
}

#[test]
fn a_file_of_another_kind_is_told_with_the_command_that_takes_it() {
    let kinds = [
        ("summitry/1", "a scenario", "run FILE", "`summitry run FILE`"),
        ("summitry/strategy/1", "a strategy", "batch s.ron --us FILE", "`summitry batch SCENARIO --us FILE`"),
        ("summitry.lesson/1", "a lesson", "serve FILE", "`summitry serve FILE`"),
        ("summitry.questions/1", "a file of questions", "score FILE s.ron", "`summitry score FILE SCENARIO`"),
        ("summitry.signs/1", "a sign table", "signs FILE", "`summitry signs FILE`"),
        (
            "summitry.moments/1",
            "a file of moments",
            "tune s.ron --over parties.us.optimism=0..1 --fit FILE",
            "`summitry tune SCENARIO --fit FILE`",
        ),
    ];
    for (schema, is, _, goes_to) in kinds {
        for (other, wanted, command, _) in kinds {
            if schema != other {
                let told = told("x.ron", &format!("(schema: \"{schema}\")"), command);
                assert!(told.contains(&format!("error: this is {is}, not {wanted}")), "{told}");
                assert!(told.contains(goes_to), "{told}");
            }
        }
    }
    let document = told("x.json", "{\"schema\": \"summitry.batch/1\", \"none\": null}", "check FILE");
    assert!(document.contains("this is a document of this program") && document.contains("verify FILE"), "{document}");
    let class = class();
    assert!(class.contains("is a database, not a text") && class.contains("--db FILE"), "{class}");
    let table = told("t.csv", "a,b\n1,2\n", "check FILE");
    assert!(table.contains("`t.csv` is a table for spreadsheets, not a scenario"), "{table}");
    let empty = told("x.ron", "", "batch s.ron --us FILE");
    assert!(empty.contains("the file is empty: a strategy is") && empty.contains("--> x.ron:1:1"), "{empty}");
}

#[test]
fn a_program_that_is_called_like_a_strategy_is_asked_about() {
    let told = refused(&["run", STOCKHOLM, "--set", "parties.us.strategy=External(\"boulware\")"], 2);
    assert!(told.contains("`boulware` is a strategy? --strategy us=boulware"), "{told}");
    let told = refused(&["run", STOCKHOLM, "--us", "External"], 2);
    assert!(told.contains("--player bot=COMMAND"), "{told}");
}

#[test]
fn a_number_inside_a_preset_is_set_by_its_path() {
    let hash = |sets: &[&str]| {
        let sets = sets.iter().flat_map(|set| ["--set", set]);
        let all = ["batch", STOCKHOLM, "--games", "8", "--seed", "1", "--format", "json"].into_iter();
        json(&all.chain(sets).collect::<Vec<_>>())["scenario_hash"].as_str().expect("a name").to_owned()
    };
    let path = "parties.us.strategy.model.sharpness";
    let reader = "parties.us.strategy=\"bayesian-reader\"";
    let [plain, same, sharper] =
        [&[reader][..], &[reader, &format!("{path}=45")], &[reader, &format!("{path}=30")]].map(hash);
    assert_eq!(same, plain, "it is 45 in the preset");
    assert_ne!(sharper, plain);
    let swept =
        ["sweep", STOCKHOLM, "--set", reader, "--over", &format!("{path}=10,30"), "--games", "8", "--seed", "1"];
    assert_eq!(summitry(&swept).0, 0);
    let known = ["check", STOCKHOLM, "--set", "parties.us.strategy=\"boulware\"", "--set", &format!("{path}=30")];
    let (code, _, err) = summitry(&known);
    assert!(code == 2 && err.contains("sharpness"), "its model is another: {err}");
}

/// Only who turns paths looks at them.
#[test]
fn a_command_that_turns_no_paths_asks_nothing_of_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(STOCKHOLM)).expect("it is there");
    for (field, command) in
        [("tune", "tune x.ron --maximise us.total --tries 8 --games 8"), ("sweep", "sweep x.ron --games 8")]
    {
        let with = text.replacen("clock: (", &format!("{field}: {{\"parties.us.nothing\": [1]}},\n  clock: ("), 1);
        fs::write(folder.path().join("x.ron"), with).expect("written");
        let says = |command: &str| typed(folder.path(), &command.split(' ').collect::<Vec<_>>(), "");
        let (code, _, err) = says("batch x.ron --games 8 --seed 1");
        assert_eq!(code, 0, "{err}");
        for looks in [command, "check x.ron"] {
            let (code, _, err) = says(looks);
            assert!(code == 2 && err.contains("nothing"), "{looks}: {err}");
        }
    }
    let replies =
        ["batch", "scenarios/studies/best-replies.ron", "--us", "quick-dealer", "--games", "8", "--seed", "1"];
    assert_eq!(summitry(&replies).0, 0);
}

#[test]
fn a_strategy_is_checked_in_a_scenario() {
    let reader = "scenarios/strategies/bayesian-reader.ron";
    let (code, out, err) = summitry(&["check", reader, "--with", STOCKHOLM]);
    assert!(code == 0 && out.contains("is in order for `us` and `cn` of"), "{out}{err}");
    let told = refused(&["check", reader, "--with", "scenarios/theory/split-the-dollar.ron"], 2);
    assert!(told.contains("there is no goal `Dealmaker`") && told.contains(reader), "{told}");
    assert!(refused(&["check", reader, "--with", "scenarios/theory/two-issues.ron"], 2).contains("on its own"));
    assert!(refused(&["check", STOCKHOLM, "--with", STOCKHOLM], 2).contains("is no strategy"));
}

#[test]
fn faults_of_several_questions_are_told_at_once() {
    let words = "(schema: \"summitry.questions/1\", title: \"t\", questions: [
        (id: \"a\", group: \"g\", expression: \"deal befor 2026-01-01\", answer: Binary(happened: true, base_rate: 0.5)),
        (id: \"b\", group: \"g\", expression: \"deal before 2026-01-01\", answer: Binary(happened: true, base_rate: 5)),
        (id: \"c\", group: \"g\", expression: \"deal before 2026-01-01\", weight: -1, answer: Binary(happened: true, base_rate: 0.5)),
        (id: \"d\", group: \"g\", expresion: \"deal\", answer: Binary(happened: true, base_rate: 0.5)),
    ])";
    let questions = told("q.ron", words, "score FILE s.ron --games 8");
    for line in [2, 3, 4, 5] {
        assert!(questions.contains(&format!("--> q.ron:{line}:")), "line {line}: {questions}");
    }
    let words = "(schema: \"summitry.moments/1\", title: \"t\", moments: [
        (measure: \"deal\", target: 0.5, tolerance: -1),
        (measure: \"deal\", targt: 0.5, tolerance: 1),
    ])";
    let moments = told("m.ron", words, "tune s.ron --over parties.us.optimism=0..1 --fit FILE");
    assert!(moments.contains("--> m.ron:2:") && moments.contains("--> m.ron:3:"), "{moments}");
}

/// A checkpoint that another hand wrote, its digest made anew: what no search comes to is refused, never played.
#[test]
fn a_forged_checkpoint_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("state.json");
    let arguments = |file: &Path| {
        let words = "--over parties.us.optimism=0..1 --maximise us.total --tries 40 --games 8 --seed 1 --checkpoint";
        let words = ["tune", STOCKHOLM].into_iter().chain(words.split(' ')).map(str::to_owned);
        words.chain([file.to_str().expect("UTF-8").to_owned()]).collect::<Vec<_>>()
    };
    let types = |file: &Path| {
        let words = arguments(file);
        summitry(&words.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let (code, _, err) = types(&file);
    assert_eq!(code, 0, "{err}");
    let text = fs::read_to_string(&file).expect("kept");
    let found: Value = serde_json::from_str(&text).expect("JSON");
    let digest = found["digest"].as_str().expect("a digest");
    let signed = |text: &str| {
        let plain = text.trim_end().replace(digest, "");
        let sum = Sha256::digest(plain.as_bytes());
        let sum: String = sum.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        plain.replace("\"digest\":\"\"", &format!("\"digest\":\"{sum}\""))
    };
    assert_eq!(signed(&text), text.trim_end(), "the digest is made as the program makes it");
    for (from, to, says) in [
        ("\"way\":\"CmaEs\"", "\"way\":\"Random\"", "what no search comes to"),
        ("\"mean\":[", "\"mean\":[0.5,", "what no search comes to"),
        ("\"sigma\":", "\"sigma\":-", "what no search comes to"),
        ("\"point\":[", "\"point\":[7.0,", "what no search comes to"),
        ("\"candidates\":", "\"candidates\":9999999999999999", "what no search comes to"),
        ("\"restarts\":", "\"restarts\":-", "is not a checkpoint of this program"),
        ("\"arms\":[", "\"arms\":[[],", "is not a checkpoint of this program"),
    ] {
        assert!(text.contains(from), "{from}");
        let forged = folder.path().join("forged.json");
        fs::write(&forged, signed(&text.replacen(from, to, 1))).expect("written");
        let (code, out, err) = types(&forged);
        assert!((code, out.as_str()) == (2, "") && err.contains(says), "{to}: {code} {err}");
        fs::write(&forged, text.replacen(from, to, 1)).expect("written");
        assert_eq!(types(&forged).0, 2, "{to}, unsigned");
    }
    for cut in [0, 1, text.len() / 3, text.len() - 3] {
        fs::write(&file, &text[..cut]).expect("written");
        let (code, out, err) = types(&file);
        assert!((code, out.as_str()) == (2, "") && err.contains("is not a checkpoint"), "{cut}: {code} {err}");
    }
    for other in ["{}", "[]", "{\"schema\": \"summitry.batch/1\", \"version\": \"1\"}", "(a: 1)"] {
        fs::write(&file, other).expect("written");
        assert_eq!(types(&file).0, 2, "{other}");
    }
}
