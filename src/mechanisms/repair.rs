//! Repair without a treaty: a call or a meeting of officials agrees on a small swap, at once and for a time.
//!
//! While relations are bad, each round with chance `rate · b · w_p · w_q`, b = (below - tone) / (below + 1) cut to 0 to 1,
//! or 1 while a clash over a deal is open; w_p = logistic(G_p / (`gain` u_p)), G_p what the swap brings party p a round, so
//! that it is the likelier the more both are hurt by what was struck. Each side gives back, of its own levers that stand harsher than what both last
//! settled on, the one whose return is worth most to the other: the share `share` of the way, at most `at_most` big moves. A
//! threat that is pending is put off. If a deal comes first the swap is part of it; else after `lasts` rounds each lever
//! goes back by as much, and the threats fall due. When the truce lapses or is restored the swap is void. In the manner of
//! December 2018 and June 2019 (dinners that put lists of tariffs off), of the call of 5 June 2025 and of London four days
//! later (licences of magnets against those of engines and design software); rates are judgement.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;

use crate::scenario::rules::Switch;
use crate::table::flow::Flow;
use crate::world::CurrentRound;
use crate::world::build::Build;
use crate::world::components::{
    ClashOpen, Closed, Deals, Level, NextMeeting, Over, Settled, Snapped, SummitSet, ThreatDue, ThreatPending, Tone,
    ToneShift,
};
use crate::world::dice::{Dice, Stream};
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::maths::{log_odds, logistic};
use crate::world::measure::{Chapter, From, Measures};
use crate::world::mechanism::Mechanism;
use crate::world::orders::Orders;
use crate::world::phase::Phase;
use crate::world::rows::{Lever, NONE, Table, Value, pair, values};
use crate::world::setup::{Setup, shape_at, source};
use crate::world::trace::{Move, Trace, What};

values! { Table;
    /// Chance of a swap each round, at the worst tone and where both gain much.
    SwapRate = 0.0;
    /// The round in which the swap that holds lapses; none where none holds.
    SwapUntil = NONE;
    /// Deals signed when it was agreed on.
    SwapDeals = 0.0;
    /// Whether the truce was down then.
    SwapSnapped = 0.0;
    /// Swaps so far.
    Swaps = 0.0;
    /// Swaps that lapsed without a deal.
    SwapsLapsed = 0.0;
}
values! { Lever;
    /// Where it stood before the swap that holds; not a number where it is not in it.
    SwapFrom = NONE;
    /// Where the swap put it.
    SwapTo = NONE;
}

/// The rule.
pub const MECHANISM: Mechanism = Mechanism { name: "repair", switch: Some(Switch::Repair), equip, install, measure };

/// Lists start values.
fn equip(setup: &mut Setup) {
    let rate = setup.scenario.repair.per_round;
    setup.start::<SwapRate>(0, source(&rate, "table", "repair"));
}

/// Whether there can be one.
fn is_possible(setup: &Setup) -> bool {
    setup.scenario.repair.per_round.fixed().is_none_or(|x| x.get() != 0.0)
}

/// Adds the system, where there can be a swap.
fn install(b: &mut Build) {
    b.rows::<(SwapRate, SwapUntil, SwapDeals, SwapSnapped, Swaps, SwapsLapsed, SwapFrom, SwapTo)>();
    if is_possible(b.setup) {
        b.system(Phase::Mend, "repair: a small swap, and its end", mend);
    }
}

/// Lists what is measured.
fn measure(setup: &Setup, m: &mut Measures) {
    if is_possible(setup) {
        m.event("swapped", "a small swap was agreed on without a treaty", Swaps::COLUMN);
        let [agreed, lapsed] = [Swaps::COLUMN, SwapsLapsed::COLUMN].map(|column| From::Column(column, 0));
        m.metric(Chapter::Acts, "swaps", "swaps", "small swaps agreed on without a treaty", agreed);
        m.metric(Chapter::Acts, "swaps_lapsed", "swaps", "small swaps that lapsed without a deal", lapsed);
    }
}

#[derive(SystemParam)]
struct Minds<'w, 's> {
    rate: Lanes<'w, 's, SwapRate>,
    tone: Lanes<'w, 's, Tone>,
    flow: Flow<'w, 's>,
    settled: Lanes<'w, 's, Settled>,
    snapped: Lanes<'w, 's, Snapped>,
    summit: Lanes<'w, 's, SummitSet>,
    deals: Lanes<'w, 's, Deals>,
    closed: Lanes<'w, 's, Closed>,
    over: Lanes<'w, 's, Over>,
}

impl Minds<'_, '_> {
    /// What some moves would bring party p, in points a round.
    fn gain(&self, setup: &Setup, p: usize, g: usize, moves: &[Option<Move>]) -> f64 {
        self.flow.over(setup, p, g, |l, s| {
            let lever = &setup.levers[l];
            let at = |x: f64| shape_at(setup.shapes[s].shape, x, lever.low, lever.high);
            moves.iter().flatten().find(|m| m.lever == l).map_or(0.0, |m| at(m.to) - at(m.from))
        })
    }

    /// What each side would give back; none where it has nothing to give.
    fn swap(&self, setup: &Setup, g: usize, level: impl Fn(usize) -> f64) -> [Option<Move>; 2] {
        let smallest = setup.scenario.signing.smallest_move.get();
        pair(|p| {
            let own = setup.levers.iter().enumerate().filter(|(_, lever)| lever.holder == p && !lever.is_pledge());
            let moves = own.filter_map(|(l, lever)| {
                let from = level(l);
                let back = given_back(setup, (self.settled.at(l, g).0 - from) * lever.opens / lever.step);
                (back >= smallest).then_some(Move { lever: l, from, to: from + lever.opens * back * lever.step })
            });
            let worth = |m: &Move| self.gain(setup, 1 - p, g, &[Some(*m)]);
            moves.map(|m| (worth(&m), m)).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, m)| m)
        })
    }
}

/// How many big moves a lever goes back that stands so many from what was settled on.
fn given_back(setup: &Setup, away: f64) -> f64 {
    let rules = &setup.scenario.repair;
    (rules.share.get() * away).min(rules.at_most.get())
}

/// How bad relations are, 0 to 1: nobody mends what is not broken.
#[inline]
pub fn strained(tone: f64, below: f64, clash: bool) -> f64 {
    if clash {
        1.0
    } else if tone >= below {
        0.0
    } else {
        ((below - tone) / (below + 1.0)).min(1.0)
    }
}

#[derive(SystemParam)]
struct Rows<'w, 's> {
    until: LanesMut<'w, 's, SwapUntil>,
    began: (LanesMut<'w, 's, SwapDeals>, LanesMut<'w, 's, SwapSnapped>),
    from: LanesMut<'w, 's, SwapFrom>,
    to: LanesMut<'w, 's, SwapTo>,
    count: (LanesMut<'w, 's, Swaps>, LanesMut<'w, 's, SwapsLapsed>),
    level: LanesMut<'w, 's, Level>,
    due: LanesMut<'w, 's, ThreatDue>,
    pending: LanesMut<'w, 's, ThreatPending>,
    next: LanesMut<'w, 's, NextMeeting>,
    clash: LanesMut<'w, 's, ClashOpen>,
    tone: LanesMut<'w, 's, ToneShift>,
}

fn mend(
    setup: Res<Setup>,
    clock: Res<CurrentRound>,
    trace: Res<Trace>,
    orders: Res<Orders>,
    dice: Dice,
    minds: Minds,
    mut rows: Rows,
    mut lanes: Local<[Vec<f64>; 2]>,
) {
    let (rules, round) = (&setup.scenario.repair, clock.round);
    for (lane, draw) in lanes.iter_mut().zip(["agree", "call"]) {
        dice.lane(Stream::named("repair", "table", draw), lane);
    }
    for g in 0..lanes[0].len() {
        if minds.over.at(0, g).0 > 0.0 {
            continue;
        }
        if rows.until.at(0, g).is_set() {
            end(&setup, round, &trace, &minds, &mut rows, g);
            continue;
        }
        let strain = strained(minds.tone.at(0, g).0, rules.below_tone.get(), rows.clash.at(0, g).0 > 0.0);
        let chance = minds.rate.at(0, g).0 * strain;
        // A seat held from outside mends by its own hand.
        if lanes[0][g] >= chance || (0..2).any(|p| orders.moves(p, g, round)) {
            continue;
        }
        let level = rows.level.seen();
        let moves = minds.swap(&setup, g, |l| level.at(l, g).0);
        let gains = pair(|p| setup.stakes(p, minds.gain(&setup, p, g, &moves)));
        let anything = moves.iter().any(Option::is_some) || rows.pending.at(0, g).0 > 0.0;
        if !anything || lanes[0][g] >= chance * agrees(gains, rules.gain.get()) {
            continue;
        }
        agree(&setup, round, &trace, &minds, &mut rows, g, moves, lanes[1][g] < rules.by_call.get());
    }
}

/// How ready both are, by what the swap brings each and what moves them by one unit of log-odds, in stakes a round.
#[inline]
pub fn agrees(gains: [f64; 2], scale: f64) -> f64 {
    gains.iter().map(|gain| logistic(log_odds(*gain, scale))).product()
}

#[allow(clippy::too_many_arguments)]
fn agree(
    setup: &Setup,
    round: u32,
    trace: &Trace,
    minds: &Minds,
    rows: &mut Rows,
    g: usize,
    moves: [Option<Move>; 2],
    call: bool,
) {
    let rules = &setup.scenario.repair;
    let until = round + rules.lasts.get();
    rows.until.at(0, g).0 = f64::from(until);
    rows.began.0.at(0, g).0 = minds.deals.at(0, g).0;
    rows.began.1.at(0, g).0 = minds.snapped.at(0, g).0;
    rows.count.0.at(0, g).0 += 1.0;
    rows.clash.at(0, g).0 = 0.0;
    rows.tone.at(0, g).0 += rules.tone.get();
    let moved: Vec<Move> = moves.into_iter().flatten().collect();
    for m in &moved {
        rows.level.at(m.lever, g).0 = m.to;
        (rows.from.at(m.lever, g).0, rows.to.at(m.lever, g).0) = (m.from, m.to);
    }
    let mut postponed = false;
    for p in 0..2 {
        let due = rows.due.at(p, g);
        if due.0 < f64::from(until) {
            due.0 = f64::from(until);
            postponed = true;
        }
    }
    let (next, soon) = (rows.next.at(0, g), f64::from(round + rules.talks_within.get()));
    if next.0 > soon && rules.talks_within.get() > 0 && minds.summit.at(0, g).0 == 0.0 {
        next.0 = soon;
    }
    trace.note(round, Phase::Mend, None, What::Swapped { call, moved, until, postponed });
}

/// A swap that holds goes on, becomes part of a deal, is void, or lapses.
fn end(setup: &Setup, round: u32, trace: &Trace, minds: &Minds, rows: &mut Rows, g: usize) {
    let dealt = minds.deals.at(0, g).0 > rows.began.0.at(0, g).0;
    let void = minds.snapped.at(0, g).0 != rows.began.1.at(0, g).0;
    let late = f64::from(round) >= rows.until.at(0, g).0;
    if !dealt && !void && !late {
        return;
    }
    let lapses = !dealt && !void;
    let mut moved = vec![];
    for (l, lever) in setup.levers.iter().enumerate() {
        let (from, to) = (rows.from.at(l, g).0, rows.to.at(l, g).0);
        if !from.is_nan() && lapses {
            let level = rows.level.at(l, g);
            let back = if level.0 == to { from } else { level.0 - (to - from) };
            // What a court forbids comes back with no swap.
            let back = back.clamp(lever.low, lever.high - minds.closed.at(l, g).0);
            moved.push(Move { lever: l, from: level.0, to: back });
            level.0 = back;
        }
        (rows.from.at(l, g).0, rows.to.at(l, g).0) = (NONE, NONE);
    }
    let until = std::mem::replace(&mut rows.until.at(0, g).0, NONE);
    if lapses {
        rows.count.1.at(0, g).0 += 1.0;
        rows.tone.at(0, g).0 += setup.scenario.repair.lapsed_tone.get();
        trace.note(round, Phase::Mend, None, What::SwapLapsed { moved });
    } else if dealt {
        // What was put off is settled.
        for p in 0..2 {
            let due = rows.due.at(p, g);
            if due.0 == until {
                due.0 = NONE;
                rows.pending.at(0, g).0 -= 1.0;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{agrees, strained};

    #[test]
    fn what_hurts_both_is_mended_sooner() {
        assert_eq!(agrees([0.0, 0.0], 0.01), 0.25);
        assert!(agrees([0.02, 0.02], 0.01) > 0.7);
        assert_eq!(agrees([0.02, -0.05], 0.01), agrees([-0.05, 0.02], 0.01));
        assert!(agrees([0.02, -0.05], 0.01) < 0.01, "who would lose by it has no reason");
    }

    #[test]
    fn the_worse_the_tone_the_sooner_it_is_mended() {
        assert_eq!([0.3, -0.5, -0.75, -1.0].map(|tone| strained(tone, -0.5, false)), [0.0, 0.0, 0.5, 1.0]);
        assert_eq!(strained(0.5, -0.2, true), 1.0);
        assert_eq!(strained(-1.0, -1.0, false), 0.0, "nothing lies below the worst");
    }
}
