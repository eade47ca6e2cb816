//! A game set against others from the same start: the same two sides, moods and levers, with the engine's strategies in
//! both seats and fresh dice.

use super::futures::{Futures, play_on};
use super::odds::counted;
use crate::batch::histogram::rank;
use crate::batch::play::Watch;
use crate::error::Error;
use crate::record::metrics::classes;
use crate::world::components::Total;
use crate::world::dice::Key;
use crate::world::rows::Value;
use crate::world::setup::Setup;
use crate::world::state::State;

/// What the engine's games came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Debrief {
    /// Both sides' points, each in order.
    pub totals: [Vec<f64>; 2],
    /// Games of each class, in the order of [`classes`].
    pub classes: Vec<u64>,
}

impl Debrief {
    /// How many games there are.
    pub fn games(&self) -> u64 {
        self.classes.iter().sum()
    }
    /// The mean of a side's points.
    pub fn mean(&self, party: usize) -> f64 {
        self.totals[party].iter().sum::<f64>() / self.totals[party].len().max(1) as f64
    }
    /// The points below which this share of a side's games lies.
    pub fn quantile(&self, party: usize, share: f64) -> f64 {
        let all = &self.totals[party];
        all.get(rank(share, all.len() as u64) as usize - 1).copied().unwrap_or(f64::NAN)
    }
    /// The share of games in which a side had fewer points than these.
    pub fn below(&self, party: usize, points: f64) -> f64 {
        let all = &self.totals[party];
        all.partition_point(|x| *x < points) as f64 / all.len().max(1) as f64
    }
}

/// Plays so many games from the state at a game's start; the same on any number of threads.
pub fn debrief(setup: &Setup, key: Key, start: &State, games: u64, threads: usize) -> Result<Debrief, Error> {
    let dice = key.apart("a game set against others").fork(start.game, 0);
    let n = classes(setup).len();
    let one = Futures { states: 1, each: games, threads };
    let parts = play_on(
        setup,
        one,
        &Watch::default(),
        |world, _, first| world.restore(start, dice, first),
        |world, games| {
            let mut totals = [vec![], vec![]];
            for (p, lane) in totals.iter_mut().enumerate() {
                world.numbers_of(Total::COLUMN, p, lane);
                lane.truncate(games);
            }
            (counted(world, games, n), totals)
        },
    )?;
    let (mut classes, mut all) = (vec![0; n], [vec![], vec![]]);
    for (_, (counts, totals)) in parts {
        classes.iter_mut().zip(counts).for_each(|(sum, n)| *sum += n);
        all.iter_mut().zip(totals).for_each(|(side, lane)| side.extend(lane));
    }
    all.iter_mut().for_each(|side: &mut Vec<f64>| side.sort_by(f64::total_cmp));
    Ok(Debrief { totals: all, classes })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::game::testing::stockholm;
    use crate::round;

    #[test]
    fn the_games_are_of_one_start_and_the_same_on_any_threads() {
        let setup = stockholm();
        let mut world = round::cohort(&setup, 2);
        world.load(Key::of_seed(4), 0);
        let starts = [world.capture(0), world.capture(1)];
        let of = |start: &State, threads| debrief(&setup, Key::of_seed(4), start, 300, threads).expect("played");
        let one = of(&starts[0], 1);
        assert_eq!((one.games(), one.totals[0].len()), (300, 300));
        assert_eq!(one, of(&starts[0], 2));
        assert_ne!(one, of(&starts[1], 1), "another start, other games");
        let middle = one.quantile(0, 0.5);
        assert!((one.below(0, middle) - 0.5).abs() < 0.01 && one.below(0, f64::INFINITY) == 1.0);
        assert!(one.quantile(0, 0.05) < middle && middle < one.quantile(0, 0.95));
    }
}
