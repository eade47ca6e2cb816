//! Which games count where work is left in the middle: those before the first that was not finished, so that what is
//! told of a study that was stopped is what its first games say, and can be had again.

use std::collections::BTreeSet;
use std::sync::{Condvar, Mutex, MutexGuard};

/// The turns of all workers, in the order of their games.
#[derive(Debug, Default)]
pub struct Line {
    state: Mutex<State>,
    moved: Condvar,
}

#[derive(Debug, Default)]
struct State {
    under_way: BTreeSet<u64>,
    /// The first game of the earliest turn that was left.
    left: Option<u64>,
}

impl State {
    /// Whether a finished turn counts; none while an earlier one is under way.
    fn counts(&self, first: u64) -> Option<bool> {
        if self.left.is_some_and(|left| left < first) {
            return Some(false);
        }
        self.under_way.first().is_none_or(|earliest| *earliest > first).then_some(true)
    }
}

impl Line {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(|e| e.into_inner())
    }

    /// Takes a turn; it is left unless it is said to be done.
    pub fn begin(&self, take: impl FnOnce() -> Option<(u64, usize)>) -> Option<Turn<'_>> {
        let mut state = self.state(); // so that no later turn is counted between its taking and its listing
        let (first, games) = take()?;
        state.under_way.insert(first);
        Some(Turn { line: self, first, games, done: false })
    }

    /// Whether a finished turn counts, as far as is known.
    pub fn counts(&self, first: u64) -> Option<bool> {
        self.state().counts(first)
    }

    /// Whether a finished turn counts, once all earlier ones are finished or left.
    pub fn settled(&self, first: u64) -> bool {
        let mut state = self.state();
        loop {
            match state.counts(first) {
                Some(counts) => return counts,
                None => state = self.moved.wait(state).unwrap_or_else(|e| e.into_inner()),
            }
        }
    }
}

/// Some games that a worker has taken.
#[derive(Debug)]
pub struct Turn<'a> {
    line: &'a Line,
    /// The first game.
    pub first: u64,
    /// How many games.
    pub games: usize,
    done: bool,
}

impl Turn<'_> {
    /// Says that all of its games are played.
    pub fn done(mut self) {
        self.done = true;
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut state = self.line.state();
        state.under_way.remove(&self.first);
        if !self.done {
            state.left = Some(state.left.map_or(self.first, |left| left.min(self.first)));
        }
        drop(state);
        self.line.moved.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_behind_a_turn_that_was_left_does_not_count() {
        let line = Line::default();
        let begin = |first| line.begin(|| Some((first, 10))).expect("taken");
        let (one, two, three) = (begin(0), begin(10), begin(20));
        two.done();
        assert_eq!(line.counts(10), None, "the first is under way");
        one.done();
        assert_eq!(line.counts(10), Some(true));
        let four = begin(30);
        four.done();
        assert_eq!(line.counts(30), None);
        drop(three); // left
        assert_eq!((line.settled(0), line.settled(10), line.settled(30)), (true, true, false));
        assert!(line.begin(|| None).is_none());
    }
}
