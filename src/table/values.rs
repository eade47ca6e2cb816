//! What each grid point of each lever is worth, by dimension and by party.
//!
//! `U_p(X) = A_p sum_l keep bite sum_eff w coef [shape(X_l) - shape(x_l)]` [points], with the signing cost and the
//! prize aside. Values are additive over levers, so one small table a lever holds everything a session needs.

use super::situation::Situation;
use crate::scenario::schema::Shape;
use crate::world::setup::{NOBODY, Setup, shape_at};

/// Grid points of a lever in a session.
pub const GRID: usize = 5;
/// The grid points and, last, the level where the lever stands.
pub type Points = [f64; GRID + 1];

/// Tables of one session, for the levers that can be moved in it.
#[derive(Debug, Clone, Default)]
pub struct Values {
    /// The levers that can be moved.
    pub open: Vec<usize>,
    /// Lowest level of each.
    pub low: Vec<f64>,
    /// Highest level of each.
    pub high: Vec<f64>,
    /// Every shape of every lever where it stands now.
    pub now: Vec<f64>,
    /// Whether all it does is linear.
    pub linear: Vec<bool>,
    /// Points a week by party, lever and dimension, compared with leaving the lever where it stands.
    pub dimensions: [Vec<[Points; 3]>; 2],
    /// What each is worth to each party, as it sees itself [points over the life of a deal].
    pub own: [Vec<Points>; 2],
    /// What each is worth to each party, as the other estimates it.
    pub estimated: [Vec<Points>; 2],
}

/// A shape at each level of a row, as [`shape_at`] has it.
#[inline]
fn shape_row(shape: Shape, at: &Points, low: f64, high: f64) -> Points {
    match shape {
        Shape::Lin => at.map(|x| shape_at(Shape::Lin, x, low, high)),
        Shape::Rest => at.map(|x| shape_at(Shape::Rest, x, low, high)),
        Shape::Root => at.map(|x| shape_at(Shape::Root, x, low, high)),
        Shape::Hump => at.map(|x| shape_at(Shape::Hump, x, low, high)),
        Shape::Dead => at.map(|x| shape_at(Shape::Dead, x, low, high)),
        Shape::Lost => at.map(|x| shape_at(Shape::Lost, x, low, high)),
    }
}

/// How much of a lever's bite a party feels: all of its own, less of the other's the more resilient it is.
#[inline]
pub fn bite(setup: &Setup, p: usize, l: usize, resilience: f64, leak: f64) -> f64 {
    let lever = &setup.levers[l];
    if lever.holder == p || lever.holder == NOBODY {
        return 1.0;
    }
    let bite = 1.0 - lever.offset * resilience;
    if lever.leaks { bite * (1.0 - leak) } else { bite }
}

/// The share of a promised move that counts, when a share `kept` of pledges is kept.
#[inline]
pub fn keep(pledge: f64, kept: f64) -> f64 {
    1.0 - pledge * (1.0 - kept)
}

/// What its own pledges cost a party that delivers a share `honesty`: breaking them saves the share 1 - price.
#[inline]
pub fn own_keep(pledge: f64, honesty: f64, price: f64) -> f64 {
    keep(pledge, price + (1.0 - price) * honesty)
}

impl Values {
    /// Levers, grids and values by dimension.
    pub fn lay_out(&mut self, setup: &Setup, s: &Situation) {
        self.open.clear();
        self.low.clear();
        self.high.clear();
        self.linear.clear();
        self.dimensions[0].clear();
        self.dimensions[1].clear();
        self.now.resize(setup.shapes.len(), 0.0);
        let mut cursor = [0, 0];
        for (l, lever) in setup.levers.iter().enumerate() {
            let effects = [0, 1].map(|p: usize| {
                let all = &setup.parties[p].effects;
                let first = cursor[p];
                while cursor[p] < all.len() && all[cursor[p]].lever == l {
                    cursor[p] += 1;
                }
                &all[first..cursor[p]]
            });
            let (x, cap) = (s.levels[l], lever.step * s.may_move);
            let (low, high) = if lever.pie {
                (lever.low, lever.high)
            } else {
                (lever.reach_low.max(x - cap), lever.reach_high.min(x + cap))
            };
            let shapes = &setup.shapes[lever.shapes.clone()];
            if high - low < 1e-9 {
                for (i, shape) in shapes.iter().enumerate() {
                    self.now[lever.shapes.start + i] = shape_at(shape.shape, x, lever.low, lever.high);
                }
                continue;
            }
            let mut at: Points = [x; GRID + 1];
            for (j, level) in at[..GRID].iter_mut().enumerate() {
                *level = low + (high - low) * j as f64 / (GRID - 1) as f64;
            }
            let mut shaped = [[0.0; GRID + 1]; 6];
            for (i, (y, shape)) in shaped.iter_mut().zip(shapes).enumerate() {
                *y = shape_row(shape.shape, &at, lever.low, lever.high);
                self.now[lever.shapes.start + i] = y[GRID];
                let base = if lever.pie { 0.0 } else { y[GRID] };
                for y in y.iter_mut() {
                    *y -= base;
                }
            }
            for p in 0..2 {
                let mut table = [[0.0; GRID + 1]; 3];
                for e in effects[p] {
                    let y = &shaped[e.shape - lever.shapes.start];
                    for (t, y) in table[e.dimension].iter_mut().zip(y) {
                        *t += e.points * y;
                    }
                }
                self.dimensions[p].push(table);
            }
            self.open.push(l);
            self.low.push(low);
            self.high.push(high);
            self.linear.push(lever.linear);
        }
    }

    /// What party p's grid is worth under weights, each lever scaled.
    pub fn weigh(dimensions: &[[Points; 3]], weights: [f64; 3], scale: impl Fn(usize) -> f64, out: &mut Vec<Points>) {
        out.clear();
        out.extend(dimensions.iter().enumerate().map(|(i, d)| {
            let [a, b, c] = weights.map(|w| w * scale(i));
            let mut row = [0.0; GRID + 1];
            for (j, x) in row.iter_mut().enumerate() {
                *x = a * d[0][j] + b * d[1][j] + c * d[2][j];
            }
            row
        }));
    }

    /// Both parties' own tables and what each estimates of the other.
    pub fn value(&mut self, setup: &Setup, s: &Situation, estimate: [[f64; 3]; 2]) {
        for p in 0..2 {
            let (me, you) = (&s.sides[p], &s.sides[1 - p]);
            let open = &self.open;
            let scale = |i: usize, own: bool| {
                let l = open[i];
                let lever = &setup.levers[l];
                let kept = if lever.holder == NOBODY {
                    1.0
                } else if lever.holder != p {
                    keep(lever.pledge, you.word)
                } else if own {
                    own_keep(lever.pledge, me.honesty, s.broken_price)
                } else {
                    keep(lever.pledge, me.word) // the other cannot see its honesty: only its word
                };
                kept * bite(setup, p, l, me.resilience, s.leak) * me.annuity
            };
            Values::weigh(&self.dimensions[p], me.weights, |i| scale(i, true), &mut self.own[p]);
            let importance = &s.importance[1 - p];
            Values::weigh(
                &self.dimensions[p],
                estimate[p],
                |i| scale(i, false) * importance[open[i]],
                &mut self.estimated[p],
            );
        }
    }

    /// The level of open lever `i` at a position on its grid.
    #[inline]
    pub fn level(&self, i: usize, position: f64) -> f64 {
        self.low[i] + (self.high[i] - self.low[i]) * position / (GRID - 1) as f64
    }
}

/// A table read at a position between grid points.
#[inline]
pub fn at(points: &Points, position: f64) -> f64 {
    let i = (position as usize).min(GRID - 2);
    let f = position - i as f64;
    points[i] * (1.0 - f) + points[i + 1] * f
}

/// A package's value in a table.
pub fn worth(table: &[Points], positions: &[f64]) -> f64 {
    table.iter().zip(positions).map(|(points, position)| at(points, *position)).sum()
}
