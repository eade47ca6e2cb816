//! Dated questions with their answers, as a file has them.

use serde::{Deserialize, Serialize};

use crate::expression::Kind;
use crate::scenario::spelled::{canonical_json, fingerprint};
use crate::units::Share;

/// A file of questions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Questions {
    /// The file format: always "summitry.questions/1".
    pub schema: String,
    /// One line that says what is asked.
    pub title: String,
    /// A paragraph for the reader: where the answers come from.
    #[serde(default)]
    pub about: String,
    /// The questions.
    pub questions: Vec<Question>,
}

/// A dated question with its answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its name, once in the file.
    pub id: String,
    /// The group it is told with; keep one unit a group where numbers are asked for.
    pub group: String,
    /// The question in words.
    #[serde(default)]
    pub asks: String,
    /// The question as an expression.
    pub expression: String,
    /// What kind of answer there is, the answer, and the base rate it is measured against.
    pub answer: Resolution,
    /// Where the answer is from.
    #[serde(default)]
    pub source: String,
    /// How much it counts in its group.
    #[serde(default = "one")]
    pub weight: f64,
}

fn one() -> f64 {
    1.0
}

/// How a question was resolved, in the words of forecasters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub enum Resolution {
    /// Yes or no.
    Binary {
        /// Whether it happened.
        happened: bool,
        /// How often such things happen.
        base_rate: Share,
    },
    /// A number or a date.
    Numeric {
        /// What it came to.
        came_to: Value,
        /// The middle of what one would say without a model.
        base_median: Value,
        /// The standard deviation of what one would say; a point where left out.
        #[serde(default)]
        base_spread: f64,
    },
    /// One of some levels in order.
    Ordered {
        /// The levels, lowest first; each but the last says below which number it ends.
        levels: Vec<Level>,
        /// The level it came to.
        came_to: String,
        /// How often each comes; alike where left out.
        #[serde(default)]
        base_rates: Vec<Share>,
    },
}

/// A number, or a date as text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(untagged)]
pub enum Value {
    /// A number.
    Number(f64),
    /// A date.
    Day(String),
}

/// A level of an ordered answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// What it is called.
    pub name: String,
    /// It holds what lies below this, and not in a lower level; everything else where left out.
    #[serde(default)]
    pub below: Option<f64>,
}

impl Questions {
    /// The file's name in a register: a hash of what it asks and what came of it, not of how it is said. Written down before
    /// the games are played, it shows that the questions were not chosen after.
    pub fn hash(&self) -> String {
        let named = |q: &Question| {
            let mut q = serde_json::to_value(q).unwrap_or_default();
            ["asks", "source"].iter().for_each(|said| drop(q.as_object_mut().map(|q| q.remove(*said))));
            q
        };
        let asked: Vec<serde_json::Value> = self.questions.iter().map(named).collect();
        format!("q1:{}", fingerprint(canonical_json(&asked.into())))
    }
}

/// Whether an answer fits what its expression comes to; if not, which field is wrong and why.
pub(super) fn fits(answer: &Resolution, kind: Kind) -> Result<(), (&'static str, String)> {
    let not = |field, text: &str| Err((field, text.to_string()));
    match answer {
        Resolution::Binary { .. } if kind != Kind::YesNo => {
            not("expression", "a Binary question asks a yes or no: compare this with something")
        }
        Resolution::Numeric { .. } if kind == Kind::YesNo => {
            not("expression", "a Numeric question asks for a number or a date")
        }
        Resolution::Numeric { came_to, base_median, base_spread } => {
            for value in [came_to, base_median] {
                match value {
                    Value::Number(_) if kind == Kind::Day => {
                        return not("answer", "this asks for a date: \"2019-05-10\"");
                    }
                    Value::Day(_) if kind == Kind::Number => {
                        return not("answer", "this asks for a number, not a date");
                    }
                    Value::Day(text) if text.parse::<jiff::civil::Date>().is_err() => {
                        return Err(("answer", format!("there is no day {text}")));
                    }
                    _ => {}
                }
            }
            if *base_spread >= 0.0 && base_spread.is_finite() {
                Ok(())
            } else {
                not("answer", "a spread is a number from 0")
            }
        }
        Resolution::Ordered { .. } if kind != Kind::Number => {
            not("expression", "an Ordered question asks for a number")
        }
        Resolution::Ordered { levels, came_to, base_rates } => {
            let ends: Vec<Option<f64>> = levels.iter().map(|l| l.below).collect();
            let rising = ends.windows(2).all(|w| match (w[0], w[1]) {
                (Some(a), Some(b)) => a < b,
                (a, _) => a.is_some(),
            });
            if levels.len() < 2 {
                not("answer", "two levels at least are needed")
            } else if !rising || ends.last() != Some(&None) {
                not("answer", "each level but the last says `below`, each higher than the one before")
            } else if levels.iter().all(|l| l.name != *came_to) {
                Err(("answer", format!("no level is called `{came_to}`")))
            } else if !base_rates.is_empty() && base_rates.len() != levels.len() {
                not("answer", "give a base rate for each level, or none")
            } else if !base_rates.is_empty() && base_rates.iter().all(|r| r.get() == 0.0) {
                not("answer", "base rates are not all 0")
            } else {
                Ok(())
            }
        }
        Resolution::Binary { .. } => Ok(()),
    }
}
