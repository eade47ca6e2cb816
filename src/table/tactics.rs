//! Tactics as numbers: what a strategy's rows hold. What they do is in `crate::strategies`.

use crate::codes::codes;
pub use crate::scenario::strategy::Tactics;

/// A tactic with its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Leaf {
    /// Which.
    pub kind: Tactics,
    /// Its weight.
    pub weight: f64,
    /// How fast it comes down, by its kind: an exponent, sessions, or a share that it gives throughout.
    pub pace: f64,
    /// The share that it gives at once.
    pub opening: f64,
}

codes! {
    /// A condition.
    Test {
        /// An unused place.
        #[default]
        Nothing,
        /// As good as what it would ask for next.
        Next,
        /// Late enough.
        Time,
        /// `Next`, or late enough and as good as the best heard.
        CombiMax,
        /// `Next`, or late enough and as good as the mean heard.
        CombiMean,
        /// Worth so much.
        Above,
        /// All of the ones before.
        All,
        /// Any of the ones before.
        Any,
    }
    /// How a party models the other.
    ModelOf {
        /// It knows its weights.
        #[default]
        Known,
        /// It guesses equal weights.
        Equal,
        /// Equal weights, and levers conceded matter less.
        Frequency,
        /// A belief over types.
        Bayes,
    }
}

/// One step of a rule, in the order in which a reader with a pencil would tick them off: parts first, then what
/// combines them.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Step {
    /// Which condition.
    pub test: Test,
    /// What it is held against, by its kind: a share of the time, or a worth in points.
    pub bar: f64,
    /// How many offers it looks at, or how many steps it combines.
    pub count: f64,
}
