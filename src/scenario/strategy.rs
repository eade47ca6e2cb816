//! A strategy: a small composable language of tactics. Every tactic is data; what it does is in `crate::strategies`.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::draw::{Draw, of};
use super::limits::{CONDITIONS_MAX, TACTICS_MAX, TYPES_MAX};
use crate::codes::codes;
use crate::units::{Exponent, Logit, PerRound, Points, Ratio, Rounds, RoundsF, Share, Steps};

/// A field that may be left out, whose value may itself be called `None`.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Given<T> {
    /// The file says nothing.
    #[default]
    Nothing,
    /// The file says this.
    This(T),
}

impl<T> Given<T> {
    /// What is given, or else `other`.
    pub fn or(&self, other: &T) -> T
    where
        T: Clone,
    {
        match self {
            Given::This(x) => x.clone(),
            Given::Nothing => other.clone(),
        }
    }
    /// Whether the file says nothing.
    pub fn is_nothing(&self) -> bool {
        matches!(self, Given::Nothing)
    }
}
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Given<T> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        T::deserialize(d).map(Given::This)
    }
}
impl<T: Serialize> Serialize for Given<T> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self {
            Given::This(x) => x.serialize(s),
            Given::Nothing => s.serialize_none(),
        }
    }
}
impl<T: JsonSchema> JsonSchema for Given<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }
    fn inline_schema() -> bool {
        T::inline_schema()
    }
    fn json_schema(g: &mut schemars::SchemaGenerator) -> schemars::Schema {
        T::json_schema(g)
    }
}

/// A whole strategy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Strategy {
    /// What it does, in a sentence.
    #[schemars(extend("shown" = true))]
    pub about: String,
    /// Who proposed the idea, and where.
    #[schemars(extend("shown" = true))]
    pub source: String,
    /// What it asks for.
    pub offer: Offer,
    /// When it says yes.
    pub accept: Accept,
    /// What it does between sessions.
    pub escalate: Vec<Escalate>,
    /// Whether it extends the truce.
    pub extend: Extend,
    /// How it keeps its pledges.
    pub pledge: Pledge,
    /// What it makes of the other side.
    pub model: Model,
}

impl Default for Strategy {
    fn default() -> Self {
        Strategy {
            about: String::new(),
            source: String::new(),
            offer: Offer::Time { exponent: Draw::Fixed(of(1.0)), opening: Draw::Fixed(of(0.05)) },
            accept: Accept::Combi { after: Draw::Fixed(of(0.85)), window: None, r#use: Use::Max },
            escalate: vec![],
            extend: Extend::Demand { bar: Draw::Fixed(of(0.0)) },
            pledge: Pledge::Honest,
            model: Model::Known,
        }
    }
}

/// A party's own strategy: one it is like, and what differs.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct StrategyFields {
    /// The strategy that fills in what is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub like: Option<String>,
    /// What it asks for.
    #[serde(skip_serializing_if = "Given::is_nothing")]
    pub offer: Given<Offer>,
    /// When it says yes.
    #[serde(skip_serializing_if = "Given::is_nothing")]
    pub accept: Given<Accept>,
    /// What it does between sessions.
    #[serde(skip_serializing_if = "Given::is_nothing")]
    pub escalate: Given<Vec<Escalate>>,
    /// Whether it extends the truce.
    #[serde(skip_serializing_if = "Given::is_nothing")]
    pub extend: Given<Extend>,
    /// How it keeps its pledges.
    #[serde(skip_serializing_if = "Given::is_nothing")]
    pub pledge: Given<Pledge>,
    /// What it makes of the other side.
    #[serde(skip_serializing_if = "Given::is_nothing")]
    pub model: Given<Model>,
}

/// What a party asks for: how much of the way from its best to its reservation value it has come down, F in [0, 1].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub enum Offer {
    /// By the calendar: F = opening + (1 - opening) (s / date)^(1 / exponent). Faratin, Sierra and Jennings (1998).
    Time {
        /// Below 1 it holds out and gives way late (Boulware), above 1 it concedes early.
        exponent: Draw<Exponent>,
        /// What it gives at once.
        #[serde(default)]
        opening: Draw<Share>,
    },
    /// By what is left of the calendar: F = exp(-sessions left / sessions). Faratin, Sierra and Jennings (1998).
    Resource {
        /// How many sessions left feel like plenty.
        sessions: Draw<RoundsF>,
    },
    /// By what the other has given: F follows the rise of its offers. Faratin, Sierra and Jennings (1998).
    Reciprocate {
        /// What it gives at once.
        #[serde(default)]
        opening: Draw<Share>,
    },
    /// A weighted mean of tactics.
    Blend {
        /// The tactics and their weights.
        #[schemars(extend("least" = 1, "most" = TACTICS_MAX))]
        parts: Vec<Part>,
    },
    /// It asks for the same share from first to last.
    Hold {
        /// What it gives.
        share: Draw<Share>,
    },
    /// Full information, thought through from the last offer back to this one. Rubinstein (1982), Stahl (1972).
    BackwardInduction,
    /// An outside program decides, bound on the command line with --player NAME=COMMAND.
    External(String),
}

codes! {
    /// The plain tactics that an offer is made of, as the columns know them: a blend has one in each place.
    Tactics {
        /// An unused place.
        #[default]
        Nothing,
        /// By the calendar.
        Time,
        /// By the sessions left.
        Resource,
        /// By what the other has given.
        Reciprocate,
        /// Always the same.
        Hold,
        /// Full information, thought through from the end.
        BackwardInduction,
    }
}

impl Offer {
    /// How many plain tactics it is made of.
    pub fn leaves(&self) -> usize {
        match self {
            Offer::Blend { parts } => parts.iter().map(|p| p.tactic.leaves()).sum(),
            _ => 1,
        }
    }
}

impl Accept {
    /// How many steps it takes to decide.
    pub fn steps(&self) -> usize {
        match self {
            Accept::All { of } | Accept::Any { of } => 1 + of.iter().map(Accept::steps).sum::<usize>(),
            _ => 1,
        }
    }
}

/// One tactic of a blend.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Its weight; the weights of a blend are scaled to sum to 1.
    #[schemars(extend("condition" = "not all 0"))]
    pub weight: Draw<Ratio>,
    /// The tactic.
    pub tactic: Offer,
}

/// The best or the mean of what was heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub enum Use {
    /// The best offer heard.
    #[default]
    Max,
    /// The mean of the offers heard.
    Mean,
}

/// When a party says yes. Baarslag and others (2013, 2014). Never below its reservation value, and never at a loss.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub enum Accept {
    /// When the offer is as good as what it would ask for next.
    Next,
    /// From a share of its date on.
    Time {
        /// The share of the way to its date.
        after: Draw<Ratio>,
    },
    /// `Next`, or late enough and as good as what it has heard.
    Combi {
        /// The share of the way to its date that counts as late.
        after: Draw<Ratio>,
        /// How many of the latest offers of the session count; all where left out.
        #[serde(default)]
        #[schemars(extend("minimum" = 1))]
        window: Option<Rounds>,
        /// The best of them, or their mean.
        #[serde(default, rename = "use")]
        r#use: Use,
    },
    /// When the offer is worth at least so much.
    Above {
        /// The bar.
        points: Draw<Points>,
    },
    /// When all of these say yes.
    All {
        /// The conditions, each with those in it.
        #[schemars(extend("least" = 1, "most" = CONDITIONS_MAX - 1))]
        of: Vec<Accept>,
    },
    /// When any of these says yes.
    Any {
        /// The conditions, each with those in it.
        #[schemars(extend("least" = 1, "most" = CONDITIONS_MAX - 1))]
        of: Vec<Accept>,
    },
}

/// What a party does between sessions, each round.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub enum Escalate {
    /// Tit for tat: answers last round's hostile moves in kind, unless it lets them pass. Axelrod (1984).
    Reply {
        /// Share of the other's moves that it answers with.
        in_kind: Draw<Ratio>,
        /// Chance that it lets them pass.
        forgive: Draw<Share>,
    },
    /// Once struck, it tightens every round and never stops. Friedman (1971).
    Grim {
        /// How far it tightens each round.
        step: Draw<Steps>,
    },
    /// It threatens; a threat due is carried out or climbed down from at a cost. Fearon (1994).
    Threat {
        /// Chance each round, when talks go nowhere and tone is poor.
        per_round: Draw<PerRound>,
    },
    /// Gestures of good will to break a spiral. Osgood (1962).
    Grit {
        /// Chance each round, when tone is poor and the other is quiet.
        per_round: Draw<PerRound>,
        /// How far it opens a lever.
        step: Draw<Steps>,
    },
    /// A step that leaves something to chance. Schelling (1960).
    Brink {
        /// Chance each round.
        per_round: Draw<PerRound>,
    },
    /// Warm words in public.
    Praise {
        /// Chance each round.
        per_round: Draw<PerRound>,
    },
    /// It does nothing between sessions.
    Never,
}

/// Whether a party extends the truce.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub enum Extend {
    /// It weighs what a lapse would cost against a bar of its own.
    Demand {
        /// The bar: below 0 it is easily had, above 0 it wants something first.
        bar: Draw<Logit>,
    },
    /// It always extends.
    Always,
    /// It never extends.
    Never,
    /// It extends when talks have come far enough.
    IfProgress {
        /// The progress it wants to see.
        at_least: Draw<Share>,
    },
    /// A war of attrition: it gives in at random, as often as makes the other indifferent. Hendricks, Weiss and Wilson (1988).
    Attrition {
        /// Chance of giving in each time; by the scenario's `standoff` cost / (prize + cost) where left out.
        #[serde(default)]
        hazard: Option<Draw<PerRound>>,
    },
}

/// How a party keeps its pledges.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub enum Pledge {
    /// It delivers its honesty's share.
    Honest,
    /// It promises more than it means to deliver.
    Dangle {
        /// How many times what it means to deliver it promises.
        #[serde(default = "plain")]
        inflate: Draw<Ratio>,
    },
    /// It delivers in full, up to what it can.
    Capacity {
        /// What it can deliver, as a share of the lever's range.
        share: Draw<Share>,
    },
}

fn least_belief() -> Share {
    of(0.02)
}
fn plain() -> Draw<Ratio> {
    Draw::Fixed(of(1.0))
}

/// What a party makes of the other side's weights.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub enum Model {
    /// It knows them.
    Known,
    /// It guesses equal weights.
    None,
    /// It counts what the other keeps of each lever: what is given up more easily than thought matters less. After Van
    /// Krimpen and others (2013).
    Frequency {
        /// How fast it learns: the step each session takes.
        rate: Draw<Share>,
    },
    /// It weighs which type the other is: the less a type would have left on the table by the offers heard, the likelier
    /// it is. After Hindriks and Tykhonov (2008).
    Bayes {
        /// The goals it thinks possible.
        #[schemars(extend("least" = 1, "most" = TYPES_MAX))]
        types: Vec<String>,
        /// Prior on the type that the newspapers name, which is the goal that the other is `like`.
        prior_on_named: Draw<Share>,
        /// How much a session's offers tell: a type that would have left all it has at stake is exp(-sharpness) times as
        /// likely as one that would have left nothing.
        sharpness: Draw<Ratio>,
        /// No learning takes the belief in a type below this.
        #[serde(default = "least_belief")]
        least: Share,
    },
}

/// A strategy in a file of its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StrategyFile {
    /// The file format: always "summitry/strategy/1".
    pub schema: String,
    /// What it is called.
    pub name: String,
    /// What it does.
    pub strategy: Strategy,
}
