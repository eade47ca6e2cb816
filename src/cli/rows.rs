//! Rows beside what a command prints: where they go, what is said of them, and how large they will be.

use std::ops::Range;
use std::sync::Arc;
use std::time::Instant;

use super::common::{ManyArgs, count, up_to};
use super::failure::{Failure, say};
use super::progress::{about, watch, watched};
use crate::batch::play::{Plan, Played, Watch};
use crate::disk;
use crate::error::Error;
use crate::ready::Ready;
use crate::report::text::{count as count_of, size, thousands};
use crate::rows::cells::{Cells, Key};
use crate::rows::columns::{Field, Type};
use crate::rows::job::Job;
use crate::rows::place::{Place, SCHEME};
use crate::rows::rounds::Odds;
use crate::shards::{Folder, Rows};
use crate::studies::odds::Asked;
use crate::studies::odds_by_round::by_round;

/// Rows that a command leaves beside what it prints.
#[derive(Debug, Clone, clap::Args)]
pub struct RowsFile {
    /// Also write a row for each game: to a new file that ends in .parquet, .csv or .ndjson, or to a folder;
    /// with --out a file a part, and the form alone: parquet, csv or ndjson
    #[arg(long = "rows", value_name = "DIR|FILE")]
    rows_to: Option<String>,
    /// With --rows in .csv: begin the file with a byte order mark, by which Excel knows UTF-8
    #[arg(long, requires = "rows_to")]
    bom: bool,
}

/// The same, and rows by round.
#[derive(Debug, Clone, clap::Args)]
pub struct RowsArgs {
    #[command(flatten)]
    file: RowsFile,
    /// With --rows: also write a row for each round of the first so many games
    #[arg(long, value_name = "GAMES", value_parser = count, requires = "rows_to", allow_hyphen_values = true)]
    every_round: Option<u64>,
    /// With --every-round: also the odds of a deal and of a lapse as each of these rounds ends, by so many games that are
    /// played on from it; for 1_000 games at most
    #[arg(long, value_name = "FUTURES", value_parser = up_to::<1_000_000>, requires = "every_round", allow_hyphen_values = true)]
    odds: Option<u64>,
}

/// Games of which odds are played round by round, at most.
const SAMPLE: u64 = 1_000;

/// What became of the rows of games that were counted anyway.
#[derive(Debug, Default)]
pub struct Left {
    files: Vec<String>,
    failed: Option<Failure>,
}

impl Left {
    /// Tells it, once the answer is printed.
    pub fn told(self) -> Result<(), Failure> {
        self.files.iter().for_each(|file| say(&format!("rows: {file}")));
        self.failed.map_or(Ok(()), Err)
    }
}

/// More than this is told before work begins.
pub const LARGE: u64 = 1_000_000_000;

impl RowsFile {
    /// Where they go, if they are asked for; that there is room is seen before any game is played.
    pub fn place(&self, rounds: bool) -> Result<Option<Place>, Failure> {
        let Some(name) = &self.rows_to else { return Ok(None) };
        let place = Place::of(name, self.bom)?;
        place.room(rounds)?;
        Ok(Some(place))
    }

    /// What is written beside each part of what is kept in a folder.
    pub fn of_parts(&self) -> Result<Rows, Failure> {
        let Some(name) = &self.rows_to else { return Ok(Rows::None) };
        if self.bom {
            return Err(Failure::wrong("rows in parts have no byte order mark: leave --out away"));
        }
        form(name).map_err(Failure::wrong)
    }
}

impl RowsArgs {
    /// Refuses rows where a command has none to give.
    pub fn none(&self, why: &str) -> Result<(), Failure> {
        match self.file.rows_to {
            None => Ok(()),
            Some(_) => Err(Failure::wrong(Error::argument(format!("--rows keeps games that the engine plays: {why}")))),
        }
    }

    /// Where they go, if they are asked for; too large a sample of odds is refused.
    pub fn place(&self) -> Result<Option<Place>, Failure> {
        if let (Some(_), Some(games)) = (self.odds, self.every_round.filter(|games| *games > SAMPLE)) {
            return Err(Failure::wrong(format!(
                "odds round by round are for a sample: {} are too many, {} at most\n  --every-round {SAMPLE}",
                count_of(games, "game"),
                thousands(&SAMPLE.to_string())
            )));
        }
        self.file.place(self.every_round.is_some())
    }

    /// What is written beside each part of a batch in a folder.
    pub fn of_parts(&self) -> Result<(Rows, Option<u64>), Failure> {
        if self.odds.is_some() {
            return Err(Failure::wrong("--odds is for rows in one file: leave --out away"));
        }
        Ok((self.file.of_parts()?, self.every_round))
    }

    /// Plays a batch and leaves its rows, which appear only when all games are played. What is counted stands whatever
    /// becomes of the files.
    pub fn batch(
        &self,
        ready: &Ready,
        place: &Place,
        sets: &[String],
        plan: &Plan,
        (seed, watch): (u64, &Arc<Watch>),
    ) -> Result<(Played, Left), Failure> {
        self.played(ready, place, sets, plan, (seed, watch, "games"))
    }

    /// Leaves the rows of games that were counted before: they are played once more.
    pub fn of_counted(&self, ready: &Ready, place: &Place, sets: &[String], plan: &Plan, seed: u64) -> Left {
        match self.played(ready, place, sets, plan, (seed, &watch(), "games, for their rows")) {
            Ok((_, left)) => left,
            Err(failed) => Left { failed: Some(failed), ..Left::default() },
        }
    }

    fn played(
        &self,
        ready: &Ready,
        place: &Place,
        sets: &[String],
        plan: &Plan,
        (seed, watch, noun): (u64, &Arc<Watch>, &str),
    ) -> Result<(Played, Left), Failure> {
        let by_round = self.every_round.map(|first| plan.games.start.saturating_add(first));
        let mut job = Job::new(ready, place, by_round, sets)?;
        let games = plan.games.end - plan.games.start;
        large(&place.folder(), job.bytes(games, self.every_round.unwrap_or(0)), WHOLE)?;
        if let (Some(futures), Some(end)) = (self.odds, by_round) {
            let sample = plan.games.start..end.min(plan.games.end);
            job = job.with_odds(odds(ready, seed, sample, futures, plan.threads)?);
        }
        let (played, left) = watched(watch, games, noun, || job.play_anyway(plan, seed, watch))?;
        if played.interrupted {
            say("no rows are written: not all of the games were played");
        }
        Ok((played, Left { files: left.files, failed: left.failed.map(Failure::from) }))
    }
}

/// Futures of a trial, by which the time of all of them is told.
const TRIAL: u64 = 64;

/// The odds of some games as each of their rounds ends; what they cost is said first.
#[allow(clippy::disallowed_methods)] // how long it takes is said, and reaches no result
fn odds(ready: &Ready, seed: u64, games: Range<u64>, futures: u64, threads: usize) -> Result<Odds, Failure> {
    let (rounds, sample) = (u64::from(ready.setup().rounds), games.end - games.start);
    let of = |game: u64, futures: u64, watch: &Watch| {
        let asked = Asked { threads, ..Asked::new(seed, game, futures) };
        by_round(&ready.setup().of_game(asked.key, game), &asked, watch)
    };
    let all = sample.saturating_mul(rounds).saturating_mul(futures);
    let (begun, trial) = (Instant::now(), TRIAL.min(futures));
    of(games.start, trial, &Watch::default())?;
    let seconds = begun.elapsed().as_secs_f64() * all as f64 / (rounds * trial) as f64;
    say(&format!(
        "odds of {} at {} rounds, {} from each: {} to play on, {}",
        count_of(sample, "game"),
        rounds,
        count_of(futures, "future"),
        count_of(all, "game"),
        about(seconds)
    ));
    let watch = watch();
    let play = || games.clone().map(|game| of(game, futures, &watch)).collect::<Result<_, _>>();
    Ok(Odds { first: games.start, futures, shares: watched(&watch, all, "futures", play)? })
}

/// The form of the rows of a batch in parts, as it is typed.
pub fn form(text: &str) -> Result<Rows, Error> {
    let wrong = || Error::argument(format!("each part has a file of rows: say parquet, csv or ndjson, not `{text}`"));
    Rows::of(text).ok_or_else(wrong)
}

/// When rows that are in one file appear.
const WHOLE: &str = "; they appear when all games are played";
/// When those appear that are in parts.
pub const IN_PARTS: &str = ", a file a part";

/// Says what large files will take, and when they appear; what is larger than what the disk has left is refused.
pub fn large(folder: &str, bytes: u64, appear: &str) -> Result<(), Failure> {
    if let Some(free) = disk::free(folder).filter(|free| bytes > *free) {
        let [takes, free] = [bytes, free].map(size);
        return Err(Failure::wrong(format!(
            "the rows will take about {takes}, and {free} are free on the disk of `{folder}`\n  ask for fewer games, or name \
             another disk"
        )));
    }
    if bytes >= LARGE {
        say(&format!("the rows will take about {}{appear}", size(bytes)));
    }
    Ok(())
}

/// A column of what cells are called.
pub fn key(name: &str, about: &str, names: Vec<String>) -> Key {
    let places = (0..names.len()).map(|place| place as f64).collect();
    (of_cells(name, Type::Name(names.into()), about, None), places)
}

/// A column that tells cells apart.
pub fn of_cells(name: &str, holds: Type, about: &str, games: Option<&str>) -> Arc<Field> {
    let games = games.map(Into::into);
    Arc::new(Field { name: name.into(), holds, unit: String::new(), about: about.into(), games })
}

/// Says how large the rows of a study's cells will be, before it is played, as [`large`] does.
pub fn room(place: &Place, cells: &Cells, games: u64) -> Result<(), Failure> {
    let all = games.saturating_mul(cells.count());
    large(&place.folder(), place.bytes(&cells.fields).saturating_mul(all), WHOLE)
}

/// Plays the cells of a study once more, cell by cell, and leaves their rows.
pub fn keep(
    place: &Place,
    cells: &Cells,
    hash: &str,
    (seed, games): (u64, u64),
    many: &ManyArgs,
) -> Result<(), Failure> {
    let (plan, watch) = (Plan::new(seed, games).threads(many.threads.get()), watch());
    let all = games.saturating_mul(cells.count());
    let left = watched(&watch, all, "games, for their rows", || leave(place, cells, (hash, seed), &plan, &watch))?;
    say(&left.map_or("no rows are written: not all of the games were played".into(), |name| format!("rows: {name}")));
    Ok(())
}

/// Plays cells and leaves their rows; the file's name, nothing where it was stopped.
pub fn leave(
    place: &Place,
    cells: &Cells,
    (hash, seed): (&str, u64),
    plan: &Plan,
    watch: &Watch,
) -> Result<Option<String>, Error> {
    let games = plan.games.end - plan.games.start;
    let mut said = vec![
        ("schema", SCHEME.to_owned()),
        ("scenario_hash", hash.to_owned()),
        ("model", crate::MODEL.to_string()),
        ("seed", seed.to_string()),
        ("games", games.to_string()),
    ];
    if plan.games.start > 0 {
        said.push(("first_game", plan.games.start.to_string()));
    }
    let said = said.into_iter().map(|(key, text)| (format!("summitry.{key}"), text)).collect();
    let table = place.games(&cells.fields, &said, 0)?;
    if !cells.play(plan, watch, table.sink())? {
        return Ok(None);
    }
    let name = table.name.clone();
    table.placed()?;
    Ok(Some(name))
}

/// Says how large the rows of a study in parts will be, where nothing of it is there; the form of `.parquet` and the like.
pub fn large_in_parts(folder: &Folder, path: &str, cells: &Cells) -> Result<(), Failure> {
    let (shards, missing) = (folder.manifest.shards, folder.missing()?.len() as u64);
    let Some(file) = folder.rows(0).filter(|_| missing == shards) else { return Ok(()) };
    let all = folder.manifest.games.saturating_mul(cells.count());
    large(path, Place::one_of(&file)?.bytes(&cells.fields).saturating_mul(all), IN_PARTS)
}
