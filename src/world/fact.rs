//! What a note is made of: facts, each of a sort that says how it is shown and for whom it is.
//!
//! A seat, a room and a reader hear the same note; what is not for them is left out here and nowhere else.

use serde::{Deserialize, Serialize};

use super::trace::{Kind, Note};

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

/// Who hears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hearer {
    /// A reader of the whole game.
    Reader,
    /// A seat at the table.
    Seat(usize),
    /// A seat that looks into its own mind as well.
    Mind(usize),
    /// Both sides at once: what was public.
    Room,
}

/// A note as somebody hears it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Heard {
    /// The round.
    pub round: u32,
    /// The party that did it, if one did.
    pub party: Option<usize>,
    /// What kind of thing it was.
    pub what: Kind,
    /// What is told of it, by name.
    pub facts: Vec<(&'static str, Fact)>,
}

impl Heard {
    /// The fact of that name.
    pub fn fact(&self, name: &str) -> Option<&Fact> {
        self.facts.iter().find(|(n, _)| *n == name).map(|(_, fact)| fact)
    }
}

impl Note {
    /// What somebody hears of it.
    pub fn heard(&self, hearer: Hearer) -> Heard {
        let told = self.what.facts().into_iter();
        let facts = told.filter_map(|(name, whom, fact)| Some((name, for_whom(hearer, self.party, whom, fact)?)));
        Heard { round: self.round, party: self.party, what: self.what.kind(), facts: facts.collect() }
    }
}

/// A fact as a hearer hears it, if at all.
fn for_whom(hearer: Hearer, party: Option<usize>, whom: For, fact: Fact) -> Option<Fact> {
    let (seat, mind) = match hearer {
        Hearer::Reader => return Some(fact),
        Hearer::Seat(seat) => (Some(seat), false),
        Hearer::Mind(seat) => (Some(seat), true),
        Hearer::Room => (None, false),
    };
    match (whom, fact) {
        (For::Nobody, _) => None,
        (For::Mind, _) if !mind => None,
        (For::Own | For::Mind, _) if seat.is_none() || seat != party => Some(Fact::Withheld),
        (_, Fact::Each(points)) => Some(seat.map_or(Fact::Withheld, |seat| Fact::Points(points[seat]))),
        (_, fact) => Some(fact),
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::phase::Phase;
    use crate::world::trace::What;

    fn note(what: What) -> Note {
        Note { round: 3, phase: Phase::Ratify, party: Some(1), what }
    }

    #[test]
    fn a_seat_hears_its_own_and_never_the_others() {
        let vote = note(What::Passed { support: 0.7, chance: 0.9 });
        let facts = |hearer| vote.heard(hearer).facts;
        assert_eq!(facts(Hearer::Reader), [("support", Fact::Share(0.7)), ("chance", Fact::Share(0.9))]);
        assert_eq!(facts(Hearer::Seat(1)), [("support", Fact::Share(0.7))]);
        assert_eq!(facts(Hearer::Mind(1)), facts(Hearer::Reader));
        assert_eq!(facts(Hearer::Mind(0)), [("support", Fact::Withheld), ("chance", Fact::Withheld)]);
        for other in [Hearer::Seat(0), Hearer::Room] {
            assert_eq!(facts(other), [("support", Fact::Withheld)]);
        }
        let photograph = note(What::Photograph { prize: [1.0, 2.0] });
        assert_eq!(photograph.heard(Hearer::Seat(0)).facts, [("prize", Fact::Points(1.0))]);
        assert_eq!(photograph.heard(Hearer::Room).facts, [("prize", Fact::Withheld)]);
    }
}
