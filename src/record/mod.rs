//! What happened and how it ended.

pub mod document;
pub mod game;
pub mod metrics;
pub mod outcome;
pub mod table;
pub mod view;

pub use outcome::install;
