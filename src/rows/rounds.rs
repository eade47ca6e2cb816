//! Rows by round, of the first games: where things stood at the end of each.

use std::ops::Range;
use std::sync::Arc;

use super::columns::{Column, Field, Type};
use crate::scenario::rules::Switch;
use crate::studies::bound::Calendar;
use crate::world::cohort::Games;
use crate::world::components::{
    Expiry, Level, NEVER, Over, Resilience, ResolveLost, ResolveShown, Snapped, Tone, WordBroken, WordKept,
};
use crate::world::maths::believed;
use crate::world::rows::{ColumnId, Value};
use crate::world::setup::Setup;

/// Which games are kept round by round, and what of them.
#[derive(Debug, Clone)]
pub struct Rounds {
    /// The games before this one.
    pub before: u64,
    /// What each column is: the game and the round stand first.
    pub fields: Vec<Arc<Field>>,
    from: Vec<From>,
    odds: Arc<Odds>,
}

#[derive(Debug, Clone, Copy)]
enum From {
    Game,
    Round,
    /// The first day of the round: of the first one, and days of each.
    Date([f64; 2]),
    Column(ColumnId, usize),
    /// A round that may never come.
    Coming(ColumnId),
    Believed(ColumnId, ColumnId, usize),
    /// The share of futures in which it comes to one thing.
    Odds(usize),
}

/// Shares of futures of games: of each from the first on, as each of its rounds ends, how many come to a deal, and in how
/// many the truce lapses.
#[derive(Debug, Clone, Default)]
pub struct Odds {
    /// The first game.
    pub first: u64,
    /// How many futures were played at each round.
    pub futures: u64,
    /// By game, by round.
    pub shares: Vec<Vec<[f64; 2]>>,
}

impl Rounds {
    /// The rounds of the games before one.
    pub fn of(setup: &Setup, before: u64) -> Rounds {
        let mut out = Rounds { before, fields: vec![], from: vec![], odds: Arc::default() };
        out.add("game", Type::Whole, "", "number of the game", None, From::Game);
        out.add("round", Type::Whole, "round", "the round, from 0; all else is at its end", None, From::Round);
        if let Some(calendar) = Calendar::of(setup) {
            let days = [calendar.since_1970(), calendar.day(1)];
            out.add("date", Type::Date, "date", "the first day of the round", None, From::Date(days));
        }
        for (l, lever) in setup.levers.iter().enumerate() {
            let (name, from) = (format!("lever.{}", lever.key), From::Column(Level::COLUMN, l));
            out.add(&name, Type::Number, &lever.unit, &lever.name, None, from);
        }
        if setup.levers.iter().all(|lever| lever.pie) {
            return out;
        }
        out.add("tone", Type::Number, "tone", "the mood between the capitals", None, From::Column(Tone::COLUMN, 0));
        if setup.is_on(Switch::Truce) {
            let lapsed = From::Column(Snapped::COLUMN, 0);
            out.add("truce_lapsed", Type::Flag, "", "the truce has lapsed and is not restored", None, lapsed);
            let (some, about) = ("those with a truce that runs out", "the round in which the truce runs out");
            out.add("truce_until", Type::Whole, "round", about, Some(some), From::Coming(Expiry::COLUMN));
        }
        for (p, party) in setup.parties.iter().enumerate() {
            let mut of = |key: &str, about: &str, from| {
                let (name, about) = (format!("{}.{key}", party.key), format!("{}: {about}", party.name));
                out.add(&name, Type::Number, "share", &about, None, from);
            };
            of("resilience", "independence", From::Column(Resilience::COLUMN, p));
            of("word", "how far its pledges are believed", From::Believed(WordKept::COLUMN, WordBroken::COLUMN, p));
            let resolve = From::Believed(ResolveShown::COLUMN, ResolveLost::COLUMN, p);
            of("resolve", "how far its threats are believed", resolve);
        }
        out
    }

    /// With the odds of each round.
    #[must_use]
    pub fn with_odds(mut self, setup: &Setup, odds: Odds) -> Rounds {
        let futures = odds.futures;
        let mut add = |name: &str, about: &str, place| {
            let about = format!("share of {futures} futures, played on from the end of the round, in which {about}");
            self.add(name, Type::Number, "share", &about, None, From::Odds(place));
        };
        add("odds.deal", "there is a deal by the end of the game", 0);
        if setup.calendar.truce.is_some() && setup.is_on(Switch::Truce) {
            add("odds.lapse", "the truce has lapsed by the end of the game", 1);
        }
        Rounds { odds: Arc::new(odds), ..self }
    }

    fn add(&mut self, name: &str, holds: Type, unit: &str, about: &str, games: Option<&str>, from: From) {
        let games = games.map(Into::into);
        self.fields.push(Arc::new(Field { name: name.into(), holds, unit: unit.into(), about: about.into(), games }));
        self.from.push(from);
    }

    /// How many of a cohort's games are kept, from the first on.
    fn kept(&self, first: u64, games: usize) -> usize {
        self.before.saturating_sub(first).min(games as u64) as usize
    }
}

/// What was seen of a cohort.
#[derive(Debug, Default)]
pub struct Seen {
    /// By round, then by column.
    rounds: Vec<Vec<Vec<f64>>>,
    /// By round: which games were over before it began.
    over: Vec<Vec<f64>>,
    room: Vec<f64>,
}

impl Seen {
    /// Begins a cohort.
    pub fn begin(&mut self) {
        self.rounds.clear();
        self.over.clear();
    }

    /// Looks at the round that has just ended.
    pub fn see(&mut self, rounds: &Rounds, games: &Games) {
        let kept = rounds.kept(games.first(), games.games());
        if kept == 0 {
            return;
        }
        let (round, mut lanes) = (f64::from(games.round()) - 1.0, vec![]);
        for from in &rounds.from {
            let mut lane = vec![];
            let there = match *from {
                From::Game => {
                    lane.extend((0..kept as u64).map(|g| (games.first() + g) as f64));
                    true
                }
                From::Round => fill(&mut lane, kept, round),
                From::Date([start, days]) => fill(&mut lane, kept, start + days * round),
                From::Column(column, row) => games.numbers_of(column, row, &mut lane),
                From::Coming(column) => {
                    let there = games.numbers_of(column, 0, &mut lane);
                    lane.iter_mut().filter(|x| **x >= NEVER / 2.0).for_each(|x| *x = f64::NAN);
                    there
                }
                From::Odds(of) => {
                    let shares = |g: usize| rounds.odds.shares.get((games.first() - rounds.odds.first) as usize + g);
                    let share = |g: usize| shares(g)?.get(round as usize).map(|shares| shares[of]);
                    lane.extend((0..kept).map(|g| share(g).unwrap_or(f64::NAN)));
                    true
                }
                From::Believed(a, b, row) => {
                    let there = games.numbers_of(a, row, &mut lane) && games.numbers_of(b, row, &mut self.room);
                    lane.iter_mut().zip(&self.room).for_each(|(a, b)| *a = believed(*a, *b));
                    there
                }
            };
            if !there {
                fill(&mut lane, kept, f64::NAN);
            }
            lanes.push(lane);
        }
        self.rounds.push(lanes);
        let mut over = vec![];
        if !games.numbers_of(Over::COLUMN, 0, &mut over) {
            fill(&mut over, kept, 0.0);
        }
        self.over.push(over);
    }

    /// The rounds of some games of the cohort, game by game.
    pub fn rows(&self, rounds: &Rounds, first: u64, some: Range<usize>) -> Vec<Column> {
        let mut columns: Vec<Column> = rounds.fields.iter().map(Column::empty).collect();
        let kept = rounds.kept(first, some.end);
        for g in some.start..kept {
            let played = (1..self.rounds.len()).find(|r| self.over[r - 1][g] > 0.0).unwrap_or(self.rounds.len());
            for (c, column) in columns.iter_mut().enumerate() {
                let lane: Vec<f64> = self.rounds[..played].iter().map(|lanes| lanes[c][g]).collect();
                column.add(&lane);
            }
        }
        columns
    }
}

fn fill(lane: &mut Vec<f64>, games: usize, x: f64) -> bool {
    lane.clear();
    lane.resize(games, x);
    true
}
