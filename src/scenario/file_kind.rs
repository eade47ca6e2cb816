//! The kinds of file that an author writes, and what a file is that was given in the place of another.

use super::language::LANGUAGE;
use super::{presets, shipped};
use crate::error::Error;
use crate::notation::near::listed;
use crate::notation::tree::{Kind, Node};
use crate::notation::{Code, Language, Problem, read as reading};

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileKind {
    /// What its `schema` says, without the number.
    format: &'static str,
    /// What one is called.
    pub name: &'static str,
    /// Where one begins.
    begin: &'static str,
    /// The command that takes it.
    goes_to: &'static str,
}

/// A scenario.
pub const SCENARIO: FileKind = FileKind {
    format: "summitry",
    name: "a scenario",
    begin: "`summitry new` writes one to start from",
    goes_to: "`summitry run FILE` plays it",
};
/// A strategy that stands alone.
pub const STRATEGY: FileKind = FileKind {
    format: "summitry/strategy",
    name: "a strategy",
    begin: "`summitry new strategy` writes one to start from",
    goes_to: "a party plays by it: `summitry batch SCENARIO --us FILE`",
};
/// A list of questions.
pub const QUESTIONS: FileKind = FileKind {
    format: "summitry.questions",
    name: "a file of questions",
    begin: "docs/questions.md says how they are asked",
    goes_to: "`summitry score FILE SCENARIO` asks them",
};
/// A table of signs.
pub const SIGNS: FileKind = FileKind {
    format: "summitry.signs",
    name: "a sign table",
    begin: "scenarios/studies/signs.ron is one to copy",
    goes_to: "`summitry signs FILE` judges it",
};
/// Moments to fit.
pub const MOMENTS: FileKind = FileKind {
    format: "summitry.moments",
    name: "a file of moments",
    begin: "scenarios/studies/moments-exercise.ron is one to copy",
    goes_to: "`summitry tune SCENARIO --fit FILE` fits them",
};
/// Episodes of history.
pub const HISTORY: FileKind = FileKind {
    format: "summitry.history",
    name: "a file of episodes",
    begin: "scenarios/studies/history-2010-2025.ron is one to copy",
    goes_to: "docs/history.md says what is read out of it",
};
/// A lesson.
pub const LESSON: FileKind = FileKind {
    format: "summitry.lesson",
    name: "a lesson",
    begin: "scenarios/classroom holds two to copy",
    goes_to: "`summitry serve FILE` opens it to a class",
};

const ALL: [FileKind; 7] = [SCENARIO, STRATEGY, QUESTIONS, SIGNS, MOMENTS, HISTORY, LESSON];

impl FileKind {
    /// Reads a file of this kind, or says all that is wrong with its text; another kind of file is named as such.
    pub fn read(&self, name: &str, text: &str, source: u16) -> Result<Node, Vec<Problem>> {
        let language = Language { file: self.name, begin: self.begin, ..LANGUAGE };
        let root = match reading::read(text, source, &language) {
            Ok(root) => root,
            Err(problems) => return Err(self.strange(name, text).map_or(problems, |problem| vec![problem])),
        };
        match self.other(&root) {
            Some(problem) => Err(vec![problem]),
            None => Ok(root),
        }
    }

    /// Why a file of this kind cannot be had, where a door says it as it does for scenarios: what was meant here, and where
    /// one is found.
    pub fn unread(&self, error: &Error) -> Problem {
        let said = error.to_string();
        let mut parts = said.split("; ");
        let fact = parts.next().unwrap_or_default();
        let fact = fact.split_once(", not a scenario file").map_or(fact, |(fact, _)| fact);
        let near = parts.find(|part| part.starts_with("did you mean"));
        let near = near.map(|near| format!("; {}", near.split(',').next().unwrap_or(near))).unwrap_or_default();
        let problem = Problem::new(error.code(), format!("{fact}{near}"));
        let part_of_it = |names: Vec<&str>| match names.is_empty() {
            true => String::new(),
            false => format!("; part of the program: {}", listed(names)),
        };
        let of_the_program = match self {
            _ if *self == STRATEGY => presets::FILES.iter().map(|(name, _)| *name).collect(),
            _ => {
                let says = format!("schema: \"{}/", self.format);
                shipped::FILES.iter().filter(|(_, text)| text.contains(&says)).map(|(name, _)| *name).collect()
            }
        };
        problem.help(format!("{} is meant here{}; {}", self.name, part_of_it(of_the_program), self.begin))
    }

    /// What a file is that is of another kind; nothing where it may be of this one.
    pub fn other(&self, root: &Node) -> Option<Problem> {
        let schema = root.entry("schema");
        let said = schema.map(Node::word).unwrap_or_default();
        let format = said.rsplit_once('/').map_or(said.as_str(), |(format, _)| format);
        let at = schema.map_or(root.at, |node| node.at);
        let wrong = |is: &str, help: &str| {
            let text = format!("this is {is}, not {}", self.name);
            Some(Problem::new(Code::OtherKind, text).at(at).help(help))
        };
        match ALL.iter().find(|kind| kind.format == format).or_else(|| unsaid(root, &said)) {
            Some(kind) if kind == self => None,
            Some(kind) => wrong(kind.name, kind.goes_to),
            None if matches!(root.kind, Kind::Map(_)) && format == "summitry.tune.checkpoint" => {
                wrong("the checkpoint of a search", "`summitry tune SCENARIO --checkpoint FILE` goes on from it")
            }
            None if matches!(root.kind, Kind::Map(_)) && format.starts_with("summitry.") => {
                wrong("a document of this program", "`summitry verify FILE` repeats it; `made.command` made it")
            }
            None => None,
        }
    }

    /// What a text is that is not of this notation at all, told by how it begins and what it is called.
    fn strange(&self, name: &str, text: &str) -> Option<Problem> {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
        let (is, help) = match ending.as_str() {
            _ if text.starts_with("# summitry ") => ("a table for spreadsheets", "its first line says what made it"),
            "csv" | "tsv" => ("a table for spreadsheets", "this program writes such tables and reads none"),
            _ if text.trim_start().starts_with('<') => ("XML", "`summitry import` reads scenarios of GENIUS"),
            "yml" | "yaml" => ("YAML", "`summitry import` reads scenarios of NegMAS"),
            _ => return None,
        };
        Some(Problem::new(Code::OtherKind, format!("`{name}` is {is}, not {}", self.name)).help(help))
    }
}

/// The kind of a file whose schema is of none: a strategy that forgot to say so.
fn unsaid(root: &Node, said: &str) -> Option<&'static FileKind> {
    let has = |key: &str| root.entry(key).is_some();
    (said.is_empty() && has("strategy") && !has("parties") && !has("extends")).then_some(&STRATEGY)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(kind: &FileKind, name: &str, text: &str) -> Vec<(String, Option<String>)> {
        let problems = kind.read(name, text, 0).err().unwrap_or_default();
        problems.into_iter().map(|problem| (problem.text, problem.help)).collect()
    }

    #[test]
    fn a_file_of_another_kind_names_the_command_that_takes_it() {
        for given in ALL {
            let text = format!("(schema: \"{}/1\")", given.format);
            for wanted in ALL {
                let told = told(&wanted, "x.ron", &text);
                if given == wanted {
                    assert_eq!(told, []);
                    continue;
                }
                let says = format!("this is {}, not {}", given.name, wanted.name);
                assert_eq!(told, [(says, Some(given.goes_to.to_owned()))]);
            }
        }
    }

    #[test]
    fn a_file_that_cannot_be_had_says_what_was_meant() {
        let of = |kind: &FileKind, text: &str| {
            let problem = kind.unread(&Error::file(text));
            (problem.text, problem.help.unwrap_or_default())
        };
        let (text, help) = of(&STRATEGY, "`d` is a folder, not a scenario file: name a file; in that folder: `a.ron`");
        assert_eq!(text, "`d` is a folder");
        assert!(help.starts_with("a strategy is meant here; part of the program: `deal-seeker`, "), "{help}");
        let (text, help) = of(&QUESTIONS, "there is no file `x.ron`; part of the program are `stockholm-2025`");
        assert_eq!(text, "there is no file `x.ron`");
        assert!(
            help.contains("a file of questions is meant here") && help.contains("`studies/questions-2018-2019`"),
            "{help}"
        );
        assert_eq!(
            of(&LESSON, "there is no file `x.ron`; did you mean `y.ron`?").0,
            "there is no file `x.ron`; did you mean `y.ron`?"
        );
        for kind in ALL {
            let (text, help) = of(&kind, "`p` is not a plain file but a pipe; a scenario is piped in as `-`");
            assert_eq!(text, "`p` is not a plain file but a pipe");
            assert!(help.contains(kind.name), "{help}");
        }
    }

    #[test]
    fn what_is_no_file_of_an_author_is_named_too() {
        let says = |name: &str, text: &str| told(&SCENARIO, name, text).swap_remove(0).0;
        assert_eq!(
            says("x.json", "{\"schema\": \"summitry.batch/1\"}"),
            "this is a document of this program, not a scenario"
        );
        assert_eq!(says("x.csv", "a,b\n1,2\n"), "`x.csv` is a table for spreadsheets, not a scenario");
        assert_eq!(says("x", "<utility_space/>"), "`x` is XML, not a scenario");
        assert_eq!(says("x.ron", "(strategy: ())"), "this is a strategy, not a scenario");
        for kind in ALL {
            assert!(told(&kind, "x.ron", " // nothing")[0].0.contains(&format!("the file is empty: {}", kind.name)));
        }
    }
}
