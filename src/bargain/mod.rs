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
//! utility at or above `target`, the lowest index among equals (`ties` takes another of them). The last offer of the last round is not answered.
//! Weights are not normalised. What waiting takes (`discount`) is taken from what a game came to. Rounds, parties, levels and games count from 0.
//!
//! ```
//! use summitry::bargain::{Compiled, Standalone, tell};
//! use summitry::scenario::load::load_as;
//!
//! let text = r#"(
//!     schema: "summitry/1",
//!     title: "Split ten",
//!     bargaining: (
//!         rounds: 9,
//!         parties: [
//!             (name: "ann", weights: {"share": 1.0}, reservation: 0.0, tactic: Time(exponent: 1.0)),
//!             (name: "bob", weights: {"share": 1.0}, reservation: 0.0, tactic: Time(exponent: 1.0)),
//!         ],
//!         issues: [(
//!             name: "share",
//!             levels: ["none", "half", "all"],
//!             values: {"ann": [0.0, 0.5, 1.0], "bob": [1.0, 0.5, 0.0]},
//!         )],
//!     ),
//! )"#;
//! let (file, _) = load_as::<Standalone>("split-ten.ron", &|_| Ok(text.to_owned()), &[]).unwrap();
//! let compiled = Compiled::new(&file.bargaining).unwrap();
//! let told = tell(&compiled, 1, 0);
//! assert_eq!(told.agreement.unwrap().package["share"], "half");
//! ```
//!
//! Read on in `session` (one game), `search` (the offer), `batch` (many games), `solutions` (what was possible).

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

pub use crate::scenario::bargaining::{
    Bargaining, Clock, Discount, Issue, Party, Select, Span, Standalone, Tactic, Ties,
};
pub use batch::{Digest, play_range};
pub use compile::Compiled;
pub use session::{Class, Outcome};
pub use solutions::{Point, Solutions};
pub use space::Space;
pub use told::{Agreement, Offer, Solution, Told, tell};
