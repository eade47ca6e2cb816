//! Games until enough is known: they are counted at fixed numbers of them, so that the answer is that of a batch of so
//! many games, whatever machine played it.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

use super::measures::{Desk, Kind, Measures};
use crate::batch::histogram::{self, Histogram};
use crate::batch::play::{Plan, Played, Watch, each, joined};
use crate::batch::summary::{self, Questions, Share, Summary};
use crate::error::Error;
use crate::notation::Code;
use crate::studies::outer::{Sum, computed};
use crate::studies::sums::Z;
use crate::world::setup::Setup;

/// Games after which is looked first; then after twice as many, and so on.
pub const FIRST: u64 = 1_024;

/// What is to be known, and how well.
#[derive(Debug, Clone, PartialEq)]
pub struct Until {
    /// As it was asked.
    pub asked: String,
    wishes: Vec<Wish>,
}

/// One measure or expression, and the most that half of its 95 % interval may be.
#[derive(Debug, Clone, PartialEq)]
struct Wish {
    ask: String,
    most: f64,
}

/// What came of one wish.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The measure or expression.
    pub ask: String,
    /// The most that was asked.
    pub most: f64,
    /// Half of its 95 % interval; none where fewer than two games have a case.
    pub error: Option<f64>,
}

/// What came of all of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Reached {
    /// As it was asked.
    pub asked: String,
    /// All of it is known as well as was asked.
    pub met: bool,
    /// After so many games.
    pub games: u64,
    /// Each.
    pub errors: Vec<Found>,
}

impl Until {
    /// From `error(deal) <= 0.005 and error(us.total) <= 0.2`.
    pub fn read(text: &str) -> Result<Until, Error> {
        let wrong =
            |why: &str| Error::argument(format!("{why}: write 'error(deal) <= 0.005', several joined by `and`"));
        let (mut rest, mut wishes) = (text.trim(), vec![]);
        loop {
            let inner = rest.strip_prefix("error").map(str::trim_start).and_then(|rest| rest.strip_prefix('('));
            let inner = inner.ok_or_else(|| wrong("`error(` is needed"))?;
            let close = closing(inner).ok_or_else(|| wrong("a bracket is opened and never closed"))?;
            let after = inner[close + 1..].trim_start();
            let bound = after.strip_prefix("<=").or_else(|| after.strip_prefix('<'));
            let bound = bound.ok_or_else(|| wrong("`<=` is needed after `error(..)`"))?.trim_start();
            let end = bound.find(char::is_whitespace).unwrap_or(bound.len());
            let most = bound[..end].replace('_', "").parse::<f64>().ok().filter(|x| x.is_finite() && *x > 0.0);
            let most = most.ok_or_else(|| wrong("a number above 0 is needed after `<=`"))?;
            wishes.push(Wish { ask: inner[..close].trim().to_owned(), most });
            rest = bound[end..].trim_start();
            if rest.is_empty() {
                return Ok(Until { asked: text.trim().to_owned(), wishes });
            }
            rest = rest.strip_prefix("and ").ok_or_else(|| wrong("`and` is needed between two of them"))?.trim_start();
        }
    }

    /// Plays the games of a plan until enough is known, or until all are played.
    pub fn run(&self, setup: &Setup, plan: &Plan, watch: &Watch) -> Result<(Played, Reached), Error> {
        let mut measures = Measures::of([setup].into_iter());
        let places = self.wishes.iter().map(|wish| measures.ask(&wish.ask, [setup].into_iter()));
        let places: Vec<usize> = places.collect::<Result<_, _>>()?;
        let questions = Questions::of(setup);
        let mut all = Tally::new(&questions, places.len());
        let (mut ranges, mut at, mut looks) = (vec![], plan.games.start, FIRST);
        loop {
            let end = plan.games.end.min(plan.games.start.saturating_add(looks));
            let stage = Plan { games: at..end, ..plan.clone() };
            let parts = each(
                setup,
                &stage,
                watch,
                || Tally::new(&questions, places.len()),
                |tally, games, n| tally.count(&measures, &questions, &places, games, n),
            )?;
            for (part, played) in parts {
                all.merge(&part);
                ranges.extend(played);
            }
            let interrupted = watch.stop.load(Ordering::Relaxed) && all.summary.games < end - plan.games.start;
            let errors: Vec<Found> = self.found(&measures, &places, &all).collect();
            let met = errors.iter().all(|found| found.error.is_some_and(|error| error <= found.most));
            if met || interrupted || end == plan.games.end {
                let reached = Reached { asked: self.asked.clone(), met, games: all.summary.games, errors };
                return Ok((Played { summary: all.summary, ranges: joined(ranges), interrupted }, reached));
            }
            (at, looks) = (end, looks.saturating_mul(2));
        }
    }

    fn found<'a>(&'a self, measures: &'a Measures, places: &'a [usize], all: &'a Tally) -> impl Iterator<Item = Found> {
        let each = self.wishes.iter().zip(places).zip(&all.asked).enumerate();
        each.map(|(i, ((wish, place), h))| Found {
            ask: wish.ask.clone(),
            most: wish.most,
            error: match all.worlds.is_empty() {
                true => half(h, measures.list[*place].kind),
                false => computed(&all.sums(i)),
            },
        })
    }
}

/// Half of the 95 % interval that a batch tells: Wilson's of a share, 1.96 standard errors of a mean.
fn half(h: &Histogram, kind: Kind) -> Option<f64> {
    match kind {
        Kind::Share => {
            let share = Share::of((h.mean()? * h.count as f64).round() as u64, h.count)?;
            Some(0.5 * (share.high - share.low))
        }
        Kind::Number => Some(Z * h.sd()? / (h.count as f64).sqrt()),
    }
}

/// Where the bracket closes that was opened before a text.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 1;
    text.char_indices().find_map(|(i, c)| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        (depth == 0).then_some(i)
    })
}

/// What a batch counts, and beside it what is asked.
struct Tally {
    summary: Summary,
    asked: Vec<Histogram>,
    /// The cases and the sum of each in every world, where something is unknown.
    worlds: BTreeMap<u64, Vec<(u64, i128)>>,
    room: summary::Desk,
    desk: Desk,
    lane: Vec<f64>,
}

impl Tally {
    fn new(questions: &Questions, asked: usize) -> Tally {
        Tally {
            summary: Summary::new(questions),
            asked: vec![Histogram::default(); asked],
            worlds: BTreeMap::new(),
            room: summary::Desk::default(),
            desk: Desk::default(),
            lane: vec![],
        }
    }

    fn count(
        &mut self,
        measures: &Measures,
        questions: &Questions,
        places: &[usize],
        games: &mut crate::world::cohort::Games,
        n: usize,
    ) -> Result<(), Error> {
        measures.play(0, games, &mut self.desk);
        self.summary.count(games, questions, n, &mut self.room)?;
        let mut own =
            games.here().map(|world| self.worlds.entry(world.number).or_insert_with(|| vec![(0, 0); places.len()]));
        for (i, (place, histogram)) in places.iter().zip(&mut self.asked).enumerate() {
            let before = histogram.total();
            measures.read(0, *place, games, &mut self.desk, &mut self.lane);
            for x in self.lane[..n].iter().filter(|x| !x.is_nan()) {
                histogram.add(*x).map_err(|x| {
                    let name = &measures.list[*place].name;
                    Error::of(Code::OutOfRange, format!("`{name}` is {x} in a game, which cannot be summed exactly"))
                })?;
            }
            if let Some(own) = &mut own {
                let after = histogram.total();
                own[i] = (own[i].0 + after.0 - before.0, own[i].1 + after.1 - before.1);
            }
        }
        Ok(())
    }

    /// What was counted of an answer in each world.
    fn sums(&self, asked: usize) -> Vec<Sum> {
        let of = |(n, quanta): (u64, i128)| Sum { n: n as f64, sum: histogram::sum(quanta) };
        self.worlds.values().map(|own| of(own[asked])).collect()
    }

    fn merge(&mut self, other: &Tally) {
        self.summary.merge(&other.summary);
        for (world, more) in &other.worlds {
            let own = self.worlds.entry(*world).or_insert_with(|| vec![(0, 0); more.len()]);
            own.iter_mut().zip(more).for_each(|(a, b)| *a = (a.0 + b.0, a.1 + b.1));
        }
        self.asked.iter_mut().zip(&other.asked).for_each(|(a, b)| a.merge(b));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::play::batch;

    #[test]
    fn wishes_are_read_and_what_is_wrong_is_said() {
        let until = Until::read(" error(deal) <= 0.005 and error(us.total given (deal and x)) < 1_0 ").expect("read");
        let asks: Vec<(&str, f64)> = until.wishes.iter().map(|w| (w.ask.as_str(), w.most)).collect();
        assert_eq!(asks, [("deal", 0.005), ("us.total given (deal and x)", 10.0)]);
        for (text, why) in [
            ("deal <= 1", "`error(` is needed"),
            ("error(deal <= 1", "never closed"),
            ("error(deal) >= 1", "`<=` is needed"),
            ("error(deal) <= 0", "above 0"),
            ("error(deal) <= 1 or error(x) <= 1", "`and` is needed"),
            ("", "`error(` is needed"),
        ] {
            assert!(Until::read(text).is_err_and(|e| e.to_string().contains(why)), "{text}");
        }
    }

    #[test]
    fn it_stops_at_a_fixed_number_of_games_and_they_are_those_of_a_batch() {
        let setup = crate::game::testing::stockholm();
        let until = Until::read("error(deal) <= 0.025 and error(us.total > 0) <= 0.1").expect("read");
        let run = |threads| until.run(&setup, &Plan::new(3, 8192).threads(threads), &Watch::default()).expect("played");
        let (played, reached) = run(1);
        assert_eq!(run(2), (played.clone(), reached.clone()));
        assert!(reached.met && reached.games == 2 * FIRST, "{reached:?}");
        assert_eq!(played, batch(&setup, &Plan::new(3, 2 * FIRST), &Watch::default()).expect("played"));
        let asked = Until::read("error(deal) <= 1e-9").expect("read");
        let (played, reached) = asked.run(&setup, &Plan::new(3, 1500), &Watch::default()).expect("played");
        assert!(!reached.met && reached.games == 1500 && !played.interrupted);
    }
}
