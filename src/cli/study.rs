//! What every study ends in: its games are played under a progress bar, and what was found is printed.
//!
//! A study on the command line is one file of this folder: its arguments, what is asked (of `studies`, or by contrasts
//! of its own), and what is told, as a [`Report`]. Its line in `mod.rs` is all else that it needs.

use super::again;
use super::common::{Format, ManyArgs};
use super::failure::{Exit, Failure, say};
use super::progress::{watch, watched};
use crate::batch::play::{Plan, Watch};
use crate::report::document::Report;
use crate::report::heading::Heading;

/// Plays a study under a progress bar; a signal ends it with what was found until then.
pub fn played(
    heading: Heading,
    many: &ManyArgs,
    cells: usize,
    study: impl FnOnce(&Heading, &Plan, &Watch) -> Result<Report, Failure>,
) -> Result<Report, Failure> {
    let plan = Plan::new(heading.seed, heading.asked).threads(many.threads.get());
    let watch = watch();
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

/// Prints what was found and how it was made, and how all of it can be had where it was stopped; the exit code that goes
/// with it.
pub fn tell(report: &Report, format: Format, seed: u64) -> Result<Exit, Failure> {
    told(report, seed, |report| format.print(report))
}

/// The same, printed another way.
pub fn told(report: &Report, seed: u64, show: impl FnOnce(&Report) -> Result<(), Failure>) -> Result<Exit, Failure> {
    if report.is_empty() {
        let text = "stopped before a game was counted: nothing can be said; all of it";
        return Err(Failure::Stopped(format!("{text}: {}", again::way_on(seed))));
    }
    let report = made(report.clone());
    show(&report)?;
    if report.exit() == 3 {
        say(&format!("stopped before it was done; all of it: {}", again::way_on(seed)));
    }
    Ok(report.exit())
}

/// Plays a study, prints what it found, and only then writes files beside it. It plays the games of its heading in so many
/// cells.
pub fn ask(
    heading: Heading,
    many: &ManyArgs,
    cells: usize,
    study: impl FnOnce(&Heading, &Plan, &Watch) -> Result<Report, Failure>,
    keep: impl FnOnce(&Report, u64) -> Result<(), Failure>,
) -> Result<Exit, Failure> {
    let seed = heading.seed;
    let report = played(heading, many, cells, study)?;
    tell_and_keep(&report, many.format, seed, || keep(&report, seed))
}

/// Prints what was found, and only then writes a file beside it; neither costs the other.
pub fn tell_and_keep(
    report: &Report,
    format: Format,
    seed: u64,
    keep: impl FnOnce() -> Result<(), Failure>,
) -> Result<Exit, Failure> {
    told_and_keep(report, seed, |report| format.print(report), keep)
}

/// The same, printed another way.
pub fn told_and_keep(
    report: &Report,
    seed: u64,
    show: impl FnOnce(&Report) -> Result<(), Failure>,
    keep: impl FnOnce() -> Result<(), Failure>,
) -> Result<Exit, Failure> {
    let told = told(report, seed, show);
    keep()?;
    told
}
