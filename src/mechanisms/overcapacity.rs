//! Overproduction at home presses goods abroad, unless the market is opened to them.
//!
//! `O = clamp(O + growth - easing x, 0, 1)`, x the level of the lever that eases it. `overcapacity` off: O = 0.

use bevy_ecs::prelude::*;

use crate::scenario::rules::Switch;
use crate::world::build::Build;
use crate::world::components::{Level, Overcapacity};
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::mechanism::Mechanism;
use crate::world::phase::Phase;
use crate::world::rows::Table;
use crate::world::rows::values;
use crate::world::setup::{Setup, source};

values! { Table;
    /// What it grows by each round.
    OvercapacityGrowth = 0.0;
    /// What one unit of the easing lever takes off each round.
    OvercapacityEasing = 0.0;
}

/// The rule.
pub const MECHANISM: Mechanism =
    Mechanism { name: "overcapacity", switch: Some(Switch::Overcapacity), equip, install, ..Mechanism::BARE };

/// Lists start values.
fn equip(setup: &mut Setup) {
    let rules = setup.scenario.overcapacity.clone();
    setup.start::<Overcapacity>(0, source(&rules.start, "table", "overcapacity"));
    setup.start::<OvercapacityGrowth>(0, source(&rules.growth, "table", "overcapacity growth"));
    setup.start::<OvercapacityEasing>(0, source(&rules.easing, "table", "overcapacity easing"));
}

/// Adds the system.
fn install(b: &mut Build) {
    b.rows::<(OvercapacityGrowth, OvercapacityEasing)>();
    b.system(Phase::Drift, "overcapacity: factories outrun the market", grow);
}

fn grow(
    setup: Res<Setup>,
    level: Lanes<Level>,
    growth: Lanes<OvercapacityGrowth>,
    easing: Lanes<OvercapacityEasing>,
    mut stock: LanesMut<Overcapacity>,
) {
    let lever = setup.lever(&setup.scenario.overcapacity.eased_by);
    let level = lever.map(|l| level.lane(l));
    let rows = stock.lane(0).iter_mut().zip(growth.lane(0)).zip(easing.lane(0)).enumerate();
    for (g, ((stock, growth), easing)) in rows {
        let x = level.map_or(0.0, |level| level[g].0);
        stock.0 = pressed(stock.0, growth.0, easing.0, x);
    }
}

/// The rule.
#[inline]
pub fn pressed(stock: f64, growth: f64, easing: f64, opened: f64) -> f64 {
    (stock + growth - easing * opened).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    #[test]
    fn opening_eases_it() {
        assert!(super::pressed(0.3, 0.012, 0.02, 0.1) > 0.3);
        assert!(super::pressed(0.3, 0.012, 0.02, 1.0) < 0.3);
        assert_eq!(super::pressed(1.0, 0.5, 0.0, 0.0), 1.0);
    }
}
