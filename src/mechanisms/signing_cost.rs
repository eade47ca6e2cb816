//! Being seen to deal with the rival costs something at home, each week that a deal lives.
//!
//! `C_p = kappa_p (1 - d^D) / (1 - d)` (points) weighs against a package before it is signed; kappa_p is paid week by
//! week, once for each living deal. A flow on purpose: a lump sum would weigh most on the impatient, whose package is
//! worth fewer weeks. Audience costs of agreement: judgement.

use bevy_ecs::prelude::*;

use crate::scenario::rules::Switch;
use crate::world::CurrentRound;
use crate::world::build::Build;
use crate::world::components::{CostARound, DealCost, Living, Over, Patience, Total};
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::maths::{annuity, power};
use crate::world::mechanism::Mechanism;
use crate::world::phase::Phase;
use crate::world::setup::{Setup, source};

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
    b.system(Phase::Brief, "signing cost: what a deal would cost at home", weigh);
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
