//! A walk down a frontier: offers seldom turn back, so their sums are carried along.

use crate::table::frontier::{Frontier, Point};
use crate::table::values::{Points, Values, at};

/// Offers walk down a frontier and seldom turn back, so their sums are carried along.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Walk {
    /// Where it has come to.
    pub(super) here: Point,
    summed: bool,
    started: bool,
    noticed: Point,
    /// Sums at the last whole concession: the proposer's value, the other's, the proposer's by dimension.
    whole: usize,
    mine: f64,
    yours: f64,
    dims: [f64; 3],
}

impl Walk {
    /// Walks to a point.
    pub(super) fn go(&mut self, view: &Frontier, values: &Values, p: usize, to: Point) {
        let q = 1 - p;
        if !self.summed || to.whole < self.whole {
            self.summed = true;
            let sum =
                |table: &[Points]| table.iter().zip(&view.start).map(|(points, at)| points[*at as usize]).sum::<f64>();
            self.whole = 0;
            (self.mine, self.yours) = (sum(&values.own[p]), sum(&values.own[q]));
            self.dims = [0.0; 3];
            for (i, at) in view.start.iter().enumerate() {
                for (x, points) in self.dims.iter_mut().zip(values.dimensions(p, i)) {
                    *x += points[*at as usize];
                }
            }
        }
        while self.whole < to.whole {
            let k = self.whole;
            self.mine += view.gain(&values.own[p], k, 1.0);
            self.yours += view.gain(&values.own[q], k, 1.0);
            let run = &view.runs[k];
            let (from, to) = run.ends();
            for (x, d) in self.dims.iter_mut().zip(values.dimensions(p, run.lever())) {
                *x += d[to] - d[from];
            }
            self.whole += 1;
        }
        self.here = to;
    }

    /// What the offer is worth to its proposer, to the other, and to the proposer by dimension.
    pub(super) fn at(&self, view: &Frontier, values: &Values, p: usize) -> (f64, f64, [f64; 3]) {
        let (mut mine, mut yours, mut dims) = (self.mine, self.yours, self.dims);
        if self.here.part > 0.0 && self.whole < view.runs.len() {
            mine += view.gain(&values.own[p], self.whole, self.here.part);
            yours += view.gain(&values.own[1 - p], self.whole, self.here.part);
            let run = &view.runs[self.whole];
            let position = run.at(self.here.part);
            for (x, d) in dims.iter_mut().zip(values.dimensions(p, run.lever())) {
                *x += at(d, position) - d[run.ends().0];
            }
        }
        (mine, yours, dims)
    }

    /// Levers conceded since the last offer matter less to the proposer, so far as the hearer can tell.
    pub(super) fn notice(&mut self, view: &Frontier, values: &Values, importance: &mut [f64], rate: f64) {
        if self.started {
            let last = (self.here.whole + usize::from(self.here.part > 0.0)).min(view.runs.len());
            for run in &view.runs[self.noticed.whole.min(last)..last] {
                importance[values.open[run.lever()]] *= 1.0 - rate;
            }
            let mean = values.open.iter().map(|l| importance[*l]).sum::<f64>() / values.open.len().max(1) as f64;
            for l in &values.open {
                importance[*l] /= mean.max(1e-9);
            }
        }
        self.noticed = self.here;
        self.started = true;
    }
}
