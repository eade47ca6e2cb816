//! Deals that unravel: within weeks of a signature one side says that the other does not keep to the terms, and suspends a
//! part of the deal.
//!
//! A deal of n items signed k + 1 rounds ago is disputed by party q with chance `per_item · n · (1 - word_p) · exp(-k / fades)`
//! a round, word_p how far the other is believed; and when promises are reviewed with chance `per_shortfall · s`, s how far they
//! fell short, each lever counted by the part of it that is promise; once a deal. Tone falls, and of its own levers that the deal opened q
//! takes back the one that it opened furthest, by the share `share`: a blow, which the other may answer in kind
//! (`reply`), and a promise not kept, which costs q's word. What was still to be delivered of that move is off. The clash is
//! open until a swap mends it (`repair`) or another deal is signed. In the manner of 30 May 2025, 18 days after Geneva, and of
//! 1 August 2019, 33 days after Osaka and over purchases that had not come; chances are judgement.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;

use crate::codes::Coded;
use crate::scenario::rules::Switch;
use crate::world::CurrentRound;
use crate::world::build::Build;
use crate::world::components::{
    Agreed, ClashOpen, Initialled, Level, Over, PromisedRounds, Shortfall, Snapped, Stage, WordBroken, WordBrokenNews,
    WordKept,
};
use crate::world::dice::{Dice, Stream};
use crate::world::hands::Hands;
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::maths::{believed, exp};
use crate::world::measure::{Chapter, From, Measures};
use crate::world::mechanism::Mechanism;
use crate::world::orders::Orders;
use crate::world::phase::Phase;
use crate::world::rows::{Lever, NONE, Table, Value, is_set, values};
use crate::world::setup::{Setup, source};
use crate::world::trace::{Trace, What};

values! { Table;
    /// Chance of a clash in the first round of a deal, for each of its items and where the other is never believed.
    ClashRate = 0.0;
    /// The round in which the latest deal was signed; none once it was disputed.
    SignedIn = NONE;
    /// How many levers it moved.
    SignedItems = 0.0;
    /// Clashes so far.
    Clashes = 0.0;
}
values! { Lever;
    /// Where it stood before the latest deal; not a number where that left it alone.
    BeforeDeal = NONE;
}

/// The rule.
pub const MECHANISM: Mechanism = Mechanism { name: "unravel", switch: Some(Switch::Unravel), equip, install, measure };

/// Lists start values.
fn equip(setup: &mut Setup) {
    let rate = setup.scenario.unravel.per_item;
    setup.start::<ClashRate>(0, source(&rate, "table", "clash"));
}

/// Whether there can be one.
fn is_possible(setup: &Setup) -> bool {
    let rules = &setup.scenario.unravel;
    rules.per_shortfall.get() > 0.0 || rules.per_item.fixed().is_none_or(|x| x.get() != 0.0)
}

/// Adds the systems, where there can be a clash.
fn install(b: &mut Build) {
    b.rows::<(ClashRate, SignedIn, SignedItems, Clashes, BeforeDeal)>();
    if is_possible(b.setup) {
        b.system(Phase::Promise, "unravel: what a deal changes is written down", remember);
        b.system(Phase::Clash, "unravel: a deal is disputed", clash);
    }
}

/// Lists what is measured.
fn measure(setup: &Setup, m: &mut Measures) {
    if is_possible(setup) {
        m.event("clashed", "a deal was disputed and suspended in part", Clashes::COLUMN);
        let clashes = From::Column(Clashes::COLUMN, 0);
        m.metric(Chapter::Acts, "clashes", "clashes", "deals disputed and suspended in part", clashes);
    }
}

#[derive(SystemParam)]
struct Terms<'w, 's> {
    signed_in: LanesMut<'w, 's, SignedIn>,
    items: LanesMut<'w, 's, SignedItems>,
    before: LanesMut<'w, 's, BeforeDeal>,
    open: LanesMut<'w, 's, ClashOpen>,
}

fn remember(
    setup: Res<Setup>,
    clock: Res<CurrentRound>,
    initialled: Lanes<Initialled>,
    agreed: Lanes<Agreed>,
    level: Lanes<Level>,
    mut terms: Terms,
) {
    for (g, _) in initialled.lane(0).iter().enumerate().filter(|(_, stage)| stage.is(Stage::Ratified)) {
        let mut items = 0.0;
        for l in 0..setup.levers.len() {
            let moves = is_set(agreed.at(l, g).0);
            items += f64::from(u8::from(moves));
            terms.before.at(l, g).0 = if moves { level.at(l, g).0 } else { NONE };
        }
        terms.signed_in.at(0, g).0 = f64::from(clock.round);
        terms.items.at(0, g).0 = items;
        terms.open.at(0, g).0 = 0.0;
    }
}

#[derive(SystemParam)]
struct Rows<'w, 's> {
    rate: Lanes<'w, 's, ClashRate>,
    word: (Lanes<'w, 's, WordKept>, Lanes<'w, 's, WordBroken>),
    snapped: Lanes<'w, 's, Snapped>,
    short: Lanes<'w, 's, Shortfall>,
    over: Lanes<'w, 's, Over>,
    promised: LanesMut<'w, 's, PromisedRounds>,
    broken: LanesMut<'w, 's, WordBrokenNews>,
    clashes: LanesMut<'w, 's, Clashes>,
}

fn clash(
    trace: Res<Trace>,
    orders: Res<Orders>,
    dice: Dice,
    mut terms: Terms,
    mut rows: Rows,
    mut hands: Hands,
    mut lanes: Local<[Vec<f64>; 2]>,
) {
    let (setup, round) = (Res::clone(&hands.setup), hands.clock.round);
    let rules = &setup.scenario.unravel;
    if terms.signed_in.lane(0).iter().all(|signed| !signed.is_set()) {
        return;
    }
    for (q, party) in setup.parties.iter().enumerate() {
        dice.lane(Stream::named("unravel", &party.dice, "dispute"), &mut lanes[q]);
    }
    for g in 0..lanes[0].len() {
        let signed = terms.signed_in.at(0, g).0;
        if !is_set(signed) || rows.over.at(0, g).0 > 0.0 || rows.snapped.at(0, g).0 > 0.0 {
            continue;
        }
        let (rate, rounds) = (rows.rate.at(0, g).0 * terms.items.at(0, g).0, f64::from(round) - signed - 1.0);
        let disputes = |q: usize| {
            let word = believed(rows.word.0.at(1 - q, g).0, rows.word.1.at(1 - q, g).0);
            let (terms, short) = (disputes_with(rate, word, rounds, rules.fades.get()), rows.short.at(1 - q, g).0);
            lanes[q][g] < either(terms, rules.per_shortfall.get() * short) && !orders.moves(q, g, round)
        };
        // Where both would, the one that is nearer to it speaks first; the other can only answer.
        let Some(q) = (0..2).filter(|q| disputes(*q)).min_by(|a, b| lanes[*a][g].total_cmp(&lanes[*b][g])) else {
            continue;
        };
        terms.signed_in.at(0, g).0 = NONE;
        terms.open.at(0, g).0 = 1.0;
        rows.clashes.at(0, g).0 += 1.0;
        hands.tone.at(0, g).0 += rules.tone.get();
        let given = (0..setup.levers.len()).filter_map(|l| {
            let lever = &setup.levers[l];
            let moves = lever.holder == q && !lever.is_pledge();
            let given = (hands.level.at(l, g).0 - terms.before.at(l, g).0) * lever.opens / lever.step;
            (moves && given > 0.0).then_some((given, l))
        });
        let furthest = given.max_by(|a, b| a.0.total_cmp(&b.0));
        let suspended = furthest.map(|(given, l)| {
            rows.promised.at(l, g).0 = 0.0;
            rows.broken.at(q, g).0 += setup.scenario.credibility.suspended.get();
            hands.tighten(q, l, g, rules.share.get() * given)
        });
        trace.note(round, Phase::Clash, Some(q), What::Disputed { suspended });
    }
}

/// The chance that a side disputes a deal whose items count so much, so many rounds after its first.
#[inline]
pub fn disputes_with(rate: f64, word: f64, rounds: f64, fades: f64) -> f64 {
    rate * (1.0 - word) * if fades > 0.0 { exp(-rounds / fades) } else { f64::from(u8::from(rounds == 0.0)) }
}

/// The chance of one or the other of two reasons.
#[inline]
pub fn either(a: f64, b: f64) -> f64 {
    a + b.min(1.0) * (1.0 - a)
}

#[cfg(test)]
mod tests {
    use super::{disputes_with, either};

    #[test]
    fn either_reason_will_do() {
        assert_eq!([either(0.0, 0.25), either(0.3, 0.0), either(0.5, 0.5), either(0.2, 3.0)], [0.25, 0.3, 0.75, 1.0]);
    }

    #[test]
    fn the_older_a_deal_and_the_better_the_word_the_safer_it_is() {
        let chance = disputes_with(0.1, 0.5, 0.0, 3.0);
        assert_eq!(chance, 0.05);
        assert!(disputes_with(0.1, 0.5, 1.0, 3.0) < chance && disputes_with(0.1, 0.9, 0.0, 3.0) < chance);
        assert_eq!(disputes_with(0.1, 1.0, 0.0, 3.0), 0.0);
        assert_eq!([0.0, 1.0].map(|rounds| disputes_with(0.1, 0.5, rounds, 0.0)), [0.05, 0.0]);
    }
}
