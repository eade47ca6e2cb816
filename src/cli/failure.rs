//! Why a command ends early, and how it prints.

use std::io::{ErrorKind, IsTerminal, Write, stderr};

use terminal_size::{Height, Width, terminal_size_of};

use super::again;
use crate::error::Error;
use crate::notation::explain::{Screen, explain};
use crate::notation::{Problems, clean};
use crate::report::document::Report;
use crate::report::fitted::{NARROW, fitted};
use crate::report::page::WIDTH;

/// How a command ends: 0 done, 1 we failed, 2 the input is wrong, 3 interrupted, 4 what was hoped for is not so.
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
                say(text.trim_end());
                2
            }
            Failure::Ours(text) => {
                say(&format!("summitry failed: {}", text.trim_end()));
                1
            }
            Failure::Stopped(text) => {
                say(&again::with_way_on(text.trim_end()));
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
            Error::Problems(all) => Failure::Wrong(explain(&all.problems, &all.sources, screen())),
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

/// What problems are shown on: a terminal shows colours, and is so wide.
pub fn screen() -> Screen {
    let plain = Screen::unknown(stderr().is_terminal());
    Screen {
        columns: columns_of(terminal_size_of(stderr())).map_or(plain.columns, |columns| columns.max(NARROW)),
        ..plain
    }
}

fn columns_of(size: Option<(Width, Height)>) -> Option<usize> {
    size.map(|(width, _)| usize::from(width.0))
}

/// Says something on standard error; a terminal that is gone hears nothing.
pub fn say(text: &str) {
    let page = clean::page(text);
    let _ = writeln!(
        stderr(),
        "{}",
        columns_of(terminal_size_of(stderr())).map_or(page.clone(), |columns| fitted(&page, columns)).trim_end()
    );
}

/// Prints a page: clean of what plays tricks on a terminal, and as wide as that is.
pub fn print_page(page: &str) -> Result<(), Failure> {
    let page = clean::page(page);
    print(&columns().map_or(page.clone(), |columns| fitted(&page, columns)))
}

/// Prints what was found, for eyes.
pub fn print_report(report: &Report) -> Result<(), Failure> {
    print(&report.text(columns()))
}

/// How many columns the terminal has that a page is printed to.
pub fn columns() -> Option<usize> {
    columns_of(terminal_size_of(std::io::stdout()))
}

/// The width to which sentences for standard output are wrapped: a page's, or that of a terminal that is narrower.
pub fn wide() -> usize {
    columns().map_or(WIDTH, |columns| columns.clamp(NARROW, WIDTH))
}

/// Standard output for what is told piece by piece: each clean, and as wide as the terminal is.
pub struct Told<W>(pub W);

impl<W: Write> Write for Told<W> {
    fn write(&mut self, piece: &[u8]) -> std::io::Result<usize> {
        match (columns(), std::str::from_utf8(piece).map(clean::clean)) {
            (Some(columns), Ok(text)) if text.ends_with('\n') => self.0.write_all(fitted(&text, columns).as_bytes())?,
            (_, Ok(text)) => self.0.write_all(text.as_bytes())?,
            (_, Err(_)) => self.0.write_all(piece)?,
        }
        Ok(piece.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.flush()
    }
}

/// Prints to standard output; a closed pipe ends the command quietly.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    written.map_err(|e| match e.kind() {
        ErrorKind::BrokenPipe => Failure::ClosedPipe,
        _ => Failure::Ours(format!("standard output cannot be written: {e}")),
    })
}
