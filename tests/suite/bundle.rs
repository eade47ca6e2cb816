//! A bundle is the scenario as it was played, wherever it is taken: the same digest, the same name, the same figures.

use std::fs;
use std::path::Path;

use super::typed::{json, refused, typed};

const STORY: &str = "scenarios/stockholm-2025.ron";

#[test]
fn a_bundle_is_played_anywhere_and_gives_the_same() {
    let (here, there) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("another"));
    let file = here.path().join("one.ron").to_str().expect("UTF-8").to_owned();
    let overlay = "scenarios/studies/best-replies.ron";
    let changed =
        ["--us=scenarios/strategies/quick-dealer.ron", "--set=parties.us.optimism=Uniform(low: 0.4, high: 0.75)"];
    let asked =
        [&["batch", overlay, "--games=80", "--seed=9", "--format=json", "--bundle", &file][..], &changed].concat();
    let document = json(&asked);
    let text = fs::read_to_string(&file).expect("written");
    assert!(text.contains("// Made by: summitry batch scenarios/studies/best-replies.ron"), "{text}");
    assert!(text.contains("\n// The same of this file: summitry batch one.ron --games 80 --seed 9\n"), "{text}");
    assert!(!text.contains("extends:"), "{text}");
    fs::rename(&file, there.path().join("one.ron")).expect("moved");

    let again = ["batch", "one.ron", "--games", "80", "--seed", "9", "--format", "json"];
    let (exit, out, err) = typed(there.path(), &again, "");
    assert_eq!(exit, 0, "{err}");
    let moved: serde_json::Value = serde_json::from_str(&out).expect("a document");
    for same in ["scenario_hash", "digest", "outcomes", "shares", "metrics", "title"] {
        assert_eq!(moved[same], document[same], "{same}");
    }
    fs::write(there.path().join("one.json"), &out).expect("kept");
    let (exit, said, err) = typed(there.path(), &["verify", "one.json"], "");
    assert_eq!((exit, said.contains("gives the same again, every figure")), (0, true), "{said}{err}");
}

/// What a sweep runs over comes along; what only a tuner reads is no part of what was played.
#[test]
fn what_is_swept_comes_along() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("swept.ron").to_str().expect("UTF-8").to_owned();
    let games = ["--games=10", "--seed=1", "--format=json"];
    let study = "scenarios/studies/hurry-and-glory.ron";
    let there = json(&[&["sweep", study, "--bundle", &file][..], &games].concat());
    let again = json(&[&["sweep", &file][..], &games].concat());
    assert_eq!((&again["points"], &again["paths"]), (&there["points"], &there["paths"]));
}

/// Every command that plays one scenario can write it; what it writes is named by the same hash.
#[test]
fn each_command_keeps_what_it_plays() {
    let folder = tempfile::tempdir().expect("a folder");
    let over = "parties.us.optimism=0..1";
    let commands: [&[&str]; 10] = [
        &["run", STORY],
        &["odds", STORY, "--futures", "4"],
        &["sweep", STORY, "--over", "parties.us.goal.patience=0.96,0.99", "--games", "10"],
        &["compare", STORY, "--variant", "off=[\"summit\"]", "--games", "10"],
        &["batch", "scenarios/theory/two-issues.ron", "--games", "10"],
        &["ablation", STORY, "--measure", "deal", "--games", "4"],
        &["tournament", STORY, "--strategies", "grit,grim", "--games", "4"],
        &["sensitivity", STORY, "--only", "us.goal", "--samples", "2", "--games", "4"],
        &["discover", STORY, "--where", "deal", "--games", "400"],
        &["tune", STORY, "--maximise", "us.total", "--over", over, "--tries", "8", "--games", "8"],
    ];
    for (i, command) in commands.iter().enumerate() {
        let file = folder.path().join(format!("{i}.ron")).to_str().expect("UTF-8").to_owned();
        json(&[command, &["--seed=1", "--format=json", "--bundle", &file][..]].concat());
        let hash =
            |name: &str| json(&["batch", name, "--games=4", "--seed=1", "--format=json"])["scenario_hash"].clone();
        assert_eq!(hash(&file), hash(command[1]), "{command:?}");
        let text = fs::read_to_string(&file).expect("written");
        let same =
            text.lines().find(|line| line.starts_with("// The same of this file: ")).expect("how to have it again");
        assert!(command[0] != "tournament" || same.contains(" --strategies grit --strategies grim "), "{same}");
        // a file that is there is left alone, and nothing is played before that is said
        let said = refused(&[command, &["--bundle", &file][..]].concat(), 2);
        assert!(said.contains("is there already"), "{said}");
    }
    let two = ["compare", STORY, "scenarios/phase-one-2018.ron", "--bundle", "x.ron"];
    let said = refused(&two, 2);
    assert!(said.contains("several are compared") && said.contains("ends in .json"), "{said}");
    assert!(refused(&["batch", STORY, "--bundle", "x.txt"], 2).contains("ends in .ron"));
}

/// Commands that read more than a scenario, and what they read.
const WHOLE: &[&str] = &[
    "batch scenario-1.ron --us strategy-1.ron --set clock.rounds=12 --games 10",
    "batch bargaining-1.ron --games 10",
    "batch stockholm-2025 --games 10",
    "batch - --games 10",
    "run scenario-1.ron",
    "odds scenario-1.ron --futures 4",
    "compare scenario-1.ron phase-one-2018 --variant clock.rounds=12 --games 10",
    "ablation scenario-1.ron --measure deal --games 10",
    "signs signs-1.ron --games 20",
    "score questions-1.ron scenario-1.ron --games 10",
    "sweep scenario-1.ron --over parties.us.optimism=0.2,0.6 --games 10",
    "tournament scenario-1.ron phase-one-2018 --strategies strategy-1.ron,grit --games 4",
    "tournament scenario-1.ron --strategies players --games 4",
    "tune scenario-1.ron --fit moments-1.ron --over parties.us.optimism=0..1 --tries 8 --games 8",
    "tune scenario-1.ron --maximise us.total --against strategy-1.ron --over parties.us.optimism=0..1 --tries 8 --games 8",
    "tune scenario-1.ron --maximise us.total --over parties.us.optimism=0..1 --tries 8 --games 8 --out best.ron",
    "tune scenario-1.ron --both --over parties.us.optimism=0..1 --over parties.cn.optimism=0..1 --starts 1 --rounds 1 \
     --tries 8 --games 8",
    "sensitivity scenario-1.ron --only us.goal --samples 4 --games 8",
    "sensitivity scenario-1.ron --design design-1.csv --games 8",
    "discover scenario-1.ron --where 'not deal' --games 400",
    "discover rows-1.csv --where no_deal",
];

fn words(line: &str) -> Vec<String> {
    shell_words::split(line).expect("words")
}

/// Types a line in a folder; what it says where it ends as it should.
fn at(folder: &Path, line: &str, input: &str) -> (i32, String, String) {
    typed(folder, &words(line).iter().map(String::as_str).collect::<Vec<_>>(), input)
}

/// A folder with what authors wrote, two strategies of it in a folder of their own.
fn with_files() -> tempfile::TempDir {
    let (root, folder) = (Path::new(env!("CARGO_MANIFEST_DIR")), tempfile::tempdir().expect("a folder"));
    let kept = root.join("tests/formats");
    for file in fs::read_dir(&kept).expect("a folder").flatten().filter(|file| file.path().is_file()) {
        fs::copy(file.path(), folder.path().join(file.file_name())).expect("copied");
    }
    fs::create_dir(folder.path().join("players")).expect("made");
    for name in ["strategy-1.ron", "players/one.ron", "players/two.ron"] {
        let from = root.join("scenarios/strategies").join(if name.contains("two") { "grit.ron" } else { "grim.ron" });
        fs::copy(from, folder.path().join(name)).expect("copied");
    }
    folder
}

/// In a folder where nothing else is, what a command was made of gives what it gave.
#[test]
fn a_whole_bundle_is_repeated_where_none_of_its_files_is() {
    let (here, there) = (with_files(), tempfile::tempdir().expect("another"));
    let piped = fs::read_to_string(here.path().join("scenario-1.ron")).expect("kept");
    for (i, line) in WHOLE.iter().enumerate() {
        let file = there.path().join(format!("{i}.json"));
        let whole = format!("{line} --seed 3 --bundle {}", file.display());
        let (exit, _, err) = at(here.path(), &whole, &piped);
        assert!(exit == 0 || exit == 4 && line.starts_with("signs"), "{line}: {err}");
        let (exit, said, err) = at(there.path(), &format!("verify {i}.json"), "");
        assert!(exit == 0 && said.contains("gives the same again, every figure"), "{line}: {said}{err}");
    }
    // a strategy is part of what was played, and so is its every figure
    let file = there.path().join("0.json");
    let text = fs::read_to_string(&file).expect("kept");
    let bundle: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!((&bundle["schema"], &bundle["document"]["games"]), (&"summitry.bundle/1".into(), &10.into()));
    assert!(bundle["files"]["strategy-1.ron"].is_string() && bundle["files"]["scenario-1.ron"].is_string());
    let whole = &bundle["scenarios"][0];
    assert_eq!(whole["hash"], bundle["document"]["scenario_hash"]);
    fs::write(there.path().join("played.ron"), whole["text"].as_str().expect("a text")).expect("written");
    let (_, out, err) = at(there.path(), "batch played.ron --games 10 --seed 3 --format json", "");
    let again: serde_json::Value = serde_json::from_str(&out).unwrap_or_else(|why| panic!("{why}: {err}"));
    assert_eq!(again["digest"], bundle["document"]["digest"]);

    let mut other = bundle.clone();
    other["files"]["strategy-1.ron"] = fs::read_to_string(here.path().join("players/two.ron")).expect("kept").into();
    fs::write(&file, other.to_string()).expect("written");
    let (exit, said, err) = at(there.path(), "verify 0.json", "");
    assert!(exit == 4 && said.contains("made.scenario_hash"), "{said}{err}");
    other["files"].as_object_mut().expect("files").remove("scenario-1.ron");
    fs::write(&file, other.to_string()).expect("written");
    let (exit, _, err) = at(there.path(), "verify 0.json", "");
    assert!(exit == 2 && err.contains("there is no file `scenario-1.ron` in the bundle"), "{err}");
}

/// Rows are too large for a bundle: it names them by their hash, and only the same file will do.
#[test]
fn rows_are_named_and_not_carried() {
    let (here, there) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("another"));
    let typed = |line: &str, code: i32| {
        let (exit, out, err) = at(here.path(), line, "");
        assert_eq!(exit, code, "{line}: {out}{err}");
        out + &err
    };
    typed("batch stockholm-2025 --games 300 --seed 3 --rows rows.parquet", 0);
    typed("discover rows.parquet --where 'not deal' --bundle found.json", 0);
    let text = fs::read_to_string(here.path().join("found.json")).expect("kept");
    let bundle: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let size = fs::metadata(here.path().join("rows.parquet")).expect("there").len();
    assert_eq!(bundle["left_out"]["rows.parquet"]["bytes"], size);
    assert!(bundle["files"].as_object().is_some_and(serde_json::Map::is_empty));
    assert!(typed("verify found.json", 0).contains("gives the same again"));
    fs::copy(here.path().join("found.json"), there.path().join("found.json")).expect("copied");
    let (exit, _, err) = at(there.path(), "verify found.json", "");
    assert!(exit == 2 && err.contains("the bundle leaves out `rows.parquet`"), "{err}");
    for name in ["rows.parquet", "rows.parquet.dictionary.csv"] {
        fs::remove_file(here.path().join(name)).expect("gone");
    }
    typed("batch stockholm-2025 --games 300 --seed 4 --rows rows.parquet", 0);
    assert!(typed("verify found.json", 2).contains("another file stands there"));
    assert!(typed("discover rows.parquet --where deal --bundle x.ron", 2).contains("ends in .json"));
}

/// What reads more than a scenario says so before it plays, where a bundle would hold nothing else.
#[test]
fn a_scenario_alone_is_refused_where_more_is_read() {
    let here = with_files();
    let more = ["compare", "signs", "score", "tournament", "--fit", "--against", "--design ", "rows-1"];
    for line in WHOLE.iter().filter(|line| more.iter().any(|word| line.contains(word))) {
        let (exit, _, err) = at(here.path(), &format!("{line} --seed 3 --bundle x.ron"), "");
        assert!(exit == 2 && err.contains("a bundle that ends in .json"), "{line}: {err}");
    }
}
