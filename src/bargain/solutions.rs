//! What was possible: the Pareto frontier and the classic bargaining solutions of one game.
//!
//! Looks at every outcome that is rational for both parties, that is worth no less than its reservation to either. A
//! gain is what an outcome is worth above `max(reservation, own minimum)` (utility).

/// An outcome is among the best when it is this near to the best [utility, or its product or share].
const NEAR: f64 = 1e-12;

/// What could have been agreed.
#[derive(Clone, PartialEq, Debug)]
pub struct Solutions {
    /// How many outcomes no other beats for one party without costing the other; outcomes worth the same to both count once.
    pub pareto_size: usize,
    /// The largest product of the gains (Nash 1950).
    pub nash: Option<Point>,
    /// The largest smaller gain, not scaled (Kalai 1977, egalitarian).
    pub kalai: Option<Point>,
    /// The largest smaller gain, each scaled by the party's best gain over all outcomes (Kalai and Smorodinsky 1975).
    pub kalai_smorodinsky: Option<Point>,
    /// The largest sum of the utilities.
    pub utilitarian: Option<Point>,
}

/// A solution.
#[derive(Clone, PartialEq, Debug)]
pub struct Point {
    /// The outcomes within 1e-12 of the best: first the one with the highest sum of utilities, then the others, rising.
    pub outcomes: Vec<usize>,
    /// What the first of them is worth to each party (utility).
    pub utilities: [f64; 2],
}

impl Solutions {
    /// The solutions of a game, from the utilities of every outcome to each party.
    pub fn of(utilities: [&[f64]; 2], reservations: [f64; 2]) -> Self {
        let low = |p: usize| utilities[p].iter().copied().fold(f64::INFINITY, f64::min).max(reservations[p]);
        let high = |p: usize| utilities[p].iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let from = [low(0), low(1)];
        let best = [high(0) - from[0], high(1) - from[1]];
        let rational: Vec<usize> = (0..utilities[0].len())
            .filter(|o| utilities[0][*o] >= reservations[0] && utilities[1][*o] >= reservations[1])
            .collect();
        let pair = |outcome: usize| [utilities[0][outcome], utilities[1][outcome]];
        let gain = |outcome: usize, p: usize| utilities[p][outcome] - from[p];
        let share = |outcome: usize, p: usize| {
            let gain = gain(outcome, p);
            if best[p] > 0.0 { gain / best[p] } else { gain }
        };
        let point = |score: &dyn Fn(usize) -> f64| point(&rational, score, &pair);
        Self {
            pareto_size: pareto_size(rational.iter().map(|o| pair(*o)).collect()),
            nash: point(&|o| gain(o, 0) * gain(o, 1)),
            kalai: point(&|o| gain(o, 0).min(gain(o, 1))),
            kalai_smorodinsky: point(&|o| share(o, 0).min(share(o, 1))),
            utilitarian: point(&|o| utilities[0][o] + utilities[1][o]),
        }
    }

    /// How far utilities are from the Nash point (utility).
    pub fn nash_distance(&self, utilities: [f64; 2]) -> Option<f64> {
        Some(distance(self.nash.as_ref()?.utilities, utilities))
    }
}

/// The straight line between two pairs of utilities.
pub(super) fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    libm::hypot(a[0] - b[0], a[1] - b[1])
}

/// The utilities of the Nash point alone, as `Solutions` has them; `from` is what gains are counted from.
pub(super) fn nash_utilities(utilities: [&[f64]; 2], reservations: [f64; 2], from: [f64; 2]) -> Option<[f64; 2]> {
    let product = |(one, two): (&f64, &f64)| {
        let gains = (one - from[0]) * (two - from[1]);
        if *one >= reservations[0] && *two >= reservations[1] { gains } else { f64::NEG_INFINITY }
    };
    let pairs = || utilities[0].iter().zip(utilities[1]);
    let most = pairs().fold(f64::NEG_INFINITY, |most, pair| if product(pair) > most { product(pair) } else { most });
    if most == f64::NEG_INFINITY {
        return None;
    }
    let near = pairs().filter(|pair| product(*pair) >= most - NEAR).map(|(one, two)| [*one, *two]);
    near.reduce(|a, b| if b[0] + b[1] > a[0] + a[1] { b } else { a })
}

fn point(rational: &[usize], score: &dyn Fn(usize) -> f64, pair: &dyn Fn(usize) -> [f64; 2]) -> Option<Point> {
    let scores: Vec<f64> = rational.iter().map(|o| score(*o)).collect();
    let most = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let near = rational.iter().zip(&scores).filter(|(_, s)| **s >= most - NEAR).map(|(o, _)| *o);
    let sum = |o: usize| pair(o)[0] + pair(o)[1];
    let first = near.clone().reduce(|a, b| if sum(b) > sum(a) { b } else { a })?;
    let outcomes = std::iter::once(first).chain(near.filter(|o| *o != first)).collect();
    Some(Point { outcomes, utilities: pair(first) })
}

/// The number of different pairs that no other pair beats.
fn pareto_size(mut pairs: Vec<[f64; 2]>) -> usize {
    pairs.sort_unstable_by(|a, b| b[0].total_cmp(&a[0]).then(b[1].total_cmp(&a[1])));
    let (mut size, mut most) = (0, f64::NEG_INFINITY);
    for [_, second] in pairs {
        if second > most {
            most = second;
            size += 1;
        }
    }
    size
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_small_game_by_hand() {
        // 4 and 5 are the same pair; 2 is beaten by 4; 6 is not rational for the second party.
        let one = [0.0, 2.0, 3.0, 8.0, 4.0, 4.0, 10.0];
        let two = [10.0, 9.0, 5.0, 1.0, 6.0, 6.0, 0.0];
        let found = Solutions::of([&one, &two], [0.0, 1.0]);
        assert_eq!(found.pareto_size, 4);
        // Gains are (0,9) (2,8) (3,4) (8,0) (4,5): products 0 16 12 0 20, smaller 0 2 3 0 4.
        assert_eq!(found.nash, Some(Point { outcomes: vec![4, 5], utilities: [4.0, 6.0] }));
        assert_eq!(found.kalai.unwrap().outcomes, [4, 5]);
        // Scaled by 10 and 9: smaller 0 .2 .3 0 .4.
        assert_eq!(found.kalai_smorodinsky.unwrap().outcomes, [4, 5]);
        assert_eq!(found.utilitarian, Some(Point { outcomes: vec![1], utilities: [2.0, 9.0] }));
    }

    #[test]
    fn scaling_tells_kalai_smorodinsky_from_kalai() {
        let (one, two) = ([0.0, 2.0, 10.0, 100.0], [10.0, 9.0, 5.0, 0.0]);
        let found = Solutions::of([&one, &two], [0.0, 0.0]);
        // Smaller gain 0 2 5 0; scaled by 100 and 10: .0 .02 .1 0.
        assert_eq!(found.kalai.unwrap().outcomes, [2]);
        assert_eq!(found.kalai_smorodinsky.unwrap().outcomes, [2]);
        let found = Solutions::of([&[0.0, 40.0, 60.0, 100.0], &[10.0, 9.0, 5.0, 0.0]], [0.0, 0.0]);
        assert_eq!(found.kalai.unwrap().outcomes, [1]);
        assert_eq!(found.kalai_smorodinsky.unwrap().outcomes, [2]);
    }

    #[test]
    fn of_equal_smaller_gains_the_better_one_comes_first() {
        let found = Solutions::of([&[5.0, 5.0, 0.0], &[5.0, 9.0, 0.0]], [0.0, 0.0]).kalai.unwrap();
        assert_eq!(found, Point { outcomes: vec![1, 0], utilities: [5.0, 9.0] });
    }

    #[test]
    fn where_nothing_is_rational_for_both_there_is_no_solution() {
        let found = Solutions::of([&[0.0, 1.0], &[1.0, 0.0]], [0.5, 0.5]);
        assert_eq!((found.pareto_size, found.nash, found.kalai), (0, None, None));
    }

    proptest! {
        #[test]
        fn the_frontier_counts_what_nothing_beats(raw in prop::collection::vec((0u8..6, 0u8..6), 1..40)) {
            let pairs: Vec<[f64; 2]> = raw.iter().map(|(a, b)| [f64::from(*a), f64::from(*b)]).collect();
            let beats = |a: &[f64; 2], b: &[f64; 2]| a[0] >= b[0] && a[1] >= b[1] && a != b;
            let mut free: Vec<_> = pairs.iter().filter(|p| !pairs.iter().any(|q| beats(q, p))).copied().collect();
            free.sort_by(|a, b| a.partial_cmp(b).unwrap());
            free.dedup();
            prop_assert_eq!(pareto_size(pairs), free.len());
        }
    }
}
