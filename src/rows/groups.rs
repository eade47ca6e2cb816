//! Groups of rows: fixed ranges of game numbers, whatever threads and cohorts the games are played in.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Mutex;

use super::columns::{Column, under_each_other};
use crate::error::Error;

/// Games of a group: those whose numbers give the same whole number when divided by this.
pub const GROUP: u64 = 16_384;

/// Where groups go.
pub trait Sink: Sync {
    /// Takes a group; groups come in any order, and each once.
    fn group(&self, number: u64, columns: Vec<Column>) -> Result<(), Error>;
}

/// Puts the rows of cohorts together to groups.
pub struct Groups<'a> {
    sink: &'a dyn Sink,
    games: Range<u64>,
    waiting: Mutex<BTreeMap<u64, Waiting>>,
}

#[derive(Default)]
struct Waiting {
    games: u64,
    pieces: Vec<(u64, Vec<Column>)>,
}

impl<'a> Groups<'a> {
    /// Of the games of a range.
    pub fn new(sink: &'a dyn Sink, games: Range<u64>) -> Groups<'a> {
        Groups { sink, games, waiting: Mutex::default() }
    }

    /// The rows of some neighbouring games of one group; a group that is whole is handed on.
    pub fn add(&self, games: Range<u64>, columns: Vec<Column>) -> Result<(), Error> {
        let number = games.start / GROUP;
        let group = (number * GROUP).max(self.games.start)..((number + 1) * GROUP).min(self.games.end);
        let mut waiting = self.waiting.lock().map_err(|_| Error::ours("a worker failed"))?;
        let here = waiting.entry(number).or_default();
        here.games += games.end - games.start;
        here.pieces.push((games.start, columns));
        if here.games < group.end - group.start {
            return Ok(());
        }
        let whole = waiting.remove(&number).unwrap_or_default();
        drop(waiting);
        self.sink.group(number, joined(whole.pieces))
    }

    /// The parts of some games that lie in one group each.
    pub fn parts(games: Range<u64>) -> impl Iterator<Item = Range<u64>> {
        let Range { mut start, end } = games;
        std::iter::from_fn(move || {
            let next = ((start / GROUP + 1) * GROUP).min(end);
            let part = start..next;
            start = next;
            (part.start < part.end).then_some(part)
        })
    }
}

fn joined(mut pieces: Vec<(u64, Vec<Column>)>) -> Vec<Column> {
    pieces.sort_by_key(|(first, _)| *first);
    under_each_other(pieces.into_iter().map(|(_, columns)| columns))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn games_are_parted_where_groups_end() {
        let parts = |games| Groups::parts(games).collect::<Vec<_>>();
        assert!(parts(0..10).len() == 1 && parts(0..10)[0] == (0..10));
        assert_eq!(parts(GROUP - 1..GROUP + 1), [GROUP - 1..GROUP, GROUP..GROUP + 1]);
        assert_eq!(parts(5..2 * GROUP), [5..GROUP, GROUP..2 * GROUP]);
        assert!(parts(3..3).is_empty());
    }
}
