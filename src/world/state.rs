//! A game's state: captured, stored, restored bit for bit, and forked into many futures.

use serde::{Deserialize, Serialize};

use super::Clock;
use super::cohort::Games;
use super::dice::Key;

/// Everything that outlives a round in one game.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// The game's number.
    pub game: u64,
    /// The round to be played next.
    pub round: u32,
    /// The bits of each component's rows, by component name.
    pub rows: std::collections::BTreeMap<String, Vec<u64>>,
}

impl Games {
    /// Captures game `index` of the cohort.
    pub fn capture(&mut self, index: usize) -> State {
        let games = self.games();
        let world = &mut self.world;
        let rows = self
            .columns
            .0
            .iter_mut()
            .map(|c| {
                let bits = (0..c.rows).map(|row| c.ops.bits(world, row * games + index)).collect();
                (c.name.to_string(), bits)
            })
            .collect();
        let game = self.world.resource::<super::Cohort>().first + index as u64;
        State { game, round: self.round(), rows }
    }

    /// Puts a state into every game of the cohort, under a key: with the game's own key and number it goes on as it
    /// would have; with a forked key the cohort's games are so many futures of it.
    ///
    /// The state must come from the same scenario; what does not fit is named.
    pub fn restore(&mut self, state: &State, key: Key, first: u64) -> Result<(), String> {
        let games = self.games();
        for c in &mut self.columns.0 {
            let rows = state.rows.get(c.name).ok_or_else(|| format!("the state holds no `{}`", c.name))?;
            if rows.len() != c.rows {
                return Err(format!(
                    "the state holds {} rows of `{}`, not as many as this scenario",
                    rows.len(),
                    c.name
                ));
            }
            for (row, bits) in rows.iter().enumerate() {
                c.ops.set_bits(&mut self.world, row * games, games, *bits);
            }
        }
        self.world.insert_resource(super::Cohort { first, games });
        self.world.insert_resource(key);
        self.world.insert_resource(Clock { round: state.round });
        Ok(())
    }

    /// Forks a state into as many futures as the cohort has games, with fresh dice from here on.
    pub fn fork(&mut self, state: &State, key: Key) -> Result<(), String> {
        self.restore(state, key.fork(state.game, u64::from(state.round)), 0)
    }
}

/// Games of a cohort that ended before the others, as they ended.
#[derive(Debug, Clone, Default)]
pub struct Ended(std::collections::BTreeMap<usize, Vec<u64>>);

impl Ended {
    /// Keeps game `index` as it is, unless it is kept already.
    pub fn keep(&mut self, games: &mut Games, index: usize) {
        if self.0.contains_key(&index) {
            return;
        }
        let (n, mut bits) = (games.games(), vec![]);
        for c in &mut games.columns.0 {
            bits.extend((0..c.rows).map(|row| c.ops.bits(&mut games.world, row * n + index)));
        }
        self.0.insert(index, bits);
    }

    /// Puts the games back into their cohort as they ended.
    pub fn put_back(self, games: &mut Games) {
        let n = games.games();
        for (index, bits) in self.0 {
            let mut bits = bits.into_iter();
            for c in &mut games.columns.0 {
                for (row, bits) in (0..c.rows).zip(&mut bits) {
                    c.ops.set_bits(&mut games.world, row * n + index, 1, bits);
                }
            }
        }
    }
}
