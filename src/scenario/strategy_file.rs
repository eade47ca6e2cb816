//! A strategy that stands alone in a file, so that any scenario can be played with it.
//!
//! `(schema: "summitry/strategy/1", name: "..", strategy: (about, source, offer, accept, escalate, extend, pledge,
//! model))`, and `tune: { "offer.exponent": Uniform(low: 0.1, high: 3) }` where a tuner may change it. What a strategy names of a scenario (the goals it suspects) is looked up when a scenario is played with it.

use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use super::check;
use super::file_kind::STRATEGY;
use super::knob::{Knob, path_at};
use super::language::{decode, read as read_tree};
use super::loaded::{Loaded, Open};
use super::put::set;
use super::rules::Scenario;
use super::rules::Standoff;
use super::schema::Goal;
use super::strategy::{Extend, Model, Strategy, StrategyFields, StrategyFile};
use super::unknown::middle_of;
use crate::error::Error;
use crate::notation::tree::{Kind, Node, Place, Source};
use crate::notation::written::quoted;
use crate::notation::{Code, Problem, Problems};

/// The name of the file format.
pub const SCHEMA: &str = "summitry/strategy/1";

/// The fields that say what a strategy is, not what it does.
const TOLD: [&str; 2] = ["about", "source"];

/// The field that says what a tuner may change.
const TUNE: &str = "tune";

/// Whether a text is meant to be a strategy file: it says so, or has a strategy at its top.
pub fn is_one(text: &str) -> bool {
    let Ok(tree) = read_tree(text, 0) else { return text.contains(SCHEMA) };
    let says = tree.entry("schema").is_some_and(|s| s.word().starts_with("summitry/strategy"));
    says || tree.entry("strategy").is_some() && tree.entry("parties").is_none() && tree.entry("extends").is_none()
}

/// Reads a strategy file and checks all that can be checked without a scenario; the tree of its strategy comes along.
pub fn read(name: &str, text: &str) -> Result<(StrategyFile, Node), Problems> {
    let sources = vec![Source { name: name.to_owned(), text: text.to_owned() }];
    let read = read_tuned(name, 0, text, true).map(|(file, strategy, _)| (file, strategy));
    read.map_err(|problems| Problems { problems, sources })
}

/// The same, its text being a certain source, and the paths that the file wants tuned, from its strategy on: none where
/// nothing is tuned.
fn read_tuned(
    name: &str,
    source: u16,
    text: &str,
    tuned: bool,
) -> Result<(StrategyFile, Node, Vec<Knob>), Vec<Problem>> {
    let mut tree = STRATEGY.read(name, text, source)?;
    let knobs = match (knobs(&mut tree), tuned) {
        (knobs, true) => knobs?,
        _ => vec![],
    };
    let file: StrategyFile = known(&tree)?;
    let strategy = tree.entry("strategy").cloned().unwrap_or_else(|| tree.clone());
    let mut problems = vec![];
    let at = |key: &str| tree.entry(key).map_or(tree.at, |node| node.at);
    if file.schema != SCHEMA {
        let text = format!("this program reads strategies of \"{SCHEMA}\", found \"{}\"", file.schema);
        problems.push(Problem::new(Code::OtherKind, text).at(at("schema")).help("change `schema`"));
    }
    if file.name.trim().is_empty() || file.name.contains(|c: char| ".=,/".contains(c) || c.is_control()) {
        let text = format!("the name of a strategy is a word or a few, found \"{}\"", file.name);
        problems.push(
            Problem::new(Code::BadName, text)
                .at(at("name"))
                .help("such as \"deal-seeker\": no dot, comma, slash or equals sign"),
        );
    }
    for (key, said) in [("about", &file.strategy.about), ("source", &file.strategy.source)] {
        if said.trim().is_empty() {
            let at = strategy.entry(key).map_or(strategy.at, |node| node.at);
            let text = format!("a strategy that stands alone says its `{key}`");
            let help = if key == "about" {
                "what it does, in a sentence"
            } else {
                "who proposed the idea, and where; or who wrote it"
            };
            problems.push(Problem::new(Code::Empty, text).at(at).help(help));
        }
    }
    problems.extend(alone(&file.strategy, &strategy));
    problems.extend(knobs.iter().flat_map(|knob| turned(&strategy, knob)));
    problems.sort_by_key(|problem| problem.at);
    problems.dedup();
    if problems.is_empty() { Ok((file, strategy, knobs)) } else { Err(problems) }
}

/// Decodes a tree, the middle in the place of each number that nobody knows.
fn known<T: DeserializeOwned + JsonSchema>(tree: &Node) -> Result<T, Vec<Problem>> {
    let (tree, problems) = middle_of::<T>(tree);
    if problems.is_empty() { decode(&tree) } else { Err(problems) }
}

/// Takes the paths to tune out of a strategy file: `tune: { "offer.exponent": Uniform(low: 0.1, high: 3) }`.
fn knobs(tree: &mut Node) -> Result<Vec<Knob>, Vec<Problem>> {
    let Kind::Record(_, fields) = &mut tree.kind else { return Ok(vec![]) };
    let Some(i) = fields.iter().position(|(key, _)| key.is_word(TUNE)) else { return Ok(vec![]) };
    let (_, value) = fields.remove(i);
    let Kind::Map(entries) = value.kind else {
        let text = format!("`tune` is a map {{ \"path\": values }}, found {}", value.found());
        return Err(vec![
            Problem::new(Code::WrongType, text)
                .at(value.at)
                .help("a path begins at the strategy, such as \"offer.exponent\""),
        ]);
    };
    Ok(entries.into_iter().map(|(key, value)| Knob { path: key.word(), at: path_at(&key), value }).collect())
}

/// What is wrong with a path to tune: the values it is given, or the strategy that each of them makes.
fn turned(strategy: &Node, knob: &Knob) -> Vec<Problem> {
    if let Err(problem) = knob.over() {
        return vec![problem];
    }
    let with = |tree: &Node, value: &Node| {
        let mut tree = tree.clone();
        set(&mut tree, &knob.path, knob.at, value.clone()).map_err(|problem| vec![problem]).map(|()| tree)
    };
    // once as a party has it, who is told nothing of `about` and `source`; and once as a whole, to be looked at
    let one = |value: &Node| {
        with(&played(strategy.clone()), value).and_then(|tree| known::<StrategyFields>(&tree))?;
        let tree = with(strategy, value)?;
        Ok(alone(&known::<Strategy>(&tree)?, &tree))
    };
    knob.tried().into_iter().flat_map(|value| one(value).unwrap_or_else(|problems: Vec<Problem>| problems)).collect()
}

/// What is wrong with a strategy in whatever scenario: it is looked at in one that has all it names.
fn alone(strategy: &Strategy, tree: &Node) -> Vec<Problem> {
    const HOST: &str = include_str!("../../scenarios/theory/split-the-dollar.ron");
    let Some(mut host) = read_tree(HOST, 0).ok().and_then(|tree| decode::<Scenario>(&tree).ok()) else {
        return vec![];
    };
    host.strategies.insert("x".into(), strategy.clone());
    if let Model::Bayes { types, .. } = &strategy.model {
        host.goals.extend(types.iter().map(|name| (name.clone(), Goal::default())));
    }
    if strategy.extend == (Extend::Attrition { hazard: None }) {
        host.standoff = Some(Standoff::default()); // it takes its hazard from there
    }
    let key = |word: &str| Node::text(tree.at, word);
    let map = Node::new(tree.at, Kind::Map(vec![(key("x"), tree.clone())]));
    let root = Node::new(tree.at, Kind::Record(None, vec![(Node::name(tree.at, "strategies"), map)]));
    let loaded = Loaded { tree: root, sources: vec![], files: 0, sweep: vec![], tune: vec![] };
    check::check(&host, &loaded)
}

/// What a party plays by: a strategy known by name, or a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seating {
    /// The party.
    pub party: String,
    /// A name, a file whose name ends in `.ron`, or `-` for standard input.
    pub plays: String,
}

/// Whether a word names a file and not a strategy; `-` is standard input.
pub fn is_file(word: &str) -> bool {
    word == "-" || word.ends_with(".ron") || word.contains(['/', '\\'])
}

/// What a party's `strategy` becomes when it plays by a name or a file: the sources read on the way are added.
pub fn tree_of(word: &str, said: &str, open: Open<'_>, sources: &mut Vec<Source>) -> Result<Node, Vec<Problem>> {
    tree_and_tune(word, said, open, sources, false).map(|(tree, _)| tree)
}

/// What it becomes when an outside program of this name plays it.
pub fn tree_of_program(name: &str, said: &str, sources: &mut Vec<Source>) -> Result<Node, Vec<Problem>> {
    let text = format!("External({})", quoted(name));
    let tree = read_tree(&text, u16::try_from(sources.len()).unwrap_or(u16::MAX - 1));
    sources.push(Source { name: said.to_owned(), text });
    tree
}

/// As [`tree_of`], and the paths that the file wants tuned, from the strategy on.
pub fn tree_and_tune(
    word: &str,
    said: &str,
    open: Open<'_>,
    sources: &mut Vec<Source>,
    tuned: bool,
) -> Result<(Node, Vec<Knob>), Vec<Problem>> {
    let number = |sources: &[Source]| u16::try_from(sources.len()).unwrap_or(u16::MAX - 1);
    let here = number(sources);
    sources.push(Source { name: said.to_owned(), text: word.to_owned() });
    let all = Place::new(here, 0, word.len());
    if !is_file(word) {
        let like = Node::text(all, word);
        return Ok((Node::new(all, Kind::Record(None, vec![(Node::name(all, "like"), like)])), vec![]));
    }
    let text = open(word).map_err(|error| vec![STRATEGY.unread(&error).at(all)])?;
    let source = number(sources);
    sources.push(Source { name: word.to_owned(), text: text.clone() });
    let (_, strategy, knobs) = read_tuned(word, source, &text, tuned)?;
    Ok((played(strategy), knobs))
}

/// A strategy's tree as a party has it: without what it says of itself.
pub fn played(mut strategy: Node) -> Node {
    if let Kind::Record(_, fields) = &mut strategy.kind {
        fields.retain(|(key, _)| !TOLD.iter().any(|word| key.is_word(word)));
    }
    strategy
}

/// `PARTY=FILE_OR_NAME`, as it is said on the command line.
pub fn seat(text: &str) -> Result<Seating, Error> {
    let wrong = || Error::argument("write PARTY=FILE_OR_NAME, such as us=boulware");
    let (party, plays) = text.split_once('=').ok_or_else(wrong)?;
    let (party, plays) = (party.trim().to_owned(), plays.trim().to_owned());
    if party.is_empty() || plays.is_empty() {
        return Err(wrong());
    }
    Ok(Seating { party, plays })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FINE: &str = r#"(schema: "summitry/strategy/1", name: "mine", strategy: (
        about: "a test", source: "here", offer: Time(exponent: 0.5), accept: Next))"#;

    fn says(text: &str) -> String {
        read("mine.ron", text).expect_err("wrong").explain(false)
    }

    #[test]
    fn a_strategy_stands_alone() {
        let (file, tree) = read("mine.ron", FINE).expect("fine");
        assert_eq!((file.name.as_str(), played(tree).entry("about")), ("mine", None));
        assert!(is_one(FINE) && !is_one("(schema: \"summitry/1\", parties: {})") && is_one("(strategy: ())"));
    }

    #[test]
    fn problems_are_told_in_the_file() {
        let wrong = says(&FINE.replace("a test", ""));
        assert!(wrong.contains("says its `about`") && wrong.contains("mine.ron:2"), "{wrong}");
        assert!(says(&FINE.replace("strategy/1", "strategy/9")).contains("found \"summitry/strategy/9\""));
        assert!(says(&FINE.replace("mine", "a=b")).contains("no dot, comma"));
        let wrong = says(&FINE.replace("Time(exponent: 0.5)", "Blend(parts: [])"));
        assert!(wrong.contains("a blend needs a tactic at least"), "{wrong}");
        let wrong = says(&FINE.replace("exponent: 0.5", "exponnt: 0.5"));
        assert!(wrong.contains("exponent"), "{wrong}");
    }

    #[test]
    fn a_file_says_what_may_be_tuned() {
        let with = |tune: &str| FINE.replace("strategy: (", &format!("tune: {tune}, strategy: ("));
        let mut sources = vec![];
        let text = with("{\"offer.exponent\": Uniform(low: 0.1, high: 3)}");
        let (tree, knobs) = tree_and_tune("mine.ron", "us", &|_| Ok(text.clone()), &mut sources, true).expect("fine");
        assert_eq!((knobs.len(), knobs[0].path.as_str(), tree.entry("tune")), (1, "offer.exponent", None));
        let wrong = says(&with("{\"offer.exponnt\": Uniform(low: 0.1, high: 3)}"));
        assert!(wrong.contains("exponnt") && wrong.contains("mine.ron:1"), "{wrong}");
        assert!(says(&with("3")).contains("`tune` is a map"));
    }

    #[test]
    fn what_may_be_tuned_is_tried_at_both_ends() {
        let with = |tune: &str| FINE.replace("strategy: (", &format!("tune: {{{tune}}}, strategy: ("));
        let wrong = says(&with("\"offer.opening\": Uniform(low: 0, high: 1.5)"));
        assert!(wrong.contains("1.5") && wrong.contains("mine.ron:1"), "{wrong}");
        assert!(says(&with("\"offer.exponent\": [\"much\"]")).contains("much"));
        assert!(says(&with("\"offer.exponent\": 3")).contains("runs over a list or a Uniform"));
        assert!(says(&with("\"offer.exponent\": Uniform(low: 3, high: 1)")).contains("runs over a list or a Uniform"));
        let wrong = says(&with("\"offer\": [Time(exponent: 1), Blend(parts: [])]"));
        assert!(wrong.contains("a blend needs a tactic at least") && wrong.contains("mine.ron:1"), "{wrong}");
        for told in ["about", "source"] {
            let wrong = says(&with(&format!("\"{told}\": [\"x\", \"y\"]")));
            assert!(wrong.contains(&format!("there is no field `{told}`")), "{wrong}");
        }
        let standoff = with("\"extend\": [Always, Attrition()]");
        assert!(read("mine.ron", &standoff).is_ok(), "a hazard may come from the scenario it is played in");
    }

    #[test]
    fn a_seat_is_a_party_and_what_it_plays() {
        assert_eq!(seat("us = boulware"), Ok(Seating { party: "us".into(), plays: "boulware".into() }));
        assert!(seat("us").is_err() && seat("=x").is_err());
        assert!(is_file("x.ron") && is_file("a/b") && is_file("-") && !is_file("tit-for-tat"));
    }
}
