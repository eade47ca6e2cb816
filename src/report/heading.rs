//! What every page and document says first: of which scenario, changed how, on which luck.

use serde_json::{Value, json};

/// What was asked, whatever the question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heading {
    /// The scenario's file, as given.
    pub scenario: String,
    /// What the command line changed, as `PATH=VALUE`.
    pub sets: Vec<String>,
    /// Names the scenario as it is played.
    pub hash: String,
    /// The seed.
    pub seed: u64,
    /// Games asked for: of each cell, where there are several.
    pub asked: u64,
}

impl Heading {
    /// A document that begins with it; changes are told where there are any.
    pub fn document(&self, schema: &str) -> Value {
        let mut out = json!({
            "schema": schema, "scenario": self.scenario, "scenario_hash": self.hash, "seed": self.seed,
        });
        if !self.sets.is_empty() {
            out["set"] = json!(self.sets);
        }
        out
    }
}

/// Adds the fields of one document to another.
pub fn extend(document: &mut Value, fields: Value) {
    if let (Value::Object(document), Value::Object(fields)) = (document, fields) {
        document.extend(fields);
    }
}
