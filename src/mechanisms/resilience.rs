//! Time on one's side: dependence on what the other controls erodes, faster where a lever drives it.
//!
//! `S += g (1 + sum boost x) (1 - S)`, S in [0, 1], g a share a round. `time_on_side` off: it stands still, and both
//! sides expect it to.

use bevy_ecs::prelude::*;

use crate::scenario::rules::Switch;
use crate::world::build::Build;
use crate::world::components::{Growth, Level, Resilience};
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::mechanism::Mechanism;
use crate::world::phase::Phase;
use crate::world::setup::{Setup, source};

/// The rule.
pub const MECHANISM: Mechanism =
    Mechanism { name: "resilience", switch: Some(Switch::TimeOnSide), equip, install, ..Mechanism::BARE };

/// Lists start values.
fn equip(setup: &mut Setup) {
    let scenario = setup.scenario.clone();
    for (p, party) in scenario.parties.values().enumerate() {
        let from = source(&party.resilience.growth, &setup.parties[p].dice, "resilience growth");
        setup.start::<Growth>(p, from);
    }
}

/// Adds the system.
fn install(b: &mut Build) {
    b.system(Phase::Drift, "resilience: dependence erodes", grow);
}

fn grow(setup: Res<Setup>, growth: Lanes<Growth>, level: Lanes<Level>, mut resilience: LanesMut<Resilience>) {
    for p in 0..2 {
        match setup.parties[p].boosts[..] {
            [(lever, boost)] => {
                let known = growth.lane(p).iter().zip(level.lane(lever));
                for (s, (g, x)) in resilience.lane(p).iter_mut().zip(known) {
                    s.0 = grown(s.0, g.0, boost * x.0);
                }
            }
            ref boosts => {
                let level = level.sheet();
                for (i, (s, g)) in resilience.lane(p).iter_mut().zip(growth.lane(p)).enumerate() {
                    let boost = boosts.iter().map(|(l, per_unit)| per_unit * level.at(*l, i).0).sum();
                    s.0 = grown(s.0, g.0, boost);
                }
            }
        }
    }
}

/// The rule.
#[inline]
pub fn grown(resilience: f64, growth: f64, boost: f64) -> f64 {
    (resilience + growth * (1.0 + boost) * (1.0 - resilience)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::grown;
    use crate::world::maths::power;

    #[test]
    fn a_constant_boost_has_a_closed_form() {
        let mut s = 0.3;
        for _ in 0..26 {
            s = grown(s, 0.006, 0.35);
        }
        assert!((s - (1.0 - 0.7 * power(1.0 - 0.006 * 1.35, 26))).abs() < 1e-12);
    }
}
