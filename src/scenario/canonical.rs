//! The name of a scenario: a hash of what is played, not of how it is said.
//!
//! Named is the decoded scenario, after `extends`, `set` and `--set`, with presets filled in. What stands at its default
//! is left out, and so is what is only shown (titles, names in sentences, places). So a comment, an order, `12` for
//! `12.0`, a default written out or a new rule at its defaults change no name. What a default is belongs to the program:
//! where one changes, the model's number rises ([`crate::model::MODEL`]).

use std::sync::OnceLock;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::bargaining::Standalone;
use super::filled::{filled_goal, filled_strategy, with_a_stand_in};
use super::schema::Scenario;
use super::strategy::{Model, Offer};
use super::trimmed::trimmed;

/// The scheme of the names, which stands in front of each: another way to name raises it.
pub const SCHEME: &str = "s2";

/// The name of a scenario with a world.
pub fn scenario_hash(scenario: &Scenario) -> String {
    named(&played(scenario))
}

/// The name of a scenario of bargaining on its own.
pub fn bargaining_hash(scenario: &Standalone) -> String {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    named(&trim(scenario, &SCHEMA))
}

fn named(played: &Value) -> String {
    format!("{SCHEME}:{}", fingerprint(&canonical_json(played)))
}

/// What is named: all that is played, and nothing at its default.
fn played(scenario: &Scenario) -> Value {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    let mut plain = scenario.clone();
    switches(&mut plain);
    let guessed = guessed(scenario);
    plain.goals.retain(|name, _| guessed.contains(name));
    plain.strategies.clear();
    for (key, party) in &mut plain.parties {
        if party.dice == *key {
            party.dice.clear();
        }
    }
    for lever in plain.levers.values_mut() {
        lever.reach = lever.reach.filter(|reach| *reach != lever.range);
        let whole = lever.range.high.get() - lever.range.low.get();
        lever.big_move = lever.big_move.filter(|step| step.get() != whole);
    }
    let mut out = trim(&plain, &SCHEMA);
    for (key, party) in &scenario.parties {
        let (goal, strategy) = (goal(scenario, party, &guessed), strategy(scenario, party));
        out["parties"][key]["goal"] = goal;
        out["parties"][key]["strategy"] = strategy;
    }
    out
}

/// The switches as they work: in order, each once, and none that another makes idle.
fn switches(plain: &mut Scenario) {
    let all = plain.off.iter().any(|name| name == "all");
    let off = std::mem::take(&mut plain.off);
    plain.on.retain(|name| all && !off.contains(name));
    plain.off = if all { vec!["all".into()] } else { off };
    for names in [&mut plain.on, &mut plain.off] {
        names.sort();
        names.dedup();
    }
}

/// The goals that a party may take the other's to be; of all others only the numbers are played.
fn guessed(scenario: &Scenario) -> Vec<String> {
    let models = scenario.parties.values().filter_map(|party| filled_strategy(scenario, party).ok());
    let types = models.filter_map(|strategy| match strategy.model {
        Model::Bayes { types, .. } => Some(types),
        _ => None,
    });
    types.flatten().collect()
}

/// A goal with what it is like filled in; whom it is like counts where it can be guessed.
fn goal(scenario: &Scenario, party: &super::schema::Party, guessed: &[String]) -> Value {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    let mut out = filled_goal(scenario, party).map_or(Value::Null, |goal| trim(&goal, &SCHEMA));
    if let Some(like) = party.goal.like.as_ref().filter(|like| guessed.contains(like)) {
        out["like"] = json!(like);
    }
    out
}

/// A strategy with what it is like filled in, and what stands in for an outside program.
fn strategy(scenario: &Scenario, party: &super::schema::Party) -> Value {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    let Ok(strategy) = filled_strategy(scenario, party) else { return Value::Null };
    let mut out = trim(&strategy, &SCHEMA);
    if matches!(strategy.offer, Offer::External(_))
        && let Ok((stand_in, _)) = with_a_stand_in(scenario, party, strategy)
    {
        out["stand_in"] = trim(&stand_in, &SCHEMA)["offer"].take();
    }
    out
}

fn trim<T: Serialize + JsonSchema>(of: &T, schema: &'static OnceLock<Value>) -> Value {
    let schema = schema.get_or_init(|| schemars::schema_for!(T).to_value());
    let value = serde_json::to_value(of).expect("plain data is JSON");
    trimmed(&value, schema, schema)
}

/// The first 16 hex digits of the SHA-256 of a text.
pub fn fingerprint(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// JSON with one spelling for each value: keys sorted, no blanks, numbers in their shortest form, `2.0` as `2`.
pub fn canonical_json(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                out.push_str(if i > 0 { "," } else { "" });
                write(item, out);
            }
            out.push(']');
        }
        Value::Object(entries) => write_entries(entries, out),
        Value::Number(number) => match number.as_f64() {
            Some(x) if number.is_f64() && x.fract() == 0.0 && x.abs() < 9_007_199_254_740_992.0 => {
                out.push_str(&(x as i64).to_string());
            }
            _ => out.push_str(&number.to_string()),
        },
        other => out.push_str(&other.to_string()),
    }
}

fn write_entries(entries: &Map<String, Value>, out: &mut String) {
    let mut entries: Vec<_> = entries.iter().collect();
    entries.sort_by(|a, b| a.0.cmp(b.0));
    out.push('{');
    for (i, (key, value)) in entries.into_iter().enumerate() {
        out.push_str(if i > 0 { "," } else { "" });
        out.push_str(&Value::from(key.as_str()).to_string());
        out.push(':');
        write(value, out);
    }
    out.push('}');
}

#[cfg(test)]
#[path = "canonical_tests.rs"]
mod tests;
