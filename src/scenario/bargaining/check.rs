//! What the types cannot say about bargaining on its own: all problems at once, in plain words.

use std::collections::BTreeSet;

use super::super::check::SCHEMA;
use super::super::limits::{BARGAINING_ROUNDS_MAX, OUTCOMES_MAX, VALUE_MAX};
use super::super::loaded::Loaded;
use super::{Bargaining, BargainingFile, Issue, Party};
use crate::notation::near::did_you_mean;
use crate::notation::{Code, Problem};

/// The largest utility of an outcome, either side of 0: so large can be summed exactly.
const UTILITY_MAX: f64 = 1e9;

/// A problem and the path of what it is with, seen from the record.
struct Fault {
    code: Code,
    path: String,
    text: String,
}

impl Fault {
    fn new(code: Code, path: impl Into<String>, text: impl Into<String>) -> Self {
        Fault { code, path: path.into(), text: text.into() }
    }
}

impl BargainingFile {
    /// Every problem of the file, each at its place.
    pub fn check(&self, loaded: &Loaded) -> Vec<Problem> {
        let mut problems = vec![];
        if self.schema != SCHEMA {
            let text = format!("this program reads \"{SCHEMA}\", found \"{}\"", self.schema);
            problems.push(loaded.blame("schema", Code::OtherKind, text).help("change `schema`"));
        }
        if self.title.trim().is_empty() {
            problems.push(loaded.blame("title", Code::Empty, "the title is empty"));
        }
        let faults = self.bargaining.faults();
        problems.extend(faults.into_iter().map(|f| loaded.blame(&format!("bargaining.{}", f.path), f.code, f.text)));
        problems.sort_by_key(|problem| problem.at);
        problems
    }
}

impl Bargaining {
    /// Every problem, in the order of the record; empty when it can be played.
    pub fn check(&self) -> Vec<String> {
        self.faults().into_iter().map(|fault| fault.text).collect()
    }

    fn faults(&self) -> Vec<Fault> {
        let mut faults = vec![];
        let mut say = |code: Code, path: &str, text: String| faults.push(Fault::new(code, path, text));
        if !(1..=BARGAINING_ROUNDS_MAX).contains(&self.rounds) {
            say(
                Code::OutOfRange,
                "rounds",
                format!("`rounds` lies between 1 and {BARGAINING_ROUNDS_MAX}, found {}", self.rounds),
            );
        }
        if !(0.0..=VALUE_MAX).contains(&self.tolerance) {
            say(
                Code::OutOfRange,
                "tolerance",
                format!("`tolerance` lies between 0 and {VALUE_MAX}, found {}", self.tolerance),
            );
        }
        if self.parties.len() != 2 {
            say(
                Code::WrongLength,
                "parties",
                format!("bargaining is between two parties, found {}", self.parties.len()),
            );
        }
        twice("the party", "parties", ".name", self.parties.iter().map(|p| &p.name), &mut faults);
        twice("the issue", "issues", ".name", self.issues.iter().map(|i| &i.name), &mut faults);
        for (p, party) in self.parties.iter().enumerate() {
            self.check_party(p, party, &mut faults);
        }
        if self.issues.is_empty() {
            let text = "there is nothing to bargain over: `issues` needs one at least";
            faults.push(Fault::new(Code::Empty, "issues", text));
        }
        for (i, issue) in self.issues.iter().enumerate() {
            self.check_issue(i, issue, &mut faults);
        }
        let outcomes = self.issues.iter().try_fold(1usize, |all, issue| all.checked_mul(issue.levels.len()));
        if outcomes.is_none_or(|outcomes| outcomes > OUTCOMES_MAX) {
            let text = format!("the issues have more than {OUTCOMES_MAX} outcomes together");
            faults.push(Fault::new(Code::TooMany, "issues", text));
        }
        faults
    }

    fn check_party(&self, p: usize, party: &Party, faults: &mut Vec<Fault>) {
        let name = &party.name;
        let weights = format!("parties.{p}.weights");
        let issues = || self.issues.iter().map(|issue| issue.name.as_str());
        for issue in party.weights.keys().filter(|key| issues().all(|issue| issue != key.as_str())) {
            let near = did_you_mean(issue, issues());
            let text = format!("party `{name}` weighs `{issue}`, which is not an issue{near}");
            faults.push(Fault::new(Code::UnknownName, format!("{weights}.{issue}"), text));
        }
        for issue in issues().filter(|issue| !party.weights.contains_key(*issue)) {
            let text = format!("party `{name}` gives no weight to the issue `{issue}`");
            faults.push(Fault::new(Code::Incomplete, weights.clone(), text));
        }
        let utmost = |issue: &Issue| {
            let values = issue.values.get(name).into_iter().flatten().filter(|x| (-VALUE_MAX..=VALUE_MAX).contains(*x));
            let weight = party.weights.get(&issue.name).map_or(0.0, |weight| weight.utmost());
            weight * values.fold(0.0_f64, |most, x| most.max(x.abs()))
        };
        let utmost: f64 = self.issues.iter().map(utmost).sum();
        if utmost > UTILITY_MAX {
            let text = format!(
                "an outcome can be worth {utmost:e} to party `{name}`; beyond {UTILITY_MAX:e} sums are not exact: make its weights or values smaller"
            );
            faults.push(Fault::new(Code::OutOfRange, weights, text));
        }
    }

    fn check_issue(&self, i: usize, issue: &Issue, faults: &mut Vec<Fault>) {
        let (name, wanted) = (&issue.name, issue.levels.len());
        let at = |field: &str| format!("issues.{i}.{field}");
        if wanted == 0 {
            faults.push(Fault::new(Code::Empty, at("levels"), format!("the issue `{name}` has no level")));
        }
        twice(&format!("the level of `{name}`"), &at("levels"), "", issue.levels.iter(), faults);
        let parties = || self.parties.iter().map(|party| party.name.as_str());
        for party in issue.values.keys().filter(|key| parties().all(|party| party != key.as_str())) {
            let near = did_you_mean(party, parties());
            let text = format!("the issue `{name}` has values for `{party}`, which is not a party{near}");
            faults.push(Fault::new(Code::UnknownName, at(&format!("values.{party}")), text));
        }
        for party in parties() {
            let Some(values) = issue.values.get(party) else {
                let text = format!("the issue `{name}` has no values for `{party}`");
                faults.push(Fault::new(Code::Incomplete, at("values"), text));
                continue;
            };
            let at = at(&format!("values.{party}"));
            if values.len() != wanted {
                let found = values.len();
                let text = format!("the issue `{name}` has {wanted} levels, but {found} values for `{party}`");
                faults.push(Fault::new(Code::WrongLength, at.clone(), text));
            }
            for (v, value) in values.iter().enumerate().filter(|(_, v)| !(-VALUE_MAX..=VALUE_MAX).contains(*v)) {
                let range = format!("lies between -{VALUE_MAX} and {VALUE_MAX}");
                let text = format!("a value of `{name}` for `{party}` {range}, found {value}");
                faults.push(Fault::new(Code::OutOfRange, format!("{at}.{v}"), text));
            }
        }
    }
}

/// Names given more than once; each is blamed at `path.N`, followed by `field`.
fn twice<'a>(what: &str, path: &str, field: &str, names: impl Iterator<Item = &'a String>, faults: &mut Vec<Fault>) {
    let (mut seen, mut told) = (BTreeSet::new(), BTreeSet::new());
    for (n, name) in names.enumerate() {
        if !seen.insert(name) && told.insert(name) {
            let text = format!("{what} `{name}` is given twice");
            faults.push(Fault::new(Code::Twice, format!("{path}.{n}{field}"), text));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::language::decode;
    use crate::scenario::language::read;

    fn problems(text: &str) -> Vec<String> {
        let tree = read(text, 0).expect("RON");
        decode::<Bargaining>(&tree).unwrap_or_else(|problems| panic!("{problems:?}")).check()
    }

    #[test]
    fn all_problems_are_found_at_once() {
        let found = problems(
            r#"(
            rounds: 0,
            tolerance: -1,
            parties: [
                (name: "a", weights: {"x": 1, "z": 1}, reservation: 0, tactic: Time(exponent: 1)),
                (name: "a", weights: {"x": 1}, reservation: 0, tactic: Time(exponent: 1)),
            ],
            issues: [
                (name: "x", levels: ["l", "l"], values: {"a": [1], "c": [1, 2]}),
                (name: "y", levels: [], values: {"a": []}),
            ],
        )"#,
        );
        for part in [
            "`rounds` lies between 1 and 100000, found 0",
            "`tolerance` lies between",
            "the party `a` is given twice",
            "weighs `z`, which is not an issue",
            "gives no weight to the issue `y`",
            "the level of `x` `l` is given twice",
            "values for `c`, which is not a party",
            "has 2 levels, but 1 values for `a`",
            "the issue `y` has no level",
        ] {
            assert!(found.iter().any(|p| p.contains(part)), "no `{part}` in {found:#?}");
        }
    }

    #[test]
    fn values_and_outcomes_are_limited() {
        let levels = (0..1001).map(|i| format!("\"{i}\"")).collect::<Vec<_>>().join(",");
        let values = vec!["1"; 1001].join(",");
        let issue =
            |name| format!(r#"(name: "{name}", levels: [{levels}], values: {{"a": [{values}], "b": [{values}]}})"#);
        let party = |name| {
            format!(r#"(name: "{name}", weights: {{"x": 1, "y": 1}}, reservation: 0, tactic: Time(exponent: 1))"#)
        };
        let text =
            |b: &str| format!("(rounds: 1, parties: [{}, {b}], issues: [{}, {}])", party("a"), issue("x"), issue("y"));
        assert_eq!(problems(&text(&party("b"))), ["the issues have more than 1000000 outcomes together"]);
        let one = r#"(rounds: 1, parties: [], issues: [(name: "x", levels: ["l"], values: {})])"#;
        assert_eq!(problems(one), ["bargaining is between two parties, found 0"]);
        let large = text(&party("b")).replacen("[1,1", "[2e9,-1e10", 1);
        assert!(
            problems(&large)[0].ends_with("found 2000000000") && problems(&large)[1].ends_with("found -10000000000")
        );
        assert!(problems("(rounds: 1, parties: [], issues: [])")[1].contains("nothing to bargain over"));
    }
}
