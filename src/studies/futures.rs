//! Games that go on from states to their end, many side by side and over threads.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::batch::play::{COHORT, Watch};
use crate::error::Error;
use crate::round;
use crate::world::cohort::Games;
use crate::world::setup::Setup;

/// How many games, from how many states, over how many threads.
#[derive(Debug, Clone, Copy)]
pub struct Futures {
    /// How many states.
    pub states: usize,
    /// How many games go on from each; at least one does.
    pub each: u64,
    /// How many threads.
    pub threads: usize,
}

/// Rounds of all games of a cohort together: a few tenths of a second of work, after which a stop is heard.
const ROUNDS: u64 = 1 << 15;

/// So many games are played side by side. What is found does not depend on it.
fn together(setup: &Setup) -> u64 {
    (ROUNDS / u64::from(setup.rounds.max(1))).clamp(4, COHORT as u64 / 4)
}

/// Plays games to their end from states: `start` puts the games `first..` of a state into a cohort, `count` makes
/// something of the first games of a cohort once they are over. What came of each cohort is told with the number of its
/// state, in order, whatever the number of threads.
///
/// The first futures of all states come before the second: where the watch says stop, there are fewer of each.
pub fn play_on<T: Send>(
    setup: &Setup,
    futures: Futures,
    watch: &Watch,
    start: impl Fn(&mut Games, usize, u64) -> Result<(), Error> + Sync,
    count: impl Fn(&Games, usize) -> T + Sync,
) -> Result<Vec<(usize, T)>, Error> {
    let each = futures.each.max(1);
    let size = each.min(together(setup));
    let (parts, states) = (each.div_ceil(size), futures.states.max(1) as u64);
    let jobs = futures.states as u64 * parts;
    let next = AtomicU64::new(0);
    let work = || -> Result<Vec<(u64, T)>, Error> {
        let (mut games, mut out) = (round::cohort(setup, size as usize), vec![]);
        loop {
            let job = next.fetch_add(1, Ordering::Relaxed);
            if job >= jobs || watch.stop.load(Ordering::Relaxed) {
                return Ok(out);
            }
            let (state, first) = (job % states, job / states * size);
            start(&mut games, state as usize, first)?;
            round::play(&mut games);
            let n = (each - first).min(size);
            out.push((state * parts + job / states, count(&games, n as usize)));
            watch.done.fetch_add(n, Ordering::Relaxed);
        }
    };
    let threads = futures.threads.clamp(1, jobs.max(1) as usize);
    let mut all = if threads == 1 {
        work()?
    } else {
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            let joined = workers.into_iter().map(|w| w.join().map_err(|_| Error::ours("a worker failed"))?);
            Ok::<_, Error>(joined.collect::<Result<Vec<_>, Error>>()?.into_iter().flatten().collect())
        })?
    };
    all.sort_by_key(|(job, _)| *job);
    Ok(all.into_iter().map(|(job, found)| ((job / parts) as usize, found)).collect())
}
