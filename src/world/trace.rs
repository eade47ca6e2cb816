//! What happened, as plain facts. `report::tell` puts them into English.

use std::sync::Mutex;

use bevy_ecs::prelude::*;
use serde::{Deserialize, Serialize};

use super::phase::Phase;

/// Something that happened in a told game.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Note {
    /// The round.
    pub round: u32,
    /// The step of the round.
    pub phase: Phase,
    /// The party that did it, if one did.
    pub party: Option<usize>,
    /// What it was.
    pub what: What,
}

/// A lever and the levels it moved between.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Move {
    /// The lever.
    pub lever: usize,
    /// From this level.
    pub from: f64,
    /// To this level.
    pub to: f64,
}

/// Why an offer was refused.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Refusal {
    /// Worth less than waiting.
    BelowReserve,
    /// Worth less than it would ask for next.
    BelowAsk,
    /// A loss, all told.
    Loss,
    /// The proposer itself would not sign it.
    ProposerLoses,
    /// A person or program said no.
    Said,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum What {
    Incident,
    Shock { moved: Move, what: String },
    Strike { faction: usize, moved: Move },
    Replied { moved: Move },
    LetPass,
    Tightened { moved: Move },
    Eased { moved: Move },
    Threatened { due: u32 },
    CarriedOut { moved: Move },
    ClimbedDown,
    Gesture { moved: Option<Move> },
    Praised,
    Brink { slipped: bool },
    CountrySigned { country: usize },
    CountryPunished { country: usize },
    Session { session: u32, leaders: bool, opener: usize, levels: Vec<f64>, reserve: [f64; 2], aspiration: [f64; 2] },
    Offer { exchange: u32, package: Vec<Move>, worth: [f64; 2], asks: f64, reserve: f64, refused: Option<Refusal> },
    NoAgreement { progress: f64 },
    Initialled { package: Vec<Move>, worth: [f64; 2], accepted_by: usize },
    Passed { support: f64, chance: f64 },
    Rejected { support: f64, chance: f64 },
    Signed { leaders: bool, pledges: Vec<Move>, expiry: u32 },
    Reviewed { lever: usize, delivered: f64 },
    Consent { chance: f64, gives: bool },
    Extended { to: u32 },
    Lapsed { moved: Vec<Move>, emergency: u32 },
    Restored { to: u32 },
    NotRestored,
    Invitation { chance: f64, accepts: bool },
    SummitSet { at: u32 },
    SummitOff,
    Photograph { prize: [f64; 2] },
    BrokeDown,
    Conceded { prize: f64 },
    HeldOut { cost: f64 },
}

/// The notebook. Off unless a single game is told; what it holds never reaches a result.
#[derive(Resource, Default)]
pub struct Trace {
    on: bool,
    notes: Mutex<Vec<Note>>,
}

impl Trace {
    /// An open notebook.
    pub fn open() -> Self {
        Trace { on: true, notes: Mutex::default() }
    }
    /// Whether anything is written down.
    #[inline]
    pub fn on(&self) -> bool {
        self.on
    }
    /// Writes a fact down.
    pub fn note(&self, round: u32, phase: Phase, party: Option<usize>, what: What) {
        if self.on {
            self.notes.lock().expect("nobody panics while writing").push(Note { round, phase, party, what });
        }
    }
    /// What was written, in order of round and step; the notebook is empty afterwards.
    pub fn take(&self) -> Vec<Note> {
        let mut notes = std::mem::take(&mut *self.notes.lock().expect("nobody panics while writing"));
        notes.sort_by_key(|n| (n.round, n.phase));
        notes
    }
}
