//! A court or a law moves a lever, with no bargain. Each shock of the calendar comes once at most.
//!
//! A ruling only ever opens: where the lever already stands friendlier than the ruling's level, it stays.

use bevy_ecs::prelude::*;

use crate::scenario::rules::Switch;
use crate::world::CurrentRound;
use crate::world::build::Build;
use crate::world::components::Level;
use crate::world::dice::{Dice, Stream};
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::measure::Measures;
use crate::world::mechanism::Mechanism;
use crate::world::phase::Phase;
use crate::world::rows::{Shock, Table, Value, values};
use crate::world::setup::Setup;
use crate::world::trace::{Move, Trace, What};

values! { Table;
    /// Shocks that have come, a bit each.
    ShocksPast = 0.0;
}

values! { Shock;
    /// Chance of it in each round in which it can come.
    ShockChance = 0.0;
}

/// The rule.
pub const MECHANISM: Mechanism = Mechanism { name: "shocks", switch: Some(Switch::Shocks), equip, install, measure };

/// Lists start values.
fn equip(setup: &mut Setup) {
    for i in 0..setup.calendar.shocks.len() {
        let chance = setup.calendar.shocks[i].chance;
        setup.start::<ShockChance>(i, chance);
    }
}

/// Adds the system.
fn install(b: &mut Build) {
    b.rows::<(ShocksPast, ShockChance)>();
    if !b.setup.calendar.shocks.is_empty() {
        b.system(Phase::Chance, "shocks: a court rules", rule);
    }
}

/// Lists what is measured.
fn measure(setup: &Setup, m: &mut Measures) {
    if !setup.calendar.shocks.is_empty() {
        m.event("court_ruled", "a court or a law moved a lever", ShocksPast::COLUMN);
    }
}

fn rule(
    setup: Res<Setup>,
    clock: Res<CurrentRound>,
    trace: Res<Trace>,
    dice: Dice,
    chance: Lanes<ShockChance>,
    mut level: LanesMut<Level>,
    mut past: LanesMut<ShocksPast>,
    mut lane: Local<Vec<f64>>,
) {
    for (i, shock) in setup.calendar.shocks.iter().enumerate() {
        if clock.round < shock.rounds.0 || clock.round > shock.rounds.1 {
            continue;
        }
        let row = format!("{i} {}", setup.levers[shock.lever].key);
        dice.lane(Stream::named("shocks", &row, "rule"), &mut lane);
        for (g, u) in lane.iter().enumerate() {
            let (bit, seen) = ((1_u64 << i) as f64, past.at(0, g).0 as u64);
            if *u < chance.at(i, g).0 && seen >> i & 1 == 0 {
                past.at(0, g).0 += bit;
                let x = level.at(shock.lever, g);
                let to = ruled(setup.levers[shock.lever].opens, x.0, shock.level);
                let moved = Move { lever: shock.lever, from: x.0, to };
                x.0 = to;
                trace.note(clock.round, Phase::Chance, None, What::Shock { moved, what: shock.what.clone() });
            }
        }
    }
}

/// Where a ruling leaves a lever that opens upward (1) or downward (-1).
#[inline]
pub fn ruled(opens: f64, x: f64, level: f64) -> f64 {
    if opens * level > opens * x { level } else { x }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_court_that_strikes_down_a_tariff_never_raises_it() {
        assert_eq!(super::ruled(-1.0, 40.0, 30.0), 30.0);
        assert_eq!(super::ruled(-1.0, 20.0, 30.0), 20.0);
        assert_eq!(super::ruled(1.0, 0.2, 0.5), 0.5);
    }
}
