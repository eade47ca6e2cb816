//! What pages may know: three types. A page gets one of them and nothing else, so a leak must first be written here.

use super::command::Entrance;
use super::decided::{self, Decided};
use super::lesson::{Card, PhaseKind};
use super::news;
use super::seats::{Holder, Role, Seat};
use super::state::{Side, State};
use crate::report::catalogue::{CardBoth, CardLever, CardMood, CardNothing};
use crate::web::pulse::Lags;
use crate::world::components::{Patience, RatifyBar};
use crate::world::orders::Ask;
use crate::world::setup::Setup;

/// Time and phase of a table.
#[derive(Debug, Clone, Default)]
pub struct Time {
    /// The phase in words.
    pub phase: String,
    /// Its sentence.
    pub note: String,
    /// What is left (ms).
    pub left: u64,
    /// The clock runs.
    pub runs: bool,
    /// The number of the phase.
    pub number: usize,
}

/// Who sits where, in words.
#[derive(Debug, Clone)]
pub struct Chair {
    /// The delegation.
    pub party: String,
    /// The role.
    pub role: String,
    /// Its name in forms.
    pub key: String,
    /// Who plays it.
    pub holder: String,
    /// Whether a person does.
    pub human: bool,
}

/// An issue on the offer board.
#[derive(Debug, Clone)]
pub struct Issue {
    /// Its number.
    pub lever: usize,
    /// Its name.
    pub name: String,
    /// Whose it is.
    pub mine: bool,
    /// Its unit in a few letters.
    pub unit: String,
    /// Numbers on screen are the level times this.
    pub scale: f64,
    /// Where it stands.
    pub now: f64,
    /// Lowest in reach.
    pub low: f64,
    /// Highest in reach.
    pub high: f64,
    /// How far officials can move it in one meeting, where none is held now and they are held to it.
    pub once: Option<f64>,
    /// Our draft, as it would be sent.
    pub ours: f64,
    /// What stands in its field: in a meeting what would be sent, else what was saved.
    pub typed: f64,
    /// Our draft as it was saved, where a meeting would cut it.
    pub beyond: Option<f64>,
    /// The lowest and the highest level that one meeting can bring it to, and what each is worth to us (points a week).
    pub ends: [(f64, f64); 2],
    /// Their last offer.
    pub theirs: Option<f64>,
    /// What our draft is worth to us: in points a week, in a meeting over the life of a deal.
    pub worth: f64,
    /// What theirs is worth to us, in the same points.
    pub worth_theirs: Option<f64>,
    /// What other levels would be worth to us, in the same points, from the lowest that would be sent to the highest.
    pub curve: Vec<(f64, f64)>,
}

/// Their offer, our draft and no deal, in the same points: over the life of a deal, after what signing costs at home.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// Their offer of this meeting.
    pub theirs: Option<f64>,
    /// Our draft, as it would be sent.
    pub ours: Option<f64>,
    /// What waiting is worth.
    pub waiting: f64,
    /// What signing brings beside the levers: prize less cost at home.
    pub beside: f64,
}

/// A group at home, and what it would gain.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// From our draft (points a week).
    pub ours: f64,
    /// From their last offer (points a week).
    pub theirs: Option<f64>,
}

/// A promise as both sides can see it.
#[derive(Debug, Clone)]
pub struct Promise {
    /// The issue.
    pub name: String,
    /// Who promised.
    pub by: String,
    /// Where it was to go.
    pub promised: String,
    /// Where it stands.
    pub stands: String,
    /// What part of what was due the last review found delivered.
    pub delivered: Option<f64>,
}

/// Questions with answers to choose from, and the answers given so far.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Each question and its answers.
    pub items: Vec<(String, Vec<String>)>,
    /// What was answered.
    pub given: Vec<Option<usize>>,
}

/// What a delegation is asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Task {
    /// Nothing.
    Wait(String),
    /// To draft, and say when ready.
    Prepare,
    /// To offer.
    Offer {
        /// The exchange, from 1.
        exchange: u32,
        /// How many a meeting has.
        exchanges: u32,
        /// What waiting is worth.
        waiting: f64,
        /// What the engine would ask for.
        advice: f64,
    },
    /// To answer.
    Answer {
        /// The exchange, from 1.
        exchange: u32,
        /// How many a meeting has.
        exchanges: u32,
        /// What their offer is worth.
        worth: f64,
        /// What waiting is worth.
        waiting: f64,
        /// It is the last word of the session.
        last: bool,
    },
    /// To ratify.
    Ratify {
        /// What it is worth.
        worth: f64,
        /// Support at home.
        support: f64,
        /// The chance of passing if left to the vote.
        chance: f64,
        /// What was initialled.
        package: String,
    },
    /// To extend the truce, or restore it.
    Extend,
    /// To accept the invitation.
    Invitation,
}

/// What one person may see.
#[derive(Debug, Clone)]
pub struct StudentView {
    /// The lesson.
    pub title: String,
    /// What to call them.
    pub nick: String,
    /// Their place, once they have one.
    pub seat: Option<Seat>,
    /// Their delegation.
    pub party: String,
    /// The other one.
    pub other: String,
    /// Phase and time.
    pub time: Time,
    /// What kind of phase it is.
    pub kind: PhaseKind,
    /// Everybody at the table.
    pub chairs: Vec<Chair>,
    /// The brief of the delegation, of the role, what no deal means, and for the leader the card.
    pub brief: Vec<(String, String)>,
    /// Numbers only this role sees.
    pub numbers: Vec<(String, String)>,
    /// The offer board.
    pub issues: Vec<Issue>,
    /// In a meeting, while it is our turn: the offers beside no deal.
    pub scale: Option<Scale>,
    /// What is asked.
    pub task: Task,
    /// Whether this person answers it.
    pub mine: bool,
    /// Whether this person holds the pen.
    pub pen: bool,
    /// The delegation said that its draft stands.
    pub stands: bool,
    /// The game at the table is over.
    pub over: bool,
    /// The people of the delegation, by role, and whether they agree with the draft as it is.
    pub team: Vec<(String, bool)>,
    /// This person agrees.
    pub agrees: bool,
    /// What can be done in public, with what it would do.
    pub stances: Vec<(String, String, String)>,
    /// The one chosen.
    pub stance: String,
    /// What happened, latest first.
    pub history: Vec<String>,
    /// Our own offer of this meeting, and theirs: what it is, who made it and what became of it.
    pub offers: Vec<(String, String)>,
    /// The teacher stopped the clock while the table plays: decisions wait.
    pub paused: bool,
    /// Headlines and messages, latest first.
    pub headlines: Vec<String>,
    /// The delegation's notes.
    pub board: String,
    /// One's own notes.
    pub note: String,
    /// What surprised one.
    pub surprise: String,
    /// The guess of this phase.
    pub guess: Option<u32>,
    /// The forecast.
    pub forecast: Option<u32>,
    /// The engine plays this person's seat.
    pub benched: bool,
    /// The quiz of this phase.
    pub quiz: Asked,
    /// What is asked about oneself.
    pub about: Asked,
    /// The issues this person ranked, the first matters most.
    pub ranking: Vec<usize>,
    /// Prompts for observers, and what this one wrote.
    pub sheet: Vec<(String, String)>,
    /// Groups at home that a package must please; for domestic politics.
    pub groups: Vec<Group>,
    /// What was promised at this table.
    pub promises: Vec<Promise>,
    /// For observers: each issue as the game began and now, as on screens.
    pub levels: Vec<(String, [f64; 2])>,
    /// Until when the truce holds, in words.
    pub truce: String,
    /// The truth is shown.
    pub revealed: bool,
    /// How many times as fast as the wall the class's clocks run.
    pub pace: u64,
    /// A page says that somebody is there every so many milliseconds.
    pub here: u64,
    /// This person may ask the engine for the odds as their side sees them: how often still in this round.
    pub asks: Option<usize>,
    /// Answers of the engine can be read.
    pub answers: bool,
}

/// A table on the wall.
#[derive(Debug, Clone)]
pub struct WallTable {
    /// Phase and time.
    pub time: Time,
    /// What it does, without any content.
    pub doing: String,
    /// How many seats people hold, and how many the engine plays.
    pub seats: [usize; 2],
    /// Who decided so far.
    pub decided: Decided,
    /// The teacher stopped its clock while it plays.
    pub paused: bool,
}

/// What the whole room may see.
#[derive(Debug, Clone)]
pub struct PublicView {
    /// The lesson.
    pub title: String,
    /// Where to go.
    pub address: String,
    /// The join code, where it may be shown.
    pub code: Option<String>,
    /// Each table.
    pub tables: Vec<WallTable>,
    /// Headlines, latest first.
    pub headlines: Vec<String>,
    /// How many joined.
    pub people: usize,
    /// The truth is shown: the charts may be on the wall.
    pub revealed: bool,
    /// How many times as fast as the wall the class's clocks run.
    pub pace: u64,
}

/// A person, for the teacher.
#[derive(Debug, Clone)]
pub struct Attendee {
    /// Their number.
    pub person: usize,
    /// What to call them.
    pub nick: String,
    /// Their place.
    pub seat: Option<Seat>,
    /// Their delegation.
    pub party: String,
    /// Who plays the seat.
    pub holder: &'static str,
    /// Whether they are connected now.
    pub here: bool,
    /// The seat was given to the engine.
    pub benched: bool,
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
    /// Everybody at the table.
    pub chairs: Vec<Chair>,
    /// Where observers of each delegation stand: name in forms, delegation.
    pub observers: Vec<(String, String)>,
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
    /// The people.
    pub rows: Vec<Attendee>,
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
}

/// Phase and time of a table.
pub fn time(state: &State, table: usize, now: u64) -> Time {
    let (place, phase) = (&state.tables[table], state.phase(table));
    Time {
        phase: phase.name.clone(),
        note: phase.note.clone(),
        left: place.clock.left(now),
        runs: place.clock.runs(),
        number: place.phase + 1,
    }
}

/// Everybody at a table.
pub fn chairs(state: &State, table: usize) -> Vec<Chair> {
    let roles = &state.ready.lesson.classroom.roles;
    let seats = [1, 0].into_iter().flat_map(|party| roles.iter().map(move |role| (party, *role)));
    seats
        .map(|(party, role)| {
            let seat = Seat { table, party, role };
            let holder = state.holder(seat);
            let sitting = state.people.iter().filter(|p| p.seat == Some(seat) && p.plays()).count();
            Chair {
                party: state.ready.setup.parties[party].name.clone(),
                role: role.words().into(),
                key: seat.key(),
                holder: if sitting > 1 { format!("● {sitting} people") } else { holder.words().into() },
                human: holder == Holder::Human,
            }
        })
        .collect()
}

/// What the table does, without any content.
fn doing(state: &State, table: usize) -> String {
    let place = &state.tables[table];
    match (state.phase(table).kind, place.table.question()) {
        (PhaseKind::Play { .. }, _) if place.over => "the game is over".into(),
        (PhaseKind::Play { .. }, _) if place.done => "round finished".into(),
        (PhaseKind::Play { .. }, Some(q)) => match q.at.ask {
            Ask::Offer(_) | Ask::Answer(_) => "in talks".into(),
            Ask::Ratify => "a package is before the leaders".into(),
            Ask::Extend => "deciding on the truce".into(),
            Ask::Invitation => "deciding on a summit".into(),
            Ask::Move => "between sessions".into(),
        },
        (PhaseKind::Play { .. }, None) => "in caucus".into(),
        (PhaseKind::Join, _) => "joining".into(),
        (PhaseKind::Brief, _) => "reading briefs".into(),
        (PhaseKind::Debrief, _) => "looking back".into(),
        (PhaseKind::Close, _) => "last questions".into(),
    }
}

/// So many headlines fit on the wall.
const HEADLINES: usize = 8;

/// The room's view.
pub fn public(state: &State, address: &str, now: u64) -> PublicView {
    let setup = &state.ready.setup;
    let tables = (0..state.tables.len()).map(|t| {
        let chairs = chairs(state, t);
        let people = chairs.iter().filter(|c| c.human).count();
        WallTable {
            time: time(state, t, now),
            doing: doing(state, t),
            seats: [people, chairs.len() - people],
            decided: Decided::at(&state.tables[t].table),
            paused: state.paused(t),
        }
    });
    let of = |table: usize, text: &str| format!("Table {}: {text}", table + 1);
    // The teacher's last, then what happened at the tables, the latest week first.
    let own = state.headlines.iter().rev().take(3);
    let mut headlines: Vec<String> = own.map(|(t, text)| t.map_or_else(|| text.clone(), |t| of(t, text))).collect();
    let mut played: Vec<(u32, String)> = vec![];
    for (t, place) in state.tables.iter().enumerate() {
        let signed = |n| decided::headline(setup, &place.table.filed, n);
        played.extend(place.table.notes().filter_map(|n| Some((n.round, of(t, &signed(n)?)))));
    }
    played.sort_by_key(|(round, _)| std::cmp::Reverse(*round));
    headlines.extend(played.into_iter().map(|(_, line)| line));
    headlines.truncate(HEADLINES);
    PublicView {
        title: state.ready.lesson.title.clone(),
        address: address.into(),
        code: Some(state.code.clone()),
        tables: tables.collect(),
        headlines,
        people: state.present().count(),
        revealed: state.revealed,
        pace: 1,
    }
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

/// The teacher's view.
pub fn console(state: &mut State, address: &str, now: u64, here: &dyn Fn(usize) -> bool) -> ConsoleView {
    let public = public(state, address, now);
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
            let (time, chairs, idle) = (time(state, t, now), chairs(state, t), state.idle(t, now));
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
            let observer = |party: usize| Seat { table: t, party, role: Role::Observer }.key();
            let observers = [1, 0].map(|p| (observer(p), setup.parties[p].name.clone())).to_vec();
            let decided = Decided::at(&place.table);
            ConsoleTable { time, waits, next, decided, idle, chairs, observers, truth, history, drafts }
        })
        .collect();
    let mut order: Vec<usize> = (0..state.people.len()).filter(|i| !state.people[*i].gone).collect();
    order.sort_by_key(|i| state.people[*i].seat.is_some()); // who waits is seen first
    let rows = order.into_iter().map(|i| (i, &state.people[i])).map(|(i, p)| Attendee {
        person: i,
        nick: p.nick.clone(),
        seat: p.seat,
        party: p.seat.map_or(String::new(), |s| setup.parties[s.party].name.clone()),
        holder: match (p.seat, p.benched, p.lost) {
            (None, ..) => "waits to be let in",
            (_, true, _) => "▣ engine (by you)",
            (_, _, true) => "◐ away, engine plays",
            _ => "● person",
        },
        here: here(i),
        benched: p.benched,
    });
    ConsoleView {
        rows: rows.collect(),
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
        questions: plan.debrief.clone(),
    }
}
