//! What is kept of pairs of games so that parts merge exactly, in any order: only integers.
//!
//! Of a pair (x, y) of one game played in two cells: the sums of both, of their squares and of the square of their
//! difference. Sums are in quanta of 2^-32, products in quanta of 2^-40, for values up to 2^30. From these come the
//! mean difference and its standard error, and what pairing saved: the variance of independent games is that of x
//! plus that of y, the variance of paired games that of y - x.

use crate::batch::histogram::LIMIT;

/// Quanta of a sum.
pub(crate) const SUM: f64 = 4_294_967_296.0;
/// Quanta of a product.
pub(crate) const PRODUCT: f64 = 1_099_511_627_776.0;

/// The 97.5 % point of the bell curve: half the width of a 95 % interval, in standard errors.
pub const Z: f64 = 1.959_963_984_540_054;

/// A number in whole quanta, rounded away from zero at the half.
#[inline]
pub(crate) fn quanta(x: f64, scale: f64) -> i128 {
    (x * scale + if x < 0.0 { -0.5 } else { 0.5 }) as i128
}

/// A number that can be summed, or itself as the error.
#[inline]
pub(crate) fn sound(x: f64) -> Result<f64, f64> {
    if (-LIMIT..=LIMIT).contains(&x) { Ok(x) } else { Err(x) }
}

/// A difference measured on paired games.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// Pairs that counted.
    pub n: u64,
    /// The mean in the base.
    pub base: f64,
    /// The mean in the variant.
    pub variant: f64,
    /// The standard error of each of these means.
    pub own_se: [f64; 2],
    /// Variant less base.
    pub difference: f64,
    /// Its standard error.
    pub se: f64,
    /// The share of the variance of the difference that pairing took away; none where nothing varies.
    pub saved: Option<f64>,
}

impl Found {
    /// The difference in standard errors; 0 where there is no difference at all.
    pub fn z(&self) -> f64 {
        if self.difference == 0.0 { 0.0 } else { self.difference / self.se.max(1e-300) }
    }
    /// Half the width of the 95 % interval.
    pub fn half(&self) -> f64 {
        Z * self.se
    }
    /// The 95 % interval of the difference.
    pub fn interval(&self) -> (f64, f64) {
        (self.difference - self.half(), self.difference + self.half())
    }
}

/// Sums of pairs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pairs {
    n: u64,
    sums: [i128; 2],
    squares: [i128; 2],
    gaps: i128,
}

impl Pairs {
    /// Adds a pair: the number in the base and in the variant. What cannot be summed is handed back.
    #[inline]
    pub fn add(&mut self, x: f64, y: f64) -> Result<(), f64> {
        let (x, y) = (sound(x)?, sound(y)?);
        self.n += 1;
        self.sums[0] += quanta(x, SUM);
        self.sums[1] += quanta(y, SUM);
        self.squares[0] += quanta(x * x, PRODUCT);
        self.squares[1] += quanta(y * y, PRODUCT);
        self.gaps += quanta((y - x) * (y - x), PRODUCT);
        Ok(())
    }

    /// Adds all that another has seen.
    pub fn merge(&mut self, other: &Pairs) {
        self.n += other.n;
        self.gaps += other.gaps;
        for i in 0..2 {
            self.sums[i] += other.sums[i];
            self.squares[i] += other.squares[i];
        }
    }

    /// What was found; none with fewer than two pairs.
    pub fn found(&self) -> Option<Found> {
        if self.n < 2 {
            return None;
        }
        let n = self.n as f64;
        let mean = |sum: i128| sum as f64 / SUM / n;
        let spread = |squares: i128, mean: f64| ((squares as f64 / PRODUCT - n * mean * mean) / (n - 1.0)).max(0.0);
        let (base, variant) = (mean(self.sums[0]), mean(self.sums[1]));
        let difference = mean(self.sums[1] - self.sums[0]);
        let paired = spread(self.gaps, difference);
        let own = [spread(self.squares[0], base), spread(self.squares[1], variant)];
        let apart = own[0] + own[1];
        Some(Found {
            n: self.n,
            base,
            variant,
            own_se: own.map(|square| (square / n).sqrt()),
            difference,
            se: (paired / n).sqrt(),
            saved: (apart > 0.0).then(|| 1.0 - paired / apart),
        })
    }
}

/// Sums of pairs of ratios: of all f over all g, in base and variant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ratios {
    n: u64,
    sums: [i128; 4],
    products: [[i128; 4]; 4],
}

impl Ratios {
    /// Adds a game: what is counted and what it is a ratio to, in the base and in the variant.
    pub fn add(&mut self, base: [f64; 2], variant: [f64; 2]) -> Result<(), f64> {
        let all = [sound(base[0])?, sound(base[1])?, sound(variant[0])?, sound(variant[1])?];
        self.n += 1;
        for i in 0..4 {
            self.sums[i] += quanta(all[i], SUM);
            for j in i..4 {
                self.products[i][j] += quanta(all[i] * all[j], PRODUCT);
            }
        }
        Ok(())
    }

    /// Adds all that another has seen.
    pub fn merge(&mut self, other: &Ratios) {
        self.n += other.n;
        for i in 0..4 {
            self.sums[i] += other.sums[i];
            for j in i..4 {
                self.products[i][j] += other.products[i][j];
            }
        }
    }

    /// The difference of the two ratios of sums, its standard error by linearisation: that of the mean of
    /// `(f_y - r_y g_y) / mean g_y - (f_x - r_x g_x) / mean g_x`. None where a cell has nothing to be a ratio to.
    pub fn found(&self) -> Option<Found> {
        let n = self.n as f64;
        let mean = self.sums.map(|sum| sum as f64 / SUM / n);
        if self.n < 2 || mean[1] <= 0.0 || mean[3] <= 0.0 {
            return None;
        }
        let (base, variant) = (mean[0] / mean[1], mean[2] / mean[3]);
        let weights = [-1.0 / mean[1], base / mean[1], 1.0 / mean[3], -variant / mean[3]];
        let square = |from: std::ops::Range<usize>| {
            let mut sum = 0.0;
            for i in from.clone() {
                for j in i..from.end {
                    let twice = if i == j { 1.0 } else { 2.0 };
                    sum += twice * weights[i] * weights[j] * (self.products[i][j] as f64 / PRODUCT);
                }
            }
            (sum / (n - 1.0)).max(0.0)
        };
        let (paired, own) = (square(0..4), [square(0..2), square(2..4)]);
        let apart = own[0] + own[1];
        Some(Found {
            n: self.n,
            base,
            variant,
            own_se: own.map(|square| (square / n).sqrt()),
            difference: variant - base,
            se: (paired / n).sqrt(),
            saved: (apart > 0.0).then(|| 1.0 - paired / apart),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(k: usize) -> Vec<(f64, f64)> {
        let wave = |i: usize, f: f64| (i as f64 * f).sin();
        (0..k).map(|i| (wave(i, 0.7), 0.9 * wave(i, 0.7) + 0.1 * wave(i, 1.3) + 0.05)).collect()
    }

    #[test]
    fn figures_are_those_of_the_pairs() {
        let pairs = numbers(500);
        let mut sums = Pairs::default();
        pairs.iter().for_each(|(x, y)| sums.add(*x, *y).unwrap());
        let found = sums.found().unwrap();
        let n = pairs.len() as f64;
        let mean = pairs.iter().map(|(x, y)| y - x).sum::<f64>() / n;
        let var = pairs.iter().map(|(x, y)| (y - x - mean) * (y - x - mean)).sum::<f64>() / (n - 1.0);
        assert!((found.difference - mean).abs() < 1e-8 && (found.se - (var / n).sqrt()).abs() < 1e-9);
        assert!(found.saved.unwrap() > 0.9, "the two go together: {:?}", found.saved);
        assert_eq!(found.n, 500);
    }

    #[test]
    fn parts_merge_to_the_same_bits_in_any_order() {
        let pairs = numbers(3000);
        let of = |part: &[(f64, f64)]| {
            let (mut sums, mut ratios) = (Pairs::default(), Ratios::default());
            for (x, y) in part {
                sums.add(*x, *y).unwrap();
                ratios.add([*x, 1.0 + y * y], [*y, 2.0]).unwrap();
            }
            (sums, ratios)
        };
        let (mut sums, mut ratios) = (Pairs::default(), Ratios::default());
        for part in [&pairs[2000..], &pairs[..13], &pairs[13..2000]] {
            let (s, r) = of(part);
            sums.merge(&s);
            ratios.merge(&r);
        }
        assert_eq!((sums, ratios), of(&pairs));
    }

    #[test]
    fn a_ratio_of_sums_has_the_error_of_its_linearisation() {
        // 3 of 4 and 6 of 4, in two games that count alike.
        let mut ratios = Ratios::default();
        ratios.add([1.0, 2.0], [2.0, 2.0]).unwrap();
        ratios.add([2.0, 2.0], [4.0, 2.0]).unwrap();
        let found = ratios.found().unwrap();
        assert_eq!((found.base, found.variant, found.difference), (0.75, 1.5, 0.75));
        // linearised: (2 - 3)/2 - (1 - 1.5)/2 = -.25 and +.25: variance .125, of the mean .0625
        assert!((found.se - 0.25).abs() < 1e-9);
        assert!(Ratios::default().found().is_none());
    }

    #[test]
    fn what_cannot_be_summed_is_handed_back() {
        assert!(Pairs::default().add(f64::NAN, 0.0).is_err());
        assert_eq!(Pairs::default().add(0.0, 2e9), Err(2e9));
    }
}
