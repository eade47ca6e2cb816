//! What chance did in some told games: the types drawn before play and the draws that show in the trace.

use std::collections::BTreeMap;

use summitry::internals::setup::{Setup, Source};
use summitry::internals::trace::What;

use crate::common::dealt;

const GAMES: u64 = 60;

/// The draws of some games that do not hang on what was decided.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Luck {
    /// Start values that are drawn: component and row, with the bits in each game.
    pub types: BTreeMap<(String, usize), Vec<u64>>,
    /// Openers by game and session.
    pub openers: BTreeMap<(u64, u32), usize>,
    /// Incidents by game: the rounds.
    pub incidents: Vec<Vec<u32>>,
    /// Court rulings by game: the rounds.
    pub rulings: Vec<Vec<u32>>,
}

/// Plays some games of a seed and notes their luck.
pub fn luck(setup: &Setup, seed: u64) -> Luck {
    let mut out = Luck::default();
    let n = GAMES as usize;
    let games = dealt(setup, seed, 0, n);
    for start in &setup.starts {
        let mut lane = vec![];
        if matches!(start.from, Source::Drawn { .. }) && games.numbers_of(start.column, start.row, &mut lane) {
            let bits = lane.into_iter().map(f64::to_bits).collect();
            out.types.insert((start.column.name().to_owned(), start.row), bits);
        }
    }
    let mut one = dealt(setup, seed, 0, 1);
    one.tell(true);
    for game in 0..GAMES {
        one.load(summitry::internals::dice::Key::of_seed(seed), game);
        summitry::internals::round::play(&mut one);
        let (mut incidents, mut rulings) = (vec![], vec![]);
        for note in one.trace().take() {
            match note.what {
                What::Session { session, opener, .. } => drop(out.openers.insert((game, session), opener)),
                What::Incident => incidents.push(note.round),
                What::Shock { .. } | What::Ruled { .. } => rulings.push(note.round),
                _ => {}
            }
        }
        out.incidents.push(incidents);
        out.rulings.push(rulings);
    }
    out
}

impl Luck {
    /// Whether another had the same luck wherever both had any; what a switch takes away is named in `without`:
    /// components, "openers", "incidents" or "rulings".
    pub fn agrees(&self, other: &Luck, without: &[&str]) -> Result<(), String> {
        for (at, bits) in &self.types {
            match other.types.get(at) {
                Some(there) if there == bits => {}
                None if without.contains(&at.0.as_str()) => {}
                Some(_) => return Err(format!("{at:?} is drawn otherwise")),
                None => return Err(format!("{at:?} is not drawn")),
            }
        }
        if let Some(at) = other.types.keys().find(|at| !self.types.contains_key(at)) {
            return Err(format!("{at:?} is drawn besides"));
        }
        let both = self.openers.keys().filter(|at| other.openers.contains_key(at)).count();
        if both < 2 * GAMES as usize && !without.contains(&"openers") {
            return Err(format!("only {both} sessions in both"));
        }
        if let Some((at, _)) = self.openers.iter().find(|(at, who)| other.openers.get(at).is_some_and(|o| o != *who)) {
            return Err(format!("game and session {at:?} are opened by another"));
        }
        for (what, mine, yours) in
            [("incidents", &self.incidents, &other.incidents), ("rulings", &self.rulings, &other.rulings)]
        {
            if mine.iter().all(Vec::is_empty) {
                return Err(format!("no {what} at all"));
            }
            if mine != yours && !without.contains(&what) {
                return Err(format!("{what} come at other times"));
            }
        }
        Ok(())
    }
}
