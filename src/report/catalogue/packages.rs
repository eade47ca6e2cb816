//! A package in words: what it offers, what it asks for, what it would tighten.

use super::{PackageNothing, PackagePart};
use crate::report::words::{Words, clauses};
use crate::world::setup::NOBODY;
use crate::world::trace::Move;

impl Words<'_> {
    /// A package as party p puts it: what it offers, what it asks for, what it would tighten.
    pub fn package(&self, p: usize, moves: &[Move], most: usize) -> String {
        self.clauses("them", p, moves, most)
    }

    /// A package of the reader's own, who plays party p: "offer ..; ask for ..".
    pub fn own_package(&self, p: usize, moves: &[Move]) -> String {
        self.clauses("me", p, moves, usize::MAX - 1)
    }

    fn clauses(&self, by: &'static str, p: usize, moves: &[Move], most: usize) -> String {
        let group = |m: &Move| match (self.setup.levers[m.lever].holder, self.opens(m)) {
            (NOBODY, _) => "pie",
            (h, true) if h == p => "offers",
            (_, true) => "asks",
            (h, false) if h == p => "tightens",
            (_, false) => "lets",
        };
        let mut said = vec![];
        for name in ["pie", "offers", "asks", "tightens", "lets"] {
            let list: Vec<Move> = moves.iter().filter(|m| group(m) == name).copied().collect();
            if !list.is_empty() {
                let moves = self.moves(&list, most).into();
                said.push(PackagePart { group: name.into(), by: by.into(), moves }.text());
            }
        }
        if said.is_empty() { PackageNothing { by: by.into() }.text() } else { clauses(&said) }
    }
}
