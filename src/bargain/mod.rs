//! Bargaining on its own: two parties, some issues, alternating offers, and no world around them.
//!
//! The rules are exact, so that results compare with the literature on automated negotiation. Each of `n` rounds is two
//! turns, party one first. A turn first answers the offer on the table, then counters. In round `k` (from 0) both see
//! the time `t = (k + 1) / (n + 1)`, and aim at
//!
//! `target = ((hi - lo) * (1 - t^x) + lo - tolerance).max(lo).min(hi)`
//!
//! with `x` the exponent of the tactic, `hi` the party's best utility and `lo` the larger of its worst utility and its
//! reservation (utility). It accepts an offer worth `target` or more to it; it offers the outcome with the lowest own
//! utility at or above `target`, the lowest index among equals (`ties` takes another of them). The last offer of the last
//! round is not answered. Weights are not normalised. What waiting takes (`discount`) is taken from what a game came to.
//! Rounds, parties, levels and games count from 0.
//!
//! Read on in `session` (one game), `search` (the offer), `batch` (many games), `solutions` (what was possible).

// Without the command line some of what this room hands out is not called for.
#![cfg_attr(not(feature = "cli"), allow(unused_imports))]

mod batch;
mod clock;
mod compile;
mod discount;
mod halves;
#[cfg(test)]
mod laws;
mod reach;
mod search;
mod select;
mod session;
mod solutions;
mod space;
mod target;
mod telling;
#[cfg(test)]
mod testing;
mod ties;
mod told;
mod utility;

pub use batch::{Digest, play_range};
pub use compile::Compiled;
pub use session::{Class, Outcome};
pub use told::tell;
