//! From a file to what can be played: read, checked, names resolved. There is no other way in, so that nothing is
//! played that was not checked.

mod unknown;

use std::borrow::Cow;

use crate::notation::tree::Node;
use crate::notation::{Code, Problem};
use crate::round;
use crate::scenario::bargaining::BargainingFile;
use crate::scenario::kind::{AnyScenario, load_seated};
use crate::scenario::language::decode;
use crate::scenario::load::{Loaded, Open, Problems, Sets, Studied};
use crate::scenario::rules::Scenario;
use crate::scenario::strategy_file::Seating;
use crate::scenario::unknown::taken_out;
use crate::scenario::{canonical, check};
use crate::world::dice::Key;
use crate::world::setup::Setup;

/// A scenario that was checked and made ready: this can be played.
#[derive(Debug, Clone)]
pub struct Ready {
    pub(crate) loaded: Loaded,
    pub(crate) setup: Setup,
    pub(crate) hash: String,
    pub(crate) said: Said,
}

/// How a scenario was named, and what was changed in it: what documents say of it first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// As it was given.
    pub scenario: String,
    /// Seats and changes, each `PATH=VALUE`.
    pub sets: Vec<String>,
}

impl Ready {
    /// The same in the world that a game is played in: itself, where nothing is unknown.
    pub(crate) fn in_world(mut self, seed: u64, game: u64) -> Ready {
        if let Cow::Owned(setup) = self.setup.of_game(Key::of_seed(seed), game) {
            self.setup = setup;
        }
        self
    }
    /// As it is played: parties, levers and all else by their rows.
    pub(crate) fn setup(&self) -> &Setup {
        &self.setup
    }
    /// The parties by their short names, in the order of every pair in a result.
    pub fn parties(&self) -> impl Iterator<Item = &str> {
        self.setup.parties.iter().map(|party| party.key.as_str())
    }
    /// The levers by their names, in the order of every list of levels in a result.
    pub fn levers(&self) -> impl Iterator<Item = &str> {
        self.setup.levers.iter().map(|lever| lever.name.as_str())
    }
    /// The levers by their keys in the file, such as `us_tariff`, in the same order: a path begins with
    /// `levers.us_tariff`, a measure with `lever.us_tariff`.
    pub fn lever_keys(&self) -> impl Iterator<Item = &str> {
        self.setup.levers.iter().map(|lever| lever.key.as_str())
    }
    /// What the story is called.
    pub fn title(&self) -> &str {
        &self.setup.scenario.title
    }
    /// Names the scenario whatever its comments and order.
    pub fn hash(&self) -> &str {
        &self.hash
    }
}

/// Bargaining on its own, checked.
#[derive(Debug, Clone)]
pub struct ReadyBargaining {
    /// As it was put together.
    pub loaded: Loaded,
    /// As it was written.
    pub scenario: BargainingFile,
    /// Names the scenario whatever its comments and order.
    pub hash: String,
}

/// A checked scenario of either kind.
#[derive(Debug, Clone)]
pub enum Any {
    /// Two parties in a world that moves on around them.
    World(Box<Ready>),
    /// Bargaining on its own.
    Bargaining(Box<ReadyBargaining>),
}

/// Reads, checks and prepares a scenario of either kind; every problem is told at once. `open` is the only door to
/// files, `seats` says who plays by another strategy, `sets` are changes as `PATH=VALUE`, `studied` which paths are
/// looked at that the file names for studies.
pub fn any(name: &str, open: Open<'_>, seats: &[Seating], sets: Sets<'_>, studied: Studied) -> Result<Any, Problems> {
    let (scenario, loaded) = load_seated(name, open, seats, sets, studied)?;
    match scenario {
        AnyScenario::World(scenario) => made(*scenario, loaded).map(|ready| Any::World(Box::new(ready))),
        AnyScenario::Bargaining(scenario) => {
            let hash = canonical::bargaining_hash(&scenario);
            Ok(Any::Bargaining(Box::new(ReadyBargaining { loaded, scenario, hash })))
        }
    }
}

/// The same for a scenario that has a world; bargaining on its own is refused.
pub fn world(name: &str, open: Open<'_>, seats: &[Seating], sets: Sets<'_>) -> Result<Ready, Problems> {
    let (scenario, loaded) = load_seated(name, open, seats, sets, Studied::Nothing)?;
    match scenario {
        AnyScenario::World(scenario) => made(*scenario, loaded),
        AnyScenario::Bargaining(_) => {
            let text = "this is bargaining on its own: a scenario with a world is needed here";
            Err(loaded.wrong(vec![Problem::new(Code::OtherKind, text)]))
        }
    }
}

/// Checks and prepares a scenario that was put together before, perhaps with changes made in its tree.
pub fn again(loaded: Loaded) -> Result<Ready, Problems> {
    made(checked(&loaded)?, loaded)
}

/// The same for one of many that are played and not named: a name takes as long as all the rest.
pub fn unnamed(loaded: &Loaded) -> Result<Setup, Problems> {
    prepared(checked(loaded)?, loaded)
}

fn checked(loaded: &Loaded) -> Result<Scenario, Problems> {
    let scenario = middle(&loaded.tree).map_err(|problems| loaded.wrong(problems))?;
    let problems = check::check(&scenario, loaded);
    if problems.is_empty() { Ok(scenario) } else { Err(loaded.wrong(problems)) }
}

/// A scenario with the middle of each unknown number in its place.
fn middle(tree: &Node) -> Result<Scenario, Vec<Problem>> {
    match taken_out(tree) {
        None => decode(tree),
        Some(taken) if !taken.problems.is_empty() => Err(taken.problems),
        Some(taken) => Ok(Scenario { unknown: taken.list, ..decode(&taken.tree)? }),
    }
}

fn made(scenario: Scenario, loaded: Loaded) -> Result<Ready, Problems> {
    let hash = canonical::scenario_hash(&scenario);
    let setup = prepared(scenario, &loaded)?;
    Ok(Ready { loaded, setup, hash, said: Said::default() })
}

fn prepared(scenario: Scenario, loaded: &Loaded) -> Result<Setup, Problems> {
    let mut setup = round::prepare(scenario).map_err(|error| loaded.wrong(vec![error.problem()]))?;
    setup.unknowns = unknown::of(loaded, &setup)?;
    Ok(setup)
}
