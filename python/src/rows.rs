//! A row a game, for whoever reads Arrow.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use summitry::prelude::Batched;
use summitry::results::{Column, Field};

use crate::arrow::{Schema, Stream};
use crate::lanes::Lane;

/// Rows of a batch.
#[pyclass(frozen, module = "summitry._summitry")]
pub struct Rows {
    table: Arc<Lane>,
    fields: Vec<Arc<Field>>,
    digest: String,
    seed: u64,
}

impl Rows {
    /// Of a batch.
    pub fn of((batched, columns): (Batched, Vec<Column>)) -> Rows {
        let fields = columns.iter().map(|column| column.field.clone()).collect();
        let table = Arc::new(Lane::table(columns));
        Rows { table, fields, digest: batched.digest(), seed: batched.seed() }
    }
}

#[pymethods]
impl Rows {
    fn __len__(&self) -> usize {
        self.table.length
    }

    /// Name, type, unit, meaning and games of each column.
    fn fields(&self) -> Vec<(&str, &str, &str, &str, Option<&str>)> {
        self.fields.iter().map(|f| (&*f.name, f.holds.called(), &*f.unit, &*f.about, f.games.as_deref())).collect()
    }

    #[getter]
    fn digest(&self) -> &str {
        &self.digest
    }

    #[getter]
    fn seed(&self) -> u64 {
        self.seed
    }

    /// How many hold these rows, themselves among them: what was handed out and not given back.
    fn holders(&self) -> usize {
        Arc::strong_count(&self.table)
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        PyCapsule::new_with_value(py, Schema::of(&self.table), c"arrow_schema")
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema; // a wish, that may be left unfulfilled
        PyCapsule::new_with_value(py, Stream::of(&self.table), c"arrow_array_stream")
    }
}
