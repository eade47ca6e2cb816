//! What every study ends in: its games are played under a progress bar, and what was found is printed.
//!
//! A study on the command line is one file of this folder: its arguments, what is asked (of `studies`, or by contrasts
//! of its own), and what is told, as a [`Report`]. Its line in `mod.rs` is all else that it needs.

use std::sync::Arc;

use super::common::{Format, ManyArgs};
use super::failure::{Exit, Failure, print};
use super::progress::watched;
use crate::batch::play::{Plan, Watch};
use crate::report::document::Report;
use crate::report::heading::Heading;

/// Plays a study and prints what it found. It plays the games of its heading in so many cells.
pub fn ask(
    heading: Heading,
    many: &ManyArgs,
    cells: usize,
    study: impl FnOnce(&Heading, &Plan, &Watch) -> Result<Report, Failure>,
) -> Result<Exit, Failure> {
    tell(&played(heading, many, cells, study)?, many.format)
}

/// Plays a study under a progress bar; Ctrl-C ends it with what was found until then.
pub fn played(
    heading: Heading,
    many: &ManyArgs,
    cells: usize,
    study: impl FnOnce(&Heading, &Plan, &Watch) -> Result<Report, Failure>,
) -> Result<Report, Failure> {
    let plan = Plan::new(heading.seed, heading.asked).threads(many.threads.get());
    let watch = Arc::new(Watch::default());
    let total = heading.asked.saturating_mul(cells as u64);
    watched(&watch, total, "games", || study(&heading, &plan, &watch))
}

/// The same report, which says how it was made.
pub fn made(report: Report) -> Report {
    match super::made::made(report.seed()) {
        Some(made) => report.made(&made),
        None => report,
    }
}

/// Prints what was found and how it was made; the exit code that goes with it.
pub fn tell(report: &Report, format: Format) -> Result<Exit, Failure> {
    let report = made(report.clone());
    match format {
        Format::Text => print(report.text())?,
        Format::Json => print(&report.json())?,
    }
    Ok(report.exit())
}
