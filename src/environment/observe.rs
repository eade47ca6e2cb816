//! The numbers that a seat observes, filled a column at a time for all the games that ask it.

use crate::game::sight::{InSight, Sight};
use crate::world::components::{ResolveLost, ResolveShown, WordBroken, WordKept};
use crate::world::maths::believed;
use crate::world::orders::{About, Ask, Question, Room};
use crate::world::rows::{Party, Value, is_set};
use crate::world::setup::NOBODY;

/// Where a number comes from.
#[derive(Debug, Clone, Copy)]
pub enum From {
    /// The share of so many rounds that is played.
    Time(f64),
    /// A component as it stands; of this seat's row or the other's where that is said.
    Column { lane: fn(Sight, usize, &mut Cells), row: usize, of_other: Option<bool> },
    /// Rounds until the round that a component names.
    Ahead { lane: fn(Sight, usize, &mut Cells), row: usize, of_other: Option<bool> },
    /// Rounds until this round; below 0 where there is none.
    Until(f64),
    /// How far pledges are believed.
    Word { other: bool },
    /// How far threats are believed.
    Resolve { other: bool },
    /// What it believes of a type.
    Belief { types: usize, of: usize },
    /// Whose a lever is.
    Mine(usize),
    /// What it is asked.
    Topic(Topic),
    /// A part of the question.
    Part(Part),
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// A move between sessions.
    Move,
    /// An offer.
    Offer,
    /// An answer.
    Answer,
    /// A vote at home.
    Ratify,
    /// A summit.
    Summit,
    /// The truce.
    Truce,
}

impl Topic {
    /// All of them: its name, and what is asked.
    pub const ALL: [(Topic, &str, &str); 6] = [
        (Topic::Move, "move", "what to do between sessions"),
        (Topic::Offer, "offer", "what to offer"),
        (Topic::Answer, "answer", "whether to take an offer"),
        (Topic::Ratify, "ratify", "whether the package passes at home"),
        (Topic::Summit, "summit", "whether to meet at a summit"),
        (Topic::Truce, "truce", "whether to extend or restore the truce"),
    ];

    /// Of a question.
    pub fn of(ask: Ask) -> Topic {
        match ask {
            Ask::Move => Topic::Move,
            Ask::Offer(_) => Topic::Offer,
            Ask::Answer(_) => Topic::Answer,
            Ask::Ratify => Topic::Ratify,
            Ask::Invitation => Topic::Summit,
            Ask::Extend => Topic::Truce,
        }
    }
}

/// A part of a question.
#[derive(Debug, Clone, Copy)]
pub enum Part {
    /// The share of so many exchanges that is done.
    Exchange(f64),
    /// It is the last exchange.
    Last,
    /// What waiting is worth.
    Waiting,
    /// What its strategy would ask for.
    Advice,
    /// What signing brings beside the levers.
    Beside,
    /// What the package is worth.
    Worth,
    /// The chance of a yes.
    Chance,
    /// Support at home.
    Support,
    /// Whether a lever is open.
    Open(usize),
    /// A level of the grid of its room.
    Room(usize, usize),
    /// Its level in the package.
    Offered(usize),
    /// What a level of the grid is worth.
    Worths(usize, usize),
}

/// Cells of one number, of the games that are filled.
pub struct Cells<'a> {
    out: &'a mut [f32],
    width: usize,
    at: usize,
    games: &'a [usize],
    /// Rounds until the round that a number names: the round now, where that is asked for.
    now: Option<f64>,
}

impl Cells<'_> {
    fn put(&mut self, game: usize, x: f64) {
        let x = match self.now {
            None if is_set(x) => x,
            None => 0.0,
            Some(now) if is_set(x) && x >= now => x - now,
            Some(_) => -1.0,
        };
        self.out[game * self.width + self.at] = x as f32;
    }

    fn each(&mut self, of: impl Fn(usize) -> f64) {
        for game in self.games {
            self.put(*game, of(*game));
        }
    }

    fn lane<T: Value>(&mut self, lane: Option<&[T]>) {
        match lane {
            Some(lane) => self.each(|game| lane[game].number()),
            None => self.each(|_| f64::NAN),
        }
    }
}

/// The seat's own row of a component.
pub fn own<T: Value<Kind = Party>>(sight: Sight, _: usize, cells: &mut Cells) {
    cells.lane(sight.own::<T>());
}

/// A row of a component that is public.
pub fn public<T: InSight>(sight: Sight, row: usize, cells: &mut Cells) {
    cells.lane(sight.public::<T>(row));
}

/// Fills the rows of some games of a seat: `asked` is what each of them is asked, if anything.
pub fn fill(from: &[From], sight: Sight, rounds: u32, games: &[usize], asked: &[Option<Question>], out: &mut [f32]) {
    let (width, now) = (from.len(), f64::from(sight.round()));
    let party = |other: bool| if other { 1 - sight.seat } else { sight.seat };
    for (at, from) in from.iter().enumerate() {
        let mut cells = Cells { out, width, at, games, now: None };
        match *from {
            From::Time(rounds) => cells.each(|_| now / rounds),
            From::Column { lane, row, of_other } => lane(sight, of_other.map_or(row, party), &mut cells),
            From::Ahead { lane, row, of_other } => {
                cells.now = Some(now);
                lane(sight, of_other.map_or(row, party), &mut cells);
                cells.now = None;
                beyond(&mut cells, f64::from(rounds) - now);
            }
            From::Until(round) => {
                cells.now = Some(now);
                cells.each(|_| round);
                cells.now = None;
                beyond(&mut cells, f64::from(rounds) - now);
            }
            From::Word { other } => {
                trust(sight.public::<WordKept>(party(other)), sight.public::<WordBroken>(party(other)), &mut cells)
            }
            From::Resolve { other } => {
                trust(
                    sight.public::<ResolveShown>(party(other)),
                    sight.public::<ResolveLost>(party(other)),
                    &mut cells,
                );
            }
            From::Belief { types, of } => cells.lane(sight.belief(types, of)),
            From::Mine(NOBODY) => cells.each(|_| 0.0),
            From::Mine(holder) => cells.each(|_| if holder == sight.seat { 1.0 } else { -1.0 }),
            From::Topic(topic) => {
                cells.each(|game| f64::from(asked[game].as_ref().is_some_and(|q| Topic::of(q.at.ask) == topic)));
            }
            From::Part(part) => {
                cells.each(|game| asked[game].as_ref().map_or(0.0, |question| of_question(question, part)))
            }
        }
    }
}

/// What is named for a round after the last does not come.
fn beyond(cells: &mut Cells, left: f64) {
    for game in cells.games {
        let x = &mut cells.out[game * cells.width + cells.at];
        if f64::from(*x) >= left {
            *x = -1.0;
        }
    }
}

fn trust<A: InSight, B: InSight>(kept: Option<&[A]>, broken: Option<&[B]>, cells: &mut Cells) {
    if let (Some(kept), Some(broken)) = (kept, broken) {
        cells.each(|game| believed(kept[game].number(), broken[game].number()));
    } else {
        cells.each(|_| f64::NAN);
    }
}

fn of_question(question: &Question, part: Part) -> f64 {
    let (rooms, package): (&[Room], &[(usize, f64)]) = match &question.about {
        About::Turn(rooms) => (rooms, &[]),
        About::Answer { room, package, .. } => (room, package),
        _ => (&[], &[]),
    };
    let room = |lever: usize| rooms.iter().find(|room| room.lever == lever);
    match part {
        Part::Exchange(all) => match question.at.ask {
            Ask::Offer(e) | Ask::Answer(e) => f64::from(e) / all,
            _ => 0.0,
        },
        Part::Last => f64::from(matches!(question.about, About::Answer { last: true, .. })),
        Part::Waiting => question.reserve,
        Part::Advice => question.advice,
        Part::Beside => question.beside,
        Part::Worth => match question.about {
            About::Answer { worth, .. } | About::Package { worth, .. } => worth,
            _ => 0.0,
        },
        Part::Chance => match question.about {
            About::Package { chance, .. } | About::Chance(chance) => chance,
            _ => 0.0,
        },
        Part::Support => {
            if let About::Package { support, .. } = question.about {
                support
            } else {
                0.0
            }
        }
        Part::Open(lever) => f64::from(room(lever).is_some()),
        Part::Room(lever, step) => room(lever).map_or(0.0, |room| room.levels[step]),
        Part::Offered(lever) => package.iter().find(|(l, _)| *l == lever).map_or(0.0, |(_, level)| *level),
        Part::Worths(lever, step) => room(lever).map_or(0.0, |room| room.worth[step]),
    }
}
