//! What a note is made of: facts, each of a sort that says how it is shown and for whom it is.

use serde::{Deserialize, Serialize};

/// A lever and the levels it moved between.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
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
    /// It would hardly pass at home.
    FailsAtHome,
    /// A person or program said no.
    Said,
}

impl Refusal {
    /// Its name in documents and sentences.
    pub fn name(self) -> &'static str {
        match self {
            Refusal::BelowReserve => "below_waiting",
            Refusal::BelowAsk => "below_ask",
            Refusal::Loss => "loss",
            Refusal::ProposerLoses => "proposer_loses",
            Refusal::FailsAtHome => "fails_at_home",
            Refusal::Said => "said_no",
        }
    }
}

/// One fact of a note.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Fact {
    /// Whether it is so.
    Yes(bool),
    /// A place in a row, from 0.
    Nth(u32),
    /// A round.
    Round(u32),
    /// So many rounds.
    Span(u32),
    /// The round until which something holds, if it ever ends.
    Until(Option<u32>),
    /// A chance or a share, 0 to 1.
    Share(f64),
    /// Points.
    Points(f64),
    /// Points of each party, each its own to know.
    Each([f64; 2]),
    /// The level of every lever.
    Levels(Vec<f64>),
    /// A party, or nobody.
    Party(usize),
    /// A lever.
    Lever(usize),
    /// A faction.
    Faction(usize),
    /// A third country.
    Country(usize),
    /// A lever that moved.
    Move(Move),
    /// A lever that moved, or none did.
    Gift(Option<Move>),
    /// Levers that moved.
    Moves(Vec<Move>),
    /// Levers that are to move.
    Promises(Vec<Move>),
    /// Levers that a package would move.
    Package(Vec<Move>),
    /// Why it was refused, if it was.
    Refused(Option<Refusal>),
    /// Words of the scenario's author.
    Text(String),
    /// There is something, and it is another's to know.
    Withheld,
}

impl Fact {
    /// The moves that were made, as it says.
    pub fn moved(&self) -> &[Move] {
        match self {
            Fact::Move(moved) | Fact::Gift(Some(moved)) => std::slice::from_ref(moved),
            Fact::Moves(moved) => moved,
            _ => &[],
        }
    }
}

/// For whom a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// For all.
    All,
    /// For the party whose note it is.
    Own,
    /// For nobody to hear; the party whose note it is can find it in its own mind.
    Mind,
    /// For no party.
    Nobody,
}

/// Makes the kinds of notes from their list: `What` with its fields, `Kind` without, and their facts by name.
macro_rules! notes {
    ($($kind:ident $({
        $($(#[$about:meta])* $field:ident $(as $name:ident)? : $sort:ident($type:ty) $(for $whom:ident)?),* $(,)?
    })?),* $(,)?) => {
        /// What happened.
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #[allow(missing_docs)]
        pub enum What { $($kind $({ $($(#[$about])* $field: $type),* })?),* }

        /// What kind of thing happened.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
        #[serde(rename_all = "snake_case")]
        #[allow(missing_docs)]
        pub enum Kind { $($kind),* }

        impl Kind {
            /// All kinds.
            pub const ALL: &'static [Kind] = &[$(Kind::$kind),*];

            /// One of this kind that says nothing.
            pub fn blank(self) -> What {
                match self { $(Kind::$kind => What::$kind $({ $($field: Default::default()),* })?),* }
            }
        }

        impl What {
            /// Its kind.
            pub fn kind(&self) -> Kind {
                match self { $(What::$kind { .. } => Kind::$kind),* }
            }

            /// Its facts: the name of each, for whom it is, and what it says.
            pub(super) fn facts(&self) -> Vec<(&'static str, $crate::world::fact::For, Fact)> {
                match self {
                    $(What::$kind $({ $($field),* })? => vec![$($((
                        notes!(@name $field $($name)?), notes!(@whom $($whom)?), Fact::$sort(Clone::clone($field)),
                    )),*)?]),*
                }
            }
        }
    };
    (@name $field:ident) => { stringify!($field) };
    (@name $field:ident $name:ident) => { stringify!($name) };
    (@whom) => { $crate::world::fact::For::All };
    (@whom $whom:ident) => { $crate::world::fact::For::$whom };
}
pub(super) use notes;
