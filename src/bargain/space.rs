//! Outcomes by number: one level of every issue, the last issue varies fastest.
//!
//! With 2 levels of the first issue and 3 of the second: 0 = (0, 0), 1 = (0, 1), 2 = (0, 2), 3 = (1, 0), ...

use crate::scenario::limits::OUTCOMES_MAX;

/// The outcomes of a list of issues.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Space {
    levels: Vec<usize>,
    size: usize,
}

impl Space {
    /// The outcomes of issues with these numbers of levels; `None` without issues, without a level, or above a million outcomes.
    pub fn new(levels: Vec<usize>) -> Option<Self> {
        let size = levels.iter().try_fold(1usize, |size, n| size.checked_mul(*n))?;
        (!levels.is_empty() && (1..=OUTCOMES_MAX).contains(&size)).then_some(Self { levels, size })
    }

    /// The number of outcomes.
    pub fn size(&self) -> usize {
        self.size
    }

    /// The number of levels of each issue, in issue order.
    pub fn levels(&self) -> &[usize] {
        &self.levels
    }

    /// The level of each issue in an outcome, in issue order.
    pub fn levels_of(&self, outcome: usize) -> Vec<usize> {
        let mut rest = outcome;
        let mut found: Vec<usize> = self
            .levels
            .iter()
            .rev()
            .map(|n| {
                let level = rest % n;
                rest /= n;
                level
            })
            .collect();
        found.reverse();
        found
    }

    /// The outcome with these levels.
    pub fn index_of(&self, levels: &[usize]) -> usize {
        self.levels.iter().zip(levels).fold(0, |index, (n, level)| index * n + level)
    }

    /// How many of the first issues make up the first half, so that the two halves have the fewest members together.
    pub(super) fn split(&self) -> usize {
        let members =
            |at: usize| self.levels[..at].iter().product::<usize>() + self.levels[at..].iter().product::<usize>();
        (1..=self.levels.len()).min_by_key(|at| members(*at)).expect("a space has an issue")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_issue_varies_fastest() {
        let space = Space::new(vec![2, 3]).unwrap();
        let all: Vec<_> = (0..space.size()).map(|i| space.levels_of(i)).collect();
        assert_eq!(all, [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]]);
        assert!((0..6).all(|i| space.index_of(&all[i]) == i));
    }

    #[test]
    fn the_halves_are_balanced() {
        assert_eq!(Space::new(vec![5, 5, 5, 5]).unwrap().split(), 2);
        assert_eq!(Space::new(vec![100, 2, 3]).unwrap().split(), 1);
        assert_eq!(Space::new(vec![9]).unwrap().split(), 1);
    }

    #[test]
    fn an_empty_or_huge_space_is_refused() {
        assert!(Space::new(vec![]).is_none());
        assert!(Space::new(vec![3, 0]).is_none());
        assert!(Space::new(vec![1000, 1001]).is_none());
        assert!(Space::new(vec![usize::MAX, 2]).is_none());
        assert!(Space::new(vec![1000, 1000]).is_some());
    }
}
