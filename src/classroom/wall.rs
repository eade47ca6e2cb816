//! What the whole room may see on its wall: no secret, by construction.

use super::decided::{self, Decided};
use super::lesson::{Phase, PhaseKind};
use super::news;
use super::notices::{self, Notice};
use super::state::State;
use super::views::{Chair, Time, chairs, time};
use crate::world::orders::Ask;

/// A round of play on the wall's line of time.
#[derive(Debug, Clone, PartialEq)]
pub struct Span {
    /// What it is called.
    pub name: String,
    /// Its first day, and the first day that is no longer of it.
    pub days: [String; 2],
    /// How many of the tables are in it.
    pub here: usize,
    /// All tables have left it behind.
    pub past: bool,
}

/// A table on the wall.
#[derive(Debug, Clone)]
pub struct WallTable {
    /// Phase and time.
    pub time: Time,
    /// What it does, without any content.
    pub doing: String,
    /// Until when its truce holds, in words; nothing where there is none.
    pub truce: String,
    /// For how many minutes nobody of it has done anything, where that is long.
    pub idle: Option<u64>,
    /// How many seats people hold, and how many the engine plays.
    pub seats: [usize; 2],
    /// Who decided so far.
    pub decided: Decided,
    /// The teacher stopped its clock while it plays.
    pub paused: bool,
    /// Who sits where, while briefs are read: only for the wall of the room.
    pub plan: Vec<Chair>,
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
    /// What to do now, where all tables are in one phase, and the lesson's note on it.
    pub now: Option<(String, String)>,
    /// The rounds of play.
    pub line: Vec<Span>,
    /// Each table.
    pub tables: Vec<WallTable>,
    /// Headlines, latest first.
    pub headlines: Vec<String>,
    /// What asks for attention.
    pub notices: Vec<Notice>,
    /// How many joined.
    pub people: usize,
    /// The truth is shown: the charts may be on the wall.
    pub revealed: bool,
    /// What the teacher put on the wall, and after which command: a chart, from 1, or the tables.
    pub shown: Option<(u64, usize)>,
    /// How many times as fast as the wall the class's clocks run.
    pub pace: u64,
}

/// What the table does, without any content.
pub fn doing(state: &State, table: usize) -> String {
    let place = &state.tables[table];
    match (state.phase(table).kind, place.table.question()) {
        (PhaseKind::Play { .. }, _) if place.over => "the game is over".into(),
        (PhaseKind::Play { .. }, _) if place.done => "round finished".into(),
        (PhaseKind::Play { .. }, Some(q)) => match q.at.ask {
            Ask::Offer(e) | Ask::Answer(e) => {
                format!("in talks, offer {} of {}", e + 1, state.ready.setup.scenario.talks.exchanges.get())
            }
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

/// So many headlines fit on the wall beside two tables; two tables more take the room of three, down to two.
const HEADLINES: usize = 8;

/// The room's view.
pub fn public(state: &State, address: &str, (now, pace): (u64, u64)) -> PublicView {
    let setup = &state.ready.setup;
    let tables = (0..state.tables.len()).map(|t| {
        let plan = state.phase(t).kind == PhaseKind::Brief;
        let chairs = chairs(state, t, |_| plan);
        let people = chairs.iter().filter(|c| c.human).count();
        WallTable {
            time: time(state, t, now),
            doing: doing(state, t),
            truce: news::truce(setup, &state.tables[t].table),
            idle: state.idle(t, now),
            seats: [people, chairs.len() - people],
            decided: Decided::at(&state.tables[t].table),
            paused: state.paused(t),
            plan: if plan { chairs } else { vec![] },
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
    headlines.truncate(HEADLINES.saturating_sub(state.tables.len().saturating_sub(2) * 3 / 2).max(2));
    PublicView {
        title: state.ready.lesson.title.clone(),
        address: address.into(),
        code: Some(state.code.clone()),
        now: together(state),
        line: line(state),
        tables: tables.collect(),
        headlines,
        people: state.present().count(),
        notices: notices::of_wall(state, (now, pace)),
        revealed: state.revealed,
        shown: state.shown.filter(|_| state.revealed),
        pace,
    }
}

/// What to do now, where all tables are in one phase, and the lesson's note on it.
fn together(state: &State) -> Option<(String, String)> {
    let first = state.tables.first()?;
    state.tables.iter().all(|place| place.phase == first.phase).then_some(())?;
    let Phase { kind, note, .. } = state.phase(0);
    let all = |is: &dyn Fn(usize) -> bool| (0..state.tables.len()).all(is);
    let what = match kind {
        PhaseKind::Join => "Join, and answer the questions on your phone.",
        PhaseKind::Brief => "Read your brief, rank the issues in secret, and agree on a first draft.",
        PhaseKind::Play { .. } if all(&|t| state.tables[t].done) => "The round is over. What would you do otherwise?",
        PhaseKind::Play { .. } if all(&|t| !state.tables[t].playing && !state.tables[t].done) => {
            "Agree on a draft and a public line; the head says ready."
        }
        PhaseKind::Play { .. } => "Offer, answer, and settle it at home: who is asked decides.",
        PhaseKind::Debrief => "Look back: one chart, one question.",
        PhaseKind::Close => "Answer the questions once more, and write one paragraph.",
    };
    Some((what.into(), note.clone()))
}

/// The rounds of play with their days.
fn line(state: &State) -> Vec<Span> {
    let (setup, phases) = (&state.ready.setup, &state.ready.lesson.classroom.phases);
    let mut from = 0;
    let spans = phases.iter().enumerate().filter_map(|(n, phase)| {
        let PhaseKind::Play { until } = phase.kind else { return None };
        let days = [from, until].map(|week| news::day(setup, week));
        from = until;
        let here = state.tables.iter().filter(|place| place.phase == n).count();
        let past = state.tables.iter().all(|place| place.phase > n);
        Some(Span { name: phase.name.clone(), days, here, past })
    });
    spans.collect()
}
