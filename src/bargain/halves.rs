//! The outcomes of one party as sums of two sorted halves.
//!
//! The first issues make one half, the rest the other: 625 outcomes of 4 issues are 25 + 25 numbers to sort, and an
//! outcome is one of each. A member is a whole number, its *key*: what it is worth above the lowest member, in steps
//! of 2^-38 of the party's range or finer, and in the low bits its share of the outcome's number. So the key of an outcome is
//! the sum of two keys; it sorts like the utility, then by number. Keys are only near the true utility, within
//! `error` steps; whoever needs the last bit asks `utility`.

use super::space::Space;
use super::utility::Products;

/// The bits of a key: so many for the steps, the rest for the number of the outcome, and room above to add errors.
const KEY_BITS: u32 = 58;
/// Far below and far above every key, and still safe to add to one.
const BELOW_ALL: i64 = -(1 << 62);
pub(super) const ABOVE_ALL: i64 = 1 << 62;

/// The outcomes of one party in one game.
#[derive(Clone, Debug)]
pub(super) struct Halves {
    /// Weight times value of every level.
    pub(super) products: Products,
    /// The keys of the first half, rising.
    pub(super) rows: Vec<i64>,
    /// The keys of the second half, rising, with one below all in front and one above all behind.
    pub(super) columns: Vec<i64>,
    /// How far a key may be from the utility (steps).
    pub(super) error: i64,
    /// Whether two neighbours in the second half are too near to tell apart.
    pub(super) crowded: bool,
    /// The worst and the best utility.
    pub(super) range: (f64, f64),
    /// The utility of key 0.
    origin: f64,
    number_bits: u32,
    /// The most steps of an error: beyond, nothing can be told apart.
    error_max: f64,
    steps_per_utility: f64,
    split: usize,
    /// The sums of the first half in outcome order, exact as far as they go.
    prefix: Vec<f64>,
    /// For each member of the second half, where its levels are among all products.
    levels: Vec<u32>,
    second_size: u32,
    sums: Vec<f64>,
    spare: Vec<f64>,
}

impl Halves {
    /// Room for the outcomes of a space.
    pub(super) fn new(space: &Space) -> Self {
        let split = space.split();
        let products = Products::new(space.levels());
        let number_bits = usize::BITS - space.size().leading_zeros();
        let mut levels = vec![];
        if let Some(second) = Space::new(space.levels()[split..].to_vec()) {
            for member in 0..second.size() {
                let places = (split..).zip(second.levels_of(member)).map(|(issue, level)| products.place(issue, level));
                levels.extend(places.map(|place| place as u32));
            }
        }
        Self {
            products,
            rows: vec![],
            columns: vec![],
            error: 0,
            crowded: false,
            range: (0.0, 0.0),
            origin: 0.0,
            number_bits,
            error_max: 2.0 * (1u64 << (KEY_BITS - number_bits)) as f64,
            steps_per_utility: 0.0,
            split,
            prefix: vec![],
            levels,
            second_size: space.levels()[split..].iter().product::<usize>() as u32,
            sums: vec![],
            spare: vec![],
        }
    }

    /// Sums and sorts anew, for these values of all levels and weights of all issues.
    pub(super) fn fill(&mut self, values: &[f64], weights: impl Iterator<Item = f64>) {
        self.products.fill(values, weights);
        let (worst, best, size) = self.products.bounds();
        self.range = (worst, best);
        let issues = self.products.issues();
        self.products.sums(0..self.split, &mut self.prefix, &mut self.spare);
        self.products.sums(self.split..issues, &mut self.sums, &mut self.spare);

        // The rounding of a few sums of numbers up to `size`, and of one product, in steps; then two numbers cut to steps.
        let base = if best - worst > 1e-150 { best - worst } else { 1.0 };
        self.steps_per_utility = (1u64 << (KEY_BITS - self.number_bits)) as f64 / base;
        let rounding = f64::EPSILON * (size + base) * (4.0 + 2.0 * issues as f64);
        self.error = (rounding * self.steps_per_utility + 4.0).min(self.error_max) as i64;

        let lows = (lowest(&self.prefix), lowest(&self.sums));
        self.origin = lows.0 + lows.1;
        let (per, bits, number) = (self.steps_per_utility, self.number_bits, i64::from(self.second_size));
        self.rows.clear();
        self.rows.extend(keys(&self.prefix, lows.0, per, number, bits));
        self.rows.sort_unstable();
        self.columns.clear();
        self.columns.push(BELOW_ALL);
        self.columns.extend(keys(&self.sums, lows.1, per, 1, bits));
        self.columns[1..].sort_unstable();
        let close = self.steps(2 * self.error + 1);
        self.crowded = self.columns[1..].windows(2).any(|pair| pair[1] - pair[0] <= close);
        self.columns.push(ABOVE_ALL);
    }

    /// The key of a utility between the worst and the best; its number is 0.
    pub(super) fn key(&self, utility: f64) -> i64 {
        self.steps(((utility - self.origin) * self.steps_per_utility) as i64)
    }

    /// The distance of keys that many steps apart.
    pub(super) fn steps(&self, steps: i64) -> i64 {
        steps << self.number_bits
    }

    /// How many steps a difference of utilities makes, rounded up.
    pub(super) fn steps_of(&self, utility: f64) -> i64 {
        (utility * self.steps_per_utility).min(self.error_max) as i64 + 1
    }

    /// The outcome of a sum of two keys.
    pub(super) fn outcome(&self, key: i64) -> u32 {
        (key & ((1 << self.number_bits) - 1)) as u32
    }

    /// Where an outcome is in the first half and in the second.
    pub(super) fn members(&self, outcome: u32) -> (usize, usize) {
        ((outcome / self.second_size) as usize, (outcome % self.second_size) as usize)
    }

    /// What an outcome is worth, to the last bit.
    pub(super) fn utility(&self, (first, second): (usize, usize)) -> f64 {
        let issues = self.products.issues() - self.split;
        let levels = &self.levels[second * issues..(second + 1) * issues];
        levels.iter().fold(self.prefix[first], |sum, place| sum + self.products.at(*place as usize))
    }
}

fn lowest(sums: &[f64]) -> f64 {
    sums.iter().copied().fold(f64::INFINITY, f64::min)
}

/// The key of each sum; `number` is what a member adds to the number of an outcome.
fn keys(sums: &[f64], low: f64, steps_per_utility: f64, number: i64, bits: u32) -> impl Iterator<Item = i64> {
    (0..).zip(sums).map(move |(i, sum)| {
        let steps = ((sum - low) * steps_per_utility) as i64;
        steps << bits | (i * number)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_key_is_within_the_error_of_the_utility_and_knows_its_outcome(
            levels in prop::collection::vec(1usize..5, 1..6),
            scale in prop::sample::select(vec![0.0, 1e-200, 1e-9, 1.0, 1e9]),
            offset in prop::sample::select(vec![0.0, 1.0, -1e9]),
            raw in prop::collection::vec(-1.0..1.0, 30),
        ) {
            let space = Space::new(levels).unwrap();
            let mut halves = Halves::new(&space);
            let values: Vec<f64> = raw.iter().map(|x| x * scale + offset).collect();
            halves.fill(&values[..space.levels().iter().sum()], raw.iter().rev().copied());
            let all = halves.products.all();
            let mut seen = vec![false; space.size()];
            let columns = halves.columns.iter().filter(|c| (BELOW_ALL + 1..ABOVE_ALL).contains(*c));
            for (row, column) in halves.rows.iter().flat_map(|row| columns.clone().map(move |column| (row, column))) {
                let outcome = halves.outcome(row + column);
                seen[outcome as usize] = true;
                let utility = halves.utility(halves.members(outcome));
                prop_assert_eq!(all[outcome as usize].to_bits(), utility.to_bits());
                let off = ((row + column) >> halves.number_bits) - (halves.key(utility) >> halves.number_bits);
                prop_assert!(off.abs() <= halves.error, "{} {}", off, halves.error);
            }
            prop_assert!(seen.iter().all(|s| *s));
            prop_assert!(halves.rows.is_sorted() && halves.columns.is_sorted());
            prop_assert!(halves.columns.len() == 2 + halves.second_size as usize);
        }
    }
}
