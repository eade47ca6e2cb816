//! The numbers of a scenario as they stand in its files, each with what its author says of where it is from.

use super::filled::filled_strategy;
use super::language::read;
use super::loaded::Loaded;
use super::presets;
use super::rules::Scenario;
use super::unknown::{DRAWS, UNKNOWN};
use crate::notation::path;
use crate::notation::tree::{Kind, Node, Place, Source};

/// A number of a scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// Its path.
    pub path: String,
    /// As it was written: a number or a distribution.
    pub written: String,
    /// Where it stands.
    pub at: Place,
    /// Where it is from; none where nothing is said of it.
    pub because: Option<String>,
}

impl Told {
    /// Whether its author says that it is judgement.
    pub fn is_judgement(&self) -> bool {
        self.because.as_deref().is_some_and(|text| text.trim_start().starts_with("judgement"))
    }
}

/// What is said about the story holds no number of it.
const SAID: [&str; 2] = ["because", "ask_first"];

/// The number that a path names, as it was written; none where it names a part, or a field left at its default.
pub fn number(loaded: &Loaded, of: &str) -> Option<Told> {
    let named = path::get(&loaded.tree, of).ok()?;
    numbers(loaded, of).into_iter().find(|told| told.at == named.at)
}

/// Where a number of a scenario is from, as its author says: its own reason, or that of the goal or the strategy that its
/// party is like.
pub fn reason(loaded: &Loaded, scenario: &Scenario, of: &str) -> Option<String> {
    if let Some(told) = number(loaded, of) {
        return told.because;
    }
    match of.split('.').collect::<Vec<_>>()[..] {
        [_, party, "goal", field] => {
            let like = scenario.parties.get(party)?.goal.like.as_ref()?;
            number(loaded, &format!("goals.{like}.{field}"))?.because
        }
        [_, party, "strategy", ..] => {
            let source = filled_strategy(scenario, scenario.parties.get(party)?).ok()?.source;
            (!source.is_empty()).then_some(source)
        }
        _ => None,
    }
}

/// What a path comes to that a party has from a preset: which path or preset counts there, and the numbers under it.
pub fn of_a_preset(loaded: &Loaded, scenario: &Scenario, of: &str) -> Option<(String, Vec<Told>)> {
    let mut steps = of.splitn(4, '.');
    let (Some("parties"), Some(party), Some(part)) = (steps.next(), steps.next(), steps.next()) else { return None };
    let rest = steps.next().map(|rest| format!(".{rest}")).unwrap_or_default();
    let own = scenario.parties.get(party)?;
    let (like, shelf) = match part {
        "goal" => (own.goal.like.as_ref()?, "goals"),
        "strategy" => (own.strategy.like.as_ref()?, "strategies"),
        _ => return None,
    };
    let place = format!("{shelf}.{like}{rest}");
    let told = numbers(loaded, &place);
    if !told.is_empty() {
        return Some((format!("`{party}` is like \"{like}\" there, so `{place}` counts"), told));
    }
    let (_, text) = presets::FILES.iter().find(|(name, _)| part == "strategy" && name == like)?;
    let (name, text) = (like.clone(), (*text).to_owned());
    let alone = Loaded {
        tree: read(&text, 0).ok()?,
        sources: vec![Source { name, text }],
        files: 1,
        sweep: vec![],
        tune: vec![],
    };
    let told = numbers(&alone, &format!("strategy{rest}"));
    let why = format!("`{party}` plays by \"{like}\", a strategy of the program, there");
    (!told.is_empty()).then_some((why, told))
}

/// Every number that a scenario's files and changes give under a path (all where it is empty), in the order in which
/// they stand. What a file says of a number does not hold of one that another file or `--set` put in its place; the
/// numbers of a strategy file are from where it says that its strategy is from.
pub fn numbers(loaded: &Loaded, under: &str) -> Vec<Told> {
    let of = if under.is_empty() { Some(&loaded.tree) } else { path::get(&loaded.tree, under).ok() };
    let said = path::get(&loaded.tree, "because").ok().and_then(Node::entries).unwrap_or_default();
    let reasons = said.iter().filter_map(|(key, text)| match &text.kind {
        Kind::Text(text) => Some(Reason { of: path::get(&loaded.tree, &key.word()).ok()?, file: key.at.source, text }),
        _ => None,
    });
    let strategies = loaded.sources.iter().map(|source| source_of(&source.text)).collect();
    let mut walk = Walk { loaded, of, reasons: reasons.collect(), strategies, out: vec![] };
    walk.node(&loaded.tree, "", Above::default());
    walk.out
}

struct Reason<'a> {
    of: &'a Node,
    file: u16,
    text: &'a str,
}

/// What the parts that hold a node say.
#[derive(Clone, Copy, Default)]
struct Above<'a> {
    /// What was said of the innermost of which something was, and by which file.
    said: Option<(u16, &'a str)>,
    /// One of them is what was asked for.
    asked: bool,
}

struct Walk<'a> {
    loaded: &'a Loaded,
    of: Option<&'a Node>,
    reasons: Vec<Reason<'a>>,
    /// By source: where a strategy that stands alone in it is from.
    strategies: Vec<Option<String>>,
    out: Vec<Told>,
}

impl<'a> Walk<'a> {
    /// The numbers in a node.
    fn node(&mut self, node: &'a Node, path: &str, above: Above<'a>) {
        let own = self.reasons.iter().rfind(|r| std::ptr::eq(r.of, node)).map(|r| (r.file, r.text));
        let asked = above.asked || self.of.is_some_and(|of| std::ptr::eq(of, node));
        let here = Above { said: own.or(above.said), asked };
        let step = |word: &str| if path.is_empty() { word.to_owned() } else { format!("{path}.{word}") };
        match &node.kind {
            Kind::Number(_) | Kind::Big(_) => self.number(node, path, here),
            _ if node.variant() == Some(UNKNOWN) => self.number(node, path, here),
            Kind::Record(Some(name), _) if DRAWS.contains(&name.as_str()) => self.number(node, path, here),
            Kind::Record(_, entries) | Kind::Map(entries) => {
                for (key, value) in entries.iter().filter(|(key, _)| !path.is_empty() || !SAID.contains(&&*key.word()))
                {
                    self.node(value, &step(&key.word()), here);
                }
            }
            Kind::List(_, items) => {
                for (i, item) in items.iter().enumerate() {
                    self.node(item, &step(&i.to_string()), here);
                }
            }
            _ => {}
        }
    }

    fn number(&mut self, node: &Node, path: &str, above: Above<'a>) {
        if !above.asked {
            return;
        }
        let source = self.loaded.sources.get(usize::from(node.at.source));
        let written = source.and_then(|s| s.text.get(node.at.start..node.at.end)).unwrap_or_default();
        let said = above.said.filter(|(file, _)| *file == node.at.source).map(|(_, text)| text.to_owned());
        let because = said.or_else(|| self.strategies.get(usize::from(node.at.source)).cloned().flatten());
        self.out.push(Told { path: path.to_owned(), written: written.to_owned(), at: node.at, because });
    }
}

/// Where a strategy file says that its strategy is from.
fn source_of(text: &str) -> Option<String> {
    let tree = read(text, 0).ok()?;
    match &tree.entry("strategy").filter(|_| tree.entry("parties").is_none())?.entry("source")?.kind {
        Kind::Text(source) => Some(source.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::load::load;
    use crate::scenario::sample::TEXT;

    fn loaded(because: &str, sets: &[&str]) -> Loaded {
        let text = TEXT.replacen("  clock:", &format!("  because: {{{because}}},\n  clock:"), 1);
        let sets: Vec<String> = sets.iter().map(|set| set.to_string()).collect();
        load("story.ron", &|_| Ok(text.clone()), &sets).expect("in order")
    }

    #[test]
    fn the_longest_path_speaks_for_a_number_and_only_in_its_own_file() {
        let said = r#""levers": "judgement", "levers.us_tariff.now": "PIIE""#;
        let of = |loaded: &Loaded, path: &str| number(loaded, path).expect(path).because;
        let plain = loaded(said, &[]);
        assert_eq!(of(&plain, "levers.us_tariff.now").as_deref(), Some("PIIE"));
        assert_eq!(of(&plain, "levers.us_tariff.tried").as_deref(), Some("judgement"));
        assert_eq!(of(&plain, "clock.rounds"), None);
        let moved = loaded(said, &["levers.us_tariff.now=33"]);
        assert_eq!(
            number(&moved, "levers.us_tariff.now").map(|told| (told.written, told.because)),
            Some(("33".into(), None))
        );
    }

    #[test]
    fn a_distribution_is_one_number() {
        let all = numbers(&loaded("", &[]), "");
        let drawn = |told: &&Told| told.written.starts_with("Uniform(") || told.written.starts_with("LogNormal(");
        assert!(all.iter().any(|told| drawn(&told)) && all.iter().all(|told| !told.path.ends_with(".median")));
        assert!(all.iter().all(|told| !told.path.starts_with("because") && !told.path.starts_with("ask_first")));
    }
}
