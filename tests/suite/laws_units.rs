//! Units: what is counted in points is counted in points everywhere, so points may be counted in anything.

use std::fs;

use serde_json::Value;
use summitry::internals::components::Level;
use summitry::internals::disk;
use summitry::internals::load;
use summitry::internals::metrics::metrics;
use summitry::internals::round;
use summitry::internals::rules::Scenario;
use summitry::internals::setup::Setup;

use crate::common::{all_metrics, column, endings, metric, played, ready};

/// The schema that another refers to.
fn meant<'a>(root: &'a Value, mut node: &'a Value) -> &'a Value {
    while let Some(to) = node["$ref"].as_str() {
        node = root.pointer(to.trim_start_matches('#')).expect("a reference leads somewhere");
    }
    node
}

fn is_points(node: &Value) -> bool {
    node["unit"].as_str().is_some_and(|unit| unit == "points" || unit == "points a week")
}

/// A number, or all numbers of a distribution but the spread of its logarithm.
pub fn times(value: &mut Value, k: f64) -> usize {
    match value {
        Value::Number(x) => {
            *value = Value::from(x.as_f64().expect("a number") * k);
            1
        }
        Value::Object(entries) => {
            entries.iter_mut().filter(|(name, _)| *name != "spread").map(|(_, inner)| times(inner, k)).sum()
        }
        _ => 0,
    }
}

/// Multiplies every number whose unit, by the schema, is points; returns how many there were.
fn scale(root: &Value, schema: &Value, value: &mut Value, k: f64) -> usize {
    let node = meant(root, schema);
    if is_points(node) {
        return times(value, k);
    }
    let mut found = 0;
    for choice in ["anyOf", "oneOf", "allOf"].iter().flat_map(|key| node[key].as_array().into_iter().flatten()) {
        let choice = meant(root, choice);
        let names =
            |entries: &serde_json::Map<String, Value>| entries.keys().all(|key| !choice["properties"][key].is_null());
        let fits = value.as_object().is_none_or(names);
        if fits {
            found += scale(root, choice, value, k);
            if found > 0 {
                return found;
            }
        }
    }
    match value {
        Value::Object(entries) => {
            for (name, inner) in entries {
                let own = &node["properties"][name.as_str()];
                let inside = if own.is_null() { &node["additionalProperties"] } else { own };
                found += scale(root, inside, inner, k);
            }
        }
        Value::Array(items) => {
            found += items.iter_mut().map(|item| scale(root, &node["items"], item, k)).sum::<usize>()
        }
        _ => {}
    }
    found
}

/// A scenario as it stands with every default filled in (the middle of what nobody knows), its points times k; and how many
/// numbers that were.
fn counted_in(file: &str, k: f64) -> (Setup, usize) {
    let scenario = ready(file, &[]).scenario;
    let root = schemars::schema_for!(Scenario).to_value();
    let mut value = serde_json::to_value(&*scenario).expect("it can be written");
    let found = scale(&root, &root, &mut value, k);
    let scenario: Scenario = serde_json::from_value(value).unwrap_or_else(|e| panic!("{file}: {e}"));
    (round::prepare(scenario).unwrap_or_else(|e| panic!("{file}: {e}")), found)
}

pub fn scenarios() -> Vec<String> {
    let mut out = vec![];
    for folder in ["scenarios", "scenarios/theory", "scenarios/studies"] {
        for entry in fs::read_dir(folder).expect("a folder") {
            let name = format!("{folder}/{}", entry.expect("an entry").file_name().to_string_lossy());
            let text = fs::read_to_string(&name).unwrap_or_default();
            // Bargaining on its own is counted in utilities from 0 to 1; beside studies lie questions, signs and the like.
            if name.ends_with(".ron") && text.contains("\"summitry/1\"") && !text.contains("\n  bargaining:") {
                out.push(name);
            }
        }
    }
    out.sort();
    out
}

/// Bits of a number, all that are none alike.
pub fn bits(x: f64) -> u64 {
    if x.is_nan() { f64::NAN.to_bits() } else { x.to_bits() }
}

#[test]
fn all_points_times_a_power_of_two_change_nothing_but_points() {
    const GAMES: usize = if cfg!(debug_assertions) { 120 } else { 2_000 };
    let all = scenarios();
    assert!(all.len() > 10);
    for file in all {
        let (plain, found) = counted_in(&file, 1.0);
        assert!(found > 5, "{file}: {found} numbers are points");
        let games = played(&plain, 12, GAMES);
        let (ended, before) = (endings(&games), all_metrics(&games));
        for k in [0.125, 0.5] {
            let scaled = played(&counted_in(&file, k).0, 12, GAMES);
            assert_eq!(endings(&scaled), ended, "{file} times {k}");
            for (m, (name, numbers)) in metrics(&plain).iter().zip(&before) {
                let by = if m.unit.starts_with("points") { k } else { 1.0 };
                for (was, is) in numbers.iter().zip(metric(&scaled, name)) {
                    assert_eq!(bits(was * by), bits(is), "{file} times {k}: {name} was {was}, is {is}");
                }
            }
            for l in 0..plain.levers.len() {
                assert_eq!(column::<Level>(&scaled, l), column::<Level>(&games, l), "{file} times {k}");
            }
        }
    }
}

#[test]
fn a_part_of_the_points_does_change_something() {
    let (mut scenario, _) =
        load::load_as::<Scenario>("scenarios/stockholm-2025.ron", &disk::open, &[]).expect("it loads");
    scenario.summit.prize_scale = summitry::units::Stakes::of(2.0);
    let games = played(&counted_in("scenarios/stockholm-2025.ron", 1.0).0, 12, 200);
    let other = played(&round::prepare(scenario).expect("a setup"), 12, 200);
    assert_ne!(endings(&games), endings(&other));
}
