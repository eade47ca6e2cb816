//! What a party aims at: `target = ((hi - lo) * (1 - t^x) + lo - tolerance).max(lo).min(hi)` (utility).
//!
//! A power costs ten times an exponential, and a game has two a round. So a target is first known *about*, with a
//! bound on the error, and the power is taken only where the answer could depend on it.

use std::cell::Cell;

/// The rule itself. Never `clamp`, which refuses `lo` above `hi`: a reservation may exceed the best utility.
pub(super) fn target(lo: f64, hi: f64, tolerance: f64, power: f64) -> f64 {
    ((hi - lo) * (1.0 - power) + lo - tolerance).max(lo).min(hi)
}

/// A party's concession curve in one game.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(super) struct Curve {
    /// The larger of the worst utility and the reservation.
    pub(super) lo: f64,
    /// The best utility.
    pub(super) hi: f64,
    pub(super) tolerance: f64,
    pub(super) exponent: f64,
}

impl Curve {
    /// The target at time `t`, whose logarithm is `ln_t`.
    pub(super) fn at(self, t: f64, ln_t: f64) -> Target {
        // Two roundings in `exponent * ln_t` and one in `exp`: 4e-16 of the range, and as much again of the bounds
        // for the sums. Ten times that is still far below what tells two outcomes apart.
        let error = 4e-15 * ((self.hi - self.lo).abs() + self.hi.abs() + self.lo.abs() + self.tolerance);
        let about = target(self.lo, self.hi, self.tolerance, libm::exp(self.exponent * ln_t));
        Target { about, error, exact: Cell::new(None), curve: self, t }
    }

    /// The target where the power is already known.
    pub(super) fn at_power(self, t: f64, power: f64) -> Target {
        let about = target(self.lo, self.hi, self.tolerance, power);
        Target { about, error: 0.0, exact: Cell::new(Some(about)), curve: self, t }
    }
}

/// What a party aims at in one turn.
#[derive(Clone, Debug)]
pub(super) struct Target {
    /// The target, give or take `error`.
    pub(super) about: f64,
    pub(super) error: f64,
    exact: Cell<Option<f64>>,
    curve: Curve,
    t: f64,
}

impl Target {
    /// The target to the last bit.
    pub(super) fn exact(&self) -> f64 {
        self.exact.get().unwrap_or_else(|| {
            let Curve { lo, hi, tolerance, exponent } = self.curve;
            let exact = target(lo, hi, tolerance, power(self.t, exponent));
            self.exact.set(Some(exact));
            exact
        })
    }

    /// Whether a utility is at or above the target.
    pub(super) fn is_met_by(&self, utility: f64) -> bool {
        let above = utility - self.about;
        if above.abs() > self.error { above > 0.0 } else { utility >= self.exact() }
    }
}

/// `t` to the exponent.
pub(super) fn power(t: f64, exponent: f64) -> f64 {
    libm::pow(t, exponent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_rule_by_hand() {
        assert_eq!(target(0.0, 1.0, 0.0, 0.25), 0.75);
        assert_eq!(target(0.0, 1.0, 0.5, 0.75), 0.0, "never below lo");
        assert_eq!(target(0.0, 1.0, -1.0, 0.0), 1.0, "never above hi");
        assert_eq!(target(2.0, 1.0, 0.001, 0.5), 1.0, "a reservation beyond the best: hi has the last word");
    }

    proptest! {
        #[test]
        fn about_is_within_its_error(lo in -10.0..10.0, span in 0.0..10.0, x in 0.001..50.0, t in 1e-6..1.0) {
            let target = Curve { lo, hi: lo + span, tolerance: 0.001, exponent: x }.at(t, libm::log(t));
            prop_assert!((target.about - target.exact()).abs() <= 0.2 * target.error);
        }
    }
}
