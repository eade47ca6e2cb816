//! Regret: how much more the sender of an offer could have kept, were it of some type, while giving away as much.
//!
//! `regret_h(X) = (max { u_h(Y): v(Y) >= v(X) } - u_h(X)) / stake_h` [share]: `u_h` what a package is worth to type h of
//! the sender, `v` what it is worth to the hearer as the public sees it, `stake_h` all that steps of the levers
//! can win or lose it. After the regret of inverse optimisation (Ahuja and Orlin, Operations Research 49,
//! 2001): whoever knows its own mind leaves little on the table. The maximum is the type's best package less what it
//! costs to give as much ([`super::concession`]).

use std::array::from_fn;

use super::concession::Concessions;
use super::situation::{Situation, TYPES_MAX};
use super::values::{GRID, Points, Values, bite, item_cost, keep, own_keep, weighed};
use crate::world::rows::pair;
use crate::world::setup::{NOBODY, Setup};

/// The steps of a lever's grid.
const STEPS: usize = GRID - 1;
/// Types are looked at so many at a time.
const ABREAST: usize = 4;

/// Levels or steps as a hearer weighs them: by dimension for the sender, then what the item costs the sender, whoever it is,
/// and, last, in all for the hearer as the sender reads it.
pub type Weighed = [f64; 5];
/// Where the hearer's worth stands among them.
const SEEN: usize = 4;

/// What one hearer makes of the offers of a session.
#[derive(Debug, Clone, Default)]
pub struct Hearing {
    sender: usize,
    /// Each open lever's grid, and where the lever stands, weighed a week.
    grids: Vec<[Weighed; GRID + 1]>,
    linear: Vec<bool>,
    per_length: Vec<[f64; STEPS]>,
    /// What each offer was worth to the hearer, as the sender reads it.
    given: Vec<f64>,
    /// All offers together.
    kept: Weighed,
    concessions: [Concessions; ABREAST],
}

impl Hearing {
    /// Makes ready to hear a session's offers to party `q`, whose government's weights the sender reads as `read`.
    pub fn begin(&mut self, setup: &Setup, s: &Situation, values: &Values, q: usize, read: [f64; 3]) {
        let p = 1 - q;
        self.sender = p;
        self.given.clear();
        self.kept = [0.0; 5];
        self.grids.clear();
        self.linear.clone_from(&values.linear);
        self.per_length.clone_from(&values.per_length);
        let item = pair(|p| item_cost(setup, p, s.leaders));
        let (me, you) = (&s.sides[p], &s.sides[q]);
        for (i, &l) in values.open.iter().enumerate() {
            let lever = &setup.levers[l];
            // Honesty cannot be seen, only its word.
            let (mine, yours) = if lever.holder == NOBODY {
                (1.0, 1.0)
            } else if lever.holder == p {
                (own_keep(lever.pledge, me.word, s.broken_price), keep(lever.pledge, me.word))
            } else {
                (keep(lever.pledge, you.word), keep(lever.pledge, you.word))
            };
            let mine = mine * bite(setup, p, l, me.resilience, s.leak);
            let yours = yours * bite(setup, q, l, you.resilience, s.leak) * s.importance[p][l];
            let [a, b, c] = values.dimensions(p, i);
            let seen = weighed(values.dimensions(q, i), read.map(|w| w * yours));
            let items = values.items(i);
            self.grids.push(from_fn(|j| {
                [mine * a[j], mine * b[j], mine * c[j], -item[p] * items[j], seen[j] - item[q] * items[j]]
            }));
        }
    }

    /// What each open lever's grid is worth to the hearer as the sender reads it [points a week].
    pub fn hearer(&self, out: &mut Vec<Points>) {
        out.clear();
        out.extend(self.grids.iter().map(|grid| grid.map(|level| level[SEEN])));
    }

    /// What each is worth to a sender of such weights, its items paid [points a week].
    pub fn sender(&self, [a, b, c]: [f64; 3], out: &mut Vec<Points>) {
        out.clear();
        out.extend(self.grids.iter().map(|grid| grid.map(|[x, y, z, item, _]| a * x + b * y + c * z + item)));
    }

    /// Adds what open lever `i` at a grid point counts for, so many times.
    #[inline]
    pub fn add(&self, i: usize, point: usize, times: f64, sum: &mut Weighed) {
        for (sum, x) in sum.iter_mut().zip(&self.grids[i][point]) {
            *sum += times * x;
        }
    }

    /// A package by its positions on the grids.
    pub fn weigh(&self, positions: &[f64]) -> Weighed {
        let mut sum = [0.0; 5];
        for (i, position) in positions.iter().enumerate() {
            let point = (*position as usize).min(GRID - 2);
            let over = position - point as f64;
            self.add(i, point, 1.0 - over, &mut sum);
            self.add(i, point + 1, over, &mut sum);
        }
        sum
    }

    /// Hears an offer.
    #[inline]
    pub fn hear(&mut self, offer: Weighed) {
        for (sum, x) in self.kept.iter_mut().zip(offer) {
            *sum += x;
        }
        self.given.push(offer[SEEN]);
    }

    /// How many offers were heard.
    pub fn heard(&self) -> usize {
        self.given.len()
    }

    /// The mean regret of the offers heard, had each suspected type made them.
    pub fn regrets(&mut self, setup: &Setup) -> [f64; TYPES_MAX] {
        let mut out = [0.0; TYPES_MAX];
        if self.given.is_empty() {
            return out;
        }
        let offers = self.given.len() as f64;
        let types = setup.parties[1 - self.sender].suspected.chunks(ABREAST);
        for (out, types) in out.chunks_mut(ABREAST).zip(types) {
            let weights = from_fn(|d| from_fn(|t| types.get(t).map_or(0.0, |weights| weights[d])));
            let best = self.cut(&weights, types.len());
            for (t, out) in out.iter_mut().enumerate().take(types.len()) {
                let concessions = &mut self.concessions[t];
                concessions.price();
                let cost: f64 = self.given.iter().map(|given| concessions.cost(given - best.gives[t])).sum();
                let kept = of_types(&self.kept, &weights)[t];
                if best.stake[t] > 0.0 {
                    *out = ((offers * best.own[t] - cost - kept) / (offers * best.stake[t])).max(0.0);
                }
            }
        }
        out
    }

    /// Cuts the open levers into what each of `n` types may concede of its best package.
    fn cut(&mut self, weights: &[Types; 3], n: usize) -> Best {
        self.concessions.iter_mut().for_each(Concessions::clear);
        let mut best = Best::default();
        for ((grid, linear), per_length) in self.grids.iter().zip(&self.linear).zip(&self.per_length) {
            best.begin(&of_types(&grid[0], weights), grid[0][SEEN]);
            let step = |from: usize, to: usize| -> Weighed { from_fn(|k| grid[to][k] - grid[from][k]) };
            if *linear {
                let step = step(0, STEPS);
                let mine = of_types(&step, weights);
                best.step(&mine, step[SEEN]);
                self.concessions[..n].iter_mut().zip(mine).for_each(|(c, mine)| c.step(mine, step[SEEN]));
                continue;
            }
            let steps: [Weighed; STEPS] = from_fn(|j| step(j, j + 1));
            let mine: [Types; STEPS] = from_fn(|j| of_types(&steps[j], weights));
            let falls = |steps: &[f64; STEPS]| falls(&from_fn(|j| steps[j] * per_length[j]));
            if falls(&steps.map(|step| step[SEEN])) && (0..n).all(|t| falls(&mine.map(|mine| mine[t]))) {
                // Each step is a lever of its own: whoever gains by it takes it, and may give it back.
                for (mine, step) in mine.iter().zip(&steps) {
                    best.step(mine, step[SEEN]);
                    self.concessions[..n].iter_mut().zip(mine).for_each(|(c, mine)| c.step(*mine, step[SEEN]));
                }
                continue;
            }
            let yours = levels(&steps.map(|step| step[SEEN]));
            for (t, concessions) in self.concessions[..n].iter_mut().enumerate() {
                let mine = levels(&mine.map(|mine| mine[t]));
                let here = best.lever(t, &mine, &yours);
                concessions.levels(&mine, &yours, here);
            }
        }
        best
    }
}

/// A number of each of the types that are looked at.
type Types = [f64; ABREAST];

/// What is weighed by dimension, to a sender of each type.
#[inline]
fn of_types(of: &Weighed, [a, b, c]: &[Types; 3]) -> Types {
    from_fn(|t| a[t] * of[0] + b[t] * of[1] + c[t] * of[2] + of[3])
}

/// Each type's best package: what it is worth to it and to the hearer, and all that its levers' steps can win or lose it.
#[derive(Debug, Default)]
struct Best {
    own: Types,
    gives: Types,
    stake: Types,
}

impl Best {
    /// A lever at its lowest.
    #[inline]
    fn begin(&mut self, mine: &Types, yours: f64) {
        for t in 0..ABREAST {
            self.own[t] += mine[t];
            self.gives[t] += yours;
        }
    }

    /// Each type takes a step that it gains by, or does not mind where the hearer gains.
    #[inline]
    fn step(&mut self, mine: &Types, yours: f64) {
        for t in 0..ABREAST {
            self.own[t] += mine[t].max(0.0);
            self.gives[t] += if mine[t] > 0.0 || (mine[t] == 0.0 && yours > 0.0) { yours } else { 0.0 };
            self.stake[t] += mine[t].abs();
        }
    }

    /// A type takes the best of a lever's levels; returns which.
    fn lever(&mut self, t: usize, mine: &[f64; GRID], yours: &[f64; GRID]) -> usize {
        let mut here = 0;
        for j in 1..GRID {
            self.stake[t] += (mine[j] - mine[j - 1]).abs();
            if mine[j] > mine[here] || (mine[j] == mine[here] && yours[j] > yours[here]) {
                here = j;
            }
        }
        self.own[t] += mine[here];
        self.gives[t] += yours[here];
        here
    }
}

/// Whether steps along a grid get no larger, each beside its length.
#[inline]
fn falls(steps: &[f64; STEPS]) -> bool {
    steps.windows(2).fold(true, |falls, w| falls & (w[1] <= w[0] + 1e-12 * w[0].abs()))
}

/// Levels above the lowest, by the steps between them.
#[inline]
fn levels(steps: &[f64; STEPS]) -> [f64; GRID] {
    let mut out = [0.0; GRID];
    for j in 0..STEPS {
        out[j + 1] = out[j] + steps[j];
    }
    out
}
