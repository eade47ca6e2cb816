//! Rows beside what a command prints: where they go, what is said of them, and how large they will be.

use std::sync::Arc;

use super::common::{ManyArgs, count};
use super::failure::{Failure, say};
use super::progress::{watch, watched};
use crate::batch::play::{Plan, Played, Watch};
use crate::disk;
use crate::error::Error;
use crate::ready::Ready;
use crate::report::text::number;
use crate::rows::cells::{Cells, Key};
use crate::rows::columns::{Field, Type};
use crate::rows::job::Job;
use crate::rows::place::{Place, SCHEME};
use crate::shards::Rows;

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
}

/// More than this is told before work begins.
const LARGE: u64 = 1_000_000_000;

impl RowsFile {
    /// Where they go, if they are asked for; that there is room is seen before any game is played.
    pub fn place(&self, rounds: bool) -> Result<Option<Place>, Failure> {
        let Some(name) = &self.rows_to else { return Ok(None) };
        let place = Place::of(name, self.bom)?;
        place.room(rounds)?;
        Ok(Some(place))
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

    /// Where they go, if they are asked for.
    pub fn place(&self) -> Result<Option<Place>, Failure> {
        self.file.place(self.every_round.is_some())
    }

    /// What is written beside each part of a batch in a folder.
    pub fn of_parts(&self) -> Result<Rows, Failure> {
        let Some(name) = &self.file.rows_to else { return Ok(Rows::None) };
        if self.every_round.is_some() || self.file.bom {
            return Err(Failure::wrong(
                "a batch in parts has no rows by round and no byte order mark: leave --out away",
            ));
        }
        form(name).map_err(Failure::wrong)
    }

    /// Plays a batch and leaves its rows, which appear only when all games are played.
    pub fn batch(
        &self,
        ready: &Ready,
        place: &Place,
        sets: &[String],
        plan: &Plan,
        (seed, watch): (u64, &Arc<Watch>),
    ) -> Result<Played, Failure> {
        let job = Job::new(ready, place, self.every_round, sets)?;
        let games = plan.games.end - plan.games.start;
        large(&place.folder(), job.bytes(games))?;
        let (played, files) = watched(watch, games, "games", || job.play(plan, seed, watch))?;
        if played.interrupted {
            say("no rows are written: not all of the games were played");
        }
        files.iter().for_each(|file| say(&format!("rows: {file}")));
        Ok(played)
    }
}

/// The form of the rows of a batch in parts, as it is typed.
pub fn form(text: &str) -> Result<Rows, Error> {
    let wrong = || Error::argument(format!("each part has a file of rows: say parquet, csv or ndjson, not `{text}`"));
    Rows::of(text).ok_or_else(wrong)
}

/// Says what a large file will take; one that is larger than what the disk has left is refused.
pub fn large(folder: &str, bytes: u64) -> Result<(), Failure> {
    if let Some(free) = disk::free(folder).filter(|free| bytes > *free) {
        let [takes, free] = [bytes, free].map(gigabytes);
        return Err(Failure::wrong(format!(
            "the rows will take about {takes}, and {free} are free on the disk of `{folder}`\n  ask for fewer games, or name \
             another disk"
        )));
    }
    if bytes >= LARGE {
        say(&format!("the rows will take about {}; they appear when all games are played", gigabytes(bytes)));
    }
    Ok(())
}

/// A size in gigabytes, to two digits or so.
fn gigabytes(bytes: u64) -> String {
    format!("{} GB", number(bytes as f64 / 1e9, 2))
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

/// Plays the cells of a study once more, cell by cell, and leaves their rows.
pub fn keep(
    place: &Place,
    cells: &Cells,
    hash: &str,
    (seed, games): (u64, u64),
    many: &ManyArgs,
) -> Result<(), Failure> {
    let said = [
        ("schema", SCHEME.to_owned()),
        ("scenario_hash", hash.to_owned()),
        ("model", crate::MODEL.to_string()),
        ("seed", seed.to_string()),
        ("games", games.to_string()),
    ];
    let said = said.map(|(key, text)| (format!("summitry.{key}"), text)).to_vec();
    let (plan, watch) = (Plan::new(seed, games).threads(many.threads.get()), watch());
    let all = games.saturating_mul(cells.count());
    large(&place.folder(), place.bytes(&cells.fields).saturating_mul(all))?;
    let table = place.games(&cells.fields, &said, 0)?;
    match watched(&watch, all, "games, for their rows", || cells.play(&plan, &watch, table.sink()))? {
        true => say(&format!("rows: {}", table.name)),
        false => {
            say("no rows are written: not all of the games were played");
            return Ok(());
        }
    }
    Ok(table.placed()?)
}
