//! Why a command ends early, and how it prints.

use std::io::{ErrorKind, IsTerminal, Write};

use crate::error::Error;
use crate::notation::Problems;

/// How a command ends: 0 done, 1 we failed or what was hoped for is not so, 2 the input is wrong, 3 interrupted.
pub type Exit = i32;

/// Why a command ends early.
#[derive(Debug)]
pub enum Failure {
    /// The input is wrong: a finished message.
    Wrong(String),
    /// We failed.
    Ours(String),
    /// Stopped by the user before there was anything to tell.
    Stopped(String),
    /// The reader of our output went away: not an error.
    ClosedPipe,
}

impl Failure {
    /// The input is wrong; the message says how.
    pub fn wrong(text: impl std::fmt::Display) -> Failure {
        Failure::Wrong(format!("error: {text}"))
    }

    /// Tells it on standard error; the exit code that goes with it.
    pub fn tell(self) -> Exit {
        match self {
            Failure::Wrong(text) => {
                eprintln!("{}", text.trim_end());
                2
            }
            Failure::Ours(text) => {
                eprintln!("summitry failed: {}", text.trim_end());
                1
            }
            Failure::Stopped(text) => {
                eprintln!("{}", text.trim_end());
                3
            }
            Failure::ClosedPipe => 0,
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(e: std::io::Error) -> Self {
        if e.kind() == ErrorKind::BrokenPipe { Failure::ClosedPipe } else { Failure::Ours(e.to_string()) }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Problems(problems) => Failure::Wrong(problems.explain(colour())),
            Error::Interrupted(text) => Failure::Stopped(text),
            Error::Ours(text) => Failure::Ours(text),
            other => Failure::wrong(other),
        }
    }
}

impl From<Problems> for Failure {
    fn from(problems: Problems) -> Self {
        Error::from(problems).into()
    }
}

/// Whether standard error is a terminal that shows colours.
pub fn colour() -> bool {
    std::io::stderr().is_terminal()
}

/// Prints to standard output; a closed pipe ends the command quietly.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}
