//! One game played alone and written down: what happened, where things stood after each round, how it ended.

use serde::{Deserialize, Serialize};

use crate::codes::Coded;
use crate::mechanisms::delivery::{PledgeBase, PledgeDelivered, PledgeDue, PledgeGoal, PledgedAt};
use crate::mechanisms::talks::AcceptedBy;
use crate::record::metrics::{self, Metric, Room};
use crate::round;
use crate::world::cohort::Games;
use crate::world::components::{
    Agreed, Initialled, Leak, Level, Meeting, Meets, Overcapacity, Progress, Resilience, ResolveLost, ResolveShown,
    Sessions, Snapped, Stage, Tone, Total, WordBroken, WordKept, Worth,
};
use crate::world::dice::Key;
use crate::world::maths::believed;
use crate::world::over::all_over;
use crate::world::rows::{ColumnId, NONE, Value, is_set, pair};
use crate::world::setup::Setup;
use crate::world::trace::{Move, Note, What};

/// Where things stand after a round.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Standing {
    /// The round.
    pub round: u32,
    /// The mood between the capitals, -1 to 1.
    pub tone: f64,
    /// How far the last session came, 0 to 1.
    pub progress: f64,
    /// The truce has lapsed.
    pub snapped: bool,
    /// What slips through third countries.
    pub leak: f64,
    /// Overproduction that presses abroad, 0 to 1.
    pub overcapacity: f64,
    /// Where the levers stand.
    pub levels: Vec<f64>,
    /// Points so far, discounted.
    pub total: [f64; 2],
    /// How far each side's pledges are believed.
    pub word: [f64; 2],
    /// How far each side's threats are believed.
    pub resolve: [f64; 2],
    /// How independent each is of what the other controls.
    pub resilience: [f64; 2],
}

/// A package that was signed and passed at home.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Agreement {
    /// The round.
    pub round: u32,
    /// The session, from 0.
    pub session: u32,
    /// Leaders signed it.
    pub leaders: bool,
    /// The party that said yes.
    pub accepted_by: usize,
    /// The agreed level of every lever; a lever left alone has the level it had.
    pub package: Vec<f64>,
    /// The levers it moves.
    pub moved: Vec<Move>,
    /// What it was worth to each at signing (points).
    pub worth: [f64; 2],
}

/// A pledge as it stands at the end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pledge {
    /// The lever.
    pub lever: usize,
    /// The round it was made in.
    pub round: u32,
    /// From this level to that.
    pub promised: Move,
    /// Where delivery has brought it.
    pub level: f64,
    /// The share delivered of what was due; none before anything was.
    pub delivered: Option<f64>,
}

/// A whole game.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// Its number under its key.
    pub game: u64,
    /// Its class, by name.
    pub class: &'static str,
    /// What happened, in order.
    pub notes: Vec<Note>,
    /// Where things stood after each round.
    pub rounds: Vec<Standing>,
    /// What was agreed, in order.
    pub agreements: Vec<Agreement>,
    /// Pledges at the end; of two on one lever, the latest.
    pub pledges: Vec<Pledge>,
    /// What happened or did not, by name.
    pub events: Vec<(&'static str, bool)>,
    /// The metrics; not a number where the game has no case.
    pub metrics: Vec<(Metric, f64)>,
}

impl Told {
    /// The agreement that the class is named after: the first at a summit, else the first.
    pub fn named(&self) -> Option<&Agreement> {
        self.agreements.iter().find(|a| a.leaders).or(self.agreements.first())
    }
}

/// Plays game `game` of a key alone and writes it down; it is the same as in any batch of that key.
pub fn told(setup: &Setup, key: Key, game: u64) -> Told {
    let mut games = round::cohort(setup, 1);
    games.tell(true);
    games.load(key, game);
    let mut book = Book::default();
    while games.round() < setup.rounds && !all_over(&games) {
        games.step();
        let notes = games.trace().take();
        book.round(&games, notes);
    }
    book.close(&games, game)
}

/// A game being written down, round by round.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Book {
    /// What happened so far.
    pub notes: Vec<Note>,
    /// Where things stood after each round so far.
    pub rounds: Vec<Standing>,
    /// What was agreed so far.
    pub agreements: Vec<Agreement>,
}

impl Book {
    /// Writes down the round just played.
    pub fn round(&mut self, games: &Games, notes: Vec<Note>) {
        let standing = standing(games);
        if games.at::<Initialled>(0, 0).is_some_and(|package| package.is(Stage::Ratified)) {
            self.agreements.push(agreement(games, &notes, &standing));
        }
        self.rounds.push(standing);
        self.notes.extend(notes);
    }

    /// The game as it ended.
    pub fn close(self, games: &Games, game: u64) -> Told {
        let setup = games.setup().clone();
        let mut lane = vec![];
        metrics::class_lane(games, &mut lane);
        let class = metrics::classes(&setup)[lane[0] as usize];
        let events = metrics::events(&setup)
            .into_iter()
            .map(|e| (e.name, games.number_of(e.column, 0, 0).is_some_and(|x| x > 0.0)))
            .collect();
        let mut room = Room::default();
        let metrics = metrics::metrics(&setup)
            .into_iter()
            .map(|m| {
                metrics::lane(games, m.from, &mut room, &mut lane);
                let x = lane[0];
                (m, x)
            })
            .collect();
        let pledges = (0..setup.levers.len()).filter_map(|l| pledge(games, l)).collect();
        let Book { notes, rounds, agreements } = self;
        Told { game, class, notes, rounds, agreements, pledges, events, metrics }
    }
}

/// Where things stand now, in the only game of a cohort.
pub fn standing(games: &Games) -> Standing {
    Standing::of(games.setup(), games.round(), |column, row| games.number_of(column, row, 0))
}

impl Standing {
    /// Where things stand before a round, by the numbers of its columns.
    pub(crate) fn of(setup: &Setup, before: u32, number: impl Fn(ColumnId, usize) -> Option<f64>) -> Standing {
        let at = |column: ColumnId, row: usize| number(column, row).unwrap_or(0.0);
        let seen = |column: ColumnId| [at(column, 0), at(column, 1)];
        Standing {
            round: before.saturating_sub(1),
            tone: at(Tone::COLUMN, 0),
            progress: 0.5 * seen(Progress::COLUMN).iter().sum::<f64>(),
            snapped: at(Snapped::COLUMN, 0) > 0.0,
            leak: at(Leak::COLUMN, 0),
            overcapacity: at(Overcapacity::COLUMN, 0),
            levels: (0..setup.levers.len()).map(|l| at(Level::COLUMN, l)).collect(),
            total: seen(Total::COLUMN),
            word: pair(|p| believed(at(WordKept::COLUMN, p), at(WordBroken::COLUMN, p))),
            resolve: pair(|p| believed(at(ResolveShown::COLUMN, p), at(ResolveLost::COLUMN, p))),
            resilience: seen(Resilience::COLUMN),
        }
    }
}

fn agreement(games: &Games, notes: &[Note], now: &Standing) -> Agreement {
    let at = |column: ColumnId, row: usize| games.number_of(column, row, 0).unwrap_or(NONE);
    let before = notes.iter().find_map(|n| match &n.what {
        What::Session { levels, .. } => Some(levels.clone()),
        _ => None,
    });
    let before = before.unwrap_or_else(|| now.levels.clone());
    let (mut package, mut moved) = (now.levels.clone(), vec![]);
    for (lever, level) in package.iter_mut().enumerate() {
        let to = at(Agreed::COLUMN, lever);
        if is_set(to) {
            *level = to;
            moved.push(Move { lever, from: before[lever], to });
        }
    }
    Agreement {
        round: now.round,
        session: (at(Sessions::COLUMN, 0) - 1.0).max(0.0) as u32,
        leaders: games.at::<Meeting>(0, 0).is_some_and(|meeting| meeting.is(Meets::Leaders)),
        accepted_by: at(AcceptedBy::COLUMN, 0) as usize,
        package,
        moved,
        worth: [at(Worth::COLUMN, 0), at(Worth::COLUMN, 1)],
    }
}

fn pledge(games: &Games, lever: usize) -> Option<Pledge> {
    let at = |column: ColumnId| games.number_of(column, lever, 0);
    let round = at(PledgedAt::COLUMN).filter(|at| is_set(*at))? as u32;
    let promised = Move { lever, from: at(PledgeBase::COLUMN)?, to: at(PledgeGoal::COLUMN)? };
    let (due, delivered, level) = (at(PledgeDue::COLUMN)?, at(PledgeDelivered::COLUMN)?, at(Level::COLUMN)?);
    let delivered = (due > 0.0).then(|| (delivered / due).clamp(0.0, 1.0));
    Some(Pledge { lever, round, promised, level, delivered })
}
