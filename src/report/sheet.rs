//! A page of texts and tables, laid out when it is known how wide the screen is.

use std::fmt;

use super::fitted::fitted;
use super::page::WIDTH;
use super::table::TextTable;
use super::text::{entry, items, wrapped};
use crate::notation::clean;

/// Columns of a paragraph, where no screen is narrower.
const COLUMNS: usize = 80;

/// A page as it is put together.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    parts: Vec<Part>,
}

#[derive(Debug, Clone)]
enum Part {
    /// Lines as they are.
    Lines(String),
    /// A paragraph, each line of it begun with a blank head.
    Paragraph(String, String),
    /// What is called so, and what is said of it; where that begins, beside it and below.
    Entry(String, String, [usize; 2]),
    /// Items after a head, each kept whole; what goes on is set in by so many columns.
    Items(String, Vec<String>, usize),
    /// A table.
    Table(TextTable),
}

impl Sheet {
    /// Adds lines as they are.
    pub fn push_str(&mut self, lines: &str) {
        match self.parts.last_mut() {
            Some(Part::Lines(last)) => last.push_str(lines),
            _ => self.parts.push(Part::Lines(lines.to_owned())),
        }
    }

    /// Adds a paragraph, each line of it begun with a blank head.
    pub fn paragraph(&mut self, head: &str, text: &str) {
        self.parts.push(Part::Paragraph(head.to_owned(), text.to_owned()));
    }

    /// Adds what is called so with what is said of it, beside it from a column on, or below it on a narrow screen.
    pub fn entry(&mut self, called: &str, said: &str, from: [usize; 2]) {
        self.parts.push(Part::Entry(called.to_owned(), said.to_owned(), from));
    }

    /// Adds items after a head, each kept whole; what goes on is set in by so many columns.
    pub fn items(&mut self, head: &str, items: Vec<String>, rest: usize) {
        self.parts.push(Part::Items(head.to_owned(), items, rest));
    }

    /// Adds a table.
    pub fn table(&mut self, table: TextTable) {
        self.parts.push(Part::Table(table));
    }

    /// Adds all of another.
    pub fn add(&mut self, other: Sheet) {
        self.parts.extend(other.parts);
    }

    /// Whether nothing is on it.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// On a screen of so many columns, or in a file.
    pub fn within(&self, screen: Option<usize>) -> String {
        let columns = screen.unwrap_or(usize::MAX);
        let laid = self.parts.iter().map(|part| match part {
            Part::Lines(lines) => clean::page(lines),
            Part::Paragraph(head, text) => wrapped(head, &clean::page(text), columns.min(COLUMNS)),
            Part::Entry(called, said, from) => {
                entry(&clean::page(called), &clean::page(said), *from, columns.min(COLUMNS))
            }
            Part::Items(head, all, rest) => clean::page(&items(head, all, *rest, columns.min(WIDTH))),
            Part::Table(table) => table.within(columns),
        });
        let page: String = laid.collect();
        screen.map_or_else(|| page.clone(), |columns| fitted(&page, columns))
    }
}

impl From<String> for Sheet {
    fn from(lines: String) -> Sheet {
        Sheet { parts: vec![Part::Lines(lines)] }
    }
}

impl fmt::Display for Sheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.within(None))
    }
}
