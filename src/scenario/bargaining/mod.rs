//! Bargaining on its own: the other kind of scenario file, field by field.

mod check;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::draw::Draw;
use super::limits::{BARGAINING_ROUNDS_MAX, OUTCOMES_MAX, VALUE_MAX};
use crate::units::{Factor, Firmness, Share, Utility};

/// A scenario file that holds bargaining and nothing else.
#[derive(Clone, PartialEq, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BargainingFile {
    /// The version of the scenario language: `summitry/1`.
    #[schemars(extend("shown" = true))]
    pub schema: String,
    /// What the scenario is called.
    #[schemars(extend("shown" = true))]
    pub title: String,
    /// Who bargains, about what, for how long.
    pub bargaining: Bargaining,
}

/// Two parties bargain over some issues by alternating offers.
#[derive(Clone, PartialEq, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bargaining {
    /// How many rounds there are, of two turns each (rounds).
    #[schemars(extend("minimum" = 1, "maximum" = BARGAINING_ROUNDS_MAX))]
    pub rounds: u32,
    /// How far below the curve a party aims (utility).
    #[schemars(extend("minimum" = 0, "maximum" = VALUE_MAX))]
    #[serde(default = "tolerance")]
    pub tolerance: f64,
    /// How the parties read the time.
    #[serde(default)]
    pub clock: Timing,
    /// Which outcome a party offers.
    #[serde(default)]
    pub select: Select,
    /// Which of several outcomes a party offers that its rule cannot tell apart.
    #[serde(default)]
    pub ties: Ties,
    /// The two parties; the first opens every round.
    #[schemars(extend("least" = 2, "most" = 2))]
    pub parties: Vec<Party>,
    /// What is bargained over. The order counts: utilities are summed in it, and outcomes are numbered by it, the last issue fastest.
    #[schemars(extend("least" = 1, "condition" = outcomes()))]
    pub issues: Vec<Issue>,
}

fn outcomes() -> String {
    format!("{OUTCOMES_MAX} outcomes at most")
}

fn tolerance() -> f64 {
    0.001
}

/// One side of the table.
#[derive(Clone, PartialEq, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// What the party is called.
    pub name: String,
    /// How much each issue counts, by its name; not normalised.
    #[schemars(extend("condition" = format!("an outcome is worth {VALUE_MAX:e} at most")))]
    pub weights: BTreeMap<String, Draw<Factor>>,
    /// What no agreement is worth to the party (utility).
    pub reservation: Draw<Utility>,
    /// What waiting takes from what it comes away with, agreement or not. It aims and answers as if nothing were taken.
    #[serde(default)]
    pub discount: Discount,
    /// How the party gives way.
    pub tactic: Tactic,
}

/// One thing to be settled, at one of several levels.
#[derive(Clone, PartialEq, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Issue {
    /// What the issue is called.
    pub name: String,
    /// The levels, by name; level 0 is the first.
    #[schemars(extend("least" = 1))]
    pub levels: Vec<String>,
    /// What each level is worth to each party, by the party's name, before its weight.
    #[schemars(extend("condition" = format!("each -{VALUE_MAX} to {VALUE_MAX}")))]
    pub values: BTreeMap<String, Vec<f64>>,
}

/// How a party gives way.
#[derive(Clone, Copy, PartialEq, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub enum Tactic {
    /// By the clock alone: what it has given of its range at time t is t to this exponent.
    Time {
        /// Above 1 the party holds out, below 1 it gives way early.
        exponent: Draw<Firmness>,
    },
}

/// What waiting takes from what a party comes away with.
#[derive(Clone, Copy, PartialEq, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub enum Discount {
    /// It takes nothing.
    #[default]
    Nothing,
    /// A utility u is worth u times `keeps` to the power of the time.
    Factor {
        /// What is kept of a utility in one unit of time, 0 to 1.
        keeps: Share,
        /// The unit of time.
        each: Span,
    },
    /// A utility u is worth u less `takes` times the time.
    Cost {
        /// What a unit of time takes (utility).
        takes: Utility,
        /// The unit of time.
        each: Span,
    },
}

/// The unit in which a discount counts the time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub enum Span {
    /// The whole game is 1: an agreement comes at the time that the party who says yes sees, its end at 1.
    Game,
    /// A round is 1: an agreement in round k comes at k, the end of n rounds at n.
    Round,
}

/// How the parties read the time, in round k of n, both from 0.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub enum Timing {
    /// Both see (k + 1) / (n + 1): never 0, never 1.
    #[default]
    EachRound,
    /// Each turn has a time of its own: (2 k + 1) / (2 n + 1), then (2 k + 2) / (2 n + 1).
    EachTurn,
    /// Both see k / n: the first round asks for everything.
    FromZero,
    /// Both see (k + 1) / n: the last round settles for the least.
    ToOne,
}

/// Which outcome a party offers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub enum Select {
    /// The one worth least to itself at or above its target.
    #[default]
    LowestAtOrAbove,
    /// The one worth nearest to its target, above or below, but not less than it may sign.
    NearestToTarget,
    /// Of those at or above its target, the one truly worth most to the other.
    BestForOther,
}

/// Which of several outcomes a party offers that its rule cannot tell apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub enum Ties {
    /// The first by number.
    #[default]
    First,
    /// The last by number.
    Last,
    /// The one worth most to the other, the first of several.
    BestForOther,
    /// The one worth least to the other, the first of several.
    WorstForOther,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_says_what_it_means() {
        let schema = serde_json::to_value(schemars::schema_for!(BargainingFile)).unwrap();
        fn undescribed(path: &str, node: &serde_json::Value, found: &mut Vec<String>) {
            if let Some(properties) = node.get("properties").and_then(|p| p.as_object()) {
                for (name, field) in properties {
                    // A variant is described beside its name, in the list of variants.
                    if field.get("description").is_none() && !path.contains("oneOf") {
                        found.push(format!("{path}.{name}"));
                    }
                }
            }
            match node {
                serde_json::Value::Object(map) => {
                    map.iter().for_each(|(k, v)| undescribed(&format!("{path}.{k}"), v, found))
                }
                serde_json::Value::Array(items) => items.iter().for_each(|v| undescribed(path, v, found)),
                _ => {}
            }
        }
        let mut found = vec![];
        undescribed("", &schema, &mut found);
        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn an_unknown_field_is_refused() {
        let text = r#"(name: "a", levels: [], values: {}, colour: "red")"#;
        let tree = crate::scenario::language::read(text, 0).expect("RON");
        let problems = crate::scenario::language::decode::<Issue>(&tree).expect_err("colour");
        assert_eq!(problems[0].text, "there is no field `colour` here");
    }
}
