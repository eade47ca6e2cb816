//! What moves of levers bring a party in each round, game by game, by what it cares for and how hard it is hit.

use bevy_ecs::system::SystemParam;

use super::values::bite;
use crate::world::components::{GovPolitics, GovProsperity, GovSecurity, Leak, Resilience};
use crate::world::lanes::Lanes;
use crate::world::setup::Setup;

/// What a party's levers are worth to it hangs on this.
#[derive(SystemParam)]
pub struct Flow<'w, 's> {
    weights: (Lanes<'w, 's, GovProsperity>, Lanes<'w, 's, GovSecurity>, Lanes<'w, 's, GovPolitics>),
    resilience: Lanes<'w, 's, Resilience>,
    leak: Lanes<'w, 's, Leak>,
}

impl Flow<'_, '_> {
    /// Points a week by all effects on party `p` in game `g`, each by the gain of its lever's shape.
    pub fn over(&self, setup: &Setup, p: usize, g: usize, gain: impl Fn(usize, usize) -> f64) -> f64 {
        let weights = [self.weights.0.at(p, g).0, self.weights.1.at(p, g).0, self.weights.2.at(p, g).0];
        flow_over(setup, p, weights, self.resilience.at(p, g).0, self.leak.at(0, g).0, gain)
    }
}

/// Points a week by all effects on party p, each by the gain of its lever's shape.
pub fn flow_over(
    setup: &Setup,
    p: usize,
    weights: [f64; 3],
    resilience: f64,
    leak: f64,
    gain: impl Fn(usize, usize) -> f64,
) -> f64 {
    let effects = setup.parties[p].effects.iter();
    effects
        .map(|e| weights[e.dimension] * e.points * bite(setup, p, e.lever, resilience, leak) * gain(e.lever, e.shape))
        .sum()
}
