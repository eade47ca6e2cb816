//! Targets, fits and quantiles: what was reached is told, and is what a batch of one's own gives.

use std::path::Path;

use serde_json::Value;
use summitry::internals::judge::held_out;
use summitry::internals::play::Plan;

use super::tune::{CONCEDER, STOCKHOLM, folder, mean, mean_set};
use super::typed::{agree, json, summitry};

#[test]
fn a_target_says_what_it_reached() {
    let (_folder, scenario, out) = folder();
    let arguments = [
        "tune",
        &scenario,
        "--over=parties.us.optimism=0..1",
        "--target=us.total=1.5",
        "--tries=8",
        "--games=60",
        "--held-out=50",
        "--seed=4",
    ];
    let found = json(&[&arguments[..], &["--format=json", "--out", out.to_str().unwrap()]].concat());
    let inside = mean(&out, "us.total", &Plan::new(4, 60));
    let outside = mean(&out, "us.total", &Plan { key: held_out(4), ..Plan::new(4, 50) });
    let reached = &found["moments"][0];
    assert_eq!((&found["moments_of"], reached["target"].as_f64()), (&Value::from("best"), Some(1.5)));
    assert!(agree(Some(inside), reached["in_sample"].as_f64()) && agree(Some(outside), reached["held_out"].as_f64()));
    let missed = -(inside - 1.5) * (inside - 1.5);
    assert!(agree(Some(missed), found["best"]["in_sample"]["variant"].as_f64()));
    let (_, page, _) = summitry(&arguments);
    let row = page.lines().find(|line| line.trim_start().starts_with("us.total ")).expect("a row of the target");
    // As many digits as the interval beside it has.
    let shows =
        |x: f64| row.split_whitespace().filter_map(|word| word.parse::<f64>().ok()).any(|y| (x - y).abs() <= 0.05);
    assert!(row.contains("1.500") && shows(outside) && shows(inside), "{outside}: {page}");
    assert!(page.contains("squared miss") && !page.contains("tolerance"), "{page}");
}

/// Two opponents are two rows for each moment, whoever is named first.
#[test]
fn a_fit_judges_each_opponent() {
    let (folder, scenario, out) = folder();
    let file = folder.path().join("m.ron");
    let moments = "(schema: \"summitry.moments/1\", title: \"a test\", moments: [
        (measure: \"us.total\", target: 5, tolerance: 3), (measure: \"deals\", target: 0.5, tolerance: 0.01)])";
    std::fs::write(&file, moments).expect("written");
    let arguments = [
        "tune",
        &scenario,
        "--over=parties.us.optimism=0..1",
        "--over=parties.us.honesty=0..1",
        "--fit",
        file.to_str().unwrap(),
        "--against=conceder",
        "--against=hardliner",
        "--tries=8",
        "--games=40",
        "--held-out=50",
        "--seed=4",
        "--format=json",
        "--out",
        out.to_str().unwrap(),
    ];
    let found = json(&arguments);
    let rows = found["moments"].as_array().expect("moments");
    let plan = Plan { key: held_out(4), ..Plan::new(4, 50) };
    let names: Vec<_> = rows.iter().filter_map(|row| row["against"].as_str()).collect();
    assert_eq!(names, ["conceder", "hardliner", "conceder", "hardliner"]);
    for row in rows {
        let seat = format!("parties.cn.strategy=\"{}\"", row["against"].as_str().expect("a name"));
        let value = mean_set(&out, &[&seat], row["measure"].as_str().expect("a name"), &plan);
        assert!(agree(value, row["held_out"].as_f64()), "{row}");
    }
    assert_ne!(rows[0]["held_out"], rows[1]["held_out"]);
}

/// The file as written hits the target to the last bit: nothing is better, and its moments are told.
#[test]
fn a_fit_that_is_met_as_written_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("m.ron");
    let now = mean(Path::new(CONCEDER), "a.total", &Plan::new(1, 8));
    let moments = format!(
        "(schema: \"summitry.moments/1\", title: \"a test\", moments: [
        (measure: \"a.total\", target: {now:?}, tolerance: 0.001)])"
    );
    std::fs::write(&file, moments).expect("written");
    let out = folder.path().join("x.ron");
    std::fs::copy(CONCEDER, folder.path().join("linear-conceder.ron")).expect("copied");
    std::fs::copy("scenarios/theory/time-tactics.ron", folder.path().join("time-tactics.ron")).expect("copied");
    let scenario = folder.path().join("linear-conceder.ron");
    let (scenario, file) = (scenario.to_str().unwrap(), file.to_str().unwrap());
    let arguments = ["tune", scenario, "--fit", file, "--games=8", "--tries=8", "--seed=1"];
    let (code, page, err) = summitry(&[&arguments[..], &["--out", out.to_str().unwrap()]].concat());
    assert_eq!(code, 0, "{err}");
    assert!(page.contains("No candidate beats the scenario as written"), "{page}");
    assert!(page.contains("Every moment is met"), "{page}");
    assert!(err.contains("x.ron` is not written") && !out.exists(), "{err}");
    let found = json(&[&arguments[..], &["--format=json"]].concat());
    assert_eq!((&found["best"], &found["moments_of"]), (&Value::Null, &Value::from("as written")));
    assert_eq!(found["moments"][0]["met"], true);
}

/// The least of the 20 numbers of 20 games that a quarter of them do not exceed is the fifth.
#[test]
fn a_quantile_is_that_of_the_games() {
    let (_folder, scenario, out) = folder();
    let found = json(&[
        "tune",
        &scenario,
        "--over=parties.us.optimism=0..1",
        "--maximise=us.total",
        "--quantile=0.25",
        "--tries=8",
        "--games=20",
        "--seed=4",
        "--format=json",
        "--out",
        out.to_str().unwrap(),
    ]);
    let one = |g: u64| mean(&out, "us.total", &Plan { games: g..g + 1, ..Plan::new(4, 1) });
    let mut totals: Vec<f64> = (0..20).map(one).collect();
    totals.sort_by(f64::total_cmp);
    let told = found["best"]["in_sample"]["variant"].as_f64().expect("a value");
    assert!((told - totals[4]).abs() < 1e-9, "{told} in {totals:?}");
    assert!(totals[4] > totals[3] && totals[5] > totals[4], "a neighbour would be seen: {totals:?}");
    assert!(found["objective"]["told"].as_str().is_some_and(|told| told.contains("0.25 quantile")));
}

/// A share of what only deals bring, where one game in twenty has one: eight held-out games have none.
#[test]
fn a_best_without_a_case_held_out_is_said_to_have_none() {
    let sought = ["--over=parties.us.optimism=0..1", "--maximise=us.share", "--tries=8", "--held-out=8", "--seed=1"];
    let ask = |seats: [&str; 2], games: &str| {
        let arguments = [&["tune", STOCKHOLM, games], &seats[..], &sought[..]].concat();
        let (code, page, err) = summitry(&arguments);
        assert_eq!(code, 0, "{err}");
        (page, json(&[&arguments[..], &["--format=json"]].concat()))
    };
    let (page, found) = ask(["--us=attrition", "--cn=hardheaded"], "--games=1500");
    assert!(found["searches"][0]["best_by_candidates"][0].is_array() && found["best"].is_null(), "{found}");
    assert_eq!(found["searches"][0]["no_case_held_out"], true);
    assert!(page.contains("The best of CMA-ES has no value on held-out games"), "{page}");
    assert!(!page.contains("No candidate"), "{page}");
    let (page, found) = ask(["--us=hardliner", "--cn=hardheaded"], "--games=8");
    assert_eq!(found["searches"][0]["no_case_held_out"], false);
    assert!(page.contains("In no game of any candidate is there a case"), "{page}");
}

/// What can be met is met, and what cannot is named.
#[test]
fn a_fit_says_what_could_not_be_met() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("m.ron");
    // Ann waits for .3, so she gets .3 and a little at best; no bar gives her more than .19 of discounted value
    let moments = "(schema: \"summitry.moments/1\", title: \"a test\", moments: [
        (measure: \"deal_round\", statistic: Quantile(at: 0.5), target: 30, tolerance: 2),
        (measure: \"deal\", statistic: Share(above: 0.5), target: 1, tolerance: 0.01),
        (measure: \"a.total\", target: 0.9, tolerance: 0.5)])";
    std::fs::write(&file, moments).expect("written");
    let file = file.to_str().expect("UTF-8");
    let found = json(&["tune", CONCEDER, "--fit", file, "--games=8", "--tries=60", "--seed=1", "--format=json"]);
    let met: Vec<bool> =
        found["moments"].as_array().expect("moments").iter().filter_map(|m| m["met"].as_bool()).collect();
    assert_eq!(met, [true, true, false], "{}", found["moments"]);
    let (_, page, _) = summitry(&["tune", CONCEDER, "--fit", file, "--games=8", "--tries=60", "--seed=1"]);
    assert!(page.contains("1 of 3 moments could not be met"), "{page}");
}
