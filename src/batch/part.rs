//! A part of a batch: what was counted of some of its games, as a document that is written on one machine and merged on
//! another. It holds integers, so that parts come to the same in any order and for any division of the games.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::play::{Played, joined};
use super::sealed::{is_whole, sealed};
use super::summary::{Questions, Summary};
use crate::error::Error;
use crate::model::MODEL;
use crate::notation::Code;

/// The format of a part.
pub const FORMAT: &str = "summitry.shard/1";

/// What was counted of some games of a scenario and a seed. Parts of other games of the same can be merged with it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    schema: String,
    model: u32,
    version: String,
    scenario_hash: String,
    seed: u64,
    /// The games, in order, neighbours joined: from, to and not with.
    games: Vec<[u64; 2]>,
    summary: Summary,
    digest: String,
}

/// What a document says of itself, whatever else is in it.
#[derive(Deserialize)]
struct Says {
    schema: String,
    #[serde(default)]
    model: Option<u32>,
}

impl Part {
    /// Of what was played of a scenario, by its hash, and a seed.
    pub(crate) fn of(hash: &str, seed: u64, played: &Played) -> Part {
        Part {
            schema: FORMAT.into(),
            model: MODEL,
            version: env!("CARGO_PKG_VERSION").into(),
            scenario_hash: hash.to_owned(),
            seed,
            games: played.ranges.iter().map(|r| [r.start, r.end]).collect(),
            summary: played.summary.clone(),
            digest: String::new(),
        }
    }

    /// Of none of its games yet.
    pub(crate) fn none(hash: &str, seed: u64, questions: &Questions) -> Part {
        Part::of(hash, seed, &Played { summary: Summary::new(questions), ranges: vec![], interrupted: false })
    }

    /// How many games it counts.
    pub fn count(&self) -> u64 {
        self.summary.games
    }

    /// Its games, in order, neighbours joined.
    pub fn games(&self) -> impl Iterator<Item = Range<u64>> + '_ {
        self.games.iter().map(|[from, to]| *from..*to)
    }

    /// The seed of its games.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Adds the games of another part: of the same scenario and seed, and none that is counted already.
    pub fn merge(&mut self, other: &Part) -> Result<(), Error> {
        if let Some(why) = other.unlike(&self.scenario_hash, self.seed) {
            return Err(Error::unfit(format!("the parts are not of one batch ({why})")));
        }
        if self.summary.shape() != other.summary.shape() {
            return Err(Error::unfit("the parts do not ask the same of their games"));
        }
        let twice = |a: &Range<u64>| self.games().find(|b| a.start < b.end && b.start < a.end);
        if let Some(game) = other.games().find_map(|a| twice(&a).map(|b| a.start.max(b.start))) {
            return Err(Error::of(Code::Twice, format!("game {game} is in both parts: it would count twice")));
        }
        self.summary.merge(&other.summary);
        let all = joined(self.games().chain(other.games()).collect());
        self.games = all.into_iter().map(|r| [r.start, r.end]).collect();
        Ok(())
    }

    /// What differs from a part of this scenario and seed.
    pub(crate) fn unlike(&self, hash: &str, seed: u64) -> Option<String> {
        if self.scenario_hash != hash {
            return Some(format!("another scenario: it is of {}, and this is {hash}", self.scenario_hash));
        }
        (self.seed != seed).then(|| format!("another seed: it is of {}, and this is {seed}", self.seed))
    }

    /// As a document, `summitry.shard/1`: one line of JSON.
    pub fn text(&self) -> Result<String, Error> {
        sealed(self)
    }

    /// A part from its document. One of another format or model is refused, and so is one that was changed or cut off.
    pub fn read(text: &str) -> Result<Part, Error> {
        let unread = |e: serde_json::Error| Error::of(Code::Unreadable, format!("it is no part of a batch: {e}"));
        let says: Says = serde_json::from_str(text).map_err(unread)?;
        if says.schema != FORMAT {
            return Err(Error::of(Code::OtherKind, format!("it is {}, and {FORMAT} is needed", says.schema)));
        }
        if says.model != Some(MODEL) {
            let model = says.model.map_or("no model".into(), |model| format!("model {model}"));
            return Err(Error::unfit(format!(
                "it is of {model}, and this program plays model {MODEL}: its games would be others"
            )));
        }
        if !is_whole(text) {
            return Err(Error::unfit("it was changed after it was written"));
        }
        let part: Part = serde_json::from_str(text).map_err(unread)?;
        let sorted = part.games.iter().all(|[from, to]| from < to) && part.games.windows(2).all(|w| w[0][1] < w[1][0]);
        if !sorted || part.games().map(|r| r.end - r.start).sum::<u64>() != part.summary.games {
            return Err(Error::unfit("it does not count the games that it names"));
        }
        Ok(Part { digest: String::new(), ..part })
    }

    /// What was played of the games that were asked for, where the scenario asks these questions.
    pub(crate) fn played(self, questions: &Questions, asked: u64) -> Result<Played, Error> {
        if self.summary.shape() != Summary::new(questions).shape() {
            return Err(Error::unfit("the part does not answer what this scenario asks"));
        }
        let interrupted = self.summary.games < asked;
        Ok(Played { ranges: self.games().collect(), summary: self.summary, interrupted })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::play::{Plan, Watch, batch};

    fn part(games: Range<u64>) -> Part {
        let setup = crate::game::testing::stockholm();
        let plan = Plan { games, ..Plan::new(5, 0).threads(1) };
        Part::of("s2:x", 5, &batch(&setup, &plan, &Watch::default()).expect("played"))
    }

    #[test]
    fn parts_merge_to_the_whole_in_any_order_and_through_their_documents() {
        let whole = part(3..60);
        let again = |part: Part| Part::read(&part.text().expect("a text")).expect("read");
        let [a, b, c] = [3..17, 17..40, 40..60].map(|games| again(part(games)));
        for order in [[&a, &b, &c], [&c, &a, &b]] {
            let mut all = order[0].clone();
            order[1..].iter().for_each(|part| all.merge(part).expect("others"));
            assert_eq!(all, whole);
            assert_eq!(all.text(), whole.text(), "the same bytes");
        }
        assert!(whole.summary.classes.iter().filter(|n| **n > 0).count() > 1, "games differ");
        assert_ne!(a.summary.digest, b.summary.digest);
    }

    #[test]
    fn what_does_not_belong_is_refused() {
        let (one, text) = (part(0..4), part(0..4).text().expect("a text"));
        let says = |other: &Part| one.clone().merge(other).expect_err("refused").to_string();
        assert_eq!(says(&part(3..5)), "game 3 is in both parts: it would count twice");
        assert!(says(&Part { seed: 6, ..part(4..5) }).contains("another seed: it is of 6, and this is 5"));
        assert!(says(&Part { scenario_hash: "s2:y".into(), ..part(4..5) }).contains("another scenario"));
        let wrong = |from: &str, to: &str| {
            assert!(text.contains(from), "{from} in {text}");
            Part::read(&text.replace(from, to)).expect_err("refused").to_string()
        };
        let model = format!("\"model\":{MODEL}");
        assert!(wrong(&model, "\"model\":999").contains("it is of model 999"));
        assert!(wrong("shard/1", "shard/9").contains("summitry.shard/9"));
        assert!(wrong("\"seed\":5", "\"seed\":6").contains("changed after it was written"));
        assert!(Part::read(&text[..text.len() / 2]).is_err() && Part::read("").is_err());
    }
}
