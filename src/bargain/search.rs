//! The offer: the outcome with the lowest own utility at or above the target, the lowest index among equals.
//!
//! Two sorted halves are the rows and columns of a table whose keys rise both ways, so the border between what falls
//! short of the target and what meets it is a staircase: one walk along it sees the lowest key of every row that meets
//! the target. It starts in the top row and ends where no row can meet it. In each row the step of the stair is found
//! by halving, without a branch that depends on the numbers: that is faster here than feeling along from the last row.
//!
//! Keys are near, not exact; where two candidates are too close to tell, `settle` decides by the utilities. Between the
//! highest key that falls short and the lowest that does not, every target has the same answer, so a party that
//! hardly moves needs no walk.

use super::halves::{ABOVE_ALL, Halves};
use super::target::Target;

/// Finds the offers of one party in one game, turn after turn.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Search {
    /// Targets with a key between these two have the answer of the last walk.
    known: Option<(i64, i64)>,
    answer: u32,
}

/// What a walk saw.
struct Walk {
    /// The highest key below the floor.
    short: i64,
    /// The lowest key not below it.
    least: i64,
    /// The next one, of another row.
    next: i64,
}

impl Search {
    /// The outcome to offer.
    pub(super) fn lowest_at_or_above(&mut self, halves: &Halves, target: &Target) -> u32 {
        let aim = halves.key(target.about);
        let error = halves.steps(halves.error + halves.steps_of(target.error));
        if self.known.is_some_and(|(short, least)| short + error < aim && aim <= least - error) {
            return self.answer;
        }
        let walk = walk(halves, aim - error);
        let sure = walk.least >= aim + error;
        let alone = walk.next - walk.least > 2 * error && !halves.crowded;
        self.answer = if sure && alone {
            halves.outcome(walk.least)
        } else {
            settle(halves, target, aim - error, if sure { walk.least + 2 * error } else { i64::MAX })
        };
        self.known = sure.then_some((walk.short, walk.least));
        self.answer
    }
}

fn walk(halves: &Halves, floor: i64) -> Walk {
    let mut walk = Walk { short: i64::MIN, least: i64::MAX, next: i64::MAX };
    for row in halves.rows.iter().rev() {
        let (short, least) = stair(&halves.columns, floor - row);
        walk.short = walk.short.max(row + short);
        if least == ABOVE_ALL {
            break;
        }
        walk.next = walk.next.min(walk.least.max(row + least));
        walk.least = walk.least.min(row + least);
    }
    walk
}

/// The last column below the floor, and the first that is not.
#[inline]
fn stair(columns: &[i64], floor: i64) -> (i64, i64) {
    let at = columns.partition_point(|column| *column < floor);
    (columns[at - 1], columns[at])
}

/// The same answer from the utilities themselves: along the staircase, everything up to `limit`, which sinks to what is found.
#[cold]
fn settle(halves: &Halves, target: &Target, floor: i64, mut limit: i64) -> u32 {
    let mut found = (f64::INFINITY, u32::MAX);
    let mut start = 1;
    for row in halves.rows.iter().rev() {
        while row + halves.columns[start] < floor {
            start += 1;
        }
        for column in halves.columns[start..].iter().take_while(|column| **column != ABOVE_ALL) {
            if row + column > limit {
                break;
            }
            let outcome = halves.outcome(row + column);
            let utility = halves.utility(halves.members(outcome));
            let lower = utility < found.0 || utility == found.0 && outcome < found.1;
            if lower && target.is_met_by(utility) {
                found = (utility, outcome);
                limit = limit.min(halves.key(utility) + halves.steps(halves.error + 1));
            }
        }
    }
    found.1
}

#[cfg(test)]
mod tests {
    use super::super::space::Space;
    use super::super::target::Curve;
    use super::*;
    use proptest::prelude::*;

    /// The rule as it is written, over all outcomes.
    fn brute_force(all: &[f64], target: f64) -> u32 {
        let mut found: Option<usize> = None;
        for (outcome, utility) in all.iter().enumerate() {
            if *utility >= target && found.is_none_or(|best| *utility < all[best]) {
                found = Some(outcome);
            }
        }
        found.unwrap() as u32
    }

    /// Numbers that tie often, in bits or nearly: whole, zero, tenths (whose sums round), and free ones.
    fn number() -> impl Strategy<Value = f64> {
        prop_oneof![
            (-3i8..4).prop_map(f64::from),
            Just(0.0),
            (0u8..11).prop_map(|x| f64::from(x) / 10.0),
            -1.0..1.0,
            (0u8..4).prop_map(|x| 0.3 + f64::from(x) * f64::EPSILON / 4.0),
        ]
    }

    fn domain() -> impl Strategy<Value = (Vec<usize>, Vec<f64>, Vec<f64>)> {
        prop::collection::vec(1usize..7, 1..6).prop_flat_map(|levels| {
            let (issues, values) = (levels.len(), levels.iter().sum::<usize>());
            let numbers = |n| prop::collection::vec(number(), n);
            (Just(levels), numbers(values), numbers(issues))
        })
    }

    fn agrees(levels: Vec<usize>, values: &[f64], weights: &[f64], aims: &[f64]) -> Result<(), TestCaseError> {
        let mut halves = Halves::new(&Space::new(levels).unwrap());
        halves.fill(values, weights.iter().copied());
        let all = halves.products.all();
        let (lo, hi) = halves.range;
        let mut search = Search::default();
        for aim in aims {
            // Along the curve, then at a utility itself and just beside it, where only the last bit decides.
            let drawn =
                Curve { lo, hi, tolerance: 0.001, exponent: 0.3 + 3.0 * aim }.at(1.0 - aim, libm::log(1.0 - aim));
            let exact = all[(aim * all.len() as f64) as usize % all.len()];
            let mut targets = vec![drawn];
            for utility in [exact, exact.next_up().min(hi), exact.next_down()] {
                targets.push(Curve { lo: utility, hi: utility, tolerance: 0.0, exponent: 1.0 }.at_power(0.5, 0.5));
                // The same target known only about, though exact when asked.
                targets.push(Curve { lo: utility, hi: utility, tolerance: 0.0, exponent: 0.7 }.at(0.5, libm::log(0.5)));
            }
            for target in targets {
                let found = search.lowest_at_or_above(&halves, &target);
                prop_assert_eq!(found, brute_force(&all, target.exact()));
            }
        }
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn the_walk_finds_what_brute_force_finds(
            (levels, values, weights) in domain(),
            aims in prop::collection::vec(0.0..1.0, 1..12),
        ) {
            agrees(levels, &values, &weights, &aims)?;
        }

        #[test]
        fn also_while_the_target_sinks(
            (levels, values, weights) in domain(),
            mut aims in prop::collection::vec(0.0..1.0, 1..20),
        ) {
            aims.sort_by(|a: &f64, b: &f64| b.total_cmp(a));
            agrees(levels, &values, &weights, &aims)?;
        }
    }

    #[test]
    fn a_single_level_is_always_the_answer() {
        agrees(vec![1], &[0.3], &[0.0], &[0.0, 0.5]).unwrap();
        agrees(vec![1, 1, 1], &[0.1, 0.2, 0.3], &[1.0, 1.0, 1.0], &[0.0, 0.9]).unwrap();
    }

    #[test]
    fn rounding_in_issue_order_breaks_a_tie_that_halves_would_see() {
        // (0.1 + 0.2) + 0.3 is above 0.6; 0.3 + (0.2 + 0.1) is 0.6: as utilities the first outcome is the higher.
        let values = [0.1, 0.3, 0.2, 0.2, 0.3, 0.1];
        agrees(vec![2, 2, 2], &values, &[1.0, 1.0, 1.0], &[0.1, 0.3, 0.5, 0.7, 0.9]).unwrap();
    }

    #[test]
    fn most_turns_are_decided_without_settling() {
        let mut halves = Halves::new(&Space::new(vec![5; 4]).unwrap());
        let values: Vec<f64> = (0..20).map(|i| f64::from(i * i % 17) + 0.01 * f64::from(i)).collect();
        halves.fill(&values, [0.31, 0.17, 0.29, 0.23].into_iter());
        assert!(!halves.crowded && halves.error < 10);
    }
}
