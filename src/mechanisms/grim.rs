//! Once struck, it never forgives: every round from then on it tightens (Friedman 1971).

use bevy_ecs::prelude::*;

use crate::scenario::rules::Switch;
use crate::scenario::strategy::Escalate;
use crate::world::build::Build;
use crate::world::components::{HostileBefore, Snapped};
use crate::world::dice::{Dice, Stream};
use crate::world::hands::Hands;
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::mechanism::Mechanism;
use crate::world::orders::Orders;
use crate::world::phase::Phase;
use crate::world::rows::Party;
use crate::world::rows::values;
use crate::world::setup::Setup;
use crate::world::trace::{Trace, What};

values! { Party;
    /// How far it tightens each round once provoked, in big moves.
    GrimStep = 0.0;
    /// 1 once it was struck.
    Provoked = 0.0;
}

/// The rule.
pub const MECHANISM: Mechanism =
    Mechanism { name: "grim", switch: Some(Switch::Escalate), equip, install, ..Mechanism::BARE };

/// Lists start values.
fn equip(setup: &mut Setup) {
    for p in 0..2 {
        let step = super::tactic(setup, p, "grim step", |e| match e {
            Escalate::Grim { step } => Some(step),
            _ => None,
        });
        step.into_iter().for_each(|x| setup.start::<GrimStep>(p, x));
    }
}

/// Adds the system, where a party is grim.
fn install(b: &mut Build) {
    b.rows::<(GrimStep, Provoked)>();
    let grim = |e: &Escalate| matches!(e, Escalate::Grim { .. });
    if b.setup.parties.iter().any(|p| p.strategy.escalate.iter().any(grim)) {
        b.system(Phase::Grim, "grim: never forgives", tighten);
    }
}

#[derive(bevy_ecs::system::SystemParam)]
struct Rows<'w, 's> {
    step: Lanes<'w, 's, GrimStep>,
    before: Lanes<'w, 's, HostileBefore>,
    snapped: Lanes<'w, 's, Snapped>,
    provoked: LanesMut<'w, 's, Provoked>,
}

fn tighten(
    trace: Res<Trace>,
    orders: Res<Orders>,
    dice: Dice,
    mut rows: Rows,
    mut hands: Hands,
    mut lane: Local<Vec<f64>>,
) {
    let setup = Res::clone(&hands.setup);
    for (p, party) in setup.parties.iter().enumerate() {
        dice.lane(Stream::named("grim", &party.dice, "lever"), &mut lane);
        for (g, u) in lane.iter().enumerate() {
            if orders.moves(p, g, hands.clock.round) {
                continue;
            }
            let step = rows.step.at(p, g).0;
            let struck = rows.before.at(1 - p, g).0 > 0.0;
            let provoked = rows.provoked.at(p, g);
            provoked.0 = f64::from(u8::from(step > 0.0 && (struck || provoked.0 > 0.0)));
            if provoked.0 > 0.0
                && rows.snapped.at(0, g).0 == 0.0
                && let Some(l) = hands.weapon(p, *u, g)
            {
                let moved = hands.tighten(p, l, g, step);
                trace.note(hands.clock.round, Phase::Grim, Some(p), What::Tightened { moved });
            }
        }
    }
}
