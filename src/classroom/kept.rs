//! What a class's file keeps beside the log: each week as it was played, and the class as it stood then. A program of
//! another model would play the log to another end; it reads these.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::command::{Command, Entry};
use super::countdown::Countdown;
use super::lesson::Ready;
use super::played::{Filed, PlayedGame};
use super::seats::Person;
use super::state::{Place, Side, State};
use crate::error::Error;
use crate::game::log::{Held, Push};
use crate::game::told::{Agreement, Book, Standing};
use crate::world::dice::Key;
use crate::world::state::State as Game;
use crate::world::trace::Note;

/// A week of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Week {
    /// What happened.
    pub notes: Vec<Note>,
    /// Where things stood after it.
    pub standing: Standing,
    /// What was signed.
    pub agreements: Vec<Agreement>,
    /// The state at its start.
    pub state: Game,
}

/// A class without its weeks.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Stood {
    seed: u64,
    code: String,
    session: String,
    keys: Vec<String>,
    people: Vec<Person>,
    headlines: Vec<(Option<usize>, String)>,
    messages: Vec<(Option<usize>, String)>,
    revealed: bool,
    tables: Vec<Stand>,
}

/// A table without its weeks.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Stand {
    phase: usize,
    clock: Countdown,
    sides: [Side; 2],
    playing: bool,
    done: bool,
    over: bool,
    held: Vec<Held>,
    filed: Vec<Filed>,
    pushes: Vec<Push>,
    now: Game,
}

/// The weeks that a table has played, from one on.
pub fn weeks(table: &PlayedGame, from: usize) -> Vec<Week> {
    let book = table.book();
    let in_week = |round: u32, week: usize| round as usize == week;
    let week = |week: usize| Week {
        notes: book.notes.iter().filter(|note| in_week(note.round, week)).cloned().collect(),
        standing: book.rounds[week].clone(),
        agreements: book.agreements.iter().filter(|signed| in_week(signed.round, week)).cloned().collect(),
        state: table.states[week].clone(),
    };
    (from..table.states.len()).map(week).collect()
}

/// A class as it stands, without its weeks.
pub fn stood(state: &State) -> Stood {
    let stand = |place: &Place| Stand {
        phase: place.phase,
        clock: place.clock,
        sides: place.sides.clone(),
        playing: place.playing,
        done: place.done,
        over: place.over,
        held: place.table.held.clone(),
        filed: place.table.filed.clone(),
        pushes: place.table.pushes.clone(),
        now: place.table.state().clone(),
    };
    Stood {
        seed: state.seed,
        code: state.code.clone(),
        session: state.session.clone(),
        keys: state.keys.clone(),
        people: state.people.clone(),
        headlines: state.headlines.clone(),
        messages: state.messages.clone(),
        revealed: state.revealed,
        tables: state.tables.iter().map(stand).collect(),
    }
}

/// The class of another model: as it was kept, and with what was said since; nothing is played.
pub fn closed(
    ready: Arc<Ready>,
    kept: Option<(u64, Stood)>,
    weeks: &[Vec<Week>],
    entries: &[Entry],
) -> Result<State, Error> {
    let mut state = State { closed: true, ..State::new(ready.clone()) };
    let mut seen = 0;
    if let Some((number, stood)) = kept {
        seen = number;
        let key = Key::of_seed(stood.seed);
        let stands = stood.tables.into_iter().enumerate();
        let places = stands.map(|(t, stand)| place(&ready, key, stand, weeks.get(t).map_or(&[][..], Vec::as_slice)));
        state.tables = places.collect::<Result<_, _>>()?;
        (state.seed, state.code, state.session) = (stood.seed, stood.code, stood.session);
        (state.keys, state.people, state.revealed) = (stood.keys, stood.people, stood.revealed);
        (state.headlines, state.messages) = (stood.headlines, stood.messages);
        state.said_at = vec![0; state.messages.len()];
        state.version = number;
    }
    let undone = |entry: &Entry| entries.iter().any(|e| matches!(e.command, Command::Undo(n) if n == entry.number));
    entries.iter().filter(|entry| entry.number > seen && !undone(entry)).for_each(|entry| state.apply(entry));
    Ok(state)
}

fn place(ready: &Ready, key: Key, stand: Stand, weeks: &[Week]) -> Result<Place, Error> {
    let Stand { phase, clock, sides, playing, done, over, held, filed, pushes, now } = stand;
    let book = Book {
        notes: weeks.iter().flat_map(|week| week.notes.clone()).collect(),
        rounds: weeks.iter().map(|week| week.standing.clone()).collect(),
        agreements: weeks.iter().flat_map(|week| week.agreements.clone()).collect(),
    };
    let states: Vec<Game> = weeks.iter().map(|week| week.state.clone()).collect();
    let table = PlayedGame::written(&ready.setup, key, (&now, &states), book, (held, filed, pushes))?;
    Ok(Place { table, phase, clock, sides, playing, done, over, acted: 0 })
}
