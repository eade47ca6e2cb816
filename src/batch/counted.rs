//! What was counted of some games, as a document that is written on one machine and merged on another. It holds integers,
//! so that parts come to the same in any order and for any division of the games.

use std::ops::Range;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::play::joined;
use super::sealed::{Says, is_whole, sealed};
use crate::error::Error;
use crate::model::MODEL;
use crate::notation::Code;

/// The format of a part of a batch.
pub const BATCH: &str = "summitry.shard/1";
/// The format of a part of a study of several cells.
pub const STUDY: &str = "summitry.study.shard/1";

/// What is counted of games: whole numbers, that merge exactly.
pub trait Counts: Clone + PartialEq + Serialize + DeserializeOwned {
    /// The format of a document of them.
    const FORMAT: &'static str;
    /// Whether another answers the same questions.
    fn is_like(&self, other: &Self) -> bool;
    /// Adds what another counted.
    fn add(&mut self, other: &Self);
    /// How many games are counted, where that is known.
    fn games(&self) -> Option<u64>;
}

/// What was counted of some games of a scenario and a seed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(serialize = "T: Serialize", deserialize = "T: DeserializeOwned"))]
pub struct Counted<T> {
    schema: String,
    model: u32,
    version: String,
    /// Names what was played: the scenario's hash; of a study, also what it asks.
    pub scenario_hash: String,
    /// The seed.
    pub seed: u64,
    /// The games, in order, neighbours joined: from, to and not with.
    games: Vec<[u64; 2]>,
    /// What was counted.
    pub summary: T,
    /// Bytes of each file of rows that was left beside it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    rows: Vec<u64>,
    digest: String,
}

/// What a part says of the files of rows beside it.
#[derive(Deserialize)]
struct Beside {
    #[serde(default)]
    rows: Vec<u64>,
}

/// Bytes of each file of rows that was left beside a part, by its document; nothing where it does not say.
pub fn rows_beside(text: &str) -> Vec<u64> {
    serde_json::from_str(text).map_or(vec![], |beside: Beside| beside.rows)
}

impl<T: Counts> Counted<T> {
    /// Of some games of what is named, and a seed.
    pub fn of(name: &str, seed: u64, games: &[Range<u64>], summary: T) -> Counted<T> {
        Counted {
            schema: T::FORMAT.into(),
            model: MODEL,
            version: env!("CARGO_PKG_VERSION").into(),
            scenario_hash: name.to_owned(),
            seed,
            games: games.iter().map(|r| [r.start, r.end]).collect(),
            summary,
            rows: vec![],
            digest: String::new(),
        }
    }

    /// With files of rows beside it, of so many bytes.
    pub fn beside(self, rows: Vec<u64>) -> Counted<T> {
        Counted { rows, ..self }
    }

    /// Its games, in order, neighbours joined.
    pub fn games(&self) -> impl Iterator<Item = Range<u64>> + '_ {
        self.games.iter().map(|[from, to]| *from..*to)
    }

    /// How many they are.
    pub fn count(&self) -> u64 {
        self.games().map(|r| r.end - r.start).sum()
    }

    /// Adds the games of another part: of the same scenario and seed, and none that is counted already.
    pub fn merge(&mut self, other: &Counted<T>) -> Result<(), Error> {
        if let Some(why) = other.unlike(&self.scenario_hash, self.seed) {
            return Err(Error::unfit(format!("the parts are not of one batch ({why})")));
        }
        if !self.summary.is_like(&other.summary) {
            return Err(Error::unfit("the parts do not ask the same of their games"));
        }
        let twice = |a: &Range<u64>| self.games().find(|b| a.start < b.end && b.start < a.end);
        if let Some(game) = other.games().find_map(|a| twice(&a).map(|b| a.start.max(b.start))) {
            return Err(Error::of(Code::Twice, format!("game {game} is in both parts: it would count twice")));
        }
        self.summary.add(&other.summary);
        let all = joined(self.games().chain(other.games()).collect());
        self.games = all.into_iter().map(|r| [r.start, r.end]).collect();
        Ok(())
    }

    /// What differs from a part of this scenario and seed.
    pub fn unlike(&self, name: &str, seed: u64) -> Option<String> {
        if self.scenario_hash != name {
            return Some(format!("another scenario: it is of {}, and this is {name}", self.scenario_hash));
        }
        (self.seed != seed).then(|| format!("another seed: it is of {}, and this is {seed}", self.seed))
    }

    /// As a document: one line of JSON.
    pub fn text(&self) -> Result<String, Error> {
        sealed(self)
    }

    /// From its document. One of another format or model is refused, and so is one that was changed or cut off.
    pub fn read(text: &str) -> Result<Counted<T>, Error> {
        let unread = |e: serde_json::Error| Error::of(Code::Unreadable, format!("it is no part of a batch: {e}"));
        let says: Says = serde_json::from_str(text).map_err(unread)?;
        if says.schema != T::FORMAT {
            return Err(Error::of(Code::OtherKind, format!("it is {}, and {} is needed", says.schema, T::FORMAT)));
        }
        if says.model != Some(MODEL) {
            return Err(Error::unfit(format!(
                "it is of {}, and this program plays model {MODEL}: its games would be others",
                says.model()
            )));
        }
        if !is_whole(text) {
            return Err(Error::unfit("it was changed after it was written"));
        }
        let part: Counted<T> = serde_json::from_str(text).map_err(unread)?;
        let sorted = part.games.iter().all(|[from, to]| from < to) && part.games.windows(2).all(|w| w[0][1] < w[1][0]);
        if !sorted || part.summary.games().is_some_and(|games| games != part.count()) {
            return Err(Error::unfit("it does not count the games that it names"));
        }
        Ok(Counted { digest: String::new(), ..part })
    }
}
