//! What was found, handed over as text: the document, its charts.

use pyo3::prelude::*;
use summitry::prelude::Answer as Found;

/// What was found.
#[pyclass(frozen, module = "summitry._summitry")]
pub struct Answer(pub Found);

#[pymethods]
impl Answer {
    /// The document as JSON.
    fn json(&self) -> String {
        self.0.json()
    }

    /// Its charts as one page of HTML, where its kind has charts.
    fn charts(&self) -> Option<String> {
        self.0.charts()
    }
}
