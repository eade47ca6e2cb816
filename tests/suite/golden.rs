//! Told games as they were last reviewed: one for each scenario, and a scripted session of `play`.
//!
//! `UPDATE_GOLDEN=1 cargo test golden` rewrites them; the diff is the review.

use std::fs;
use std::path::{Path, PathBuf};

use super::players::OPEN;
use super::typed::typed;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Scenario files, by their path in the repository.
fn scenarios() -> Vec<String> {
    let mut out = vec![];
    for folder in ["scenarios", "scenarios/theory"] {
        for entry in fs::read_dir(root().join(folder)).expect("a folder") {
            let name = entry.expect("an entry").file_name().into_string().expect("UTF-8");
            if name.ends_with(".ron") {
                out.push(format!("{folder}/{name}"));
            }
        }
    }
    out.sort();
    out
}

fn said(arguments: &[&str], input: &str) -> String {
    let (code, out, err) = typed(root(), arguments, input);
    assert_eq!(code, 0, "{arguments:?}: {err}");
    out
}

fn compare(file: &Path, now: &str, wrong: &mut Vec<String>) {
    #[allow(clippy::disallowed_methods)] // the one wish of a reviewer
    let rewrite = std::env::var("UPDATE_GOLDEN").is_ok();
    if rewrite {
        fs::create_dir_all(file.parent().expect("a folder")).expect("made");
        fs::write(file, now).expect("written");
    }
    match fs::read_to_string(file) {
        Err(_) => wrong.push(format!("{} is missing", file.display())),
        Ok(then) if then != now => wrong.push(format!("{} has changed:\n{now}", file.display())),
        Ok(_) => {}
    }
}

fn golden(scenario: &str) -> PathBuf {
    let name = scenario.trim_start_matches("scenarios/").trim_end_matches(".ron").replace('/', "-");
    root().join("tests/golden").join(format!("{name}.trace"))
}

#[test]
fn every_scenario_plays_and_has_its_trace() {
    let mut wrong = vec![];
    let all = scenarios();
    assert!(all.len() > 10);
    for scenario in &all {
        let batch = said(&["batch", scenario, "--games", "200", "--seed", "7", "--format", "json"], "");
        let document: serde_json::Value = serde_json::from_str(&batch).expect("one JSON document");
        assert_eq!(document["games"], 200, "{scenario}");
        let told = said(&["run", scenario, "--seed", "7", "--game", "0"], "");
        assert!(told.lines().count() <= 70, "{scenario}: {} lines", told.lines().count());
        let (told, made) = told.trim_end().rsplit_once("\n\nsummitry ").expect("it says how it was made");
        assert!(made.contains(": summitry run ") && made.ends_with("--seed 7 --game 0"), "{made}");
        compare(&golden(scenario), &format!("{told}\n"), &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_scripted_session_of_play_reads_as_reviewed() {
    let script = fs::read_to_string(root().join("tests/golden/stockholm.typed")).expect("the script");
    let told = said(&["play", "scenarios/stockholm-2025.ron", "--as", "us", "--seed", "3"], &script);
    let mut wrong = vec![];
    compare(&root().join("tests/golden/stockholm.play"), &told, &mut wrong);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The last lines of a session played to its end by its strategy, against a strategy of the person's own choice.
#[test]
fn a_session_to_the_end_closes_with_a_debrief() {
    let all = "strategy\n".repeat(200);
    let grit = "scenarios/strategies/grit.ron";
    let told = said(&["play", "scenarios/stockholm-2025.ron", "--as", "us", "--cn", grit, "--seed", "3"], &all);
    let end = told.rfind("How it ended:").expect("it ends");
    let mut wrong = vec![];
    compare(&root().join("tests/golden/stockholm-end.play"), &told[end..], &mut wrong);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Left to its strategy all along, it is the game that `run` tells, where the other side has nothing to hide.
    let open = [&["scenarios/stockholm-2025.ron", "--us", "boulware", "--cn", grit, "--seed", "3"], &OPEN[..]].concat();
    let told = said(&[&["play", "--as", "us"], &open[..]].concat(), &all);
    let run = said(&[&["run"], &open[..]].concat(), "");
    let points = |text: &str| text.lines().find(|line| line.starts_with("Points in all")).map(str::to_owned);
    assert!(points(&told).is_some(), "no line of points");
    assert_eq!(points(&told), points(&run));
}
