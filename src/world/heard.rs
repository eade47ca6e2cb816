//! What somebody hears of a note. A seat, a room and a reader hear the same note; what is not for them is left out here
//! and nowhere else.

use serde::Serialize;

use super::fact::{Fact, For};
use super::trace::{Kind, Note};

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
