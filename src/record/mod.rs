//! What happened and how it ended.

pub mod document;
pub mod game;
pub mod metrics;
pub mod outcome;

pub use outcome::install;
