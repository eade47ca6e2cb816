//! Which inputs drive an answer: indices of Sobol, screening by Morris, and what can be said of games played already.
//!
//! The estimators are arithmetic over points of the unit cube and the numbers found there; `play` finds those numbers by
//! games on the same dice at every point.

pub mod asked;
pub mod estimate;
pub mod given;
pub mod morris;
pub mod play;
pub mod sobol;
pub mod study;
