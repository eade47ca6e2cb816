//! What the types cannot say about a `bargaining` record: all problems at once, in plain words.

use std::collections::BTreeSet;

use super::number::{Draw, Unit};
use super::schema::{Bargaining, Issue, Party, Tactic};
use super::space::{OUTCOMES_MAX, Space};

/// The largest value of a level, either side of 0.
const VALUE_MAX: f64 = 1e9;

impl Bargaining {
    /// Every problem, in the order of the record; empty when it can be played.
    pub fn check(&self) -> Vec<String> {
        let mut problems = vec![];
        if !(1..=100_000).contains(&self.rounds) {
            problems.push(format!("`rounds` lies between 1 and 100000, found {}", self.rounds));
        }
        if !(0.0..=VALUE_MAX).contains(&self.tolerance) {
            problems.push(format!("`tolerance` lies between 0 and {VALUE_MAX}, found {}", self.tolerance));
        }
        if self.parties.len() != 2 {
            problems.push(format!("bargaining is between two parties, found {}", self.parties.len()));
        }
        twice("the party", self.parties.iter().map(|p| &p.name), &mut problems);
        twice("the issue", self.issues.iter().map(|i| &i.name), &mut problems);
        for party in &self.parties {
            self.check_party(party, &mut problems);
        }
        if self.issues.is_empty() {
            problems.push("there is nothing to bargain over: `issues` needs one at least".to_owned());
        }
        for issue in &self.issues {
            self.check_issue(issue, &mut problems);
        }
        let levels: Vec<usize> = self.issues.iter().map(|issue| issue.levels.len()).collect();
        if !levels.is_empty() && !levels.contains(&0) && Space::new(levels).is_none() {
            problems.push(format!("the issues have more than {OUTCOMES_MAX} outcomes together"));
        }
        problems
    }

    fn check_party(&self, party: &Party, problems: &mut Vec<String>) {
        let name = &party.name;
        for issue in party.weights.keys().filter(|key| self.issues.iter().all(|issue| issue.name != **key)) {
            problems.push(format!("party `{name}` weighs `{issue}`, which is not an issue"));
        }
        for issue in &self.issues {
            match party.weights.get(&issue.name) {
                Some(weight) => drawable(&format!("the weight of `{}` for `{name}`", issue.name), weight, problems),
                None => problems.push(format!("party `{name}` gives no weight to the issue `{}`", issue.name)),
            }
        }
        drawable(&format!("the reservation of `{name}`"), &party.reservation, problems);
        let Tactic::Time { exponent } = &party.tactic;
        drawable(&format!("the exponent of `{name}`"), exponent, problems);
    }

    fn check_issue(&self, issue: &Issue, problems: &mut Vec<String>) {
        let (name, wanted) = (&issue.name, issue.levels.len());
        if wanted == 0 {
            problems.push(format!("the issue `{name}` has no level"));
        }
        twice(&format!("the level of `{name}`"), issue.levels.iter(), problems);
        for party in issue.values.keys().filter(|key| self.parties.iter().all(|party| party.name != **key)) {
            problems.push(format!("the issue `{name}` has values for `{party}`, which is not a party"));
        }
        for party in &self.parties {
            let Some(values) = issue.values.get(&party.name) else {
                problems.push(format!("the issue `{name}` has no values for `{}`", party.name));
                continue;
            };
            if values.len() != wanted {
                let found = values.len();
                problems
                    .push(format!("the issue `{name}` has {wanted} levels, but {found} values for `{}`", party.name));
            }
            for value in values.iter().filter(|v| !(-VALUE_MAX..=VALUE_MAX).contains(*v)) {
                let party = &party.name;
                problems.push(format!(
                    "a value of `{name}` for `{party}` lies between -{VALUE_MAX} and {VALUE_MAX}, found {value}"
                ));
            }
        }
    }
}

fn twice<'a>(what: &str, names: impl Iterator<Item = &'a String>, problems: &mut Vec<String>) {
    let (mut seen, mut told) = (BTreeSet::new(), BTreeSet::new());
    for name in names {
        if !seen.insert(name) && told.insert(name) {
            problems.push(format!("{what} `{name}` is given twice"));
        }
    }
}

fn drawable<T: Unit>(what: &str, number: &Draw<T>, problems: &mut Vec<String>) {
    if let Draw::From(distribution) = number
        && let Some(problem) = distribution.problem()
    {
        problems.push(format!("{what}: {problem}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<String> {
        ron::from_str::<Bargaining>(text).unwrap().check()
    }

    #[test]
    fn all_problems_are_found_at_once() {
        let found = problems(
            r#"(
            rounds: 0,
            tolerance: -1,
            parties: [
                (name: "a", weights: {"x": 1, "z": 1}, reservation: 0, tactic: Time(exponent: 1)),
                (name: "a", weights: {"x": Uniform(low: 2, high: 1)}, reservation: 0, tactic: Time(exponent: 1)),
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
            "Uniform needs `low` at or below `high`",
            "the level of `x` `l` is given twice",
            "values for `c`, which is not a party",
            "has 2 levels, but 1 values for `a`",
            "the issue `y` has no level",
        ] {
            assert!(found.iter().any(|p| p.contains(part)), "no `{part}` in {found:#?}");
        }
    }

    #[test]
    fn values_are_finite_and_outcomes_limited() {
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
        let inf = text(&party("b")).replacen("[1,1", "[inf,NaN", 1);
        assert!(problems(&inf)[0].ends_with("found inf") && problems(&inf)[1].ends_with("found NaN"));
        assert!(problems("(rounds: 1, parties: [], issues: [])")[1].contains("nothing to bargain over"));
    }
}
