//! A whole scenario, and a record of parameters for each mechanism. Every default is judgement unless a source stands
//! next to it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::draw::{Draw, of};
use super::limits::{EXCHANGES_MAX, LEVERS_MAX};
use super::schema::{Clock, Country, Event, Goal, Lever, Party};
use super::strategy::Strategy;
use super::talks::{Opener, Reserve};
use super::unknown_number::Unknown;
use crate::codes::named;
use crate::units::{Logit, PerRound, Points, Rate, Ratio, Rounds, RoundsF, Share, Stakes, Steps, Tone, Unit};

fn fixed<T: Unit>(x: f64) -> Draw<T> {
    Draw::Fixed(of(x))
}

macro_rules! record {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty = $value:expr,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields, default)]
        pub struct $name { $($(#[$field_doc])* pub $field: $kind,)* }
        impl Default for $name {
            fn default() -> Self { $name { $($field: $value,)* } }
        }
    };
}

/// A whole scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// The file format: always "summitry/1".
    #[schemars(extend("shown" = true))]
    pub schema: String,
    /// One line that says what the story is.
    #[schemars(extend("shown" = true))]
    pub title: String,
    /// Numbers that nobody knows, as they were taken out of the file: each field holds the middle of its own.
    #[serde(skip)]
    #[schemars(skip)]
    pub(crate) unknown: Vec<Unknown>,
    /// A paragraph for the reader: what is at stake.
    #[serde(default)]
    #[schemars(extend("shown" = true))]
    pub story: String,
    /// Where numbers come from, by path: a source in a few words, or "judgement". A path to a part speaks for all in it
    /// for which no longer path does.
    #[serde(default)]
    #[schemars(extend("shown" = true))]
    pub because: BTreeMap<String, String>,
    /// The scenario's big questions, each with the paths that it turns on: what a reader may want to move first.
    #[serde(default)]
    #[schemars(extend("shown" = true))]
    pub ask_first: Vec<BigQuestion>,
    /// How long the game is and what a round stands for.
    pub clock: Clock,
    /// Mechanisms switched off, by name; "all" switches off every one that `on` does not name.
    #[serde(default)]
    pub off: Vec<String>,
    /// Mechanisms kept on when `off` says "all".
    #[serde(default)]
    pub on: Vec<String>,
    /// What is known to come: meetings, the truce's expiry, a summit, a court's ruling.
    #[serde(default)]
    pub calendar: Vec<Event>,
    /// What the parties can move.
    #[schemars(extend("most" = LEVERS_MAX))]
    pub levers: BTreeMap<String, Lever>,
    /// Goals that parties may be `like`, and types that opponent models may suspect.
    #[serde(default)]
    pub goals: BTreeMap<String, Goal>,
    /// The two parties.
    #[schemars(extend("least" = 2, "most" = 2))]
    pub parties: BTreeMap<String, Party>,
    /// Strategies of this scenario, beside the built-in ones.
    #[serde(default)]
    pub strategies: BTreeMap<String, Strategy>,
    /// Countries that relay goods and are courted by both sides.
    #[serde(default)]
    pub third_countries: BTreeMap<String, Country>,
    /// How sessions of talks work.
    #[serde(default)]
    pub talks: Talking,
    /// What a leader wins at home by a deal or a photograph.
    #[serde(default)]
    pub prize: Prize,
    /// How the truce is extended, lapses and is restored.
    #[serde(default)]
    pub truce: TruceRules,
    /// What makes leaders accept a summit.
    #[serde(default)]
    pub summit: SummitRules,
    /// The mood between the two capitals.
    #[serde(default)]
    pub tone: ToneRules,
    /// Accidents nobody chose.
    #[serde(default)]
    pub incidents: Incidents,
    /// Overproduction at home that presses goods abroad.
    #[serde(default)]
    pub overcapacity: Overcapacity,
    /// Goods that reach the market through third countries.
    #[serde(default)]
    pub transshipment: Transshipment,
    /// How third countries are pressed and threatened.
    #[serde(default)]
    pub thirds: Thirds,
    /// How pledges are delivered.
    #[serde(default)]
    pub delivery: Delivery,
    /// How word and resolve are earned and lost.
    #[serde(default)]
    pub credibility: Word,
    /// How a package passes at home.
    #[serde(default)]
    pub ratification: Ratification,
    /// What signing does besides moving levers.
    #[serde(default)]
    pub signing: Signing,
    /// Threats, replies and gestures.
    #[serde(default)]
    pub escalation: Escalating,
    /// How threats differ, and what becomes of them before they fall due.
    #[serde(default)]
    pub threats: ThreatTerms,
    /// Hawks who strike at a deal.
    #[serde(default)]
    pub spoilers: Spoilers,
    /// Deals that are disputed within weeks, and suspended in part.
    #[serde(default)]
    pub unravel: Unravel,
    /// Small swaps that mend relations without a treaty, for a time.
    #[serde(default)]
    pub repair: Repair,
    /// A contest of endurance over one prize (a theory game: see `theory/attrition.ron`).
    #[serde(default)]
    pub standoff: Option<Standoff>,
}

/// A question that decides much, and what it turns on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BigQuestion {
    /// The question in a sentence.
    pub ask: String,
    /// The paths that it turns on.
    pub paths: Vec<String>,
}

record! {
    /// How sessions of talks work.
    Talking {
        /// Offers in a session, by both sides together.
        #[schemars(extend("minimum" = 1, "maximum" = EXCHANGES_MAX))]
        exchanges: Rounds = of(6.0),
        /// Who speaks first.
        opener: Opener = Opener::Coin,
        /// How far officials may move a lever.
        officials_may_move: Steps = of(0.45),
        /// How far leaders may move a lever.
        leaders_may_move: Steps = of(2.0),
        /// What an item of a package that officials agree on costs each side at home, for one big move: drafting, attention,
        /// those who lose by it; each round that the deal lives.
        item_of_officials: Stakes = of(0.004),
        /// The same where leaders agree on it.
        item_of_leaders: Stakes = of(0.002),
        /// How much dearer an item grows with each big move.
        item_grows: Ratio = of(0.25),
        /// The share of the other's leverage that a party grants at the outset.
        regard: Draw<Share> = fixed(0.5),
        /// The share of a pledge's cost that breaking it does not save.
        price_of_broken_word: Draw<Share> = fixed(0.6),
        /// Spread of the day's mood in a reservation value.
        mood: Draw<Stakes> = fixed(0.1),
        /// What a party holds out for.
        reserve: Reserve = Reserve::Share,
        /// Share of the loss by a lapse that weighs on a party who talks as the truce runs out.
        fear_of_lapse: Draw<Share> = fixed(0.25),
        /// How many rounds of that loss it counts.
        lapse_lasts: RoundsF = of(4.0),
        /// How far off a next meeting is taken to be where the calendar has none.
        unknown_gap: Rounds = of(5.0),
        /// Values after the curve of Tversky and Kahneman (1992): losses loom larger. Off by default.
        prospect: bool = false,
    }
}

record! {
    /// What a leader wins at home by a deal or a photograph.
    Prize {
        /// Prize of a deal at a summit, times the weight on prestige.
        summit: Stakes = of(0.7),
        /// A deal of officials brings this share of it.
        at_talks: Share = of(0.2),
        /// A summit without a deal brings this share of it.
        photo_only: Share = of(0.25),
    }
}

record! {
    /// What makes leaders accept a summit, beside the event's own `bar`.
    SummitRules {
        /// Prize that moves a leader's acceptance by one unit of log-odds.
        prize_scale: Stakes = of(0.2),
        /// What tone 1 adds to the log-odds.
        tone: Logit = of(2.5),
        /// What full progress in talks adds to the log-odds.
        progress: Logit = of(1.0),
    }
}

record! {
    /// How the truce is extended, lapses and is restored.
    TruceRules {
        /// Loss by a lapse, a round, that moves consent by one unit of log-odds.
        #[schemars(extend("above" = 0))]
        loss_scale: Stakes = of(0.075),
        /// What full progress in talks adds to the log-odds of consent.
        progress: Logit = of(1.2),
        /// What tone 1 adds to the log-odds of consent.
        tone: Logit = of(1.2),
        /// Tone after an extension.
        extended_tone: Tone = of(0.05),
        /// Tone after a lapse.
        lapsed_tone: Tone = of(-0.5),
        /// Tone after the truce is restored.
        restored_tone: Tone = of(0.2),
        /// A ratified deal of officials extends the truce by this much.
        deal_extends_by: Rounds = of(13.0),
        /// A ratified deal at a summit extends the truce by this much.
        summit_extends_by: Rounds = of(52.0),
        /// Rounds from a lapse to the emergency session.
        emergency: Draw<RoundsF> = Draw::From(super::draw::Distribution::Uniform { low: 4.0, high: 7.0 }),
    }
}

record! {
    /// The mood between the two capitals, -1 to 1.
    ToneRules {
        /// At the start.
        start: Tone = of(0.1),
        /// Share of it that fades each round.
        fades: PerRound = of(0.07),
    }
}

record! {
    /// Accidents nobody chose: a ship, a balloon, an arrest.
    Incidents {
        /// Chance each round.
        per_round: Draw<PerRound> = fixed(0.04),
        /// What one does to tone.
        tone: Tone = of(-0.25),
    }
}

record! {
    /// Overproduction at home that presses goods abroad, 0 to 1.
    Overcapacity {
        /// At the start.
        start: Draw<Share> = fixed(0.3),
        /// What it grows by each round.
        growth: Draw<PerRound> = fixed(0.012),
        /// The lever that eases it; none where left out.
        eased_by: String = String::new(),
        /// What one unit of that lever takes off each round.
        easing: Draw<PerRound> = fixed(0.02),
    }
}

record! {
    /// Goods that reach the market through third countries.
    Transshipment {
        /// How well a country that has signed is policed.
        police: Draw<Share> = fixed(0.45),
        /// How much the full pressure of the lever `thirds.press` shuts.
        press_shuts: Share = of(0.4),
        /// How much full overcapacity swells the flow.
        overcapacity_swells: Ratio = of(1.0),
        /// No more than this share leaks.
        at_most: Share = of(0.6),
    }
}

record! {
    /// How third countries are pressed to sign and punished for it.
    Thirds {
        /// The lever that presses them to sign; none where left out.
        press: String = String::new(),
        /// The lever that threatens them if they do.
        threaten: String = String::new(),
        /// Log-odds of signing in a round without pressure.
        log_odds: Logit = of(-4.2),
        /// What full pressure on a fully exposed country adds.
        pressed: Logit = of(3.0),
        /// What a full and credible threat to a fully exposed country takes off.
        threatened: Logit = of(3.0),
        /// Chance each round that a country that signed is punished, at full threat.
        punish_per_round: PerRound = of(0.03),
        /// How much of its signature punishment undoes.
        punishment: Share = of(0.5),
        /// Share of the punishment that fades each round.
        fades: PerRound = of(0.04),
        /// Tone when one signs.
        signed_tone: Tone = of(-0.03),
        /// Tone when one is punished.
        punished_tone: Tone = of(-0.05),
    }
}

record! {
    /// How pledges are delivered.
    Delivery {
        /// Rounds until a pledge is delivered at its full rate.
        #[schemars(extend("minimum" = 1))]
        ramp: Rounds = of(8.0),
        /// Spread of what is delivered in a round around what is meant.
        noise: Draw<Ratio> = fixed(0.15),
        /// How much of what is due from it a side holds back while nothing comes of what is due from the other.
        in_step: Share = of(0.0),
    }
}

record! {
    /// How word and resolve are earned and lost, in observations.
    Word {
        /// Weight of one review of a pledge.
        review: Ratio = of(0.5),
        /// Rounds between reviews.
        #[schemars(extend("minimum" = 1))]
        review_every: Rounds = of(8.0),
        /// A package that fails at home counts as so many broken words.
        rejected: Ratio = of(0.4),
        /// A spoiler's strike counts as so many broken words of its own side.
        spoiled: Ratio = of(0.8),
        /// Suspending a part of a deal counts as so many broken words of the side that does.
        suspended: Ratio = of(0.4),
        /// A threat carried out counts as so many shows of resolve.
        carried_out: Ratio = of(0.5),
        /// A threat not carried out counts as so many climb-downs.
        climbed_down: Ratio = of(0.5),
        /// A conciliatory gesture counts as so many climb-downs.
        gesture: Ratio = of(0.15),
        /// Public praise counts as so many climb-downs.
        praise: Ratio = of(0.05),
        /// Proposing an extension of the truce ahead of time counts as so many climb-downs.
        asked: Ratio = of(0.0),
    }
}

record! {
    /// How a package passes at home.
    Ratification {
        /// Width of the vote's uncertainty, in share of support.
        #[schemars(extend("above" = 0))]
        scale: Share = of(0.09),
        /// Worth of a package that turns support by one unit of log-odds.
        #[schemars(extend("above" = 0))]
        worth: Stakes = of(0.3),
        /// What a package that fails at home costs the government whose home it was, each round for as long as the deal would
        /// have lived: so it weighs alike on the patient and on the hurried.
        failed: Stakes = of(0.0075),
        /// Tone after a rejection.
        rejected_tone: Tone = of(-0.15),
    }
}

record! {
    /// What signing does besides moving levers.
    Signing {
        /// Tone after a deal.
        tone: Tone = of(0.25),
        /// Moves smaller than this are dropped from a package.
        smallest_move: Steps = of(0.02),
        /// What a session adds to tone, times its progress.
        progress_tone: Tone = of(0.12),
    }
}

record! {
    /// Threats, replies and gestures.
    Escalating {
        /// What tightening by one big move does to tone.
        tone_per_step: Tone = of(-0.18),
        /// Tone when a threat is made.
        threat_tone: Tone = of(-0.1),
        /// Rounds until a threat falls due.
        threat_due: Rounds = of(2.0),
        /// How far a threat tightens when carried out.
        threat_step: Steps = of(0.8),
        /// How much good tone stays the hand that threatened.
        stayed_by_tone: Share = of(0.5),
        /// What climbing down from a threat costs at home.
        audience_cost: Stakes = of(0.025),
        /// Tone after a conciliatory gesture.
        gesture_tone: Tone = of(0.08),
        /// Gestures are made only below this tone.
        gesture_below: Tone = of(0.2),
        /// Tone after public praise.
        praise_tone: Tone = of(0.04),
        /// How fast it is forgotten how often one praised of late: the less is, the less praise adds.
        praise_wears: PerRound = of(0.2),
        /// What praise costs at home.
        praise_cost: Stakes = of(0.005),
        /// Tone after a step toward the brink.
        brink_tone: Tone = of(-0.1),
        /// Chance that a step toward the brink slips.
        brink_slips: Share = of(0.2),
        /// How far both sides tighten when it does.
        brink_step: Steps = of(0.4),
        /// A step toward the brink that does not slip counts as so many shows of resolve.
        brink_resolve: Ratio = of(0.25),
    }
}

record! {
    /// How threats differ from each other, and what becomes of them before they fall due. A threat without any of it is of
    /// one size and one delay (`escalation.threat_step`, `escalation.threat_due`).
    ThreatTerms {
        /// How large a threat is, beside the usual one; drawn anew for each.
        size: Draw<Ratio> = fixed(1.0),
        /// How far off its date is, beside the usual one; drawn anew for each.
        delay: Draw<Ratio> = fixed(1.0),
        /// How much of what climbing down costs goes with the size of the threat.
        audience_grows: Share = of(0.0),
        /// Chance that a date is put off when it comes, where talks go on and the last session went all the way.
        postponed: Share = of(0.0),
        /// By how many rounds, one at least; drawn anew each time.
        postponed_by: Draw<RoundsF> = fixed(4.0),
        /// Chance that a threat is carried out in part only, where it is.
        in_part: Share = of(0.0),
        /// The part that is carried out then; drawn anew each time.
        part: Draw<Share> = fixed(0.5),
        /// Chance that the other gives way in the next round to a threat that is fully believed.
        yields: Share = of(0.0),
        /// How far it opens a lever then, beside the size of the threat.
        yields_by: Ratio = of(0.25),
        /// Chance that a side which threatens at all answers with a threat of the same size and date, where it does not give way.
        countered: Share = of(0.0),
    }
}

record! {
    /// Hawks who strike at a rapprochement.
    Spoilers {
        /// How many times likelier a strike becomes once a deal is signed: 1 + this.
        after_a_deal: Rate = of(2.0),
        /// How far the strike tightens its lever.
        step: Steps = of(0.4),
        /// What it does to tone besides.
        tone: Tone = of(-0.25),
    }
}

record! {
    /// Deals that are disputed within weeks, and suspended in part.
    Unravel {
        /// Chance that a side disputes a deal in its first round, for each of its items, where the other is never believed.
        per_item: Draw<PerRound> = fixed(0.0),
        /// In so many rounds that chance falls to 37 %.
        fades: RoundsF = of(3.0),
        /// Chance of a dispute at a review that finds nothing delivered of one promise; less by what came.
        per_shortfall: Share = of(0.0),
        /// How much of what it opened furthest it takes back.
        share: Share = of(0.75),
        /// What a clash does to tone, besides the blow.
        tone: Tone = of(-0.15),
    }
}

record! {
    /// Small swaps that mend relations without a treaty, for a time.
    Repair {
        /// Chance of one each round at the worst tone, or while a clash is open, where both have much to gain.
        per_round: Draw<PerRound> = fixed(0.0),
        /// Only below this tone is there anything to mend.
        below_tone: Tone = of(0.0),
        /// What a swap must bring a side, a round, to move its consent by one unit of log-odds.
        #[schemars(extend("above" = 0))]
        gain: Stakes = of(0.01),
        /// How much of the way back to what was settled on each lever goes.
        share: Share = of(0.5),
        /// ... and how far at most.
        at_most: Steps = of(0.5),
        /// How long it holds, where no deal comes.
        #[schemars(extend("minimum" = 1))]
        lasts: Rounds = of(9.0),
        /// The share of swaps that leaders agree on by a call.
        by_call: Share = of(0.5),
        /// Officials meet within so many rounds; 0: as they would have.
        talks_within: Rounds = of(1.0),
        /// Tone after a swap.
        tone: Tone = of(0.15),
        /// Tone when one lapses without a deal.
        lapsed_tone: Tone = of(-0.05),
    }
}

record! {
    /// A contest of endurance: each round both hold out at a cost; the first to concede loses the prize to the other.
    Standoff {
        /// What the winner gets.
        #[schemars(extend("minimum" = 0, "condition" = "not 0 where `cost` is"))]
        prize: Points = of(1.0),
        /// What holding out costs each party a round.
        #[schemars(extend("minimum" = 0, "condition" = "not 0 where `prize` is"))]
        cost: Points = of(0.05),
    }
}

impl Standoff {
    /// The chance of giving in each round that leaves the other no better off by waiting: cost / (prize + cost).
    pub fn indifferent(&self) -> f64 {
        let stake = self.prize.get() + self.cost.get();
        if stake > 0.0 { self.cost.get() / stake } else { 0.0 }
    }
}

named! {
    /// The mechanisms that `off` may name, and what is so without each.
    Switch,
    /// What is lost without it.
    lost:
    Talks = "talks": "nobody negotiates";
    Truce = "truce": "the truce never runs out";
    Terms = "terms": "an extension is settled in the last round alone, lasts as long as the rule says, and is given for nothing";
    Summit = "summit": "the leaders never meet";
    Escalate = "escalate": "nobody replies, threatens, praises or makes a gesture between sessions";
    ThreatTerms = "threat_terms": "every threat is of one size and one delay, and is neither answered, put off nor carried out in part";
    Incidents = "incidents": "no accidents";
    Shocks = "shocks": "no court rules";
    Courts = "courts": "no case goes through the courts";
    Layers = "layers": "every lever is of one piece, and no court strikes a part of one";
    Spoilers = "spoilers": "hawks do not strike";
    Factions = "factions": "leaders alone decide what their side wants and what passes";
    Ratification = "ratification": "every package passes at home";
    Delivery = "delivery": "pledges are delivered in full";
    Credibility = "credibility": "word and resolve stay what they were";
    Thirds = "thirds": "no third countries, no transshipment";
    Overcapacity = "overcapacity": "no overproduction";
    TimeOnSide = "time_on_side": "resilience stands still";
    Drift = "drift": "levers stay where they are put";
    Unravel = "unravel": "no deal is disputed";
    Repair = "repair": "nothing is mended without a treaty";
    Items = "items": "an item of a package costs nothing to draft and to sell at home";
    SigningCost = "signing_cost": "dealing with the rival costs nothing at home";
    Mandate = "mandate": "officials may move what leaders may";
    Learning = "learning": "beliefs about the other side stay what they were";
    Tone = "tone": "tone only fades";
    Signals = "signals": "no public praise";
    Mood = "mood": "no mood of the day";
    Hunger = "hunger": "the prize does not fade";
    Prestige = "prestige": "no prize for a deal or a summit";
    LapseFear = "lapse_fear": "nobody fears the lapse while talking";
    Reciprocity = "reciprocity": "offers do not answer offers";
    Breakdown = "breakdown": "talks never break down for good";
    Standoff = "standoff": "no contest of endurance";
}
