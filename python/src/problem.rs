//! Errors of the engine as exceptions: what the author can mend is a `summitry.Problem`.

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use summitry::error::{Error, Problem, Source};

/// The exception for an error.
pub fn raised(py: Python<'_>, error: Error) -> PyErr {
    match &error {
        Error::Ours(text) => PyRuntimeError::new_err(format!("summitry failed: {text}")),
        Error::Interrupted(text) => PyRuntimeError::new_err(text.clone()),
        Error::Problems(all) => of(py, error.to_string().trim_end(), &all.problems, &all.sources),
        _ => of(py, &format!("error: {error}"), &[error.problem()], &[]),
    }
}

/// A `summitry.Problem` with what the program prints, and every problem by its parts.
fn of(py: Python<'_>, printed: &str, problems: &[Problem], sources: &[Source]) -> PyErr {
    let made = || -> PyResult<PyErr> {
        let parts = problems.iter().map(|problem| parts(py, problem, sources)).collect::<PyResult<Vec<_>>>()?;
        let class = py.import("summitry._problem")?.getattr("Problem")?;
        Ok(PyErr::from_value(class.call1((printed, PyList::new(py, parts)?))?))
    };
    made().unwrap_or_else(|error| error)
}

fn parts<'py>(py: Python<'py>, problem: &Problem, sources: &[Source]) -> PyResult<Bound<'py, PyDict>> {
    let out = PyDict::new(py);
    out.set_item("text", &problem.text)?;
    out.set_item("code", problem.code.name())?;
    out.set_item("help", &problem.help)?;
    let place = problem.at.and_then(|at| Some((sources.get(usize::from(at.source))?, at.start)));
    let place = place.map(|(source, start)| (source.name.clone(), line_and_column(&source.text, start)));
    out.set_item("file", place.as_ref().map(|(file, _)| file))?;
    out.set_item("line", place.as_ref().map(|(_, (line, _))| line))?;
    out.set_item("column", place.as_ref().map(|(_, (_, column))| column))?;
    Ok(out)
}

/// Line and column of a byte, both from 1, the column in characters.
fn line_and_column(text: &str, byte: usize) -> (usize, usize) {
    let before: String = text.char_indices().take_while(|(at, _)| *at < byte).map(|(_, c)| c).collect();
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    (before.matches('\n').count() + 1, before[line..].chars().count() + 1)
}
