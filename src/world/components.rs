//! Components that several mechanisms meet in. What only one mechanism uses stands in its own file.

use super::build::Build;
use super::rows::{Country, Guess, Hypothesis, Layer, Lever, NONE, Party, Table};
use crate::codes::codes;
use crate::world::rows::{coded, values};

/// A round that never comes: no truce that could lapse, no meeting that is set.
pub const NEVER: f64 = 1e9;

/// The round in which something is due; none where it never comes.
pub fn comes(round: f64) -> Option<u32> {
    (round < NEVER / 2.0).then_some(round as u32) // what is put off from never on is never too
}

codes! {
    /// Who meets this round.
    Meets {
        /// Nobody.
        #[default]
        Nobody,
        /// Officials.
        Officials,
        /// Leaders.
        Leaders,
    }
    /// How far this round's package has come.
    Stage {
        /// There is none.
        #[default]
        Nothing,
        /// Both sides at the table have said yes.
        Initialled,
        /// It has passed at home, on both sides.
        Ratified,
    }
}

coded! { Table;
    /// Who meets this round.
    Meeting of Meets;
    /// How far this round's package has come.
    Initialled of Stage;
}

values! { Table;
    /// The mood between the capitals, -1 to 1.
    Tone = 0.1;
    /// What this phase does to tone; `tone` adds it up at the phase's end.
    ToneShift = 0.0;
    /// Share of a leaking lever's bite that third countries take off.
    Leak = 0.0;
    /// Overproduction that presses abroad, 0 to 1.
    Overcapacity = 0.0;
    /// 1 while the truce has lapsed and the levers stand at their snap levels.
    Snapped = 0.0;
    /// The round in which the truce lapses; [`NEVER`] where there is none.
    Expiry = NEVER;
    /// The round of the next meeting of officials; [`NEVER`] where none is set.
    NextMeeting = NEVER;
    /// How far, in big moves, this round's meeting may move a lever.
    MayMove = 0.0;
    /// 1 while a summit is set.
    SummitSet = 0.0;
    /// Sessions held so far.
    Sessions = 0.0;
    /// Deals signed so far.
    Deals = 0.0;
    /// Deals alive.
    Living = 0.0;
    /// Deals whose life ended this round.
    LivedOut = 0.0;
    /// Deals signed at a summit.
    SummitDeals = 0.0;
    /// 1 when the first deal was signed at a summit.
    FirstAtSummit = 0.0;
    /// 1 when the game is over before its last round.
    Over = 0.0;
    /// 1 when the truce lapsed at some time.
    Lapsed = 0.0;
    /// Extensions of the truce so far.
    Extensions = 0.0;
    /// Chance a round that talks break down for good.
    BreakdownRate = 0.0;
    /// How well a country that has signed is policed, 0 to 1.
    Police = 0.0;
    /// 1 while a clash over the terms of a deal is open.
    ClashOpen = 0.0;
    /// 1 while a threat is pending.
    ThreatPending = 0.0;
    /// Threats made so far.
    Threats = 0.0;
    /// Share of the other's leverage granted at the outset.
    Regard = 0.5;
    /// Share of a pledge's cost that breaking it does not save.
    BrokenPrice = 0.6;
    /// Share of the loss by a lapse that weighs on a party who talks as the truce runs out; 0 without a truce.
    FearOfLapse = 0.0;
}

values! { Party;
    /// Support at home that a package needs.
    RatifyBar = 0.0;
    /// What the items of the deals alive cost it a round.
    ItemsARound = 0.0;
    /// How far the last session came for it, 0 to 1: the best that it was offered, as a share of its first ask.
    Progress = 0.0;
    /// The leader's weight on prosperity.
    Prosperity = 0.0;
    /// The leader's weight on security.
    Security = 0.0;
    /// The leader's weight on politics.
    Politics = 0.0;
    /// The leader's weight on prestige.
    Prestige = 0.0;
    /// The government's weight on prosperity: the leader's and the factions'.
    GovProsperity = 0.0;
    /// The government's weight on security.
    GovSecurity = 0.0;
    /// The government's weight on politics.
    GovPolitics = 0.0;
    /// What a point next round is worth today.
    Patience = 0.99;
    /// The round by which it wants to be done.
    Date = 26.0;
    /// Share of its leverage it expects to get by waiting.
    Optimism = 0.0;
    /// Share of a pledge that it delivers.
    Honesty = 1.0;
    /// Share of a pledge that it means to deliver.
    Intends = 1.0;
    /// What a point a week is worth over the life of a deal.
    Annuity = 1.0;
    /// What a deal costs at home, each round it lives.
    CostARound = 0.0;
    /// What a deal costs at home, over its life.
    DealCost = 0.0;
    /// What a deal at a summit would bring its leader today.
    PrizeNow = 0.0;
    /// Observations of kept word.
    WordKept = 2.0;
    /// Observations of broken word.
    WordBroken = 2.0;
    /// Observations of resolve.
    ResolveShown = 2.0;
    /// Observations of climbing down.
    ResolveLost = 2.0;
    /// Kept word seen this phase; `credibility` adds it up.
    WordKeptNews = 0.0;
    /// Broken word seen this phase.
    WordBrokenNews = 0.0;
    /// Resolve seen this phase.
    ResolveShownNews = 0.0;
    /// Climbing down seen this phase.
    ResolveLostNews = 0.0;
    /// Independence of what the other controls, 0 to 1.
    Resilience = 0.0;
    /// How fast it grows, as both sides expect.
    Growth = 0.0;
    /// The round in which its threat falls due; none where not a number.
    ThreatDue = NONE;
    /// How large the threat is that it made last, beside the usual one.
    ThreatSize = 1.0;
    /// The round in which it made a threat that the other has not answered yet; none where not a number.
    Unanswered = NONE;
    /// How much more than the other it wanted the extension that was settled this round, 0 to 1.
    WantedMore = 0.0;
    /// How far what fell due for review this round fell short of what it promised, all told; a lever counts by the part of it
    /// that is promise.
    Shortfall = 0.0;
    /// Big moves of tightening by it this round.
    Hostile = 0.0;
    /// Big moves of tightening by it last round.
    HostileBefore = 0.0;
    /// Spread of the day's mood in its reservation value.
    MoodSpread = 0.0;
    /// A fixed reservation value in place of the value of waiting; none where not a number.
    Floor = NONE;
    /// What it has when talks break down for good.
    Outside = 0.0;
    /// What the package of this round is worth to it, prize and cost included.
    Worth = 0.0;
    /// Points so far, discounted.
    Total = 0.0;
    /// Of these, points by prosperity.
    TotalProsperity = 0.0;
    /// Of these, points by security.
    TotalSecurity = 0.0;
    /// Of these, points by politics, costs and prizes aside.
    TotalPolitics = 0.0;
}

values! { Lever;
    /// Where it stands, in its own unit.
    Level = 0.0;
    /// Where this round's package puts it; not a number where it is left alone.
    Agreed = NONE;
    /// What both last settled on: where it stood at the start, moved by deals alone; what courts keep out
    /// of use is counted.
    Settled = 0.0;
    /// What courts keep out of use of it: it would stand so much higher.
    Unused = 0.0;
    /// How much of its range courts have closed.
    Closed = 0.0;
    /// For how many rounds more what is still promised of a move comes by a step each.
    PromisedRounds = 0.0;
}

values! { Layer;
    /// How much of it stands, in the lever's unit, in force or not.
    InLayer = 0.0;
    /// Rulings in force against it.
    Struck = 0.0;
}

values! { Country;
    /// 1 once it has signed with the side that presses it.
    CountrySigned = 0.0;
    /// How far punishment has undone its signature.
    Punished = 0.0;
}

values! { Hypothesis;
    /// How likely the party thinks that the other is of this type.
    Belief = 0.0;
}

values! { Guess;
    /// How much the party thinks that the lever matters to the other, 1 being no more than any.
    Importance = 1.0;
}

/// Tells the builder of all of them.
pub fn register(b: &mut Build) {
    b.rows::<(Tone, ToneShift, Leak, Overcapacity, Snapped, Expiry, NextMeeting)>();
    b.rows::<(Meeting, MayMove, SummitSet, Sessions, Initialled, Deals, SummitDeals, Over)>();
    b.rows::<(Lapsed, Extensions, BreakdownRate, Police, ThreatPending, Regard, BrokenPrice, FearOfLapse)>();
    b.rows::<(Prosperity, Security, Politics, Prestige, GovProsperity, GovSecurity, GovPolitics, Patience)>();
    b.rows::<(Date, Optimism, Honesty, CostARound, DealCost, PrizeNow, WordKept, WordBroken)>();
    b.rows::<(ResolveShown, ResolveLost, WordKeptNews, WordBrokenNews, ResolveShownNews, ResolveLostNews)>();
    b.rows::<(Progress, RatifyBar, Settled, Living, LivedOut, ItemsARound)>();
    b.rows::<(Resilience, Growth, Hostile, HostileBefore, MoodSpread, Floor, Outside, Worth)>();
    b.rows::<(ThreatSize, Unanswered, WantedMore, Shortfall)>();
    b.rows::<(Threats, ThreatDue, Total, TotalProsperity, TotalSecurity, TotalPolitics)>();
    b.rows::<(FirstAtSummit, Unused, Closed, InLayer, Struck, ClashOpen, PromisedRounds)>();
    b.rows::<(Level, Agreed, Belief, Importance, CountrySigned, Punished, Intends, Annuity)>();
}
