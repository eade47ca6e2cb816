//! What the page and the overlay say besides the figures.

use super::opponents::Opponent;
use super::{Args, explained};
use crate::cli::common::Failure;
use crate::cli::disk;
use crate::report::tune::Heading;
use crate::scenario::load::Problems;
use crate::scenario::read::read;
use crate::scenario::strategy_file::tree_of;
use crate::scenario::written::{range, written};
use crate::studies::design::{Axis, Over};
use crate::studies::tune::compiled::Compiled;
use crate::studies::tune::search::Quest;

/// Put together.
pub fn heading(
    args: &Args,
    axes: &[Axis],
    quest: &Quest,
    opponents: &[Opponent],
    hash: String,
    held: u64,
) -> Result<Heading, Failure> {
    let mut sets = vec![];
    for seat in args.scenario.seats()? {
        // as it was seated, before `--set`: those come after it in the overlay too
        let mut sources = vec![];
        let tree = tree_of(&seat.plays, "a seat", &disk::open, &mut sources)
            .map_err(|problems| explained(Problems { problems, sources }))?;
        sets.push((format!("parties.{}.strategy", seat.party), written(&tree)));
    }
    for set in &args.scenario.sets {
        // read once already, when the scenario was put together
        let (path, value) = set.split_once('=').ok_or_else(|| Failure::Ours(format!("`{set}` was not looked at")))?;
        let value = read(value, 0).map_err(|_| Failure::Ours(format!("`{set}` was not looked at")))?;
        sets.push((path.trim().to_owned(), written(&value)));
    }
    let seated: Vec<&Opponent> = opponents.iter().filter(|(_, change)| change.is_some()).collect();
    if let [(_, Some(change))] = seated[..] {
        sets.push((change.path.clone(), written(&change.value)));
    }
    Ok(Heading {
        file: args.scenario.scenario.clone(),
        sets,
        tune: axes.iter().map(|axis| (axis.path.clone(), range(&axis.over))).collect(),
        hash,
        axes: axes.iter().map(|axis| (axis.path.clone(), told_axis(axis))).collect(),
        direct: quest.tables.iter().map(Compiled::direct).min().unwrap_or(0),
        objective: quest.objective.clone(),
        against: seated.iter().map(|(named, _)| named.clone()).collect(),
        tries: quest.tries,
        games: quest.games,
        held,
        seed: quest.seed,
        command: format!("summitry tune {} (version {})", args.scenario.scenario, env!("CARGO_PKG_VERSION")),
    })
}

/// What an axis runs over, in words.
fn told_axis(axis: &Axis) -> String {
    match &axis.over {
        Over::Range(low, high) => format!("{low} to {high}{}", if axis.whole { ", whole numbers" } else { "" }),
        Over::Values(values) => values.iter().map(written).collect::<Vec<_>>().join(", "),
    }
}
