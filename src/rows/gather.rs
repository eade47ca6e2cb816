//! The rows of a cohort: its games are played, and each column is filled a lane at a time.

use std::ops::Range;

use super::columns::Column;
use super::events::Events;
use super::rounds::{Rounds, Seen};
use super::schema::{From, Schema};
use crate::record::metrics::class_lane;
use crate::record::registry::Desk;
use crate::round;
use crate::world::cohort::Games;
use crate::world::dice::Key;

/// Room in which one worker fills columns.
#[derive(Debug, Default)]
pub struct Room {
    events: Events,
    seen: Seen,
    lane: Vec<f64>,
    desk: Desk,
}

impl Room {
    /// Plays a loaded cohort to the end; what happens on the way is noted.
    pub fn play(&mut self, games: &mut Games, schema: &Schema, rounds: Option<&Rounds>) {
        let Room { events, seen, .. } = self;
        events.begin(schema.events.len(), games.games());
        seen.begin();
        round::play_seen(games, |games| {
            events.see(&schema.events, games);
            if let Some(rounds) = rounds {
                seen.see(rounds, games);
            }
        });
    }

    /// The rows of some games of a cohort that was played, by their places in it; each has its digest.
    pub fn rows(
        &mut self,
        games: &Games,
        schema: &Schema,
        key: Key,
        digests: &[u64],
        some: Range<usize>,
    ) -> Vec<Column> {
        let (n, first, here) = (games.games(), games.first(), games.unknown());
        let mut columns = schema.columns();
        for (column, from) in columns.iter_mut().zip(&schema.from) {
            let lane = &mut self.lane;
            match from {
                From::Game => {
                    lane.clear();
                    lane.extend((0..n).map(|g| (first + g as u64) as f64)); // numbers of games stay below 2^53
                }
                From::Ending => class_lane(games, lane),
                From::World => {
                    lane.clear();
                    lane.resize(n, games.here().map_or(f64::NAN, |world| world.number as f64));
                }
                From::Digest => {
                    column.add_digests(digests[some.clone()].iter().copied());
                    continue;
                }
                From::Measure(reading) => reading.read(games, &mut self.desk, lane),
                From::Count(kind) => lane.clone_from(&self.events.of(*kind).count),
                From::FirstRound(kind) => lane.clone_from(&self.events.of(*kind).first),
                From::FirstDate(kind, [start, days]) => {
                    lane.clear();
                    lane.extend(self.events.of(*kind).first.iter().map(|round| start + days * round));
                }
                From::Draw(drawn) => {
                    let own = games.here().and_then(|_| drawn.of(games.setup())); // its own numbers may be unknown
                    *lane = own.unwrap_or(*drawn).lane(key, first, n);
                }
                From::Unknown(place) => {
                    lane.clear();
                    lane.resize(n, here.get(*place).copied().unwrap_or(f64::NAN));
                }
            }
            column.add(&self.lane[some.clone()]);
        }
        columns
    }

    /// The rounds of those of these games of which rounds are kept.
    pub fn rounds(&self, games: &Games, rounds: &Rounds, some: Range<usize>) -> Vec<Column> {
        self.seen.rows(rounds, games.first(), some)
    }
}
