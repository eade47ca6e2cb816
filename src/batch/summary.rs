//! What is kept of a batch: counts of classes and events, a histogram a metric, the digest. Parts merge exactly.

use serde::{Deserialize, Serialize};

use super::by_world::{self, Before, ByWorld};
use super::digest;
use super::histogram::Histogram;
use crate::error::Error;
use crate::notation::Code;
use crate::record::metrics::{From, Indicator, Metric, Room, class_lane, classes, events, lane, metrics};
use crate::world::cohort::Games;
use crate::world::setup::Setup;

/// What is asked of every game of a scenario.
#[derive(Debug, Clone)]
pub struct Questions {
    /// Names of the classes.
    pub classes: &'static [&'static str],
    /// Yes or no.
    pub events: Vec<Indicator>,
    /// Numbers.
    pub metrics: Vec<Metric>,
    /// What the play digest is of.
    facts: Vec<From>,
}

impl Questions {
    /// The questions of a scenario.
    pub fn of(setup: &Setup) -> Questions {
        let facts = digest::facts(setup);
        Questions { classes: classes(setup), events: events(setup), metrics: metrics(setup), facts }
    }
}

/// What is kept of some games.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Summary {
    /// Games counted.
    pub games: u64,
    /// The play digest: a wrapping sum over games of a hash of what happened (see [`digest`]).
    #[serde(with = "digest::written")]
    pub digest: u64,
    /// A digest of each event, then of each metric.
    #[serde(with = "digest::all_written")]
    pub measures: Vec<u64>,
    /// Games of each class.
    pub classes: Vec<u64>,
    /// Games in which each event happened, and games it could have.
    pub events: Vec<(u64, u64)>,
    /// Distribution of each metric.
    pub metrics: Vec<Histogram>,
    /// What was counted of each world, where something is unknown.
    #[serde(default, skip_serializing_if = "ByWorld::is_empty")]
    pub worlds: ByWorld,
}

/// Room for one cohort's lanes.
#[derive(Debug, Default)]
pub struct Desk {
    lane: Vec<f64>,
    of: Vec<f64>,
    room: Room,
    hashes: Vec<u64>,
}

impl Desk {
    /// The digest of each game that was counted last: their sum is what they add to the play digest.
    pub fn digests(&self) -> impl Iterator<Item = u64> {
        self.hashes.iter().map(|hash| digest::added(0, *hash))
    }
}

impl Summary {
    /// Nothing counted yet.
    pub fn new(questions: &Questions) -> Summary {
        Summary {
            classes: vec![0; questions.classes.len()],
            events: vec![(0, 0); questions.events.len()],
            metrics: vec![Histogram::default(); questions.metrics.len()],
            measures: vec![0; questions.events.len() + questions.metrics.len()],
            ..Default::default()
        }
    }

    /// Counts the first `count` games of a cohort that has been played; an uncountable number is named.
    pub fn count(&mut self, games: &Games, questions: &Questions, count: usize, desk: &mut Desk) -> Result<(), Error> {
        let Some(world) = games.here() else { return self.added(games, questions, count, desk) };
        let before = Before::of(self);
        self.added(games, questions, count, desk)?;
        before.add(world, self);
        Ok(())
    }

    fn added(&mut self, games: &Games, questions: &Questions, count: usize, desk: &mut Desk) -> Result<(), Error> {
        let first = games.first();
        let of_game = |g: usize| digest::of_game(first + g as u64);
        class_lane(games, &mut desk.lane);
        let names = questions.classes;
        desk.hashes.clear();
        for (g, class) in desk.lane[..count].iter().enumerate() {
            self.classes[*class as usize] += 1;
            desk.hashes.push(digest::with_name(of_game(g), names[*class as usize]));
        }
        for fact in &questions.facts {
            lane(games, *fact, &mut desk.room, &mut desk.lane);
            for (hash, x) in desk.hashes.iter_mut().zip(&desk.lane[..count]) {
                *hash = digest::with(*hash, *x);
            }
        }
        self.digest = desk.hashes.iter().fold(self.digest, |sum, hash| digest::added(sum, *hash));
        let (of_events, of_metrics) = self.measures.split_at_mut(questions.events.len());
        for ((event, (yes, of)), sum) in questions.events.iter().zip(&mut self.events).zip(of_events) {
            let there = games.numbers_of(event.column, 0, &mut desk.lane);
            let limited = event.of.is_some_and(|of| games.numbers_of(of, 0, &mut desk.of));
            for g in 0..if there { count } else { 0 } {
                let counts = !limited || desk.of[g] > 0.0;
                let happened = counts && desk.lane[g] > 0.0;
                *of += u64::from(counts);
                *yes += u64::from(happened);
                let said = if counts { f64::from(u8::from(happened)) } else { f64::NAN };
                *sum = digest::added(*sum, digest::with(of_game(g), said));
            }
        }
        for ((metric, histogram), sum) in questions.metrics.iter().zip(&mut self.metrics).zip(of_metrics) {
            lane(games, metric.from, &mut desk.room, &mut desk.lane);
            for (g, x) in desk.lane[..count].iter().enumerate() {
                *sum = digest::added(*sum, digest::with(of_game(g), *x));
                if !x.is_nan() {
                    histogram.add(*x).map_err(|x| {
                        let game = first + g as u64;
                        let name = metric.name.as_str();
                        let text = format!("the metric `{name}` of game {game} is {x}, which cannot be summed exactly");
                        Error::of(Code::OutOfRange, text)
                    })?;
                }
            }
        }
        self.games += count as u64;
        Ok(())
    }

    /// How many answers it holds of each kind; summaries of one scenario have one shape.
    pub fn shape(&self) -> [usize; 4] {
        [self.classes.len(), self.events.len(), self.metrics.len(), self.measures.len()]
    }

    /// Adds what others counted.
    pub fn merge(&mut self, other: &Summary) {
        self.games += other.games;
        self.digest = self.digest.wrapping_add(other.digest);
        for (a, b) in self.measures.iter_mut().zip(&other.measures) {
            *a = a.wrapping_add(*b);
        }
        for (a, b) in self.classes.iter_mut().zip(&other.classes) {
            *a += b;
        }
        for (a, b) in self.events.iter_mut().zip(&other.events) {
            a.0 += b.0;
            a.1 += b.1;
        }
        for (a, b) in self.metrics.iter_mut().zip(&other.metrics) {
            a.merge(b);
        }
        by_world::merge(&mut self.worlds, &other.worlds);
    }
}

/// A share with its Wilson 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Share {
    /// Games in which it happened.
    pub count: u64,
    /// Their share.
    pub share: f64,
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

impl Share {
    /// Of `n` games; none of no games.
    pub fn of(count: u64, n: u64) -> Option<Share> {
        const Z: f64 = 1.959_963_984_540_054;
        if n == 0 {
            return None;
        }
        let (k, n) = (count as f64, n as f64);
        let p = k / n;
        let centre = (p + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
        let half = Z / (1.0 + Z * Z / n) * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
        // at the ends the interval reaches them, but for rounding
        let low = if count == 0 { 0.0 } else { (centre - half).max(0.0) };
        let high = if k == n { 1.0 } else { (centre + half).min(1.0) };
        Some(Share { count, share: p, low, high })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilson_intervals_are_those_of_the_book() {
        let s = Share::of(10, 100).unwrap();
        assert!((s.low - 0.055_229).abs() < 1e-5 && (s.high - 0.174_366).abs() < 1e-5);
        for n in 1..2000 {
            assert_eq!((Share::of(0, n).unwrap().low, Share::of(n, n).unwrap().high), (0.0, 1.0));
        }
        assert!(Share::of(0, 0).is_none());
    }
}
