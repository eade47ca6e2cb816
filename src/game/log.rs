//! A table's log: the decisions of a game held from outside, who held the seats, and what was done to the world from
//! outside. With the scenario and the seed it is the whole game: replayed, it gives the same record.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::table::{Filed, Step, Table};
use crate::command_line::CommandLine;
use crate::error::Error;
use crate::world::dice::Key;
use crate::world::orders::{At, Order};
use crate::world::setup::Setup;

/// What a log says it is.
pub const SCHEMA: &str = "summitry.table/1";

/// Who holds the seats, from a round on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The round.
    pub round: u32,
    /// The delegations held from outside.
    pub seats: [bool; 2],
    /// The homes where ratification is decided outside.
    pub homes: [bool; 2],
}

/// What was done to the world before a round.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Push {
    /// Before this round.
    pub round: u32,
    /// What it adds to the mood.
    pub tone: f64,
    /// A lever and the level it is put at.
    pub lever: Option<(usize, f64)>,
}

/// The log of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Log {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// The scenario file.
    pub scenario: String,
    /// What was changed in it, as `--set` takes it.
    #[serde(default)]
    pub set: Vec<String>,
    /// Names the scenario as it was played.
    pub scenario_hash: String,
    /// The number of the model that played; none in logs of 0.1.0.
    #[serde(default)]
    pub model: Option<u32>,
    /// The seed; none while it is secret.
    #[serde(default)]
    pub seed: Option<u64>,
    /// The game of the seed.
    pub game: u64,
    /// Who held the seats, from which round on.
    pub seats: Vec<Held>,
    /// What was done to the world from outside.
    #[serde(default)]
    pub events: Vec<Push>,
    /// The decisions.
    pub orders: Vec<Filed>,
}

impl Log {
    /// A log from its text.
    pub fn read(text: &str) -> Result<Log, Error> {
        let log: Log = serde_json::from_str(text).map_err(|e| Error::unfit(format!("no log of a table: {e}")))?;
        if log.schema == SCHEMA {
            Ok(log)
        } else {
            Err(Error::unfit(format!("a table's log says \"schema\": \"{SCHEMA}\", found \"{}\"", log.schema)))
        }
    }

    /// The command that replays it from a file.
    pub fn command(&self, file: &str) -> CommandLine {
        CommandLine::new("run").file(&self.scenario).options("set", &self.set).option("orders", file)
    }

    /// Plays the game again, as far as the orders go.
    pub fn replay(&self, setup: &Setup, seed: u64) -> Result<Table, Error> {
        let mut table = Table::new(setup, Key::of_seed(seed), self.game, [false; 2], [false; 2]);
        let mut book: BTreeMap<At, &Order> = BTreeMap::new();
        for filed in &self.orders {
            if book.insert(filed.at, &filed.order).is_some() {
                return Err(Error::unfit(format!("the log holds two decisions of {}", filed.at.told(setup))));
            }
        }
        let mut begun = None;
        loop {
            let round = table.round();
            if begun.replace(round) != Some(round) {
                for held in self.seats.iter().filter(|h| h.round == round) {
                    (0..2).for_each(|p| table.seat(p, held.seats[p], held.homes[p]));
                }
                for push in self.events.iter().filter(|e| e.round == round) {
                    let rows = setup.levers.len();
                    if push.lever.is_some_and(|(lever, _)| lever >= rows) {
                        return Err(Error::unfit(format!("an event of round {round} moves a lever that there is not")));
                    }
                    table.disturb(push.tone, push.lever);
                }
            }
            match table.advance() {
                Step::Over => break,
                Step::RoundDone => {}
                Step::Question(question) => {
                    let Some(order) = book.remove(&question.at) else {
                        return if book.is_empty() { Ok(table) } else { Err(missing(setup, &question.at, &book)) };
                    };
                    // What was allowed when it was filed may not be after an event of the same round: the engine reads
                    // it now as it did then.
                    let disturbed = self.events.iter().any(|e| e.round == round);
                    match table.answer(order.clone()) {
                        Err(_) if disturbed => table.filed(question.at, order.clone()),
                        done => done?,
                    }
                }
            }
        }
        // A decision that an event of its round made idle is not asked for again.
        match book.keys().find(|at| !self.events.iter().any(|e| e.round == at.round)) {
            None => Ok(table),
            Some(at) => {
                Err(Error::unfit(format!("the game is over before a decision of {} is asked for", at.told(setup))))
            }
        }
    }
}

fn missing(setup: &Setup, asked: &At, book: &BTreeMap<At, &Order>) -> Error {
    let next = book.keys().next().map_or(String::new(), |at| format!("; its next one is of {}", at.told(setup)));
    Error::unfit(format!("the log holds no decision of {}{next}", asked.told(setup)))
}
