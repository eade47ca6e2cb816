//! What is kept of a game and how it ended, as named numbers.

pub mod endings;
pub mod metrics;
pub mod outcome;
pub mod registry;

pub use outcome::install;
