//! The time a party sees at its turn.

use crate::scenario::bargaining::Timing;

/// The time at each turn, round by round, party one first: `2 * rounds` numbers between 0 and 1.
pub(super) fn times(clock: Timing, rounds: u32) -> Vec<f64> {
    let n = f64::from(rounds);
    (0..rounds)
        .map(f64::from)
        .flat_map(|k| match clock {
            Timing::EachRound => [(k + 1.0) / (n + 1.0); 2],
            Timing::EachTurn => [(2.0 * k + 1.0) / (2.0 * n + 1.0), (2.0 * k + 2.0) / (2.0 * n + 1.0)],
            Timing::FromZero => [k / n; 2],
            Timing::ToOne => [(k + 1.0) / n; 2],
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_clock_runs_as_its_name_says() {
        assert_eq!(times(Timing::EachRound, 3), [0.25, 0.25, 0.5, 0.5, 0.75, 0.75]);
        assert_eq!(times(Timing::EachTurn, 2), [0.2, 0.4, 0.6, 0.8]);
        assert_eq!(times(Timing::FromZero, 2), [0.0, 0.0, 0.5, 0.5]);
        assert_eq!(times(Timing::ToOne, 2), [0.5, 0.5, 1.0, 1.0]);
    }
}
