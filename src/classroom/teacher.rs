//! What the teacher sees: every table with its seats, one line a person, and what needs a hand.

use super::command::Entrance;
use super::decided::{self, Decided};
use super::lesson::{Card, PhaseKind};
use super::news;
use super::seats::{Holder, Role, Seat};
use super::state::{CHARTS, Side, State};
use super::views::{Time, time};
use super::wall::{PublicView, doing, public};
use crate::notation::wording::count;
use crate::report::catalogue::{CardBoth, CardLever, CardMood, CardNothing};
use crate::web::pulse::Lags;
use crate::world::components::{Patience, RatifyBar};
use crate::world::setup::Setup;

/// A person, for the teacher.
#[derive(Debug, Clone)]
pub struct Attendee {
    /// Their number.
    pub person: usize,
    /// What to call them.
    pub nick: String,
    /// They have a seat.
    pub seated: bool,
    /// Who plays it.
    pub holder: &'static str,
    /// Whether they are connected now.
    pub here: bool,
    /// The seat was given to the engine.
    pub benched: bool,
}

impl Attendee {
    /// Who plays their seat, as a sign.
    pub fn sign(&self) -> String {
        if self.seated { self.holder.chars().take(1).collect() } else { "○".into() }
    }
}

/// A seat of a table, or the place of a delegation's observers, and who sits there.
#[derive(Debug, Clone)]
pub struct Sitting {
    /// Its name in forms.
    pub key: String,
    /// The delegation.
    pub party: String,
    /// The role.
    pub role: Role,
    /// Who plays it.
    pub holder: Holder,
    /// Who sits there.
    pub people: Vec<Attendee>,
}

/// Something that needs the teacher's hand.
#[derive(Debug, Clone, PartialEq)]
pub struct Need {
    /// What it is.
    pub text: String,
    /// The command that helps, what its button says, and the number it is given.
    pub help: Option<(&'static str, &'static str, usize)>,
}

/// A table, for the teacher.
#[derive(Debug, Clone)]
pub struct ConsoleTable {
    /// Phase and time.
    pub time: Time,
    /// What it waits for.
    pub waits: String,
    /// What the game plays next, in words.
    pub next: String,
    /// Who decided so far.
    pub decided: Decided,
    /// For how many minutes nobody of the table has done anything, where that is long.
    pub idle: Option<u64>,
    /// Its seats, one delegation after the other, and its observers.
    pub seats: Vec<Sitting>,
    /// The truth about both sides.
    pub truth: Vec<String>,
    /// What happened, latest first.
    pub history: Vec<String>,
    /// Each delegation's draft and notes.
    pub drafts: Vec<String>,
}

/// What the teacher may see: everything.
#[derive(Debug, Clone)]
pub struct ConsoleView {
    /// What the room sees.
    pub public: PublicView,
    /// The tables.
    pub tables: Vec<ConsoleTable>,
    /// What needs the teacher's hand.
    pub needs: Vec<Need>,
    /// Who has no seat yet.
    pub door: Vec<Attendee>,
    /// How many charts there are to be shown on the wall, once the truth is shown.
    pub charts: usize,
    /// The deck: name, headline.
    pub events: Vec<(String, String)>,
    /// What each card moves.
    pub effects: Vec<String>,
    /// What would be undone, where something can be, and its number in the log.
    pub undo: Option<(u64, String)>,
    /// The truth is shown.
    pub revealed: bool,
    /// The batch is ready.
    pub cloud: bool,
    /// Debrief questions.
    pub questions: Vec<String>,
    /// How long updates took.
    pub lags: Lags,
    /// Who may join.
    pub entrance: Entrance,
    /// The link of the wall.
    pub wall: String,
    /// Why the log cannot be written, while it cannot.
    pub trouble: Option<String>,
    /// At which paces a rehearsal may run; none of a class.
    pub paces: Vec<u64>,
    /// What to do now, for one who rehearses.
    pub guide: String,
}

/// What a card of the deck moves, in words.
fn effect(setup: &Setup, event: &Card) -> String {
    let by = format!("{:+.2}", event.tone).replace('-', "−");
    let mood = (event.tone != 0.0).then(|| CardMood { by: by.into() }.text());
    let lever = event.lever.as_ref().and_then(|(name, steps)| Some((&setup.levers[setup.lever(name)?], *steps)));
    let lever = lever.map(|(lever, steps)| {
        let way = if steps > 0.0 { "friendlier" } else { "harsher" };
        CardLever { lever: lever.name.clone().into(), moves: steps.abs().into(), way: way.into() }.text()
    });
    match (mood, lever) {
        (Some(mood), Some(lever)) => CardBoth { mood: mood.into(), lever: lever.into() }.text(),
        (mood, lever) => mood.or(lever).unwrap_or_else(|| CardNothing {}.text()),
    }
}

/// A delegation's draft and notes, on a line.
fn draft(setup: &Setup, party: usize, side: &Side) -> String {
    let moves = side.draft.iter().map(|(l, x)| format!("{} {}", setup.levers[*l].name, news::level(setup, *l, *x)));
    let moves = moves.collect::<Vec<_>>().join(", ");
    let moves = if moves.is_empty() { "nothing drafted" } else { &moves };
    let ready = if side.ready { ", it stands" } else { "" };
    let board = if side.board.is_empty() { String::new() } else { format!("; notes: {}", side.board) };
    format!("{}: {moves}{ready}{board}", setup.parties[party].name)
}

fn attendee(state: &State, person: usize, here: &dyn Fn(usize) -> bool) -> Attendee {
    let p = &state.people[person];
    let holder = match (p.seat, p.benched, p.lost) {
        (None, ..) => "waits to be let in",
        (_, true, _) => "▣ engine (by you)",
        (_, _, true) => "◐ away, engine plays",
        _ => "● person",
    };
    Attendee { person, nick: p.nick.clone(), seated: p.seat.is_some(), holder, here: here(person), benched: p.benched }
}

/// What a teacher does in the phase of the first table, in a sentence or two.
fn guide(state: &State) -> String {
    let text = match state.phase(0).kind {
        PhaseKind::Join => {
            "Let them join (the code is on the wall), then Next phase for all: close the door if somebody plays tricks."
        }
        PhaseKind::Brief => {
            "They read, rank in secret, and caucus in person. The wall says who sits where. Walk from table to table; the bell, or Next phase for all, begins round 1."
        }
        PhaseKind::Play { .. } => {
            "Both say ready, then they offer, answer and ratify. Look at what needs you above; play a card or a headline; Stop all if you must speak. The bell moves each table on."
        }
        PhaseKind::Debrief => {
            "Reveal the truth, then put the charts on the wall one by one: ask the question above a chart before you explain it."
        }
        PhaseKind::Close => {
            "The questions again, and one paragraph. Then take the debrief home as one file, and wipe the class when you need it no more."
        }
    };
    text.into()
}

/// The seats of a table with who sits there; observers last.
fn seats(state: &State, table: usize, here: &dyn Fn(usize) -> bool) -> Vec<Sitting> {
    let roles = state.ready.lesson.classroom.roles.iter().copied();
    let watch = [Role::Observer];
    let all = [1, 0].into_iter().flat_map(|party| roles.clone().map(move |role| (party, role)));
    let all = all.chain([1, 0].into_iter().flat_map(|party| watch.map(|role| (party, role))));
    all.map(|(party, role)| {
        let seat = Seat { table, party, role };
        let on = (0..state.people.len()).filter(|i| !state.people[*i].gone && state.people[*i].seat == Some(seat));
        Sitting {
            key: seat.key(),
            party: state.ready.setup.parties[party].name.clone(),
            role,
            holder: state.holder(seat),
            people: on.map(|i| attendee(state, i, here)).collect(),
        }
    })
    .collect()
}

/// What needs a hand: who waits at the door, a pen whose people are away, a table that sleeps.
fn needs(state: &State, now: u64) -> Vec<Need> {
    let waits = state.people.iter().enumerate().filter(|(_, p)| !p.gone && p.seat.is_none());
    let mut out: Vec<Need> = waits
        .map(|(i, p)| Need { text: format!("{} waits to be let in", p.nick), help: Some(("admit", "Let in", i)) })
        .collect();
    for table in 0..state.tables.len() {
        let plays = matches!(state.phase(table).kind, PhaseKind::Play { .. }) && !state.tables[table].over;
        for party in [1, 0].into_iter().filter(|_| plays) {
            let head = Seat { table, party, role: Role::Head };
            if state.holder(head) == Holder::Away {
                let pen = state.pen(table, party).map_or("the engine", Role::words);
                let names: Vec<&str> =
                    state.people.iter().filter(|p| p.seat == Some(head)).map(|p| p.nick.as_str()).collect();
                let (names, party) = (names.join(", "), &state.ready.setup.parties[party].name);
                let text = format!("table {}, {party}: {names} is away, the pen is with {pen}", table + 1);
                out.push(Need { text, help: None });
            }
        }
        out.extend(state.idle(table, now).map(|minutes| Need {
            text: format!("table {}: no action for {}", table + 1, count(minutes as usize, "minute")),
            help: None,
        }));
    }
    out
}

/// The teacher's view.
pub fn console(state: &mut State, address: &str, (now, pace): (u64, u64), here: &dyn Fn(usize) -> bool) -> ConsoleView {
    let (public, needs) = (public(state, address, (now, pace)), needs(state, now));
    let ready = state.ready.clone();
    let (setup, plan) = (&ready.setup, &ready.lesson.classroom);
    let tables = (0..state.tables.len())
        .map(|t| {
            let waits = match state.tables[t].table.question() {
                None => doing(state, t),
                Some(q) => {
                    let who = state.answers(t, q.at.party, q.at.ask).map_or("the engine", Role::words);
                    format!("waits for {}, {who}: {}", setup.parties[q.at.party].name, super::played::words(q.at.ask))
                }
            };
            let (time, seats, idle) = (time(state, t, now), seats(state, t, here), state.idle(t, now));
            let place = &mut state.tables[t];
            let standing = place.table.standing();
            let mut truth = vec![format!("tone {:+.2}, progress {:.2}", standing.tone, standing.progress)];
            for p in 0..2 {
                let name = &setup.parties[p].name;
                let (patience, bar) = (place.table.number::<Patience>(p), place.table.number::<RatifyBar>(p));
                truth.push(format!(
                    "{name}: {:.1} points so far, patience {patience:.3}, needs support {bar:.2}, word {:.2}, resolve {:.2}",
                    standing.total[p], standing.word[p], standing.resolve[p]
                ));
            }
            let filed = &place.table.filed;
            let mut history: Vec<String> =
                place.table.notes().filter_map(|n| decided::line(setup, filed, n)).collect();
            history.reverse();
            let drafts = (0..2).rev().map(|p| draft(setup, p, &place.sides[p])).collect();
            let next = match place.table.round() {
                _ if place.over => "the game is over".to_string(),
                round => format!("next is {} (week {} of {})", news::day(setup, round), round + 1, setup.rounds),
            };
            let decided = Decided::at(&place.table);
            ConsoleTable { time, waits, next, decided, idle, seats, truth, history, drafts }
        })
        .collect();
    let door = (0..state.people.len()).filter(|i| !state.people[*i].gone && state.people[*i].seat.is_none());
    let door = door.map(|i| attendee(state, i, here)).collect();
    ConsoleView {
        needs,
        door,
        charts: if state.revealed { CHARTS } else { 0 },
        public,
        tables,
        events: plan.events.iter().map(|e| (e.name.clone(), e.headline.clone())).collect(),
        effects: plan.events.iter().map(|e| effect(setup, e)).collect(),
        undo: None,
        revealed: state.revealed,
        cloud: false,
        lags: Lags::default(),
        entrance: state.entrance,
        wall: String::new(),
        trouble: None,
        paces: vec![],
        guide: guide(state),
        questions: plan.debrief.clone(),
    }
}
