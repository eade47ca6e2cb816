//! Games side by side, as bytes that arrays are made of.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use summitry::results::Saved;

use crate::problem::raised;

/// Games side by side with seats held from outside.
#[pyclass(module = "summitry._summitry")]
pub struct Vector(summitry::prelude::Vector);

/// Where games stood.
#[pyclass(frozen, module = "summitry._summitry")]
pub struct Stood(Saved);

impl Vector {
    /// Of these games.
    pub fn of(games: summitry::prelude::Vector) -> Vector {
        Vector(games)
    }
}

/// Name, unit, least and most, and meaning of a number that is seen.
type Entry<'a> = (&'a str, &'a str, f32, f32, &'a str);

/// How a game ended, what both parties have, and the round and levels of the deal it is named after.
type Ended = (&'static str, [f64; 2], Option<(u32, Vec<f64>)>);

#[pymethods]
impl Vector {
    /// The version of the order, and each number that is seen.
    fn layout(&self) -> (&str, Vec<Entry<'_>>) {
        let layout = self.0.layout();
        let entries = layout.entries().iter();
        (layout.version(), entries.map(|e| (&*e.name, &*e.unit, e.low, e.high, &*e.about)).collect())
    }

    /// Name and meaning of each action, and how many levers there are.
    fn actions(&self) -> (Vec<(&str, &str)>, usize) {
        let actions = self.0.actions();
        (actions.list().iter().map(|action| (&*action.name, &*action.about)).collect(), actions.levers())
    }

    fn begin(&mut self, py: Python<'_>, seed: u64, first: u64) -> PyResult<()> {
        py.detach(|| self.0.begin(seed, first)).map_err(|error| raised(py, error))
    }

    /// An action a game as 64-bit integers, and a number a lever as 32-bit ones, both as bytes of this machine.
    fn step(&mut self, py: Python<'_>, choices: &[u8], levels: &[u8]) -> PyResult<()> {
        let choices = of_bytes(choices, |bytes| usize::try_from(i64::from_ne_bytes(bytes)).unwrap_or(usize::MAX))?;
        let levels = of_bytes(levels, f32::from_ne_bytes)?;
        py.detach(|| self.0.step(&choices, &levels)).map_err(|error| raised(py, error))
    }

    /// The place of the party that is asked in each game, -1 where none is: an 8-bit integer a game.
    fn asks<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        let asks: Vec<u8> = self.0.asks().map(|party| party.map_or(255, |party| party as u8)).collect();
        PyBytes::new(py, &asks)
    }

    fn over<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        bools(py, self.0.over())
    }

    fn seen<'py>(&self, py: Python<'py>, party: usize) -> Bound<'py, PyBytes> {
        floats(py, self.0.seen(party))
    }

    fn allowed<'py>(&self, py: Python<'py>, party: usize) -> Bound<'py, PyBytes> {
        bools(py, self.0.allowed(party))
    }

    fn gained<'py>(&self, py: Python<'py>, party: usize) -> Bound<'py, PyBytes> {
        floats(py, self.0.gained(party))
    }

    fn total(&self, party: &str, game: usize) -> Option<f64> {
        self.0.total(party, game)
    }

    fn end(&self, game: usize) -> Option<Ended> {
        let end = self.0.end(game)?;
        let signed = end.signed.as_ref().map(|deal| (deal.round, deal.levels.clone()));
        Some((end.ending, end.totals, signed))
    }

    /// Decisions that were used, turns that games waited through, and decisions that were not allowed.
    fn count(&self) -> [u64; 3] {
        let count = self.0.count();
        [count.decisions, count.waited, count.not_allowed]
    }

    fn save(&self) -> Stood {
        Stood(self.0.save())
    }

    fn restore(&mut self, py: Python<'_>, stood: &Stood) -> PyResult<()> {
        py.detach(|| self.0.restore(&stood.0)).map_err(|error| raised(py, error))
    }
}

fn of_bytes<const N: usize, T>(bytes: &[u8], of: impl Fn([u8; N]) -> T) -> PyResult<Vec<T>> {
    let (whole, rest) = bytes.as_chunks::<N>();
    if !rest.is_empty() {
        return Err(PyValueError::new_err("a number is cut off"));
    }
    Ok(whole.iter().map(|bytes| of(*bytes)).collect())
}

fn floats<'py>(py: Python<'py>, all: &[f32]) -> Bound<'py, PyBytes> {
    let bytes: Vec<u8> = all.iter().flat_map(|x| x.to_ne_bytes()).collect();
    PyBytes::new(py, &bytes)
}

fn bools<'py>(py: Python<'py>, all: &[bool]) -> Bound<'py, PyBytes> {
    let bytes: Vec<u8> = all.iter().map(|x| u8::from(*x)).collect();
    PyBytes::new(py, &bytes)
}
