//! Many games with seats held from outside: played with programs, or by the decisions recorded of them.

use std::sync::atomic::Ordering;

use super::many::{self, Many};
use super::play::{Plan, Played, Turns, Watch, crew, joined};
use super::summary::{Desk, Questions, Summary};
use crate::environment::Vector;
use crate::error::Error;
use crate::game::outside::{Forfeit, Players, play, replay};
use crate::game::table::{Filed, Table};
use crate::world::setup::Setup;

/// The decisions of one game.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The game.
    pub game: u64,
    /// What was decided outside, in order; a forfeited move is left to the engine.
    pub orders: Vec<Filed>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// The counts.
    pub played: Played,
    /// Decisions game by game, where they are kept.
    pub records: Vec<Record>,
    /// Moves asked for.
    pub moves: u64,
    /// Moves forfeited.
    pub forfeited: u64,
    /// The first of each kind, a few.
    pub forfeits: Vec<Forfeit>,
}

/// So many kinds of forfeited moves are told.
pub const TOLD: usize = 5;

/// Plays a plan with programs in some seats: every worker has players of its own.
pub fn with_players(
    setup: &Setup,
    plan: &Plan,
    watch: &Watch,
    keep: bool,
    players: impl Fn() -> Result<Players, Error> + Sync,
) -> Result<Held, Error> {
    each(setup, plan, watch, keep, || {
        let mut players = players()?;
        Ok(move |game| play(setup, plan.key, game, &mut players))
    })
}

/// Plays the games of a plan by recorded decisions: `records` holds them in order, the first game's first.
pub fn by_records(
    setup: &Setup,
    plan: &Plan,
    watch: &Watch,
    seats: [bool; 2],
    records: &[Record],
) -> Result<Held, Error> {
    each(setup, plan, watch, false, || {
        Ok(move |game: u64| {
            let orders = &records[(game - plan.games.start) as usize].orders;
            replay(setup, plan.key, game, seats, orders).map(|table| (table, vec![]))
        })
    })
}

/// Plays a plan with players of many games in some seats, `side_by_side` of them at once: every worker has players of its
/// own.
pub fn with_many(
    setup: &Setup,
    plan: &Plan,
    watch: &Watch,
    keep: bool,
    side_by_side: usize,
    players: impl Fn() -> Result<Many, Error> + Sync,
) -> Result<Held, Error> {
    crewed(setup, &Plan { cohort: side_by_side, ..plan.clone() }, watch, |turns, questions, part| {
        let mut players = players()?;
        let seats: Vec<usize> = (0..2).filter(|seat| players[*seat].is_some()).collect();
        let mut games = Vector::new(setup, &seats, turns.size)?;
        while let Some((first, n)) = turns.take(turns.size) {
            games.begin_some(plan.key, first, n);
            let done = many::play(&mut games, first, n, &seats, &mut players, keep)?;
            part.moves += done.moves;
            part.forfeited += done.forfeits.len() as u64;
            note(&mut part.forfeits, done.forfeits);
            part.records.extend(done.records);
            part.summary.count(games.cohort(), questions, n, &mut part.desk)?;
            part.ranges.push(first..first + n as u64);
            watch.done.fetch_add(n as u64, Ordering::Relaxed);
        }
        Ok(())
    })
}

/// Keeps the first of each kind: moves forfeited for another reason than those before, whatever numbers are in it.
fn note(kept: &mut Vec<Forfeit>, more: Vec<Forfeit>) {
    let kind = |forfeit: &Forfeit| forfeit.why.replace(|c: char| c.is_ascii_digit() || c == '.', "");
    for forfeit in more {
        if kept.len() < TOLD && kept.iter().all(|other| kind(other) != kind(&forfeit)) {
            kept.push(forfeit);
        }
    }
}

struct Part {
    summary: Summary,
    desk: Desk,
    ranges: Vec<std::ops::Range<u64>>,
    records: Vec<Record>,
    moves: u64,
    forfeits: Vec<Forfeit>,
    forfeited: u64,
}

fn each<F: FnMut(u64) -> Result<(Table, Vec<Forfeit>), Error>>(
    setup: &Setup,
    plan: &Plan,
    watch: &Watch,
    keep: bool,
    player: impl Fn() -> Result<F, Error> + Sync,
) -> Result<Held, Error> {
    // One game at a time: one that is stopped has finished the game under way.
    crewed(setup, &Plan { cohort: 1, ..plan.clone() }, watch, |turns, questions, part| {
        let mut one = player()?;
        while let Some((game, _)) = turns.take(turns.size) {
            let (table, forfeits) = one(game)?;
            part.moves += table.orders().len() as u64;
            part.forfeited += forfeits.len() as u64;
            note(&mut part.forfeits, forfeits);
            if keep {
                part.records.push(Record { game, orders: table.orders().to_vec() });
            }
            let games = table.ended().ok_or_else(|| Error::ours("a game was left before its end"))?;
            part.summary.count(games, questions, 1, &mut part.desk)?;
            part.ranges.push(game..game + 1);
            watch.done.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    })
}

/// Workers that each play some of a plan, and what all of it comes to.
fn crewed(
    setup: &Setup,
    plan: &Plan,
    watch: &Watch,
    work: impl Fn(&Turns, &Questions, &mut Part) -> Result<(), Error> + Sync,
) -> Result<Held, Error> {
    let questions = Questions::of(setup);
    let new = || Part {
        summary: Summary::new(&questions),
        desk: Desk::default(),
        ranges: vec![],
        records: vec![],
        moves: 0,
        forfeits: vec![],
        forfeited: 0,
    };
    let parts = crew(&plan.of([setup].into_iter()), watch, |turns| {
        let mut part = new();
        work(turns, &questions, &mut part).map(|()| part)
    })?;
    let (mut all, mut lost) = (new(), vec![]);
    for part in parts {
        all.summary.merge(&part.summary);
        all.ranges.extend(part.ranges);
        all.records.extend(part.records);
        lost.extend(part.forfeits);
        all.moves += part.moves;
        all.forfeited += part.forfeited;
    }
    all.records.sort_by_key(|record| record.game);
    lost.sort_by_key(|forfeit| (forfeit.game, forfeit.at.round));
    note(&mut all.forfeits, lost);
    let interrupted = all.summary.games < plan.games.end.saturating_sub(plan.games.start);
    let played = Played { summary: all.summary, ranges: joined(all.ranges), interrupted };
    Ok(Held { played, records: all.records, moves: all.moves, forfeited: all.forfeited, forfeits: all.forfeits })
}
