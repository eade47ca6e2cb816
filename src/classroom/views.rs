//! What a person's page may know, and what every page says of a table. A page gets this, the wall's view (`wall`) or the
//! teacher's (`teacher`) and nothing else, so a leak must first be written there.

use super::history::Week;
use super::lesson::PhaseKind;
use super::notices::Notice;
use super::seats::{Holder, Seat};
use super::state::State;

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
    /// The role in a word.
    pub short: &'static str,
    /// Who plays it.
    pub holder: String,
    /// What the people who sit there are called, where the reader may know it.
    pub names: Vec<String>,
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
    /// What happened, week by week, latest first.
    pub history: Vec<Week>,
    /// What changed in the round that was played last.
    pub changed: Vec<String>,
    /// The round is over at this table: while others play there is something to do.
    pub finished: bool,
    /// Our own offer of this meeting, and theirs: what it is, who made it and what became of it.
    pub offers: Vec<(String, String)>,
    /// The teacher stopped the clock while the table plays: decisions wait.
    pub paused: bool,
    /// Headlines and messages, latest first.
    pub headlines: Vec<String>,
    /// What asks for attention.
    pub notices: Vec<Notice>,
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

/// Everybody at a table; the names of a delegation are for those who may know them.
pub fn chairs(state: &State, table: usize, may_know: impl Fn(usize) -> bool) -> Vec<Chair> {
    let roles = &state.ready.lesson.classroom.roles;
    let seats = [1, 0].into_iter().flat_map(|party| roles.iter().map(move |role| (party, *role)));
    seats
        .map(|(party, role)| {
            let seat = Seat { table, party, role };
            let holder = state.holder(seat);
            let sitting = state.people.iter().filter(|p| p.seat == Some(seat) && p.plays()).count();
            let sits = state.people.iter().filter(|p| p.seat == Some(seat) && may_know(party));
            Chair {
                party: state.ready.setup.parties[party].name.clone(),
                role: role.words().into(),
                short: role.short(),
                holder: if sitting > 1 { format!("● {sitting} people") } else { holder.words().into() },
                names: sits.map(|p| p.nick.clone()).collect(),
                human: holder == Holder::Human,
            }
        })
        .collect()
}
