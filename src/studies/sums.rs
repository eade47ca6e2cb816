//! What is kept of pairs of games so that parts merge exactly, in any order: only integers.
//!
//! Of a game played in two cells, x and y: the sums of both, of their squares and of the square of their difference,
//! apart for games that have a case in both cells and for those that have one in either alone. Sums are in quanta of
//! 2^-32, products in quanta of 2^-40, for values up to 2^30. From these come the mean of each cell over all of its
//! games that have a case, their difference and its standard error, and what pairing saved: the variance of
//! independent games is that of x plus that of y, the variance of paired games that of y - x.

use serde::{Deserialize, Serialize};

use crate::batch::histogram::{LIMIT, carried, is_whole, mean};

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

/// The sum of the squares of some numbers about a point, from the sums of their squares and of themselves. What the
/// quanta of `n` numbers, and the bits of their sums, could leave of nothing is nothing.
fn about(squares: i128, sum: i128, n: f64, point: f64) -> f64 {
    let found = squares as f64 / PRODUCT - 2.0 * point * (sum as f64 / SUM) + n * point * point;
    let rounding = n * (2.0 * point.abs() / SUM + 1.0 / PRODUCT + 4.0 * f64::EPSILON * point * point);
    if found > rounding { found } else { 0.0 }
}

/// A number that can be summed, or itself as the error.
#[inline]
pub(crate) fn sound(x: f64) -> Result<f64, f64> {
    if (-LIMIT..=LIMIT).contains(&x) { Ok(x) } else { Err(x) }
}

/// The same difference in the games that have a case on both sides alone: another figure wherever some have it on one
/// side only.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Both {
    /// Games with a case on both sides.
    pub n: u64,
    /// Their mean in the base.
    pub base: f64,
    /// Their mean in the variant.
    pub variant: f64,
    /// Variant less base.
    pub difference: f64,
    /// Its standard error.
    pub se: f64,
}

/// A difference measured on paired games: of two means, each over all games of its side that have a case, as `batch`
/// says them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// Games with a case in the base and in the variant.
    pub n: [u64; 2],
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
    /// The same in the games that have a case on both sides; none where fewer than two have.
    pub both: Option<Both>,
}

/// The share of a variance that pairing took away; what rounding alone leaves is none.
fn saved(paired: f64, apart: f64) -> Option<f64> {
    let share = 1.0 - paired / apart;
    (apart > 0.0).then(|| if share.abs() < 1e-9 { 0.0 } else { share })
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
    /// Whether there is no difference at all, nor any chance of one.
    pub fn is_nothing(&self) -> bool {
        self.difference == 0.0 && self.se == 0.0
    }
    /// Whether some games have a case on one side only, so that [`both`](Found::both) is another figure.
    pub fn is_one_sided(&self) -> bool {
        self.both.map_or(0, |both| both.n) != self.n[0] || self.n[0] != self.n[1]
    }
}

/// What is known of each side by itself, whether or not a difference can be told.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Sides {
    /// Games with a case in the base and in the variant.
    pub n: [u64; 2],
    /// The mean of each; none where no game has a case.
    pub mean: [Option<f64>; 2],
}

impl Sides {
    /// Whether one side has cases and the other none.
    pub fn is_lost(&self) -> bool {
        (self.n[0] == 0) != (self.n[1] == 0)
    }
    /// Whether the sides are told apart by what is known of each.
    pub fn differ(&self) -> bool {
        self.n[0] != self.n[1] || self.mean[0] != self.mean[1]
    }
}

/// Sums of numbers on one side.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Side {
    n: u64,
    sum: i128,
    squares: i128,
}

impl Side {
    fn add(&mut self, x: f64) {
        self.n += 1;
        self.sum += quanta(x, SUM);
        self.squares += quanta(x * x, PRODUCT);
    }
    fn merge(&mut self, other: &Side) {
        self.n += other.n;
        self.sum += other.sum;
        self.squares += other.squares;
    }
    fn with(mut self, other: &Side) -> Side {
        self.merge(other);
        self
    }
    fn mean(&self) -> f64 {
        mean(self.sum, self.n)
    }
    /// The squares about a point.
    fn about(&self, point: f64) -> f64 {
        about(self.squares, self.sum, self.n as f64, point)
    }
    /// The variance of the mean is the squares about it times the square of this.
    fn weight(&self) -> f64 {
        let n = self.n as f64;
        1.0 / (n * (n - 1.0)).sqrt()
    }
}

/// Sums of the games of two cells: of those with a case on both sides, and of those with one on either side alone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pairs {
    /// With a case on both sides: in the base and in the variant.
    both: [Side; 2],
    /// The squares of their differences.
    gaps: i128,
    /// With a case in the base alone, and in the variant alone.
    alone: [Side; 2],
}

impl Pairs {
    /// Adds a game: its number in the base and in the variant, not a number where it has no case. What cannot be
    /// summed is handed back.
    #[inline]
    pub fn add(&mut self, x: f64, y: f64) -> Result<(), f64> {
        match (x.is_nan(), y.is_nan()) {
            (true, true) => {}
            (false, true) => self.alone[0].add(sound(x)?),
            (true, false) => self.alone[1].add(sound(y)?),
            (false, false) => {
                let (x, y) = (sound(x)?, sound(y)?);
                self.both[0].add(x);
                self.both[1].add(y);
                self.gaps += quanta((y - x) * (y - x), PRODUCT);
            }
        }
        Ok(())
    }

    /// Adds all that another has seen.
    pub fn merge(&mut self, other: &Pairs) {
        self.gaps += other.gaps;
        for i in 0..2 {
            self.both[i].merge(&other.both[i]);
            self.alone[i].merge(&other.alone[i]);
        }
    }

    /// The squares of the gaps of the games with a case on both sides, about a point.
    fn gaps_about(&self, point: f64) -> f64 {
        about(self.gaps, self.both[1].sum - self.both[0].sum, self.both[0].n as f64, point)
    }

    /// What was found; none with fewer than two games on either side.
    ///
    /// The error of the difference of the two means is that of its linearisation: the sum over games of the squares of
    /// `b (y - mean y) - a (x - mean x)`, each term only where a game has the case, with a and b the weights of the
    /// sides. Where every game has both it is the error of the mean of y - x.
    pub fn found(&self) -> Option<Found> {
        let sides = [self.both[0].with(&self.alone[0]), self.both[1].with(&self.alone[1])];
        if sides.iter().any(|side| side.n < 2) {
            return None;
        }
        let (means, [a, b]) = (sides.map(|side| side.mean()), sides.map(|side| side.weight()));
        let difference = means[1] - means[0];
        let own = [a * a * sides[0].about(means[0]), b * b * sides[1].about(means[1])];
        // (b v - a u)^2 = a b (v - u)^2 + a (a - b) u^2 + b (b - a) v^2: where a is b, by the gaps alone.
        let square = a * b * self.gaps_about(difference)
            + a * (a - b) * self.both[0].about(means[0])
            + b * (b - a) * self.both[1].about(means[1])
            + a * a * self.alone[0].about(means[0])
            + b * b * self.alone[1].about(means[1]);
        let (square, apart) = (square.max(0.0), own[0] + own[1]);
        Some(Found {
            n: sides.map(|side| side.n),
            base: means[0],
            variant: means[1],
            own_se: own.map(f64::sqrt),
            difference,
            se: square.sqrt(),
            saved: saved(square, apart),
            both: self.found_in_both(),
        })
    }

    /// What is known of each side by itself.
    pub fn sides(&self) -> Sides {
        let sides = [self.both[0].with(&self.alone[0]), self.both[1].with(&self.alone[1])];
        Sides { n: sides.map(|side| side.n), mean: sides.map(|side| (side.n > 0).then(|| side.mean())) }
    }

    fn found_in_both(&self) -> Option<Both> {
        let n = self.both[0].n;
        if n < 2 {
            return None;
        }
        let [base, variant] = self.both.map(|side| side.mean());
        let difference = variant - base;
        let se = self.both[0].weight() * self.gaps_about(difference).sqrt();
        Some(Both { n, base, variant, difference, se })
    }
}

/// Sums of pairs of ratios: of all f over all g, in base and variant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
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

    /// What is known of each side by itself; a ratio to nothing is none.
    pub fn sides(&self) -> Sides {
        let ratio = |i: usize| (self.sums[i + 1] > 0).then(|| self.sums[i] as f64 / self.sums[i + 1] as f64);
        let mean = [ratio(0), ratio(2)];
        Sides { n: mean.map(|mean| mean.map_or(0, |_| self.n)), mean }
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
        let exact = self.sums.iter().all(|sum| is_whole(*sum));
        let [base, variant] = [base, variant].map(|x| if exact { x } else { carried(x) });
        let (difference, se) = (variant - base, (paired / n).sqrt());
        Some(Found {
            n: [self.n; 2],
            base,
            variant,
            own_se: own.map(|square| (square / n).sqrt()),
            difference,
            se,
            saved: saved(paired, apart),
            both: Some(Both { n: self.n, base, variant, difference, se }),
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
        assert_eq!((found.n, found.is_one_sided()), ([500; 2], false));
        let both = found.both.unwrap();
        assert_eq!((both.difference, both.se, both.n), (found.difference, found.se, 500));
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

    /// Every third game has no case in the base, every fourth none in the variant, and which have one hangs together
    /// with what it is.
    #[test]
    fn means_are_of_all_that_have_a_case_and_their_error_is_that_of_the_jackknife() {
        let mut games = numbers(600);
        for (i, (x, y)) in games.iter_mut().enumerate() {
            *x = if i % 3 == 0 || *x > 0.9 { f64::NAN } else { *x };
            *y = if i % 4 == 0 { f64::NAN } else { *y + 0.2 };
        }
        let of = |games: &[(f64, f64)]| {
            let mut sums = Pairs::default();
            games.iter().for_each(|(x, y)| sums.add(*x, *y).unwrap());
            sums.found().unwrap()
        };
        let mean = |of: &dyn Fn(&(f64, f64)) -> f64| {
            let cases: Vec<f64> = games.iter().map(of).filter(|x| !x.is_nan()).collect();
            (cases.len() as u64, cases.iter().sum::<f64>() / cases.len() as f64)
        };
        let found = of(&games);
        let ((n, base), (k, variant)) = (mean(&|g| g.0), mean(&|g| g.1));
        assert_eq!(found.n, [n, k]);
        assert!((found.base - base).abs() < 1e-8 && (found.variant - variant).abs() < 1e-8);
        assert_eq!(found.difference, found.variant - found.base);
        let gaps = mean(&|g| g.1 - g.0);
        let both = found.both.unwrap();
        assert!(both.n == gaps.0 && (both.difference - gaps.1).abs() < 1e-8 && found.is_one_sided());
        let without = |i: usize| of(&[&games[..i], &games[i + 1..]].concat()).difference;
        let left: Vec<f64> = (0..games.len()).map(without).collect();
        let (n, middle) = (left.len() as f64, left.iter().sum::<f64>() / left.len() as f64);
        let se = (left.iter().map(|x| (x - middle) * (x - middle)).sum::<f64>() * (n - 1.0) / n).sqrt();
        assert!((found.se / se - 1.0).abs() < 0.01, "{} by linearisation, {se} by the jackknife", found.se);
    }

    #[test]
    fn what_is_the_same_in_all_pairs_comes_out_as_itself() {
        for (x, y) in [(0.11, 0.35), (0.6, 0.6), (-1_000.1, 0.2), (0.3, 0.1), (123_456.7, 0.0)] {
            let mut sums = Pairs::default();
            (0..1000).for_each(|_| sums.add(x, y).unwrap());
            let found = sums.found().unwrap();
            assert_eq!((found.base, found.variant), (x, y));
            assert_eq!((found.se, found.own_se), (0.0, [0.0, 0.0]), "{x}, {y}");
            assert_eq!(found.difference, y - x);
        }
    }

    #[test]
    fn what_cannot_be_summed_is_handed_back() {
        assert!(Pairs::default().add(f64::INFINITY, 0.0).is_err());
        assert_eq!(Pairs::default().add(0.0, 2e9), Err(2e9));
    }
}
