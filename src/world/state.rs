//! A game's state: captured, stored, restored bit for bit, and forked into many futures.

use serde::{Deserialize, Serialize};

use super::Clock;
use super::cohort::Games;
use super::columns::Columns;
use super::dice::Key;
use super::rows::KindOf;
use super::setup::Setup;
use crate::error::Error;

/// Everything that outlives a round in one game.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// The game's number.
    pub game: u64,
    /// The round to be played next.
    pub round: u32,
    /// Who and what is in the game, in order of its rows.
    pub cast: Vec<String>,
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
        State { game, round: self.round(), cast: cast(self.setup()), rows }
    }

    /// Puts a state into every game of the cohort, under a key: with the game's own key and number it goes on as it
    /// would have; with a forked key the cohort's games are so many futures of it.
    ///
    /// The state must come from a scenario with the same cast and the same mechanisms; what does not fit is named, and
    /// then nothing has been changed. Numbers of the scenario may differ: that is an alternative to be tried.
    pub fn restore(&mut self, state: &State, key: Key, first: u64) -> Result<(), Error> {
        let games = self.games();
        fits(state, self.setup(), &self.columns)?;
        for c in &mut self.columns.0 {
            for (row, bits) in state.rows[c.name].iter().enumerate() {
                c.ops.set_bits(&mut self.world, row * games, games, *bits);
            }
        }
        self.world.insert_resource(super::Cohort { first, games });
        self.world.insert_resource(key);
        self.world.insert_resource(Clock { round: state.round });
        Ok(())
    }

    /// Forks a state into as many futures as the cohort has games, with fresh dice from here on.
    pub fn fork(&mut self, state: &State, key: Key) -> Result<(), Error> {
        self.restore(state, key.fork(state.game, u64::from(state.round)), 0)
    }

    /// Writes row `row` of a column, one number a game; false when no mechanism declared it.
    pub fn write_lane(&mut self, name: &str, row: usize, numbers: &[f64]) -> bool {
        let (games, world) = (self.games(), &mut self.world);
        self.columns.find(name).map(|c| c.ops.write(world, row * games, numbers)).is_some()
    }

    /// The kind of row that a column describes; none when no mechanism declared it.
    pub fn kind(&mut self, name: &str) -> Option<KindOf> {
        self.columns.find(name).map(|c| c.kind)
    }
}

/// Who and what is in a game: a name for every row that is not the same in all scenarios.
fn cast(setup: &Setup) -> Vec<String> {
    let parties = setup.parties.iter().map(|p| format!("party {}", p.key));
    let levers = setup.levers.iter().map(|l| format!("lever {}", l.key));
    let factions = setup.factions.iter().map(|f| format!("faction {} of {}", f.key, setup.parties[f.party].key));
    let countries = setup.countries.iter().map(|c| format!("country {}", c.key));
    let types = setup.types.iter().map(|(name, _)| format!("goal {name}"));
    parties.chain(levers).chain(factions).chain(countries).chain(types).collect()
}

/// Whether a state can be played on by a setup; what does not fit is named.
fn fits(state: &State, setup: &Setup, columns: &Columns) -> Result<(), Error> {
    let here = cast(setup);
    if let Some(name) = state.cast.iter().find(|name| !here.contains(name)) {
        return Err(Error::unfit(format!("the state comes from another scenario: its {name} is not in this one")));
    }
    if let Some(name) = here.iter().find(|name| !state.cast.contains(name)) {
        return Err(Error::unfit(format!("the state comes from another scenario: this one's {name} is not in it")));
    }
    for name in state.rows.keys() {
        if columns.index(name).is_none() {
            return Err(Error::unfit(format!("the state holds `{name}`, which no mechanism of this scenario has")));
        }
    }
    for c in &columns.0 {
        let rows =
            state.rows.get(c.name).ok_or_else(|| Error::unfit(format!("the state holds no `{}`", c.name)))?.len();
        let wanted = c.rows;
        if rows != wanted {
            return Err(Error::unfit(format!(
                "the state holds {rows} rows of `{}`, this scenario has {wanted}",
                c.name
            )));
        }
    }
    Ok(())
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
