//! Tree to types, with all problems at once.

use serde::de::DeserializeOwned;

use super::code::Code;
use super::from_tree::FromTree;
use super::hole::{holds_hole, hole, is_hole};
use super::language::Language;
use super::near::nearest;
use super::problem::Problem;
use super::tree::{Kind, Node, Place};

/// So many problems of one file are told.
pub const PROBLEMS_MAX: usize = 50;

/// Decodes the tree, or says everything that is wrong with it, each with its place.
///
/// A type stops at its first problem. So each is noted and mended (an unknown field is cut, a wrong value becomes a
/// hole, a missing field is added as one) and the tree is decoded again, until nothing is wrong any more.
pub fn decode<T: DeserializeOwned>(root: &Node, language: &'static Language) -> Result<T, Vec<Problem>> {
    let Mended { value, problems, .. } = decode_mended(root, language);
    match value {
        Some(value) if problems.is_empty() => Ok(value),
        _ => Err(problems),
    }
}

/// What came of decoding: with problems, a value that can only serve to look for more.
pub struct Mended<T> {
    /// The value, holes filled with something harmless; none where mending did not help.
    pub value: Option<T>,
    /// The tree it was decoded from; none where that is the tree as written.
    pub tree: Option<Node>,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

/// The same, with the value that was decoded once all that is wrong was mended.
pub fn decode_mended<T: DeserializeOwned>(root: &Node, language: &'static Language) -> Mended<T> {
    let first = match T::deserialize(FromTree::new(root, language)) {
        Ok(value) => return Mended { value: Some(value), tree: None, problems: vec![] },
        Err(problem) => problem,
    };
    let mut mender = Mender { tree: root.clone(), problems: vec![], cut: vec![], hopeless: vec![], holes: 0 };
    let (mut next, mut value) = (first, None);
    for _ in 0..4 * PROBLEMS_MAX {
        if !mender.note_and_mend(next) || mender.problems.len() >= PROBLEMS_MAX {
            break;
        }
        match T::deserialize(FromTree::new(&mender.tree, language)) {
            Ok(mended) => {
                value = Some(mended);
                break;
            }
            Err(problem) => next = problem,
        }
    }
    let mut problems = mender.problems;
    problems.sort_by_key(|problem| problem.at);
    Mended { value, tree: Some(mender.tree), problems }
}

struct Mender {
    tree: Node,
    problems: Vec<Problem>,
    /// Unknown fields that were cut, with their record: a required field spelt almost so is not called missing too.
    cut: Vec<(Place, String)>,
    /// Fields of a record where a hole did not fit.
    hopeless: Vec<(Place, String)>,
    holes: usize,
}

impl Mender {
    /// False when nothing can be mended any more.
    fn note_and_mend(&mut self, problem: Problem) -> bool {
        let at = problem.at.unwrap_or(self.tree.at);
        match problem.word().filter(|_| problem.code == Code::MissingField).map(str::to_owned) {
            Some(field) if self.hopeless.contains(&(at, field.clone())) => self.make_hole(|node| node.at == at),
            Some(field) if self.add_hole(at, &field) => {
                let misspelt = |(record, word): &(Place, String)| *record == at && nearest(word, [&*field]).is_some();
                if !self.cut.iter().any(misspelt) && !self.hopeless.iter().any(|(record, _)| *record == at) {
                    self.problems.push(problem);
                }
                true
            }
            _ => self.cut_field(at, &problem) || self.mend_value(at, problem),
        }
    }

    /// Adds a missing field to the record at `at`.
    fn add_hole(&mut self, at: Place, field: &str) -> bool {
        let is_record = |node: &Node| node.at == at && matches!(node.kind, Kind::Record(..) | Kind::Name(_));
        let Some(record) = find(&mut self.tree, &is_record) else { return false };
        if let Kind::Name(variant) = &record.kind {
            record.kind = Kind::Record(Some(variant.clone()), vec![]); // a variant written without its fields
        }
        if let Kind::Record(_, fields) = &mut record.kind {
            self.holes += 1;
            fields.push((hole(self.holes), hole(self.holes)));
            if let Some((key, _)) = fields.last_mut() {
                key.kind = Kind::Name(field.to_owned());
            }
        }
        true
    }

    /// Cuts the field whose name stands at `at`.
    fn cut_field(&mut self, at: Place, problem: &Problem) -> bool {
        let has_key = |node: &Node| node.entries().is_some_and(|entries| entries.iter().any(|(key, _)| key.at == at));
        let Some(record) = find(&mut self.tree, &has_key) else { return false };
        let place = record.at;
        if let Kind::Record(_, entries) | Kind::Map(entries) = &mut record.kind
            && let Some(i) = entries.iter().position(|(key, _)| key.at == at)
        {
            self.cut.push((place, entries.remove(i).0.word()));
        }
        self.problems.push(problem.clone());
        true
    }

    /// Puts a hole where a wrong value stands.
    fn mend_value(&mut self, at: Place, problem: Problem) -> bool {
        let Some(node) = find(&mut self.tree, &|node| node.at == at || node.variant_at() == at) else {
            self.problems.push(problem);
            return false;
        };
        if is_hole(node) {
            return self.give_up_hole(at);
        }
        if !holds_hole(node) {
            self.problems.push(problem); // else it may be the hole that is complained about
        }
        self.make_hole(|node| node.at == at || node.variant_at() == at)
    }

    /// A hole that its type does not take: out with its entry, or with all it stands in.
    fn give_up_hole(&mut self, at: Place) -> bool {
        let is_parent = |node: &Node| match &node.kind {
            Kind::Map(entries) | Kind::Record(_, entries) => entries.iter().any(|(_, value)| value.at == at),
            Kind::List(_, items) => items.iter().any(|item| item.at == at),
            _ => false,
        };
        let Some(parent) = find(&mut self.tree, &is_parent) else { return false };
        let place = parent.at;
        match &mut parent.kind {
            Kind::Map(entries) | Kind::Record(_, entries) => {
                if let Some(i) = entries.iter().position(|(_, value)| value.at == at) {
                    self.hopeless.push((place, entries.remove(i).0.word()));
                }
                true
            }
            Kind::List(None, items) => {
                items.retain(|item| item.at != at);
                true
            }
            _ => self.make_hole(|node| node.at == place),
        }
    }

    fn make_hole(&mut self, which: impl Fn(&Node) -> bool) -> bool {
        self.holes += 1;
        let hole = hole(self.holes);
        find(&mut self.tree, &which).map(|node| *node = hole).is_some()
    }
}

/// The outermost node that fits, searched everywhere: a patched value has another source than its record.
fn find<'a>(node: &'a mut Node, fits: &dyn Fn(&Node) -> bool) -> Option<&'a mut Node> {
    if fits(node) {
        return Some(node);
    }
    match &mut node.kind {
        Kind::Map(entries) | Kind::Record(_, entries) => entries.iter_mut().find_map(|(_, value)| find(value, fits)),
        Kind::List(_, items) => items.iter_mut().find_map(|item| find(item, fits)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notation::language::PLAIN;
    use crate::notation::read::read;
    use serde::Deserialize;
    use std::collections::BTreeMap;

    fn from<T: DeserializeOwned>(text: &str) -> Result<T, Vec<String>> {
        let tree = read(text, 0, &PLAIN).unwrap_or_else(|problems| panic!("{text}: {problems:?}"));
        decode(&tree, &PLAIN).map_err(|problems| {
            problems
                .into_iter()
                .map(|p| {
                    format!("{} at `{}`", p.text, p.at.map_or("", |at| &text[at.start..at.end.min(at.start + 24)]))
                })
                .collect()
        })
    }

    #[derive(Deserialize, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Small {
        whole: u32,
        number: f64,
        #[serde(default)]
        maybe: Option<f64>,
        #[serde(default)]
        tags: Vec<String>,
        #[serde(default)]
        of: BTreeMap<String, f64>,
        #[serde(default)]
        seed: u64,
        #[serde(default)]
        pair: Option<(f64, bool)>,
        #[serde(default)]
        choice: Option<Choice>,
        #[serde(default)]
        like: Option<Like>,
    }

    #[derive(Deserialize, Debug, PartialEq)]
    enum Choice {
        Alone,
        Value(f64),
        Fields {
            at: f64,
            #[serde(default)]
            by: f64,
        },
        Pair(f64, bool),
        Holds(Inner),
        Many(Vec<Choice>),
    }

    #[derive(Deserialize, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        deep: f64,
    }

    #[derive(Deserialize, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Like {
        like: String,
        #[serde(default)]
        more: f64,
    }

    fn small(rest: &str) -> Result<Small, Vec<String>> {
        from(&format!("(whole: 1, number: 2, {rest})"))
    }

    #[test]
    fn options_lists_and_large_numbers() {
        assert_eq!(small("maybe: None").map(|s| s.maybe), Ok(None));
        assert_eq!(small("maybe: Some(3)").map(|s| s.maybe), Ok(Some(3.0)));
        assert_eq!(small("maybe: 3").map(|s| s.maybe), Ok(Some(3.0)));
        assert_eq!(small("tags: [a, \"b\"]").map(|s| s.tags), Ok(vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(small("of: {\"x\": 1, y: 2}").map(|s| s.of.len()), Ok(2));
        assert_eq!(small("seed: 18446744073709551615").map(|s| s.seed), Ok(u64::MAX));
        assert_eq!(small("pair: (1, true)").map(|s| s.pair), Ok(Some((1.0, true))));
    }

    #[test]
    fn choices_of_every_shape() {
        let choice = |text: &str| small(&format!("choice: {text}")).map(|s| s.choice.expect("given"));
        assert_eq!(choice("Alone"), Ok(Choice::Alone));
        assert_eq!(choice("Value(2)"), Ok(Choice::Value(2.0)));
        assert_eq!(choice("Fields(at: 2)"), Ok(Choice::Fields { at: 2.0, by: 0.0 }));
        assert_eq!(choice("Pair(2, true)"), Ok(Choice::Pair(2.0, true)));
        assert_eq!(choice("Holds(deep: 1)"), Ok(Choice::Holds(Inner { deep: 1.0 })));
        assert_eq!(choice("Holds((deep: 1))"), Ok(Choice::Holds(Inner { deep: 1.0 })));
        assert_eq!(choice("Many([Alone, Value(1)])"), Ok(Choice::Many(vec![Choice::Alone, Choice::Value(1.0)])));
    }

    #[test]
    fn a_text_stands_for_the_record_that_is_like_it() {
        let like = Like { like: "boulware".into(), more: 0.0 };
        assert_eq!(small("like: \"boulware\"").map(|s| s.like), Ok(Some(like)));
        assert!(small("like: boulware").is_ok());
        assert_eq!(small("like: 3"), Err(vec!["a record `( .. )` is needed here, found 3 at `3`".into()]));
    }

    #[test]
    fn each_mistake_has_its_own_words() {
        let cases = [
            ("whole: 26.5, number: 1", "a whole number is needed here, found 26.5 at `26.5`"),
            ("whole: -12, number: 1", "a whole number between 0 and 4294967295 is needed here, found -12 at `-12`"),
            ("whole: 1, number: \"lots\"", "a number is needed here, found the text \"lots\" at `\"lots\"`"),
            ("whole: 1, number: true", "a number is needed here, found `true` at `true`"),
            ("whole: 1", "the field `number` is missing here at `(whole: 1)`"),
            ("whole: 1, number: 1, tag: []", "there is no field `tag` here; did you mean `tags`? at `tag`"),
            ("whole: 1, numbre: 1", "there is no field `numbre` here; did you mean `number`? at `numbre`"),
            ("whole: 1, number: 1, of: (x: 1)", "a map `{ .. }` is needed here, found a record `( .. )` at `(x: 1)`"),
            ("whole: 1, number: 1, tags: \"x\"", "a list `[ .. ]` is needed here, found the text \"x\" at `\"x\"`"),
            ("whole: 1, number: 1, pair: (1, true, 2)", "2 values must stand here, found 3 values at `(1, true, 2)`"),
            (
                "whole: 1, number: 1, choice: Alonee",
                "there is no choice `Alonee` here; did you mean `Alone`? at `Alonee`",
            ),
            (
                "whole: 1, number: 1, choice: \"Alone\"",
                "a name of a choice is needed here, found the text \"Alone\" at `\"Alone\"`",
            ),
            ("whole: 1, number: 1, choice: Alone(1)", "`Alone` stands alone, without brackets at `Alone(1)`"),
            ("whole: 1, number: 1, choice: Value", "`Value` needs a value: Value(..) at `Value`"),
            (
                "whole: 1, number: 1, choice: Fields(3)",
                "the values of `Fields` need names: Fields(at: .., ..) at `Fields(3)`",
            ),
            ("whole: 1, number: 1, choice: Fields", "the field `at` is missing here at `Fields`"),
            ("whole: 1, number: 1, choice: Pair(1)", "2 values must stand here, found 1 value at `Pair(1)`"),
        ];
        for (text, message) in cases {
            assert_eq!(from::<Small>(&format!("({text})")), Err(vec![message.to_owned()]), "{text}");
        }
    }

    #[test]
    fn all_that_is_missing_is_told_at_once() {
        assert_eq!(from::<Small>("()").map_err(|problems| problems.len()), Err(2));
        assert_eq!(from::<Small>("3").map_err(|problems| problems.len()), Err(1));
    }

    #[test]
    fn fifty_problems_are_enough() {
        let many: String = (0..80).map(|i| format!("\"k{i}\": x, ")).collect();
        assert_eq!(small(&format!("of: {{{many}}}")).map_err(|problems| problems.len()), Err(PROBLEMS_MAX));
    }
}
