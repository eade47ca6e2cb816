//! The name of a scenario: a hash of what is played, not of how it is said.
//!
//! Named is the decoded scenario, after `extends`, `set` and `--set`, with presets filled in. What stands at its default
//! is left out, and so is what is only shown (titles, names in sentences, places). So a comment, an order, `12` for
//! `12.0`, a default written out or a new rule at its defaults change no name. What a default is belongs to the program:
//! where one changes, the model's number rises ([`crate::model::MODEL`]).

use std::sync::OnceLock;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::bargaining::BargainingFile;
use super::filled::{filled_goal, filled_strategy, with_a_stand_in};
use super::rules::Scenario;
use super::spelled::{canonical_json, fingerprint};
use super::strategy::{Model, Offer};
use super::trimmed::trimmed;

/// The scheme of the names, which stands in front of each: another way to name raises it.
pub const SCHEME: &str = "s2";

/// The name of a scenario with a world.
pub fn scenario_hash(scenario: &Scenario) -> String {
    named(&played(scenario))
}

/// The name of a scenario of bargaining on its own.
pub fn bargaining_hash(scenario: &BargainingFile) -> String {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    named(&trim(scenario, &SCHEMA))
}

fn named(played: &Value) -> String {
    format!("{SCHEME}:{}", fingerprint(canonical_json(played)))
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
    for one in &scenario.unknown {
        out["unknown"][&one.path] = json!(one.from);
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

#[cfg(test)]
#[path = "canonical_tests.rs"]
mod tests;
