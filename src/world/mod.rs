//! What exists in a game: rows of components, the dice, a cohort of games stepped together.

pub mod build;
pub mod calendar;
pub mod cohort;
pub mod columns;
pub mod components;
pub mod dice;
pub mod fact;
pub mod hands;
pub mod heard;
pub mod lanes;
pub mod layers;
pub mod maths;
pub mod measure;
pub mod mechanism;
pub mod orders;
pub mod over;
pub mod phase;
pub mod rows;
pub mod setup;
pub mod source;
pub mod stack;
pub mod starts;
pub mod state;
pub mod trace;
pub mod worlds;

use bevy_ecs::prelude::*;

/// The round being played.
#[derive(Resource, Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CurrentRound {
    /// Its number, from 0.
    pub round: u32,
}

/// Which games are stepped together.
#[derive(Resource, Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cohort {
    /// The number of the first.
    pub first: u64,
    /// How many.
    pub games: usize,
}
