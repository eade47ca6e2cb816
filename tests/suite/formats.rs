//! FORMATS.md and `tests/formats` keep up: every format has its line, and what was kept of each is still read.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use summitry::MODEL;

use super::typed::typed;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn kept(name: &str) -> PathBuf {
    root().join("tests/formats").join(name)
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Types a command in the folder of what is kept.
fn type_there(line: &str) -> (i32, String, String) {
    let words = shell_words::split(line).expect("words");
    typed(&kept(""), &words.iter().map(String::as_str).collect::<Vec<_>>(), "")
}

/// Formats named in a text: `summitry`, a dot or a slash, words, a slash and a number.
fn formats(text: &str) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for rest in text.split("summitry").skip(1) {
        let name: String =
            rest.chars().take_while(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "./".contains(*c)).collect();
        let Some((words, number)) = name.trim_end_matches(['.', '/']).rsplit_once('/') else { continue };
        let plain =
            words.is_empty() || words.trim_start_matches(['.', '/']).chars().all(|c| c.is_alphabetic() || c == '.');
        if plain && !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()) {
            out.insert(format!("summitry{words}/{number}"));
        }
    }
    out
}

/// The sources of a folder, without its tests.
fn sources(under: &Path, out: &mut Vec<PathBuf>) {
    for path in fs::read_dir(under).expect("a folder").flatten().map(|e| e.path()) {
        if path.file_stem().is_some_and(|stem| stem.to_string_lossy().ends_with("tests")) {
            continue;
        } else if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

#[test]
fn every_format_has_its_line() {
    assert_eq!(formats("a summitry.run/1, \"summitry/strategy/2\", summitry/1. summitry.rs summitry/src"), {
        ["summitry.run/1", "summitry/1", "summitry/strategy/2"].map(String::from).into()
    });
    let mut files = vec![];
    sources(&root().join("src"), &mut files);
    let code = |text: &str| text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
    let in_source: BTreeSet<String> = files.iter().flat_map(|file| formats(&code(&text(file)))).collect();
    let told = formats(&text(&root().join("FORMATS.md")));
    assert!(in_source.len() >= 20, "{in_source:?}");
    let silent: Vec<&String> = in_source.difference(&told).collect();
    assert!(silent.is_empty(), "FORMATS.md has no line for {silent:?}");
    let gone: Vec<&String> = told.difference(&in_source).collect();
    let old = ["summitry.tune.checkpoint/1", "summitry.tune.checkpoint/2", "summitry.tune/1", "summitry.tune/2"];
    assert!(
        gone.iter().all(|format| old.contains(&format.as_str())),
        "FORMATS.md names {gone:?}, which no source does"
    );
}

/// Documents that the program prints, and the commands that print them.
const PRINTED: &[(&str, &str)] = &[
    ("batch-1.json", "batch scenario-1.ron --games 20 --seed 1 --format json"),
    ("batch-alone-1.json", "batch bargaining-1.ron --games 20 --seed 1 --format json"),
    ("run-1.json", "run scenario-1.ron --seed 1 --format json"),
    ("run-alone-1.json", "run bargaining-1.ron --seed 1 --format json"),
    ("odds-1.json", "odds scenario-1.ron --seed 1 --set clock.rounds=16 --futures 8 --format json"),
    ("compare-1.json", "compare scenario-1.ron --variant parties.us.ratify=0.6 --games 40 --seed 1 --format json"),
    ("sweep-1.json", "sweep scenario-1.ron --over parties.us.optimism=0.2,0.6 --games 40 --seed 1 --format json"),
    ("ablation-1.json", "ablation scenario-1.ron --games 40 --seed 1 --format json"),
    ("signs-1.json", "signs signs-1.ron --games 200 --seed 1 --format json"),
    ("score-1.json", "score questions-1.ron scenario-1.ron --games 40 --seed 1 --format json"),
    ("tournament-1.json", "tournament scenario-1.ron --strategies boulware,grit --games 8 --seed 1 --format json"),
    (
        "tournaments-1.json",
        "tournament scenario-1.ron ../../scenarios/phase-one-2018.ron --strategies boulware,grit --games 8 --seed 1 --format json",
    ),
    (
        "tune-3.json",
        "tune scenario-1.ron --fit moments-1.ron --over parties.us.optimism=0..1 --tries 8 --games 8 --seed 1 --format json",
    ),
    (
        "selfplay-1.json",
        "tune scenario-1.ron --both --over parties.us.optimism=0..1 --over parties.cn.optimism=0..1 --rounds 1 --tries 8 \
         --games 8 --seed 1 --format json",
    ),
    ("fields-1.json", "fields clock --format json"),
    ("measures-1.json", "measures scenario-1.ron --format json"),
    ("sources-1.json", "fields --of scenario-1.ron --format json"),
    ("check-1.json", "check scenario-1.ron --format json"),
    ("inputs-1.json", "inputs scenario-1.ron --over parties.us.optimism=0..1 --format json"),
    (
        "sensitivity-1.json",
        "sensitivity scenario-1.ron --over parties.us.optimism=0..1 --over parties.cn.optimism=0..1 --samples 4 --pairs 2 \
         --games 20 --seed 1 --measure us.total --format json",
    ),
    ("design-1.json", "sensitivity scenario-1.ron --design design-1.csv --games 20 --seed 1 --format json"),
    ("discover-1.json", "discover rows-1.csv --where no_deal --seed 1 --format json"),
];

/// The places of all values, those of one list under one name.
fn places(value: &Value, at: &str, out: &mut BTreeSet<String>) {
    out.insert(at.to_owned());
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| places(value, &format!("{at}.{key}"), out)),
        Value::Array(items) => items.iter().for_each(|item| places(item, &format!("{at}[]"), out)),
        _ => {}
    }
}

/// Within a number of a format fields are added, and none is renamed or dropped.
#[test]
fn no_document_has_lost_a_field() {
    let found: Vec<String> = PRINTED.iter().map(|(name, command)| printed(name, command)).collect();
    let lost: Vec<&String> = found.iter().filter(|told| !told.is_empty()).collect();
    assert!(lost.is_empty(), "{lost:#?}");
}

fn printed(name: &str, command: &str) -> String {
    let (exit, out, err) = type_there(command);
    if !(exit == 0 || exit == 4 && name.starts_with("signs")) {
        return format!("{name}: exit {exit}: {err}");
    }
    let path = kept(name);
    if !path.exists() && std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &out).expect("written");
    }
    let read = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
    let (then, now) = (read(&text(&path)), read(&out));
    if (&now["schema"], &now["model"]) != (&then["schema"], &MODEL.into()) {
        return format!("{name}: it says {} and model {}", now["schema"], now["model"]);
    }
    let [mut before, mut after] = [BTreeSet::new(), BTreeSet::new()];
    places(&then, "", &mut before);
    places(&now, "", &mut after);
    // Another model plays other games: what happened in them may have other fields.
    let lost: Vec<&String> = before.difference(&after).collect();
    if then["model"] == MODEL && !lost.is_empty() { format!("{name}: {lost:?}") } else { String::new() }
}

/// What the program reads again, and how: documents of another model are refused by it.
const READ: &[(&str, &str)] = &[
    ("orders-1.json", "play scenario-1.ron --as us --orders {}"),
    ("orders-2.jsonl", "batch scenario-1.ron --set 'parties.us.strategy=External(\"bot\")' --orders {}"),
    ("table-1.json", "run scenario-1.ron --orders {}"),
    ("state-1.json", "odds {} --futures 8"),
    ("bundle-1.json", "verify {}"),
    (
        "checkpoint-3.json",
        "tune scenario-1.ron --maximise us.total --over parties.us.optimism=0..1 --tries 8 --games 8 --seed 1 --checkpoint {}",
    ),
];

/// What was kept is read by a command where it is of this model, and told with its model where it is of another: as it
/// stands, and with another number in it.
fn is_read_or_told(name: &str, command: &str, file: &Path) {
    let whole = text(file);
    let of: Value = serde_json::Deserializer::from_str(&whole).into_iter().next().expect("JSON").expect("JSON");
    let (exit, out, err) = type_there(command);
    if of["model"] == MODEL {
        assert!(exit == 0 && !out.is_empty(), "{name}: {err}");
    } else {
        assert!(exit == 2 && err.contains("model"), "{name}: {err}");
    }
    let digits = format!("\"model\":{}", of["model"]);
    let spaced = format!("\"model\": {}", of["model"]);
    let other = whole.replace(&digits, "\"model\":999").replace(&spaced, "\"model\": 999");
    assert_ne!(whole, other, "{name}");
    fs::write(file, &other).expect("written");
    let (exit, _, err) = type_there(command);
    assert!(exit == 2 && err.contains("model 999"), "{name}: {err}");
}

#[test]
fn what_was_kept_is_read_or_its_model_is_told() {
    for (name, command) in READ {
        let folder = tempfile::tempdir().expect("a folder");
        let copy = folder.path().join(name);
        fs::copy(kept(name), &copy).unwrap_or_else(|e| panic!("{name}: {e}"));
        is_read_or_told(name, &command.replace("{}", copy.to_str().expect("UTF-8")), &copy);
    }
}

/// Folders of parts, and the command that reads each.
const PARTS: &[(&str, &str)] = &[
    ("parts-1", "merge --out {}"),
    (
        "study-1",
        "sweep scenario-1.ron --over parties.us.optimism=0.2,0.6 --games 40 --seed 1 --shards 1 --format json --out {}",
    ),
];

#[test]
fn parts_that_were_kept_are_read_or_their_model_is_told() {
    for (name, command) in PARTS {
        let folder = tempfile::tempdir().expect("a folder");
        for file in fs::read_dir(kept(name)).expect("a folder").flatten() {
            fs::copy(file.path(), folder.path().join(file.file_name())).expect("copied");
        }
        let command = command.replace("{}", folder.path().to_str().expect("UTF-8"));
        is_read_or_told(name, &command, &folder.path().join("manifest.json"));
    }
}

/// What authors write.
#[test]
fn what_authors_wrote_is_still_in_order() {
    let (exit, out, err) = type_there("check scenario-1.ron bargaining-1.ron strategy-1.ron");
    assert!(exit == 0 && out.lines().count() == 3, "{out}{err}");
}
