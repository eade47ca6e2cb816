//! The one error of the crate: why something could not be done, and whose fault it is.

use std::fmt;

pub use crate::notation::problem::{About, Problem, Problems};
pub use crate::notation::tree::{Place, Source};
pub use crate::notation::{Code, Refusal};

/// Why something could not be done.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// What an author wrote is wrong: every problem, with the texts they stand in.
    Problems(Problems),
    /// What was asked for cannot be done: an argument, an answer, a file, a record of another game.
    Wrong {
        /// What kind of fault it is.
        code: Code,
        /// What is wrong and what to do about it, without a full stop.
        text: String,
    },
    /// Stopped before it was done.
    Interrupted(String),
    /// We failed; nothing is wrong with what we were given.
    Ours(String),
}

impl Error {
    /// Something wrong of a kind.
    pub fn of(code: Code, text: impl Into<String>) -> Self {
        Error::Wrong { code, text: text.into() }
    }

    /// An argument that is not written as it must be.
    pub fn argument(text: impl Into<String>) -> Self {
        Error::of(Code::BadArgument, text)
    }

    /// A file that cannot be opened, read or written.
    pub fn file(text: impl Into<String>) -> Self {
        Error::of(Code::UnreadableFile, text)
    }

    /// An answer or a command that the rules do not allow here.
    pub fn refused(text: impl Into<String>) -> Self {
        Error::of(Code::NotAllowed, text)
    }

    /// A record or a state of another game.
    pub fn unfit(text: impl Into<String>) -> Self {
        Error::of(Code::NotThatGame, text)
    }

    /// An outside program that failed.
    pub fn program(text: impl Into<String>) -> Self {
        Error::of(Code::Program, text)
    }

    /// The same, with words before what it says.
    #[must_use]
    pub fn within(self, said: impl fmt::Display) -> Self {
        let longer = |text: String| format!("{said}{text}");
        match self {
            Error::Wrong { code, text } => Error::Wrong { code, text: longer(text) },
            Error::Interrupted(text) => Error::Interrupted(longer(text)),
            Error::Ours(text) => Error::Ours(longer(text)),
            Error::Problems(problems) => Error::Problems(problems),
        }
    }

    /// The same, with words after what it says.
    #[must_use]
    pub fn or_say(self, said: &str) -> Self {
        match self {
            Error::Wrong { code, text } => Error::Wrong { code, text: text + said },
            other => other,
        }
    }

    /// A failure of ours.
    pub fn ours(text: impl fmt::Display) -> Self {
        Error::Ours(text.to_string())
    }

    /// What kind of fault it is; of many problems, the first.
    pub fn code(&self) -> Code {
        match self {
            Error::Problems(all) => all.problems.first().map_or(Code::WrongValue, |problem| problem.code),
            Error::Wrong { code, .. } => *code,
            Error::Interrupted(_) => Code::Interrupted,
            Error::Ours(_) => Code::Failed,
        }
    }

    /// The same as a problem, to be given a place; of many problems, the first.
    pub fn problem(&self) -> Problem {
        match self {
            Error::Problems(all) if !all.problems.is_empty() => all.problems[0].clone(),
            _ => Problem::new(self.code(), self.to_string()),
        }
    }

    /// The exit code of a program that ends for this: 2 where the input is wrong, 3 where it was
    /// stopped, 1 where we failed.
    pub fn exit_code(&self) -> i32 {
        match self {
            Error::Problems(_) | Error::Wrong { .. } => 2,
            Error::Interrupted(_) => 3,
            Error::Ours(_) => 1,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Problems(problems) => problems.fmt(f),
            Error::Wrong { text, .. } | Error::Interrupted(text) | Error::Ours(text) => f.write_str(text),
        }
    }
}

/// In words too: a program whose `main` gives the error back says what a reader needs.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Problems(problems) => fmt::Debug::fmt(problems, f),
            other => fmt::Display::fmt(other, f),
        }
    }
}

impl std::error::Error for Error {}

impl From<Problems> for Error {
    fn from(problems: Problems) -> Self {
        Error::Problems(problems)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notation::tree::Source;

    #[test]
    fn an_error_says_what_is_wrong_and_whose_fault_it_is() {
        let source = Source { name: "x.ron".into(), text: "(a: 1)".into() };
        let problems = Problems {
            problems: vec![Problem::new(Code::UnknownField, "there is no field `a` here")],
            sources: vec![source],
        };
        let cases = [
            (Error::from(problems), Code::UnknownField, 2),
            (Error::argument("write PARTY=NAME"), Code::BadArgument, 2),
            (Error::file("there is no file `x`"), Code::UnreadableFile, 2),
            (Error::refused("no offer is asked for"), Code::NotAllowed, 2),
            (Error::unfit("the orders are of another game"), Code::NotThatGame, 2),
            (Error::program("it ended"), Code::Program, 2),
            (Error::Interrupted("stopped".into()), Code::Interrupted, 3),
            (Error::ours("a thread panicked"), Code::Failed, 1),
        ];
        for (error, code, exit) in cases {
            assert_eq!((error.code(), error.exit_code()), (code, exit), "{error}");
        }
        let told = crate::prelude::Draft::text("(title: \"x\", levres: {})").ready().expect_err("a slip");
        assert_eq!(format!("{told:?}"), format!("\n{told}"), "a failing `main` says it in words");
        assert_eq!(format!("{:?}", Error::argument("write PARTY=NAME")), "write PARTY=NAME");
        assert_eq!(Error::argument("write PARTY=NAME").to_string(), "write PARTY=NAME");
        assert_eq!(Error::ours("x").within("table 3: ").to_string(), "table 3: x");
    }
}
