//! Many games: cohorts over threads, summaries that merge exactly.

pub mod bargain;
pub mod by_world;
pub mod counted;
pub mod digest;
pub mod histogram;
pub mod line;
pub mod many;
pub mod outside;
pub mod part;
pub mod play;
pub mod sealed;
pub mod summary;
