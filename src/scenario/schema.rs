//! The scenario file: what its author may write, field by field.
//!
//! Everything here is plain data. Names are resolved and numbers cross-checked by [`super::check`];
//! `summitry fields` prints this file's doc comments with units, ranges and defaults.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::draw::{Draw, of};
use super::limits::{DEAL_LIFE_MAX, LAYERS_MAX, STAGES_MAX};
use super::strategy::StrategyFields;
use crate::units::{
    Level, Logit, Patience, PerRound, Points, PointsPerWeek, Rate, Ratio, Rounds, RoundsF, Share, Steps, Support,
    Weight,
};

/// How long the game is and what a round stands for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Clock {
    /// First day of round 0, "YYYY-MM-DD"; leave it out for a game without dates.
    #[serde(default)]
    pub start: Option<String>,
    /// Days in a round.
    #[schemars(extend("minimum" = 1))]
    #[serde(default = "week")]
    pub round_days: Rounds,
    /// How many rounds are played.
    #[schemars(extend("minimum" = 1))]
    pub rounds: Rounds,
    /// How long a signed deal is counted to live, in the value of a package and in its cost at home.
    #[schemars(extend("minimum" = 1, "condition" = long_lives()))]
    #[serde(default = "year")]
    pub deal_life: Rounds,
    /// Whether the world ends with the last round or only the record does.
    #[serde(default)]
    pub end: End,
    /// The game is over when a deal is signed.
    #[serde(default)]
    pub stop_at_deal: bool,
    /// Chance a round that talks break down for good, after which each party has its `outside` value.
    #[serde(default)]
    pub breakdown: Draw<PerRound>,
}

fn long_lives() -> String {
    format!("{DEAL_LIFE_MAX} at most where `rounds` are more")
}
fn week() -> Rounds {
    of(7.0)
}
fn year() -> Rounds {
    of(52.0)
}

/// What lies behind the last round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub enum End {
    /// The record stops, the world goes on: waiting keeps its value to the last session.
    #[default]
    Censored,
    /// Nothing comes after: waiting past the last meeting is worth nothing.
    Final,
}

/// A date of the calendar.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub enum Event {
    /// Officials meet in a round known beforehand.
    Talks {
        /// The round of the meeting.
        at: Rounds,
        /// Where they meet.
        #[serde(default)]
        #[schemars(extend("shown" = true))]
        place: String,
    },
    /// After each meeting the next one follows some rounds later.
    TalksEvery {
        /// Rounds from one meeting to the next, drawn anew each time.
        gap: Draw<RoundsF>,
        /// How many rounds sooner they meet for each point of tone.
        #[serde(default)]
        sooner_per_tone: Ratio,
        /// The round of the first meeting, where no `Talks` comes first.
        #[serde(default)]
        from: Rounds,
    },
    /// The truce lapses unless both extend it.
    TruceExpires {
        /// The round in which it lapses.
        at: Rounds,
        /// How many rounds an extension lasts as a rule, and a truce that was restored.
        #[schemars(extend("minimum" = 1))]
        extend_by: Rounds,
        /// How long an extension lasts, where not as a rule.
        #[serde(default)]
        length: Length,
        /// Chance in the round before it lapses that a side which wants an extension proposes one; less the further ahead.
        #[serde(default)]
        ahead: PerRound,
        /// So many rounds before it lapses nobody thinks of it yet.
        #[serde(default = "ahead_from")]
        #[schemars(extend("minimum" = 1))]
        ahead_from: Rounds,
        /// What the side that wants it more gives for an extension at the most: so far it opens one of its hostile levers.
        #[serde(default)]
        price: Steps,
    },
    /// The leaders may meet.
    Summit {
        /// The round of the meeting.
        #[schemars(extend("minimum" = 1, "condition" = "after `invite_at`"))]
        at: Rounds,
        /// Where they meet.
        #[serde(default)]
        #[schemars(extend("shown" = true))]
        place: String,
        /// The round in which the invitation is settled.
        #[schemars(extend("maximum" = Rounds::RANGE.1 - 1.0, "condition" = "before `prepare_at`"))]
        invite_at: Rounds,
        /// The round of preparatory talks, once the invitation stands.
        #[schemars(extend("minimum" = 1, "condition" = "after `invite_at`, `at` at the latest"))]
        prepare_at: Rounds,
        /// How warm a summit must look before a leader accepts: a coin-toss at this much.
        #[serde(default = "bar")]
        bar: Draw<Logit>,
        /// Below this tone the meeting is called off.
        #[serde(default = "cancel")]
        cancel_below: crate::units::Tone,
    },
    /// A court or a law moves a lever, with no bargain.
    Shock {
        /// The first round in which it can come.
        #[schemars(extend("condition" = "`to` at the latest"))]
        from: Rounds,
        /// The last round in which it can come.
        #[schemars(extend("condition" = "`from` at the earliest"))]
        to: Rounds,
        /// Chance in each of those rounds; it comes once at most.
        chance: Draw<PerRound>,
        /// The lever that is moved.
        lever: String,
        /// The level it is moved to.
        #[schemars(extend("condition" = "within the lever's `range`"))]
        level: Level,
        /// What happens, in a few words for the trace.
        #[serde(default)]
        #[schemars(extend("shown" = true))]
        what: String,
    },
    /// A case goes through the courts: while a ruling against them is in force, layers of a lever are out of use.
    Case {
        /// The lever.
        lever: String,
        /// Its layers that the case can strike, by name.
        strikes: Vec<String>,
        /// What the case is about, in a few words for the trace.
        #[serde(default)]
        #[schemars(extend("shown" = true))]
        what: String,
        /// The courts, in order.
        #[schemars(extend("least" = 1, "most" = STAGES_MAX))]
        stages: Vec<Stage>,
    },
}

/// A court before which a case comes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// What to call it in a sentence.
    #[serde(default)]
    #[schemars(extend("shown" = true))]
    pub court: String,
    /// Rounds from the stage before, or from the start, to its ruling; drawn in each game.
    pub after: Draw<RoundsF>,
    /// Chance that the case gets so far; else what holds stands.
    #[serde(default = "surely")]
    pub reached: Share,
    /// Chance that it rules against the layers.
    pub against: Share,
    /// Chance that such a ruling is stayed until the next stage has ruled.
    #[serde(default)]
    pub stayed: Share,
}

fn surely() -> Share {
    of(1.0)
}

fn ahead_from() -> Rounds {
    of(6.0)
}
fn bar() -> Draw<Logit> {
    Draw::Fixed(of(0.5))
}
fn cancel() -> crate::units::Tone {
    of(-0.45)
}

/// How long an extension of the truce lasts.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub enum Length {
    /// As a rule: `extend_by`.
    #[default]
    Rule,
    /// One of these, drawn by their weights.
    Drawn {
        /// The lengths.
        of: Vec<Weighed>,
    },
    /// Between the two sides' wishes, each to its date: nearer to the wish of the side that has less to lose by a lapse.
    Bargained {
        /// Nobody wants one shorter than this.
        #[schemars(extend("minimum" = 1, "condition" = "`longest` at most"))]
        shortest: Rounds,
        /// Nobody wants one longer than this.
        #[schemars(extend("minimum" = 1, "condition" = "`shortest` at least"))]
        longest: Rounds,
    },
}

/// A length of an extension, and how often it is heard of.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Weighed {
    /// The length.
    #[schemars(extend("minimum" = 1))]
    pub rounds: Rounds,
    /// How often, compared with the others.
    pub weight: Ratio,
}

/// Something a party can move, and what each level of it is worth to both.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lever {
    /// What to call it in a sentence, for instance "rare-earth magnets".
    #[serde(default)]
    #[schemars(extend("shown" = true))]
    pub name: String,
    /// The party that holds it; none for a pie to be split.
    #[serde(default)]
    pub holder: String,
    /// What its level counts, for instance "%" or "$bn a year".
    #[serde(default)]
    #[schemars(extend("shown" = true))]
    pub unit: String,
    /// The lowest and highest level there can be.
    pub range: Span,
    /// The level at the start, under the truce.
    #[serde(default)]
    #[schemars(extend("condition" = "within `range`"))]
    pub now: Level,
    /// The level it snaps to when the truce lapses.
    #[serde(default)]
    #[schemars(extend("condition" = "within `range`"))]
    pub snap: Level,
    /// The levels that can be negotiated; the whole range where left out.
    #[serde(default)]
    #[schemars(extend("each" = "within `range`"))]
    pub reach: Option<Span>,
    /// One big move of it, in its own unit; the whole range where left out.
    #[serde(default)]
    #[schemars(extend("above" = 0))]
    pub big_move: Option<Level>,
    /// How much of a move is a promise to be kept later: 0 a switch, 1 a pledge.
    #[serde(default)]
    pub pledge_share: Share,
    /// Which way is friendlier to the other side.
    #[serde(default)]
    pub opens: Opens,
    /// It is used to retaliate and to threaten.
    #[serde(default)]
    pub hostile: bool,
    /// Share of the way back to what both last settled on that it goes by itself each round, while the truce holds.
    #[serde(default)]
    pub returns: Draw<PerRound>,
    /// How far it wanders by itself each round: the spread of a bell curve.
    #[serde(default)]
    pub wanders: Draw<Steps>,
    /// How far the other side's resilience blunts it.
    #[serde(default)]
    pub blunted_by_resilience: Share,
    /// Goods slip past it through third countries.
    #[serde(default)]
    pub leaks: bool,
    /// What it is made of, from the lowest up: parts of its range that lie on one another, each resting on a law of its own.
    /// One piece where left out.
    #[serde(default)]
    #[schemars(extend("most" = LAYERS_MAX))]
    pub layers: Vec<Layer>,
    /// It is a pie: levels are shares of one thing, valued as they are and not as changes.
    #[serde(default)]
    pub pie: bool,
    /// What it is worth to each party.
    pub effects: BTreeMap<String, Vec<Effect>>,
}

/// A layer of a lever: what it stands at is the sum of its layers in force.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Layer {
    /// What to call it: cases name it so.
    pub name: String,
    /// The level up to which it reaches, from where the one below ends; the highest leaves it out and reaches to the top.
    #[serde(default)]
    #[schemars(extend("condition" = "not below that of the layer before"))]
    pub up_to: Option<Level>,
    /// The truce covers it: it comes back when the truce lapses. Other layers stay where they are.
    #[serde(default = "covered")]
    pub truce: bool,
}

fn covered() -> bool {
    true
}

/// Lowest and highest level.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// The lowest level.
    #[schemars(extend("condition" = "below `high`"))]
    pub low: Level,
    /// The highest level.
    #[schemars(extend("condition" = "above `low`"))]
    pub high: Level,
}

/// Which way is friendlier to the other side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub enum Opens {
    /// A higher level is friendlier (access, licences, purchases).
    #[default]
    Up,
    /// A lower level is friendlier (tariffs, pressure).
    Down,
}

/// What a lever's level does to one party on one dimension.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub enum Effect {
    /// Trade, output, jobs.
    Prosperity {
        /// Points a week for one unit of the shape.
        points: PointsPerWeek,
        /// How the effect grows with the level.
        shape: Shape,
    },
    /// Power, technology, dependence.
    Security {
        /// Points a week for one unit of the shape.
        points: PointsPerWeek,
        /// How the effect grows with the level.
        shape: Shape,
    },
    /// Standing at home.
    Politics {
        /// Points a week for one unit of the shape.
        points: PointsPerWeek,
        /// How the effect grows with the level.
        shape: Shape,
    },
}

/// How an effect grows with the level x; z = (x - low) / (high - low), tau = x / 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum Shape {
    /// z.
    Lin,
    /// 1 - z.
    Rest,
    /// The square root of z: the first steps count most.
    Root,
    /// The square root of z less z squared: a little toughness pays, a lot does not.
    Hump,
    /// (tau / (1 + tau))^2: what a tariff costs its own side, consumer loss less revenue at elasticity 2.
    Dead,
    /// 1 - (1 + tau)^-2: the share of sales a tariff costs the exporter at elasticity 2.
    Lost,
}

/// Weights on the three dimensions, a taste for prestige, patience and a date: a goal, and a type others may suspect.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Goal {
    /// Weight on prosperity.
    pub prosperity: Draw<Weight>,
    /// Weight on security.
    pub security: Draw<Weight>,
    /// Weight on politics at home.
    pub politics: Draw<Weight>,
    /// Weight on the prestige of a deal and a summit.
    pub prestige: Draw<Weight>,
    /// What a point next round is worth today.
    pub patience: Draw<Patience>,
    /// The round by which it wants to be done: offers concede toward it.
    pub date: Draw<RoundsF>,
    /// How fast the prize fades after the date.
    pub hunger: Draw<Rate>,
}

impl Default for Goal {
    fn default() -> Self {
        Goal {
            prosperity: Draw::Fixed(of(0.0)),
            security: Draw::Fixed(of(0.0)),
            politics: Draw::Fixed(of(0.0)),
            prestige: Draw::Fixed(of(0.0)),
            patience: Draw::Fixed(of(0.99)),
            date: Draw::Fixed(of(26.0)),
            hunger: Draw::Fixed(of(0.0)),
        }
    }
}

/// A party's own goal: a preset it is like, and what differs.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct GoalFields {
    /// The goal of `goals` that fills in what is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub like: Option<String>,
    /// Weight on prosperity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prosperity: Option<Draw<Weight>>,
    /// Weight on security.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub security: Option<Draw<Weight>>,
    /// Weight on politics at home.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub politics: Option<Draw<Weight>>,
    /// Weight on the prestige of a deal and a summit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prestige: Option<Draw<Weight>>,
    /// What a point next round is worth today.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patience: Option<Draw<Patience>>,
    /// The round by which it wants to be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Draw<RoundsF>>,
    /// How fast the prize fades after the date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hunger: Option<Draw<Rate>>,
}

/// One of the two sides.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// What to call it in a sentence.
    #[serde(default)]
    #[schemars(extend("shown" = true))]
    pub name: String,
    /// Who speaks for it.
    #[serde(default)]
    #[schemars(extend("shown" = true))]
    pub negotiator: String,
    /// The name of its dice where that is not its own name (so that two runs can swap names and keep chance).
    #[serde(default)]
    pub dice: String,
    /// What it wants.
    pub goal: GoalFields,
    /// How it bargains.
    pub strategy: StrategyFields,
    /// The share of its leverage it expects to get by waiting.
    #[serde(default)]
    pub optimism: Draw<Share>,
    /// How much of a pledge it delivers.
    #[serde(default = "honest")]
    pub honesty: Draw<Share>,
    /// Support at home that a package needs; a coin-toss at this much.
    #[serde(default)]
    pub ratify: Draw<Support>,
    /// What being seen to deal with the rival costs at home, each round that a deal lives.
    #[serde(default)]
    pub signing_cost: Draw<PointsPerWeek>,
    /// What it has when talks break down for good.
    #[serde(default)]
    pub outside: Draw<Points>,
    /// A reservation value it holds to, in place of the value of waiting.
    #[serde(default)]
    pub reserve: Option<Draw<Points>>,
    /// How far its pledges are believed.
    #[serde(default)]
    pub word: Credence,
    /// How far its threats are believed.
    #[serde(default)]
    pub resolve: Credence,
    /// Independence of what the other side controls.
    #[serde(default)]
    pub resilience: Resilience,
    /// Groups at home that pull the government and judge the package.
    #[serde(default)]
    pub factions: BTreeMap<String, Faction>,
}

fn honest() -> Draw<Share> {
    Draw::Fixed(of(1.0))
}

/// How far a party is believed, as so many observations.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Credence {
    /// How far it is believed at the start, for a middling record.
    pub mean: Draw<Share>,
    /// How many observations stand behind it: more are harder to move.
    #[schemars(extend("above" = 0))]
    pub weight: crate::units::Counts,
    /// How many of them are its true record: an honest type starts higher (word only).
    #[schemars(extend("condition" = "`weight` at most"))]
    pub record: crate::units::Counts,
}

impl Default for Credence {
    fn default() -> Self {
        Credence { mean: Draw::Fixed(of(0.5)), weight: of(4.0), record: of(0.0) }
    }
}

/// Independence of what the other side controls.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Resilience {
    /// At the start.
    pub start: Draw<Share>,
    /// Share of what is missing that is made good each round.
    pub growth: Draw<PerRound>,
    /// Levers that speed the growth.
    pub boosts: Vec<Boost>,
}

/// A lever that speeds the growth of resilience.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Boost {
    /// The lever.
    pub lever: String,
    /// How much faster for each unit of its level, as a share of the growth.
    pub per_unit: Ratio,
}

/// A group at home.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Faction {
    /// What to call it in a sentence.
    #[serde(default)]
    #[schemars(extend("shown" = true))]
    pub name: String,
    /// Its pull on the government and its say in ratification.
    #[schemars(extend("below" = 1, "condition" = "all of a party together too"))]
    pub power: Share,
    /// Its weight on prosperity.
    #[serde(default)]
    pub prosperity: Weight,
    /// Its weight on security.
    #[serde(default)]
    pub security: Weight,
    /// Its weight on politics.
    #[serde(default)]
    pub politics: Weight,
    /// The lever it strikes with when it spoils a rapprochement.
    #[serde(default)]
    pub spoils: String,
    /// Chance of such a strike each round.
    #[serde(default)]
    #[schemars(extend("condition" = "0 where `spoils` is none"))]
    pub spoils_per_round: Draw<PerRound>,
}

/// A third country.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Country {
    /// What to call it in a sentence.
    #[serde(default)]
    #[schemars(extend("shown" = true))]
    pub name: String,
    /// The share of the leaking flow it can relay.
    pub capacity: Draw<Share>,
    /// It has signed with the side that presses it.
    #[serde(default)]
    pub signed: bool,
    /// How exposed it is to each party.
    #[serde(default)]
    pub exposure: BTreeMap<String, Share>,
}
