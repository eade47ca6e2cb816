//! Rows: what came of each game, as columns that a file holds or a program takes.
//!
//! `schema` says which columns a scenario's games have; `gather` fills them a cohort at a time; `play` puts cohorts
//! together to groups of game numbers and hands each to a `Sink`; `file` is the sink that writes one of the `forms`.

pub mod cells;
pub mod columns;
mod events;
#[cfg(feature = "rows")]
mod file;
#[cfg(feature = "rows")]
mod forms;
mod gather;
mod groups;
#[cfg(feature = "rows")]
pub mod job;
#[cfg(feature = "rows")]
pub mod place;
pub mod play;
pub mod rounds;
pub mod schema;

/// How the names of files of games begin that are one of several.
pub const ROWS: &str = "rows-";
/// How those of rows by round begin.
pub const ROUNDS: &str = "rounds-";
