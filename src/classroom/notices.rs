//! What asks for attention: a message, a new phase, a pause, the last minute. It stands at the edge of a page until it is
//! over or is put away there.

use super::lesson::{Phase, PhaseKind};
use super::seats::Seat;
use super::state::State;

/// For so long a message is shown at the edge of a page (ms of the class's clock).
const FRESH: u64 = 300_000;
/// A phase that lasts no longer than this has no last minute (minutes).
const SHORT: u64 = 1;

/// What a notice is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// The teacher's message.
    Message,
    /// A phase that began.
    Phase,
    /// A pause, or a seat that was given to the engine.
    Stop,
    /// The last minute of a phase.
    Last,
}

impl Of {
    /// Its name in the style sheet.
    pub fn key(self) -> &'static str {
        match self {
            Of::Message => "message",
            Of::Phase => "phase",
            Of::Stop => "stop",
            Of::Last => "last",
        }
    }
}

/// Something that asks for attention.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// What it is of.
    pub of: Of,
    /// Its name on the page: what was put away there is known by it.
    pub key: String,
    /// What it says.
    pub text: String,
    /// The clock whose last minute it tells: what is left (ms), and whether it runs.
    pub clock: Option<(u64, bool)>,
}

impl Notice {
    fn new(of: Of, key: String, text: impl Into<String>) -> Notice {
        Notice { of, key, text: text.into(), clock: None }
    }

    /// Whether it is said now; of the last minute a page with a script decides for itself as time passes.
    pub fn is_due(&self) -> bool {
        self.clock.is_none_or(|(left, runs)| runs && left <= 60_000 && left > 0)
    }
}

/// For somebody who joined: at their table, where they have a seat.
pub fn of_person(state: &State, seat: Option<Seat>, benched: bool, (now, pace): (u64, u64)) -> Vec<Notice> {
    let mut out: Vec<Notice> = message(state, seat.map(|s| s.table), (now, pace)).into_iter().collect();
    let Some(Seat { table, .. }) = seat else { return out };
    if benched {
        out.push(Notice::new(Of::Stop, "seat".into(), "The engine plays your seat. Ask your teacher to have it back."));
    }
    if state.paused(table) {
        out.push(Notice::new(
            Of::Stop,
            "pause".into(),
            "Your teacher paused the class: go on drafting. Decisions wait until the clock runs.",
        ));
    }
    out.extend(phase(state, table, |phase| if phase.note.is_empty() { &phase.name } else { &phase.note }));
    out.extend(last(state, table, now, ""));
    out
}

/// For the wall of the room.
pub fn of_wall(state: &State, (now, pace): (u64, u64)) -> Vec<Notice> {
    let mut out: Vec<Notice> = message(state, None, (now, pace)).into_iter().collect();
    let all = 0..state.tables.len();
    let together = |f: &dyn Fn(usize) -> (usize, u64)| all.clone().all(|t| f(t) == f(0));
    if !all.is_empty() && all.clone().all(|t| state.paused(t)) {
        out.push(Notice::new(Of::Stop, "pause".into(), "Paused: decisions wait, drafting goes on."));
    }
    if together(&|t| (state.tables[t].phase, 0)) {
        out.extend(phase(state, 0, |phase| &phase.name).filter(|_| !all.is_empty()));
    }
    if together(&|t| (state.tables[t].phase, state.tables[t].clock.left(now) / 1000)) {
        out.extend(last(state, 0, now, "").filter(|_| !all.is_empty()));
    } else {
        out.extend(all.filter_map(|t| last(state, t, now, &format!("Table {}: ", t + 1))));
    }
    out
}

/// The teacher's last message to all, or to this table, while it is fresh.
fn message(state: &State, table: Option<usize>, (now, pace): (u64, u64)) -> Option<Notice> {
    let said = state.messages.iter().zip(&state.said_at).rev();
    let mut here = said.filter(|((to, _), _)| to.is_none() || *to == table);
    let ((_, text), at) = here.next()?;
    let fresh = now.saturating_sub(*at) < FRESH * pace;
    fresh.then(|| Notice::new(Of::Message, format!("m{at}"), format!("Your teacher: {text}")))
}

/// The phase of a table, from the second on: by what the page does not say of it elsewhere.
fn phase(state: &State, table: usize, what: fn(&Phase) -> &String) -> Option<Notice> {
    let number = state.tables.get(table)?.phase;
    (number > 0).then(|| Notice::new(Of::Phase, format!("p{table}-{number}"), what(state.phase(table)).as_str()))
}

/// The last minute of a table's phase.
fn last(state: &State, table: usize, now: u64, whose: &str) -> Option<Notice> {
    let place = state.tables.get(table)?;
    let phase = state.phase(table);
    if phase.minutes <= SHORT {
        return None;
    }
    let what = match phase.kind {
        PhaseKind::Play { .. } if !place.done => "the last minute of the round: at the bell the last draft counts",
        PhaseKind::Play { .. } => "the last minute of the round",
        PhaseKind::Join => "the last minute to join",
        PhaseKind::Brief => "the last minute of the caucus",
        PhaseKind::Debrief | PhaseKind::Close => "the last minute",
    };
    let text = if whose.is_empty() { crate::report::words::capital(what) } else { format!("{whose}{what}") };
    let clock = Some((place.clock.left(now), place.clock.runs()));
    Some(Notice { clock, ..Notice::new(Of::Last, format!("l{table}-{}", place.phase), text + ".") })
}
