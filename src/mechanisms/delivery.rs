//! Pledges are delivered week by week, in part or in full, and reviewed.
//!
//! A commitment on a lever with pledge share 1 delivers `d += h eps`, eps = N(1, .15) clamped to [0, 2], and moves
//! the lever to `base + (goal - base) h min(1, n / ramp)` after n rounds. h is the party's honesty, divided by how
//! much it inflates what it promises (`Dangle`), or what its capacity allows (`Capacity`). Every 8 rounds the share
//! delivered is counted as word kept and broken. Of any other lever the share `pledge_share` of a move is promise: the rest
//! moves at once, and of the promise the share h comes in even steps over the ramp, is then reviewed, and is void when the
//! truce lapses. Each side delivers in step with the other: of what is due from it in a round it holds back the share
//! `in_step (1 - k_q)`, k_q the part of what was due so far that the other delivered; what is held back so is not owed. In the
//! manner of London, where licences for magnets and for software came back side by side. `delivery` off: promises are kept at once, and everyone knows it.
//! Record: of the purchases pledged in January 2020, $288.8 bn of $502.4 bn came by the end of 2021 (Bown, PIIE 2022).

use bevy_ecs::prelude::*;

use crate::codes::Coded;
use crate::scenario::rules::Switch;
use crate::scenario::strategy::Pledge;
use crate::world::CurrentRound;
use crate::world::build::Build;
use crate::world::components::{
    Agreed, Closed, Honesty, Initialled, Intends, Level, PromisedRounds, Settled, Shortfall, Snapped, Stage, Unused,
    WordBrokenNews, WordKeptNews,
};
use crate::world::dice::{Dice, Stream};
use crate::world::hands::settles;
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::maths::normal_quantile;
use crate::world::measure::{Chapter, From, Measures};
use crate::world::mechanism::Mechanism;
use crate::world::phase::Phase;
use crate::world::rows::{Lever, NONE, Party, Table, Value, is_set, values};
use crate::world::setup::{LeverSetup, NOBODY, Setup, Source, source};
use crate::world::trace::{Trace, What};

values! { Lever;
    /// Level before the pledge.
    PledgeBase = 0.0;
    /// Level pledged.
    PledgeGoal = 0.0;
    /// Round of the pledge; none where not a number.
    PledgedAt = NONE;
    /// Rounds of delivery due so far.
    PledgeDue = 0.0;
    /// Rounds' worth delivered so far.
    PledgeDelivered = 0.0;
    /// What is still promised of a move that was made in part: how far it goes each round.
    PromisedStep = 0.0;
}

values! { Party;
    /// How many times what it means to deliver it promises.
    Inflates = 1.0;
    /// What it can deliver, as a share of a lever's range; any amount where not a number.
    CanDeliver = NONE;
    /// What was due of it so far of the latest deal, a lever counting by the part of it that is promise.
    DueSoFar = 0.0;
    /// How much of that it delivered.
    CameSoFar = 0.0;
    /// The share of what is due from it that it does not hold back.
    Releases = 1.0;
}

values! { Table;
    /// Spread of a round's delivery.
    DeliveryNoise = 0.0;
}

/// The rule.
pub const MECHANISM: Mechanism =
    Mechanism { name: "delivery", switch: Some(Switch::Delivery), equip, install, measure };

/// Lists start values.
fn equip(setup: &mut Setup) {
    for p in 0..2 {
        let label = setup.parties[p].dice.clone();
        match setup.parties[p].strategy.pledge.clone() {
            Pledge::Honest => {}
            Pledge::Dangle { inflate } => setup.start::<Inflates>(p, source(&inflate, &label, "inflate")),
            Pledge::Capacity { share } => {
                setup.start::<CanDeliver>(p, source(&share, &label, "capacity"));
                setup.start::<Honesty>(p, Source::Fixed(1.0));
            }
        }
    }
    let noise = setup.scenario.delivery.noise;
    setup.start::<DeliveryNoise>(0, source(&noise, "table", "delivery noise"));
}

/// Adds the systems.
fn install(b: &mut Build) {
    b.rows::<(PledgeBase, PledgeGoal, PledgedAt, PledgeDue, PledgeDelivered, PromisedStep)>();
    b.rows::<(Inflates, CanDeliver, DeliveryNoise, DueSoFar, CameSoFar, Releases)>();
    b.system(Phase::Brief, "delivery: what each side means to keep", intend);
    b.system(Phase::Deliver, "delivery: pledges are delivered and reviewed", deliver);
    b.system(Phase::Promise, "delivery: pledges are made", promise);
}

/// Lists what is measured.
fn measure(setup: &Setup, m: &mut Measures) {
    if setup.is_on(Switch::Talks) && setup.levers.iter().any(|l| l.is_pledge()) {
        let about = "part of the pledges that was delivered";
        let delivered = From::Ratio(PledgeDelivered::COLUMN, PledgeDue::COLUMN);
        m.metric(Chapter::Deal, "delivered_share", "share", about, delivered).in_some_of("deal", "a pledge fell due");
    }
}

fn intend(
    clock: Res<CurrentRound>,
    honesty: Lanes<Honesty>,
    inflates: Lanes<Inflates>,
    mut intends: LanesMut<Intends>,
) {
    if clock.round > 0 {
        return;
    }
    for p in 0..2 {
        for (intends, (h, i)) in intends.lane(p).iter_mut().zip(honesty.lane(p).iter().zip(inflates.lane(p))) {
            intends.0 = h.0 / i.0.max(1.0);
        }
    }
}

#[derive(bevy_ecs::system::SystemParam)]
struct Commitments<'w, 's> {
    base: LanesMut<'w, 's, PledgeBase>,
    goal: LanesMut<'w, 's, PledgeGoal>,
    at: LanesMut<'w, 's, PledgedAt>,
    due: LanesMut<'w, 's, PledgeDue>,
    delivered: LanesMut<'w, 's, PledgeDelivered>,
    step: LanesMut<'w, 's, PromisedStep>,
    rounds: LanesMut<'w, 's, PromisedRounds>,
    so_far: (LanesMut<'w, 's, DueSoFar>, LanesMut<'w, 's, CameSoFar>),
    releases: LanesMut<'w, 's, Releases>,
}

impl Commitments<'_, '_> {
    /// A new deal: nothing was due of it yet.
    fn begin(&mut self, g: usize) {
        for p in 0..2 {
            (self.so_far.0.at(p, g).0, self.so_far.1.at(p, g).0, self.releases.at(p, g).0) = (0.0, 0.0, 1.0);
        }
    }

    /// How much each side releases next round follows from what the other delivered so far.
    fn keep_in_step(&mut self, in_step: f64) {
        if in_step == 0.0 {
            return;
        }
        for p in 0..2 {
            let (due, came) = (self.so_far.0.lane(1 - p), self.so_far.1.lane(1 - p));
            for (releases, (due, came)) in self.releases.lane(p).iter_mut().zip(due.iter().zip(came.iter())) {
                releases.0 = releases_with(in_step, due.0, came.0);
            }
        }
    }
}

fn promise(
    setup: Res<Setup>,
    clock: Res<CurrentRound>,
    initialled: Lanes<Initialled>,
    level: Lanes<Level>,
    agreed: Lanes<Agreed>,
    intends: Lanes<Intends>,
    mut c: Commitments,
) {
    let signed = initialled.lane(0);
    if signed.iter().all(|stage| !stage.is(Stage::Ratified)) {
        return;
    }
    signed.iter().enumerate().filter(|(_, stage)| stage.is(Stage::Ratified)).for_each(|(g, _)| c.begin(g));
    for (l, _) in setup.levers.iter().enumerate().filter(|(_, lever)| lever.is_pledge()) {
        let (agreed, level) = (agreed.lane(l), level.lane(l));
        let (base, goal, at) = (c.base.lane(l), c.goal.lane(l), c.at.lane(l));
        let (due, delivered) = (c.due.lane(l), c.delivered.lane(l));
        for (g, _) in signed.iter().enumerate().filter(|(_, stage)| stage.is(Stage::Ratified)) {
            if agreed[g].is_set() {
                (base[g].0, goal[g].0, at[g].0) = (level[g].0, agreed[g].0, f64::from(clock.round));
                (due[g].0, delivered[g].0) = (0.0, 0.0);
            }
        }
    }
    let ramp = f64::from(setup.scenario.delivery.ramp.get());
    let in_part = |lever: &LeverSetup| lever.pledge > 0.0 && !lever.is_pledge() && lever.holder != NOBODY;
    for (l, lever) in setup.levers.iter().enumerate().filter(|(_, lever)| in_part(lever)) {
        let (agreed, level, intends) = (agreed.lane(l), level.lane(l), intends.lane(lever.holder));
        let (step, rounds) = (c.step.lane(l), c.rounds.lane(l));
        for (g, _) in signed.iter().enumerate().filter(|(_, stage)| stage.is(Stage::Ratified)) {
            if agreed[g].is_set() {
                step[g].0 = (agreed[g].0 - level[g].0) * lever.pledge * intends[g].0 / ramp;
                rounds[g].0 = ramp;
            }
        }
    }
}

#[derive(bevy_ecs::system::SystemParam)]
struct Delivering<'w, 's> {
    intends: Lanes<'w, 's, Intends>,
    capacity: Lanes<'w, 's, CanDeliver>,
    noise: Lanes<'w, 's, DeliveryNoise>,
    snapped: Lanes<'w, 's, Snapped>,
    level: LanesMut<'w, 's, Level>,
    settled: LanesMut<'w, 's, Settled>,
    unused: Lanes<'w, 's, Unused>,
    closed: Lanes<'w, 's, Closed>,
    kept: LanesMut<'w, 's, WordKeptNews>,
    broken: LanesMut<'w, 's, WordBrokenNews>,
    short: LanesMut<'w, 's, Shortfall>,
}

fn deliver(
    setup: Res<Setup>,
    clock: Res<CurrentRound>,
    trace: Res<Trace>,
    dice: Dice,
    mut c: Commitments,
    mut d: Delivering,
    mut lane: Local<Vec<f64>>,
    mut pledged: Local<Vec<usize>>,
) {
    let (rules, review) = (&setup.scenario.delivery, &setup.scenario.credibility);
    d.short.all().iter_mut().for_each(|short| short.0 = 0.0);
    keep_promises(&setup, &clock, &trace, &mut c, &mut d);
    for (l, lever) in setup.levers.iter().enumerate() {
        if !lever.is_pledge() || lever.holder == NOBODY || c.at.lane(l).iter().all(|at| !at.is_set()) {
            continue;
        }
        let by = lever.holder;
        dice.lane(Stream::named("delivery", &lever.key, "noise"), &mut lane);
        pledged.clear();
        pledged.extend(c.at.lane(l).iter().enumerate().filter(|(_, at)| at.is_set()).map(|(g, _)| g));
        let (base, goal, at) = (c.base.lane(l), c.goal.lane(l), c.at.lane(l));
        let (due, delivered) = (c.due.lane(l), c.delivered.lane(l));
        let (intends, capacity, noise) = (d.intends.lane(by), d.capacity.lane(by), d.noise.lane(0));
        let (level, kept, broken, short) = (d.level.lane(l), d.kept.lane(by), d.broken.lane(by), d.short.lane(by));
        let (closed, owed, came_in, releases) =
            (d.closed.lane(l), c.so_far.0.lane(by), c.so_far.1.lane(by), c.releases.lane(by));
        for &g in pledged.iter() {
            let (base, goal) = (base[g].0, goal[g].0);
            let asked = (goal - base).abs() / (lever.high - lever.low);
            let h = kept_share(intends[g].0, capacity[g].0, asked);
            let (n, releases) = (f64::from(clock.round) - at[g].0, releases[g].0);
            let came = h * (1.0 + noise[g].0 * normal_quantile(lane[g])).clamp(0.0, 2.0);
            due[g].0 += releases;
            delivered[g].0 += releases * came;
            owed[g].0 += releases;
            came_in[g].0 += releases * came.min(1.0);
            let share = if due[g].0 > 0.0 { (delivered[g].0 / due[g].0).clamp(0.0, 1.0) } else { 1.0 };
            let delivers = delivered_level(base, goal, releases * h, n, f64::from(rules.ramp.get()));
            level[g].0 = delivers.clamp(lever.reach_low, lever.reach_high).min(lever.high - closed[g].0);
            if (n as u32).is_multiple_of(review.review_every.get().max(1)) {
                kept[g].0 += review.review.get() * share;
                broken[g].0 += review.review.get() * (1.0 - share);
                short[g].0 += 1.0 - share;
                trace.note(clock.round, Phase::Deliver, Some(by), What::Reviewed { lever: l, delivered: share });
            }
        }
    }
    c.keep_in_step(rules.in_step.get());
}

/// What was promised of moves that were made in part comes by a step, and is reviewed when the last is due.
fn keep_promises(setup: &Setup, clock: &CurrentRound, trace: &Trace, c: &mut Commitments, d: &mut Delivering) {
    let review = &setup.scenario.credibility;
    for (l, lever) in setup.levers.iter().enumerate() {
        if c.rounds.lane(l).iter().all(|rounds| rounds.0 == 0.0) {
            continue;
        }
        let (step, rounds, snapped) = (c.step.lane(l), c.rounds.lane(l), d.snapped.lane(0));
        let (level, settled, unused, closed) = (d.level.lane(l), d.settled.lane(l), d.unused.lane(l), d.closed.lane(l));
        let by = lever.holder;
        let (owed, came_in, releases) = (c.so_far.0.lane(by), c.so_far.1.lane(by), c.releases.lane(by));
        let (intends, kept, broken, short) = (d.intends.lane(by), d.kept.lane(by), d.broken.lane(by), d.short.lane(by));
        for g in 0..rounds.len() {
            if rounds[g].0 == 0.0 {
                continue;
            }
            if snapped[g].0 > 0.0 {
                rounds[g].0 = 0.0; // void
                continue;
            }
            if unused[g].0 > 0.0 {
                continue; // what a court keeps out of use cannot be given up: the promise waits
            }
            let (releases, due) = (releases[g].0, lever.pledge * releases[g].0);
            level[g].0 = (level[g].0 + releases * step[g].0).clamp(lever.low, lever.high - closed[g].0);
            settled[g].0 = settles(settled[g].0, level[g].0, step[g].0);
            owed[g].0 += due;
            came_in[g].0 += due * intends[g].0.min(1.0);
            rounds[g].0 -= 1.0;
            if rounds[g].0 == 0.0 {
                let (delivered, weight) = (intends[g].0, review.review.get() * lever.pledge);
                kept[g].0 += weight * delivered;
                broken[g].0 += weight * (1.0 - delivered);
                short[g].0 += lever.pledge * (1.0 - delivered);
                trace.note(clock.round, Phase::Deliver, Some(by), What::Reviewed { lever: l, delivered });
            }
        }
    }
}

/// The share of a pledge that is kept: what is meant, up to what can be done; `asked` is the pledge as a share of the
/// lever's range.
#[inline]
pub fn kept_share(intends: f64, capacity: f64, asked: f64) -> f64 {
    if !is_set(capacity) || asked <= capacity { intends } else { intends * capacity / asked }
}

/// The share of what is due that a side releases, when of the other's promises so much was due so far and so much came.
#[inline]
pub fn releases_with(in_step: f64, due: f64, came: f64) -> f64 {
    if due > 0.0 { 1.0 - in_step * (1.0 - came / due).clamp(0.0, 1.0) } else { 1.0 }
}

/// Where delivery has brought the lever after n rounds.
#[inline]
pub fn delivered_level(base: f64, goal: f64, h: f64, n: f64, ramp: f64) -> f64 {
    base + (goal - base) * h * (n / ramp.max(1.0)).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delivery_ramps_up_to_what_is_meant() {
        assert_eq!(delivered_level(0.0, 100.0, 0.5, 4.0, 8.0), 25.0);
        assert_eq!(delivered_level(0.0, 100.0, 0.5, 80.0, 8.0), 50.0);
        assert_eq!(delivered_level(20.0, 20.0, 0.5, 8.0, 8.0), 20.0);
    }

    #[test]
    fn who_gets_nothing_holds_back() {
        assert_eq!(
            [releases_with(0.5, 0.0, 0.0), releases_with(0.5, 4.0, 4.0), releases_with(0.0, 4.0, 1.0)],
            [1.0; 3]
        );
        assert_eq!([releases_with(0.5, 4.0, 0.0), releases_with(1.0, 4.0, 1.0)], [0.5, 0.25]);
    }

    #[test]
    fn capacity_binds_only_large_pledges() {
        assert_eq!(kept_share(1.0, 0.3, 0.2), 1.0);
        assert!((kept_share(1.0, 0.3, 0.6) - 0.5).abs() < 1e-15);
        assert_eq!(kept_share(0.4, NONE, 0.9), 0.4);
    }

    /// Of a baseline B and an increment I, a market that gives the share m of B and a party that keeps the share h of
    /// I deliver (B m + h I) / (B + I). The record of 2020-21 lies on a line of (h, m), not on one point of it.
    #[test]
    fn phase_one_lies_on_its_line() {
        let (baseline, increment) = (302.4, 200.0);
        let share =
            |h: f64, m: f64| (baseline * m + delivered_level(0.0, increment, h, 80.0, 8.0)) / (baseline + increment);
        for m in [0.955, 0.90, 0.80] {
            let h = (288.8 - baseline * m) / increment;
            assert!((share(h, m) - 288.8 / 502.4).abs() < 1e-12, "m {m}");
        }
        assert!((share(0.0, 0.955) - 0.5748).abs() < 1e-4);
    }
}
