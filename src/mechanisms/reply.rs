//! Tit for tat: last round's hostile moves are answered in kind, unless they are let pass (Axelrod 1984).
//!
//! With chance 1 - forgive, one own hostile lever is tightened by `in_kind h`, h the other's tightening last round in
//! big moves. No replies while the truce is down.

use bevy_ecs::prelude::*;

use crate::scenario::rules::Switch;
use crate::scenario::strategy::Escalate;
use crate::world::build::Build;
use crate::world::components::{Hostile, HostileBefore, Snapped};
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
    /// Share of the other's moves that it answers with.
    RepliesInKind = 0.0;
    /// Chance that it lets them pass.
    Forgives = 0.0;
}

/// The rule.
pub const MECHANISM: Mechanism =
    Mechanism { name: "reply", switch: Some(Switch::Escalate), equip, install, ..Mechanism::BARE };

/// Lists start values.
fn equip(setup: &mut Setup) {
    for p in 0..2 {
        let kind = |e: &Escalate| matches!(e, Escalate::Reply { .. });
        if !setup.parties[p].strategy.escalate.iter().any(kind) {
            continue;
        }
        let in_kind = super::tactic(setup, p, "reply in kind", |e| match e {
            Escalate::Reply { in_kind, .. } => Some(in_kind),
            _ => None,
        });
        let forgive = super::tactic(setup, p, "reply forgive", |e| match e {
            Escalate::Reply { forgive, .. } => Some(forgive),
            _ => None,
        });
        in_kind.into_iter().for_each(|x| setup.start::<RepliesInKind>(p, x));
        forgive.into_iter().for_each(|x| setup.start::<Forgives>(p, x));
    }
}

/// Adds the systems.
fn install(b: &mut Build) {
    b.rows::<(RepliesInKind, Forgives)>();
    b.system(Phase::Brief, "reply: last round's blows are remembered", remember);
    b.system(Phase::Reply, "reply: tit for tat", reply);
}

fn remember(mut now: LanesMut<Hostile>, mut before: LanesMut<HostileBefore>) {
    for (now, before) in now.all().iter_mut().zip(before.all()) {
        before.0 = now.0;
        now.0 = 0.0;
    }
}

#[derive(bevy_ecs::system::SystemParam)]
struct Rows<'w, 's> {
    kind: Lanes<'w, 's, RepliesInKind>,
    forgives: Lanes<'w, 's, Forgives>,
    before: Lanes<'w, 's, HostileBefore>,
    snapped: Lanes<'w, 's, Snapped>,
}

fn reply(trace: Res<Trace>, orders: Res<Orders>, dice: Dice, rows: Rows, mut hands: Hands, mut lane: Local<Vec<f64>>) {
    let setup = Res::clone(&hands.setup);
    for (p, party) in setup.parties.iter().enumerate() {
        let struck = rows.before.lane(1 - p);
        if struck.iter().all(|h| h.0 == 0.0) {
            continue;
        }
        dice.lane(Stream::named("reply", &party.dice, "answer"), &mut lane);
        let snapped = rows.snapped.lane(0);
        for (g, u) in lane.iter().enumerate() {
            let h = struck[g].0;
            if h == 0.0 || snapped[g].0 > 0.0 || orders.moves(p, g, hands.clock.round) {
                continue;
            }
            let (kind, forgives) = (rows.kind.at(p, g).0, rows.forgives.at(p, g).0);
            if kind == 0.0 {
                continue;
            }
            if *u < forgives {
                trace.note(hands.clock.round, Phase::Reply, Some(p), What::LetPass);
            } else if let Some(l) = hands.weapon(p, (u - forgives) / (1.0 - forgives), g) {
                let moved = hands.tighten(p, l, g, kind * h);
                trace.note(hands.clock.round, Phase::Reply, Some(p), What::Replied { moved });
            }
        }
    }
}
