//! Episodes from before a story begins, each dated, coded and with its sources, and the rates that are read out of them.
//!
//! What is in the shipped file and how its rates are meant is in `docs/history.md`.

pub mod check;
pub mod episode;
pub mod rates;
pub mod told;

use crate::scenario::file_kind::HISTORY;
use crate::scenario::load::{Open, Problems, load_file, with_faults};

pub use episode::History;
pub use rates::{Among, Found, gaps, rates};
pub use told::page;

/// Reads a file of episodes, or says all that is wrong with it.
pub fn read(file: &str, open: Open) -> Result<History, Problems> {
    let (history, loaded, unread) = load_file::<History>(&HISTORY, file, open)?;
    let Some(history) = history else { return Err(loaded.wrong(unread)) };
    let faults = history.faults();
    if faults.is_empty() && unread.is_empty() { Ok(history) } else { Err(with_faults(&loaded, unread, faults)) }
}
