//! What all subcommands share: the scenario and its changes, the seed, the format.

use std::time::Duration;

use crate::error::Error;
use clap::ValueEnum;
use rand::RngExt;

use super::failure::{Failure, print, print_report};
use crate::batch::play::threads;
use crate::command_line::CommandLine;
use crate::front::Draft;
use crate::ready::{Any, Ready};
use crate::report::document::Report;
use crate::report::heading::Heading;
use crate::report::text::thousands;
use crate::scenario::load::Studied;
use crate::scenario::strategy_file::{Seating, seat};
use crate::world::setup::Setup;

/// Text for people or one JSON document for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// One document on standard output.
    Json,
}

impl Format {
    /// Prints what was found.
    pub fn print(self, report: &Report) -> Result<(), Failure> {
        match self {
            Format::Text => print_report(report),
            Format::Json => print(&report.json()),
        }
    }
}

/// A scenario and what is changed in it.
#[derive(Debug, Clone, clap::Args)]
pub struct ScenarioArgs {
    /// The scenario file
    pub scenario: String,
    /// Change a field before the game, for instance --set parties.us.goal.patience=0.96; may be repeated
    #[arg(long = "set", value_name = "PATH=VALUE")]
    pub sets: Vec<String>,
    /// A party plays by another strategy, known by name or in a file of its own: --strategy us=boulware; `-` is
    /// standard input; may be repeated
    #[arg(long = "strategy", value_name = "PARTY=FILE_OR_NAME", value_parser = seat)]
    pub strategies: Vec<Seating>,
    /// Short for --strategy us=FILE_OR_NAME
    #[arg(long, value_name = "FILE_OR_NAME")]
    pub us: Option<String>,
    /// Short for --strategy cn=FILE_OR_NAME
    #[arg(long, value_name = "FILE_OR_NAME")]
    pub cn: Option<String>,
}

/// The seed of all chance.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct SeedArgs {
    /// Seed of all chance; drawn and printed where left out
    #[arg(long, value_parser = seed, allow_hyphen_values = true)]
    pub seed: Option<u64>,
}

impl SeedArgs {
    /// The seed given, or one drawn below 2^53, so that it survives a program that knows only floats.
    #[allow(clippy::disallowed_methods)] // the one place where chance comes from outside, and it is printed
    pub fn get(self) -> u64 {
        self.seed.unwrap_or_else(|| rand::rng().random_range(0..1 << 53))
    }
}

/// How many threads play.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct ThreadArgs {
    /// Threads; as many as the machine runs side by side where left out
    #[arg(long, value_parser = some_threads, allow_hyphen_values = true)]
    pub threads: Option<u64>,
}

impl ThreadArgs {
    /// The number given, or as many as the machine runs side by side.
    pub fn get(self) -> usize {
        self.threads.map_or_else(threads, |n| n as usize)
    }
}

/// What every command that plays many games is told beside its subject.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct ManyArgs {
    /// The seed.
    #[command(flatten)]
    pub seed: SeedArgs,
    /// Text for people or one JSON document
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
    /// The threads.
    #[command(flatten)]
    pub threads: ThreadArgs,
}

impl ManyArgs {
    /// What is asked of a scenario; its seed is drawn here where none was given.
    pub fn heading(&self, scenario: &str, sets: &[String], hash: String, games: u64) -> Heading {
        Heading { scenario: scenario.to_owned(), sets: sets.to_vec(), hash, seed: self.seed.get(), asked: games }
    }
}

impl ScenarioArgs {
    /// A command on this scenario, as it is typed.
    pub fn command(&self, name: &str) -> CommandLine {
        let seats = self.seats().unwrap_or_default();
        let seats = seats.iter().map(|seat| format!("{}={}", seat.party, seat.plays));
        CommandLine::new(name).file(&self.scenario).options("strategy", seats).options("set", &self.sets)
    }

    /// Reads, checks and prepares the scenario; every problem is told at once.
    pub fn ready(&self) -> Result<Ready, Failure> {
        ready_seated(&self.scenario, &self.seats()?, &self.sets)
    }

    /// The same with the paths that the file names for a sweep.
    pub fn to_sweep(&self) -> Result<Ready, Failure> {
        a_world(&self.scenario, any_of(&self.scenario, &self.seats()?, &self.sets, Studied::Sweep)?)
    }

    /// Who plays by another strategy; a party seated twice is refused.
    pub fn seats(&self) -> Result<Vec<Seating>, Failure> {
        let short = [("us", &self.us), ("cn", &self.cn)].into_iter().filter_map(|(party, plays)| {
            plays.as_ref().map(|plays| Seating { party: party.into(), plays: plays.clone() })
        });
        let all: Vec<Seating> = self.strategies.iter().cloned().chain(short).collect();
        for (i, seat) in all.iter().enumerate() {
            if all[..i].iter().any(|other| other.party == seat.party) {
                return Err(Failure::Wrong(format!("error: `{}` is given two strategies", seat.party)));
            }
        }
        Ok(all)
    }

    /// All that was changed on the command line, as a heading tells it.
    pub fn told(&self) -> Vec<String> {
        let seats = self.seats().unwrap_or_default();
        let seats = seats.iter().map(|seat| format!("parties.{}.strategy={}", seat.party, seat.plays));
        seats.chain(self.sets.iter().cloned()).collect()
    }
}

/// Reads, checks and prepares a scenario that has a world.
pub fn ready(name: &str, sets: &[String]) -> Result<Ready, Failure> {
    ready_seated(name, &[], sets)
}

/// The same with other strategies for some parties.
pub fn ready_seated(name: &str, seats: &[Seating], sets: &[String]) -> Result<Ready, Failure> {
    a_world(name, ready_any(name, seats, sets)?)
}

/// Refuses bargaining on its own.
fn a_world(name: &str, any: Any) -> Result<Ready, Failure> {
    match any {
        Any::World(ready) => no_program(&ready.setup).map(|()| *ready),
        Any::Bargaining(_) => Err(Failure::Wrong(format!(
            "error: `{name}` is bargaining on its own: this command plays whole worlds; try `run` or `batch`"
        ))),
    }
}

/// Refuses a scenario that an outside program plays, where a command starts none.
pub(super) fn no_program(setup: &Setup) -> Result<(), Failure> {
    match setup.parties.iter().find_map(|p| Some((&p.key, p.outside.as_ref()?))) {
        None => Ok(()),
        Some((key, name)) => Err(Failure::Wrong(format!(
            "error: `{key}` plays by the outside program `{name}`, which this command does not start: `summitry run`, \
             `play` and `batch` do, or give it a strategy with --set parties.{key}.strategy=boulware"
        ))),
    }
}

/// Reads, checks and prepares a scenario of either kind.
pub fn ready_any(name: &str, seats: &[Seating], sets: &[String]) -> Result<Any, Failure> {
    any_of(name, seats, sets, Studied::Nothing)
}

fn any_of(name: &str, seats: &[Seating], sets: &[String], studied: Studied) -> Result<Any, Failure> {
    let draft = seats.iter().fold(Draft::open(name).typed(sets), |draft, seat| draft.seat(&seat.party, &seat.plays));
    Ok(draft.any(studied)?)
}

/// What is counted at most: a thousand cores play a day for so many games.
const MOST: u64 = 10_000_000_000_000;

fn too_many() -> Error {
    Error::argument("that is more than is played: 1e13 at most")
}

/// Threads, at least 1 and no more than any machine runs side by side.
fn some_threads(text: &str) -> Result<u64, Error> {
    const MOST: u64 = 1_024;
    match count(text)? {
        n if n > MOST => Err(Error::argument(format!("{n} threads are too many: {MOST} at most"))),
        n => Ok(n),
    }
}

/// A time such as 90s, 10m or 2h.
pub fn duration(text: &str) -> Result<Duration, Error> {
    let wrong = || Error::argument("a time is needed, such as 90s, 10m or 2h");
    let unit = text.chars().last().and_then(|unit| {
        Some((unit, [('s', 1.0), ('m', 60.0), ('h', 3_600.0)].into_iter().find(|(c, _)| *c == unit)?.1))
    });
    let (unit, seconds) = unit.ok_or_else(wrong)?;
    let n: f64 = text.strip_suffix(unit).and_then(|n| n.parse().ok()).ok_or_else(wrong)?;
    if n > 0.0 && n * seconds <= 31_536_000.0 { Ok(Duration::from_secs_f64(n * seconds)) } else { Err(wrong()) }
}

/// A count such as 100000, 100_000 or 1e5; at least 1, at most [`MOST`].
pub fn count(text: &str) -> Result<u64, Error> {
    let plain = text.replace('_', "");
    let written = || plain.parse::<f64>().ok().filter(|x| x.fract() == 0.0 && *x >= 0.0);
    match plain.parse::<u64>().ok() {
        Some(0) => Err(Error::argument("at least 1 is needed")),
        Some(n) if n > MOST => Err(too_many()),
        Some(n) => Ok(n),
        None => match written() {
            Some(0.0) => Err(Error::argument("at least 1 is needed")),
            Some(x) if x <= MOST as f64 => Ok(x as u64),
            Some(_) => Err(too_many()),
            None => Err(Error::argument("a whole number above 0 is needed, such as 100000, 100_000 or 1e5")),
        },
    }
}

/// A count of at most so many.
pub fn up_to<const MOST: u64>(text: &str) -> Result<u64, Error> {
    match count(text)? {
        n if n > MOST => Err(Error::argument(format!("{} are too many: {} at most", grouped(n), grouped(MOST)))),
        n => Ok(n),
    }
}

/// A whole number with its thousands apart.
pub fn grouped(n: u64) -> String {
    thousands(&n.to_string())
}

/// How many games a study plays where its answer is a difference or a mean with an error: one game has none.
pub fn games(text: &str) -> Result<u64, Error> {
    match count(text)? {
        1 => Err(Error::argument("at least 2 are needed: one game says nothing of how games differ")),
        n => Ok(n),
    }
}

/// A seed: a whole number from 0 to 2^64 - 1.
pub fn seed(text: &str) -> Result<u64, Error> {
    whole("a seed", text)
}

/// The number of a game under its seed: a whole number from 0 to 2^64 - 1.
pub fn game(text: &str) -> Result<u64, Error> {
    whole("the number of a game", text)
}

fn whole(noun: &str, text: &str) -> Result<u64, Error> {
    text.replace('_', "")
        .parse()
        .map_err(|_| Error::argument(format!("{noun} is a whole number from 0 to {}", u64::MAX)))
}
