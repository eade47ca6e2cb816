//! Doors of pages that are served to others: which address they have, who may come in, how often, and how a page is
//! followed. It knows nothing of what the pages show.

pub mod address;
pub mod doors;
pub mod guard;
pub mod limits;
pub mod pulse;
pub mod secrets;
pub mod serve;
pub mod streams;
pub mod typed;

#[cfg(test)]
pub(crate) mod attack;
