//! The odds of a game as each of its rounds ends, without its turning points: how many futures come to a deal, and in how
//! many the truce lapses. They are the futures of [`super::odds`], in truth.

use super::futures::{Futures, play_on};
use super::odds::{Asked, fork, tell};
use crate::batch::play::Watch;
use crate::error::Error;
use crate::world::cohort::Games;
use crate::world::components::{Deals, Lapsed};
use crate::world::rows::{ColumnId, Value};
use crate::world::setup::Setup;

/// Of each round of a game: the share of its futures that end with a deal, and that of those in which the truce has lapsed.
/// What has happened by then counts.
pub fn by_round(setup: &Setup, asked: &Asked, watch: &Watch) -> Result<Vec<[f64; 2]>, Error> {
    let told = tell(setup, asked.key, asked.game);
    let ends = &told.states[1..]; // before the first is no end of a round
    let futures = Futures { states: ends.len(), each: asked.futures, threads: asked.threads };
    let start = |games: &mut Games, s: usize, first: u64| fork(games, asked, &ends[s], first);
    let parts = play_on(setup, futures, watch, start, |games, n| {
        [Deals::COLUMN, Lapsed::COLUMN].map(|column| happened(games, column, n))
    })?;
    let mut counts = vec![[0; 2]; ends.len()];
    for (s, found) in parts {
        counts[s].iter_mut().zip(found).for_each(|(sum, n)| *sum += n);
    }
    if watch.stop.load(std::sync::atomic::Ordering::Relaxed) {
        return Err(Error::Interrupted("stopped before all odds were played: no game is counted".into()));
    }
    let n = asked.futures.max(1) as f64;
    Ok(counts.into_iter().map(|counts| counts.map(|count| count as f64 / n)).collect())
}

/// In how many of the first games of a cohort something has happened.
fn happened(games: &Games, column: ColumnId, n: usize) -> u64 {
    let mut lane = vec![];
    let there = games.numbers_of(column, 0, &mut lane);
    lane.iter().take(n).filter(|x| there && **x > 0.0).count() as u64
}
