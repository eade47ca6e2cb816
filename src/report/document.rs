//! What a command found, ready for each reader: a page for eyes, one document for programs, a table for other pages.

use serde_json::{Value, json};

use super::heading::{Heading, extend};
use super::text::TextTable;

/// What was found. Its page, its JSON and its table are written here and nowhere else.
#[derive(Debug, Clone)]
pub struct Report {
    page: String,
    document: Value,
    table: Option<TextTable>,
    interrupted: bool,
    failed: bool,
}

impl Report {
    /// A page and a document that say the same.
    pub fn new(page: String, document: Value) -> Report {
        Report { page, document, table: None, interrupted: false, failed: false }
    }

    /// With a table of its figures, unrounded.
    pub fn with_table(self, table: TextTable) -> Report {
        Report { table: Some(table), ..self }
    }

    /// Marked as stopped before all games of a heading were played, where it was: the document says how many were asked
    /// for.
    pub fn stopped(mut self, heading: &Heading, stopped: bool) -> Report {
        if stopped {
            extend(&mut self.document, json!({"asked": heading.asked, "interrupted": true}));
        }
        self.interrupted(stopped)
    }

    /// Marked as stopped, where it was; the document says so in its own way.
    pub fn interrupted(self, interrupted: bool) -> Report {
        Report { interrupted, ..self }
    }

    /// Marked as not what was hoped for, where it is not.
    pub fn failed(self, failed: bool) -> Report {
        Report { failed, ..self }
    }

    /// For eyes.
    pub fn text(&self) -> &str {
        &self.page
    }

    /// For programs: indented, with a line break at its end.
    pub fn json(&self) -> String {
        indented(&self.document)
    }

    /// For spreadsheets; nothing where there is no table.
    pub fn csv(&self) -> Option<String> {
        self.table.as_ref().map(TextTable::csv)
    }

    /// The exit code of a command that found this: 0 done, 1 not what was hoped for, 3 interrupted.
    pub fn exit(&self) -> i32 {
        match (self.interrupted, self.failed) {
            (true, _) => 3,
            (_, true) => 1,
            _ => 0,
        }
    }
}

/// A document as it is printed: indented, with a line break at its end. What has a schema says which model it is of.
pub fn indented(document: &Value) -> String {
    let mut document = document.clone();
    if document.get("schema").is_some() {
        extend(&mut document, json!({"model": crate::MODEL}));
    }
    format!("{document:#}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_stopped_says_so_and_ends_with_three() {
        let heading = Heading { asked: 100, ..Heading::default() };
        let report = Report::new("page\n".into(), json!({"games": 40}));
        assert_eq!((report.exit(), report.clone().failed(true).exit()), (0, 1));
        let stopped = report.clone().failed(true).stopped(&heading, true);
        assert_eq!(stopped.exit(), 3);
        assert_eq!(stopped.json(), "{\n  \"asked\": 100,\n  \"games\": 40,\n  \"interrupted\": true\n}\n");
        assert_eq!(report.stopped(&heading, false).json(), "{\n  \"games\": 40\n}\n");
    }

    #[test]
    fn a_table_is_written_for_spreadsheets_and_for_pages() {
        let mut table = TextTable::new(&[]);
        table.row(["a, b", "c\"d"]);
        table.row(["1", ""]);
        let report = Report::new(String::new(), json!({}));
        assert_eq!(report.csv(), None);
        assert_eq!(table.markdown(), "| a, b | c\"d |\n|---|--:|\n| 1 |  |\n");
        assert_eq!(report.with_table(table).csv().as_deref(), Some("\"a, b\",\"c\"\"d\"\n1,\n"));
    }
}
