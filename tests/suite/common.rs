//! Loading a scenario with changes, playing its games and reading their numbers.

use std::fmt::Display;

use summitry::internals::cohort::Games;
use summitry::internals::dice::Key;
use summitry::internals::disk;
use summitry::internals::metrics::{Room, class_lane, classes, lane, metrics};
use summitry::internals::play::{Plan, Played, Watch, batch};
use summitry::internals::round;
use summitry::internals::rows::{ColumnId, Value};
use summitry::internals::setup::Setup;
use summitry::prelude::Draft;

/// The main story.
pub const STOCKHOLM: &str = "scenarios/stockholm-2025.ron";

/// A change of a scenario, as `--set` would write it.
pub fn set(path: &str, value: impl Display) -> String {
    format!("{path}={value}")
}

/// A shipped scenario with changes, made ready.
pub fn ready(file: &str, sets: &[String]) -> Setup {
    made(Draft::open(file), sets)
}

/// A scenario written in the test, made ready.
pub fn ready_text(text: &str, sets: &[String]) -> Setup {
    let text = text.to_owned();
    made(
        Draft::through("test.ron", move |name| if name == "test.ron" { Ok(text.clone()) } else { disk::open(name) }),
        sets,
    )
}

fn made(draft: Draft, sets: &[String]) -> Setup {
    summitry::internals::setup_of(&draft.sets(sets).ready().unwrap_or_else(|e| panic!("{e}"))).clone()
}

/// Games `first..first + n` of a seed, loaded and not yet played.
pub fn dealt(setup: &Setup, seed: u64, first: u64, n: usize) -> Games {
    let mut games = round::cohort(setup, n);
    games.load(Key::of_seed(seed), first);
    games
}

/// The first `n` games of a seed, played.
pub fn played(setup: &Setup, seed: u64, n: usize) -> Games {
    let mut games = dealt(setup, seed, 0, n);
    round::play(&mut games);
    games
}

/// A component's row, one number a game.
pub fn column<T: Value>(games: &Games, row: usize) -> Vec<f64> {
    let lane = games.lane::<T>(row).unwrap_or_else(|| panic!("no mechanism declared `{}`", T::NAME));
    lane.iter().map(|x| x.number()).collect()
}

/// A column's row, one number a game.
pub fn numbers(games: &Games, column: ColumnId, row: usize) -> Vec<f64> {
    let mut out = vec![];
    assert!(games.numbers_of(column, row, &mut out), "no mechanism declared `{}`", column.name());
    out
}

/// A metric by its name, one number a game.
pub fn metric(games: &Games, name: &str) -> Vec<f64> {
    let all = metrics(games.setup());
    let found = all.iter().find(|m| m.name == name).unwrap_or_else(|| panic!("no metric `{name}`"));
    let mut out = vec![];
    lane(games, *summitry::internals::read_from(found), &mut Room::default(), &mut out);
    out
}

/// Every metric by name.
pub fn all_metrics(games: &Games) -> Vec<(String, Vec<f64>)> {
    let names: Vec<String> = metrics(games.setup()).into_iter().map(|m| m.name).collect();
    names.into_iter().map(|name| (name.clone(), metric(games, &name))).collect()
}

/// How each game ended, by name.
pub fn endings(games: &Games) -> Vec<&'static str> {
    let (names, mut out) = (classes(games.setup()), vec![]);
    class_lane(games, &mut out);
    out.into_iter().map(|class| names[class as usize]).collect()
}

/// Plays a batch of a seed on one thread.
pub fn batched(setup: &Setup, seed: u64, games: u64) -> Played {
    played_by(setup, &Plan::new(seed, games).threads(1))
}

/// Plays a plan.
pub fn played_by(setup: &Setup, plan: &Plan) -> Played {
    batch(setup, plan, &Watch::default()).unwrap_or_else(|e| panic!("{e}"))
}

/// The mean of numbers, those that are none left out.
pub fn mean(numbers: &[f64]) -> f64 {
    let there: Vec<f64> = numbers.iter().copied().filter(|x| !x.is_nan()).collect();
    there.iter().sum::<f64>() / there.len() as f64
}

/// Whether a figure is what a law says, within so much; the difference is told.
pub fn near(what: &str, got: f64, law: f64, within: f64) -> Result<(), String> {
    if (got - law).abs() <= within { Ok(()) } else { Err(format!("{what}: {got}, the law says {law} +-{within}")) }
}

/// Numbers drawn for a property test, the same on every run.
pub struct Lots(u64);

impl Lots {
    /// Lots of a seed.
    pub fn new(seed: u64) -> Lots {
        Lots(seed)
    }
    /// The next number, in [0, 1).
    pub fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((x ^ (x >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
    /// A number between two.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }
    /// A whole number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        (self.unit() * n as f64) as usize
    }
    /// One of some.
    pub fn one_of<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }
    /// Whether something happens that happens with this chance.
    pub fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }
    /// Puts things in a drawn order.
    pub fn shuffle<T>(&mut self, of: &mut [T]) {
        for i in (1..of.len()).rev() {
            of.swap(i, self.below(i + 1));
        }
    }
}
