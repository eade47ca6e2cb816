//! Tactics as numbers: what a strategy's rows hold. What they do is in `crate::strategies`.

/// A plain tactic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tactics {
    /// An unused place.
    #[default]
    Nothing,
    /// By the calendar.
    Time,
    /// By the sessions left.
    Resource,
    /// By what the other has given.
    Reciprocate,
    /// Always the same.
    Hold,
    /// Full information, thought through from the end.
    BackwardInduction,
}

const TACTICS: [Tactics; 6] = [
    Tactics::Nothing,
    Tactics::Time,
    Tactics::Resource,
    Tactics::Reciprocate,
    Tactics::Hold,
    Tactics::BackwardInduction,
];

impl Tactics {
    /// Its number, as a component holds it.
    pub fn number(self) -> f64 {
        TACTICS.iter().position(|k| *k == self).unwrap_or(0) as f64
    }
    /// From its number.
    pub fn of_number(x: f64) -> Tactics {
        TACTICS[(x as usize).min(TACTICS.len() - 1)]
    }
}

/// A tactic with its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Leaf {
    /// Which.
    pub kind: Tactics,
    /// Its weight.
    pub weight: f64,
    /// Exponent, sessions or share.
    pub a: f64,
    /// What it gives at once.
    pub b: f64,
}

impl Leaf {
    /// From the numbers of its row.
    pub fn new(kind: f64, weight: f64, a: f64, b: f64) -> Leaf {
        Leaf { kind: Tactics::of_number(kind), weight, a, b }
    }
}

/// A condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Test {
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

pub(crate) const TESTS: [Test; 8] =
    [Test::Nothing, Test::Next, Test::Time, Test::CombiMax, Test::CombiMean, Test::Above, Test::All, Test::Any];

/// One step of a rule, in the order in which a reader with a pencil would tick them off: parts first, then what
/// combines them.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Step {
    /// Which condition.
    pub test: Test,
    /// Its number.
    pub a: f64,
    /// How many it looks at or combines.
    pub b: f64,
}

impl Step {
    /// From the numbers of its row.
    pub fn new(kind: f64, a: f64, b: f64) -> Step {
        Step { test: TESTS[(kind as usize).min(TESTS.len() - 1)], a, b }
    }
}

/// How a party models the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ModelOf {
    /// It knows its weights.
    Known,
    /// It guesses equal weights.
    Equal,
    /// Equal weights, and levers conceded matter less.
    Frequency,
    /// A belief over types.
    Bayes,
}

const MODELS: [ModelOf; 4] = [ModelOf::Known, ModelOf::Equal, ModelOf::Frequency, ModelOf::Bayes];
impl ModelOf {
    /// From the number of its row.
    pub fn of_number(x: f64) -> ModelOf {
        MODELS[(x as usize).min(MODELS.len() - 1)]
    }
}
