//! Which deals are alive: each lives `clock.deal_life` rounds from its signing.

use bevy_ecs::prelude::*;

use crate::codes::Coded;
use crate::scenario::rules::Switch;
use crate::world::build::Build;
use crate::world::components::{Initialled, LivedOut, Living, Stage};
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::mechanism::Mechanism;
use crate::world::phase::Phase;
use crate::world::rows::Table;
use crate::world::setup::Setup;

/// Signings of the last rounds, a bit each, the latest lowest: which deals are still alive.
#[derive(Component, Debug, Clone, Copy, Default, PartialEq)]
pub struct Signings(pub u64);
/// Signings of the rounds before those.
#[derive(Component, Debug, Clone, Copy, Default, PartialEq)]
pub struct OlderSignings(pub u64);

macro_rules! bits {
    ($($name:ident)*) => { $(
        impl crate::world::rows::Value for $name {
            type Kind = Table;
            const NAME: &'static str = stringify!($name);
            fn from_number(x: f64) -> Self { $name(x as u64) }
            fn number(self) -> f64 { self.0 as f64 }
            fn bits(self) -> u64 { self.0 }
            fn from_bits(bits: u64) -> Self { $name(bits) }
        }
    )* };
}
bits!(Signings OlderSignings);

/// The rule.
pub const MECHANISM: Mechanism =
    Mechanism { name: "life of deals", switch: Some(Switch::Talks), install, ..Mechanism::BARE };

/// Adds the system.
fn install(b: &mut Build) {
    b.rows::<(Signings, OlderSignings)>();
    b.system(Phase::Endure, "life of deals: which are alive", count);
}

fn count(
    setup: Res<Setup>,
    initialled: Lanes<Initialled>,
    mut living: LanesMut<Living>,
    mut lived_out: LanesMut<LivedOut>,
    mut recent: LanesMut<Signings>,
    mut older: LanesMut<OlderSignings>,
) {
    if setup.deal_life >= setup.rounds {
        for (living, initialled) in living.lane(0).iter_mut().zip(initialled.lane(0)) {
            living.0 += f64::from(u8::from(initialled.is(Stage::Ratified)));
        }
        return;
    }
    let ended = lived_out.lane(0).iter_mut();
    let rows = living.lane(0).iter_mut().zip(ended).zip(initialled.lane(0)).zip(recent.lane(0)).zip(older.lane(0));
    for ((((living, ended), initialled), recent), older) in rows {
        let signings =
            (u128::from(older.0) << 64 | u128::from(recent.0)) << 1 | u128::from(initialled.is(Stage::Ratified));
        let alive = signings & (u128::MAX >> (128 - setup.deal_life.clamp(1, 128)));
        (recent.0, older.0) = (alive as u64, (alive >> 64) as u64);
        ended.0 = f64::from(signings.count_ones() - alive.count_ones());
        living.0 = f64::from(alive.count_ones());
    }
}
