//! How often each kind of event happened in each game, and when first.

use crate::expression::Occurrence;
use crate::studies::bound::{column, times};
use crate::world::cohort::Games;
use crate::world::components::Over;
use crate::world::rows::Value;

/// Counted over the rounds of a cohort.
#[derive(Debug, Default)]
pub struct Events {
    over: Vec<f64>,
    now: Vec<f64>,
    of: Vec<Counted>,
}

/// One kind of event, a number a game.
#[derive(Debug, Default)]
pub struct Counted {
    was: Vec<f64>,
    /// How often it happened.
    pub count: Vec<f64>,
    /// The round in which it happened first; not a number where it never did.
    pub first: Vec<f64>,
}

impl Events {
    /// Begins to count.
    pub fn begin(&mut self, kinds: usize, games: usize) {
        self.of.resize_with(kinds, Counted::default);
        let fill = |lane: &mut Vec<f64>, x: f64| {
            lane.clear();
            lane.resize(games, x);
        };
        fill(&mut self.over, 0.0);
        for counted in &mut self.of {
            fill(&mut counted.was, 0.0);
            fill(&mut counted.count, 0.0);
            fill(&mut counted.first, f64::NAN);
        }
    }

    /// Looks at the round that has just ended. A game that was over before stays as it ended.
    pub fn see(&mut self, kinds: &[Occurrence], games: &Games) {
        let round = f64::from(games.round()) - 1.0;
        for (counted, kind) in self.of.iter_mut().zip(kinds) {
            if !games.numbers_of(column(*kind).0, 0, &mut self.now) {
                continue;
            }
            times(*kind, &mut self.now);
            let lanes = counted.was.iter_mut().zip(&mut counted.count).zip(&mut counted.first);
            for (((was, count), first), (now, over)) in lanes.zip(self.now.iter().zip(&self.over)) {
                let more = now - *was;
                if more > 0.0 && *over == 0.0 {
                    *count += more;
                    if first.is_nan() {
                        *first = round;
                    }
                }
                *was = *now;
            }
        }
        if !games.numbers_of(Over::COLUMN, 0, &mut self.over) {
            self.over.fill(0.0);
        }
    }

    /// What was counted of a kind.
    pub fn of(&self, kind: usize) -> &Counted {
        &self.of[kind]
    }
}
