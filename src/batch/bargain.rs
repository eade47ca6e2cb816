//! Many games of bargaining on its own, over threads, in counts that merge exactly.

use std::sync::atomic::Ordering;

use super::histogram::Histogram;
use super::play::{Plan, Watch, crew};
use crate::bargain::{Class, Compiled, Digest, Outcome, play_range};
use crate::error::Error;
use crate::notation::Code;
use crate::record::registry::{Kind, Measure};
use crate::world::dice::Key;

/// Games a worker takes at a time.
const BLOCK: usize = 4096;

/// What is kept of some games: integers, so that parts merge exactly.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Counts {
    /// Games played.
    pub games: u64,
    /// Those that ended in an agreement.
    pub agreements: u64,
    /// What happened in all of them, whatever their order.
    pub digest: Digest,
    /// The rounds of the agreements.
    pub round: Histogram,
    /// What each party came away with.
    pub utilities: [Histogram; 2],
}

/// All that is measured of a game: the ways to end, then numbers.
pub fn registry(compiled: &Compiled) -> Vec<Measure> {
    let ending = |class: Class| Measure::share(class.name(), class.rule(), None, "ending");
    [Class::Agreement, Class::Timeout].map(ending).into_iter().chain(numbers(compiled)).collect()
}

/// The numbers, in the order in which they have their digests.
fn numbers(compiled: &Compiled) -> [Measure; 3] {
    let number = |name: String, unit: &str, about: String| Measure {
        name,
        about,
        unit: unit.to_owned(),
        kind: Kind::Number,
        given: None,
        which: String::new(),
        side: None,
        rule: "bargaining".to_owned(),
    };
    let round = number("deal_round".to_owned(), "round", "round of the agreement; the first is 0".to_owned());
    let waited = if compiled.waiting_costs() { ", after what waiting took" } else { "" };
    let [one, two] = compiled.parties().map(|party| Measure {
        side: Some(party.to_owned()),
        ..number(
            format!("{party}.utility"),
            "utility",
            format!("{party}: worth of the agreement, or its reservation at a timeout{waited}"),
        )
    });
    [Measure { given: Some(Class::Agreement.name().to_owned()), ..round }, one, two]
}

impl Counts {
    /// How many games ended in each way.
    pub fn endings(&self) -> [(Class, u64); 2] {
        [(Class::Agreement, self.agreements), (Class::Timeout, self.games - self.agreements)]
    }

    /// Each number that some game has, its distribution and its digest.
    pub fn numbers(&self, compiled: &Compiled) -> impl Iterator<Item = (Measure, &Histogram, u64)> {
        let [one, two] = &self.utilities;
        let found = numbers(compiled).into_iter().zip([&self.round, one, two]).zip(self.digest.measures);
        found.map(|((measure, h), digest)| (measure, h, digest)).filter(|(_, h, _)| h.count > 0)
    }

    /// Adds all that another has seen.
    pub fn merge(&mut self, other: &Counts) {
        self.games += other.games;
        self.agreements += other.agreements;
        self.digest.merge(other.digest);
        self.round.merge(&other.round);
        for (a, b) in self.utilities.iter_mut().zip(&other.utilities) {
            a.merge(b);
        }
    }
}

/// Plays the first `games` games of a seed. What cannot be summed exactly is named.
pub fn count(compiled: &Compiled, seed: u64, games: u64, threads: usize, watch: &Watch) -> Result<Counts, Error> {
    let plan = Plan { key: Key::of_seed(seed), games: 0..games, threads, cohort: BLOCK, by_world: false };
    let parts = crew(&plan, watch, |turns| {
        let (mut mine, mut digest, mut pace) = (Counts::default(), Digest::default(), turns.pace());
        while let Some((first, n)) = turns.take(pace.size) {
            let mut wrong = None;
            let mut count = |game, outcome: &Outcome| {
                digest.add(game, outcome);
                if outcome.class == Class::Agreement {
                    mine.agreements += 1;
                    wrong = wrong.or(mine.round.add(outcome.round.map_or(0.0, f64::from)).err());
                }
                for (h, u) in mine.utilities.iter_mut().zip(outcome.utilities) {
                    wrong = wrong.or(h.add(u).err());
                }
            };
            pace.timed(|| play_range(compiled, seed, first, n as u64, &mut count));
            if let Some(x) = wrong {
                return Err(Error::of(
                    Code::OutOfRange,
                    format!("a utility of {x} cannot be summed exactly: make weights and values smaller"),
                ));
            }
            mine.games += n as u64;
            watch.done.fetch_add(n as u64, Ordering::Relaxed);
        }
        mine.digest = digest;
        Ok(mine)
    })?;
    let mut all = Counts::default();
    parts.iter().for_each(|part| all.merge(part));
    Ok(all)
}
