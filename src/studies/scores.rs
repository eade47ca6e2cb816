//! Scoring rules: how far a forecast was from what happened. All are proper; less is better.

use crate::batch::histogram::{Histogram, floor};
use crate::world::maths::{exp, ln};

/// The Brier score of a chance.
pub fn brier(p: f64, happened: bool) -> f64 {
    let y = f64::from(u8::from(happened));
    (p - y) * (p - y)
}

/// The log score of a chance; a forecast that was sure and wrong is held to have given one in a million.
pub fn log_score(p: f64, happened: bool) -> f64 {
    -ln(if happened { p } else { 1.0 - p }.max(1e-6))
}

/// The ranked probability score of chances of levels in order.
pub fn rps(p: &[f64], came_to: usize) -> f64 {
    let (mut sum, mut out) = (0.0, 0.0);
    for (level, p) in p.iter().enumerate().take(p.len() - 1) {
        sum += p;
        let y = if came_to <= level { 1.0 } else { 0.0 };
        out += (sum - y) * (sum - y);
    }
    out / (p.len() - 1).max(1) as f64
}

/// The CRPS of a distribution kept in bins, each taken at its middle: right to `histogram::BIN` times the mean size of its numbers,
/// for each of them is off by half a bin at most, and the score has their distance to the answer and half that between
/// them.
pub fn crps(h: &Histogram, y: f64) -> f64 {
    let Some((low, high)) = h.range() else { return f64::NAN };
    let n = h.count as f64;
    let middle = |bin: i32| {
        let (a, b) = (floor(bin), floor(bin + 1));
        let whole = a == a.trunc() && a.abs() <= 256.0;
        (if whole { a } else { 0.5 * (a + b) }).clamp(low, high)
    };
    let (mut out, mut below, mut last) = (0.0, 0.0, f64::NEG_INFINITY);
    // Between two neighbouring points the distribution is flat, and the answer's step is 0 or 1, or changes at y.
    let stretch = |from: f64, to: f64, f: f64| {
        if from == f64::NEG_INFINITY {
            return if to > y { to - y } else { 0.0 };
        }
        let (left, right) = ((y.min(to) - from).max(0.0), (to - y.max(from)).max(0.0));
        left * f * f + right * (1.0 - f) * (1.0 - f)
    };
    for (bin, count) in h.bins() {
        let x = middle(bin);
        out += stretch(last, x, below);
        below += count as f64 / n;
        last = x;
    }
    out + (y - last).max(0.0)
}

/// The CRPS of a bell curve (Gneiting and Raftery 2007); of a point where the spread is 0.
pub fn crps_normal(mean: f64, sd: f64, y: f64) -> f64 {
    if sd <= 0.0 {
        return (y - mean).abs();
    }
    let z = (y - mean) / sd;
    let density = exp(-0.5 * z * z) / (2.0 * std::f64::consts::PI).sqrt();
    let below = 0.5 * (1.0 + libm::erf(z / std::f64::consts::SQRT_2));
    sd * (z * (2.0 * below - 1.0) + 2.0 * density - 1.0 / std::f64::consts::PI.sqrt())
}

/// Student's 97.5 % point for so many degrees of freedom, right to a thousandth: by the table to 30, above it by the first
/// two terms of its expansion around the bell curve's (Abramowitz and Stegun 26.7.5).
pub fn t_975(df: usize) -> f64 {
    const TABLE: [f64; 30] = [
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
        2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
    ];
    const BELL: f64 = 1.959_964;
    let expanded = || {
        let (square, n) = (BELL * BELL, df as f64);
        let first = (square + 1.0) / (4.0 * n);
        BELL * (1.0 + first + ((5.0 * square + 16.0) * square + 3.0) / (96.0 * n * n))
    };
    TABLE.get(df.max(1) - 1).copied().unwrap_or_else(expanded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::histogram::BIN;

    fn near(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-9, "{a} {b}");
    }

    #[test]
    fn the_points_of_student_join() {
        assert!((t_975(31) - 2.0395).abs() < 1e-3 && (t_975(120) - 1.980).abs() < 1e-3);
        assert!((1..60).all(|df| t_975(df + 1) < t_975(df)));
    }

    #[test]
    fn scores_are_those_of_the_book() {
        near(brier(0.7, true), 0.09);
        near(log_score(0.25, false), -libm::log(0.75));
        near(rps(&[0.2, 0.3, 0.5], 2), (0.04 + 0.25) / 2.0);
        near(rps(&[0.0, 1.0], 1), 0.0);
        near(crps_normal(3.0, 0.0, 5.0), 2.0);
        near(crps_normal(0.0, 1.0, 0.0), (2.0_f64.sqrt() - 1.0) / std::f64::consts::PI.sqrt());
    }

    #[test]
    fn the_crps_of_numbers_is_their_mean_distance_less_half_their_own() {
        let numbers = [1.0, 2.0, 2.0, 5.0, 9.0];
        let mut h = Histogram::default();
        numbers.iter().for_each(|x| h.add(*x).unwrap());
        for y in [0.0, 1.0, 1.5, 2.0, 4.0, 9.0, 12.0] {
            let n = numbers.len() as f64;
            let to_y = numbers.iter().map(|x| (x - y).abs()).sum::<f64>() / n;
            let own = numbers.iter().flat_map(|a| numbers.iter().map(move |b| (a - b).abs())).sum::<f64>() / (n * n);
            near(crps(&h, y), to_y - 0.5 * own);
        }
    }

    #[test]
    fn bins_cost_the_crps_no_more_than_their_width() {
        let numbers: Vec<f64> = (0..400).map(|i| 300.0 + 0.37 * f64::from(i) + 90.0 * f64::from(i % 7)).collect();
        let mut h = Histogram::default();
        numbers.iter().for_each(|x| h.add(*x).unwrap());
        let n = numbers.len() as f64;
        let size = numbers.iter().map(|x| x.abs()).sum::<f64>() / n;
        let own = numbers.iter().flat_map(|a| numbers.iter().map(move |b| (a - b).abs())).sum::<f64>() / (n * n);
        for y in [0.0, 310.0, 500.5, 777.0, 2000.0] {
            let exact = numbers.iter().map(|x| (x - y).abs()).sum::<f64>() / n - 0.5 * own;
            assert!((crps(&h, y) - exact).abs() <= BIN * size, "{y}");
        }
    }
}
