//! Between sessions, a seat held from outside does what it orders: one act a round.

use bevy_ecs::prelude::*;

use crate::scenario::rules::Switch;
use crate::world::build::Build;
use crate::world::components::{
    Over, ResolveLostNews, Snapped, ThreatDue, ThreatPending, ThreatSize, Threats, Unanswered,
};
use crate::world::hands::Hands;
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::mechanism::Mechanism;
use crate::world::orders::{About, Ask, At, Order, Orders, Question};
use crate::world::phase::Phase;
use crate::world::rows::Table;
use crate::world::rows::values;
use crate::world::trace::{Trace, What};

values! { Table;
    /// Acts ordered from outside so far.
    ActsOrdered = 0.0;
}

/// How far one order may move a lever, in big moves.
pub const FURTHEST: f64 = 1.0;

/// The rule.
pub const MECHANISM: Mechanism =
    Mechanism { name: "orders", switch: Some(Switch::Escalate), install, ..Mechanism::BARE };

/// Adds the system.
fn install(b: &mut Build) {
    b.rows::<(ActsOrdered,)>();
    b.system(Phase::Order, "orders: seats held from outside act", act);
}

#[derive(bevy_ecs::system::SystemParam)]
struct Rows<'w, 's> {
    over: Lanes<'w, 's, Over>,
    snapped: Lanes<'w, 's, Snapped>,
    pending: LanesMut<'w, 's, ThreatPending>,
    due: LanesMut<'w, 's, ThreatDue>,
    size: LanesMut<'w, 's, ThreatSize>,
    unanswered: LanesMut<'w, 's, Unanswered>,
    threats: LanesMut<'w, 's, Threats>,
    lost: LanesMut<'w, 's, ResolveLostNews>,
    count: LanesMut<'w, 's, ActsOrdered>,
}

fn act(trace: Res<Trace>, orders: Res<Orders>, mut rows: Rows, mut hands: Hands) {
    if !orders.any() {
        return;
    }
    let (setup, round) = (Res::clone(&hands.setup), hands.clock.round);
    let rules = &setup.scenario.escalation;
    let asked = |g: usize, p: usize| {
        let at = At { round, party: p, ask: Ask::Move };
        orders.get(g, at, || Question { at, about: About::Round, reserve: 0.0, advice: 0.0, beside: 0.0 })
    };
    for (g, over) in rows.over.lane(0).iter().enumerate() {
        (0..2).filter(|p| over.0 == 0.0 && orders.holds(*p, Ask::Move)).for_each(|p| drop(asked(g, p)));
    }
    if orders.hold(Phase::Order) {
        return;
    }
    for g in 0..rows.snapped.lane(0).len() {
        // Both look before either acts: two threats may cross.
        let free = rows.snapped.at(0, g).0 == 0.0;
        let quiet = rows.pending.at(0, g).0 == 0.0;
        for p in 0..2 {
            if !orders.holds(p, Ask::Move) || rows.over.at(0, g).0 > 0.0 {
                continue;
            }
            let mine = |l: usize| l < setup.levers.len() && setup.levers[l].holder == p;
            match asked(g, p) {
                Some(Order::Tighten(l, steps)) if free && mine(l) => {
                    let moved = hands.tighten(p, l, g, steps.clamp(0.0, FURTHEST));
                    trace.note(round, Phase::Order, Some(p), What::Tightened { moved });
                }
                Some(Order::Ease(l, steps)) if free && mine(l) => {
                    let moved = hands.ease(l, g, steps.clamp(0.0, FURTHEST));
                    if moved.from != moved.to {
                        // A gesture like any other: it warms, and it looks soft.
                        hands.tone.at(0, g).0 += rules.gesture_tone.get();
                        rows.lost.at(p, g).0 += setup.scenario.credibility.gesture.get();
                    }
                    trace.note(round, Phase::Order, Some(p), What::Eased { moved });
                }
                Some(Order::Praise) => {
                    hands.tone.at(0, g).0 += rules.praise_tone.get();
                    trace.note(round, Phase::Order, Some(p), What::Praised);
                }
                Some(Order::Threaten) if free && quiet => {
                    let due = round + rules.threat_due.get();
                    rows.pending.at(0, g).0 += 1.0;
                    rows.threats.at(0, g).0 += 1.0;
                    rows.due.at(p, g).0 = f64::from(due);
                    (rows.size.at(p, g).0, rows.unanswered.at(p, g).0) = (1.0, f64::from(round));
                    hands.tone.at(0, g).0 += rules.threat_tone.get();
                    trace.note(round, Phase::Order, Some(p), What::Threatened { due, size: 1.0, counters: false });
                }
                _ => continue,
            }
            rows.count.at(0, g).0 += 1.0;
        }
    }
}
