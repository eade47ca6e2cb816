//! A cohort: one world and one schedule, made once, that play many sets of games one after another.

use std::sync::Arc;

use bevy_ecs::prelude::*;

use super::build::Build;
use super::columns::Columns;
use super::dice::{BEFORE_PLAY, Key, drawn};
use super::orders::Orders;
use super::phase::Phase;
use super::rows::{
    Case, ColumnId, Condition, Country, Faction, Guess, Hypothesis, KindOf, Layer, Lever, Party, Row, Shock, Table,
    Tactic, Value,
};
use super::setup::{Setup, Source};
use super::trace::Trace;
use super::worlds::{self, Unknowns};
use super::{Cohort, CurrentRound};

/// A world of games that are stepped together.
pub struct Games {
    pub(super) world: World,
    schedule: Schedule,
    pub(super) columns: Columns,
    systems: Vec<(Phase, &'static str)>,
    starts: Vec<(usize, usize, Source)>,
    scratch: Vec<f64>,
    unknowns: Option<Arc<Unknowns<Setup>>>,
    here: Option<(Key, worlds::World)>,
    puts: Vec<(usize, f64)>,
}

/// How many rows of a kind a game has.
pub fn rows_of(kind: KindOf, setup: &Setup) -> usize {
    match kind {
        KindOf::Table => 1,
        KindOf::Party => 2,
        KindOf::Lever => setup.levers.len(),
        KindOf::Faction => setup.factions.len(),
        KindOf::Country => setup.countries.len(),
        KindOf::Hypothesis => 2 * setup.types.len(),
        KindOf::Guess => 2 * setup.levers.len(),
        KindOf::Tactic => 2 * setup.tactics,
        KindOf::Condition => 2 * setup.conditions,
        KindOf::Shock => setup.calendar.shocks.len(),
        KindOf::Layer => setup.layers.len(),
        KindOf::Case => setup.calendar.cases.len(),
    }
}

/// What two setups must have in common to be played in one world: rows, components, systems, names of dice.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    rows: Vec<usize>,
    columns: Vec<ColumnId>,
    systems: Vec<(Phase, &'static str)>,
    dice: [String; 2],
}

const KINDS: [KindOf; 12] = [
    KindOf::Table,
    KindOf::Party,
    KindOf::Lever,
    KindOf::Faction,
    KindOf::Country,
    KindOf::Hypothesis,
    KindOf::Guess,
    KindOf::Tactic,
    KindOf::Condition,
    KindOf::Shock,
    KindOf::Layer,
    KindOf::Case,
];

impl Games {
    /// Its frame: a setup with the same one may be put in with [`Games::use_setup`].
    pub fn frame(&self) -> Frame {
        let setup = self.setup();
        Frame {
            rows: KINDS.map(|kind| rows_of(kind, setup)).to_vec(),
            columns: self.columns.0.iter().map(|c| c.id).collect(),
            systems: self.systems.clone(),
            dice: [setup.parties[0].dice.clone(), setup.parties[1].dice.clone()],
        }
    }

    /// Spawns the rows of `games` games into what the mechanisms declared.
    pub fn spawn(build: Build, games: usize) -> Games {
        let setup = build.setup.clone();
        let (mut world, schedule, mut columns, systems) = build.take();
        for column in &mut columns.0 {
            column.rows = rows_of(column.kind, &setup);
        }
        let spawn = |world: &mut World, kind: KindOf| {
            for row in 0..rows_of(kind, &setup) {
                let at = move |g: usize| Row(row as u32, g as u32);
                match kind {
                    KindOf::Table => drop(world.spawn_batch((0..games).map(move |g| (Table, at(g))))),
                    KindOf::Party => drop(world.spawn_batch((0..games).map(move |g| (Party, at(g))))),
                    KindOf::Lever => drop(world.spawn_batch((0..games).map(move |g| (Lever, at(g))))),
                    KindOf::Faction => drop(world.spawn_batch((0..games).map(move |g| (Faction, at(g))))),
                    KindOf::Country => drop(world.spawn_batch((0..games).map(move |g| (Country, at(g))))),
                    KindOf::Hypothesis => drop(world.spawn_batch((0..games).map(move |g| (Hypothesis, at(g))))),
                    KindOf::Guess => drop(world.spawn_batch((0..games).map(move |g| (Guess, at(g))))),
                    KindOf::Tactic => drop(world.spawn_batch((0..games).map(move |g| (Tactic, at(g))))),
                    KindOf::Condition => drop(world.spawn_batch((0..games).map(move |g| (Condition, at(g))))),
                    KindOf::Shock => drop(world.spawn_batch((0..games).map(move |g| (Shock, at(g))))),
                    KindOf::Layer => drop(world.spawn_batch((0..games).map(move |g| (Layer, at(g))))),
                    KindOf::Case => drop(world.spawn_batch((0..games).map(move |g| (Case, at(g))))),
                }
            }
        };
        for kind in KINDS {
            spawn(&mut world, kind);
        }
        for column in &mut columns.0 {
            column.ops.settle(&world);
        }
        world.insert_resource(Cohort { first: 0, games });
        world.insert_resource(CurrentRound::default());
        world.insert_resource(Key::of_seed(0));
        world.insert_resource(Trace::default());
        world.insert_resource(Orders::default());
        let (starts, scratch, puts) = (vec![], vec![], vec![]);
        let mut out = Games { world, schedule, columns, systems, starts, scratch, unknowns: None, here: None, puts };
        out.use_setup(setup);
        out
    }

    /// Plays by another setup of the same shape from the next load on (a candidate of a tuner).
    pub fn use_setup(&mut self, setup: Setup) {
        (self.unknowns, self.here) = (setup.unknowns.clone(), None);
        self.puts.clear();
        self.take_setup(setup);
    }

    fn take_setup(&mut self, setup: Setup) {
        // A component that no mechanism declared has no reader: its start value has nowhere to go.
        self.starts = setup
            .starts
            .iter()
            .filter_map(|s| self.columns.index(s.column).map(|column| (column, s.row, s.from)))
            .collect();
        self.world.insert_resource(setup);
    }

    /// Where a row's start value stands in the list that a load writes: for [`Games::put`], until another setup is used.
    /// None where nothing reads it.
    pub fn slot(&self, column: ColumnId, row: usize) -> Option<usize> {
        let column = self.columns.index(column)?;
        self.starts.iter().rposition(|(c, r, _)| (*c, *r) == (column, row))
    }

    /// Gives a row another fixed start value from the next load on: a candidate of a tuner without a setup of its own.
    pub fn put(&mut self, slot: usize, x: f64) {
        if let Some((_, _, from)) = self.starts.get_mut(slot) {
            *from = Source::Fixed(x);
        }
        if self.unknowns.is_some() {
            self.puts.retain(|(own, _)| *own != slot);
            self.puts.push((slot, x)); // it holds in every world
        }
    }

    /// Plays by the setup of the world of a game, where something is unknown.
    fn settle(&mut self, key: Key, game: u64) {
        let Some(unknowns) = self.unknowns.clone() else { return };
        let number = worlds::of_game(game);
        if self.here.is_some_and(|(own, world)| (own, world.number) == (key, number)) {
            return;
        }
        let (setup, world) = Setup::of_world(&unknowns, key, number);
        self.take_setup(setup);
        self.here = Some((key, world));
        for (slot, x) in &self.puts {
            self.starts[*slot].2 = Source::Fixed(*x);
        }
    }

    /// Each unknown number in the world that the loaded games are played in.
    pub fn unknown(&self) -> Vec<f64> {
        let here = self.unknowns.as_ref().zip(self.here);
        here.map_or(vec![], |(unknowns, (key, world))| unknowns.values(key, world))
    }

    /// The world that the loaded games are played in, where something is unknown.
    pub fn here(&self) -> Option<worlds::World> {
        self.here.map(|(_, world)| world)
    }

    /// How many games there are.
    pub fn games(&self) -> usize {
        self.world.resource::<Cohort>().games
    }

    /// The number of the first.
    pub fn first(&self) -> u64 {
        self.world.resource::<Cohort>().first
    }

    /// The setup it plays by.
    pub fn setup(&self) -> &Setup {
        self.world.resource::<Setup>()
    }

    /// The systems of a round, by phase.
    #[cfg(feature = "internals")]
    pub fn systems(&self) -> &[(Phase, &'static str)] {
        &self.systems
    }

    /// Writes the start values of games `first..` over the columns: nothing is respawned. Where something is unknown, all
    /// are played in the world of the first; who plays many sees that no other game counts.
    pub fn load(&mut self, key: Key, first: u64) {
        self.settle(key, first);
        let games = self.games();
        self.world.insert_resource(Cohort { first, games });
        self.world.insert_resource(key);
        self.world.insert_resource(CurrentRound { round: 0 });
        self.orders().forget();
        for column in &mut self.columns.0 {
            column.ops.clear(&mut self.world);
        }
        let mut lane = std::mem::take(&mut self.scratch);
        for (column, row, from) in &self.starts {
            let ops = &mut self.columns.0[*column].ops;
            match *from {
                Source::Fixed(x) => ops.fill(&mut self.world, row * games, games, x),
                Source::Drawn { from, stream, range: (low, high) } => {
                    lane.resize(games, 0.0);
                    key.uniforms(stream, BEFORE_PLAY, first, &mut lane);
                    for u in &mut lane {
                        *u = drawn(from, *u).clamp(low, high);
                    }
                    ops.write(&mut self.world, row * games, &lane);
                }
            }
        }
        self.scratch = lane;
    }

    /// The round to be played next.
    pub fn round(&self) -> u32 {
        self.world.resource::<CurrentRound>().round
    }

    /// Plays one round, in which nobody outside is asked.
    ///
    /// # Panics
    /// Where a decision is missing that a seat held from outside has to make: ask with [`Games::advance`].
    pub fn step(&mut self) {
        assert!(self.advance(), "a seat held from outside is asked, and nobody answers");
    }

    /// Plays a round to its end, or to where decisions of seats held from outside are missing: then they are open in
    /// [`Games::orders`], and once they are filed the round goes on from there. Whether the round is done.
    pub fn advance(&mut self) -> bool {
        self.orders().begin();
        self.schedule.run(&mut self.world);
        let done = self.orders().end();
        if done {
            self.world.resource_mut::<CurrentRound>().round += 1;
        }
        done
    }

    /// Row `row` of a component, one a game; none when no mechanism declared it or it has no such row.
    pub fn lane<T: Value>(&self, row: usize) -> Option<&[T]> {
        let games = self.games();
        self.columns.typed::<T>()?.rows(&self.world).get(row * games..(row + 1) * games)
    }

    /// A component of row `row` in game `game`; none when no mechanism declared it.
    pub fn at<T: Value>(&self, row: usize, game: usize) -> Option<T> {
        self.lane::<T>(row).map(|lane| lane[game])
    }

    /// Its number; none when no mechanism declared it.
    pub fn number<T: Value>(&self, row: usize, game: usize) -> Option<f64> {
        self.at::<T>(row, game).map(T::number)
    }

    /// Row `row` of a column as numbers, one a game; false when no mechanism declared it or it has no such row.
    pub fn numbers_of(&self, column: ColumnId, row: usize, out: &mut Vec<f64>) -> bool {
        let (games, column) = (self.games(), self.columns.find(column).filter(|c| row < c.rows));
        column.map(|c| c.ops.numbers(&self.world, row * games, games, out)).is_some()
    }

    /// One number of a column; none when no mechanism declared it.
    pub fn number_of(&self, column: ColumnId, row: usize, game: usize) -> Option<f64> {
        let place = row * self.games() + game;
        let column = self.columns.find(column).filter(|c| row < c.rows);
        column.map(|c| f64::from_bits(c.ops.bits(&self.world, place)))
    }

    /// The column that a name from outside means, if a mechanism declared one of that name.
    #[cfg(feature = "internals")]
    pub fn column(&self, name: &str) -> Option<ColumnId> {
        self.columns.named(name)
    }

    /// Opens the notebook, or closes it.
    pub fn tell(&mut self, on: bool) {
        self.world.insert_resource(if on { Trace::open() } else { Trace::default() });
    }

    /// The notebook.
    pub fn trace(&self) -> &Trace {
        self.world.resource::<Trace>()
    }

    /// Decisions made outside.
    pub fn orders(&mut self) -> Mut<'_, Orders> {
        self.world.resource_mut::<Orders>()
    }

    /// Whether a round is under way, and waits for decisions.
    pub fn is_held(&self) -> bool {
        self.world.resource::<Orders>().is_held()
    }

    /// Replaces the decisions made outside.
    ///
    /// # Panics
    /// While a round is held: what was done in it would be done again.
    pub fn take_orders(&mut self, orders: Orders) {
        assert!(!self.is_held(), "a round is held, and waits for decisions");
        self.world.insert_resource(orders);
    }

    /// The world, to look at.
    #[cfg(feature = "internals")]
    pub fn world(&mut self) -> &mut World {
        &mut self.world
    }
}
