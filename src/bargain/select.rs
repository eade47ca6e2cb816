//! The other ways to pick an offer, by looking at every outcome.

use super::target::{Curve, Target};

/// The outcome worth nearest to the target, not below what the party may sign; the lowest index among equals.
pub(super) fn nearest_to_target(own: &[f64], curve: Curve, target: &Target) -> usize {
    let floor = curve.lo.min(curve.hi);
    best_of(own.len(), |outcome| (own[outcome] >= floor).then(|| -(own[outcome] - target.exact()).abs()))
}

/// Of the outcomes at or above the target, the one worth most to the other; the lowest index among equals.
pub(super) fn best_for_other(own: &[f64], other: &[f64], target: &Target) -> usize {
    best_of(own.len(), |outcome| target.is_met_by(own[outcome]).then(|| other[outcome]))
}

fn best_of(outcomes: usize, score: impl Fn(usize) -> Option<f64>) -> usize {
    let mut best: Option<(f64, usize)> = None;
    for outcome in 0..outcomes {
        if let Some(score) = score(outcome)
            && best.is_none_or(|(most, _)| score > most)
        {
            best = Some((score, outcome));
        }
    }
    best.expect("the best outcome is at or above every target").1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(about: f64) -> (Curve, Target) {
        let curve = Curve { lo: 0.25, hi: 1.0, tolerance: 0.0, exponent: 1.0 };
        let target = curve.at_power(0.5, (1.0 - about) / 0.75);
        assert_eq!(target.exact(), about);
        (curve, target)
    }

    #[test]
    fn the_nearest_may_be_below_the_target_but_not_below_the_reservation() {
        let own = [0.0, 0.25, 0.5, 1.0, 0.5];
        let (curve, target) = at(0.625);
        assert_eq!(nearest_to_target(&own, curve, &target), 2);
        let (curve, target) = at(0.25);
        assert_eq!(nearest_to_target(&[0.2, 1.0], curve, &target), 1);
    }

    #[test]
    fn the_other_is_offered_the_best_that_meets_the_target() {
        let own = [1.0, 0.75, 0.5, 0.625];
        let other = [0.0, 0.5, 1.0, 0.5];
        assert_eq!(best_for_other(&own, &other, &at(0.625).1), 1);
        assert_eq!(best_for_other(&own, &other, &at(0.25).1), 2);
    }
}
