//! A batch in parts on the command line: what `plan`, `shard`, `missing`, `merge` and `batch --out` share.

use std::ops::Range;
use std::sync::Arc;

use super::again::typed;
use super::common::{ScenarioArgs, SeedArgs};
use super::failure::{Failure, say};
use super::made;
use super::rows::{IN_PARTS, large};
use crate::batch::part::Part;
use crate::batch::play::Watch;
use crate::batch::summary::{Questions, Summary};
use crate::command_line::CommandLine;
use crate::error::Error;
use crate::ready::Ready;
use crate::report::batch::{How, report};
use crate::report::document::Report;
use crate::report::heading::Heading;
use crate::report::text::count;
use crate::rows::job::Job;
use crate::rows::place::Place;
use crate::scenario::bundle::bundled;
use crate::shards::{Asked, Folder, Manifest, Rows, played};

/// Where the parts of a batch are kept.
#[derive(Debug, Clone, clap::Args)]
pub struct OutArgs {
    /// The folder of the batch: its plan, and a file for each part that is done
    #[arg(long, value_name = "DIR")]
    pub out: String,
}

/// The plan of a batch in a folder: the one that is there, or a new one. A seed that was drawn there is kept.
pub fn planned(
    path: &str,
    overwrite: bool,
    (ready, scenario): (&Ready, &ScenarioArgs),
    seed: SeedArgs,
    games: Range<u64>,
    (shards, (rows, every_round)): (Option<u64>, (Rows, Option<u64>)),
) -> Result<Folder, Failure> {
    let known = if overwrite { None } else { Folder::open(path).ok().map(|folder| folder.manifest) };
    let seed = seed.seed.or(known.as_ref().map(|known| known.seed)).unwrap_or_else(|| seed.get());
    let of_known = || known.as_ref().filter(|known| known.range() == games).map(|known| known.shards);
    let every_round = every_round.map(|first| games.start.saturating_add(first));
    let made = made::named("batch", seed).ok_or_else(|| Failure::Ours("the command cannot be told".into()))?;
    let manifest = Manifest::of(Asked {
        scenario: scenario.scenario.clone(),
        set: scenario.told(),
        hash: ready.hash.clone(),
        study: None,
        seed,
        shards: shards.or_else(of_known),
        rows,
        every_round,
        games,
        next: scenario.command("run").words().to_vec(),
        made,
        text: bundled(&ready.loaded),
    })?;
    // of a batch that goes on, some of the rows are there
    if let Some(ending) = rows.ending().filter(|_| known.is_none()) {
        let place = Place::of(&format!("rows.{ending}"), false)?;
        let by_round = every_round.map_or(0, |end| end.saturating_sub(manifest.from));
        large(path, Job::new(ready, &place, every_round, &[])?.bytes(manifest.games, by_round), IN_PARTS)?;
    }
    manifest.ready()?; // what the folder holds is the scenario that was read
    Ok(Folder::plan(path, manifest, overwrite)?)
}

/// A folder that was planned, and its scenario; a plan by another version of the program is told.
pub fn opened(path: &str) -> Result<(Folder, Ready), Failure> {
    let folder = Folder::open(path)?;
    if folder.manifest.study.is_some() {
        let (made, path) = (&folder.manifest.made.command, shell_words::quote(path));
        let text = format!("`{path}` holds a study, and its own command goes on with it\n  {made} --out {path}");
        return Err(Error::unfit(text).into());
    }
    other_version(&folder);
    let ready = folder.manifest.ready()?;
    Ok((folder, ready))
}

/// Says where another version of the program planned: it plays the same model.
pub fn other_version(folder: &Folder) {
    let (theirs, ours) = (&folder.manifest.version, env!("CARGO_PKG_VERSION"));
    if theirs != ours {
        say(&format!("planned by summitry {theirs}, and this is {ours}: both play the same model"));
    }
}

/// A part that could not be kept: how many are, and how to go on.
pub fn unkept(error: Error, folder: &Folder) -> Error {
    let (Error::Ours(text), Ok(missing)) = (&error, folder.missing()) else { return error };
    let Manifest { shards, seed, .. } = folder.manifest;
    let there = shards - missing.len() as u64;
    let kept = format!("{there} of {} kept; with room again the same command goes on", count(shards, "part"));
    Error::ours(format!("{text}\n  {kept}: {}", typed(seed)))
}

/// Plays parts, one after the other, and keeps each; false where it was stopped.
pub fn play(
    folder: &Folder,
    ready: &Ready,
    parts: &[u64],
    threads: usize,
    watch: &Arc<Watch>,
) -> Result<bool, Failure> {
    for part in parts {
        if !played(folder, ready, *part, threads, watch).map_err(|error| unkept(error, folder))? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// All parts that are there, as the page and the document of the batch that they are parts of; where some are missing
/// and nothing was stopped, `which` says how they are had.
pub fn told(folder: &Folder, ready: &Ready, threads: usize, which: Option<String>) -> Result<Report, Failure> {
    let Manifest { scenario, set, scenario_hash, seed, from, games, next, made, .. } = &folder.manifest;
    let questions = Questions::of(&ready.setup);
    let played = Part(folder.merged(Summary::new(&questions))?).played(&questions, *games)?;
    let heading = Heading {
        scenario: scenario.clone(),
        sets: set.clone(),
        hash: scenario_hash.clone(),
        seed: *seed,
        asked: *games,
    };
    let next = CommandLine::of(next);
    let how = How { next, seconds: None, threads, outside: None, from: *from, until: None, parts: which };
    Ok(report(&ready.setup, &heading, &how, &played).made(made))
}
