//! What happened and how it ended.

pub mod metrics;
pub mod outcome;

pub use outcome::install;
