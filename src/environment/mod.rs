//! Many games side by side, with seats held from outside: what a learner plays in.
//!
//! `layout` names what a seat observes, `observe` fills it from what the seat may see; `actions` is the list of what it may
//! do; `vector` steps the games. Nothing here knows more than a seat does: all of it goes through `game::sight` and the
//! open questions.

mod actions;
mod layout;
mod observe;
#[cfg(test)]
mod tests;
mod vector;

pub use actions::{Action, Actions};
pub use layout::{Entry, Layout};
pub use vector::{Count, Saved, Vector};
