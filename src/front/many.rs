//! What every question to many games is told alike: how many, on which luck, on how many threads, under whose eye.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use crate::batch::play::{Plan, Watch, threads};

/// How many games, and how they are played.
#[derive(Debug, Clone)]
pub struct Many {
    /// The seed of all chance.
    pub seed: u64,
    /// Games of each cell.
    pub games: u64,
    /// Threads.
    pub threads: usize,
    /// Where they are seen and stopped.
    pub watch: Arc<Watch>,
}

impl Many {
    /// So many games of seed 0, on all threads.
    pub fn of(games: u64) -> Many {
        Many { seed: 0, games, threads: threads(), watch: Arc::default() }
    }

    /// Says how many games there are in all, where each of so many cells plays them.
    pub fn in_all(&self, cells: usize) {
        self.watch.total.store(self.games.saturating_mul(cells as u64), Ordering::Relaxed);
    }

    /// As it is played.
    pub fn plan(&self) -> Plan {
        Plan::new(self.seed, self.games).threads(self.threads)
    }
}

/// The methods by which a question with a field `many` is told so.
macro_rules! many {
    ($question:ty, $games:ident, $about:literal) => {
        impl $question {
            #[doc = $about]
            pub fn $games(mut self, $games: u64) -> Self {
                self.many.games = $games;
                self
            }

            /// The seed of all chance; 0 where left out.
            pub fn seed(mut self, seed: u64) -> Self {
                self.many.seed = seed;
                self
            }

            /// How many threads play; as many as the machine runs side by side where left out. The result is the same.
            pub fn threads(mut self, threads: usize) -> Self {
                self.many.threads = threads;
                self
            }

            /// Where it is seen how far the games have come, and where they can be stopped.
            pub fn watch(mut self, watch: &Arc<Watch>) -> Self {
                self.many.watch = watch.clone();
                self
            }
        }
    };
}
pub(super) use many;
