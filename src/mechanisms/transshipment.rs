//! Goods slip past a tariff through third countries.
//!
//! `leak = clamp(sum_k c_k (1 - police signed_k (1 - punished_k)) (1 - .4 press) (1 + O), 0, .6)`: capacity c_k, less
//! where a country has signed and is policed; shut in part by the pressing lever, swollen by overcapacity O.

use bevy_ecs::prelude::*;

use crate::scenario::rules::Switch;
use crate::world::build::Build;
use crate::world::components::{CountrySigned, Leak, Level, Overcapacity, Police, Punished};
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::mechanism::Mechanism;
use crate::world::phase::Phase;
use crate::world::rows::Country;
use crate::world::rows::values;
use crate::world::setup::{Setup, Source, source};

values! { Country;
    /// The share of the leaking flow it can relay.
    Relays = 0.0;
}

/// The rule.
pub const MECHANISM: Mechanism =
    Mechanism { name: "transshipment", switch: Some(Switch::Thirds), equip, install, ..Mechanism::BARE };

/// Lists start values.
fn equip(setup: &mut Setup) {
    let scenario = setup.scenario.clone();
    setup.start::<Police>(0, source(&scenario.transshipment.police, "table", "police"));
    for (k, (key, country)) in scenario.third_countries.iter().enumerate() {
        setup.start::<Relays>(k, source(&country.capacity, key, "capacity"));
        setup.start::<CountrySigned>(k, Source::Fixed(f64::from(u8::from(country.signed))));
    }
}

/// Adds the system.
fn install(b: &mut Build) {
    b.rows::<(Relays,)>();
    if !b.setup.countries.is_empty() {
        b.system(Phase::Leak, "transshipment: goods find a way round", leak);
    }
}

#[allow(clippy::too_many_arguments)]
fn leak(
    setup: Res<Setup>,
    level: Lanes<Level>,
    overcapacity: Lanes<Overcapacity>,
    police: Lanes<Police>,
    capacity: Lanes<Relays>,
    signed: Lanes<CountrySigned>,
    punished: Lanes<Punished>,
    mut leak: LanesMut<Leak>,
) {
    let rules = &setup.scenario.transshipment;
    let press = setup.lever(&setup.scenario.thirds.press);
    let leak = leak.lane(0);
    for leak in leak.iter_mut() {
        leak.0 = 0.0;
    }
    for k in 0..setup.countries.len() {
        let known = capacity.lane(k).iter().zip(signed.lane(k)).zip(punished.lane(k)).zip(police.lane(0));
        for (leak, (((capacity, signed), punished), police)) in leak.iter_mut().zip(known) {
            leak.0 += relayed(capacity.0, police.0, signed.0, punished.0);
        }
    }
    let (shuts, swells, most) = (rules.press_shuts.get(), rules.overcapacity_swells.get(), rules.at_most.get());
    let press = press.map(|l| level.lane(l));
    for (g, (leak, o)) in leak.iter_mut().zip(overcapacity.lane(0)).enumerate() {
        let pressed = press.map_or(0.0, |level| level[g].0);
        leak.0 = (leak.0 * (1.0 - shuts * pressed) * (1.0 + swells * o.0)).clamp(0.0, most);
    }
}

/// What one country relays.
#[inline]
pub fn relayed(capacity: f64, police: f64, signed: f64, punished: f64) -> f64 {
    capacity * (1.0 - police * signed * (1.0 - punished))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_policed_signature_shuts_and_punishment_opens_again() {
        assert_eq!(super::relayed(0.1, 1.0, 1.0, 0.0), 0.0);
        assert_eq!(super::relayed(0.1, 1.0, 0.0, 0.0), 0.1);
        assert!(super::relayed(0.1, 1.0, 1.0, 0.5) > 0.0);
    }
}
