//! Scenarios built by a program: each begins as a file would that says the least, and its fields are set from there.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::rules::Scenario;
use super::schema::{Lever, Party};

/// What a file holds that says only this.
fn least<T: DeserializeOwned>(said: Value) -> T {
    serde_json::from_value(said).expect("quantities within their ranges")
}

impl Scenario {
    /// A game of so many rounds; it needs levers and two parties yet.
    ///
    /// # Panics
    /// When there are no rounds, or more than a game may have.
    pub fn new(title: &str, rounds: u32) -> Scenario {
        let nothing = json!({});
        least(json!({
            "schema": super::check::SCHEMA, "title": title, "clock": {"rounds": rounds},
            "levers": nothing, "parties": nothing,
        }))
    }
}

impl Lever {
    /// A lever between two levels that nobody holds and that is worth nothing to anybody yet.
    ///
    /// # Panics
    /// When a level is none that a lever may have.
    pub fn between(low: f64, high: f64) -> Lever {
        least(json!({"range": {"low": low, "high": high}, "effects": {}}))
    }
}

impl Party {
    /// A party that plays by a strategy known by name, and has no goal yet.
    pub fn playing(strategy: &str) -> Party {
        least(json!({"goal": {}, "strategy": {"like": strategy}}))
    }
}
