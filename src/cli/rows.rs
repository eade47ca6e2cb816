//! Rows beside what a command prints: where they go, what is said of them, and how large they will be.

use serde_json::json;

use super::failure::{Failure, say};
use super::progress::watched;
use crate::batch::play::{Plan, Played, Watch};
use crate::error::Error;
use crate::ready::Ready;
use crate::report::text::thousands;
use crate::rows::groups::GROUP;
use crate::rows::place::{Place, SCHEME, Said};
use crate::rows::play::{Tables, batch};
use crate::rows::rounds::Rounds;
use crate::rows::schema::Schema;
use std::sync::Arc;

/// Rows that a command leaves beside what it prints.
#[derive(Debug, Clone, clap::Args)]
pub struct RowsArgs {
    /// Also write a row for each game: to a new file that ends in .parquet, .csv or .ndjson, or to a folder
    #[arg(long, value_name = "DIR|FILE")]
    rows: Option<String>,
    /// With --rows: also write a row for each round of the first so many games
    #[arg(long, value_name = "GAMES", value_parser = super::common::count, requires = "rows", allow_hyphen_values = true)]
    every_round: Option<u64>,
    /// With --rows in .csv: begin the file with a byte order mark, by which Excel knows UTF-8
    #[arg(long, requires = "rows")]
    bom: bool,
}

/// More than this is told before work begins.
const LARGE: u64 = 1_000_000_000;

impl RowsArgs {
    /// Refuses rows where a command has none to give.
    pub fn none(&self, why: &str) -> Result<(), Failure> {
        match self.rows {
            None => Ok(()),
            Some(_) => Err(Failure::wrong(Error::argument(format!("--rows keeps games that the engine plays: {why}")))),
        }
    }

    /// Where they go, if they are asked for; that there is room is seen before any game is played.
    pub fn place(&self) -> Result<Option<Place>, Failure> {
        let Some(name) = &self.rows else { return Ok(None) };
        let place = Place::of(name, self.bom)?;
        place.room(self.every_round.is_some())?;
        Ok(Some(place))
    }

    /// Plays a batch and leaves its rows, which appear only when all games are played.
    pub fn batch(
        &self,
        ready: &Ready,
        place: &Place,
        sets: &[String],
        seed: u64,
        plan: &Plan,
        watch: &Arc<Watch>,
    ) -> Result<Played, Failure> {
        let schema = Schema::of(ready).checked()?;
        let rounds = self.every_round.map(|games| Rounds::of(ready.setup(), games));
        let games = plan.games.end - plan.games.start;
        large(place.bytes(&schema.fields).saturating_mul(games));
        let (said, first) = (said(ready, sets, seed, plan), plan.games.start / GROUP);
        let of_games = place.games(&schema.fields, &said, first)?;
        let of_rounds = rounds.as_ref().map(|rounds| place.by_round(&rounds.fields, &said, first)).transpose()?;
        let tables = Tables {
            games: (&schema, of_games.sink()),
            rounds: rounds.as_ref().zip(of_rounds.as_ref().map(|table| table.sink())),
        };
        let played = watched(watch, games, "games", || batch(ready.setup(), plan, watch, &tables))?;
        if played.interrupted {
            say("no rows are written: not all of the games were played");
            return Ok(played);
        }
        for table in [Some(of_games), of_rounds].into_iter().flatten() {
            let name = table.name.clone();
            table.placed()?;
            say(&format!("rows: {name}"));
        }
        Ok(played)
    }
}

/// Says what a large file will take.
fn large(bytes: u64) {
    if bytes >= LARGE {
        let megabytes = thousands(&(bytes / 1_000_000).to_string());
        say(&format!("the rows will take about {megabytes} MB; they appear when all games are played"));
    }
}

/// What is said of all rows, in the file's own metadata.
fn said(ready: &Ready, sets: &[String], seed: u64, plan: &Plan) -> Said {
    let pairs = [
        ("schema", SCHEME.to_owned()),
        ("scenario", ready.title().to_owned()),
        ("scenario_hash", ready.hash().to_owned()),
        ("sets", json!(sets).to_string()),
        ("model", crate::MODEL.to_string()),
        ("seed", seed.to_string()),
        ("first_game", plan.games.start.to_string()),
        ("games", (plan.games.end - plan.games.start).to_string()),
    ];
    pairs.map(|(key, text)| (format!("summitry.{key}"), text)).to_vec()
}
