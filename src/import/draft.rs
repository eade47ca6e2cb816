//! What an importer has read, and how it is written as a scenario.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use ron::ser::{PrettyConfig, to_string_pretty};

use super::pick::Read;
use crate::scenario::bargaining::{Bargaining, BargainingFile, Discount, Issue, Party, Select, Tactic, Ties, Timing};
use crate::scenario::draw::Draw;
use crate::scenario::limits::OUTCOMES_MAX;
use crate::units::{Factor, Firmness, Utility};

/// What the files of other programs do not say: who of several bargains, for how long, and how the parties give way.
#[derive(Clone, PartialEq, Debug)]
pub struct Play {
    /// How many rounds there are.
    pub rounds: u32,
    /// The exponent of both parties' concession curves.
    pub exponent: f64,
    /// The two that bargain, the one that opens first; where there are only two, they need not be named.
    pub parties: Option<[String; 2]>,
    /// Whose way of reading numbers counts, in files of GENIUS.
    pub scale: Scale,
}

/// Two programs read the files of GENIUS, each in its own way.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Scale {
    /// Evaluations are divided by the highest of their issue, weights by their sum; an integer issue is worth
    /// `offset + slope * (value - lower bound)`, held between 0 and 1.
    #[default]
    Genius,
    /// Numbers as they are written; an integer issue is worth `offset + slope * value`.
    Negmas,
}

impl Default for Play {
    /// A hundred rounds, and the firm bargainers most studies start from.
    fn default() -> Self {
        Self { rounds: 100, exponent: 4.0, parties: None, scale: Scale::default() }
    }
}

/// An imported scenario.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Imported {
    /// The text of a scenario that loads; its head says what was done.
    pub scenario: String,
    /// What could not be carried over.
    pub left_out: Vec<String>,
}

/// A scenario in the making.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Draft {
    pub(super) title: String,
    /// The program it comes from.
    pub(super) origin: &'static str,
    pub(super) issues: Vec<DraftIssue>,
    pub(super) parties: Vec<DraftParty>,
    /// What was done with the numbers.
    pub(super) notes: Vec<String>,
    pub(super) left_out: Vec<String>,
}

/// An issue and its levels.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct DraftIssue {
    pub(super) name: String,
    pub(super) levels: Vec<String>,
}

/// A party; weights and values follow the issues.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct DraftParty {
    pub(super) name: String,
    pub(super) weights: Vec<f64>,
    pub(super) values: Vec<Vec<f64>>,
    /// `None` where any agreement is better than none.
    pub(super) reservation: Option<f64>,
    /// What waiting takes.
    pub(super) discount: Discount,
}

impl Draft {
    /// Takes the two that bargain, with what is to be said of them.
    pub(super) fn seat(&mut self, both: [Read; 2]) -> [f64; 2] {
        both.map(|read| {
            self.parties.push(read.party);
            self.notes.extend(read.notes);
            self.left_out.extend(read.left_out);
            read.bias
        })
    }

    /// Writes the scenario.
    pub(super) fn write(mut self, play: &Play) -> Result<Imported, Vec<String>> {
        let outcomes = self.issues.iter().map(|issue| issue.levels.len() as f64).product::<f64>();
        if outcomes > OUTCOMES_MAX as f64 {
            return Err(vec![format!(
                "the domain has {outcomes} outcomes, too many: {OUTCOMES_MAX} at most can be played here"
            )]);
        }
        let issues = self.issues.iter().enumerate().map(|(i, issue)| Issue {
            name: issue.name.clone(),
            levels: issue.levels.clone(),
            values: self.parties.iter().map(|party| (party.name.clone(), party.values[i].clone())).collect(),
        });
        let issues = issues.collect();
        let mut problems = vec![];
        let exponent = Firmness::try_from(play.exponent).unwrap_or_else(|problem| {
            problems.push(problem.to_string());
            Firmness::try_from(1.0).expect("1 is an exponent")
        });
        let parties = self.parties.iter().map(|party| party.write(&self.issues, exponent, &mut problems)).collect();
        for party in self.parties.iter().filter(|party| party.reservation.is_none()) {
            let name = &party.name;
            self.notes
                .push(format!("{name} has no reservation there; here it is its worst utility, which plays the same."));
        }
        let bargaining = Bargaining {
            rounds: play.rounds,
            tolerance: 0.001,
            clock: Timing::default(),
            select: Select::default(),
            ties: Ties::default(),
            parties,
            issues,
        };
        problems.extend(bargaining.check());
        if !problems.is_empty() {
            return Err(problems);
        }
        let file = BargainingFile { schema: "summitry/1".to_owned(), title: self.title.clone(), bargaining };
        let style = PrettyConfig::new().compact_arrays(true).compact_maps(true);
        let body = to_string_pretty(&file, style).map_err(|problem| vec![problem.to_string()])?;
        Ok(Imported { scenario: format!("{}{body}\n", self.head()), left_out: self.left_out })
    }

    fn head(&self) -> String {
        let mut head = format!("// Imported from {}.\n", self.origin);
        let _ = writeln!(
            head,
            "// Those files name neither rounds nor tactics: `rounds`, `tolerance` and `tactic` are set here."
        );
        for note in &self.notes {
            let _ = writeln!(head, "// {}", one_line(note));
        }
        for left_out in &self.left_out {
            let _ = writeln!(head, "// Left out: {}.", one_line(left_out));
        }
        head
    }
}

impl DraftParty {
    fn write(&self, issues: &[DraftIssue], exponent: Firmness, problems: &mut Vec<String>) -> Party {
        let name = &self.name;
        let mut number = |what: String, x: f64| match Factor::try_from(x) {
            Ok(weight) => Draw::Fixed(weight),
            Err(problem) => {
                problems.push(format!("{what}: {problem}"));
                Draw::Fixed(Factor::try_from(0.0).expect("0 is a weight"))
            }
        };
        let weights: BTreeMap<_, _> = issues
            .iter()
            .zip(&self.weights)
            .map(|(issue, weight)| {
                (issue.name.clone(), number(format!("the weight of `{}` for `{name}`", issue.name), *weight))
            })
            .collect();
        let reservation =
            Utility::try_from(self.reservation.unwrap_or_else(|| self.worst())).unwrap_or_else(|problem| {
                problems.push(format!("the reservation of `{name}`: {problem}"));
                Utility::try_from(0.0).expect("0 is a utility")
            });
        let tactic = Tactic::Time { exponent: Draw::Fixed(exponent) };
        let (reservation, discount) = (Draw::Fixed(reservation), self.discount);
        Party { name: name.clone(), weights, reservation, discount, tactic }
    }

    /// The lowest utility of all outcomes.
    fn worst(&self) -> f64 {
        self.weights
            .iter()
            .zip(&self.values)
            .map(|(weight, values)| values.iter().map(|v| weight * v).fold(f64::INFINITY, f64::min))
            .sum()
    }
}

/// A name that none of these has: the wanted one if it can be.
pub(super) fn free_name(wanted: &str, taken: &BTreeSet<String>) -> String {
    let numbered = (2..).map(|i| format!("{wanted} {i}"));
    std::iter::once(wanted.to_owned()).chain(numbered).find(|name| !taken.contains(name)).expect("numbers do not end")
}

/// A file's name without its folder and its ending.
pub(super) fn stem(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// A text on one line, so that it cannot leave its comment.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Draft {
        let party = |name: &str| DraftParty {
            name: name.to_owned(),
            weights: vec![2.0],
            values: vec![vec![0.5, 1.0]],
            reservation: None,
            discount: Discount::Nothing,
        };
        Draft {
            title: "Two \"levels\"".to_owned(),
            origin: "a test",
            issues: vec![DraftIssue { name: "x".to_owned(), levels: vec!["a".to_owned(), "b".to_owned()] }],
            parties: vec![party("one"), party("two")],
            notes: vec!["a note\nof two lines".to_owned()],
            left_out: vec!["the file `x`: it is empty".to_owned()],
        }
    }

    #[test]
    fn a_draft_is_written_with_a_head_that_says_what_was_done() {
        let imported = draft().write(&Play::default()).unwrap();
        assert_eq!(imported.left_out, ["the file `x`: it is empty"]);
        let head: Vec<&str> = imported.scenario.lines().take_while(|line| line.starts_with("//")).collect();
        assert!(head.contains(&"// a note of two lines"));
        assert!(head.contains(&"// Left out: the file `x`: it is empty."));
        let (file, _) = super::super::testing::read(&imported);
        assert_eq!(file.title, "Two \"levels\"");
        assert_eq!(file.bargaining.parties[0].reservation, Draw::Fixed(Utility::try_from(1.0).unwrap()));
    }

    #[test]
    fn what_cannot_be_played_is_refused() {
        let mut large = draft();
        let issue = |i: usize| DraftIssue { name: format!("x{i}"), levels: (0..10).map(|l| l.to_string()).collect() };
        large.issues = (0..7).map(issue).collect();
        let said = "the domain has 10000000 outcomes, too many: 1000000 at most can be played here";
        assert_eq!(large.write(&Play::default()).unwrap_err(), [said]);
        let mut infinite = draft();
        infinite.parties[0].weights[0] = f64::INFINITY;
        infinite.parties[1].values[0][1] = f64::NAN;
        let problems = infinite.write(&Play { rounds: 0, exponent: -1.0, ..Play::default() }).unwrap_err();
        assert!(problems.len() >= 4, "{problems:?}");
    }

    #[test]
    fn names_are_kept_apart() {
        let taken = ["a", "a 2"].map(str::to_owned).into();
        assert_eq!(free_name("a", &taken), "a 3");
        assert_eq!(free_name("b", &taken), "b");
        assert_eq!(stem("party/buyer.v2.yml"), "buyer.v2");
    }
}
