//! Between sessions, a seat held from outside does what it orders: one act a round.

use bevy_ecs::prelude::*;

use crate::values;
use crate::world::build::Build;
use crate::world::components::{Snapped, ThreatDue, ThreatPending};
use crate::world::hands::Hands;
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::orders::{About, Ask, At, Order, Orders, Question};
use crate::world::phase::Phase;
use crate::world::rows::Table;
use crate::world::setup::Setup;
use crate::world::trace::{Trace, What};

values! { Table;
    /// Acts ordered from outside so far.
    ActsOrdered = 0.0;
}

/// How far one order may move a lever, in big moves.
pub const FURTHEST: f64 = 1.0;

/// Nothing of its own to start with.
pub fn equip(_: &mut Setup) {}

/// Adds the system.
pub fn install(b: &mut Build) {
    b.rows::<(ActsOrdered,)>();
    b.system(Phase::Order, "orders: seats held from outside act", act);
}

fn act(
    trace: Res<Trace>,
    orders: Res<Orders>,
    snapped: Lanes<Snapped>,
    mut hands: Hands,
    mut pending: LanesMut<ThreatPending>,
    mut count: LanesMut<ActsOrdered>,
    mut due: LanesMut<ThreatDue>,
) {
    if !orders.any() {
        return;
    }
    let (setup, round) = (hands.setup.clone(), hands.clock.round);
    for p in 0..2 {
        if !orders.holds(p, Ask::Move) {
            continue;
        }
        let at = At { round, party: p, ask: Ask::Move };
        let order = orders.get(at, || Question { at, about: About::Round, reserve: 0.0, advice: 0.0 });
        for g in 0..snapped.lane(0).len() {
            let free = snapped.at(0, g).0 == 0.0;
            let mine = |l: usize| l < setup.levers.len() && setup.levers[l].holder == p;
            match order {
                Some(Order::Tighten(l, steps)) if free && mine(l) => {
                    let moved = hands.tighten(p, l, g, steps.clamp(0.0, FURTHEST));
                    trace.note(round, Phase::Order, Some(p), What::Tightened { moved });
                }
                Some(Order::Ease(l, steps)) if free && mine(l) => {
                    let moved = hands.ease(l, g, steps.clamp(0.0, FURTHEST));
                    hands.tone.at(0, g).0 += setup.scenario.escalation.gesture_tone.get();
                    trace.note(round, Phase::Order, Some(p), What::Eased { moved });
                }
                Some(Order::Praise) => {
                    hands.tone.at(0, g).0 += setup.scenario.escalation.praise_tone.get();
                    trace.note(round, Phase::Order, Some(p), What::Praised);
                }
                Some(Order::Threaten) if free && pending.at(0, g).0 == 0.0 => {
                    pending.at(0, g).0 += 1.0;
                    let falls_due = round + setup.scenario.escalation.threat_due.get();
                    due.at(p, g).0 = f64::from(falls_due);
                    hands.tone.at(0, g).0 += setup.scenario.escalation.threat_tone.get();
                    trace.note(round, Phase::Order, Some(p), What::Threatened { due: falls_due });
                }
                _ => continue,
            }
            count.at(0, g).0 += 1.0;
        }
    }
}
