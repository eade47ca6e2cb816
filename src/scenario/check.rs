//! What the types cannot see: names that must exist, numbers that must fit each other.
//!
//! [`check`] finds everything that keeps a scenario from being played; [`warnings`] what can be played, but hardly as
//! its author meant it; [`lints`], where they are asked for, what is legal but odd.

mod calendar;
mod levers;
mod lint;
#[cfg(test)]
mod lint_tests;
mod parties;
mod sources;
mod strategies;
mod warn;

use super::loaded::Loaded;
use super::rules::Scenario;
use super::rules::Switch;
use super::talks::Opener;
use crate::notation::clean::is_trick;
use crate::notation::hole::{is_hole, is_nowhere};
use crate::notation::near::{listed, nearest};
use crate::notation::syntax::line_column;
use crate::notation::tree::{Kind, Node, Place};
use crate::notation::{Code, Problem};

pub use lint::{CUT, lints};
pub use warn::{clamped, cut_off, warnings};

/// The name of the file format.
pub const SCHEMA: &str = "summitry/1";
/// A name that is not there is blamed at each of so many places; further ones are only counted.
const PLACES_MAX: usize = 3;

/// All problems of a scenario whose fields are each in order.
pub fn check(scenario: &Scenario, loaded: &Loaded) -> Vec<Problem> {
    find(scenario, loaded, true).finish()
}

/// More problems of a scenario that has some already: `mended` is what it was decoded from once they were taken out,
/// `written` the tree as it stands. What may follow from a known problem is left out.
pub(super) fn check_mended(scenario: &Scenario, mended: &Loaded, written: &Node, known: &[Problem]) -> Vec<Problem> {
    let mut finder = find(scenario, mended, false);
    finder.problems.retain(|problem| !follows(problem, written, known));
    for stranger in &mut finder.strangers {
        stranger.problems.retain(|problem| problem.at.is_some_and(|at| !is_nowhere(at)));
    }
    // `gaols: {..}` was cut: then nobody knows what goals there are
    let top: Vec<Place> = written.entries().unwrap_or_default().iter().map(|(key, _)| key.at).collect();
    let cut = known.iter().filter_map(|problem| problem.at).any(|at| top.contains(&at));
    let lost = |noun: Noun| {
        let [before, after] = [written, &mended.tree].map(|tree| tree.entry(noun.1));
        after.is_none_or(is_hole) && (cut || after.is_some())
            || before.and_then(Node::entries).map(<[_]>::len) != after.and_then(Node::entries).map(<[_]>::len)
    };
    finder.strangers.retain(|stranger| !stranger.problems.is_empty() && !lost(stranger.noun));
    finder.finish()
}

/// Whether a problem stands in the same part of the scenario as a known one, or touches what is not there. A part is a
/// lever, a party, an event, a goal; or a record of the top.
fn follows(problem: &Problem, written: &Node, known: &[Problem]) -> bool {
    let Some(at) = problem.at.filter(|at| !is_nowhere(*at)) else { return true };
    let mut part = written;
    let mut of_many = false;
    for _ in 0..2 {
        let inner: Vec<&Node> = match &part.kind {
            Kind::Record(_, entries) | Kind::Map(entries) => {
                entries.iter().filter(|(key, value)| key.at == at || stands_in(value, at)).map(|(_, v)| v).collect()
            }
            Kind::List(_, items) => items.iter().filter(|item| stands_in(item, at)).collect(),
            _ => vec![],
        };
        match inner.first() {
            Some(next) if part.at == written.at || of_many => part = next,
            _ => break,
        }
        of_many = matches!(part.kind, Kind::Map(_) | Kind::List(None, _));
    }
    known.iter().filter_map(|problem| problem.at).any(|known| stands_in(part, known))
}

/// Whether a place lies in a node, or in something that was put into it from elsewhere.
fn stands_in(node: &Node, at: Place) -> bool {
    let within = node.at.source == at.source && node.at.start <= at.start && at.end <= node.at.end;
    within
        || match &node.kind {
            Kind::Record(_, entries) | Kind::Map(entries) => {
                entries.iter().any(|(key, value)| key.at == at || stands_in(value, at))
            }
            Kind::List(_, items) => items.iter().any(|item| stands_in(item, at)),
            _ => false,
        }
}

/// `whole` unless something was taken out of the scenario.
fn find<'a>(scenario: &'a Scenario, loaded: &'a Loaded, whole: bool) -> Finder<'a> {
    let mut finder = Finder { scenario, loaded, whole, problems: vec![], strangers: vec![] };
    finder.top();
    finder.calendar();
    finder.levers();
    finder.goals();
    finder.parties();
    finder.names("strategies", scenario.strategies.keys());
    for (name, strategy) in &scenario.strategies {
        finder.strategy(&format!("strategies.{name}"), strategy);
    }
    finder.countries();
    // A path that leads to nothing may only follow from what is told above.
    if whole && finder.problems.is_empty() && finder.strangers.is_empty() {
        finder.sources();
    }
    finder
}

/// What a kind of name is called, one of them and many.
type Noun = (&'static str, &'static str);
const PARTY: Noun = ("party", "parties");
const LEVER: Noun = ("lever", "levers");
const LAYER: Noun = ("layer", "layers");
const GOAL: Noun = ("goal", "goals");
const STRATEGY: Noun = ("strategy", "strategies");
const MECHANISM: Noun = ("mechanism", "mechanisms");

/// Where a name that is not there was used.
struct Stranger {
    noun: Noun,
    word: String,
    problems: Vec<Problem>,
}

/// Collects what is wrong.
struct Finder<'a> {
    scenario: &'a Scenario,
    loaded: &'a Loaded,
    /// False where parts were taken out: what depends on several parts at once is not judged then.
    whole: bool,
    problems: Vec<Problem>,
    strangers: Vec<Stranger>,
}

impl<'a> Finder<'a> {
    fn say(&mut self, code: Code, path: &str, text: impl Into<String>) {
        self.problems.push(self.loaded.blame(path, code, text));
    }

    fn advise(&mut self, code: Code, path: &str, text: impl Into<String>, help: impl Into<String>) {
        self.problems.push(self.loaded.blame(path, code, text).help(help));
    }

    fn say_of_key(&mut self, code: Code, path: &str, key: &str, text: impl Into<String>, help: impl Into<String>) {
        self.problems.push(self.loaded.blame_key(path, key, code, text).help(help));
    }

    /// The word at a path must be one of the names.
    fn known(&mut self, path: &str, noun: Noun, word: &str, names: &[&str]) {
        if !names.contains(&word) {
            let problem = stranger(self.loaded.blame(path, Code::UnknownName, ""), noun, word, names);
            self.meet(noun, word, problem);
        }
    }

    /// A key of what a path names must be one of the names.
    fn known_key(&mut self, path: &str, noun: Noun, word: &str, names: &[&str]) {
        if !names.contains(&word) {
            let problem = stranger(self.loaded.blame_key(path, word, Code::UnknownName, ""), noun, word, names);
            self.meet(noun, word, problem);
        }
    }

    fn meet(&mut self, noun: Noun, word: &str, problem: Problem) {
        match self.strangers.iter_mut().find(|known| known.noun == noun && known.word == word) {
            Some(known) => known.problems.push(problem),
            None => self.strangers.push(Stranger { noun, word: word.to_owned(), problems: vec![problem] }),
        }
    }

    fn party_names(&self) -> Vec<&'a str> {
        self.scenario.parties.keys().map(String::as_str).collect()
    }

    fn lever_names(&self) -> Vec<&'a str> {
        self.scenario.levers.keys().map(String::as_str).collect()
    }

    fn goal_names(&self) -> Vec<&'a str> {
        self.scenario.goals.keys().map(String::as_str).collect()
    }

    /// A lever that may be left out.
    fn maybe_lever(&mut self, path: &str, name: &str) {
        if !name.is_empty() {
            self.known(path, LEVER, name, &self.lever_names());
        }
    }

    /// The names an author chose: they stand in paths and in `--set`, so they hold no dot and no equals sign.
    fn names<'n>(&mut self, path: &str, names: impl Iterator<Item = &'n String>) {
        for name in names {
            if name.trim().is_empty() {
                self.say_of_key(Code::BadName, path, name, "this name is empty", "write a name between the quotes");
            } else if let Some(sign) = name.chars().find(|c| ".=".contains(*c) || is_trick(*c)) {
                self.say_of_key(
                    Code::BadName,
                    path,
                    name,
                    format!("the name `{}` holds `{}`", name.escape_debug(), sign.escape_debug()),
                    "names stand in paths such as parties.us.optimism=0.6: leave out dots and equals signs",
                );
            }
        }
    }

    fn top(&mut self) {
        let s = self.scenario;
        if s.schema != SCHEMA {
            self.advise(
                Code::OtherKind,
                "schema",
                format!("this program reads \"{SCHEMA}\", found \"{}\"", s.schema),
                "change `schema`",
            );
        }
        if s.title.trim().is_empty() {
            self.say(Code::Empty, "title", "the title is empty");
        }
        self.switches();
        self.clock();
        let exchanges = s.talks.exchanges.get() as usize;
        if !(1..=super::limits::EXCHANGES_MAX).contains(&exchanges) {
            let most = super::limits::EXCHANGES_MAX;
            self.say(
                Code::OutOfRange,
                "talks.exchanges",
                format!("a session has 1 to {most} exchanges, found {exchanges}"),
            );
        }
        if let Opener::Alternate { first } = &s.talks.opener {
            self.known("talks.opener.first", PARTY, first, &self.party_names());
        }
        self.maybe_lever("thirds.press", &s.thirds.press);
        self.maybe_lever("thirds.threaten", &s.thirds.threaten);
        self.maybe_lever("overcapacity.eased_by", &s.overcapacity.eased_by);
        if s.credibility.review_every.get() == 0 {
            self.say(
                Code::OutOfRange,
                "credibility.review_every",
                "pledges are reviewed every round at most: 1 or more, found 0",
            );
        }
        if s.repair.lasts.get() == 0 {
            self.say(Code::OutOfRange, "repair.lasts", "a swap holds 1 round at least, found 0");
        }
        if s.delivery.ramp.get() == 0 {
            self.say(
                Code::OutOfRange,
                "delivery.ramp",
                "a pledge is delivered from the next round on at the earliest: 1 or more, found 0",
            );
        }
        let scales = [
            ("truce.loss_scale", s.truce.loss_scale),
            ("ratification.worth", s.ratification.worth),
            ("repair.gain", s.repair.gain),
        ];
        for (path, x) in scales {
            if x.get() <= 0.0 {
                self.say(Code::OutOfRange, path, format!("`{path}` lies above 0, found {}", x.get()));
            }
        }
        if s.ratification.scale.get() <= 0.0 {
            self.say(Code::OutOfRange, "ratification.scale", "`ratification.scale` lies above 0, found 0");
        }
        if let Some(standoff) = &s.standoff {
            let (prize, cost) = (standoff.prize.get(), standoff.cost.get());
            if prize < 0.0 || cost < 0.0 || prize + cost <= 0.0 {
                self.say(Code::OutOfRange, "standoff", "a standoff has a prize and a cost of 0 or more, not both 0");
            }
        }
    }

    fn switches(&mut self) {
        let s = self.scenario;
        let names: Vec<&str> = Switch::ALL.iter().map(|switch| switch.name()).collect();
        let all = s.off.iter().any(|name| name == "all");
        let or_all: Vec<&str> = names.iter().copied().chain(["all"]).collect();
        for (i, name) in s.off.iter().enumerate() {
            self.known(&format!("off.{i}"), MECHANISM, name, &or_all);
            if s.off[..i].contains(name) {
                self.say(Code::Twice, &format!("off.{i}"), format!("`{name}` is switched off twice"));
            }
            if s.on.contains(name) {
                self.say(Code::Contradiction, &format!("off.{i}"), format!("`{name}` is named by `off` and by `on`"));
            }
        }
        for (i, name) in s.on.iter().enumerate() {
            self.known(&format!("on.{i}"), MECHANISM, name, &names);
            if s.on[..i].contains(name) {
                self.say(Code::Twice, &format!("on.{i}"), format!("`{name}` is kept on twice"));
            }
        }
        if !s.on.is_empty() && !all {
            self.advise(
                Code::NoEffect,
                "on",
                "`on` means nothing where everything is on already",
                "it lists what stays on when `off: [\"all\"]` switches off the rest",
            );
        }
    }

    fn goals(&mut self) {
        self.names("goals", self.scenario.goals.keys());
    }

    fn countries(&mut self) {
        let s = self.scenario;
        self.names("third_countries", s.third_countries.keys());
        for (name, country) in &s.third_countries {
            for who in country.exposure.keys() {
                let path = format!("third_countries.{name}.exposure");
                self.known_key(&path, PARTY, who, &self.party_names());
            }
        }
    }

    /// All problems in the order of the file; a name missed in many places is told once.
    fn finish(self) -> Vec<Problem> {
        let mut problems = self.problems;
        for mut stranger in self.strangers {
            let places = stranger.problems.len();
            if places <= PLACES_MAX {
                problems.append(&mut stranger.problems);
                continue;
            }
            stranger.problems.sort_by_key(|problem| problem.at);
            let lines: Vec<String> = stranger.problems[1..].iter().filter_map(|p| line(self.loaded, p)).collect();
            let shown = lines.iter().take(8).cloned().collect::<Vec<_>>().join(", ");
            let more = if lines.len() > 8 { ", .." } else { "" };
            let also = format!("the same name stands in {} other places (lines {shown}{more})", places - 1);
            let mut first = stranger.problems.swap_remove(0);
            first.help = Some(first.help.map_or(also.clone(), |help| format!("{help}; {also}")));
            problems.push(first);
        }
        problems.sort_by_key(|problem| problem.at);
        problems.dedup();
        problems
    }
}

/// A problem that says a name is not there: with the near one, or with all there are.
fn stranger(mut problem: Problem, (one, many): Noun, word: &str, names: &[&str]) -> Problem {
    let near = nearest(word, names.iter().copied());
    let meant = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    problem.text = match (names.is_empty(), word.trim().is_empty()) {
        (true, _) => format!("there is no {one} `{word}`: the scenario has none"),
        (false, true) => format!("the name of a {one} is needed here"),
        (false, false) => format!("there is no {one} `{word}`{meant}"),
    };
    if !names.is_empty() && near.is_none() {
        problem.help = Some(format!("the {many} are {}", listed(names.iter().copied())));
    }
    problem.about(word, near)
}

fn line(loaded: &Loaded, problem: &Problem) -> Option<String> {
    let at = problem.at?;
    let source = loaded.sources.get(usize::from(at.source))?;
    Some(line_column(&source.text, at.start).0.to_string())
}

#[cfg(test)]
mod tests;
