//! Courts in stages: a case goes from court to court; while a ruling is in force, the layers that it forbids are out of use.
//!
//! Stage k comes `after` rounds after the one before, with chance `reached`; it rules against the layers with chance `against`,
//! and such a ruling is stayed until the next stage has ruled with chance `stayed`. A stage that rules for them sets them in
//! force again; where no further stage comes, what holds stands. A snap, a threat or a lapse does not bring back what is
//! struck; when it is set in force again it stands where the law on paper has come to meanwhile. The Court of International
//! Trade struck the emergency tariffs down on 28 May 2025; the Federal Circuit stayed that on 29 May and 10 June, and is to hear
//! it on 31 July (Thompson Hine, Squire). What comes of it is judgement. `courts` off: no case is decided.

use bevy_ecs::prelude::*;

use crate::scenario::rules::Switch;
use crate::world::CurrentRound;
use crate::world::build::Build;
use crate::world::calendar::CaseSetup;
use crate::world::components::Over;
use crate::world::dice::{Dice, Stream};
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::layers::Layers;
use crate::world::measure::{Chapter, From, Measures};
use crate::world::mechanism::Mechanism;
use crate::world::phase::Phase;
use crate::world::rows::{Case, NONE, Table, Value, values};
use crate::world::setup::{Setup, source};
use crate::world::trace::{Trace, What};

values! { Case;
    /// The round in which the next court rules; none once the case is over.
    RulesAt = NONE;
    /// Stages past.
    StagesPast = 0.0;
    /// 1 while a ruling against its layers is in force.
    InForce = 0.0;
}
values! { Table;
    /// Rulings that came into force.
    RulingsInForce = 0.0;
    /// Rounds in which one was in force.
    RoundsStruck = 0.0;
}

/// The rule.
pub const MECHANISM: Mechanism = Mechanism { name: "courts", switch: Some(Switch::Courts), equip, install, measure };

/// Lists start values.
fn equip(setup: &mut Setup) {
    for i in 0..setup.calendar.cases.len() {
        let case = &setup.calendar.cases[i];
        if let Some(first) = case.stages.first() {
            let after = source(&first.after, &format!("case {i}"), "first ruling");
            setup.start::<RulesAt>(i, after);
        }
    }
}

/// Adds the system, where a case can strike something.
fn install(b: &mut Build) {
    b.rows::<(RulesAt, StagesPast, InForce, RulingsInForce, RoundsStruck)>();
    if can_strike(b.setup) {
        b.system(Phase::Judge, "courts: a case is decided", judge);
    }
}

/// Lists what is measured.
fn measure(setup: &Setup, m: &mut Measures) {
    if can_strike(setup) {
        m.event("ruling_in_force", "a court's ruling took a layer of a lever out of use", RulingsInForce::COLUMN);
        let rounds = From::Column(RoundsStruck::COLUMN, 0);
        m.metric(Chapter::Spans, "rounds_struck", "rounds", "rounds in which a court's ruling was in force", rounds);
    }
}

fn can_strike(setup: &Setup) -> bool {
    setup.calendar.cases.iter().any(|case| !case.layers.is_empty())
}

/// What a court decides.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Ruling {
    against: bool,
    stayed: bool,
}

#[derive(bevy_ecs::system::SystemParam)]
struct Rows<'w, 's> {
    over: Lanes<'w, 's, Over>,
    at: LanesMut<'w, 's, RulesAt>,
    past: LanesMut<'w, 's, StagesPast>,
    force: LanesMut<'w, 's, InForce>,
    rulings: LanesMut<'w, 's, RulingsInForce>,
    rounds: LanesMut<'w, 's, RoundsStruck>,
}

fn judge(
    setup: Res<Setup>,
    clock: Res<CurrentRound>,
    trace: Res<Trace>,
    dice: Dice,
    mut rows: Rows,
    mut layers: Layers,
) {
    for (i, case) in setup.calendar.cases.iter().enumerate().filter(|(_, case)| !case.layers.is_empty()) {
        for g in 0..rows.over.lane(0).len() {
            if rows.over.at(0, g).0 > 0.0 {
                continue;
            }
            // A date within a round is that round's; one that is none never comes.
            while rows.at.at(i, g).0 < f64::from(clock.round + 1) {
                let past = rows.past.at(i, g);
                let k = past.0 as usize;
                past.0 += 1.0;
                let decided = decide(case, (i, k), g, &dice);
                rows.at.at(i, g).0 = match (decided, case.stages.get(k + 1)) {
                    (Some(_), Some(next)) => f64::from(clock.round) + later(next.after, (i, k + 1), g, &dice),
                    _ => NONE,
                };
                let Some(ruling) = decided else { continue };
                let (was, is) = (rows.force.at(i, g).0 > 0.0, ruling.against && !ruling.stayed);
                rows.force.at(i, g).0 = f64::from(u8::from(is));
                let moved = if was == is { None } else { layers.rule(&setup, &case.layers, g, is) };
                rows.rulings.at(0, g).0 += f64::from(u8::from(is && !was));
                let (court, what) = (case.stages[k].court.clone(), case.what.clone());
                let Ruling { against, stayed } = ruling;
                trace.note(clock.round, Phase::Judge, None, What::Ruled { court, what, against, stayed, moved });
            }
        }
    }
    for g in 0..rows.over.lane(0).len() {
        let struck = (0..setup.calendar.cases.len()).any(|i| rows.force.at(i, g).0 > 0.0);
        rows.rounds.at(0, g).0 += f64::from(u8::from(struck && rows.over.at(0, g).0 == 0.0));
    }
}

/// The dice of a stage of a case.
fn stream((i, k): (usize, usize), draw: &str) -> Stream {
    Stream::named("courts", &format!("{i} {k}"), draw)
}

/// Rounds to the next stage, one at least.
fn later(after: crate::scenario::draw::Draw<crate::units::RoundsF>, at: (usize, usize), g: usize, dice: &Dice) -> f64 {
    dice.anew(&after, stream(at, "date"), 0, g).floor().max(1.0)
}

/// What a stage comes to; nothing where the case does not get so far.
fn decide(case: &CaseSetup, at: (usize, usize), g: usize, dice: &Dice) -> Option<Ruling> {
    let stage = &case.stages[at.1];
    let falls = |chance: f64, draw: &str| dice.one_at(stream(at, draw), 0, g) < chance;
    if !falls(stage.reached.get(), "reached") {
        return None;
    }
    let against = falls(stage.against.get(), "ruling");
    Some(Ruling { against, stayed: against && falls(stage.stayed.get(), "stay") })
}
