//! A part of a batch: what was counted of some of its games, to be merged with what others counted.

use std::ops::Range;

use super::counted::{BATCH, Counted, Counts};
use super::play::Played;
use super::summary::{Questions, Summary};
use crate::error::Error;

/// What was counted of some games of a scenario and a seed. Parts of other games of the same can be merged with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Part(pub(crate) Counted<Summary>);

impl Counts for Summary {
    const FORMAT: &'static str = BATCH;
    fn is_like(&self, other: &Summary) -> bool {
        self.shape() == other.shape()
    }
    fn add(&mut self, other: &Summary) {
        self.merge(other);
    }
    fn games(&self) -> Option<u64> {
        Some(self.games)
    }
}

impl Part {
    /// Of what was played of a scenario, by its hash, and a seed.
    pub(crate) fn of(hash: &str, seed: u64, played: &Played) -> Part {
        Part(Counted::of(hash, seed, &played.ranges, played.summary.clone()))
    }

    /// How many games it counts.
    pub fn count(&self) -> u64 {
        self.0.count()
    }

    /// Its games, in order, neighbours joined.
    pub fn games(&self) -> impl Iterator<Item = Range<u64>> + '_ {
        self.0.games()
    }

    /// The seed of its games.
    pub fn seed(&self) -> u64 {
        self.0.seed
    }

    /// Adds the games of another part: of the same scenario and seed, and none that is counted already.
    pub fn merge(&mut self, other: &Part) -> Result<(), Error> {
        self.0.merge(&other.0)
    }

    /// As a document, `summitry.shard/1`: one line of JSON.
    pub fn text(&self) -> Result<String, Error> {
        self.0.text()
    }

    /// A part from its document. One of another format or model is refused, and so is one that was changed or cut off.
    pub fn read(text: &str) -> Result<Part, Error> {
        Counted::read(text).map(Part)
    }

    /// What was played of the games that were asked for, where the scenario asks these questions.
    pub(crate) fn played(self, questions: &Questions, asked: u64) -> Result<Played, Error> {
        let Counted { summary, .. } = &self.0;
        if !summary.is_like(&Summary::new(questions)) {
            return Err(Error::unfit("the part does not answer what this scenario asks"));
        }
        let interrupted = summary.games < asked;
        Ok(Played { ranges: self.games().collect(), summary: self.0.summary, interrupted })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::play::{Plan, Watch, batch};
    use crate::model::MODEL;

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
        assert!(whole.0.summary.classes.iter().filter(|n| **n > 0).count() > 1, "games differ");
        assert_ne!(a.0.summary.digest, b.0.summary.digest);
    }

    #[test]
    fn what_does_not_belong_is_refused() {
        let (one, text) = (part(0..4), part(0..4).text().expect("a text"));
        let says = |other: &Part| one.clone().merge(other).expect_err("refused").to_string();
        assert_eq!(says(&part(3..5)), "game 3 is in both parts: it would count twice");
        let (mut seed, mut scenario) = (part(4..5), part(4..5));
        (seed.0.seed, scenario.0.scenario_hash) = (6, "s2:y".into());
        assert!(says(&seed).contains("another seed: it is of 6, and this is 5"));
        assert!(says(&scenario).contains("another scenario"));
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
