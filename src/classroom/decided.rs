//! Who decided at a table: people, the draft that stood at the bell, the engine at the bell, or the engine. A seat that
//! the engine holds is never asked, so what it decided is read from what happened.

use std::collections::BTreeSet;

use super::news;
use super::played::{By, Filed, PlayedGame};
use crate::world::orders::{Ask, At, Order};
use crate::world::setup::Setup;
use crate::world::trace::{Note, What};

/// How many decisions of a table were made by whom. To do nothing in public is none: nobody sees when the engine does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Decided {
    /// By people.
    pub people: usize,
    /// By the draft that stood when the bell rang.
    pub draft: usize,
    /// By the engine, because nobody had decided when the bell rang.
    pub bell: usize,
    /// By the engine, for an empty or lost seat.
    pub engine: usize,
}

impl Decided {
    /// At a table so far.
    pub fn at(table: &PlayedGame) -> Decided {
        Decided::of(&table.filed, table.notes())
    }

    /// Of these decisions and of what happened.
    pub fn of<'a>(filed: &[Filed], notes: impl Iterator<Item = &'a Note>) -> Decided {
        let mut out = Decided { engine: unasked(filed, notes).len(), ..Decided::default() };
        for filed in filed.iter().filter(|f| !silent(&f.order, f.at.ask)) {
            match filed.by {
                By::People => out.people += 1,
                By::Draft => out.draft += 1,
                By::Bell => out.bell += 1,
                By::Engine => out.engine += 1,
                By::Rest => {}
            }
        }
        out
    }

    /// All of them.
    pub fn all(self) -> usize {
        self.people + self.draft + self.bell + self.engine
    }

    /// Those by people, of all: "7 of 64".
    pub fn words(self) -> String {
        format!("{} of {}", self.people, self.all())
    }
}

/// Nothing was done in public, or the engine was left to do what is then read from what happened.
fn silent(order: &Order, ask: Ask) -> bool {
    ask == Ask::Move && matches!(order, Order::Wait | Order::Engine)
}

/// The decisions that a note tells of; `exchange` is that of the last offer.
fn made(note: &Note, exchange: &mut u32) -> Vec<At> {
    let Some(own) = note.party else { return vec![] };
    let at = |party, ask| At { round: note.round, party, ask };
    match &note.what {
        What::Offer { exchange: e, .. } => {
            *exchange = *e;
            vec![at(own, Ask::Offer(*e)), at(1 - own, Ask::Answer(*e))]
        }
        What::Initialled { accepted_by, .. } => vec![at(*accepted_by, Ask::Answer(*exchange))],
        What::Passed { .. } | What::Rejected { .. } => vec![at(own, Ask::Ratify)],
        What::Consent { .. } => vec![at(own, Ask::Extend)],
        What::Invitation { .. } => vec![at(own, Ask::Invitation)],
        What::Tightened { .. }
        | What::Eased { .. }
        | What::Threatened { .. }
        | What::Praised
        | What::Replied { .. }
        | What::LetPass
        | What::Gesture { .. }
        | What::Brink { .. } => vec![at(own, Ask::Move)],
        _ => vec![],
    }
}

/// Decisions that the engine made for seats it held itself, in order: nobody was asked.
pub fn unasked<'a>(filed: &[Filed], notes: impl Iterator<Item = &'a Note>) -> Vec<At> {
    let mut seen: BTreeSet<At> = filed.iter().filter(|f| !silent(&f.order, f.at.ask)).map(|f| f.at).collect();
    let mut exchange = 0;
    notes.flat_map(|note| made(note, &mut exchange)).filter(|at| seen.insert(*at)).collect()
}

/// By whom what a note tells of was decided; none where no seat decided it.
fn by(setup: &Setup, filed: &[Filed], note: &Note) -> Option<String> {
    let who = |party: usize, fits: &dyn Fn(Ask) -> bool| {
        let here = |f: &&Filed| f.at.round == note.round && f.at.party == party && fits(f.at.ask) && f.by != By::Rest;
        filed.iter().rev().find(here).map_or(By::Engine, |f| f.by).words()
    };
    // What takes both sides names both.
    let both = |ask: Ask| {
        let [second, first] = [1, 0].map(|p: usize| format!("{}: {}", setup.parties[p].name, who(p, &|a| a == ask)));
        format!("{second}; {first}")
    };
    let own = |note: &Note| made(note, &mut 0).first().map(|at| who(at.party, &|ask| ask == at.ask));
    Some(match &note.what {
        What::Offer { exchange, refused, .. } => {
            let (answered, other) = (if refused.is_some() { "refused" } else { "accepted" }, 1 - note.party?);
            format!("offered by {}, {answered} by {}", own(note)?, who(other, &|ask| ask == Ask::Answer(*exchange)))
        }
        What::Initialled { accepted_by, .. } => {
            format!("accepted by {}", who(*accepted_by, &|ask| matches!(ask, Ask::Answer(_))))
        }
        What::Signed { .. } => both(Ask::Ratify),
        What::Extended { .. } | What::Lapsed { .. } | What::Restored { .. } | What::NotRestored => both(Ask::Extend),
        What::SummitSet { .. } => both(Ask::Invitation),
        _ => format!("by {}", own(note)?),
    })
}

/// What was said of a note, with who decided it.
pub fn signed(setup: &Setup, filed: &[Filed], note: &Note, said: String) -> String {
    match by(setup, filed, note) {
        Some(by) => format!("{said} ({by})"),
        None => said,
    }
}

/// A note for both sides of a table, with who decided; none where it was not public.
pub fn line(setup: &Setup, filed: &[Filed], note: &Note) -> Option<String> {
    news::line(setup, note).map(|said| signed(setup, filed, note, said))
}

/// A note for the whole room, with who decided.
pub fn headline(setup: &Setup, filed: &[Filed], note: &Note) -> Option<String> {
    news::headline(setup, note).map(|said| signed(setup, filed, note, said))
}
