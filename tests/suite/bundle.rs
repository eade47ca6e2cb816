//! A bundle is the scenario as it was played, wherever it is taken: the same digest, the same name, the same figures.

use std::fs;

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
    let commands: [&[&str]; 5] = [
        &["run", STORY],
        &["odds", STORY, "--futures", "4"],
        &["sweep", STORY, "--over", "parties.us.goal.patience=0.96,0.99", "--games", "10"],
        &["compare", STORY, "--variant", "off=[\"summit\"]", "--games", "10"],
        &["batch", "scenarios/theory/two-issues.ron", "--games", "10"],
    ];
    for (i, command) in commands.iter().enumerate() {
        let file = folder.path().join(format!("{i}.ron")).to_str().expect("UTF-8").to_owned();
        json(&[command, &["--seed=1", "--format=json", "--bundle", &file][..]].concat());
        let hash =
            |name: &str| json(&["batch", name, "--games=4", "--seed=1", "--format=json"])["scenario_hash"].clone();
        assert_eq!(hash(&file), hash(command[1]), "{command:?}");
        // a file that is there is left alone, and nothing is played before that is said
        let said = refused(&[command, &["--bundle", &file][..]].concat(), 2);
        assert!(said.contains("is there already"), "{said}");
    }
    let two = ["compare", STORY, "scenarios/phase-one-2018.ron", "--bundle", "x.ron"];
    assert!(refused(&two, 2).contains("a bundle holds one scenario"));
    assert!(refused(&["batch", STORY, "--bundle", "x.json"], 2).contains("ends in .ron"));
}
