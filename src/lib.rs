//! Negotiation games between two rivals, seeded and reproducible.

pub mod bargain;
pub mod batch;
#[cfg(feature = "classroom")]
pub mod classroom;
#[cfg(feature = "cli")]
pub mod cli;
mod codes;
pub mod command_line;
pub mod disk;
pub mod error;
pub mod front;
pub mod game;
#[cfg(feature = "cli")]
pub mod import;
pub mod mechanisms;
pub mod notation;
pub mod prelude;
pub mod ready;
pub mod record;
#[cfg(feature = "report")]
pub mod report;
pub mod round;
pub mod scenario;
pub mod session;
pub mod strategies;
pub mod studies;
pub mod table;
pub mod units;
#[cfg(feature = "web")]
pub mod web;
pub mod world;

pub use error::Error;
