//! What a command of the teacher's answers: each says what it did, and to how many.

use super::command::{Command, Entrance};
use super::seats::Person;
use super::state::State;
use crate::notation::wording::count;

/// In a sentence, of a class in which the command was just done.
pub fn answered(state: &State, command: &Command) -> String {
    let nick = |i: &usize| state.people.get(*i).map_or("nobody", |p| p.nick.as_str());
    match command {
        Command::Run(t) => match t {
            None => "The clocks of all tables run.".into(),
            Some(t) => format!("The clock of table {} runs.", t + 1),
        },
        Command::Pause(t) => format!("Stopped: {}. Decisions wait, drafting goes on.", tables(*t)),
        Command::More(t, ms) => format!("{} more: {}.", count((*ms / 60_000) as usize, "minute"), tables(*t)),
        Command::Advance(t) => match state.scope(*t).next() {
            Some(first) => format!("Now at {}: {}.", tables(*t), state.phase(first).name),
            None => String::new(),
        },
        Command::Event(card, t) => {
            let name = state.ready.lesson.classroom.events.get(*card).map_or("a card", |card| card.name.as_str());
            format!("Played for {}: {name}. Shown on the wall and sent to {}.", tables(*t), present(state, *t))
        }
        Command::Headline(_, t) => format!("Shown on the wall and sent to {}.", present(state, *t)),
        Command::Message(_, t) => format!("Sent to {}.", present(state, *t)),
        Command::Reveal => "The truth is shown to students.".into(),
        Command::Show(0) => "The wall shows the tables.".into(),
        Command::Show(chart) => format!("The wall shows chart {chart}."),
        Command::Admit(i) | Command::Place(i, _) => match state.people.get(*i).and_then(|p| p.seat) {
            Some(seat) => {
                let party = &state.ready.setup.parties[seat.party].name;
                format!("{}: table {}, {party}, {}.", nick(i), seat.table + 1, seat.role.words())
            }
            None => String::new(),
        },
        Command::Swap(a, b) => format!("{} and {} have changed seats.", nick(a), nick(b)),
        Command::Bench(i) => format!("The engine plays the seat of {}.", nick(i)),
        Command::Unbench(i) => format!("{} has the seat back.", nick(i)),
        Command::Eject(i) => format!("{} is signed out and needs a re-entry code.", nick(i)),
        Command::Clear(i) => format!("What {} wrote is taken off all pages.", nick(i)),
        Command::Remove(i) => format!("{} is removed, the place is free.", nick(i)),
        Command::RemoveFrom(i) => format!("Removed: everybody who joined from number {} on.", i + 1),
        Command::Door(Entrance::Open) => "The door is open.".into(),
        Command::Door(Entrance::Asks) => "Who joins now waits until you let them in.".into(),
        Command::Door(Entrance::Closed) => "The door is closed.".into(),
        _ => String::new(),
    }
}

fn tables(table: Option<usize>) -> String {
    table.map_or("all tables".into(), |t| format!("table {}", t + 1))
}

/// How many people of a table, or of the class, are there.
fn present(state: &State, table: Option<usize>) -> usize {
    let here = |p: &&Person| table.is_none() || p.seat.map(|seat| seat.table) == table;
    state.present().filter(here).count()
}
