//! A small scenario of its own for the tests of this folder.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::draw::Draw;
use crate::units::{Exponent, Level, PerRound, Points, Rounds, RoundsF, Share, Weight};

/// A sample scenario.
#[derive(Deserialize, Serialize, JsonSchema, Debug, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    /// What it is about.
    pub title: String,
    /// How time passes.
    pub clock: Clock,
    /// What happens when.
    #[serde(default)]
    pub calendar: Vec<Event>,
    /// Who plays.
    pub parties: BTreeMap<String, Party>,
    /// What can be moved.
    #[serde(default)]
    pub levers: BTreeMap<String, Lever>,
    /// Mechanisms that are switched off.
    #[serde(default)]
    pub off: Vec<String>,
    /// What the summit is worth.
    #[serde(default)]
    pub prize: Prize,
}

/// How time passes.
#[derive(Deserialize, Serialize, JsonSchema, Debug, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Clock {
    /// How many rounds a game has.
    pub rounds: Rounds,
    /// What the last round means.
    pub end: End,
}

/// What the last round means.
#[derive(Deserialize, Serialize, JsonSchema, Debug, PartialEq)]
pub enum End {
    /// Life goes on unseen.
    Censored,
    /// Nothing comes after.
    Final,
}

/// What the summit is worth.
#[derive(Deserialize, Serialize, JsonSchema, Debug, PartialEq)]
#[serde(deny_unknown_fields, default)]
pub struct Prize {
    /// Worth of the summit itself.
    pub summit: Points,
    /// Part of it that talks earn.
    pub at_talks: Draw<Share>,
}

impl Default for Prize {
    fn default() -> Self {
        Prize { summit: Points::of(14.0), at_talks: Draw::Fixed(Share::of(0.2)) }
    }
}

/// What happens when.
#[derive(Deserialize, Serialize, JsonSchema, Debug, PartialEq)]
#[serde(deny_unknown_fields)]
pub enum Event {
    /// Officials meet.
    Talks {
        /// When.
        round: Rounds,
        /// Where.
        place: String,
    },
    /// Leaders meet.
    Summit {
        /// When.
        at: Rounds,
        /// The share of leverage it needs.
        #[serde(default)]
        bar: Option<Share>,
    },
}

/// A party.
#[derive(Deserialize, Serialize, JsonSchema, Debug, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// What it wants.
    pub goal: Goal,
    /// How it bargains.
    pub strategy: Strategy,
    /// What it expects to get by waiting.
    pub optimism: Draw<Share>,
}

/// What a party wants.
#[derive(Deserialize, Serialize, JsonSchema, Debug, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// A goal to start from.
    #[serde(default)]
    pub like: Option<String>,
    /// The weight of prestige.
    #[serde(default)]
    pub prestige: Option<Draw<Weight>>,
    /// The round it wants to be done by.
    #[serde(default)]
    pub date: Option<Draw<RoundsF>>,
}

/// How a party bargains.
#[derive(Deserialize, Serialize, JsonSchema, Debug, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Strategy {
    /// A strategy to start from.
    #[serde(default)]
    pub like: Option<String>,
    /// What it asks for.
    #[serde(default)]
    pub offer: Option<Tactic>,
}

/// A way of asking.
#[derive(Deserialize, Serialize, JsonSchema, Debug, PartialEq)]
#[serde(deny_unknown_fields)]
pub enum Tactic {
    /// By the clock.
    Time {
        /// The bend of the curve.
        exponent: Draw<Exponent>,
        /// What is given at once.
        #[serde(default = "no_share")]
        opening: Share,
    },
    /// Tit for tat.
    Reciprocate,
    /// A mixture.
    Blend(Vec<Part>),
}

fn no_share() -> Share {
    Share::of(0.0)
}

/// A part of a mixture.
#[derive(Deserialize, Serialize, JsonSchema, Debug, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// How much of it.
    pub weight: Share,
    /// What.
    pub tactic: Tactic,
}

/// Something that can be moved.
#[derive(Deserialize, Serialize, JsonSchema, Debug, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Lever {
    /// Where it stands.
    pub now: Level,
    /// How often it is tried.
    pub tried: PerRound,
    /// What it does to whom.
    #[serde(default)]
    pub effects: BTreeMap<String, Vec<Effect>>,
}

/// What a lever does.
#[derive(Deserialize, Serialize, JsonSchema, Debug, PartialEq)]
pub enum Effect {
    /// To welfare.
    Prosperity(Points, Shape),
    /// To safety.
    Security(Points, Shape),
}

/// How an effect grows.
#[derive(Deserialize, Serialize, JsonSchema, Debug, PartialEq)]
pub enum Shape {
    /// In proportion.
    Lin,
    /// Up and down again.
    Hump,
}

/// The sample as its author would write it.
pub const TEXT: &str = r#"// A small quarrel: two parties, two levers. All numbers are judgement.
(
  title: "A small quarrel",
  clock: (rounds: 26, end: Censored),
  calendar: [
    Talks(round: 1, place: "Stockholm"), // announced
    Summit(at: 14, bar: 0.5),
  ],
  parties: {
    "us": (goal: "Dealmaker", strategy: (like: "deal-seeker", offer: Time(exponent: LogNormal(median: 0.7, spread: 0.5), opening: 0.05)),
      optimism: Uniform(low: 0.3, high: 0.7)),
    "cn": (goal: (like: "ProtractedBattle", prestige: 0.3, date: Normal(mean: 40, sd: 8)),
      strategy: (offer: Blend([Part(weight: 0.85, tactic: Time(exponent: 0.45)), (weight: 0.15, tactic: Reciprocate)])), optimism: 0.6),
  },
  levers: {
    "us_tariff": (now: 40, tried: 0.25, effects: { "us": [Prosperity(-8.4, Hump)], "cn": [Prosperity(-3, Lin), Security(-0.8, Lin)] }),
    "magnets": (now: 0.6, tried: 0.1), /* licences */
  },
  off: ["spoilers"],
)
"#;
