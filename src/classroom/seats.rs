//! Seats: durable places at a table that a person or the engine holds, either way at any time.

use serde::{Deserialize, Serialize};

/// The most people in a class.
pub const PEOPLE_MAX: usize = 120;

/// What a person does in a delegation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub enum Role {
    /// Heads the delegation: holds the pen.
    Head,
    /// Ratifies or refuses at home.
    Leader,
    /// Knows technology and controls.
    Technology,
    /// Knows the factions at home.
    Home,
    /// Knows the odds.
    Analyst,
    /// Sees what is public and takes notes.
    Observer,
}

impl Role {
    /// All roles that act.
    pub const ALL: [Role; 5] = [Role::Head, Role::Leader, Role::Technology, Role::Home, Role::Analyst];

    /// In a word.
    pub fn short(self) -> &'static str {
        match self {
            Role::Head => "head",
            Role::Leader => "leader",
            Role::Technology => "technology",
            Role::Home => "home",
            Role::Analyst => "analyst",
            Role::Observer => "observer",
        }
    }

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Role::Head => "head of delegation",
            Role::Leader => "leader at home",
            Role::Technology => "technology and controls",
            Role::Home => "domestic politics",
            Role::Analyst => "analyst",
            Role::Observer => "observer",
        }
    }
}

/// A seat's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Seat {
    /// The table.
    pub table: usize,
    /// The party.
    pub party: usize,
    /// The role.
    pub role: Role,
}

impl Seat {
    /// Its name in forms.
    pub fn key(self) -> String {
        format!("{}-{}-{:?}", self.table, self.party, self.role)
    }

    /// A seat from its name in forms.
    pub fn of_key(key: &str) -> Option<Seat> {
        let mut parts = key.split('-');
        let (table, party, role) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?);
        let role = Role::ALL.into_iter().chain([Role::Observer]).find(|r| format!("{r:?}") == role)?;
        parts.next().is_none().then_some(Seat { table, party, role })
    }
}

/// A person who joined.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Person {
    /// What to call them.
    pub nick: String,
    /// The seat, once they have one.
    pub seat: Option<Seat>,
    /// Hashes of the secrets in their browsers.
    pub tokens: Vec<String>,
    /// Hash of the once-only number of the form they joined with.
    pub form: String,
    /// They left or were sent away: what they did stays, their place is free.
    pub gone: bool,
    /// Hash of a re-entry code that was issued and not used.
    pub code: Option<String>,
    /// Nothing was heard from them for too long.
    pub lost: bool,
    /// The teacher gave their seat to the engine.
    pub benched: bool,
    /// Answers to the quizzes: before, after.
    pub quiz: [Vec<Option<usize>>; 2],
    /// How likely they thought a summit, in percent.
    pub forecast: Option<u32>,
    /// Their notes, for the debrief.
    pub note: String,
    /// What surprised them, in a paragraph.
    pub surprise: String,
    /// Which issues they thought matter most to their government, in secret; the first matters most.
    pub ranking: Vec<usize>,
    /// Where they sat as they ranked them.
    pub ranked_as: Option<Seat>,
    /// Where they sat as they observed.
    pub saw_as: Option<Seat>,
    /// What they observed: an answer to each of the lesson's prompts.
    pub sheet: Vec<String>,
    /// What they said about themselves.
    pub about: Vec<Option<usize>>,
    /// They agreed to what the lesson asks consent for.
    pub consent: bool,
}

impl Person {
    /// Whether their seat is played by them.
    pub fn plays(&self) -> bool {
        !self.lost && !self.benched
    }
}

/// Who plays a seat, for all at the table to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// A person.
    Human,
    /// A person who is away; the engine plays.
    Away,
    /// Nobody: the engine plays.
    Engine,
}

impl Holder {
    /// A sign that does not need colour.
    pub fn sign(self) -> &'static str {
        match self {
            Holder::Human => "●",
            Holder::Away => "◐",
            Holder::Engine => "▣",
        }
    }

    /// In words, with a sign that does not need colour.
    pub fn words(self) -> &'static str {
        match self {
            Holder::Human => "● person",
            Holder::Away => "◐ away, engine plays",
            Holder::Engine => "▣ engine",
        }
    }
}
