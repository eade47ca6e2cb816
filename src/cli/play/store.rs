//! The file that keeps a player's decisions.

use serde::{Deserialize, Serialize};

use crate::cli::decisions::{self, GAME as SCHEMA};
use crate::cli::failure::Failure;
use crate::disk;
use crate::error::Error;
use crate::game::table::Filed;
use crate::model::MODEL;

/// What the file holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    schema: String,
    #[serde(default)]
    model: Option<u32>,
    scenario_hash: String,
    seat: String,
    /// The seed of the game.
    pub seed: u64,
    /// Its number.
    pub game: u64,
    /// The decisions, in the order in which they were asked.
    pub orders: Vec<Filed>,
}

impl Kept {
    /// Refuses orders of another game.
    pub fn fits(&self, hash: &str, seat: &str, seed: Option<u64>, game: Option<u64>) -> Result<(), Failure> {
        let wrong = |what: &str| Err(Failure::Wrong(format!("error: the orders are of {what}")));
        if self.schema != SCHEMA {
            wrong("another version of this program")
        } else if let Some(why) = decisions::of_another_model(self.model, &self.scenario_hash) {
            Err(Failure::Wrong(format!("error: the orders cannot be played again: {why}")))
        } else if self.scenario_hash != hash {
            wrong("another scenario, or of this one before it was changed")
        } else if self.seat != seat {
            wrong(&format!("the other seat: say --as {}", self.seat))
        } else if seed.is_some_and(|s| s != self.seed) {
            wrong(&format!("another seed: leave --seed out or say --seed {}", self.seed))
        } else if game.is_some_and(|g| g != self.game) {
            wrong(&format!("another game: leave --game out or say --game {}", self.game))
        } else {
            Ok(())
        }
    }
}

/// Reads the file; nothing where it does not exist yet.
pub fn read(path: &str) -> Result<Option<Kept>, Failure> {
    if !disk::is_there(path) {
        return Ok(None);
    }
    let text = decisions::open(path)?;
    serde_json::from_str(&text).map(Some).map_err(|e| {
        Failure::Wrong(match decisions::of_another_kind(&text, SCHEMA) {
            Some(what) => format!("error: `{path}`: {what}"),
            None => format!("error: `{path}` is not a game that `play` kept: {e}"),
        })
    })
}

/// Where decisions are kept, and of which game.
#[derive(Debug, Clone)]
pub struct Store {
    /// The file, if any.
    pub path: Option<String>,
    /// Names the scenario.
    pub scenario_hash: String,
    /// The party played.
    pub seat: String,
    /// The seed.
    pub seed: u64,
    /// The game.
    pub game: u64,
}

impl Store {
    /// Keeps decisions in a file from now on; one that is there already is left alone.
    pub fn save(&mut self, path: &str, orders: &[Filed]) -> Result<(), Error> {
        if self.path.as_deref() == Some(path) {
            return self.keep(orders);
        }
        disk::room_for(path)?;
        let before = self.path.replace(path.to_owned());
        self.keep(orders).inspect_err(|_| self.path = before)
    }

    /// Writes all decisions made so far.
    pub fn keep(&self, orders: &[Filed]) -> Result<(), Error> {
        let Some(path) = &self.path else { return Ok(()) };
        let kept = Kept {
            schema: SCHEMA.into(),
            model: Some(MODEL),
            scenario_hash: self.scenario_hash.clone(),
            seat: self.seat.clone(),
            seed: self.seed,
            game: self.game,
            orders: orders.to_vec(),
        };
        let text = serde_json::to_string_pretty(&kept).map_err(Error::ours)?;
        disk::replace(path, &(text + "\n"))
    }
}
