//! What a leader would win today by a deal at a summit.
//!
//! `Prize_p = w_prestige P u_p exp(-hunger max(0, t - T_p))` (points), P the scenario's `prize.summit` (stakes), u_p what
//! is at stake for the party, T_p its date. `prestige` off: no prize. `hunger` off: it does not fade.

use bevy_ecs::prelude::*;

use crate::scenario::rules::Switch;
use crate::world::CurrentRound;
use crate::world::build::Build;
use crate::world::components::{Date, Prestige, PrizeNow};
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::maths::exp;
use crate::world::mechanism::Mechanism;
use crate::world::phase::Phase;
use crate::world::rows::Party;
use crate::world::rows::values;
use crate::world::setup::{Setup, source};

values! { Party;
    /// How fast the prize fades after the date.
    Hunger = 0.0;
}

/// The rule.
pub const MECHANISM: Mechanism = Mechanism { name: "goals", equip, install, ..Mechanism::BARE };

/// Lists start values.
fn equip(setup: &mut Setup) {
    if setup.is_on(Switch::Hunger) {
        for p in 0..2 {
            let from = source(&setup.parties[p].goal.hunger, &setup.parties[p].dice, "hunger");
            setup.start::<Hunger>(p, from);
        }
    }
}

/// Adds the system.
fn install(b: &mut Build) {
    b.rows::<(Hunger,)>();
    if b.setup.is_on(Switch::Prestige) {
        b.system(Phase::Brief, "goals: what a summit would be worth", weigh_the_prize);
    }
}

fn weigh_the_prize(
    clock: Res<CurrentRound>,
    setup: Res<Setup>,
    prestige: Lanes<Prestige>,
    hunger: Lanes<Hunger>,
    date: Lanes<Date>,
    mut prize: LanesMut<PrizeNow>,
) {
    for p in 0..2 {
        let points = setup.points(p, setup.scenario.prize.summit);
        let known = prestige.lane(p).iter().zip(hunger.lane(p)).zip(date.lane(p));
        for (now, ((prestige, hunger), date)) in prize.lane(p).iter_mut().zip(known) {
            now.0 = prize_now(prestige.0, points, hunger.0, f64::from(clock.round) - date.0);
        }
    }
}

/// The rule: the prize, fading once the date has passed by `late` rounds.
#[inline]
pub fn prize_now(prestige: f64, points: f64, hunger: f64, late: f64) -> f64 {
    let fade = if late > 0.0 && hunger > 0.0 { exp(-hunger * late) } else { 1.0 };
    prestige * points * fade
}

#[cfg(test)]
mod tests {
    use super::prize_now;

    #[test]
    fn the_prize_fades_only_after_the_date() {
        assert_eq!(prize_now(0.5, 14.0, 0.15, -3.0), 7.0);
        assert_eq!(prize_now(0.5, 14.0, 0.15, 0.0), 7.0);
        assert!((prize_now(1.0, 14.0, 0.15, 2.0) - 14.0 * libm::exp(-0.3)).abs() < 1e-12);
    }
}
