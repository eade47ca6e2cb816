//! Brinkmanship: a step that leaves something to chance (Schelling, The Strategy of Conflict, 1960).
//!
//! With chance `rate` a round, tone -.1; with chance .2 the step slips and both sides' hostile levers tighten .4
//! step, which neither chose; else the party has shown resolve (+.25).

use bevy_ecs::prelude::*;

use crate::scenario::rules::Switch;
use crate::scenario::strategy::Escalate;
use crate::world::build::Build;
use crate::world::components::{ResolveShownNews, Snapped};
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
    /// Chance of a step toward the brink each round.
    BrinkRate = 0.0;
}

/// The rule.
pub const MECHANISM: Mechanism =
    Mechanism { name: "brink", switch: Some(Switch::Escalate), equip, install, ..Mechanism::BARE };

/// Lists start values.
fn equip(setup: &mut Setup) {
    for p in 0..2 {
        let rate = super::tactic(setup, p, "brink rate", |e| match e {
            Escalate::Brink { per_round } => Some(per_round),
            _ => None,
        });
        rate.into_iter().for_each(|x| setup.start::<BrinkRate>(p, x));
    }
}

/// Adds the system, where a party goes to the brink.
fn install(b: &mut Build) {
    b.rows::<(BrinkRate,)>();
    let steps = |e: &Escalate| matches!(e, Escalate::Brink { .. });
    if b.setup.parties.iter().any(|p| p.strategy.escalate.iter().any(steps)) {
        b.system(Phase::Brink, "brink: a step that leaves something to chance", step);
    }
}

fn step(
    trace: Res<Trace>,
    orders: Res<Orders>,
    dice: Dice,
    rate: Lanes<BrinkRate>,
    snapped: Lanes<Snapped>,
    mut hands: Hands,
    mut shown: LanesMut<ResolveShownNews>,
    mut lanes: Local<[Vec<f64>; 2]>,
) {
    let setup = Res::clone(&hands.setup);
    let rules = &setup.scenario.escalation;
    for (p, party) in setup.parties.iter().enumerate() {
        dice.lane(Stream::named("brink", &party.dice, "step"), &mut lanes[0]);
        dice.lane(Stream::named("brink", &party.dice, "slip"), &mut lanes[1]);
        for g in 0..lanes[0].len() {
            if lanes[0][g] >= rate.at(p, g).0 || snapped.at(0, g).0 > 0.0 || orders.moves(p, g, hands.clock.round) {
                continue;
            }
            hands.tone.at(0, g).0 += rules.brink_tone.get();
            let (slips, u) = (rules.brink_slips.get(), lanes[1][g]);
            let slipped = u < slips;
            if slipped {
                for side in 0..2 {
                    if let Some(l) = hands.weapon(side, u / slips, g) {
                        hands.tighten(side, l, g, rules.brink_step.get());
                    }
                }
            } else {
                shown.at(p, g).0 += rules.brink_resolve.get();
            }
            trace.note(hands.clock.round, Phase::Brink, Some(p), What::Brink { slipped });
        }
    }
}
