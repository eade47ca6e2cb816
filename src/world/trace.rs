//! What happened, as plain facts. Each kind is declared once, with who may know which of its facts; `report` puts it
//! into words by the sentences of its catalogue.

use std::sync::Mutex;

use bevy_ecs::prelude::*;
use serde::{Deserialize, Serialize};

use super::fact::notes;
use super::phase::Phase;
use super::setup::NOBODY;

pub use super::fact::{Fact, Move, Refusal};

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

// A fact is its field, its name in documents and sentences where that is another (`as`), what it is, the type that
// holds it, and for whom it is where not for all. What has a default is missing in the first class files.
notes! {
    Incident,
    Shock { moved: Move(Move), what as why: Text(String) },
    Ruled {
        court: Text(String),
        what as about: Text(String),
        against: Yes(bool),
        stayed: Yes(bool),
        moved: Gift(Option<Move>),
    },
    Strike { faction: Faction(usize), moved: Move(Move) },
    Replied { moved: Move(Move) },
    LetPass,
    Tightened { moved: Move(Move) },
    Eased { moved: Move(Move) },
    Threatened { due: Round(u32), #[serde(default = "whole")] size: Share(f64), #[serde(default)] counters: Yes(bool) },
    Yielded { moved: Move(Move) },
    PutOff { to as due: Round(u32) },
    CarriedOut { moved: Move(Move), #[serde(default = "whole")] part: Share(f64) },
    ClimbedDown,
    Gesture { moved: Gift(Option<Move>) },
    Praised,
    Brink { slipped: Yes(bool) },
    Disputed { suspended: Gift(Option<Move>) },
    CountrySigned { country: Country(usize), #[serde(default = "nobody")] with: Party(usize) },
    CountryPunished { country: Country(usize), #[serde(default = "nobody")] punished_by: Party(usize) },
    Session {
        session: Nth(u32),
        leaders: Yes(bool),
        opener: Party(usize),
        levels: Levels(Vec<f64>) for Nobody,
        reserve as waiting_is_worth: Each([f64; 2]) for Nobody,
        aspiration as first_asks: Each([f64; 2]) for Nobody,
    },
    Offer {
        exchange: Nth(u32),
        package: Package(Vec<Move>),
        worth as utilities: Each([f64; 2]),
        asks as hearer_would_ask: Points(f64) for Nobody,
        reserve as hearer_waiting_is_worth: Points(f64) for Nobody,
        refused: Refused(Option<Refusal>),
    },
    NoAgreement { progress: Share(f64) for Mind },
    Initialled {
        package: Package(Vec<Move>),
        worth as utilities: Each([f64; 2]),
        accepted_by: Party(usize) for Nobody, // a seat hears who said yes from whose note it is
    },
    Passed { support: Share(f64) for Own, chance: Share(f64) for Mind },
    Rejected { support: Share(f64) for Own, chance: Share(f64) for Mind },
    Signed { leaders: Yes(bool), pledges: Promises(Vec<Move>), expiry as truce_until: Until(Option<u32>) },
    Reviewed { lever: Lever(usize), delivered: Share(f64) },
    Consent { chance: Share(f64) for Mind, gives: Yes(bool), #[serde(default)] to_restore: Yes(bool) },
    Proposed { ahead: Span(u32) },
    Extended { to as truce_until: Round(u32), #[serde(default)] length: Span(u32), #[serde(default)] ahead: Span(u32) },
    Favour { moved: Move(Move) },
    Lapsed { moved: Moves(Vec<Move>), emergency as emergency_session: Round(u32) },
    Restored { to as truce_until: Round(u32) },
    NotRestored,
    Swapped { call: Yes(bool), moved: Moves(Vec<Move>), until: Round(u32), postponed: Yes(bool) },
    SwapLapsed { moved: Moves(Vec<Move>) },
    Invitation { chance: Share(f64) for Mind, accepts: Yes(bool) },
    SummitSet { at: Round(u32) },
    SummitOff { truce_down: Yes(bool) },
    Photograph { prize: Each([f64; 2]) },
    BrokeDown,
    Conceded { prize: Points(f64) for Nobody },
    HeldOut { cost: Points(f64) for Nobody },
}

/// Whoever it was, where a file does not say.
fn nobody() -> usize {
    NOBODY
}

/// All of it, where a file does not say.
fn whole() -> f64 {
    1.0
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
