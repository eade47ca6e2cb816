//! Where a yes comes from: boxes and a tree over the inputs of games, found on one half of them and judged on the other.

pub mod boxes;
pub mod tree;

/// Games: an input a lane, and whether each was a yes.
#[derive(Debug, Clone)]
pub struct Cases<'a> {
    /// A lane for each input.
    pub inputs: Vec<&'a [f64]>,
    /// A yes or a no, a game.
    pub yes: &'a [bool],
}

/// How many games there are somewhere, and how many of them are a yes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// Games.
    pub games: usize,
    /// Of them, a yes.
    pub yes: usize,
}

impl Count {
    /// Of some games.
    pub fn of(rows: &[usize], yes: &[bool]) -> Count {
        Count { games: rows.len(), yes: rows.iter().filter(|g| yes[**g]).count() }
    }

    /// The share that is a yes; 0 of no games.
    pub fn density(&self) -> f64 {
        if self.games == 0 { 0.0 } else { self.yes as f64 / self.games as f64 }
    }

    /// How much of the yes of all is here.
    pub fn coverage(&self, all: Count) -> f64 {
        if all.yes == 0 { 0.0 } else { self.yes as f64 / all.yes as f64 }
    }

    /// Its share of the games of all.
    pub fn support(&self, all: Count) -> f64 {
        if all.games == 0 { 0.0 } else { self.games as f64 / all.games as f64 }
    }
}
