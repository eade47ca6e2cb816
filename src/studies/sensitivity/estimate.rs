//! A figure with the error that the bootstrap gives it.

use crate::studies::design::uniforms;
use crate::studies::sums::Z;

/// How often rows are drawn again.
const AGAIN: usize = 200;

/// A figure and its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The figure.
    pub value: f64,
    /// Its standard error, over rows drawn again.
    pub se: f64,
}

impl Estimate {
    /// Half the width of its 95 % interval.
    pub fn half(&self) -> f64 {
        Z * self.se
    }
}

/// Figures of rows `0..n`, each with the error that it has over rows drawn again with replacement (Efron 1979). `figures`
/// is handed the numbers of the rows that count.
pub fn bootstrap(n: usize, seed: u64, figures: impl Fn(&[usize]) -> Vec<f64>) -> Vec<Estimate> {
    let all: Vec<usize> = (0..n).collect();
    let found = figures(&all);
    let mut sums = vec![(0.0, 0.0, 0.0); found.len()];
    for turn in 0..AGAIN {
        let shares = uniforms(seed, "bootstrap", &turn.to_string(), n);
        let rows: Vec<usize> = shares.iter().map(|u| ((u * n as f64) as usize).min(n - 1)).collect();
        for (sum, (x, middle)) in sums.iter_mut().zip(figures(&rows).into_iter().zip(&found)) {
            if x.is_finite() {
                let gap = x - middle; // about the figure itself, so that squares lose nothing
                *sum = (sum.0 + 1.0, sum.1 + gap, sum.2 + gap * gap);
            }
        }
    }
    let se = |(n, sum, squares): (f64, f64, f64)| ((squares - sum * sum / n) / (n - 1.0)).max(0.0).sqrt();
    found.into_iter().zip(sums).map(|(value, sums)| Estimate { value, se: se(sums) }).collect()
}

/// The mean of some numbers.
pub fn mean(all: impl Iterator<Item = f64>) -> f64 {
    let (mut n, mut sum) = (0.0, 0.0);
    for x in all {
        n += 1.0;
        sum += x;
    }
    sum / n
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of a hundred samples the interval of the mean holds the truth in about 95.
    #[test]
    fn bootstrap_intervals_cover() {
        let (n, mut inside) = (60, 0);
        for sample in 0..200_u64 {
            let lane = uniforms(sample, "a sample", "x", n);
            let found = bootstrap(n, sample, |rows| vec![mean(rows.iter().map(|r| lane[*r]))])[0];
            inside += usize::from((found.value - 0.5).abs() <= found.half());
        }
        assert!((180..=199).contains(&inside), "{inside} of 200");
    }
}
