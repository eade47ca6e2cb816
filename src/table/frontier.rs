//! The frontier by log-rolling (Raiffa 1982): from p's best package, concede step by step where the other gains most
//! for what it costs. With additive values this traces the exact Pareto frontier of the grid.

use super::values::{GRID, Points, at};

/// A stretch of one lever's grid, conceded as a whole.
#[derive(Debug, Clone, Copy)]
pub struct Run {
    /// The other's gain for each point it costs.
    pub ratio: f64,
    /// The open lever.
    pub lever: u16,
    /// Grid point it starts from.
    pub from: u8,
    /// Grid point it leads to.
    pub to: u8,
}

impl Run {
    /// The open lever.
    #[inline]
    pub fn lever(&self) -> usize {
        self.lever.into()
    }

    /// Its two grid points.
    #[inline]
    pub fn ends(&self) -> (usize, usize) {
        (self.from.into(), self.to.into())
    }

    /// The position on the grid when a part of it is conceded.
    #[inline]
    pub fn at(&self, part: f64) -> f64 {
        let (from, to) = (f64::from(self.from), f64::from(self.to));
        from + part * (to - from)
    }
}

/// The frontier from p's best package to the other's.
#[derive(Debug, Clone, Default)]
pub struct Frontier {
    /// Grid points of p's best package.
    pub start: Vec<f64>,
    /// The concessions, the cheapest first.
    pub runs: Vec<Run>,
    /// p's value after each number of concessions.
    pub own: Vec<f64>,
    /// The other's value after each number of concessions.
    pub other: Vec<f64>,
}

/// A point on a frontier: so many whole concessions and a part of the next.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// Whole concessions.
    pub whole: usize,
    /// Part of the next.
    pub part: f64,
}

impl Frontier {
    /// Traces the frontier between tables of p and of the other; `linear` levers are one stretch.
    pub fn trace(&mut self, mine: &[Points], yours: &[Points], linear: &[bool]) {
        self.start.clear();
        self.runs.clear();
        let (mut own, mut other) = (0.0, 0.0);
        let grain = [grain(mine), grain(yours)];
        for (i, (a, b)) in mine.iter().zip(yours).enumerate() {
            let (best, goal) = if linear[i] { line_ends(a, b, grain) } else { ends(a, b, grain) };
            self.start.push(best as f64);
            own += a[best];
            other += b[best];
            if best == goal {
                continue;
            }
            if linear[i] {
                self.push(i, a, b, (best, goal), grain[0], f64::INFINITY);
            } else {
                self.hull(i, a, b, (best, goal), grain);
            }
        }
        sort(&mut self.runs);
        self.own.clear();
        self.other.clear();
        self.own.push(own);
        self.other.push(other);
        for run in &self.runs {
            let (from, to) = run.ends();
            let (a, b) = (&mine[run.lever()], &yours[run.lever()]);
            own += a[to] - a[from];
            other += b[to] - b[from];
            self.own.push(own);
            self.other.push(other);
        }
    }

    fn push(
        &mut self,
        lever: usize,
        a: &Points,
        b: &Points,
        (from, to): (usize, usize),
        grain: f64,
        at_most: f64,
    ) -> f64 {
        let ratio = ((b[to] - b[from]) / (a[from] - a[to]).max(grain)).min(at_most);
        self.runs.push(Run { ratio, lever: lever as u16, from: from as u8, to: to as u8 });
        ratio
    }

    /// The stretches from `best` to `goal` with the best ratio each time: the upper hull of all grid points, for what
    /// two shapes add up to may have its best points anywhere.
    fn hull(&mut self, lever: usize, a: &Points, b: &Points, (best, goal): (usize, usize), grain: [f64; 2]) {
        let (mut here, mut last) = (best, f64::INFINITY);
        while here != goal {
            let (mut to, mut gain, mut loss) = (here, 0.0, 1.0);
            for k in 0..GRID {
                let (g, c) = (b[k] - b[here], (a[here] - a[k]).max(grain[0]));
                if g > 1e-3 * grain[1] && (to == here || g * loss > gain * c * (1.0 + 1e-12)) {
                    (to, gain, loss) = (k, g, c);
                }
            }
            if to == here {
                break;
            }
            last = self.push(lever, a, b, (here, to), grain[0], last);
            here = to;
        }
    }

    /// Where p's value has come down to `own`; the far end if it never does.
    pub fn down_to(&self, own: f64) -> Point {
        match self.own.iter().position(|x| *x <= own) {
            Some(0) => Point::default(),
            Some(i) => Point { whole: i - 1, part: part(&self.own, i, own) },
            None => Point { whole: self.runs.len(), part: 0.0 },
        }
    }

    /// p's value where the other's has risen to `other`; none if it never does.
    pub fn own_when(&self, other: f64) -> Option<f64> {
        let i = self.other.iter().position(|x| *x >= other)?;
        Some(if i == 0 { self.own[0] } else { between(&self.own, i, part(&self.other, i, other)) })
    }

    /// The other's value where p's has come down to `own`, as far as the frontier goes; none if p never has as much.
    pub fn other_when(&self, own: f64) -> Option<f64> {
        if self.own[0] < own {
            return None;
        }
        Some(match self.own.iter().position(|x| *x <= own) {
            Some(0) => self.other[0],
            Some(i) => between(&self.other, i, part(&self.own, i, own)),
            None => *self.other.last().unwrap_or(&0.0),
        })
    }

    /// Grid positions of every open lever at a point.
    pub fn positions(&self, point: Point, out: &mut Vec<f64>) {
        out.clear();
        out.extend_from_slice(&self.start);
        for (k, run) in self.runs[..(point.whole + 1).min(self.runs.len())].iter().enumerate() {
            let part = if k < point.whole { 1.0 } else { point.part };
            out[run.lever()] = run.at(part.min(1.0));
        }
    }

    /// How much a table gains between the start of run `k` and a part of it.
    #[inline]
    pub fn gain(&self, table: &[Points], k: usize, part: f64) -> f64 {
        let run = &self.runs[k];
        let points = &table[run.lever()];
        at(points, run.at(part)) - points[run.ends().0]
    }
}

/// What counts as nothing beside the values of a table: so much of the largest of them.
#[inline]
fn grain(table: &[Points]) -> f64 {
    let mut most: Points = [0.0; GRID + 1];
    for points in table {
        for (most, x) in most.iter_mut().zip(points) {
            *most = most.max(x.abs());
        }
    }
    1e-11 * most.iter().fold(0.0_f64, |most, x| most.max(*x))
}

/// The grid points best for one and for the other; ties go to what the other side likes better.
fn ends(a: &Points, b: &Points, [small_a, small_b]: [f64; 2]) -> (usize, usize) {
    let (mut best, mut goal) = (0, 0);
    for j in 1..GRID {
        if a[j] > a[best] + small_a || ((a[j] - a[best]).abs() <= small_a && b[j] > b[best]) {
            best = j;
        }
        if b[j] > b[goal] + small_b || ((b[j] - b[goal]).abs() <= small_b && a[j] > a[goal]) {
            goal = j;
        }
    }
    (best, goal)
}

/// The same for what is linear: only the two ends can be best.
#[inline]
fn line_ends(a: &Points, b: &Points, [small_a, small_b]: [f64; 2]) -> (usize, usize) {
    const LAST: usize = GRID - 1;
    let (da, db) = (a[LAST] - a[0], b[LAST] - b[0]);
    let best = if da > small_a || (da.abs() <= small_a && db > 0.0) { LAST } else { 0 };
    let goal = if db > small_b || (db.abs() <= small_b && da > 0.0) { LAST } else { 0 };
    (best, goal)
}

/// How far from place `i - 1` to place `i` a target lies that the first has not reached and the second has.
#[inline]
fn part(values: &[f64], i: usize, target: f64) -> f64 {
    ((target - values[i - 1]) / (values[i] - values[i - 1])).clamp(0.0, 1.0)
}

#[inline]
fn between(values: &[f64], i: usize, part: f64) -> f64 {
    values[i - 1] + part * (values[i] - values[i - 1])
}

/// By ratio, falling; equal ones stay in order of lever. Few and nearly sorted, so by insertion.
fn sort(runs: &mut [Run]) {
    for i in 1..runs.len() {
        let run = runs[i];
        let mut j = i;
        while j > 0 && runs[j - 1].ratio < run.ratio {
            runs[j] = runs[j - 1];
            j -= 1;
        }
        runs[j] = run;
    }
}
