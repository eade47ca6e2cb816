//! What a study turns: a path, and the values it is given.

use crate::notation::tree::{Kind, Node, Place};
use crate::notation::written::written;
use crate::notation::{Code, Problem};

/// So many values of one path are tried out when it is checked.
const TRIED_MAX: usize = 100;

/// A path that a study turns, and what it is given.
#[derive(Clone, PartialEq, Debug)]
pub struct Knob {
    /// The path.
    pub path: String,
    /// Where the path is written.
    pub at: Place,
    /// What is written for it.
    pub value: Node,
}

/// What a path runs over.
#[derive(Debug, Clone, PartialEq)]
pub enum Over {
    /// These values.
    Values(Vec<Node>),
    /// All numbers between these.
    Range(f64, f64),
}

impl Knob {
    /// What the path runs over: a list of values, or `Uniform(low: .., high: ..)`.
    pub fn over(&self) -> Result<Over, Problem> {
        let bound = |name: &str| match self.value.entry(name).map(|node| &node.kind) {
            Some(Kind::Number(x)) => Some(*x),
            _ => None,
        };
        match (&self.value.kind, bound("low"), bound("high")) {
            (Kind::List(None, values), _, _) if !values.is_empty() => Ok(Over::Values(values.clone())),
            (_, Some(low), Some(high)) if self.value.variant() == Some("Uniform") && low < high => {
                Ok(Over::Range(low, high))
            }
            _ => {
                let text = format!("`{}` runs over a list or a Uniform, found {}", self.path, self.value.found());
                Err(Problem::new(Code::WrongType, text)
                    .at(self.value.at)
                    .help("write [30, 40, 50], or Uniform(low: 30, high: 50) with the low end below the high one"))
            }
        }
    }

    /// Values that must fit where the path leads: all of a list, both ends of a range.
    pub(super) fn tried(&self) -> Vec<&Node> {
        match &self.value.kind {
            Kind::List(None, values) => values.iter().take(TRIED_MAX).collect(),
            _ => [self.value.entry("low"), self.value.entry("high")].into_iter().flatten().collect(),
        }
    }
}

/// What a path runs over, as `sweep` and `tune` have it.
pub fn range(over: &Over) -> String {
    match over {
        Over::Values(values) => format!("[{}]", values.iter().map(written).collect::<Vec<_>>().join(", ")),
        Over::Range(low, high) => format!("Uniform(low: {low}, high: {high})"),
    }
}

/// Where a path stands that is written as a key: within its quotes.
pub(super) fn path_at(key: &Node) -> Place {
    let word = key.word();
    match key.kind {
        Kind::Text(_) if key.at.end - key.at.start == word.len() + 2 => {
            Place { start: key.at.start + 1, end: key.at.end - 1, ..key.at }
        }
        _ => key.at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::language::read;

    #[test]
    fn a_range_is_read_again() {
        for over in [Over::Range(-1.0, 2.5), Over::Values(vec![read("0.5", 0).expect("read")])] {
            let value = read(&range(&over), 0).expect("read");
            let again = Knob { path: "a".into(), at: value.at, value }.over().expect("a range or a list");
            assert_eq!(range(&again), range(&over));
        }
    }
}
