//! Levers move by themselves between meetings: queues of licences grow or are worked off, exemptions are granted.
//!
//! `x <- x + r (settled - x) + w step N(0, 1)`, cut to the lever's range, each round while the truce holds: r `returns`, the
//! share of the way back to what both last settled on; w `wanders`, in big moves. So what was struck in anger wears off, and a
//! licence is never quite what was agreed. Of magnets shipped to the US China's customs counted 46 t in May 2025 and 353 t in
//! June, with the same licences on paper (Reuters, 20 July 2025); rates are judgement. `drift` off: levers stay where they
//! are put.

use bevy_ecs::prelude::*;

use crate::scenario::rules::Switch;
use crate::world::build::Build;
use crate::world::components::{Closed, Level, Over, Settled, Snapped, Unused};
use crate::world::dice::{Dice, Stream};
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::maths::normal_quantile;
use crate::world::mechanism::Mechanism;
use crate::world::phase::Phase;
use crate::world::rows::{Lever, values};
use crate::world::setup::{Setup, source};

values! { Lever;
    /// Share of the way back to what was settled on that it goes each round.
    Returns = 0.0;
    /// How far it wanders each round, in big moves.
    Wanders = 0.0;
}

/// The rule.
pub const MECHANISM: Mechanism =
    Mechanism { name: "drift", switch: Some(Switch::Drift), equip, install, ..Mechanism::BARE };

/// Lists start values.
fn equip(setup: &mut Setup) {
    let scenario = setup.scenario.clone();
    for (l, (key, lever)) in scenario.levers.iter().enumerate() {
        setup.start::<Returns>(l, source(&lever.returns, key, "returns"));
        setup.start::<Wanders>(l, source(&lever.wanders, key, "wanders"));
    }
}

/// Adds the system, where a lever moves by itself.
fn install(b: &mut Build) {
    b.rows::<(Returns, Wanders)>();
    let moves = |lever: &crate::scenario::schema::Lever| {
        [lever.returns.fixed().map(f64::from), lever.wanders.fixed().map(f64::from)] != [Some(0.0); 2]
    };
    if b.setup.scenario.levers.values().any(moves) {
        b.system(Phase::Wander, "drift: levers move by themselves", wander);
    }
}

fn wander(
    setup: Res<Setup>,
    dice: Dice,
    returns: Lanes<Returns>,
    wanders: Lanes<Wanders>,
    settled: Lanes<Settled>,
    struck: (Lanes<Unused>, Lanes<Closed>),
    snapped: Lanes<Snapped>,
    over: Lanes<Over>,
    mut level: LanesMut<Level>,
    mut lane: Local<Vec<f64>>,
) {
    for (l, lever) in setup.levers.iter().enumerate() {
        let (returns, wanders) = (returns.lane(l), wanders.lane(l));
        let wander = wanders.iter().any(|w| w.0 > 0.0);
        if !wander && returns.iter().all(|r| r.0 == 0.0) {
            continue;
        }
        if wander {
            dice.lane(Stream::named("drift", &lever.key, "wander"), &mut lane);
        }
        let (unused, closed) = (struck.0.lane(l), struck.1.lane(l));
        let (settled, snapped, over) = (settled.lane(l), snapped.lane(0), over.lane(0));
        for (g, level) in level.lane(l).iter_mut().enumerate() {
            if snapped[g].0 > 0.0 || over[g].0 > 0.0 {
                continue;
            }
            let stray = if wander { wanders[g].0 * lever.step * normal_quantile(lane[g]) } else { 0.0 };
            let settled = settled[g].0 - unused[g].0;
            level.0 = strayed(level.0, settled, returns[g].0, stray).clamp(lever.low, lever.high - closed[g].0);
        }
    }
}

/// Where a lever comes to stand.
#[inline]
pub fn strayed(x: f64, settled: f64, returns: f64, stray: f64) -> f64 {
    x + returns * (settled - x) + stray
}

#[cfg(test)]
mod tests {
    use super::strayed;

    #[test]
    fn what_was_struck_wears_off() {
        assert_eq!(strayed(0.2, 0.6, 0.25, 0.0), 0.2 + 0.25 * (0.6 - 0.2));
        assert_eq!(strayed(0.6, 0.6, 0.25, 0.0), 0.6);
        assert_eq!(strayed(0.5, 0.6, 0.0, -0.1), 0.4);
    }
}
