//! One game by itself: played and written down, held at a table with outside seats, seen from a seat.

pub mod document;
pub mod log;
pub mod moves;
pub mod names;
pub mod outside;
pub mod sight;
pub mod table;
#[cfg(test)]
pub(crate) mod testing;
pub mod told;
pub mod view;
pub mod wire;
