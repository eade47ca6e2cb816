//! Means of several numbers of one game, and how far each pair of them goes together: whole numbers only, so that
//! parts merge exactly, in any order.

use super::sums::{PRODUCT, SUM, quanta, sound};

/// Sums of numbers and of their products, two by two.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Moments {
    n: u64,
    sums: Vec<i128>,
    products: Vec<i128>,
}

impl Moments {
    /// Nothing counted yet of so many numbers a game.
    pub fn new(width: usize) -> Moments {
        Moments { n: 0, sums: vec![0; width], products: vec![0; width * (width + 1) / 2] }
    }

    /// Adds a game. What cannot be summed is handed back.
    pub fn add(&mut self, numbers: &[f64]) -> Result<(), f64> {
        for x in numbers {
            sound(*x)?;
        }
        self.n += 1;
        let mut place = 0;
        for (i, x) in numbers.iter().enumerate() {
            self.sums[i] += quanta(*x, SUM);
            for y in &numbers[i..] {
                self.products[place] += quanta(x * y, PRODUCT);
                place += 1;
            }
        }
        Ok(())
    }

    /// Adds all that another has seen.
    pub fn merge(&mut self, other: &Moments) {
        self.n += other.n;
        self.sums.iter_mut().zip(&other.sums).for_each(|(a, b)| *a += b);
        self.products.iter_mut().zip(&other.products).for_each(|(a, b)| *a += b);
    }

    /// Games counted.
    #[cfg(test)]
    pub fn games(&self) -> u64 {
        self.n
    }

    /// The mean of a number.
    pub fn mean(&self, i: usize) -> f64 {
        self.sums[i] as f64 / SUM / (self.n.max(1)) as f64
    }

    /// How two of the means vary together (n - 1): the variance of the mean where they are one number.
    pub fn covariance(&self, i: usize, k: usize) -> f64 {
        if self.n < 2 {
            return 0.0;
        }
        let (i, k) = (i.min(k), i.max(k));
        let width = self.sums.len();
        let place = i * width - i * (i + 1) / 2 + k;
        let n = self.n as f64;
        let product = self.products[place] as f64 / PRODUCT;
        (product - n * self.mean(i) * self.mean(k)) / (n - 1.0) / n
    }

    /// The standard error of a mean.
    pub fn se(&self, i: usize) -> f64 {
        self.covariance(i, i).max(0.0).sqrt()
    }

    /// How large a number is in a game: its root mean square.
    pub fn size(&self, i: usize) -> f64 {
        let width = self.sums.len();
        let place = i * width - i * (i + 1) / 2 + i;
        (self.products[place] as f64 / PRODUCT / (self.n.max(1)) as f64).max(0.0).sqrt()
    }

    /// Mean i less mean k, and its standard error on paired games.
    pub fn difference(&self, i: usize, k: usize) -> (f64, f64) {
        let square = self.covariance(i, i) + self.covariance(k, k) - 2.0 * self.covariance(i, k);
        (self.mean(i) - self.mean(k), square.max(0.0).sqrt())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn game(i: usize) -> [f64; 3] {
        let wave = |f: f64| (i as f64 * f).sin();
        [wave(0.7), 2.0 * wave(0.7) + 0.1 * wave(1.9), 3.0 + wave(1.3)]
    }

    #[test]
    fn figures_are_those_of_the_numbers() {
        let n = 400;
        let mut sums = Moments::new(3);
        (0..n).for_each(|i| sums.add(&game(i)).unwrap());
        let mean = |k: usize| (0..n).map(|i| game(i)[k]).sum::<f64>() / n as f64;
        for a in 0..3 {
            assert!((sums.mean(a) - mean(a)).abs() < 1e-8);
            for b in 0..3 {
                let sum: f64 = (0..n).map(|i| (game(i)[a] - mean(a)) * (game(i)[b] - mean(b))).sum();
                assert!((sums.covariance(a, b) - sum / 399.0 / 400.0).abs() < 1e-9);
            }
        }
        let gap = |i: usize| game(i)[1] - game(i)[0];
        let mid = mean(1) - mean(0);
        let var = (0..n).map(|i| (gap(i) - mid) * (gap(i) - mid)).sum::<f64>() / 399.0;
        let (difference, se) = sums.difference(1, 0);
        assert!((difference - mid).abs() < 1e-8 && (se - (var / 400.0).sqrt()).abs() < 1e-7);
    }

    #[test]
    fn parts_merge_to_the_same_bits_in_any_order() {
        let of = |range: std::ops::Range<usize>| {
            let mut sums = Moments::new(3);
            range.for_each(|i| sums.add(&game(i)).unwrap());
            sums
        };
        let mut merged = Moments::new(3);
        [of(700..1000), of(0..9), of(9..700)].iter().for_each(|part| merged.merge(part));
        assert_eq!(merged, of(0..1000));
        assert!(Moments::new(1).add(&[f64::NAN]).is_err());
    }
}
