//! Many games side by side, with seats held from outside: what a learner plays in.
//!
//! `layout` names what a seat observes, `observe` fills it from what the seat may see; `actions` is the list of what it may
//! do; `vector` steps the games, and `ends` says what they came to. `player` is whoever decides for a seat, `wire` the lines
//! to a program that does, and `lone` a table that asks it. Nothing here knows more than a seat does: all of it goes through `game::sight` and the
//! open questions.

mod actions;
mod ends;
mod layout;
pub mod lone;
mod observe;
pub mod player;
#[cfg(test)]
mod tests;
mod vector;
pub mod wire;

pub use actions::{Action, Actions};
pub use ends::{End, Signed};
pub use layout::{Entry, Layout};
pub use vector::{Count, Saved, Vector};
