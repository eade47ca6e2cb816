//! Playing many games: workers take cohorts from a counter, each in a world of its own, and their counts are merged.

use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::summary::{Desk, Questions, Summary};
use crate::error::Error;
use crate::round;
use crate::world::cohort::Games;
use crate::world::dice::Key;
use crate::world::setup::Setup;
use crate::world::worlds;

/// Games in a cohort, at most; a setting of speed, never part of the result.
pub const COHORT: usize = 1024;
/// A worker's turn takes at most about so long (milliseconds), where its watch has a clock: so soon a stop is heard.
const TURN: u64 = 200;
/// Games of a worker's first turn, where its watch has a clock.
const FIRST: usize = 64;

/// What to play and how.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The dice.
    pub key: Key,
    /// Which games.
    pub games: Range<u64>,
    /// How many threads.
    pub threads: usize,
    /// Games in a cohort.
    pub cohort: usize,
    /// Games are taken world by world: something is unknown of what is played.
    pub by_world: bool,
}

impl Plan {
    /// The first `games` games of a seed.
    pub fn new(seed: u64, games: u64) -> Plan {
        Plan { key: Key::of_seed(seed), games: 0..games, threads: threads(), cohort: COHORT, by_world: false }
    }
    /// The same on so many threads.
    pub fn threads(self, threads: usize) -> Plan {
        Plan { threads: threads.max(1), ..self }
    }
    /// The same for games of these setups: world by world where something is unknown of any.
    pub fn of<'a>(&self, mut setups: impl Iterator<Item = &'a Setup>) -> Plan {
        let by_world = setups.any(|setup| setup.unknowns.is_some());
        let most = if by_world { worlds::GAMES as usize } else { usize::MAX };
        Plan { by_world, cohort: self.cohort.min(most), ..self.clone() }
    }
}

/// Threads that this machine runs side by side.
pub fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, |n| n.get())
}

/// How a batch is watched and stopped from outside.
#[derive(Debug, Default)]
pub struct Watch {
    /// Games played so far.
    pub done: AtomicU64,
    /// Games that are to be played in all, once a question of the front door knows it; 0 until then.
    pub total: AtomicU64,
    /// Set to stop: what is under way is finished, or left.
    pub stop: AtomicBool,
    /// Milliseconds, by which turns are made as long as they should be; without it every cohort is of one size.
    pub clock: Option<fn() -> u64>,
}

/// What was played.
#[derive(Debug, Clone, PartialEq)]
pub struct Played {
    /// The counts.
    pub summary: Summary,
    /// Which games, in order, neighbours joined.
    pub ranges: Vec<Range<u64>>,
    /// Stopped before all were played.
    pub interrupted: bool,
}

/// Plays a plan and counts how its games end.
pub fn batch(setup: &Setup, plan: &Plan, watch: &Watch) -> Result<Played, Error> {
    let questions = Questions::of(setup);
    let parts = each(
        setup,
        plan,
        watch,
        || (Summary::new(&questions), Desk::default()),
        |(summary, desk), games, n| {
            round::play(games);
            summary.count(games, &questions, n, desk)
        },
    )?;
    let mut summary = Summary::new(&questions);
    let mut ranges = vec![];
    for ((part, _), played) in parts {
        summary.merge(&part);
        ranges.extend(played);
    }
    let ranges = joined(ranges);
    let interrupted = summary.games < plan.games.end - plan.games.start;
    Ok(Played { summary, ranges, interrupted })
}

/// Hands every loaded cohort of a plan, with how many of its games count, to one worker's tally, to be played and counted.
///
/// The tallies come back with the games each has seen; which worker sees which games depends on the machine, so a tally
/// must merge to the same result in any order.
pub fn each<T: Send>(
    setup: &Setup,
    plan: &Plan,
    watch: &Watch,
    tally: impl Fn() -> T + Sync,
    play: impl Fn(&mut T, &mut Games, usize) -> Result<(), Error> + Sync,
) -> Result<Vec<(T, Vec<Range<u64>>)>, Error> {
    crew(&plan.of([setup].into_iter()), watch, |turns| {
        let (mut pace, mut world) = (turns.pace(), World::default());
        let (mut mine, mut played) = (tally(), vec![]);
        while let Some((first, n)) = turns.take(pace.size) {
            let games = world.of(setup, pace.size);
            pace.timed(|| {
                games.load(plan.key, first);
                play(&mut mine, games, n)
            })?;
            played.push(first..first + n as u64);
            watch.done.fetch_add(n as u64, Ordering::Relaxed);
        }
        Ok((mine, played))
    })
}

/// The counter from which workers take cohorts.
#[derive(Debug)]
pub struct Turns<'a> {
    /// Games in a cohort, at most.
    pub size: usize,
    end: u64,
    by_world: bool,
    next: &'a AtomicU64,
    watch: &'a Watch,
}

/// How many games a worker takes at a time: as many as take about as long as a turn should.
#[derive(Debug)]
pub struct Pace {
    /// Games of the next turn.
    pub size: usize,
    most: usize,
    clock: Option<fn() -> u64>,
}

impl Pace {
    /// Does some work of this size; its time decides the size of the next.
    pub fn timed<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let Some(clock) = self.clock else { return work() };
        let begun = clock();
        let out = work();
        self.took(clock().saturating_sub(begun));
        out
    }

    fn took(&mut self, milliseconds: u64) {
        self.size = match milliseconds {
            0..10 => self.size.saturating_mul(4).min(self.most),
            10..80 => self.size.saturating_mul(2).min(self.most),
            _ if milliseconds > TURN => (self.size / 2).max(1),
            _ => self.size,
        };
    }
}

/// A worker's games; they are made anew where another number of them is played.
#[derive(Default)]
pub struct World(Option<Games>);

impl World {
    /// So many games of a setup, or of another with the same frame.
    pub fn of(&mut self, setup: &Setup, size: usize) -> &mut Games {
        self.0.take_if(|games| games.games() != size);
        self.0.get_or_insert_with(|| round::cohort(setup, size))
    }
}

impl Turns<'_> {
    /// The next games, at most so many: the first, and how many there are; none when all are taken or work is to stop.
    pub fn take(&self, size: usize) -> Option<(u64, usize)> {
        if self.watch.stop.load(Ordering::Relaxed) {
            return None;
        }
        let some = |first: u64| if self.by_world { worlds::within(first, size as u64) } else { size as u64 };
        let next = |first: u64| Some(first.saturating_add(some(first)));
        let first = self.next.fetch_update(Ordering::Relaxed, Ordering::Relaxed, next).unwrap_or(self.end);
        (first < self.end).then(|| (first, (self.end - first).min(some(first)) as usize))
    }

    /// The pace of one worker.
    pub fn pace(&self) -> Pace {
        let size = if self.watch.clock.is_some() { self.size.min(FIRST) } else { self.size };
        Pace { size, most: self.size, clock: self.watch.clock }
    }
}

/// Runs a worker on each thread of a plan until all its cohorts are taken; what they come back with, in any order.
///
/// Where one fails the others finish the cohorts under way, and its message is handed back.
pub fn crew<T: Send>(
    plan: &Plan,
    watch: &Watch,
    worker: impl Fn(&Turns) -> Result<T, Error> + Sync,
) -> Result<Vec<T>, Error> {
    let total = plan.games.end.saturating_sub(plan.games.start);
    let size = plan.cohort.clamp(1, total.max(1) as usize);
    let next = AtomicU64::new(plan.games.start);
    let out = Mutex::new(vec![]);
    let work = || -> Result<(), Error> {
        let turns = Turns { size, end: plan.games.end, by_world: plan.by_world, next: &next, watch };
        let done = worker(&turns).inspect_err(|_| watch.stop.store(true, Ordering::Relaxed))?;
        out.lock().map_err(|_| Error::ours("a worker failed"))?.push(done);
        Ok(())
    };
    let threads = plan.threads.min(total.div_ceil(size as u64).max(1) as usize);
    if threads == 1 {
        work()?;
    } else {
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            workers.into_iter().try_for_each(|w| w.join().map_err(|_| Error::ours("a worker failed"))?)
        })?;
    }
    out.into_inner().map_err(|_| Error::ours("a worker failed"))
}

/// Ranges in order, neighbours joined.
pub fn joined(mut ranges: Vec<Range<u64>>) -> Vec<Range<u64>> {
    ranges.sort_by_key(|r| r.start);
    let mut out: Vec<Range<u64>> = vec![];
    for r in ranges {
        match out.last_mut() {
            Some(last) if last.end >= r.start => last.end = last.end.max(r.end),
            _ => out.push(r),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_is_as_long_as_it_should_be() {
        let mut pace = Pace { size: 64, most: COHORT, clock: None };
        let mut after = |milliseconds| {
            pace.took(milliseconds);
            pace.size
        };
        assert_eq!([1, 20, 3, 0].map(&mut after), [256, 512, 1024, 1024], "fast games are taken many at a time");
        assert_eq!([100, 300, 900, 150].map(&mut after), [1024, 512, 256, 256]);
        assert_eq!([TURN + 1; 20].map(&mut after)[19], 1, "at least one");
    }

    #[test]
    fn what_is_played_does_not_depend_on_the_clock() {
        let setup = crate::game::testing::stockholm();
        let plan = Plan { cohort: 300, ..Plan::new(5, 700).threads(2) };
        let timed = Watch { clock: Some(|| 0), ..Watch::default() };
        let played = batch(&setup, &plan, &timed).expect("played");
        assert_eq!(played, batch(&setup, &plan, &Watch::default()).expect("played"));
        assert_eq!(timed.done.into_inner(), 700);
    }
}
