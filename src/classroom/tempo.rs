//! How fast a class's clocks run: as the wall's, but in a rehearsal.

use std::sync::{Arc, Mutex, MutexGuard};

/// Milliseconds of the wall since some moment; it never goes back.
pub type Wall = Arc<dyn Fn() -> u64 + Send + Sync>;

/// The class's clock: so many times as fast as the wall from a moment on.
pub struct Tempo {
    wall: Wall,
    since: Mutex<Since>,
}

#[derive(Clone, Copy)]
struct Since {
    /// The wall's time then.
    wall: u64,
    /// The class's time then (ms since 1970).
    class: u64,
    pace: u64,
}

impl Since {
    fn at(self, wall: u64) -> u64 {
        self.class + self.pace * wall.saturating_sub(self.wall)
    }
}

impl Tempo {
    /// From a time of the class on.
    pub fn new(wall: Wall, class: u64, pace: u64) -> Tempo {
        let since = Since { wall: wall(), class, pace };
        Tempo { wall, since: Mutex::new(since) }
    }

    fn lock(&self) -> MutexGuard<'_, Since> {
        self.since.lock().unwrap_or_else(|e| e.into_inner())
    }

    /// The class's time (ms since 1970).
    pub fn now(&self) -> u64 {
        self.lock().at((self.wall)())
    }

    /// How many times as fast as the wall it runs.
    pub fn pace(&self) -> u64 {
        self.lock().pace
    }

    /// It runs at another pace from now on.
    pub fn set(&self, pace: u64) {
        let (wall, mut since) = ((self.wall)(), self.lock());
        *since = Since { wall, class: since.at(wall), pace };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};

    #[test]
    fn a_change_of_pace_loses_no_time() {
        let wall = Arc::new(AtomicU64::new(500));
        let hand = wall.clone();
        let tempo = Tempo::new(Arc::new(move || hand.load(Ordering::SeqCst)), 1_000_000, 1);
        wall.store(1_500, Ordering::SeqCst);
        assert_eq!(tempo.now(), 1_001_000);
        tempo.set(30);
        assert_eq!((tempo.now(), tempo.pace()), (1_001_000, 30));
        wall.store(2_500, Ordering::SeqCst);
        assert_eq!(tempo.now(), 1_031_000);
        tempo.set(1);
        wall.store(2_600, Ordering::SeqCst);
        assert_eq!(tempo.now(), 1_031_100);
    }
}
