//! Tone fades; what happens in a phase shifts it at the phase's end.
//!
//! `tone = clamp(tone + sum of shifts, -1, 1)`, and each round `tone *= 1 - fades`. `tone` off: it only fades.

use bevy_ecs::prelude::*;

use crate::scenario::rules::Switch;
use crate::world::build::Build;
use crate::world::components::{Tone, ToneShift};
use crate::world::lanes::LanesMut;
use crate::world::mechanism::Mechanism;
use crate::world::phase::Phase;
use crate::world::setup::Setup;

/// The phases after which shifts are added up.
pub const AFTER: [Phase; 10] = [
    Phase::Chance,
    Phase::Spoil,
    Phase::Brink,
    Phase::Execute,
    Phase::Court,
    Phase::Bargain,
    Phase::Ratify,
    Phase::Enact,
    Phase::Restore,
    Phase::Truce,
];

/// The rule.
pub const MECHANISM: Mechanism = Mechanism { name: "tone", install, ..Mechanism::BARE };

/// Adds the systems.
fn install(b: &mut Build) {
    b.system(Phase::Drift, "tone: fades", fade);
    if b.setup.is_on(Switch::Tone) {
        for phase in AFTER {
            b.after(phase, "tone: what happened is felt", settle);
        }
    }
}

fn fade(setup: Res<Setup>, mut tone: LanesMut<Tone>) {
    let kept = 1.0 - setup.scenario.tone.fades.get();
    for tone in tone.lane(0) {
        tone.0 *= kept;
    }
}

fn settle(mut tone: LanesMut<Tone>, mut shift: LanesMut<ToneShift>) {
    for (tone, shift) in tone.lane(0).iter_mut().zip(shift.lane(0)) {
        tone.0 = settled(tone.0, shift.0);
        shift.0 = 0.0;
    }
}

/// The rule.
#[inline]
pub fn settled(tone: f64, shift: f64) -> f64 {
    (tone + shift).clamp(-1.0, 1.0)
}

#[cfg(test)]
mod tests {
    #[test]
    fn tone_stays_in_bounds() {
        assert_eq!(super::settled(0.9, 0.3), 1.0);
        assert_eq!(super::settled(-0.9, -0.3), -1.0);
        assert!((super::settled(0.1, -0.25) + 0.15).abs() < 1e-15);
    }
}
