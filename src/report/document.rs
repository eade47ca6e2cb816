//! What a command found, ready for each reader: a page for eyes, one document for programs, a table for other pages.

use serde_json::{Value, json};

use super::heading::{Heading, extend};
use super::made::Made;
use super::sheet::Sheet;
use super::table::TextTable;
use super::text::{count, thousands};

/// The exit code of an answer that stands, and is not what was hoped for: a sign that fails, a result that does not come
/// again. A failure of ours is another: 1.
pub const OTHERWISE: i32 = 4;

/// What was found. Its page, its JSON and its table are written here and nowhere else.
#[derive(Debug, Clone)]
pub struct Report {
    page: Sheet,
    document: Value,
    table: Option<TextTable>,
    interrupted: bool,
    partial: bool,
    failed: bool,
    empty: bool,
    made: Option<String>,
    took: Option<(&'static str, f64)>,
}

impl Report {
    /// A page and a document that say the same.
    pub fn new(page: impl Into<Sheet>, document: Value) -> Report {
        let page = page.into();
        Report {
            page,
            document,
            table: None,
            interrupted: false,
            partial: false,
            failed: false,
            empty: false,
            made: None,
            took: None,
        }
    }

    /// The document as it stands.
    pub fn document(&self) -> &Value {
        &self.document
    }

    /// With a table of its figures, unrounded.
    pub fn with_table(self, table: TextTable) -> Report {
        Report { table: Some(table), ..self }
    }

    /// Told of how many games of those that a heading asks for it is: where it was stopped before all were played, the
    /// page, the document and the exit code say so. A table says it in columns of their own, stopped or not.
    pub fn counted(mut self, heading: &Heading, games: u64) -> Report {
        if let Some(table) = &mut self.table {
            table.constant("games", &games.to_string());
            table.constant("asked", &heading.asked.to_string());
        }
        let stopped = games < heading.asked;
        self.empty = stopped && games == 0;
        if stopped {
            let (played, asked) = (thousands(&games.to_string()), count(heading.asked, "game"));
            extend(&mut self.document, json!({"asked": heading.asked}));
            return self.interrupted(true, &format!("{played} of {asked} played and counted"));
        }
        self
    }

    /// Told of where it was stopped, where it was: the page, the document and the exit code say so.
    pub fn interrupted(mut self, interrupted: bool, after: &str) -> Report {
        if interrupted {
            self.page.push_str(&format!("\nInterrupted: {after}.\n"));
            extend(&mut self.document, json!({"interrupted": true}));
        }
        Report { interrupted, ..self }
    }

    /// Told of parts that are missing, in words: nothing was stopped, and it is not of all the games that were asked for.
    pub fn partial(mut self, heading: &Heading, games: u64, which: &str) -> Report {
        let (there, asked) = (thousands(&games.to_string()), count(heading.asked, "game"));
        self.page.push_str(&format!("\nParts are missing: {there} of {asked} counted. {which}\n"));
        extend(&mut self.document, json!({"asked": heading.asked, "partial": true}));
        Report { partial: true, ..self }
    }

    /// Whether it was stopped before a game was counted: it says nothing.
    pub fn is_empty(&self) -> bool {
        self.empty
    }

    /// Marked as not what was hoped for, where it is not.
    pub fn failed(self, failed: bool) -> Report {
        Report { failed, ..self }
    }

    /// With what a clock says: it is told in `made`, outside of every promise of equal bytes.
    pub fn took(self, what: &'static str, time: f64) -> Report {
        Report { took: Some((what, time)), ..self }
    }

    /// Says how it was made: in the document, in a last line of the page, in a first line of the table.
    pub fn made(mut self, made: &Made) -> Report {
        if self.made.is_some() {
            return self;
        }
        let mut told = made.json(&self.document);
        if let Some((what, time)) = self.took {
            told[what] = json!(time);
        }
        self.document["made"] = told;
        self.page.push_str(&format!("\n{}\n", made.line()));
        Report { made: Some(made.line()), ..self }
    }

    /// The seed its document names.
    pub fn seed(&self) -> Option<u64> {
        self.document["seed"].as_u64()
    }

    /// For eyes, on a screen of so many columns, or in a file.
    pub fn text(&self, screen: Option<usize>) -> String {
        self.page.within(screen)
    }

    /// For programs: indented, with a line break at its end.
    pub fn json(&self) -> String {
        indented(&self.document)
    }

    /// For spreadsheets; nothing where there is no table. Lines that begin with `#` say how it was made and whether it
    /// was stopped.
    pub fn csv(&self) -> Option<String> {
        let comments = self.made.iter().map(|made| format!("# {made}\n"));
        self.table.as_ref().map(|table| comments.chain([table.csv()]).collect())
    }

    /// Its table for pages.
    pub fn markdown(&self) -> Option<String> {
        self.table.as_ref().map(TextTable::markdown)
    }

    /// The exit code of a command that found this: 0 done, 3 not of all that was asked for, [`OTHERWISE`] not what
    /// was hoped for.
    pub fn exit(&self) -> i32 {
        match (self.interrupted || self.partial, self.failed) {
            (true, _) => 3,
            (_, true) => OTHERWISE,
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
    without_signed_zeros(&mut document);
    format!("{document:#}\n")
}

/// Nothing is less than nothing: what is `-0.0` is written as `0.0`.
fn without_signed_zeros(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(without_signed_zeros),
        Value::Object(fields) => fields.values_mut().for_each(without_signed_zeros),
        Value::Number(x) if x.as_f64().is_some_and(|x| x == 0.0 && x.is_sign_negative()) => *value = json!(0.0),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_stopped_says_so_and_ends_with_three() {
        let heading = Heading { asked: 100, ..Heading::default() };
        let report = Report::new("page\n".to_owned(), json!({"games": 40}));
        assert_eq!((report.exit(), report.clone().failed(true).exit()), (0, 4));
        let mut table = TextTable::new(&[]);
        table.row(["mean"]);
        table.row(["0.5"]);
        let report = report.with_table(table);
        let stopped = report.clone().failed(true).counted(&heading, 40);
        assert_eq!(stopped.exit(), 3);
        assert_eq!(stopped.json(), "{\n  \"asked\": 100,\n  \"games\": 40,\n  \"interrupted\": true\n}\n");
        assert_eq!(stopped.text(None), "page\n\nInterrupted: 40 of 100 games played and counted.\n");
        assert_eq!(stopped.csv().as_deref(), Some("mean,games,asked\n0.5,40,100\n"));
        let whole = report.counted(&heading, 100);
        assert_eq!(
            (whole.json().as_str(), whole.text(None).as_str(), whole.exit()),
            ("{\n  \"games\": 40\n}\n", "page\n", 0)
        );
        assert_eq!(whole.csv().as_deref(), Some("mean,games,asked\n0.5,100,100\n"));
    }

    #[test]
    fn no_zero_has_a_sign() {
        let document = json!({"a": [-0.0, {"b": -0.0}], "c": -1.5, "d": 0});
        let text = indented(&document);
        assert!(!text.contains("-0.0") && text.contains("-1.5") && text.contains("\"d\": 0\n"), "{text}");
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
