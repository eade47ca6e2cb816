//! `Frequency`: a lever matters more to the other the more it keeps of it, and less the more it gives way on it.
//!
//! After van Krimpen, Looije and Hajizadeh (2013), who count what is kept. What the hearer itself wants most is given
//! first whatever it is worth to the giver, so keeping is counted against what a sender would have kept, who cared as
//! the hearer thinks and gave the hearer as much: `g_l = kept*_l - kept_l`, the slope of the regret
//! (`crate::table::regret`) in the logarithm of `i_l`. A session's step would undo the share `rate` of its regret `R`,
//! the sum of all g: `i_l <- i_l exp(-rate R g_l / sum g^2)` (passive-aggressive, Crammer and others 2006). Where little
//! is left on the table little is learned, however much levers of like worth to both are swapped for each other.

use crate::table::frontier::Frontier;
use crate::table::regret::Hearing;
use crate::table::situation::LEVERS_MAX;
use crate::table::values::{GRID, Points, Values, at};
use crate::world::maths::exp;

/// What one hearer counts in a session.
#[derive(Debug, Clone, Default)]
pub struct Counting {
    /// What each open lever's grid is thought to be worth to the sender.
    thought: Vec<Points>,
    /// What each is worth to the hearer, as the sender reads it.
    hearer: Vec<Points>,
    view: Frontier,
    fair: Vec<f64>,
    /// By open lever: how much less was kept than one who cared as thought would have kept.
    given_up: Vec<f64>,
    offers: usize,
}

impl Counting {
    /// Makes ready: the sender's weights before levers are counted, and what each lever is thought to matter.
    pub fn begin(&mut self, hearing: &Hearing, values: &Values, weights: [f64; 3], importance: &[f64; LEVERS_MAX]) {
        hearing.sender(weights, &mut self.thought);
        hearing.hearer(&mut self.hearer);
        for (points, l) in self.thought.iter_mut().zip(&values.open) {
            *points = points.map(|x| x * importance[*l]);
        }
        self.view.trace(&self.thought, &self.hearer, &values.linear);
        self.given_up.clear();
        self.given_up.resize(self.thought.len(), 0.0);
        self.offers = 0;
    }

    /// Counts an offer that leaves the hearer with `given`, as the sender reads it.
    pub fn hear(&mut self, positions: &[f64], given: f64) {
        let best = self.view.own_when(given).unwrap_or(f64::NEG_INFINITY);
        self.view.positions(self.view.down_to(best), &mut self.fair);
        let there = self.thought.iter().zip(&self.fair).zip(positions);
        for (sum, ((points, fair), offered)) in self.given_up.iter_mut().zip(there) {
            *sum += at(points, *fair) - at(points, *offered);
        }
        self.offers += 1;
    }

    /// What each lever is now thought to matter; what is at stake in all that are open stays the same.
    pub fn learn(&self, values: &Values, rate: f64, importance: &mut [f64; LEVERS_MAX]) {
        let (regret, square) = self.given_up.iter().fold((0.0, 0.0), |(sum, square), g| (sum + g, square + g * g));
        if self.offers == 0 || regret <= 0.0 {
            return;
        }
        let factor = |g: &f64| exp(-rate * regret * g / square);
        let stakes = || self.thought.iter().map(spread);
        let after: f64 = stakes().zip(&self.given_up).map(|(stake, g)| stake * factor(g)).sum();
        let same = stakes().sum::<f64>() / after;
        for (l, g) in values.open.iter().zip(&self.given_up) {
            importance[*l] *= factor(g) * same;
        }
    }
}

/// How much a lever can win or lose.
fn spread(points: &Points) -> f64 {
    let ends = points[..GRID].iter().fold((f64::MAX, f64::MIN), |(low, high), x| (low.min(*x), high.max(*x)));
    ends.1 - ends.0
}
