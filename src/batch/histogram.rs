//! What can be kept of a number over any many games so that parts merge exactly, in any order: only integers.
//!
//! Sums are kept in quanta of 2^-32, squares in quanta of 2^-16, for values up to 2^30. Quantiles come from bins keyed
//! by the sortable bits of the number: 0.8 % wide at most at any scale, whole numbers to 256 each alone in theirs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Values beyond this cannot be summed exactly.
pub const LIMIT: f64 = 1_073_741_824.0;
const SUM_QUANTA: f64 = 4_294_967_296.0;
const SQUARE_QUANTA: f64 = 65_536.0;
/// What a mean is told in: a number is summed to within half a quantum, 1.2e-10, so that nine decimals of it hold.
const MEAN_STEPS: f64 = 1e9;
/// Whole numbers up to this are numbers of their own.
const WHOLE: f64 = 9_007_199_254_740_992.0;
/// Bits of a number that its bin does not see.
const SHIFT: u32 = 45;
/// How wide a bin is at most, as a share of its numbers.
pub const BIN: f64 = 1.0 / 128.0;
/// Bins in a page: pages exist only where numbers fell.
const PAGE: usize = 512;

/// Whether a sum in quanta is of whole numbers, as counts and rounds are: such sums are exact.
pub fn is_whole(sum: i128) -> bool {
    sum % SUM_QUANTA as i128 == 0
}

/// A sum in quanta as a number.
pub fn sum(quanta: i128) -> f64 {
    quanta as f64 / SUM_QUANTA
}

/// A figure made of numbers that were summed in quanta, to the nine decimals that these carry. One so large that its own
/// bits hold fewer stays as it is.
pub fn carried(x: f64) -> f64 {
    let steps = (x * MEAN_STEPS).round();
    if steps.abs() < WHOLE { steps / MEAN_STEPS + 0.0 } else { x }
}

/// The mean of `n` numbers, by their sum in quanta: as many decimals as these carry, so that what is the same in all games
/// comes out as itself.
pub fn mean(sum: i128, n: u64) -> f64 {
    let mean = sum as f64 / SUM_QUANTA / n as f64;
    if is_whole(sum) { mean } else { carried(mean) }
}

/// The bin of a number: sorted like the numbers.
#[inline]
pub fn bin(x: f64) -> i32 {
    let bits = x.to_bits() as i64;
    ((bits ^ (((bits >> 63) as u64) >> 1) as i64) >> SHIFT) as i32
}

/// The smallest number of a bin.
pub fn floor(bin: i32) -> f64 {
    let sorted = i64::from(bin) << SHIFT;
    f64::from_bits((sorted ^ (((sorted >> 63) as u64) >> 1) as i64) as u64)
}

/// A number's distribution over games.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Histogram {
    /// Games that have a case.
    pub count: u64,
    sum: i128,
    squares: i128,
    low: Option<f64>,
    high: Option<f64>,
    pages: BTreeMap<i32, Box<[u64]>>,
    last: i32,
}

impl Histogram {
    /// Adds a number; beyond the limit or not finite it is handed back.
    #[inline]
    pub fn add(&mut self, x: f64) -> Result<(), f64> {
        let x = x + 0.0; // -0 and 0 are one number
        if !(-LIMIT..=LIMIT).contains(&x) {
            return Err(x);
        }
        let half = if x < 0.0 { -0.5 } else { 0.5 };
        self.sum += i128::from((x * SUM_QUANTA + half) as i64);
        let square = x * x * SQUARE_QUANTA + 0.5;
        self.squares += if square < 9e18 { i128::from(square as i64) } else { square as i128 };
        self.low = Some(self.low.map_or(x, |low| low.min(x)));
        self.high = Some(self.high.map_or(x, |high| high.max(x)));
        let bin = bin(x);
        let (page, place) = (bin.div_euclid(PAGE as i32), bin.rem_euclid(PAGE as i32) as usize);
        self.pages.entry(page).or_insert_with(|| vec![0; PAGE].into())[place] += 1;
        self.count += 1;
        Ok(())
    }

    /// Adds all that another has seen.
    pub fn merge(&mut self, other: &Histogram) {
        self.count += other.count;
        self.sum += other.sum;
        self.squares += other.squares;
        self.low = [self.low, other.low].into_iter().flatten().reduce(f64::min);
        self.high = [self.high, other.high].into_iter().flatten().reduce(f64::max);
        for (page, bins) in &other.pages {
            let mine = self.pages.entry(*page).or_insert_with(|| vec![0; PAGE].into());
            for (a, b) in mine.iter_mut().zip(bins.iter()) {
                *a += b;
            }
        }
    }

    /// Games that have a case, and their sum in quanta.
    pub fn total(&self) -> (u64, i128) {
        (self.count, self.sum)
    }

    /// The sum of the squares.
    pub fn squared(&self) -> f64 {
        self.squares as f64 / SQUARE_QUANTA
    }

    /// The mean; none without a case.
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0).then(|| mean(self.sum, self.count))
    }

    /// The standard deviation (n - 1), 0 where all are the same; none with fewer than two cases.
    pub fn sd(&self) -> Option<f64> {
        if self.count < 2 {
            return None;
        }
        if self.low == self.high {
            return Some(0.0);
        }
        let n = self.count as f64;
        let mean = self.sum as f64 / SUM_QUANTA / n;
        let square = self.squares as f64 / SQUARE_QUANTA;
        Some(((square - n * mean * mean) / (n - 1.0)).max(0.0).sqrt())
    }

    /// The smallest and the largest number seen.
    pub fn range(&self) -> Option<(f64, f64)> {
        Some((self.low?, self.high?))
    }

    /// The number below which a share of the games lies: the middle of its bin, within what was seen.
    pub fn quantile(&self, share: f64) -> Option<f64> {
        let (low, high) = self.range()?;
        let rank = rank(share, self.count);
        let mut seen = 0;
        for (bin, n) in self.bins() {
            seen += n;
            if seen >= rank {
                let (from, to) = (floor(bin), floor(bin + 1));
                let whole = from == from.trunc() && from.abs() <= 256.0;
                let middle = if whole { from } else { 0.5 * (from + to) };
                return Some(if middle.is_finite() { middle.clamp(low, high) } else { from.clamp(low, high) });
            }
        }
        Some(high)
    }

    /// The share of the games below a number; of those in its own bin, half.
    pub fn share_below(&self, y: f64) -> f64 {
        let below = |(bin, n): (i32, u64)| match (floor(bin), floor(bin + 1)) {
            (_, end) if end <= y => n as f64,
            (start, _) if start <= y => 0.5 * n as f64,
            _ => 0.0,
        };
        self.bins().map(below).sum::<f64>() / self.count.max(1) as f64
    }

    /// The bins that hold games, in order.
    pub fn bins(&self) -> impl Iterator<Item = (i32, u64)> + '_ {
        self.pages.iter().flat_map(|(page, bins)| {
            bins.iter().enumerate().filter(|(_, n)| **n > 0).map(move |(i, n)| (page * PAGE as i32 + i as i32, *n))
        })
    }
}

/// Which of so many sorted numbers, counted from 1, is the quantile at a share: the least that this share of them does
/// not exceed.
pub fn rank(share: f64, count: u64) -> u64 {
    ((share * count as f64).ceil() as u64).clamp(1, count.max(1))
}

/// As it is written to a file: integers as text where a float would round them.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    count: u64,
    sum: String,
    squares: String,
    low: Option<f64>,
    high: Option<f64>,
    bins: Vec<(i32, u64)>,
}

impl Serialize for Histogram {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        Written {
            count: self.count,
            sum: self.sum.to_string(),
            squares: self.squares.to_string(),
            low: self.low,
            high: self.high,
            bins: self.bins().collect(),
        }
        .serialize(s)
    }
}

impl<'de> Deserialize<'de> for Histogram {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        use serde::de::Error;
        let w = Written::deserialize(d)?;
        let whole = |text: &str| text.parse::<i128>().map_err(|_| D::Error::custom("a sum is a whole number"));
        let mut out = Histogram {
            count: w.count,
            sum: whole(&w.sum)?,
            squares: whole(&w.squares)?,
            low: w.low,
            high: w.high,
            ..Default::default()
        };
        for (bin, n) in w.bins {
            let (page, place) = (bin.div_euclid(PAGE as i32), bin.rem_euclid(PAGE as i32) as usize);
            out.pages.entry(page).or_insert_with(|| vec![0; PAGE].into())[place] += n;
        }
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rank_is_the_least_that_a_share_does_not_exceed() {
        assert_eq!([0.0, 0.25, 0.3, 0.5, 0.75, 1.0].map(|share| rank(share, 4)), [1, 1, 2, 2, 3, 4]);
        assert_eq!(rank(0.5, 0), 1);
    }

    fn of(numbers: &[f64]) -> Histogram {
        let mut h = Histogram::default();
        numbers.iter().for_each(|x| h.add(*x).unwrap());
        h
    }

    #[test]
    fn bins_sort_like_numbers_and_whole_numbers_stand_alone() {
        let numbers = [-1e9, -300.0, -2.5, -1.0, -1e-9, 0.0, 1e-9, 0.5, 1.0, 2.0, 255.0, 256.0, 1e9];
        assert!(numbers.windows(2).all(|w| bin(w[0]) < bin(w[1])));
        assert!(
            (0..256).all(|i| bin(f64::from(i)) < bin(f64::from(i + 1)) && floor(bin(f64::from(i))) == f64::from(i))
        );
        assert!((floor(bin(3.7) + 1) - floor(bin(3.7))) / 3.7 < 0.0085);
    }

    #[test]
    fn parts_merge_to_the_same_bits_in_any_order() {
        let numbers: Vec<f64> = (0..4000).map(|i| (f64::from(i) * 0.7317).sin() * 50.0).collect();
        let whole = of(&numbers);
        let mut merged = Histogram::default();
        for part in [&numbers[3000..], &numbers[..17], &numbers[17..3000]] {
            merged.merge(&of(part));
        }
        assert_eq!(whole, merged);
        let back: Histogram = serde_json::from_str(&serde_json::to_string(&whole).unwrap()).unwrap();
        assert_eq!(back.mean(), whole.mean());
        assert_eq!(back.quantile(0.25), whole.quantile(0.25));
        assert_eq!(back.sd(), whole.sd());
    }

    #[test]
    fn what_is_the_same_in_all_games_comes_out_as_itself() {
        for x in [0.0, 0.11, 0.2, 0.6, -0.35, 1e-9, 12.345_678_9, 1_000.1, 987_654_321.25] {
            for n in [1, 2, 3, 1000] {
                let h = of(&vec![x; n]);
                assert_eq!((h.mean(), h.sd()), (Some(x), (n > 1).then_some(0.0)), "{n} times {x}");
            }
        }
        assert_eq!(of(&[0.1, 0.2, 0.6]).mean(), Some(0.3));
        assert_eq!(of(&[1.0 / 3.0; 9]).mean(), Some(0.333_333_333));
        assert_eq!(of(&[1.0, 0.0, 0.0]).mean(), Some(1.0 / 3.0));
        assert!(carried(-1e-12).is_sign_positive() && carried(f64::NAN).is_nan());
        assert_eq!(carried(1e9 + 0.123_456_7), 1e9 + 0.123_456_7);
    }

    #[test]
    fn figures_are_those_of_the_numbers() {
        let h = of(&[1.0, 2.0, 3.0, 4.0, 10.0]);
        assert_eq!(h.mean(), Some(4.0));
        assert!((h.sd().unwrap() - 3.535_533_905_932_738).abs() < 1e-4);
        assert_eq!((h.quantile(0.05), h.quantile(0.5), h.quantile(0.95)), (Some(1.0), Some(3.0), Some(10.0)));
        assert_eq!(Histogram::default().mean(), None);
        assert!(Histogram::default().clone().add(f64::NAN).is_err());
        assert!(Histogram::default().clone().add(2e9).is_err());
    }
}
