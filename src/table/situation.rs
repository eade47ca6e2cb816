//! One game's table as its negotiators sit down: everything a session reads, in plain numbers.

use super::tactics::{Leaf, ModelOf, Step};
pub use crate::scenario::limits::{CONDITIONS_MAX, EXCHANGES_MAX, LEVERS_MAX, TACTICS_MAX, TYPES_MAX};
use crate::world::rows::NONE;

/// One party at the table.
#[derive(Debug, Clone, Copy)]
pub struct Side {
    /// The government's weights.
    pub weights: [f64; 3],
    /// What it thinks of the other's leader: a chance for each type it suspects.
    pub beliefs: [f64; TYPES_MAX],
    /// How it models the other.
    pub model: ModelOf,
    /// How much an offer tells it.
    pub sharpness: f64,
    /// What a point next round is worth today.
    pub patience: f64,
    /// The round by which it wants to be done.
    pub date: f64,
    /// Share of its leverage it expects to get by waiting.
    pub optimism: f64,
    /// Share of a pledge that it delivers, by its own plans.
    pub honesty: f64,
    /// How far its pledges are believed.
    pub word: f64,
    /// How far its threats are believed.
    pub resolve: f64,
    /// Independence of what the other controls.
    pub resilience: f64,
    /// How fast that grows.
    pub growth: f64,
    /// What a deal costs at home, over its life.
    pub deal_cost: f64,
    /// What a deal at a summit would bring its leader today.
    pub prize: f64,
    /// A fixed reservation value; none where not a number.
    pub floor: f64,
    /// The support that a package needs at home.
    pub bar: f64,
    /// The day's mood.
    pub mood: f64,
    /// What it has when talks break down.
    pub outside: f64,
    /// What a point a week is worth over the life of a deal.
    pub annuity: f64,
    /// Offers heard in earlier sessions, as shares of its best: the first (none where not a number).
    pub heard_first: f64,
    /// ... and the best.
    pub heard_best: f64,
    /// A running mean of what it was offered.
    pub heard_value: f64,
    /// Its tactics.
    pub tactics: [Leaf; TACTICS_MAX],
    /// Its rule of acceptance.
    pub accept: [Step; CONDITIONS_MAX],
}

/// One party as the other reads it when both sit down.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// The government's weights.
    pub weights: [f64; 3],
    /// What a point a week is worth over the life of a deal.
    pub annuity: f64,
    /// What a deal costs at home, over its life.
    pub deal_cost: f64,
}

/// The table.
#[derive(Debug, Clone, Copy)]
pub struct Situation {
    /// The round.
    pub round: u32,
    /// The number of the session, from 0.
    pub session: u32,
    /// Leaders meet.
    pub leaders: bool,
    /// How far, in big moves, a lever may be moved.
    pub may_move: f64,
    /// Rounds to the next meeting; none when no meeting is left.
    pub next: Option<u32>,
    /// Leaders will meet next.
    pub next_leaders: bool,
    /// Share of a leaking lever's bite that is lost.
    pub leak: f64,
    /// Rounds until the truce runs out, where it can while they wait; not a number otherwise.
    pub lapse_in: f64,
    /// The party that makes the first offer.
    pub opener: usize,
    /// Share of the other's leverage granted at the outset.
    pub regard: f64,
    /// Share of a pledge's cost that breaking it does not save.
    pub broken_price: f64,
    /// Share of the loss by a lapse that weighs while talking.
    pub fear: f64,
    /// Chance a round that talks break down.
    pub breakdown: f64,
    /// Where the levers stand.
    pub levels: [f64; LEVERS_MAX],
    /// Where a lapse would put the levers that are in layers; not a number for others, which go to their snap level.
    pub snaps: [f64; LEVERS_MAX],
    /// The highest level of each that no court forbids.
    pub ceilings: [f64; LEVERS_MAX],
    /// How much each party thinks each lever matters to the other.
    pub importance: [[f64; LEVERS_MAX]; 2],
    /// The parties.
    pub sides: [Side; 2],
}

impl Default for Side {
    fn default() -> Self {
        Side {
            weights: [0.0; 3],
            beliefs: [0.0; TYPES_MAX],
            model: ModelOf::Known,
            sharpness: 0.0,
            patience: 1.0,
            date: 1.0,
            optimism: 0.0,
            honesty: 1.0,
            word: 1.0,
            resolve: 1.0,
            resilience: 0.0,
            growth: 0.0,
            deal_cost: 0.0,
            prize: 0.0,
            floor: NONE,
            bar: 0.0,
            mood: 0.0,
            outside: 0.0,
            annuity: 1.0,
            heard_first: NONE,
            heard_best: -1.0,
            heard_value: 0.0,
            tactics: [Leaf::default(); TACTICS_MAX],
            accept: [Step::default(); CONDITIONS_MAX],
        }
    }
}

impl Default for Situation {
    fn default() -> Self {
        Situation {
            round: 0,
            session: 0,
            leaders: false,
            may_move: 1.0,
            next: None,
            next_leaders: false,
            leak: 0.0,
            lapse_in: NONE,
            opener: 0,
            regard: 0.5,
            broken_price: 0.0,
            fear: 0.0,
            breakdown: 0.0,
            levels: [0.0; LEVERS_MAX],
            snaps: [NONE; LEVERS_MAX],
            ceilings: [f64::INFINITY; LEVERS_MAX],
            importance: [[1.0; LEVERS_MAX]; 2],
            sides: [Side::default(); 2],
        }
    }
}
