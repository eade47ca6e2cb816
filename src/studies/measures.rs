//! What a study asks of every game, by name: the classes, the events and the metrics of its cells.
//!
//! A class or an event counts 1 where it happened and 0 where not. An event of a mechanism that a cell has switched
//! off did not happen there; a metric that a cell does not have has no case in it.

use crate::error::Error;
use crate::notation::Code;
use crate::notation::near::{listed, nearest};
use crate::record::metrics::{self, Indicator, Room, class_lane, classes, events};
use crate::world::cohort::Games;
use crate::world::setup::Setup;

/// Whether a measure is a chance or a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A class or an event: its mean is a share of games.
    Share,
    /// A metric.
    Number,
}

/// Something asked of every game.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// Its name, as in the documents that `batch` prints.
    pub name: String,
    /// What it says.
    pub about: String,
    /// What it is counted in.
    pub unit: String,
    /// Whether it is a chance or a number.
    pub kind: Kind,
}

#[derive(Debug, Clone, PartialEq)]
enum From {
    Class(usize),
    Indicator(Indicator),
    Metric(metrics::From),
    Never,
    Absent,
}

/// The measures of some cells, and where each is read in each cell.
#[derive(Debug, Clone)]
pub struct Measures {
    /// All of them: classes, then events, then metrics.
    pub list: Vec<Measure>,
    from: Vec<Vec<From>>,
}

impl Measures {
    /// All that can be asked of any of the cells.
    pub fn of<'a>(cells: impl Iterator<Item = &'a Setup> + Clone) -> Measures {
        let mut list: Vec<Measure> = vec![];
        let mut add = |name: &str, about: &str, unit: &str, kind: Kind| {
            if list.iter().all(|m| m.name != name) {
                list.push(Measure { name: name.into(), about: about.into(), unit: unit.into(), kind });
            }
        };
        for setup in cells.clone() {
            for name in classes(setup) {
                add(name, &name.replace('_', " "), "share", Kind::Share);
            }
        }
        for setup in cells.clone() {
            events(setup).iter().for_each(|e| add(e.name, e.about, "share", Kind::Share));
        }
        for setup in cells.clone() {
            metrics::metrics(setup).iter().for_each(|m| add(&m.name, &m.about, &m.unit, Kind::Number));
        }
        let limited: Vec<&str> = cells.clone().flat_map(events).filter(|e| e.of.is_some()).map(|e| e.name).collect();
        let of_cell = |setup: &Setup| {
            let (classes, events, metrics) = (classes(setup), events(setup), metrics::metrics(setup));
            let find = |m: &Measure| {
                let class = classes.iter().position(|c| *c == m.name).map(From::Class);
                let event = || events.iter().find(|e| e.name == m.name).map(|e| From::Indicator(e.clone()));
                let metric = || metrics.iter().find(|x| x.name == m.name).map(|x| From::Metric(x.from));
                class.or_else(event).or_else(metric).unwrap_or(
                    if m.kind == Kind::Share && !limited.contains(&m.name.as_str()) {
                        From::Never
                    } else {
                        From::Absent
                    },
                )
            };
            list.iter().map(find).collect()
        };
        let from = cells.map(of_cell).collect();
        Measures { list, from }
    }

    /// The place of a measure, or a sentence that says what there is.
    pub fn find(&self, name: &str) -> Result<usize, Error> {
        find(&self.list, name)
    }

    /// The places of the classes: each game of a cell is in one of them.
    pub fn classes(&self) -> Vec<usize> {
        let is_class = |m: &usize| self.from.iter().any(|cell| matches!(cell[*m], From::Class(_)));
        (0..self.list.len()).filter(is_class).collect()
    }

    /// Reads a measure of each game of a cell's cohort; not a number where a game has no case.
    pub fn read(&self, cell: usize, measure: usize, games: &Games, desk: &mut Desk, out: &mut Vec<f64>) {
        let n = games.games();
        let all = |out: &mut Vec<f64>, x: f64| {
            out.clear();
            out.resize(n, x);
        };
        match &self.from[cell][measure] {
            From::Class(class) => {
                class_lane(games, out);
                out.iter_mut().for_each(|x| *x = f64::from(u8::from(*x == *class as f64)));
            }
            From::Indicator(event) => {
                if !games.numbers_of(event.column, 0, out) {
                    return all(out, 0.0);
                }
                out.iter_mut().for_each(|x| *x = f64::from(u8::from(*x > 0.0)));
                if event.of.is_some_and(|of| games.numbers_of(of, 0, &mut desk.of)) {
                    for (x, of) in out.iter_mut().zip(&desk.of) {
                        *x = if *of > 0.0 { *x } else { f64::NAN };
                    }
                }
            }
            From::Metric(from) => metrics::lane(games, *from, &mut desk.room, out),
            From::Never => all(out, 0.0),
            From::Absent => all(out, f64::NAN),
        }
    }
}

/// The place of a measure in a list, or a sentence that says what there is.
pub fn find(list: &[Measure], name: &str) -> Result<usize, Error> {
    list.iter().position(|m| m.name == name).ok_or_else(|| {
        let names = || list.iter().map(|m| m.name.as_str());
        let text = match nearest(name, names()) {
            Some(near) => format!("there is no measure `{name}`; did you mean `{near}`?"),
            None => format!("there is no measure `{name}`; there are {}", listed(names())),
        };
        Error::of(Code::UnknownName, text)
    })
}

/// Room to read in.
#[derive(Debug, Default)]
pub struct Desk {
    of: Vec<f64>,
    room: Room,
}
