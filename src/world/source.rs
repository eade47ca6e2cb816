//! Where a number of the scenario comes from: the same in every game, or drawn once a game.

use super::dice::{Stream, drawn};
use super::rows::ColumnId;
use crate::scenario::draw::{Distribution, Draw};
use crate::units::Unit;

/// A start value.
#[derive(Debug, Clone)]
pub struct Start {
    /// The component.
    pub column: ColumnId,
    /// The row of its kind.
    pub row: usize,
    /// The value, or where it is drawn from.
    pub from: Source,
}

/// Where a number comes from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Source {
    /// The same in every game.
    Fixed(f64),
    /// Drawn once a game and clamped to the field's range.
    Drawn {
        /// Its distribution.
        from: Distribution,
        /// Its stream of dice.
        stream: Stream,
        /// The field's range.
        range: (f64, f64),
    },
}

impl Source {
    /// The number that a uniform draw in [0, 1) gives.
    pub fn at(self, u: f64) -> f64 {
        match self {
            Source::Fixed(x) => x,
            Source::Drawn { from, range: (low, high), .. } => drawn(from, u).clamp(low, high),
        }
    }
}

/// The stream of a start value.
pub fn start_stream(label: &str, field: &str) -> Stream {
    Stream::named("start", label, field)
}

/// Where a field's number comes from.
pub fn source<T: Unit>(draw: &Draw<T>, label: &str, field: &str) -> Source {
    match draw {
        Draw::Fixed(x) => Source::Fixed((*x).into()),
        Draw::From(from) => Source::Drawn { from: *from, stream: start_stream(label, field), range: (T::MIN, T::MAX) },
    }
}

/// The middle of a draw: its number, or the middle of its distribution.
pub fn middle<T: Unit>(draw: &Draw<T>) -> f64 {
    match draw {
        Draw::Fixed(x) => (*x).into(),
        Draw::From(from) => from.middle(),
    }
}
