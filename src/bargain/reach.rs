//! The first turn at which an agreement is possible at all.
//!
//! An offer that is accepted is worth its maker's target to the maker and the answerer's target to the answerer. Weigh
//! the two utilities: no outcome can have more of the weighted sum than the best level of each issue gives, one issue
//! after the other. While the targets ask for more than that, turns need no offers, for none can be accepted. Targets
//! never rise, so the first turn that may end the game is found by halving. A few weighings lie close enough around the
//! Pareto frontier to leave only a game's last few turns to be played.

use super::utility::Products;

/// How much of the weight the first party has, in each weighing.
const SHARES: [f64; 3] = [0.25, 0.5, 0.75];

/// The most that two parties can have together.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reach {
    bounds: [Bound; SHARES.len()],
}

#[derive(Clone, Copy, Debug)]
struct Bound {
    weights: [f64; 2],
    most: f64,
}

impl Reach {
    /// The reach of two parties with these products and ranges of utility.
    pub(super) fn of(products: [&Products; 2], ranges: [(f64, f64); 2]) -> Self {
        let span = |p: usize| ranges[p].1 - ranges[p].0;
        let scale = |p: usize| if span(p) > 1e-150 { 1.0 / span(p) } else { 1.0 };
        let scales = [scale(0), scale(1)];
        let bounds = SHARES.map(|share| {
            let weights = [share * scales[0], (1.0 - share) * scales[1]];
            let (mut most, mut size) = (0.0, 0.0);
            for issue in 0..products[0].issues() {
                let mut best = f64::NEG_INFINITY;
                for (one, two) in products[0].of_issue(issue).iter().zip(products[1].of_issue(issue)) {
                    let sum = weights[0] * one + weights[1] * two;
                    best = if sum > best { sum } else { best };
                }
                most += best;
                size += best.abs();
            }
            // Far more than rounding can do, far less than what tells two turns apart.
            let size = size + (0..2).map(|p| weights[p] * (ranges[p].0.abs() + ranges[p].1.abs())).sum::<f64>();
            Bound { weights, most: most + 1e-9 * size }
        });
        Self { bounds }
    }

    /// Whether some outcome may be worth so much to both.
    pub(super) fn allows(&self, targets: [f64; 2]) -> bool {
        self.bounds.iter().all(|bound| bound.weights[0] * targets[0] + bound.weights[1] * targets[1] <= bound.most)
    }

    /// The first of so many turns at which the game may end; `target` gives a party's target at a turn of its own.
    pub(super) fn first_turn(&self, turns: u32, target: impl Fn(usize, u32) -> f64) -> u32 {
        let (mut from, mut to) = (1, turns);
        while from < to {
            let turn = from + (to - from) / 2;
            let party = turn as usize % 2;
            let mut targets = [0.0; 2];
            targets[party] = target(party, turn);
            targets[1 - party] = target(1 - party, turn - 1);
            if self.allows(targets) {
                to = turn;
            } else {
                from = turn + 1;
            }
        }
        from
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split_ten() -> (Products, Products) {
        let (mut one, mut two) = (Products::new(&[11]), Products::new(&[11]));
        let shares: Vec<f64> = (0..11).map(f64::from).collect();
        one.fill(&shares, [1.0].into_iter());
        two.fill(&shares, [-1.0].into_iter());
        (one, two)
    }

    #[test]
    fn what_both_cannot_have_is_out_of_reach() {
        let (one, two) = split_ten();
        let reach = Reach::of([&one, &two], [(0.0, 10.0), (-10.0, 0.0)]);
        assert!(reach.allows([5.0, -5.0]) && reach.allows([3.0, -4.0]));
        assert!(!reach.allows([5.0, -4.9]) && !reach.allows([10.0, -0.001]));
    }

    #[test]
    fn the_first_turn_is_where_the_targets_meet() {
        let (one, two) = split_ten();
        let reach = Reach::of([&one, &two], [(0.0, 10.0), (-10.0, 0.0)]);
        // Both give one a turn: 10 - turn and -turn add up to 0 when the turns do so to 10: turn 5 answers turn 4 + 1.
        let target = |party: usize, turn: u32| if party == 0 { 10.0 - f64::from(turn) } else { -f64::from(turn) };
        assert_eq!(reach.first_turn(40, target), 6);
        assert_eq!(reach.first_turn(4, target), 4, "never: all turns");
    }
}
