//! The outcomes of one party as sums of two sorted halves.
//!
//! The first issues make one half, the rest the other: 625 outcomes of 4 issues are 25 + 25 numbers to sort, and an
//! outcome is one of each. A half sum is lifted above 0, where the bits of a float sort like the float, and carries its
//! own number in its lowest bits, so that sorting moves one word a member. Sums of two halves are therefore only
//! near the true utility, within `error`; whoever needs the last bit asks `utility`.

use super::space::Space;
use super::utility::Products;

/// The outcomes of one party in one game.
#[derive(Clone, Debug)]
pub(super) struct Halves {
    /// Weight times value of every level.
    pub(super) products: Products,
    /// Half sums, lifted and numbered, rising.
    pub(super) first: Vec<f64>,
    /// The same of the other half.
    pub(super) second: Vec<f64>,
    /// What to add to a utility to compare it with the sum of a member of each half.
    pub(super) lift: f64,
    /// How far such a sum may be from the lifted utility.
    pub(super) error: f64,
    /// Whether two neighbours in the second half are within twice the error.
    pub(super) crowded: bool,
    /// The worst and the best utility.
    pub(super) range: (f64, f64),
    split: usize,
    /// The sums of the first half in outcome order, exact as far as they go.
    prefix: Vec<f64>,
    /// For each member of the second half, the levels of its issues.
    levels: Vec<u32>,
    numbers: (u64, u64),
    spare: Vec<f64>,
    sums: Vec<f64>,
}

impl Halves {
    /// Room for the outcomes of a space.
    pub(super) fn new(space: &Space) -> Self {
        let split = space.split();
        let sizes = space.levels().split_at(split);
        let size = |levels: &[usize]| levels.iter().product::<usize>();
        let levels = if sizes.1.is_empty() {
            vec![]
        } else {
            let second = Space::new(sizes.1.to_vec()).expect("part of a space is a space");
            (0..second.size()).flat_map(|member| second.levels_of(member)).map(|level| level as u32).collect()
        };
        let bits = |members: usize| (members as u64).next_power_of_two() - 1;
        Self {
            products: Products::new(space.levels()),
            first: vec![],
            second: vec![],
            lift: 0.0,
            error: 0.0,
            crowded: false,
            range: (0.0, 0.0),
            split,
            prefix: vec![],
            levels,
            numbers: (bits(size(sizes.0)), bits(size(sizes.1))),
            spare: vec![],
            sums: vec![],
        }
    }

    /// Sums and sorts anew, for these values of all levels and weights of all issues.
    pub(super) fn fill(&mut self, values: &[f64], weights: impl Iterator<Item = f64>) {
        self.products.fill(values, weights);
        self.range = self.products.range();
        let issues = self.products.issues();
        self.products.sums(0..self.split, &mut self.prefix, &mut self.spare);
        self.products.sums(self.split..issues, &mut self.sums, &mut self.spare);

        let (low_first, low_second) = (lowest(&self.prefix), lowest(&self.sums));
        let span = self.range.1 - self.range.0;
        let base = if span > 1e-150 { span } else { 1.0 };
        let lifts = (base - low_first, base - low_second);
        sort(&mut self.first, &self.prefix, lifts.0, self.numbers.0);
        sort(&mut self.second, &self.sums, lifts.1, self.numbers.1);
        self.lift = lifts.0 + lifts.1;

        // A lifted half is below twice the base (a little more for rounding), so a number in its low bits moves it by
        // `number` units of 2^-51 of the base; each of the sums and lifts rounds once on numbers up to `size`.
        let size = 4.0 * base + 2.0 * (self.range.0.abs() + self.range.1.abs()) + self.magnitude();
        let numbers = (self.numbers.0 + self.numbers.1) as f64;
        self.error = f64::EPSILON * (4.0 * base * numbers + size * (8.0 + 2.0 * issues as f64));
        let close = 2.0 * self.error;
        self.crowded = self.second.windows(2).any(|pair| pair[1] - pair[0] <= close);
    }

    /// The sum of the largest products of all issues, as a bound on what any partial sum may be.
    fn magnitude(&self) -> f64 {
        (0..self.products.issues())
            .map(|issue| self.products.of_issue(issue).iter().fold(0.0, |most: f64, w| most.max(w.abs())))
            .sum()
    }

    /// The outcome made of the member at place `i` of the first half and the one at place `j` of the second.
    pub(super) fn outcome(&self, i: usize, j: usize) -> usize {
        let first = self.first[i].to_bits() & self.numbers.0;
        let second = self.second[j].to_bits() & self.numbers.1;
        first as usize * self.second.len() + second as usize
    }

    /// What an outcome is worth, to the last bit.
    pub(super) fn utility(&self, outcome: usize) -> f64 {
        let (first, second) = (outcome / self.second.len(), outcome % self.second.len());
        let issues = self.products.issues() - self.split;
        let levels = &self.levels[second * issues..(second + 1) * issues];
        (self.split..)
            .zip(levels)
            .fold(self.prefix[first], |sum, (issue, level)| sum + self.products.of_issue(issue)[*level as usize])
    }
}

fn lowest(sums: &[f64]) -> f64 {
    sums.iter().copied().fold(f64::INFINITY, f64::min)
}

/// Lifts and numbers the sums, then sorts them.
fn sort(sorted: &mut Vec<f64>, sums: &[f64], lift: f64, numbers: u64) {
    sorted.clear();
    sorted.extend((0..).zip(sums).map(|(number, sum)| f64::from_bits((sum + lift).to_bits() & !numbers | number)));
    sorted.sort_unstable_by_key(|x| x.to_bits());
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_sum_of_halves_is_within_the_error_of_the_utility(
            levels in prop::collection::vec(1usize..5, 1..6),
            scale in prop::sample::select(vec![0.0, 1e-200, 1e-9, 1.0, 1e9]),
            raw in prop::collection::vec(-1.0..1.0, 30),
        ) {
            let space = Space::new(levels).unwrap();
            let mut halves = Halves::new(&space);
            let values: Vec<f64> = raw.iter().map(|x| x * scale).collect();
            halves.fill(&values[..space.levels().iter().sum()], raw.iter().rev().copied());
            let all = halves.products.all();
            let mut seen = vec![false; space.size()];
            for i in 0..halves.first.len() {
                for j in 0..halves.second.len() {
                    let outcome = halves.outcome(i, j);
                    seen[outcome] = true;
                    prop_assert_eq!(all[outcome].to_bits(), halves.utility(outcome).to_bits());
                    let off = halves.first[i] + halves.second[j] - (all[outcome] + halves.lift);
                    prop_assert!(off.abs() <= 0.6 * halves.error, "{} {}", off, halves.error);
                }
            }
            prop_assert!(seen.iter().all(|s| *s));
            prop_assert!(halves.first.is_sorted() && halves.second.is_sorted());
        }
    }
}
