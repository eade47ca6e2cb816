//! Many games of bargaining on its own, over threads, in counts that merge exactly.

use std::sync::atomic::Ordering;

use super::histogram::Histogram;
use super::play::{Plan, Watch, crew};
use crate::bargain::{Class, Compiled, Digest, Outcome, play_range};
use crate::error::Error;
use crate::notation::Code;
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

impl Counts {
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
    let plan = Plan { key: Key::of_seed(seed), games: 0..games, threads, cohort: BLOCK };
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
