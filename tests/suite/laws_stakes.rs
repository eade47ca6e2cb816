//! What is at stake: points of two parties are never compared, and what matters more is fought for more.

use serde_json::Value;
use summitry::internals::components::Level;
use summitry::internals::metrics::metrics;
use summitry::internals::round;
use summitry::internals::rules::Scenario;
use summitry::internals::setup::Setup;

use crate::common::{STOCKHOLM, all_metrics, column, endings, mean, metric, played, ready, set};
use crate::laws_units::{bits, scenarios, times};

/// A scenario in which one party counts its points in another unit: every effect on it, and every number of it in points.
fn party_times(file: &str, party: usize, k: f64) -> Setup {
    let scenario = ready(file, &[]).scenario;
    let mut value = serde_json::to_value(&*scenario).expect("it can be written");
    let key = scenario.parties.keys().nth(party).expect("two parties").clone();
    let mut found = 0;
    for lever in value["levers"].as_object_mut().expect("levers").values_mut() {
        for effect in lever["effects"][&key].as_array_mut().into_iter().flatten() {
            for inner in effect.as_object_mut().expect("an effect").values_mut() {
                found += times(&mut inner["points"], k);
            }
        }
    }
    assert!(found > 0, "{file}: nothing is worth anything to {key}");
    for own in ["signing_cost", "outside", "reserve"] {
        let own = &mut value["parties"][&key][own];
        if !own.is_null() {
            times(own, k);
        }
    }
    conditions(&mut value["parties"][&key]["strategy"], k);
    let scenario: Scenario = serde_json::from_value(value).unwrap_or_else(|e| panic!("{file}: {e}"));
    round::prepare(scenario).unwrap_or_else(|e| panic!("{file}: {e}"))
}

/// Worths that a rule of acceptance names.
fn conditions(node: &mut Value, k: f64) {
    match node {
        Value::Object(entries) => entries.iter_mut().for_each(|(name, inner)| {
            if name == "Above" {
                times(inner, k);
            } else {
                conditions(inner, k);
            }
        }),
        Value::Array(items) => items.iter_mut().for_each(|item| conditions(item, k)),
        _ => {}
    }
}

/// Sums of what two parties get have no unit when each counts in its own.
const OF_BOTH: [&str; 2] = ["utilitarian", "logroll"];

#[test]
fn one_partys_points_times_a_power_of_two_change_its_points_alone() {
    const GAMES: usize = if cfg!(debug_assertions) { 80 } else { 2_000 };
    for file in scenarios() {
        if file.ends_with("attrition.ron") {
            continue; // its prize is one thing, counted alike by both
        }
        let plain = party_times(&file, 0, 1.0);
        let games = played(&plain, 12, GAMES);
        let (ended, before) = (endings(&games), all_metrics(&games));
        for (party, k) in [(0, 0.25), (1, 0.5)] {
            let scaled = played(&party_times(&file, party, k), 12, GAMES);
            let name = &plain.parties[party].key;
            assert_eq!(endings(&scaled), ended, "{file}: {name} times {k}");
            for (m, (name, numbers)) in metrics(&plain).iter().zip(&before) {
                if OF_BOTH.iter().any(|both| name.contains(both)) {
                    continue;
                }
                let own = name.starts_with(&format!("{}.", plain.parties[party].key));
                let by = if own && m.unit.starts_with("points") { k } else { 1.0 };
                for (was, is) in numbers.iter().zip(metric(&scaled, name)) {
                    assert_eq!(bits(was * by), bits(is), "{file}, {party} times {k}: {name} was {was}, is {is}");
                }
            }
            for l in 0..plain.levers.len() {
                assert_eq!(column::<Level>(&scaled, l), column::<Level>(&games, l), "{file}: {name} times {k}");
            }
        }
    }
}

#[test]
fn a_part_of_one_partys_points_does_change_something() {
    let sets = [set("levers.magnets.effects.us.Prosperity.points", 10)];
    let (plain, other) = (played(&ready(STOCKHOLM, &[]), 12, 200), played(&ready(STOCKHOLM, &sets), 12, 200));
    assert_ne!(endings(&plain), endings(&other));
}

/// Whether each of two paired lists is one where a deal was signed.
fn dealt_or_not(games: &summitry::internals::cohort::Games) -> Vec<f64> {
    endings(games).iter().map(|end| f64::from(u8::from(end.ends_with("_deal") && *end != "no_deal"))).collect()
}

/// Mean of the paired differences and its standard error.
fn paired(a: &[f64], b: &[f64]) -> (f64, f64) {
    let differences: Vec<f64> = a.iter().zip(b).map(|(a, b)| b - a).collect();
    let middle = mean(&differences);
    let n = differences.len() as f64;
    let spread = differences.iter().map(|d| (d - middle) * (d - middle)).sum::<f64>() / (n - 1.0);
    (middle, (spread / n).sqrt())
}

/// A step of a twentieth in what a lever is worth to a party moves the odds of a deal by less than a twentieth, and what is
/// worth more to the other is opened further.
#[test]
fn no_cliff_in_what_the_magnets_are_worth() {
    const GAMES: usize = if cfg!(debug_assertions) { 500 } else { 8_000 };
    let times = |k: f64| {
        let sets = [
            set("levers.magnets.effects.us.Prosperity.points", 2.5 * k),
            set("levers.magnets.effects.us.Security.points", k),
        ];
        played(&ready(STOCKHOLM, &sets), 7, GAMES)
    };
    let mut before: Option<Vec<f64>> = None;
    for k in [0.5, 0.55, 0.6, 0.65, 0.7, 0.75] {
        let now = dealt_or_not(&times(k));
        if let Some(before) = before {
            let (moved, error) = paired(&before, &now);
            assert!(moved.abs() < 0.05 + 2.0 * error, "at {k} the odds of a deal move by {moved} (s.e. {error})");
        }
        before = Some(now);
    }
    let level = |k: f64| metric(&times(k), "lever.magnets.final");
    let levels = [0.0, 1.0, 2.0, 4.0].map(level);
    for pair in levels.windows(2) {
        let (moved, error) = paired(&pair[0], &pair[1]);
        assert!(moved > -2.0 * error, "where they are worth more, fewer are licensed: {moved} (s.e. {error})");
    }
    let (all, error) = paired(&levels[0], &levels[3]);
    assert!(all > 4.0 * error, "what they are worth moves the licences: {all} (s.e. {error})");
}
