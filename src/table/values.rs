//! What each grid point of each lever is worth, by dimension and by party.
//!
//! `U_p(X) = A_p sum_l keep bite sum_eff w coef [shape(X_l) - shape(x_l)]` (points), with the signing cost and the
//! prize aside; less what each item costs (below). Values are additive over levers, so one small table a lever holds
//! everything a session needs.
//!
//! An item of a package has to be drafted, explained and defended at home, by both sides: `u_p c m (1 + k m)` points a week
//! for a move of m big moves, c by the rank of those who meet (`talks.item_of_officials`, `talks.item_of_leaders`; stakes),
//! k `talks.item_grows`. So what is worth little stays where it is, and a package is short. The corner of that cost is where
//! the lever stands, so the grid has a point there. `items` off: an item costs nothing.

use super::situation::{Reading, Situation};
use crate::scenario::rules::Switch;
use crate::scenario::schema::Shape;
use crate::world::rows::{NONE, pair};
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
    /// The level at each grid point of each, rising.
    levels: Vec<[f64; GRID]>,
    /// For each step of each grid, one over how long it is (beside the others of that lever).
    pub per_length: Vec<[f64; GRID - 1]>,
    /// Every shape of every lever where it stands now.
    pub now: Vec<f64>,
    /// Whether all it does is linear.
    pub linear: Vec<bool>,
    /// What was worked out for each lever, open or not.
    laid: Vec<Laid>,
    /// What each is worth to each party, as it sees itself (points over the life of a deal).
    pub own: [Vec<Points>; 2],
    /// What each is worth to each party, as the other estimates it.
    pub estimated: [Vec<Points>; 2],
}

/// What a lever's grid is worth, and for which level and reach that was worked out.
#[derive(Debug, Clone)]
struct Laid {
    x: f64,
    cap: f64,
    ceiling: f64,
    levels: [f64; GRID],
    per_length: [f64; GRID - 1],
    open: bool,
    /// Points a week by party and dimension, compared with leaving the lever where it stands.
    tables: [[Points; 3]; 2],
    /// What a move to each costs, in what one big move of officials costs.
    items: Points,
}

impl Default for Laid {
    fn default() -> Laid {
        let tables = [[[0.0; GRID + 1]; 3]; 2];
        let (levels, per_length) = ([0.0; GRID], [1.0; GRID - 1]);
        Laid { x: NONE, cap: NONE, ceiling: NONE, levels, per_length, open: false, tables, items: [0.0; GRID + 1] }
    }
}

impl Laid {
    /// The lever's grid, every shape of it where it stands (into `now`), and its values by party and dimension.
    fn lay(&mut self, setup: &Setup, l: usize, (x, cap, ceiling): (f64, f64, f64), now: &mut [f64]) {
        let lever = &setup.levers[l];
        (self.x, self.cap, self.ceiling) = (x, cap, ceiling);
        let (low, high) = if lever.pie {
            (lever.low, lever.high)
        } else {
            // What was driven beyond its reach can be brought back, and goes no further; what a court forbids is not on offer.
            (lever.reach_low.min(x).max(x - cap), lever.reach_high.min(ceiling).max(x).min(x + cap))
        };
        self.open = high - low >= 1e-9;
        let shapes = &setup.shapes[lever.shapes.clone()];
        if !self.open {
            for (now, shape) in now[lever.shapes.clone()].iter_mut().zip(shapes) {
                *now = shape_at(shape.shape, x, lever.low, lever.high);
            }
            return;
        }
        let costs = !lever.pie && setup.is_on(Switch::Items);
        // Where an item costs something, the point in the middle is where the lever stands.
        let middle = if costs && low < x && x < high { x } else { low + (high - low) / 2.0 };
        self.levels = [low, low + (middle - low) / 2.0, middle, middle + (high - middle) / 2.0, high];
        let lengths: [f64; GRID - 1] = std::array::from_fn(|j| self.levels[j + 1] - self.levels[j]);
        self.per_length = lengths.map(|length| (high - low) / length);
        let mut at: Points = [x; GRID + 1];
        at[..GRID].copy_from_slice(&self.levels);
        self.items = if costs { at.map(|y| item(setup, (y - x).abs() / lever.step)) } else { [0.0; GRID + 1] };
        let mut shaped = [[0.0; GRID + 1]; 6];
        for (i, (y, shape)) in shaped.iter_mut().zip(shapes).enumerate() {
            *y = shape_row(shape.shape, &at, lever.low, lever.high);
            now[lever.shapes.start + i] = y[GRID];
            let base = if lever.pie { 0.0 } else { y[GRID] };
            for y in y.iter_mut() {
                *y -= base;
            }
        }
        for (tables, party) in self.tables.iter_mut().zip(&setup.parties) {
            *tables = [[0.0; GRID + 1]; 3];
            for e in party.effects.iter().filter(|e| e.lever == l) {
                let y = &shaped[e.shape - lever.shapes.start];
                for (t, y) in tables[e.dimension].iter_mut().zip(y) {
                    *t += e.points * y;
                }
            }
        }
    }
}

/// What a move of so many big moves costs, in what one big move costs at first.
#[inline]
pub fn item(setup: &Setup, moves: f64) -> f64 {
    moves * (1.0 + setup.scenario.talks.item_grows.get() * moves)
}

/// What a big move costs party p a week while the deal lives, by the rank of those who agree on it (points).
#[inline]
pub fn item_cost(setup: &Setup, p: usize, leaders: bool) -> f64 {
    let talks = &setup.scenario.talks;
    setup.points(p, if leaders { talks.item_of_leaders } else { talks.item_of_officials })
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
    /// Levers, grids and values by dimension. What was worked out for a lever that still stands where it stood, may be
    /// moved as far and belongs to the same setup is used again: most levers rest most of the time.
    pub fn lay_out(&mut self, setup: &Setup, s: &Situation) {
        self.now.resize(setup.shapes.len(), 0.0);
        self.laid.resize_with(setup.levers.len(), Laid::default);
        let mut moved = false;
        for (l, laid) in self.laid.iter_mut().enumerate() {
            let (x, cap, ceiling) = (s.levels[l], setup.levers[l].step * s.may_move, s.ceilings[l]);
            if laid.x != x || laid.cap != cap || laid.ceiling != ceiling {
                laid.lay(setup, l, (x, cap, ceiling), &mut self.now);
                moved = true;
            }
        }
        if !moved {
            return;
        }
        self.open.clear();
        self.levels.clear();
        self.per_length.clear();
        self.linear.clear();
        for (l, laid) in self.laid.iter().enumerate().filter(|(_, laid)| laid.open) {
            self.open.push(l);
            self.levels.push(laid.levels);
            self.per_length.push(laid.per_length);
            self.linear.push(setup.levers[l].linear && (setup.levers[l].pie || !setup.is_on(Switch::Items)));
        }
    }

    /// What open lever `i` is worth to party p a week, by dimension, compared with leaving it where it stands.
    #[inline]
    pub fn dimensions(&self, p: usize, i: usize) -> &[Points; 3] {
        &self.laid[self.open[i]].tables[p]
    }

    /// What open lever `i` costs as an item, in what one big move costs at first.
    #[inline]
    pub fn items(&self, i: usize) -> &Points {
        &self.laid[self.open[i]].items
    }

    /// Both parties' own tables, and each one's as the other reads it.
    pub fn value(&mut self, setup: &Setup, s: &Situation, read: &[Reading; 2]) {
        for p in 0..2 {
            self.own[p].clear();
            self.estimated[p].clear();
        }
        let item = pair(|p| item_cost(setup, p, s.leaders));
        for &l in &self.open {
            let lever = &setup.levers[l];
            for p in 0..2 {
                let (me, you) = (&s.sides[p], &s.sides[1 - p]);
                let (own, seen) = if lever.holder == NOBODY {
                    (1.0, 1.0)
                } else if lever.holder != p {
                    let kept = keep(lever.pledge, you.word);
                    (kept, kept)
                } else {
                    // The other cannot see its honesty: only its word.
                    (own_keep(lever.pledge, me.honesty, s.broken_price), keep(lever.pledge, me.word))
                };
                let bite = bite(setup, p, l, me.resilience, s.leak);
                let (table, items) = (&self.laid[l].tables[p], &self.laid[l].items);
                let own = own * bite * me.annuity;
                let seen = seen * bite * read[p].annuity * s.importance[1 - p][l];
                let (cost, seen_cost) = (item[p] * me.annuity, item[p] * read[p].annuity);
                self.own[p].push(less(weighed(table, me.weights.map(|w| w * own)), cost, items));
                self.estimated[p].push(less(weighed(table, read[p].weights.map(|w| w * seen)), seen_cost, items));
            }
        }
    }

    /// The level of open lever `i` at a position on its grid.
    #[inline]
    pub fn level(&self, i: usize, position: f64) -> f64 {
        let levels = &self.levels[i];
        let j = (position as usize).min(GRID - 2);
        levels[j] + (levels[j + 1] - levels[j]) * (position - j as f64)
    }

    /// The position half-way between the ends of open lever `i`.
    pub fn halfway(&self, i: usize) -> f64 {
        let levels = &self.levels[i];
        self.position(i, 0.5 * (levels[0] + levels[GRID - 1]))
    }

    /// The position of a level on the grid of open lever `i`, or that of the end beyond which it lies.
    pub fn position(&self, i: usize, level: f64) -> f64 {
        let levels = &self.levels[i];
        let j = levels[1..GRID - 1].iter().take_while(|x| **x <= level).count();
        (j as f64 + (level - levels[j]) / (levels[j + 1] - levels[j])).clamp(0.0, (GRID - 1) as f64)
    }
}

/// What is left of a grid's worth when its items are paid.
#[inline]
fn less(mut points: Points, cost: f64, items: &Points) -> Points {
    points.iter_mut().zip(items).for_each(|(x, item)| *x -= cost * item);
    points
}

/// A grid's three dimensions under weights.
#[inline]
pub fn weighed(table: &[Points; 3], [a, b, c]: [f64; 3]) -> Points {
    let mut row = [0.0; GRID + 1];
    for (j, x) in row.iter_mut().enumerate() {
        *x = a * table[0][j] + b * table[1][j] + c * table[2][j];
    }
    row
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
