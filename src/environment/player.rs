//! Whoever decides for a seat in many games at once.

use super::ends::End;
use crate::error::Error;

/// A decision that is asked in one of several games.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The game's number under its seed.
    pub game: u64,
    /// What the seat sees there.
    pub seen: &'a [f32],
    /// Which actions are allowed.
    pub allowed: &'a [bool],
    /// What it has gained since it was last asked there, in points.
    pub gained: f32,
}

/// What is decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The action, by its place in the list.
    pub action: usize,
    /// A number from -1 to 1 for each lever.
    pub levels: Vec<f32>,
}

/// A player of many games.
pub trait Player: Send {
    /// Decides each of them, in this order; or says why not.
    fn decide(&mut self, asked: &[Asked]) -> Vec<Result<Choice, Error>>;
    /// Hears how games ended, by their numbers.
    fn over(&mut self, ended: &[(u64, &End)]);
}
