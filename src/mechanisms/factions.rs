//! What a government wants: its leader's weights and its factions', each pulling by its power.
//!
//! `w_gov = (1 - sum power_f) w_leader + sum power_f w_f` (two-level game: Putnam, International Organization 42,
//! 1988). Additive on purpose. `factions` off: leaders alone decide.

use bevy_ecs::prelude::*;

use crate::scenario::rules::Switch;
use crate::world::CurrentRound;
use crate::world::build::Build;
use crate::world::components::{GovPolitics, GovProsperity, GovSecurity, Politics, Prosperity, Security};
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::mechanism::Mechanism;
use crate::world::phase::Phase;
use crate::world::setup::Setup;

/// The rule.
pub const MECHANISM: Mechanism =
    Mechanism { name: "factions", switch: Some(Switch::Factions), install, ..Mechanism::BARE };

/// Adds the system.
fn install(b: &mut Build) {
    b.system(Phase::Brief, "factions: what each government wants", pull);
}

type Leader<'w, 's> = (Lanes<'w, 's, Prosperity>, Lanes<'w, 's, Security>, Lanes<'w, 's, Politics>);
type Government<'w, 's> =
    (LanesMut<'w, 's, GovProsperity>, LanesMut<'w, 's, GovSecurity>, LanesMut<'w, 's, GovPolitics>);

fn pull(clock: Res<CurrentRound>, setup: Res<Setup>, leader: Leader, mut government: Government) {
    if clock.round > 0 {
        return; // weights do not change during a game
    }
    for p in 0..2 {
        let pull = setup.government(p, [0.0; 3]);
        let share = setup.parties[p].leader;
        for (gov, own) in government.0.lane(p).iter_mut().zip(leader.0.lane(p)) {
            gov.0 = share * own.0 + pull[0];
        }
        for (gov, own) in government.1.lane(p).iter_mut().zip(leader.1.lane(p)) {
            gov.0 = share * own.0 + pull[1];
        }
        for (gov, own) in government.2.lane(p).iter_mut().zip(leader.2.lane(p)) {
            gov.0 = share * own.0 + pull[2];
        }
    }
}
