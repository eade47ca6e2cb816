//! A package in the making: lines put into it, and taken back one by one.

/// A draft, with what it was before each change.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Draft {
    levels: Vec<(usize, f64)>,
    before: Vec<Vec<(usize, f64)>>,
}

impl Draft {
    /// The levels by lever, in the order in which they were first named.
    pub fn levels(&self) -> &[(usize, f64)] {
        &self.levels
    }

    /// Puts levels into it: a lever that is in it already gets the new level.
    pub fn put(&mut self, levels: &[(usize, f64)]) {
        self.before.push(self.levels.clone());
        for (lever, level) in levels {
            match self.levels.iter_mut().find(|(l, _)| l == lever) {
                Some((_, now)) => *now = *level,
                None => self.levels.push((*lever, *level)),
            }
        }
    }

    /// Takes the last change back; false where there is none.
    pub fn undo(&mut self) -> bool {
        self.before.pop().map(|before| self.levels = before).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_taken_back_one_by_one() {
        let mut draft = Draft::default();
        draft.put(&[(1, 30.0), (4, 0.8)]);
        draft.put(&[(1, 35.0)]);
        assert_eq!(draft.levels(), [(1, 35.0), (4, 0.8)]);
        assert!(draft.undo());
        assert_eq!(draft.levels(), [(1, 30.0), (4, 0.8)]);
        assert!(draft.undo() && draft.levels().is_empty());
        assert!(!draft.undo());
    }
}
