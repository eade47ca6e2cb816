//! A table's countdown: a deadline kept by the server, with the time passed in.

use serde::{Deserialize, Serialize};

/// A clock that runs to a deadline, or stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Countdown {
    /// It runs to this time (ms since 1970).
    Until(u64),
    /// It stands with so much left (ms).
    Stands(u64),
}

impl Countdown {
    /// What is left (ms).
    pub fn left(self, now: u64) -> u64 {
        match self {
            Countdown::Until(at) => at.saturating_sub(now),
            Countdown::Stands(left) => left,
        }
    }
    /// Whether it runs.
    pub fn runs(self) -> bool {
        matches!(self, Countdown::Until(_))
    }
    /// Whether the bell is due.
    pub fn due(self, now: u64) -> bool {
        matches!(self, Countdown::Until(at) if at <= now)
    }
    /// As seen from a time: a deadline is what is left, so that [`Countdown::shifted`] puts it to another time.
    pub fn since(self, now: u64) -> Countdown {
        match self {
            Countdown::Until(_) => Countdown::Until(self.left(now)),
            stands => stands,
        }
    }
    /// Stopped.
    pub fn paused(self, now: u64) -> Countdown {
        Countdown::Stands(self.left(now))
    }
    /// Running.
    pub fn running(self, now: u64) -> Countdown {
        Countdown::Until(now + self.left(now))
    }
    /// With more time; a deadline that has passed starts anew.
    pub fn longer(self, now: u64, ms: u64) -> Countdown {
        match self {
            Countdown::Until(at) => Countdown::Until(at.max(now) + ms),
            Countdown::Stands(left) => Countdown::Stands(left + ms),
        }
    }
    /// Moved on by a time in which it did not run, as when the server was away.
    pub fn shifted(self, ms: u64) -> Countdown {
        match self {
            Countdown::Until(at) => Countdown::Until(at + ms),
            stands => stands,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Countdown;

    #[test]
    fn a_paused_clock_loses_nothing_and_a_late_plus_gives_its_full_time() {
        let clock = Countdown::Until(10_000);
        let paused = clock.paused(4_000);
        assert_eq!(paused.left(9_999_999), 6_000);
        assert_eq!(paused.running(50_000), Countdown::Until(56_000));
        assert!(clock.due(10_000) && !paused.due(10_000));
        assert_eq!(clock.longer(20_000, 60_000), Countdown::Until(80_000));
        assert_eq!(clock.shifted(500).left(10_000), 500);
        assert_eq!(clock.since(4_000).shifted(70_000), Countdown::Until(76_000));
        assert_eq!(paused.since(4_000).shifted(70_000), paused);
    }
}
