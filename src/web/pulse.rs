//! Who watches is told of every change, and it is measured how long that took: from the commit to the write.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use tokio::sync::watch;

/// So many commits are remembered for slow readers.
const KEPT: usize = 4096;

/// What a group of readers follows.
pub struct Pulse {
    version: watch::Sender<u64>,
    commits: Mutex<VecDeque<(u64, Instant)>>,
}

impl Default for Pulse {
    fn default() -> Self {
        Pulse { version: watch::Sender::new(0), commits: Mutex::new(VecDeque::new()) }
    }
}

impl Pulse {
    /// Something was committed at this time.
    pub fn beat(&self, version: u64, at: Instant) {
        let mut commits = self.commits.lock().unwrap_or_else(|e| e.into_inner());
        if commits.len() == KEPT {
            commits.pop_front();
        }
        commits.push_back((version, at));
        drop(commits);
        self.version.send_replace(version);
    }

    /// When the first change was committed that a reader of `seen` has not been told.
    fn first_after(&self, seen: u64) -> Option<Instant> {
        let commits = self.commits.lock().unwrap_or_else(|e| e.into_inner());
        commits.iter().find(|(version, _)| *version > seen).map(|(_, at)| *at)
    }
}

/// A reader of a pulse.
pub struct Reader {
    pulse: Arc<Pulse>,
    changed: watch::Receiver<u64>,
    seen: Option<u64>,
}

impl Reader {
    /// From now on.
    pub fn of(pulse: &Arc<Pulse>) -> Reader {
        let mut changed = pulse.version.subscribe();
        changed.mark_changed();
        Reader { pulse: pulse.clone(), changed, seen: None }
    }

    /// Waits for the next change: the first answer comes at once. Gives when the oldest change not yet told was
    /// committed; none for the first, and none at all once the pulse is gone.
    pub async fn next(&mut self) -> Option<Option<Instant>> {
        self.changed.changed().await.ok()?;
        let version = *self.changed.borrow_and_update();
        let since = self.seen.and_then(|seen| self.pulse.first_after(seen));
        self.seen = Some(version);
        Some(since)
    }
}

/// How long updates took (us).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lags {
    /// How many there were.
    pub updates: usize,
    /// Half took no longer than this.
    pub p50: u32,
    /// 99 of 100 took no longer than this.
    pub p99: u32,
    /// The longest.
    pub most: u32,
}

impl Lags {
    /// Of a list in any order.
    pub fn of(mut list: Vec<u32>) -> Lags {
        list.sort_unstable();
        let at = |share: usize| list.get((list.len() * share / 100).min(list.len().saturating_sub(1))).copied();
        let most = list.last().copied().unwrap_or(0);
        Lags { updates: list.len(), p50: at(50).unwrap_or(0), p99: at(99).unwrap_or(0), most }
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods)] // a test of the watch itself
mod tests {
    use super::*;

    #[test]
    fn a_slow_reader_is_measured_from_the_first_change_it_missed() {
        let pulse = Arc::new(Pulse::default());
        let mut reader = Reader::of(&pulse);
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        assert_eq!(runtime.block_on(reader.next()), Some(None), "the first view is no update");
        let first = Instant::now();
        pulse.beat(1, first);
        pulse.beat(2, first + std::time::Duration::from_secs(3));
        assert_eq!(runtime.block_on(reader.next()), Some(Some(first)));
        pulse.beat(3, first + std::time::Duration::from_secs(4));
        assert_eq!(runtime.block_on(reader.next()), Some(Some(first + std::time::Duration::from_secs(4))));
        drop(pulse);
    }

    #[test]
    fn the_slowest_of_a_hundred_are_seen() {
        let lags = Lags::of((1..=200).rev().collect());
        assert_eq!(lags, Lags { updates: 200, p50: 101, p99: 199, most: 200 });
        assert_eq!(Lags::of(vec![]), Lags::default());
    }
}
