//! A walk down a frontier: offers seldom turn back, so their sums are carried along.

use crate::table::frontier::{Frontier, Point};
use crate::table::regret::{Hearing, Weighed};
use crate::table::values::{Points, Values};

/// Offers walk down a frontier and seldom turn back, so their sums are carried along.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Walk {
    /// Where it has come to.
    pub(super) here: Point,
    summed: bool,
    /// Sums at the last whole concession: the proposer's value, the other's, and as the one who learns from it weighs it.
    whole: usize,
    mine: f64,
    yours: f64,
    heard: Weighed,
}

impl Walk {
    /// Walks to a point.
    pub(super) fn go(&mut self, view: &Frontier, values: &Values, ear: Option<&Hearing>, p: usize, to: Point) {
        let q = 1 - p;
        if !self.summed || to.whole < self.whole {
            self.summed = true;
            let sum =
                |table: &[Points]| table.iter().zip(&view.start).map(|(points, at)| points[*at as usize]).sum::<f64>();
            self.whole = 0;
            (self.mine, self.yours) = (sum(&values.own[p]), sum(&values.own[q]));
            self.heard = [0.0; 5];
            if let Some(ear) = ear {
                for (i, at) in view.start.iter().enumerate() {
                    ear.add(i, *at as usize, 1.0, &mut self.heard);
                }
            }
        }
        while self.whole < to.whole {
            let k = self.whole;
            self.mine += view.gain(&values.own[p], k, 1.0);
            self.yours += view.gain(&values.own[q], k, 1.0);
            if let Some(ear) = ear {
                concede(view, ear, k, 1.0, &mut self.heard);
            }
            self.whole += 1;
        }
        self.here = to;
    }

    /// What the offer is worth to its proposer, to the other, and as the one who learns from it weighs it.
    pub(super) fn at(&self, view: &Frontier, values: &Values, ear: Option<&Hearing>, p: usize) -> (f64, f64, Weighed) {
        let (mut mine, mut yours, mut heard) = (self.mine, self.yours, self.heard);
        if self.here.part > 0.0 && self.whole < view.runs.len() {
            mine += view.gain(&values.own[p], self.whole, self.here.part);
            yours += view.gain(&values.own[1 - p], self.whole, self.here.part);
            if let Some(ear) = ear {
                concede(view, ear, self.whole, self.here.part, &mut heard);
            }
        }
        (mine, yours, heard)
    }
}

/// Adds what a part of run `k` changes.
#[inline]
fn concede(view: &Frontier, ear: &Hearing, k: usize, part: f64, heard: &mut Weighed) {
    let run = &view.runs[k];
    let (i, from, to) = (run.lever(), run.ends().0, run.at(part));
    ear.add(i, from, -1.0, heard);
    let point = to as usize;
    let over = to - point as f64;
    ear.add(i, point, 1.0 - over, heard);
    if over > 0.0 {
        ear.add(i, point + 1, over, heard);
    }
}
