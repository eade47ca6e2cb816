//! What the page and the overlay say of a search besides the figures.

use super::args::Args;
use super::checkpoint::Named;
use crate::cli::failure::Failure;
use crate::command_line::CommandLine;
use crate::disk;
use crate::front::tune::opponents::Opponent;
use crate::notation::written::written;
use crate::report::heading::Heading;
use crate::report::tune::{Searched, reasons, told_axis};
use crate::scenario::knob::range;
use crate::scenario::language::read;
use crate::scenario::load::{Loaded, Problems};
use crate::scenario::strategy_file::tree_of;
use crate::studies::design::Axis;
use crate::studies::tune::compiled::Compiled;
use crate::studies::tune::objective::Objective;
use crate::studies::tune::search::Quest;

/// A search as it was asked for.
#[derive(Debug, Clone)]
pub struct Search {
    /// Of which scenario; its games are those of a candidate.
    pub heading: Heading,
    /// Paths set before the search, as an overlay writes them: strategies, `--set`, and a single opponent.
    pub sets: Vec<(String, String)>,
    /// What is searched as an overlay's `tune` has it: path and range or list.
    pub tune: Vec<(String, String)>,
    /// The paths searched, and over what.
    pub axes: Vec<(String, String)>,
    /// Where what stands at each is from, as its author says.
    pub because: Vec<Option<String>>,
    /// How many of them only feed start values.
    pub direct: usize,
    /// What is sought.
    pub objective: Objective,
    /// The opponents, where any are named: the party, and what it plays.
    pub against: Vec<(String, String)>,
    /// The budget of each arm, in candidates played in full.
    pub tries: u64,
    /// Held-out games.
    pub held: u64,
    /// The command that gives the same again.
    pub command: CommandLine,
}

impl Search {
    /// The same, whose best is judged on so many held-out games.
    pub fn judged_on(self, held: u64) -> Search {
        Search { held, ..self }
    }

    /// Of these paths, against these opponents; `hash` names the scenario as written.
    pub fn new(
        args: &Args,
        base: &Loaded,
        axes: &[Axis],
        quest: &Quest,
        opponents: &[Opponent],
        hash: String,
        held: u64,
    ) -> Result<Search, Failure> {
        let seated: Vec<&Opponent> = opponents.iter().filter(|(_, change)| change.is_some()).collect();
        let mut sets = sets(args)?;
        if let [(_, Some(change))] = seated[..] {
            sets.push((change.path.clone(), written(&change.value)));
        }
        Ok(Search {
            heading: Heading {
                scenario: args.scenario.scenario.clone(),
                sets: args.scenario.told(),
                hash,
                seed: quest.seed,
                asked: quest.games,
            },
            sets,
            tune: tuned(axes),
            axes: axes.iter().map(|axis| (axis.path.clone(), told_axis(axis))).collect(),
            because: reasons(base, axes)?,
            direct: quest.tables.iter().map(Compiled::direct).min().unwrap_or(0),
            objective: quest.objective.clone(),
            against: seated.iter().map(|(named, _)| named.clone()).collect(),
            tries: quest.tries,
            held,
            command: command(args, quest.seed, held)?,
        })
    }

    /// What its document says of it.
    pub fn searched(&self) -> Searched<'_> {
        let Search { heading, axes, because, direct, objective, against, tries, held, .. } = self;
        Searched { heading, axes, because, direct: *direct, objective, against, tries: *tries, held: *held }
    }

    /// All that decides what a search does, but its seed.
    pub fn named(&self, opponents: &[Opponent]) -> Named {
        let seats: Vec<_> = opponents.iter().map(|(_, change)| change.as_ref().map(|c| written(&c.value))).collect();
        let (games, tries) = (self.heading.asked, self.tries);
        let sought = format!("{:?} {:?} ", self.axes, self.objective);
        Named {
            scenario: self.heading.hash.clone(),
            sought,
            budget: format!("{games} {tries}"),
            seats: format!(" {seats:?}"),
        }
    }
}

/// What is searched, as an overlay's `tune` has it: path and range or list.
pub(super) fn tuned(axes: &[Axis]) -> Vec<(String, String)> {
    axes.iter().map(|axis| (axis.path.clone(), range(&axis.over))).collect()
}

/// What is set before the search, with paths and values as an overlay writes them.
pub(super) fn sets(args: &Args) -> Result<Vec<(String, String)>, Failure> {
    let mut sets = vec![];
    for seat in args.scenario.seats()? {
        // as it was seated, before `--set`: those come after it in the overlay too
        let mut sources = vec![];
        let tree = tree_of(&seat.plays, "a seat", &disk::open, &mut sources)
            .map_err(|problems| Problems { problems, sources })?;
        sets.push((format!("parties.{}.strategy", seat.party), written(&tree)));
    }
    for set in &args.scenario.sets {
        // read once already, when the scenario was put together
        let (path, value) = set.split_once('=').ok_or_else(|| Failure::Ours(format!("`{set}` was not looked at")))?;
        let value = read(value, 0).map_err(|_| Failure::Ours(format!("`{set}` was not looked at")))?;
        sets.push((path.trim().to_owned(), written(&value)));
    }
    Ok(sets)
}

/// The command that finds the same again: as it was typed, with what was left to chance, and without the files it
/// writes.
fn command(args: &Args, seed: u64, held: u64) -> Result<CommandLine, Failure> {
    let seats = args.scenario.seats()?;
    let line = CommandLine::new("tune")
        .file(&args.scenario.scenario)
        .options("strategy", seats.iter().map(|seat| format!("{}={}", seat.party, seat.plays)))
        .options("set", &args.scenario.sets)
        .options("over", &args.over)
        .options("side", &args.side)
        .options("maximise", &args.maximise)
        .options("minimise", &args.minimise)
        .options("target", &args.target)
        .options("fit", &args.fit)
        .options("quantile", args.quantile)
        .options("penalty", &args.penalties)
        .options("against", &args.against)
        .option("tries", args.tries)
        .option("games", args.games)
        .option("held-out", held)
        .option("seed", seed);
    Ok(if args.worst { line.word("--worst") } else { line })
}
