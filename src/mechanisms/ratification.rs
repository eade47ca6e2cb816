//! An initialled package is judged at home, on each side.
//!
//! `support = (1 - sum power) logistic(U_gov / .3 u) + sum power_f logistic(U_f / .3 u)`, U_gov with prize and signing cost,
//! U_f the levers alone under the faction's weights; it passes with chance `logistic((support - theta) / .09)`. A
//! package that fails (involuntary defection: Putnam 1988; Iida 1993) costs word and tone, and the government whose home it was
//! .0075 stakes a round for as long as the deal would have lived. Negotiators foresee the votes (`crate::session`). `ratification` off: every
//! package passes.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;

use crate::codes::Coded;
use crate::scenario::rules::Switch;
use crate::table::situation::LEVERS_MAX;
use crate::table::values::{bite, keep, own_keep};
use crate::world::CurrentRound;
use crate::world::build::Build;
use crate::world::components::{
    Agreed, Annuity, BrokenPrice, Initialled, Intends, Leak, Level, Patience, RatifyBar, Resilience, Sessions, Stage,
    ToneShift, Total, WordBroken, WordBrokenNews, WordKept, Worth,
};
use crate::world::dice::{Dice, Stream};
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::maths::{believed, log_odds, logistic, power};
use crate::world::measure::{Chapter, From, Measures};
use crate::world::mechanism::Mechanism;
use crate::world::orders::{About, Ask, At, Orders};
use crate::world::phase::Phase;
use crate::world::rows::{NONE, Table, Value, is_set, pair, values};
use crate::world::setup::{NOBODY, Setup, shape_at, source};
use crate::world::trace::{Trace, What};

values! { Table;
    /// Packages that failed at home.
    Rejections = 0.0;
}

/// The rule.
pub const MECHANISM: Mechanism =
    Mechanism { name: "ratification", switch: Some(Switch::Talks), equip, install, measure };

/// Lists start values.
fn equip(setup: &mut Setup) {
    let scenario = setup.scenario.clone();
    for (p, party) in scenario.parties.values().enumerate() {
        let from = source(&party.ratify, &setup.parties[p].dice, "ratify");
        setup.start::<RatifyBar>(p, from);
    }
}

/// Adds the system.
fn install(b: &mut Build) {
    b.rows::<(Rejections,)>();
    if b.setup.is_on(Switch::Ratification) {
        b.system(Phase::Ratify, "ratification: the package is judged at home", judge);
    } else {
        b.system(Phase::Ratify, "ratification: every package passes", pass);
    }
}

/// Lists what is measured.
fn measure(setup: &Setup, m: &mut Measures) {
    if setup.is_on(Switch::Ratification) {
        m.event("rejected_at_home", "a package failed at home at least once", Rejections::COLUMN);
        let failed = From::Column(Rejections::COLUMN, 0);
        m.metric(Chapter::Talks, "rejections", "packages", "packages that failed at home", failed);
    }
}

fn pass(mut initialled: LanesMut<Initialled>) {
    for signed in initialled.lane(0) {
        if signed.is(Stage::Initialled) {
            signed.set(Stage::Ratified);
        }
    }
}

#[derive(SystemParam)]
struct Home<'w, 's> {
    bar: Lanes<'w, 's, RatifyBar>,
    worth: Lanes<'w, 's, Worth>,
    annuity: Lanes<'w, 's, Annuity>,
    intends: Lanes<'w, 's, Intends>,
    word: (Lanes<'w, 's, WordKept>, Lanes<'w, 's, WordBroken>),
    resilience: Lanes<'w, 's, Resilience>,
    leak: Lanes<'w, 's, Leak>,
    price: Lanes<'w, 's, BrokenPrice>,
    level: Lanes<'w, 's, Level>,
    agreed: Lanes<'w, 's, Agreed>,
    sessions: Lanes<'w, 's, Sessions>,
}

#[derive(SystemParam)]
struct Verdict<'w, 's> {
    total: LanesMut<'w, 's, Total>,
    patience: Lanes<'w, 's, Patience>,
    initialled: LanesMut<'w, 's, Initialled>,
    rejections: LanesMut<'w, 's, Rejections>,
    broken: LanesMut<'w, 's, WordBrokenNews>,
    tone: LanesMut<'w, 's, ToneShift>,
}

fn judge(
    setup: Res<Setup>,
    clock: Res<CurrentRound>,
    trace: Res<Trace>,
    orders: Res<Orders>,
    dice: Dice,
    home: Home,
    mut verdict: Verdict,
) {
    let rules = &setup.scenario.ratification;
    let judged: Vec<usize> = verdict
        .initialled
        .lane(0)
        .iter()
        .enumerate()
        .filter(|(_, stage)| stage.is(Stage::Initialled))
        .map(|(g, _)| g)
        .collect();
    // First all of them decide; where one outside has not yet, nothing is judged.
    let votes: Vec<[Vote; 2]> =
        judged.iter().map(|g| pair(|p| vote(&setup, &clock, &orders, &dice, &home, p, *g))).collect();
    if orders.hold(Phase::Ratify) {
        return;
    }
    for (g, votes) in judged.into_iter().zip(votes) {
        let mut passes = true;
        for (p, Vote { support, chance, passed }) in votes.into_iter().enumerate() {
            if !passed {
                passes = false;
                let lost = setup.points(p, rules.failed) * home.annuity.at(p, g).0;
                verdict.total.at(p, g).0 -= lost * power(verdict.patience.at(p, g).0, clock.round);
                verdict.rejections.at(0, g).0 += 1.0;
                verdict.broken.at(p, g).0 += setup.scenario.credibility.rejected.get();
                verdict.tone.at(0, g).0 += rules.rejected_tone.get();
            }
            let what = if passed { What::Passed { support, chance } } else { What::Rejected { support, chance } };
            trace.note(clock.round, Phase::Ratify, Some(p), what);
        }
        verdict.initialled.at(0, g).set(if passes { Stage::Ratified } else { Stage::Nothing });
    }
}

/// How a package fares at one party's home.
#[derive(Clone, Copy)]
struct Vote {
    support: f64,
    chance: f64,
    passed: bool,
}

/// Party p's vote on the package of game g: a draw, or a decision from outside.
fn vote(setup: &Setup, clock: &CurrentRound, orders: &Orders, dice: &Dice, home: &Home, p: usize, g: usize) -> Vote {
    let support = support(setup, home, p, g);
    let scale = setup.scenario.ratification.scale.get();
    let chance = logistic((support - home.bar.at(p, g).0) / scale.max(1e-6));
    let session = home.sessions.at(0, g).0 as u64;
    let drawn = || dice.one_at(Stream::named("ratification", &setup.parties[p].dice, "vote"), session, g) < chance;
    let about = || About::Package { worth: home.worth.at(p, g).0, support, chance };
    let passed = orders.says(g, At { round: clock.round, party: p, ask: Ask::Ratify }, about).unwrap_or_else(drawn);
    Vote { support, chance, passed }
}

/// Support at home for the package of game g.
fn support(setup: &Setup, home: &Home, p: usize, g: usize) -> f64 {
    let believed = |q: usize| believed(home.word.0.at(q, g).0, home.word.1.at(q, g).0);
    let mut levels = [(0.0, NONE); LEVERS_MAX];
    let (level, agreed) = (home.level.sheet(), home.agreed.sheet());
    for (l, x) in levels[..setup.levers.len()].iter_mut().enumerate() {
        *x = (level.at(l, g).0, agreed.at(l, g).0);
    }
    let package = Package {
        worth: home.worth.at(p, g).0,
        annuity: home.annuity.at(p, g).0,
        intends: home.intends.at(p, g).0,
        believed: [believed(0), believed(1)],
        resilience: home.resilience.at(p, g).0,
        leak: home.leak.at(0, g).0,
        price: home.price.at(0, g).0,
        levels: &levels,
    };
    support_for(setup, p, &package)
}

/// A package as it is looked at from home.
#[derive(Debug, Clone, Copy)]
pub struct Package<'a> {
    /// What it is worth to the government, prize and cost included.
    pub worth: f64,
    /// What a point a week is worth over its life.
    pub annuity: f64,
    /// Share of a pledge that the party means to deliver.
    pub intends: f64,
    /// How far each party's pledges are believed.
    pub believed: [f64; 2],
    /// The party's independence.
    pub resilience: f64,
    /// What leaks.
    pub leak: f64,
    /// Share of a pledge's cost that breaking it does not save.
    pub price: f64,
    /// Where each lever stands and where the package puts it (not a number: nowhere else).
    pub levels: &'a [(f64, f64)],
}

/// The rule: the leader's part of support and each faction's.
pub fn support_for(setup: &Setup, p: usize, package: &Package) -> f64 {
    let points = setup.points(p, setup.scenario.ratification.worth);
    let with = |worth: f64| logistic(log_odds(worth, points));
    if !setup.is_on(Switch::Factions) {
        return with(package.worth);
    }
    let party = &setup.parties[p];
    let mut dims = [0.0; 3];
    for e in &party.effects {
        let (lever, shape) = (&setup.levers[e.lever], &setup.shapes[e.shape]);
        let (from, to) = package.levels[e.lever];
        if !is_set(to) {
            continue;
        }
        let kept = if lever.holder == NOBODY {
            1.0
        } else if lever.holder == p {
            own_keep(lever.pledge, package.intends, package.price)
        } else {
            keep(lever.pledge, package.believed[lever.holder])
        };
        let bites = bite(setup, p, e.lever, package.resilience, package.leak);
        let at = |x: f64| shape_at(shape.shape, x, lever.low, lever.high);
        let base = if lever.pie { 0.0 } else { at(from) };
        dims[e.dimension] += e.points * kept * bites * (at(to) - base);
    }
    let mut support = party.leader * with(package.worth);
    for f in &setup.factions[party.factions.clone()] {
        let worth: f64 = f.weights.iter().zip(dims).map(|(w, d)| w * d).sum();
        support += f.power * with(worth * package.annuity);
    }
    support
}
