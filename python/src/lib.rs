//! The engine as Python sees it: a scenario and what can be asked of it, a question a method. The package `summitry`
//! stands above it and is what is documented; nothing here decides anything.

mod answer;
mod arrow;
mod bargaining;
mod lanes;
mod problem;
mod rows;
mod scenario;
mod shared;
mod signs;
mod vector;
mod watched;

use pyo3::prelude::*;

/// The engine.
#[pymodule]
fn _summitry(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<scenario::Scenario>()?;
    module.add_class::<bargaining::Bargaining>()?;
    module.add_function(wrap_pyfunction!(signs::signs, module)?)?;
    module.add_class::<answer::Answer>()?;
    module.add_class::<rows::Rows>()?;
    module.add_class::<shared::Shared>()?;
    module.add_class::<shared::Asked>()?;
    module.add_class::<shared::Planned>()?;
    module.add_class::<vector::Vector>()?;
    module.add_class::<vector::Stood>()?;
    module.add("MODEL", summitry::MODEL)?;
    module.add("__version__", env!("CARGO_PKG_VERSION"))
}
