//! A batch that leaves rows: its games are played as those of any batch, counted, and put into columns.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::Ordering;

use super::columns::{Column, under_each_other};
use super::gather::Room;
use super::groups::{Groups, Sink};
use super::rounds::Rounds;
use super::schema::Schema;
use crate::batch::play::{Plan, Played, Watch, World, crew, joined};
use crate::batch::summary::{Desk, Questions, Summary};
use crate::error::Error;
use crate::world::setup::Setup;

/// Rows that are asked for, and where they go.
pub struct Tables<'a> {
    /// A row a game.
    pub games: (&'a Schema, &'a dyn Sink),
    /// A row a round of the first games.
    pub rounds: Option<(&'a Rounds, &'a dyn Sink)>,
}

/// Plays a plan, counts how its games end and leaves their rows. A batch that was stopped leaves some of its groups.
pub fn batch(setup: &Setup, plan: &Plan, watch: &Watch, tables: &Tables) -> Result<Played, Error> {
    let questions = Questions::of(setup);
    let (schema, sink) = tables.games;
    let of_games = Groups::new(sink, plan.games.clone());
    let of_rounds = tables.rounds.map(|(rounds, sink)| {
        let until = rounds.before.clamp(plan.games.start, plan.games.end);
        (rounds, Groups::new(sink, plan.games.start..until), until)
    });
    let parts = crew(&plan.of([setup].into_iter()), watch, |turns| {
        let (mut pace, mut world, mut room) = (turns.pace(), World::default(), Room::default());
        let (mut summary, mut desk, mut played, mut digests) =
            (Summary::new(&questions), Desk::default(), vec![], vec![]);
        while let Some((first, n)) = turns.take(pace.size) {
            let games = world.of(setup, pace.size);
            pace.timed(|| {
                games.load(plan.key, first);
                room.play(games, schema, of_rounds.as_ref().map(|(rounds, ..)| *rounds));
                summary.count(games, &questions, n, &mut desk)
            })?;
            digests.clear();
            digests.extend(desk.digests());
            for part in Groups::parts(first..first + n as u64) {
                let some = (part.start - first) as usize..(part.end - first) as usize;
                of_games.add(part.clone(), room.rows(games, schema, plan.key, &digests, some.clone()))?;
                if let Some((rounds, groups, until)) = &of_rounds
                    && part.start < *until
                {
                    groups.add(part.start..part.end.min(*until), room.rounds(games, rounds, some))?;
                }
            }
            played.push(first..first + n as u64);
            watch.done.fetch_add(n as u64, Ordering::Relaxed);
        }
        Ok((summary, played))
    })?;
    let (mut summary, mut ranges) = (Summary::new(&questions), vec![]);
    for (part, played) in parts {
        summary.merge(&part);
        ranges.extend(played);
    }
    let interrupted = summary.games < plan.games.end - plan.games.start;
    Ok(Played { summary, ranges: joined(ranges), interrupted })
}

/// Columns that are kept in memory.
#[derive(Debug, Default)]
pub struct Kept(Mutex<BTreeMap<u64, Vec<Column>>>);

impl Sink for Kept {
    fn group(&self, number: u64, columns: Vec<Column>) -> Result<(), Error> {
        self.0.lock().map_err(|_| Error::ours("a worker failed"))?.insert(number, columns);
        Ok(())
    }
}

impl Kept {
    /// All groups in order, as one.
    pub fn columns(self) -> Vec<Column> {
        let groups = self.0.into_inner().unwrap_or_else(|e| e.into_inner());
        under_each_other(groups.into_values())
    }
}
