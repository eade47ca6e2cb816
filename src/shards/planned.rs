//! A batch in parts, planned and played by a program: what the command line has in `plan`, `shard`, `missing` and `merge`.

use std::ops::Range;

use super::folder::Folder;
use super::manifest::{Asked, Manifest, Rows};
use crate::batch::part::Part;
use crate::batch::play::{Plan, Played, Watch, batch};
use crate::batch::summary::{Questions, Summary};
use crate::command_line::CommandLine;
use crate::error::Error;
use crate::front::{Answer, told};
use crate::notation::Code;
use crate::ready::Ready;
use crate::report::made::Made;
#[cfg(feature = "rows")]
use crate::rows::{job::Job, place::Place};
use crate::scenario::bundle::bundled;

/// A batch in parts, in a folder that all see who play it.
///
/// Needs the feature `report`, which is on by default.
///
/// ```
/// # use summitry::prelude::*;
/// # let place = tempfile::tempdir().map_err(|e| Error::file(e.to_string()))?;
/// # let folder = place.path().join("run");
/// let ready = Draft::open("stockholm-2025").ready()?;
/// let planned = ready.planned(&folder, 60, 7, Some(3), None)?;
/// for part in planned.missing()? {
///     Planned::open(&folder)?.play(part, 1, &Watch::default())?; // on another machine
/// }
/// assert_eq!(planned.answer()?.json(), ready.batch(60).seed(7).answer()?.json());
/// # Ok::<(), Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Planned {
    folder: Folder,
    ready: Ready,
}

impl Ready {
    /// A batch cut into parts, to be played by whoever sees this folder: a new one, or one that holds the same batch, which
    /// then goes on. `rows` has each part leave the rows of its games beside it: `parquet`, `csv` or `ndjson`.
    pub fn planned(
        &self,
        folder: impl AsRef<std::path::Path>,
        games: u64,
        seed: u64,
        parts: Option<u64>,
        rows: Option<&str>,
    ) -> Result<Planned, Error> {
        crate::front::engine_plays(self)?;
        let rows = match rows {
            None => Rows::None,
            Some(form) => known(form)?,
        };
        if games == 0 {
            return Err(Error::argument("0 games say nothing: at least 1 must be played"));
        }
        let folder = folder.as_ref().to_string_lossy();
        let kept = || Folder::open(&folder).ok().filter(|kept| kept.manifest.range() == (0..games));
        let said = &self.said;
        let words = CommandLine::new("batch").file(&said.scenario).options("set", &said.sets);
        let command = words.option("games", games).option("seed", seed).to_string();
        let manifest = Manifest::of(Asked {
            scenario: said.scenario.clone(),
            set: said.sets.clone(),
            hash: self.hash().to_owned(),
            study: None,
            seed,
            shards: parts.or_else(|| kept().map(|kept| kept.manifest.shards)),
            rows,
            every_round: None,
            games: 0..games,
            next: CommandLine::new("run").file(&said.scenario).words().to_vec(),
            made: Made { command, strategies: vec![], files: vec![], programs: false },
            text: bundled(&self.loaded),
        })?;
        Ok(Planned { folder: Folder::plan(&folder, manifest, false)?, ready: self.clone() })
    }
}

#[cfg(feature = "rows")]
fn known(form: &str) -> Result<Rows, Error> {
    Rows::of(form).ok_or_else(|| Error::argument(format!("rows are parquet, csv or ndjson, found `{form}`")))
}

#[cfg(not(feature = "rows"))]
fn known(_: &str) -> Result<Rows, Error> {
    Err(Error::argument("this program was built without rows"))
}

impl Planned {
    /// A batch that was planned before, by whoever.
    pub fn open(folder: impl AsRef<std::path::Path>) -> Result<Planned, Error> {
        let folder = Folder::open(&folder.as_ref().to_string_lossy())?;
        if folder.manifest.study.is_some() {
            return Err(Error::unfit("the folder holds a study, and its own command goes on with it"));
        }
        let ready = folder.manifest.ready()?;
        Ok(Planned { folder, ready })
    }

    /// How many parts there are.
    pub fn parts(&self) -> u64 {
        self.folder.manifest.shards
    }

    /// The parts that are not there yet.
    pub fn missing(&self) -> Result<Vec<u64>, Error> {
        self.folder.missing()
    }

    /// The games of a part.
    pub fn games_of(&self, part: u64) -> Result<Range<u64>, Error> {
        self.folder.games_of(part)
    }

    /// Plays a part and keeps it, whole or not at all.
    pub fn play(&self, part: u64, threads: usize, watch: &Watch) -> Result<(), Error> {
        match played(&self.folder, &self.ready, part, threads, watch)? {
            true => Ok(()),
            false => Err(Error::Interrupted("stopped before all of the part was played: nothing of it is kept".into())),
        }
    }

    /// All parts that are there, told as the batch; while some are missing it says that it was stopped.
    pub fn answer(&self) -> Result<Answer, Error> {
        let Manifest { seed, from, games, .. } = &self.folder.manifest;
        let questions = Questions::of(&self.ready.setup);
        let all = Part(self.folder.merged(Summary::new(&questions))?);
        if all.count() == 0 {
            return Err(Error::of(Code::Incomplete, "no part is there yet: nothing can be said"));
        }
        Ok(told(&self.ready, *from..from + games, *seed, 1, &all.played(&questions, *games)?))
    }
}

/// Plays a part, with its rows where the plan has them, and keeps it; false where it was stopped.
pub fn played(folder: &Folder, ready: &Ready, part: u64, threads: usize, watch: &Watch) -> Result<bool, Error> {
    let plan = Plan { games: folder.games_of(part)?, ..Plan::new(folder.manifest.seed, 0).threads(threads) };
    let played = match folder.rows(part) {
        None => batch(&ready.setup, &plan, watch)?,
        Some(rows) => with_rows(folder, ready, (part, &rows), &plan, watch)?,
    };
    if played.interrupted {
        return Ok(false);
    }
    folder.keep(part, played.summary)?;
    Ok(true)
}

/// Plays a part and leaves its rows, before it is kept itself: a part that is there has them.
#[cfg(feature = "rows")]
fn with_rows(
    folder: &Folder,
    ready: &Ready,
    (part, file): (u64, &str),
    plan: &Plan,
    watch: &Watch,
) -> Result<Played, Error> {
    folder.forget_rows(part)?; // of one who was killed before the part was kept
    let place = Place::one_of(file)?;
    let by_round = folder.manifest.every_round.filter(|games| plan.games.start < *games);
    let job = Job::new(ready, &place, by_round, &folder.manifest.set)?;
    Ok(job.play(plan, folder.manifest.seed, watch)?.0)
}

#[cfg(not(feature = "rows"))]
fn with_rows(_: &Folder, _: &Ready, _: (u64, &str), _: &Plan, _: &Watch) -> Result<Played, Error> {
    Err(Error::unfit("the plan has rows, and this program was built without them"))
}
