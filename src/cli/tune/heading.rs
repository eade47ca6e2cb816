//! What the page and the overlay say besides the figures.

use super::opponents::Opponent;
use super::{Args, explained};
use crate::cli::common::Failure;
use crate::cli::disk;
use crate::notation::written::written;
use crate::report::tune::Heading;
use crate::scenario::knob::range;
use crate::scenario::language::read;
use crate::scenario::load::Problems;
use crate::scenario::strategy_file::tree_of;
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
        told: args.scenario.told(),
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
        command: format!("{} (version {})", command(args, quest.seed, held)?, env!("CARGO_PKG_VERSION")),
    })
}

/// The command that finds the same again: as it was typed, with what was left to chance, and without the files it
/// writes.
fn command(args: &Args, seed: u64, held: u64) -> Result<String, Failure> {
    let mut words = vec!["summitry".into(), "tune".into(), args.scenario.scenario.clone()];
    let mut say = |name: &str, value: String| words.extend([format!("--{name}"), value]);
    args.scenario.seats()?.iter().for_each(|seat| say("strategy", format!("{}={}", seat.party, seat.plays)));
    args.scenario.sets.iter().for_each(|set| say("set", set.clone()));
    args.over.iter().for_each(|over| say("over", over.clone()));
    let one = [
        ("side", &args.side),
        ("maximise", &args.maximise),
        ("minimise", &args.minimise),
        ("target", &args.target),
        ("fit", &args.fit),
    ];
    one.into_iter().filter_map(|(name, x)| x.clone().map(|x| (name, x))).for_each(|(name, x)| say(name, x));
    args.quantile.iter().for_each(|at| say("quantile", at.to_string()));
    args.penalties.iter().for_each(|penalty| say("penalty", penalty.clone()));
    args.against.iter().for_each(|who| say("against", who.clone()));
    for (name, x) in [("tries", args.tries), ("games", args.games), ("held-out", held), ("seed", seed)] {
        say(name, x.to_string());
    }
    words.extend(args.worst.then(|| "--worst".to_string()));
    Ok(shell_words::join(words))
}

/// What an axis runs over, in words.
fn told_axis(axis: &Axis) -> String {
    match &axis.over {
        Over::Range(low, high) => format!("{low} to {high}{}", if axis.whole { ", whole numbers" } else { "" }),
        Over::Values(values) => values.iter().map(written).collect::<Vec<_>>().join(", "),
    }
}
