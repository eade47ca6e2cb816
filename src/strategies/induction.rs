//! Full information, thought through from the last offer back to this one (Rubinstein 1982; finite: Stahl 1972).
//!
//! At the last turn the other takes whatever beats the end. One turn earlier the proposer leaves it exactly what it
//! would have by waiting: `keep_i = d_i (1 - h) next_i + h outside_i`, with h the chance of breakdown, and so on back.
//! Whoever answers may leave for a reserve of its own, so it is left that where it is more (the outside option principle:
//! Binmore, Shaked and Sutton 1989); whoever proposes may not leave, but never signs for less than its reserve.
//! It is computed by recursion over the offers; the closed form stands only in the tests.

use crate::table::frontier::Frontier;

/// A turn to come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Turn {
    /// The party that offers.
    pub by: usize,
    /// What each party's point at this turn is worth at the turn before.
    pub discount: [f64; 2],
    /// Chance that talks have broken down between the turn before and this one.
    pub breakdown: f64,
}

/// What the recursion needs to know.
#[derive(Debug, Clone, Copy)]
pub struct Game<'a> {
    /// The true frontier, from the first party's best package to the second's.
    pub frontier: &'a Frontier,
    /// What signing brings beside the package.
    pub beside: [f64; 2],
    /// What each can leave for when it is offered less, and signs for at least; none where without bound.
    pub floor: [f64; 2],
    /// What each has when talks break down.
    pub outside: [f64; 2],
    /// What each has after the last turn.
    pub end: [f64; 2],
}

/// What each party can count on at each turn: `out[i]` at turn i, before its offer is made.
pub fn solve(game: &Game, turns: &[Turn], out: &mut Vec<[f64; 2]>) {
    out.clear();
    out.resize(turns.len(), [0.0; 2]);
    let mut next = game.end;
    for i in (0..turns.len()).rev() {
        let keep = match turns.get(i + 1) {
            None => next,
            Some(turn) => [0, 1]
                .map(|p: usize| turn.discount[p] * (1.0 - turn.breakdown) * next[p] + turn.breakdown * game.outside[p]),
        };
        let (p, q) = (turns[i].by, 1 - turns[i].by);
        let leave = keep[q].max(game.floor[q]);
        let left = leave - game.beside[q];
        let levers = if p == 0 { game.frontier.own_when(left) } else { game.frontier.other_when(left) };
        let best = levers.map(|levers| levers + game.beside[p]);
        next = keep;
        if let Some(best) = best.filter(|best| *best >= keep[p].max(game.floor[p])) {
            next[p] = best;
            next[q] = leave;
        }
        out[i] = next;
    }
}
