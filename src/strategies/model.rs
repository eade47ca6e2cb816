//! What to make of the other side: a belief over the types it may be, sharpened by every offer it makes.
//!
//! `Bayes` after Hindriks and Tykhonov, AAMAS 2008: an offer worth `nu_h` (0 to 1) to type h has likelihood
//! `exp(sharpness nu_h)`, for a sender more often offers what it likes. No path of concession is presumed, so a fast
//! conceder is not mistaken for another type. `Frequency` after van Krimpen, Looije and Hajizadeh (2013): a lever
//! that the other gives way on matters less to it.

use super::from;
use crate::codes::coded;
use crate::scenario::rules::Switch;
use crate::scenario::strategy::Model;
use crate::table::situation::{Reading, Side, TYPES_MAX};
use crate::table::tactics::ModelOf;
use crate::table::values::{GRID, Values};
use crate::values;
use crate::world::build::Build;
use crate::world::components::Belief;
use crate::world::maths::exp;
use crate::world::rows::Party;
use crate::world::setup::{Setup, Source, middle};

coded! { Party;
    /// How it models the other.
    ModelKind of ModelOf;
}
values! { Party;
    /// How much an offer tells it: sharpness of Bayes, rate of Frequency.
    Sharpness = 0.0;
}

/// No belief falls below this: p = floor + (1 - 3 floor) p for three types.
const FLOOR: f64 = 0.02;

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
/// Where the party's seat is held from outside, nothing is read off the other's mind, for what the strategy that stands
/// in reckons is told to the seat: a model that is `Known` knows no weights, the other is taken to be as patient as
/// oneself, and its cost of a deal to be the middle of what the scenario says.
pub fn read(setup: &Setup, p: usize, me: &Side, other: &Side, outside: bool) -> Reading {
    let (annuity, deal_cost) = if outside {
        (me.annuity, said_cost(setup, 1 - p) * me.annuity)
    } else {
        (other.annuity, other.deal_cost) // its people know: it will not sign for less
    };
    Reading { weights: weights(setup, p, me, other, outside), annuity, deal_cost }
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
        ModelOf::Known | ModelOf::Equal | ModelOf::Frequency => setup.government(1 - p, [1.0; 3]),
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

/// What each type the other may be would make of its levers' ends: worse and better, summed over levers.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ends([(f64, f64); TYPES_MAX]);

/// Sums the ends of the open levers for each type that `p` suspects.
pub fn ends(setup: &Setup, p: usize, values: &Values) -> Ends {
    let mut out = Ends::default();
    for (h, weights) in setup.parties[p].suspected.iter().enumerate() {
        let (mut worse, mut better) = (0.0, 0.0);
        for i in 0..values.open.len() {
            let d = values.dimensions(1 - p, i);
            let value = |j: usize| weights[0] * d[0][j] + weights[1] * d[1][j] + weights[2] * d[2][j];
            let (a, b) = (value(0), value(GRID - 1));
            worse += a.min(b);
            better += a.max(b);
        }
        out.0[h] = (worse, better);
    }
    out
}

/// Sharpens beliefs by an offer whose sums by dimension are `offered`, as the sender would value them.
pub fn learn(setup: &Setup, p: usize, me: &mut Side, ends: &Ends, offered: [f64; 3]) {
    let suspected = &setup.parties[p].suspected;
    let mut sum = 0.0;
    for (h, weights) in suspected.iter().enumerate() {
        let (worse, better) = ends.0[h];
        let value = weights[0] * offered[0] + weights[1] * offered[1] + weights[2] * offered[2];
        let nu = (value - worse) / (better - worse).max(1e-9);
        me.beliefs[h] *= exp(me.sharpness * nu);
        sum += me.beliefs[h];
    }
    let keep = 1.0 - FLOOR * suspected.len() as f64;
    for belief in &mut me.beliefs[..suspected.len()] {
        *belief = FLOOR + keep * *belief / sum;
    }
}
