//! What a study asks of every game: measures by name, and expressions over them.
//!
//! A class or an event counts 1 where it happened and 0 where not. An event of a mechanism that a cell has switched
//! off did not happen there; a metric that a cell does not have has no case in it.

use super::bound::{Bound, Wanted};
use super::diary::Diary;
use crate::error::Error;
use crate::expression::{self, Names, parse};
use crate::notation::Code;
use crate::notation::near::nearest;
pub use crate::record::registry::{Kind, Measure};
use crate::record::registry::{Reading, registry};
use crate::round;
use crate::world::cohort::Games;
use crate::world::setup::Setup;

#[derive(Debug, Clone, PartialEq)]
enum From {
    Read(Reading),
    /// One of the expressions of the cell, bound to it.
    Asked(Bound),
    Never,
    Absent,
}

/// One cell: where each measure is read in it, and what must be written down while it is played.
#[derive(Debug, Clone)]
struct Cell {
    from: Vec<From>,
    wanted: Wanted,
}

/// The measures of some cells, and where each is read in each cell.
#[derive(Debug, Clone)]
pub struct Measures {
    /// All of them: classes, then events, then metrics, then the expressions that were asked.
    pub list: Vec<Measure>,
    cells: Vec<Cell>,
}

impl Measures {
    /// All that can be asked by name of any of the cells.
    pub fn of<'a>(cells: impl Iterator<Item = &'a Setup>) -> Measures {
        let known: Vec<(&Setup, Vec<(Measure, Reading)>)> = cells.map(|setup| (setup, registry(setup))).collect();
        let mut list: Vec<Measure> = vec![];
        // The ways to end stand first, then events, then numbers, whichever cell has them.
        let parts = [
            |_: &Measure, r: &Reading| matches!(r, Reading::Class(_)),
            |_: &Measure, r: &Reading| matches!(r, Reading::Indicator(_)),
            |_: &Measure, r: &Reading| matches!(r, Reading::Metric(_)),
        ];
        for part in parts {
            for (measure, reading) in known.iter().flat_map(|(_, all)| all) {
                if part(measure, reading) && list.iter().all(|m| m.name != measure.name) {
                    list.push(measure.clone());
                }
            }
        }
        let find = |all: &[(Measure, Reading)], m: &Measure| {
            let read = all.iter().find(|(known, _)| known.name == m.name).map(|(_, r)| From::Read(r.clone()));
            read.unwrap_or(if m.kind == Kind::Share && m.given.is_none() { From::Never } else { From::Absent })
        };
        let cell = |(setup, all): &(&Setup, Vec<(Measure, Reading)>)| Cell {
            from: list.iter().map(|m| find(all, m)).collect(),
            wanted: Wanted::of(setup),
        };
        let cells = known.iter().map(cell).collect();
        Measures { list, cells }
    }

    /// The place of a measure, or a sentence that says what there is.
    pub fn find(&self, name: &str) -> Result<usize, Error> {
        find(&self.list, name)
    }

    /// The place of what is asked: a measure by its name, or an expression over measures and events of a game, which is
    /// added to the list. The cells are those that these are the measures of.
    pub fn ask<'a>(&mut self, text: &str, cells: impl Iterator<Item = &'a Setup>) -> Result<usize, Error> {
        let text = text.trim();
        if let Some(place) = self.list.iter().position(|m| m.name == text) {
            return Ok(place);
        }
        if text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-')) && text.parse::<f64>().is_err() {
            return self.find(text);
        }
        let wrong = |what: String| Error::of(Code::OutOfRange, format!("the measure `{text}`: {what}"));
        let (tree, kind) = parse(text, &names(&self.list)).map_err(|fault| wrong(fault.told()))?;
        let kind = match kind {
            expression::Kind::YesNo => Kind::Share,
            expression::Kind::Number => Kind::Number,
            expression::Kind::Day => {
                return Err(wrong("it comes to a date; compare it, or count the days from one: days(DATE, ..)".into()));
            }
        };
        for (cell, setup) in self.cells.iter_mut().zip(cells) {
            let bound = cell.wanted.bind(setup, &tree).map_err(|e| wrong(e.to_string()))?;
            cell.from.push(From::Asked(bound));
        }
        self.list.push(Measure::expression(text, kind));
        Ok(self.list.len() - 1)
    }

    /// The places of the classes: each game of a cell is in one of them.
    pub fn classes(&self) -> Vec<usize> {
        let is_class = |m: &usize| self.cells.iter().any(|cell| matches!(cell.from[*m], From::Read(Reading::Class(_))));
        (0..self.list.len()).filter(is_class).collect()
    }

    /// Plays a loaded cohort of a cell to the end; what is asked of its rounds is written down.
    pub fn play(&self, cell: usize, games: &mut Games, desk: &mut Desk) {
        let wanted = &self.cells[cell].wanted;
        if wanted.is_empty() {
            round::play(games);
        } else {
            desk.diary.keep(games, wanted);
        }
    }

    /// Reads a measure of each game of a cell's cohort that [`Measures::play`] has played; not a number where a game has
    /// no case.
    pub fn read(&self, cell: usize, measure: usize, games: &Games, desk: &mut Desk, out: &mut Vec<f64>) {
        let n = games.games();
        let all = |out: &mut Vec<f64>, x: f64| {
            out.clear();
            out.resize(n, x);
        };
        match &self.cells[cell].from[measure] {
            From::Read(reading) => reading.read(games, &mut desk.read, out),
            From::Asked(bound) => {
                out.clear();
                let wanted = &self.cells[cell].wanted;
                out.extend((0..n).map(|g| desk.diary.number(wanted, bound, g)));
            }
            From::Never => all(out, 0.0),
            From::Absent => all(out, f64::NAN),
        }
    }
}

/// What expressions may name.
pub fn names(list: &[Measure]) -> Names {
    let kind = |kind: Kind| match kind {
        Kind::Share => expression::Kind::YesNo,
        Kind::Number => expression::Kind::Number,
    };
    Names(list.iter().map(|m| (m.name.clone(), kind(m.kind))).collect())
}

/// The place of a measure in a list, or a sentence that says what there is.
pub fn find(list: &[Measure], name: &str) -> Result<usize, Error> {
    list.iter().position(|m| m.name == name.trim()).ok_or_else(|| {
        let near = nearest(name, list.iter().map(|m| m.name.as_str()));
        let near = near.map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
        let text = format!("there is no measure `{name}`; {near}`summitry measures SCENARIO` lists all of them");
        Error::of(Code::UnknownName, text)
    })
}

/// Room to play and read in.
#[derive(Debug, Default)]
pub struct Desk {
    read: crate::record::registry::Desk,
    diary: Diary,
}
