//! Gestures of good will to break a spiral: GRIT (Osgood 1962).
//!
//! With chance `rate` when tone is below .2 and the other was quiet: one own hostile lever opened .15 step, tone +.08,
//! and resolve lost +.15, for it looks soft. While the truce is down the words remain, the lever does not move.

use bevy_ecs::prelude::*;

use crate::scenario::rules::Switch;
use crate::scenario::strategy::Escalate;
use crate::world::build::Build;
use crate::world::components::{HostileBefore, ResolveLostNews, Snapped, Tone};
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
    /// Chance of a gesture each round.
    GestureRate = 0.0;
    /// How far it opens a lever, in big moves.
    GestureStep = 0.0;
}

/// The rule.
pub const MECHANISM: Mechanism =
    Mechanism { name: "gestures", switch: Some(Switch::Escalate), equip, install, ..Mechanism::BARE };

/// Lists start values.
fn equip(setup: &mut Setup) {
    for p in 0..2 {
        let rate = super::tactic(setup, p, "gesture rate", |e| match e {
            Escalate::Grit { per_round, .. } => Some(per_round),
            _ => None,
        });
        let step = super::tactic(setup, p, "gesture step", |e| match e {
            Escalate::Grit { step, .. } => Some(step),
            _ => None,
        });
        rate.into_iter().for_each(|x| setup.start::<GestureRate>(p, x));
        step.into_iter().for_each(|x| setup.start::<GestureStep>(p, x));
    }
}

/// Adds the system.
fn install(b: &mut Build) {
    b.rows::<(GestureRate, GestureStep)>();
    b.system(Phase::Gesture, "gestures: good will to break a spiral", offer);
}

#[derive(bevy_ecs::system::SystemParam)]
struct Rows<'w, 's> {
    rate: Lanes<'w, 's, GestureRate>,
    step: Lanes<'w, 's, GestureStep>,
    before: Lanes<'w, 's, HostileBefore>,
    tone: Lanes<'w, 's, Tone>,
    snapped: Lanes<'w, 's, Snapped>,
    lost: LanesMut<'w, 's, ResolveLostNews>,
}

fn offer(
    trace: Res<Trace>,
    orders: Res<Orders>,
    dice: Dice,
    mut rows: Rows,
    mut hands: Hands,
    mut lane: Local<Vec<f64>>,
) {
    let setup = Res::clone(&hands.setup);
    let rules = &setup.scenario.escalation;
    for (p, party) in setup.parties.iter().enumerate() {
        dice.lane(Stream::named("gestures", &party.dice, "offer"), &mut lane);
        let (rate, before) = (rows.rate.lane(p), rows.before.lane(1 - p));
        let (tone, snapped) = (rows.tone.lane(0), rows.snapped.lane(0));
        for (g, u) in lane.iter().enumerate() {
            let quiet = before[g].0 == 0.0;
            if *u >= rate[g].0 || !quiet || tone[g].0 >= rules.gesture_below.get() {
                continue;
            }
            if orders.moves(p, g, hands.clock.round) {
                continue;
            }
            if setup.parties[p].hostile.is_empty() {
                continue;
            }
            // While the truce is down, or where all stand open, the words remain.
            let gift = if snapped[g].0 == 0.0 { hands.gift(p, u / rate[g].0, g) } else { None };
            let moved = gift.map(|l| hands.ease(l, g, rows.step.at(p, g).0));
            hands.tone.at(0, g).0 += rules.gesture_tone.get();
            rows.lost.at(p, g).0 += setup.scenario.credibility.gesture.get();
            trace.note(hands.clock.round, Phase::Gesture, Some(p), What::Gesture { moved });
        }
    }
}
