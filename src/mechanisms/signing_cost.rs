//! Being seen to deal with the rival costs something at home, each week that a deal lives.
//!
//! `C_p = kappa_p (1 - d^D) / (1 - d)` (points) weighs against a package before it is signed; kappa_p is paid week by
//! week, once for each living deal. A flow on purpose: a lump sum would weigh most on the impatient, whose package is
//! worth fewer weeks. Audience costs of agreement: judgement.

use bevy_ecs::prelude::*;

use crate::codes::Coded;
use crate::scenario::rules::Switch;
use crate::world::CurrentRound;
use crate::world::build::Build;
use crate::world::components::{CostARound, DealCost, Initialled, Over, Patience, Stage, Total};
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::maths::{annuity, power};
use crate::world::mechanism::Mechanism;
use crate::world::phase::Phase;
use crate::world::rows::Table;
use crate::world::rows::values;
use crate::world::setup::{Setup, source};

values! { Table;
    /// Deals alive.
    Living = 0.0;
}

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
    Mechanism { name: "signing cost", switch: Some(Switch::SigningCost), equip, install, ..Mechanism::BARE };

/// Lists start values.
fn equip(setup: &mut Setup) {
    let scenario = setup.scenario.clone();
    for (p, party) in scenario.parties.values().enumerate() {
        let from = source(&party.signing_cost, &setup.parties[p].dice, "signing cost");
        setup.start::<CostARound>(p, from);
    }
}

/// Adds the systems.
fn install(b: &mut Build) {
    b.rows::<(Living, Signings, OlderSignings)>();
    b.system(Phase::Brief, "signing cost: what a deal would cost at home", weigh);
    b.system(Phase::Endure, "signing cost: which deals are alive", count);
    b.system(Phase::Cost, "signing cost: paid at home", pay);
}

fn weigh(
    clock: Res<CurrentRound>,
    setup: Res<Setup>,
    cost: Lanes<CostARound>,
    patience: Lanes<Patience>,
    mut deal: LanesMut<DealCost>,
) {
    if clock.round > 0 {
        return;
    }
    for p in 0..2 {
        for (deal, (cost, patience)) in deal.lane(p).iter_mut().zip(cost.lane(p).iter().zip(patience.lane(p))) {
            deal.0 = cost.0 * annuity(patience.0, setup.deal_life);
        }
    }
}

fn count(
    setup: Res<Setup>,
    initialled: Lanes<Initialled>,
    mut living: LanesMut<Living>,
    mut recent: LanesMut<Signings>,
    mut older: LanesMut<OlderSignings>,
) {
    if setup.deal_life >= setup.rounds {
        for (living, initialled) in living.lane(0).iter_mut().zip(initialled.lane(0)) {
            living.0 += f64::from(u8::from(initialled.is(Stage::Ratified)));
        }
        return;
    }
    let rows = living.lane(0).iter_mut().zip(initialled.lane(0)).zip(recent.lane(0)).zip(older.lane(0));
    for (((living, initialled), recent), older) in rows {
        let signings =
            (u128::from(older.0) << 64 | u128::from(recent.0)) << 1 | u128::from(initialled.is(Stage::Ratified));
        let alive = signings & (u128::MAX >> (128 - setup.deal_life.clamp(1, 128)));
        (recent.0, older.0) = (alive as u64, (alive >> 64) as u64);
        living.0 = f64::from(alive.count_ones());
    }
}

fn pay(
    clock: Res<CurrentRound>,
    living: Lanes<Living>,
    over: Lanes<Over>,
    cost: Lanes<CostARound>,
    patience: Lanes<Patience>,
    mut total: LanesMut<Total>,
) {
    for p in 0..2 {
        let known = living.lane(0).iter().zip(over.lane(0)).zip(cost.lane(p)).zip(patience.lane(p));
        for (total, (((living, over), cost), patience)) in total.lane(p).iter_mut().zip(known) {
            if living.0 > 0.0 {
                total.0 -= (1.0 - over.0) * living.0 * cost.0 * power(patience.0, clock.round);
            }
        }
    }
}
