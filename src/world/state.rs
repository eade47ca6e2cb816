//! A game's state: captured, stored, restored bit for bit, and forked into many futures.

use serde::{Deserialize, Serialize};

use super::CurrentRound;
use super::cohort::Games;
use super::columns::Columns;
use super::dice::Key;
use super::rows::{ColumnId, KindOf, Value};
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

impl State {
    /// The same game as another model of the program can look at it: what that one keeps too is as it was, and the rest
    /// stands as in `fresh`, a state of the same scenario.
    pub fn fitted(&self, fresh: &State) -> State {
        let row = |(name, bits): (&String, &Vec<u64>)| {
            let own = self.rows.get(name).filter(|own| own.len() == bits.len());
            (name.clone(), own.unwrap_or(bits).clone())
        };
        let rows = fresh.rows.iter().map(row).collect();
        State { game: self.game, round: self.round, cast: fresh.cast.clone(), rows }
    }

    /// A component's number in a row; none where the state has none.
    pub fn number<T: Value>(&self, row: usize) -> Option<f64> {
        self.rows.get(T::NAME)?.get(row).map(|bits| f64::from_bits(*bits))
    }

    /// A column's number in a row; none where the state has none.
    pub fn number_of(&self, column: ColumnId, row: usize) -> Option<f64> {
        self.rows.get(column.name())?.get(row).map(|bits| f64::from_bits(*bits))
    }

    /// Puts another number in a component's row; false where the state has none.
    pub fn put<T: Value>(&mut self, row: usize, x: f64) -> bool {
        let place = self.rows.get_mut(T::NAME).and_then(|rows| rows.get_mut(row));
        place.map(|bits| *bits = x.to_bits()).is_some()
    }
}

impl Games {
    /// Captures game `index` of the cohort.
    pub fn capture(&self, index: usize) -> State {
        let games = self.games();
        let rows = self
            .columns
            .0
            .iter()
            .map(|c| {
                let bits = (0..c.rows).map(|row| c.ops.bits(&self.world, row * games + index)).collect();
                (c.id.name().to_string(), bits)
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
            for (row, bits) in state.rows[c.id.name()].iter().enumerate() {
                c.ops.set_bits(&mut self.world, row * games, games, *bits);
            }
        }
        self.world.insert_resource(super::Cohort { first, games });
        self.world.insert_resource(key);
        self.world.insert_resource(CurrentRound { round: state.round });
        self.orders().forget();
        Ok(())
    }

    /// Forks a state into as many futures as the cohort has games, with fresh dice from here on.
    pub fn fork(&mut self, state: &State, key: Key) -> Result<(), Error> {
        self.restore(state, key.fork(state.game, u64::from(state.round)), 0)
    }

    /// Writes row `row` of a column, one number a game; false when no mechanism declared it.
    pub fn write_lane(&mut self, column: ColumnId, row: usize, numbers: &[f64]) -> bool {
        let (games, world) = (self.games(), &mut self.world);
        self.columns.find_mut(column).map(|c| c.ops.write(world, row * games, numbers)).is_some()
    }

    /// The kind of row that a column describes; none when no mechanism declared it.
    pub fn kind(&self, column: ColumnId) -> Option<KindOf> {
        self.columns.find(column).map(|c| c.kind)
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
        if columns.named(name).is_none() {
            return Err(Error::unfit(format!("the state holds `{name}`, which no mechanism of this scenario has")));
        }
    }
    for c in &columns.0 {
        let (name, wanted) = (c.id.name(), c.rows);
        let rows = state.rows.get(name).ok_or_else(|| Error::unfit(format!("the state holds no `{name}`")))?.len();
        if rows != wanted {
            let text = format!("the state holds {rows} rows of `{name}`, this scenario has {wanted}");
            return Err(Error::unfit(text));
        }
    }
    Ok(())
}

/// Games of a cohort that ended before the others, as they ended.
#[derive(Debug, Clone, Default)]
pub struct Ended(std::collections::BTreeMap<usize, Vec<u64>>);

impl Ended {
    /// Keeps game `index` as it is, unless it is kept already.
    pub fn keep(&mut self, games: &Games, index: usize) {
        if self.0.contains_key(&index) {
            return;
        }
        let (n, mut bits) = (games.games(), vec![]);
        for c in &games.columns.0 {
            bits.extend((0..c.rows).map(|row| c.ops.bits(&games.world, row * n + index)));
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
