//! Indices of Sobol: the share of the variance of an answer that an input brings alone (first order), with all it takes
//! part in (total), and two inputs together beyond what each brings alone (second order).
//!
//! Points: two samples A and B of the unit cube from one Sobol sequence, and for each input i the sample A with its column
//! i from B (Saltelli 2002). First order as in Saltelli et al. 2010 (Computer Physics Communications 181, table 2 b),
//! total as in Jansen 1999, second order as in Saltelli 2002.

use super::estimate::{Estimate, bootstrap, mean};
use crate::error::Error;

/// A study has at most so many inputs: the Sobol sequence has twice as many dimensions.
pub const INPUTS_MAX: usize = sobol_burley::NUM_DIMENSIONS as usize / 2;
/// Half of the step between two numbers of 24 bits.
const HALF_A_STEP: f64 = 1.0 / (1u64 << 25) as f64;
/// And at most so many rows of its samples.
pub const ROWS_MAX: u64 = 1 << 16;

/// The samples A and B: `rows` rows of so many inputs.
#[derive(Debug, Clone, PartialEq)]
pub struct Samples {
    a: Vec<Vec<f64>>,
    b: Vec<Vec<f64>>,
}

impl Samples {
    /// So many rows; best is a power of two.
    pub fn new(inputs: usize, rows: u64, seed: u64) -> Result<Samples, Error> {
        if inputs > INPUTS_MAX {
            let text =
                format!("{inputs} inputs are too many: {INPUTS_MAX} at most; screen them first: --method morris");
            return Err(Error::argument(text));
        }
        if rows > ROWS_MAX {
            return Err(Error::argument(format!("{rows} rows are too many: {ROWS_MAX} at most")));
        }
        let mixed = (seed ^ (seed >> 32)) as u32;
        // in the middle of what a number of 24 bits stands for: never 0, where a distribution has no end
        let share = |row: u64, d: usize| f64::from(sobol_burley::sample(row as u32, d as u32, mixed)) + HALF_A_STEP;
        let sample = |from: usize| {
            (0..rows).map(|row| (from..from + inputs).map(|d| share(row, d)).collect()).collect::<Vec<Vec<f64>>>()
        };
        Ok(Samples { a: sample(0), b: sample(inputs) })
    }

    /// All points, row by row: that of A, that of A with each column from B, that of B. The first rows are those of fewer.
    pub fn points(&self) -> Vec<Vec<f64>> {
        let mut out = vec![];
        for (a, b) in self.a.iter().zip(&self.b) {
            out.push(a.clone());
            out.extend((0..a.len()).map(|i| with(a, b, i)));
            out.push(b.clone());
        }
        out
    }

    /// The points that the second order of some inputs needs besides, row by row: that of B with each column from A.
    pub fn turned(&self, inputs: &[usize]) -> Vec<Vec<f64>> {
        let each = self.a.iter().zip(&self.b);
        each.flat_map(|(a, b)| inputs.iter().map(|i| with(b, a, *i))).collect()
    }
}

/// A point with one of its numbers from another.
fn with(point: &[f64], other: &[f64], i: usize) -> Vec<f64> {
    let mut out = point.to_vec();
    out[i] = other[i];
    out
}

/// What was found at the points of some rows.
#[derive(Debug, Clone)]
pub struct Answers {
    a: Vec<f64>,
    b: Vec<f64>,
    /// By input, then by row.
    ab: Vec<Vec<f64>>,
}

/// The indices of all inputs.
#[derive(Debug, Clone, PartialEq)]
pub struct Indices {
    /// The variance of the answer over A and B.
    pub variance: f64,
    /// First order.
    pub first: Vec<Estimate>,
    /// Total.
    pub total: Vec<Estimate>,
}

impl Answers {
    /// Of so many inputs, from the answers at the points in their order; a row that is not whole is left out.
    pub fn new(inputs: usize, answers: &[f64]) -> Answers {
        let width = inputs + 2;
        let rows = answers.len() / width;
        let column = |c: usize| (0..rows).map(|row| answers[row * width + c]).collect::<Vec<f64>>();
        Answers { a: column(0), ab: (1..=inputs).map(column).collect(), b: column(inputs + 1) }
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.a.len()
    }

    /// The indices, their errors by the bootstrap over rows; none where the answer does not vary at all.
    pub fn indices(&self, seed: u64) -> Option<Indices> {
        let all: Vec<usize> = (0..self.rows()).collect();
        let variance = self.variance(&all);
        if self.rows() < 2 || variance <= 0.0 {
            return None;
        }
        let k = self.ab.len();
        let figures = |rows: &[usize]| {
            let v = self.variance(rows);
            let first = (0..k).map(|i| self.first(i, rows) / v);
            first.chain((0..k).map(|i| self.total(i, rows) / v)).collect::<Vec<f64>>()
        };
        let mut first = bootstrap(self.rows(), seed, figures);
        let total = first.split_off(k);
        Some(Indices { variance, first, total })
    }

    /// The variance over A and B.
    fn variance(&self, rows: &[usize]) -> f64 {
        let both = || rows.iter().flat_map(|r| [self.a[*r], self.b[*r]]);
        let first = both().next();
        if both().all(|y| Some(y) == first) {
            return 0.0; // not what rounding leaves of it
        }
        let middle = mean(both());
        mean(both().map(|y| (y - middle) * (y - middle)))
    }

    fn first(&self, i: usize, rows: &[usize]) -> f64 {
        let middle = mean(rows.iter().flat_map(|r| [self.a[*r], self.b[*r]]));
        mean(rows.iter().map(|r| (self.b[*r] - middle) * (self.ab[i][*r] - self.a[*r])))
    }

    fn total(&self, i: usize, rows: &[usize]) -> f64 {
        let gap = |r: &usize| self.a[*r] - self.ab[i][*r];
        mean(rows.iter().map(|r| gap(r) * gap(r))) / 2.0
    }

    /// The second order of each two of some inputs, from the answers at the points of [`Samples::turned`], in their
    /// order: the two, and what they bring together.
    pub fn pairs(&self, inputs: &[usize], turned: &[f64], seed: u64) -> Vec<(usize, usize, Estimate)> {
        let width = inputs.len();
        let rows = (turned.len() / width.max(1)).min(self.rows());
        let pairs: Vec<(usize, usize)> = (0..width).flat_map(|i| (i + 1..width).map(move |j| (i, j))).collect();
        if rows < 2 || pairs.is_empty() {
            return vec![];
        }
        let figures = |drawn: &[usize]| {
            let v = self.variance(drawn);
            let middle = mean(drawn.iter().flat_map(|r| [self.a[*r], self.b[*r]]));
            let one = |(i, j): &(usize, usize)| {
                let together = mean(drawn.iter().map(|r| {
                    let (ba, ab) = (turned[r * width + i] - middle, self.ab[inputs[*j]][*r] - middle);
                    ba * ab - (self.a[*r] - middle) * (self.b[*r] - middle)
                }));
                (together - self.first(inputs[*i], drawn) - self.first(inputs[*j], drawn)) / v
            };
            pairs.iter().map(one).collect::<Vec<f64>>()
        };
        let found = bootstrap(rows, seed, figures);
        pairs.iter().zip(found).map(|((i, j), estimate)| (inputs[*i], inputs[*j], estimate)).collect()
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods)] // known functions, compared within a tolerance
pub mod tests {
    use super::*;
    use std::f64::consts::PI;

    /// The function of Ishigami and Homma (1990) with a = 7 and b = 0.1, over (-pi, pi) three times.
    pub fn ishigami(point: &[f64]) -> f64 {
        let x: Vec<f64> = point.iter().map(|u| PI * (2.0 * u - 1.0)).collect();
        x[0].sin() + 7.0 * square(x[1].sin()) + 0.1 * square(square(x[2])) * x[0].sin()
    }

    fn square(x: f64) -> f64 {
        x * x
    }

    /// The g-function of Sobol over six inputs, the first of which counts most.
    pub fn g_function(point: &[f64]) -> f64 {
        point.iter().zip(G).map(|(u, a)| ((4.0 * u - 2.0).abs() + a) / (1.0 + a)).product()
    }

    const G: [f64; 6] = [0.0, 0.5, 3.0, 9.0, 99.0, 99.0];

    fn answers(k: usize, rows: u64, model: fn(&[f64]) -> f64) -> (Samples, Answers, Indices) {
        let samples = Samples::new(k, rows, 1).expect("samples");
        let found: Vec<f64> = samples.points().iter().map(|point| model(point)).collect();
        let answers = Answers::new(k, &found);
        let indices = answers.indices(1).expect("it varies");
        (samples, answers, indices)
    }

    fn near(found: &Estimate, truth: f64, most: f64) {
        assert!((found.value - truth).abs() <= found.half() + 1e-3, "{found:?}, and it is {truth}");
        assert!((found.value - truth).abs() <= most, "{found:?}, and it is {truth}");
    }

    #[test]
    fn ishigami_has_its_known_indices() {
        let (samples, answers, found) = answers(3, 2048, ishigami);
        let (a, b) = (7.0_f64, 0.1_f64);
        let one = 0.5 * square(1.0 + b * square(PI * PI) / 5.0);
        let (two, both) = (a * a / 8.0, 8.0 * b * b * square(square(PI * PI)) / 225.0);
        let v = one + two + both;
        assert!((found.variance / v - 1.0).abs() < 0.02, "{} and {v}", found.variance);
        for (estimate, truth) in found.first.iter().zip([one / v, two / v, 0.0]) {
            near(estimate, truth, 0.03);
        }
        for (estimate, truth) in found.total.iter().zip([(one + both) / v, two / v, both / v]) {
            near(estimate, truth, 0.03);
        }
        let turned: Vec<f64> = samples.turned(&[0, 1, 2]).iter().map(|point| ishigami(point)).collect();
        let pairs = answers.pairs(&[0, 1, 2], &turned, 1);
        for ((i, j, estimate), truth) in pairs.iter().zip([0.0, both / v, 0.0]) {
            assert!((estimate.value - truth).abs() < 0.04, "{i} and {j}: {estimate:?}, and it is {truth}");
        }
    }

    #[test]
    fn the_g_function_has_its_known_indices() {
        let (_, _, found) = answers(6, 4096, g_function);
        let alone = G.map(|a| 1.0 / 3.0 / (1.0 + a) / (1.0 + a));
        let v: f64 = alone.iter().map(|x| 1.0 + x).product::<f64>() - 1.0;
        for (i, x) in alone.iter().enumerate() {
            let rest: f64 = (0..6).filter(|j| *j != i).map(|j| 1.0 + alone[j]).product();
            near(&found.first[i], x / v, 0.03);
            near(&found.total[i], x * rest / v, 0.03);
        }
    }

    #[test]
    fn an_input_that_does_nothing_has_no_part_at_all() {
        let (_, _, found) = answers(4, 64, |point| ishigami(&point[..3]));
        assert_eq!((found.first[3].value, found.first[3].se), (0.0, 0.0));
        assert_eq!((found.total[3].value, found.total[3].se), (0.0, 0.0));
    }

    /// Over many designs the interval holds the truth about as often as it says.
    #[test]
    fn intervals_cover_the_truth() {
        let truth = G.map(|a| 1.0 / 3.0 / (1.0 + a) / (1.0 + a));
        let v: f64 = truth.iter().map(|x| 1.0 + x).product::<f64>() - 1.0;
        let rest: f64 = (1..6).map(|j| 1.0 + truth[j]).product();
        let mut inside = [0; 2];
        for seed in 0..60 {
            let samples = Samples::new(6, 128, seed).expect("samples");
            let found: Vec<f64> = samples.points().iter().map(|point| g_function(point)).collect();
            let found = Answers::new(6, &found).indices(seed).expect("it varies");
            let holds = |e: &Estimate, truth: f64| usize::from((e.value - truth).abs() <= e.half());
            inside[0] += holds(&found.first[0], truth[0] / v);
            inside[1] += holds(&found.total[0], truth[0] * rest / v);
        }
        assert!(inside.iter().all(|n| *n >= 50), "{inside:?} of 60");
    }

    #[test]
    fn fewer_rows_are_the_first_rows() {
        let (few, many) = (Samples::new(3, 8, 5).expect("few"), Samples::new(3, 32, 5).expect("many"));
        assert_eq!(few.points()[..], many.points()[..8 * 5]);
        let cut: Vec<f64> = many.points()[..8 * 5 + 3].iter().map(|point| ishigami(point)).collect();
        assert_eq!(Answers::new(3, &cut).rows(), 8);
        assert!(many.points().iter().flatten().all(|u| 0.0 < *u && *u < 1.0));
        let said = |inputs, rows| Samples::new(inputs, rows, 1).unwrap_err().to_string();
        assert!(said(200, 8).contains("morris") && said(3, 1 << 20).contains("too many"));
    }

    #[test]
    fn an_answer_that_never_varies_has_no_indices() {
        assert!(Answers::new(2, &[1.0; 32]).indices(1).is_none());
        assert!(Answers::new(2, &[0.9; 16]).indices(1).is_none(), "whose mean is another number by rounding");
    }
}
