//! Outcomes that a party's rule cannot tell apart: which of them it offers, and whether a game hangs on that.

use super::compile::Compiled;
use super::session::Parley;
use super::told::{Offer, Tie};
use crate::scenario::bargaining::{Select, Ties};

/// Utilities nearer to each other than this share of their size are told as the same: rounding parts them.
const NEAR: f64 = 1e-12;

/// The one of several outcomes, of which `first` is one, that is offered.
pub(super) fn chosen(ties: Ties, first: usize, same: impl Fn(usize) -> bool, other: &[f64]) -> usize {
    let all = (0..other.len()).filter(|outcome| same(*outcome));
    let better = |best: usize, outcome: usize| match ties {
        Ties::First => false,
        Ties::Last => outcome > best,
        Ties::BestForOther => other[outcome] > other[best],
        Ties::WorstForOther => other[outcome] < other[best],
    };
    all.fold(None, |best, outcome| Some(best.filter(|best| !better(*best, outcome)).unwrap_or(outcome)))
        .unwrap_or(first)
}

impl Parley {
    /// Outcomes that an offer could have been as well, the same to its maker but for rounding; `target` was its aim.
    fn alike(&self, compiled: &Compiled, party: usize, outcome: usize, target: f64) -> Vec<usize> {
        let (own, other) = (&self.players[party].own, &self.players[1 - party].own);
        let near = |of: &[f64], x: f64, y: f64| {
            let size = of.iter().fold(0.0_f64, |most, x| most.max(x.abs()));
            (x - y).abs() <= NEAR * size
        };
        let floor = self.players[party].floor();
        let same = |o: &usize| match compiled.select {
            Select::LowestAtOrAbove => near(own, own[*o], own[outcome]),
            Select::NearestToTarget => {
                own[*o] >= floor && near(own, (own[*o] - target).abs(), (own[outcome] - target).abs())
            }
            Select::BestForOther => own[*o] >= target && near(other, other[*o], other[outcome]),
        };
        (0..own.len()).filter(same).collect()
    }

    /// The first tie on which the rest of the game hangs: another outcome, the same to who offered it, would have been
    /// answered otherwise, or agreed on in place of this one. `aims` are what the makers of the offers aimed at.
    pub(super) fn hangs_on(&mut self, compiled: &Compiled, offers: &[Offer], aims: &[f64]) -> Option<Tie> {
        self.players.iter_mut().for_each(|player| player.look_at_all());
        offers.iter().zip(aims).find_map(|(offer, aim)| {
            let answered = offer.answered_at?;
            let theirs = &self.players[1 - offer.party].own;
            let made = compiled.space.index_of(&offer.outcome);
            let alike = self.alike(compiled, offer.party, made, *aim);
            let accepted = |outcome: usize| theirs[outcome] >= answered;
            let differs = |outcome: &usize| match (accepted(made), accepted(*outcome)) {
                (true, true) => *outcome != made,
                (one, other) => one != other,
            };
            alike.iter().any(differs).then(|| Tie { round: offer.round, by: offer.by.clone(), outcomes: alike.len() })
        })
    }
}
