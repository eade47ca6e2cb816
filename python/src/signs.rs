//! A sign table, asked of the scenario that it names.

use pyo3::prelude::*;
use summitry::prelude::Signs;

use crate::answer::Answer;
use crate::scenario::answered;
use crate::watched::{Eye, played};

/// The verdict on each row.
#[pyfunction]
pub fn signs(
    py: Python<'_>,
    table: String,
    sets: Vec<String>,
    games: u64,
    seed: u64,
    threads: Option<usize>,
    eye: Eye,
) -> PyResult<Answer> {
    played(py, &eye, threads, move |watch, threads| {
        answered(Signs::open(&table).sets(sets).games(games).seed(seed).threads(threads).watch(watch).answer())
    })
}
