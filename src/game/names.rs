//! Facts with names in place of row numbers, for those who read JSON.

use serde::Serialize;
use serde_json::{Value, json};

use super::document::Fields;
use crate::world::setup::{NOBODY, Setup};
use crate::world::trace::{Fact, Move, Refusal};

/// Who reads.
#[derive(Debug, Clone, Copy)]
pub enum Reader<'a> {
    /// Whoever opens the document of a game; where the levers stood as the session began.
    Document(&'a [f64]),
    /// A program in a seat, which reads of itself and the other.
    Seat(usize),
}

/// The names of a scenario.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    /// The scenario.
    pub setup: &'a Setup,
    /// Who reads them.
    pub reader: Reader<'a>,
}

impl Names<'_> {
    /// What a fact says.
    pub fn of(&self, fact: &Fact) -> Value {
        match fact {
            Fact::Yes(yes) => json!(yes),
            Fact::Nth(n) | Fact::Round(n) | Fact::Span(n) => json!(n),
            Fact::Until(round) => json!(round),
            Fact::Share(x) | Fact::Points(x) => json!(x),
            Fact::Each(points) => value(self.each(*points)),
            Fact::Levels(levels) => value(self.levels(levels)),
            Fact::Party(party) => self.party(*party),
            Fact::Lever(lever) => json!(self.setup.levers[*lever].key),
            Fact::Faction(row) => self.named(&self.setup.factions[*row].key, &self.setup.factions[*row].name),
            Fact::Country(row) => self.named(&self.setup.countries[*row].key, &self.setup.countries[*row].name),
            Fact::Move(moved) => self.moved(moved),
            Fact::Gift(moved) => moved.as_ref().map_or(Value::Null, |moved| self.moved(moved)),
            Fact::Moves(moves) | Fact::Promises(moves) => self.moves(moves),
            Fact::Package(moves) => self.package(moves),
            Fact::Refused(why) => json!(why.map(Refusal::name)),
            Fact::Text(text) => json!(text),
            Fact::Withheld => Value::Null,
        }
    }

    /// A number of each party.
    pub fn each(&self, x: [f64; 2]) -> Fields {
        let mut out = Fields::default();
        for (party, x) in self.setup.parties.iter().zip(x) {
            out.put(&party.key, x);
        }
        out
    }

    /// The level of every lever.
    pub fn levels(&self, levels: &[f64]) -> Fields {
        let mut out = Fields::default();
        for (lever, x) in self.setup.levers.iter().zip(levels) {
            out.put(&lever.key, x);
        }
        out
    }

    fn party(&self, party: usize) -> Value {
        match self.reader {
            _ if party == NOBODY => Value::Null,
            Reader::Document(_) => json!(self.setup.parties[party].key),
            Reader::Seat(seat) => json!(if party == seat { "me" } else { "them" }),
        }
    }

    fn named(&self, key: &str, name: &str) -> Value {
        json!(if matches!(self.reader, Reader::Seat(_)) { name } else { key })
    }

    fn moved(&self, m: &Move) -> Value {
        json!({"lever": self.setup.levers[m.lever].key, "from": m.from, "to": m.to})
    }

    fn moves(&self, moves: &[Move]) -> Value {
        moves.iter().map(|m| self.moved(m)).collect()
    }

    /// What a package moves, for a seat; for a document, all levers' levels once it has.
    fn package(&self, moves: &[Move]) -> Value {
        let Reader::Document(levels) = self.reader else { return self.moves(moves) };
        let mut levels = levels.to_vec();
        for m in moves {
            levels[m.lever] = m.to;
        }
        value(self.levels(&levels))
    }
}

fn value(fields: impl Serialize) -> Value {
    serde_json::to_value(fields).unwrap_or(Value::Null)
}
