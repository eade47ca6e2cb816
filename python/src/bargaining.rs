//! Bargaining on its own.

use std::sync::Arc;

use pyo3::prelude::*;
use summitry::prelude::{self, Draft};

use crate::answer::Answer;
use crate::problem::raised;
use crate::scenario::answered;
use crate::watched::{Eye, played};

/// Bargaining on its own that was checked.
#[pyclass(frozen, module = "summitry._summitry")]
pub struct Bargaining(Arc<prelude::Bargaining>);

#[pymethods]
impl Bargaining {
    #[staticmethod]
    fn open(py: Python<'_>, path: &str, sets: Vec<String>) -> PyResult<Bargaining> {
        let made = py.detach(|| Draft::open(path).sets(sets).bargaining());
        made.map(|made| Bargaining(Arc::new(made))).map_err(|error| raised(py, error))
    }

    #[getter]
    fn title(&self) -> &str {
        self.0.title()
    }

    #[getter]
    fn hash(&self) -> &str {
        self.0.hash()
    }

    fn batch(&self, py: Python<'_>, games: u64, seed: u64, threads: Option<usize>, eye: Eye) -> PyResult<Answer> {
        let this = self.0.clone();
        played(py, &eye, threads, move |watch, threads| {
            answered(this.batch(games).seed(seed).threads(threads).watch(watch).answer())
        })
    }

    fn run(&self, py: Python<'_>, game: u64, seed: u64) -> PyResult<Answer> {
        let this = self.0.clone();
        played(py, &None, Some(1), move |_, _| answered(this.game(game).seed(seed).answer()))
    }
}
