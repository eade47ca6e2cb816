//! What to make of the other side: a belief over the types it may be, sharpened by the offers of every session.
//!
//! `Bayes`, beliefs over types after Hindriks and Tykhonov, AAMAS 2008. The likelihood of a session's offers is
//! `exp(-sharpness regret_h)`: a sender of type h leaves little on the table (`crate::table::regret`). No path of
//! concession is presumed, so a fast conceder is not mistaken for another type. `Frequency` is in [`super::counting`].

use super::from;
use crate::scenario::rules::Switch;
use crate::scenario::strategy::Model;
use crate::table::situation::{Reading, Side, TYPES_MAX};
use crate::table::tactics::{ModelOf, Tactics};
use crate::world::build::Build;
use crate::world::components::Belief;
use crate::world::maths::exp;
use crate::world::rows::Party;
use crate::world::rows::{coded, values};
use crate::world::setup::{Setup, Source, middle};

coded! { Party;
    /// How it models the other.
    ModelKind of ModelOf;
}
values! { Party;
    /// How much a session's offers tell it: sharpness of Bayes, rate of Frequency.
    Sharpness = 0.0;
}

/// Lists the start values of a party's model.
pub fn equip(setup: &mut Setup, p: usize, model: &Model, label: &str) {
    let (kind, sharpness) = match model {
        Model::Known => (ModelOf::Known, Source::Fixed(0.0)),
        Model::None => (ModelOf::Equal, Source::Fixed(0.0)),
        Model::Frequency { rate } => (ModelOf::Frequency, from(rate, label, "model rate")),
        Model::Bayes { sharpness, .. } => (ModelOf::Bayes, from(sharpness, label, "model sharpness")),
    };
    setup.start::<ModelKind>(p, Source::Fixed(kind.number()));
    setup.start::<Sharpness>(p, sharpness);
    if let Model::Bayes { prior_on_named, .. } = model {
        let suspects = setup.parties[p].suspects.clone();
        let named = suspects.iter().position(|t| Some(&setup.types[*t].0) == setup.parties[1 - p].like.as_ref());
        let rest = (suspects.len() as f64 - 1.0).max(1.0);
        for (i, t) in suspects.iter().enumerate() {
            let row = p * setup.types.len() + t;
            let prior = match named {
                None => Source::Fixed(1.0 / suspects.len() as f64),
                Some(_) if suspects.len() == 1 => Source::Fixed(1.0),
                Some(n) => {
                    let on_named = middle(prior_on_named);
                    Source::Fixed(if n == i { on_named } else { (1.0 - on_named) / rest })
                }
            };
            setup.start::<Belief>(row, prior);
        }
    }
}

/// Declares the components.
pub fn rows(b: &mut Build) {
    b.rows::<(ModelKind, Sharpness)>();
}

/// The other government as a party reads it; `other` is the other's true side.
///
/// Nothing is read off the other's mind: it is taken to be as patient as oneself, and its cost of a deal to be the middle
/// of what the scenario says. A model that is `Known` knows all, and is marked as such; where the party's seat is held
/// from outside it does not either, for what the strategy that stands in reckons is told to the seat.
pub fn read(setup: &Setup, p: usize, me: &Side, other: &Side, outside: bool) -> Reading {
    let (annuity, deal_cost) = if knows_all(me, outside) {
        (other.annuity, other.deal_cost)
    } else {
        (me.annuity, said_cost(setup, 1 - p) * me.annuity)
    };
    Reading { weights: weights(setup, p, me, other, outside), annuity, deal_cost }
}

/// Whether a party looks into the other's mind: where its model is `Known`, or where it plans from the end
/// (`BackwardInduction`), unless its seat is held from outside.
pub fn knows_all(me: &Side, outside: bool) -> bool {
    !outside && (me.model == ModelOf::Known || me.tactics[0].kind == Tactics::BackwardInduction)
}

/// What a deal costs a party at home each week, as the scenario says.
fn said_cost(setup: &Setup, p: usize) -> f64 {
    let party = setup.scenario.parties.values().nth(p).filter(|_| setup.is_on(Switch::SigningCost));
    party.map_or(0.0, |party| middle(&party.signing_cost))
}

/// Its weights. The other's factions are public: only its leader's weights are guessed.
fn weights(setup: &Setup, p: usize, me: &Side, other: &Side, outside: bool) -> [f64; 3] {
    match me.model {
        ModelOf::Known if !outside => other.weights,
        ModelOf::Known | ModelOf::Equal | ModelOf::Frequency => unread(setup, 1 - p),
        ModelOf::Bayes => {
            let mut leader = [0.0; 3];
            for (belief, t) in me.beliefs.iter().zip(&setup.parties[p].suspects) {
                for (x, w) in leader.iter_mut().zip(setup.types[*t].1) {
                    *x += belief * w;
                }
            }
            setup.government(1 - p, leader)
        }
    }
}

/// What a government wants whose leader is taken to care for all dimensions alike.
pub fn unread(setup: &Setup, p: usize) -> [f64; 3] {
    setup.government(p, [1.0; 3])
}

/// Sharpens beliefs by the offers of a session: `belief_h <- belief_h exp(-sharpness regret_h)`, regret_h their mean
/// regret had type h made them. A session counts once, however finely it was cut.
///
/// No learning takes a belief below `least`, nor lifts one that began below it.
pub fn learn(me: &mut Side, regrets: &[f64], least: f64) {
    let beliefs = &mut me.beliefs[..regrets.len()];
    let mut bounds = [0.0; TYPES_MAX];
    let mut sum = 0.0;
    for ((belief, bound), regret) in beliefs.iter_mut().zip(&mut bounds).zip(regrets) {
        *bound = least.min(*belief);
        *belief *= exp(-me.sharpness * regret);
        sum += *belief;
    }
    if sum > 0.0 {
        bounded(beliefs, &bounds, sum);
    }
}

/// Scales beliefs that sum to `sum` until they sum to 1, none of them below its bound.
fn bounded(beliefs: &mut [f64], bounds: &[f64; TYPES_MAX], mut sum: f64) {
    let (mut held, mut left) = ([false; TYPES_MAX], 1.0);
    loop {
        let below = (0..beliefs.len()).find(|&h| !held[h] && beliefs[h] * left < bounds[h] * sum);
        let Some(h) = below else { break };
        held[h] = true;
        left -= bounds[h];
        sum -= beliefs[h];
    }
    for (h, belief) in beliefs.iter_mut().enumerate() {
        *belief = if held[h] { bounds[h] } else { *belief * left / sum };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn learned(beliefs: [f64; 3], sharpness: f64, regrets: [f64; 3], least: f64) -> [f64; 3] {
        let mut me = Side { sharpness, ..Side::default() };
        me.beliefs[..3].copy_from_slice(&beliefs);
        learn(&mut me, &regrets, least);
        [me.beliefs[0], me.beliefs[1], me.beliefs[2]]
    }

    #[test]
    fn what_costs_a_type_more_is_less_likely_it() {
        let [a, b, c] = learned([0.2, 0.4, 0.4], 2.0, [0.0, 0.5, 1.0], 0.0);
        assert!((a + b + c - 1.0).abs() < 1e-15);
        assert!((b / a - 2.0 * exp(-1.0)).abs() < 1e-12 && (c / a - 2.0 * exp(-2.0)).abs() < 1e-12);
        assert_eq!(learned([0.2, 0.4, 0.4], 0.0, [0.0, 0.5, 1.0], 0.02), [0.2, 0.4, 0.4]);
    }

    #[test]
    fn the_floor_is_a_bound_and_not_a_mixture() {
        let [a, b, c] = learned([0.2, 0.4, 0.4], 100.0, [0.0, 1.0, 2.0], 0.02);
        assert!((a - 0.96).abs() < 1e-15 && b == 0.02 && c == 0.02);
        // Above the floor it changes nothing.
        assert_eq!(
            learned([0.2, 0.4, 0.4], 1.0, [0.0, 0.5, 1.0], 0.02),
            learned([0.2, 0.4, 0.4], 1.0, [0.0, 0.5, 1.0], 0.0)
        );
        // What was ruled out beforehand stays so.
        assert_eq!(learned([0.0, 0.5, 0.5], 1.0, [0.0, 0.5, 0.5], 0.02), [0.0, 0.5, 0.5]);
    }
}
