//! A war of attrition: each round both hold out at a cost, until one gives in and the other takes the prize.
//!
//! A party that extends by `Attrition` gives in with chance `h = cost / (prize + cost)` a round, which leaves the other
//! indifferent; the contest lasts `1 / (1 - (1 - h)^2)` rounds on average and waiting gains nothing (Hendricks, Weiss
//! and Wilson, International Economic Review 29, 1988). The prize goes to whoever did not give in; to nobody if both
//! did at once.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;

use crate::scenario::rules::Switch;
use crate::scenario::strategy::Extend;
use crate::world::CurrentRound;
use crate::world::build::Build;
use crate::world::components::{Over, Total};
use crate::world::dice::{Dice, Stream};
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::measure::{Chapter, From, Measures};
use crate::world::mechanism::Mechanism;
use crate::world::phase::Phase;
use crate::world::rows::{Party, Table, Value, values};
use crate::world::setup::{Setup, Source, source};
use crate::world::trace::{Trace, What};

values! { Party;
    /// Chance of giving in each round.
    GivesIn = 0.0;
    /// 1 once it has given in.
    GaveIn = 0.0;
}
values! { Table;
    /// Rounds the contest lasted.
    Endured = 0.0;
}

/// The rule.
pub const MECHANISM: Mechanism =
    Mechanism { name: "standoff", switch: Some(Switch::Standoff), equip, install, measure };

/// Lists start values.
fn equip(setup: &mut Setup) {
    let Some(rules) = setup.scenario.standoff.clone() else { return };
    let auto = rules.indifferent();
    for p in 0..2 {
        let label = setup.parties[p].dice.clone();
        let hazard = match setup.parties[p].strategy.extend.clone() {
            Extend::Attrition { hazard: Some(h) } => source(&h, &label, "extend hazard"),
            Extend::Attrition { hazard: None } => Source::Fixed(auto),
            Extend::Always => Source::Fixed(1.0),
            _ => Source::Fixed(0.0),
        };
        setup.start::<GivesIn>(p, hazard);
    }
}

/// Adds the system, where there is a contest.
fn install(b: &mut Build) {
    b.rows::<(GivesIn, GaveIn, Endured)>();
    if b.setup.scenario.standoff.is_some() {
        b.system(Phase::Endure, "standoff: both hold out or one gives in", endure);
    }
}

/// Lists what is measured.
fn measure(setup: &Setup, m: &mut Measures) {
    if setup.scenario.standoff.is_some() {
        m.metric(Chapter::Spans, "endured", "rounds", "rounds the contest lasted", From::Column(Endured::COLUMN, 0));
    }
}

#[derive(SystemParam)]
struct Rows<'w, 's> {
    hazard: Lanes<'w, 's, GivesIn>,
    gave_in: LanesMut<'w, 's, GaveIn>,
    endured: LanesMut<'w, 's, Endured>,
    total: LanesMut<'w, 's, Total>,
    over: LanesMut<'w, 's, Over>,
}

fn endure(
    setup: Res<Setup>,
    clock: Res<CurrentRound>,
    trace: Res<Trace>,
    dice: Dice,
    mut rows: Rows,
    mut lanes: Local<[Vec<f64>; 2]>,
) {
    let Some(rules) = &setup.scenario.standoff else { return };
    for (p, party) in setup.parties.iter().enumerate() {
        dice.lane(Stream::named("standoff", &party.dice, "give in"), &mut lanes[p]);
    }
    for g in 0..lanes[0].len() {
        if rows.over.at(0, g).0 > 0.0 {
            continue;
        }
        rows.endured.at(0, g).0 += 1.0;
        let gives: [bool; 2] = [0, 1].map(|p: usize| lanes[p][g] < rows.hazard.at(p, g).0);
        for p in 0..2 {
            rows.gave_in.at(p, g).0 = f64::from(u8::from(gives[p]));
            let (q, total) = (1 - p, rows.total.at(p, g));
            if gives[p] {
                trace.note(clock.round, Phase::Endure, Some(p), What::Conceded { prize: rules.prize.get() });
            } else if gives[q] {
                total.0 += rules.prize.get();
            } else {
                total.0 -= rules.cost.get();
                trace.note(clock.round, Phase::Endure, Some(p), What::HeldOut { cost: rules.cost.get() });
            }
        }
        rows.over.at(0, g).0 = f64::from(u8::from(gives[0] || gives[1]));
    }
}
