//! What an outcome is worth to a party: `u = w0 * v0 + w1 * v1 + ...`, summed in issue order from 0.
//!
//! The order is part of the rule: it decides which outcomes tie to the last bit. Every utility that a game compares or
//! reports comes from here.

/// Weight times value of every level of every issue, for one party in one game.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Products {
    /// Where each issue starts in `worth`, and where the last one ends.
    starts: Vec<usize>,
    worth: Vec<f64>,
}

impl Products {
    /// No products yet, for issues with these numbers of levels.
    pub(super) fn new(levels: &[usize]) -> Self {
        let mut starts = vec![0];
        for n in levels {
            starts.push(starts[starts.len() - 1] + n);
        }
        let worth = vec![0.0; starts[starts.len() - 1]];
        Self { starts, worth }
    }

    /// Multiplies the values, issue after issue, by the weights.
    pub(super) fn fill(&mut self, values: &[f64], weights: impl Iterator<Item = f64>) {
        for (ends, weight) in self.starts.windows(2).zip(weights) {
            for (worth, value) in self.worth[ends[0]..ends[1]].iter_mut().zip(&values[ends[0]..ends[1]]) {
                *worth = weight * value;
            }
        }
    }

    /// What each level of an issue is worth.
    pub(super) fn of_issue(&self, issue: usize) -> &[f64] {
        &self.worth[self.starts[issue]..self.starts[issue + 1]]
    }

    /// The number of issues.
    pub(super) fn issues(&self) -> usize {
        self.starts.len() - 1
    }

    /// Where a level of an issue is among all.
    pub(super) fn place(&self, issue: usize, level: usize) -> usize {
        self.starts[issue] + level
    }

    /// What the level at a place is worth.
    pub(super) fn at(&self, place: usize) -> f64 {
        self.worth[place]
    }

    /// The lowest and the highest utility of all outcomes, and the most that any sum on the way can be, either side of 0.
    ///
    /// The first two are exact: rounding keeps order, so the sum of the extremes is the extreme of the sums.
    pub(super) fn bounds(&self) -> (f64, f64, f64) {
        let mut bounds = (0.0, 0.0, 0.0);
        for issue in 0..self.issues() {
            let worth = self.of_issue(issue);
            let (low, high) = worth.iter().fold((worth[0], worth[0]), |(low, high), w| {
                (if *w < low { *w } else { low }, if *w > high { *w } else { high })
            });
            bounds = (bounds.0 + low, bounds.1 + high, bounds.2 + low.abs().max(high.abs()));
        }
        bounds
    }

    /// The utility of every outcome, in the order of the outcomes.
    pub(super) fn all(&self) -> Vec<f64> {
        let (mut sums, mut spare) = (vec![], vec![]);
        self.sums(0..self.issues(), &mut sums, &mut spare);
        sums
    }

    /// The sums over some neighbouring issues, the last varying fastest.
    pub(super) fn sums(&self, issues: std::ops::Range<usize>, sums: &mut Vec<f64>, spare: &mut Vec<f64>) {
        sums.clear();
        sums.push(0.0);
        for issue in issues {
            std::mem::swap(sums, spare);
            sums.clear();
            let worth = self.of_issue(issue);
            for sum in spare.iter() {
                sums.extend(worth.iter().map(|w| sum + w));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utilities_are_weighted_sums_in_outcome_order() {
        let mut products = Products::new(&[2, 3]);
        products.fill(&[0.0, 1.0, 0.0, 0.5, 1.0], [10.0, 4.0].into_iter());
        assert_eq!(products.all(), [0.0, 2.0, 4.0, 10.0, 12.0, 14.0]);
        assert_eq!(products.bounds(), (0.0, 14.0, 14.0));
    }

    #[test]
    fn a_negative_weight_turns_an_issue_round() {
        let mut products = Products::new(&[3]);
        products.fill(&[0.0, 1.0, 2.0], [-1.0].into_iter());
        assert_eq!(products.all(), [0.0, -1.0, -2.0]);
        assert_eq!(products.bounds(), (-2.0, 0.0, 2.0));
    }
}
