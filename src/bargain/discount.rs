//! What waiting takes: a game is played on utilities as they are, and what it came to is discounted once, at its end.
//!
//! With a factor d a utility u is worth `u d^t` at time t, with a cost c it is worth `u - c t` (Rubinstein 1982 has
//! both); reservations alike, at the end of the game. Time is counted in rounds, or as a part of the game.

use super::compile::Compiled;
use super::session::Outcome;
use crate::scenario::bargaining::{Discount, Span};

impl Discount {
    /// A utility after waiting, where the whole game has gone on for `game` of itself, and for so many rounds.
    fn left(self, utility: f64, game: f64, rounds: f64) -> f64 {
        let time = |each: Span| if each == Span::Game { game } else { rounds };
        match self {
            Discount::Nothing => utility,
            Discount::Factor { keeps, each } => utility * libm::pow(keeps.into(), time(each)),
            Discount::Cost { takes, each } => utility - f64::from(takes) * time(each),
        }
    }
}

impl Compiled {
    /// What a game came to, after waiting for it.
    pub(super) fn discounted(&self, outcome: Outcome) -> Outcome {
        let (game, rounds) = match (outcome.round, outcome.accepted_by) {
            (Some(round), Some(party)) => (self.times[2 * round as usize + party].0, f64::from(round)),
            _ => (1.0, f64::from(self.rounds)),
        };
        let left = |p: usize| self.seats[p].discount.left(outcome.utilities[p], game, rounds);
        Outcome { utilities: [left(0), left(1)], ..outcome }
    }

    /// Whether waiting takes something from anybody.
    pub fn waiting_costs(&self) -> bool {
        self.seats.iter().any(|seat| seat.discount != Discount::Nothing)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{play_range, tell, testing};
    use super::*;

    fn split(one: &str, two: &str, rounds: u32) -> Compiled {
        let party = |name: &str, discount: &str| {
            format!(
                r#"(name: "{name}", weights: {{"x": 1}}, reservation: 2, discount: {discount}, tactic: Time(exponent: 1))"#
            )
        };
        let text = format!(
            r#"(rounds: {rounds}, parties: [{}, {}],
            issues: [(name: "x", levels: ["a", "b", "c"], values: {{"ann": [0, 5, 10], "bob": [10, 5, 0]}})])"#,
            party("ann", one),
            party("bob", two)
        );
        Compiled::new(&testing::read(&text)).unwrap()
    }

    #[test]
    fn waiting_takes_its_part_and_changes_no_move() {
        let plain = tell(&split("Nothing", "Nothing", 7), 1, 0);
        let agreement = plain.agreement.clone().expect("an agreement");
        assert_eq!(agreement.utilities["ann"], 5.0);
        let waited = split("Factor(keeps: 0.5, each: Round)", "Cost(takes: 2, each: Game)", 7);
        let told = tell(&waited, 1, 0);
        assert_eq!((&told.offers, told.nash_distance), (&plain.offers, plain.nash_distance));
        let (round, by) = (f64::from(agreement.round), agreement.accepted_by == "bob");
        let time = (round + 1.0) / 8.0;
        assert!(round > 0.0 || by);
        assert_eq!(told.utilities["ann"], 5.0 * libm::pow(0.5, round));
        assert_eq!(told.utilities["bob"], 5.0 - 2.0 * time);
        let mut batch = vec![];
        play_range(&waited, 1, 0, 1, &mut |_, outcome| batch.push(outcome.utilities));
        assert_eq!(batch, [[told.utilities["ann"], told.utilities["bob"]]]);
    }

    #[test]
    fn without_an_agreement_the_whole_wait_counts() {
        let waited = split("Factor(keeps: 0.5, each: Round)", "Factor(keeps: 0.5, each: Game)", 1);
        let told = tell(&waited, 1, 0);
        assert_eq!((told.outcome, told.utilities["ann"], told.utilities["bob"]), ("timeout", 1.0, 1.0));
    }
}
