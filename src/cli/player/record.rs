//! The file that keeps what was decided outside in many games: a head and a line a game, whole or not at all.

use crate::error::Error;
use serde::{Deserialize, Serialize};

use crate::batch::outside::Record;
use crate::cli::decisions::{self, GAMES as SCHEMA};
use crate::cli::failure::Failure;
use crate::game::table::Filed;
use crate::model::MODEL;
use crate::notation::wording::count;

/// The first line: of which games these are the decisions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    schema: String,
    #[serde(default)]
    model: Option<u32>,
    /// Names the scenario.
    pub scenario_hash: String,
    /// The parties whose decisions these are.
    pub seats: Vec<String>,
    /// The seed of the games.
    pub seed: u64,
    /// How many games.
    pub games: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    game: u64,
    orders: Vec<Filed>,
}

impl Head {
    /// For games `0..games` of a seed.
    pub fn new(scenario_hash: &str, seats: Vec<String>, seed: u64, games: u64) -> Head {
        Head { schema: SCHEMA.into(), model: Some(MODEL), scenario_hash: scenario_hash.to_owned(), seats, seed, games }
    }

    /// Refuses decisions of other games than those asked for.
    pub fn fits(&self, path: &str, hash: &str, seed: Option<u64>, games: Option<u64>) -> Result<(), Failure> {
        let wrong = |what: String| Err(Failure::Wrong(format!("error: `{path}` is {what}")));
        if let Some(why) = decisions::of_another_model(self.model, &self.scenario_hash) {
            Err(Failure::Wrong(format!("error: `{path}`: {why}")))
        } else if self.scenario_hash != hash {
            let now = format!("it names {}, this one is {hash}", self.scenario_hash);
            wrong(format!("of another scenario, or of this one before it was changed: {now}"))
        } else if seed.is_some_and(|seed| seed != self.seed) {
            wrong(format!("of seed {}: leave --seed out", self.seed))
        } else if games.is_some_and(|games| games > self.games) {
            wrong(format!("of {}: leave --games out, or ask for fewer", count(self.games as usize, "game")))
        } else {
            Ok(())
        }
    }
}

/// The file's text.
pub fn text(head: &Head, records: &[Record]) -> Result<String, Failure> {
    let ours = |e: serde_json::Error| Failure::Ours(e.to_string());
    let mut out = serde_json::to_string(head).map_err(ours)? + "\n";
    for record in records {
        let line = Line { game: record.game, orders: record.orders.clone() };
        out.push_str(&serde_json::to_string(&line).map_err(ours)?);
        out.push('\n');
    }
    Ok(out)
}

/// Reads a file of decisions.
pub fn read(path: &str) -> Result<(Head, Vec<Record>), Failure> {
    let text = decisions::open(path)?;
    parsed(&text).map_err(|why| {
        Failure::Wrong(match decisions::of_another_kind(&text, SCHEMA) {
            Some(what) => format!("error: `{path}`: {what}"),
            None => format!("error: `{path}` {why}"),
        })
    })
}

fn parsed(text: &str) -> Result<(Head, Vec<Record>), Error> {
    let mut lines = text.lines();
    let head: Head = lines
        .next()
        .and_then(|line| serde_json::from_str(line).ok())
        .filter(|head: &Head| head.schema == SCHEMA)
        .ok_or_else(|| {
            Error::unfit(format!("is no file of decisions: its first line does not say \"schema\":\"{SCHEMA}\""))
        })?;
    let mut records = vec![];
    for (i, line) in lines.enumerate() {
        let one: Line =
            serde_json::from_str(line).map_err(|e| Error::unfit(format!("cannot be read in line {}: {e}", i + 2)))?;
        if one.game != i as u64 {
            return Err(Error::unfit(format!("has game {} in line {} where game {i} belongs", one.game, i + 2)));
        }
        records.push(Record { game: one.game, orders: one.orders });
    }
    if records.len() as u64 != head.games {
        return Err(Error::unfit(format!(
            "holds {} where its first line says {}",
            count(records.len(), "game"),
            head.games
        )));
    }
    Ok((head, records))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::orders::{Ask, At, Order};

    #[test]
    fn what_is_written_is_read_and_what_is_cut_is_told() {
        let at = At { round: 3, party: 0, ask: Ask::Offer(1) };
        let order = Order::Package(vec![(2, 0.1 + 0.2)]);
        let records: Vec<Record> =
            (0..3).map(|game| Record { game, orders: vec![Filed { at, order: order.clone() }] }).collect();
        let head = Head::new("abc", vec!["us".into()], 7, 3);
        let whole = text(&head, &records).expect("written");
        assert_eq!(parsed(&whole), Ok((head.clone(), records)));
        let lines: Vec<&str> = whole.lines().collect();
        let says = |text: &str| parsed(text).expect_err("wrong").to_string();
        assert!(says(&lines[..3].join("\n")).contains("holds 2 games where its first line says 3"));
        assert!(says(&[lines[0], lines[2]].join("\n")).contains("game 1 in line 2 where game 0"));
        assert!(says(&[lines[0], "{"].join("\n")).contains("line 2"));
        assert!(says("{}").contains("no file of decisions"));
        assert!(head.fits("x", "abc", None, Some(2)).is_ok());
        for (hash, seed, games) in [("abd", None, None), ("abc", Some(8), None), ("abc", None, Some(4))] {
            assert!(head.fits("x", hash, seed, games).is_err());
        }
    }
}
