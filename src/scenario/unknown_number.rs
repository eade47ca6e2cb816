//! A number that nobody knows, as it stands in a scenario.

use super::draw::Distribution;
use crate::notation::tree::Place;

/// A number that nobody knows.
#[derive(Debug, Clone)]
pub struct Unknown {
    /// Its path.
    pub path: String,
    /// Where it is written.
    pub at: Place,
    /// What is known of it.
    pub from: Distribution,
    /// The range of its field.
    pub range: (f64, f64),
    /// The field takes whole numbers only.
    pub whole: bool,
    /// Which entry or item leads to it at each step from the top of the tree.
    pub steps: Vec<usize>,
}

/// Wherever it is written.
impl PartialEq for Unknown {
    fn eq(&self, other: &Unknown) -> bool {
        let of = |one: &Unknown| (one.from, one.range, one.whole);
        self.path == other.path && of(self) == of(other)
    }
}

impl Unknown {
    /// A draw as the field takes it.
    pub fn cut(&self, x: f64) -> f64 {
        let x = if self.whole { x.round() } else { x };
        x.clamp(self.range.0, self.range.1)
    }

    /// What stands for it where one number must do; outside the range where most of its draws are.
    pub(super) fn middle(&self) -> f64 {
        let x = self.from.middle();
        if self.whole { x.round() } else { x }
    }
}
