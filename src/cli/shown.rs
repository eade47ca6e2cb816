//! How a table of figures is shown.

use super::common::{SeedArgs, ThreadArgs};
use super::failure::{Exit, Failure, print, print_report};
use super::study::made;
use crate::report::document::Report;

/// Text for people, a table for pages or spreadsheets, or one document for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Shown {
    /// For people.
    #[default]
    Text,
    /// A table in markdown.
    Markdown,
    /// Comma-separated values.
    Csv,
    /// One document on standard output.
    Json,
}

/// Chance, threads, and how what was found is shown.
#[derive(Debug, Clone, clap::Args)]
pub struct ShownArgs {
    #[command(flatten)]
    pub seed: SeedArgs,
    #[command(flatten)]
    pub threads: ThreadArgs,
    /// Text, a markdown table, comma-separated values or one JSON document
    #[arg(long, value_enum, default_value = "text")]
    pub format: Shown,
}

impl Shown {
    /// Prints a list of what there is, with what lists it again.
    pub fn listed(self, report: Report) -> Result<Exit, Failure> {
        self.print(&made(report))?;
        Ok(0)
    }

    /// Prints a report that has a table.
    pub fn print(self, report: &Report) -> Result<(), Failure> {
        match self {
            Shown::Text => print_report(report),
            Shown::Markdown => print(&report.markdown().unwrap_or_default()),
            Shown::Csv => print(&report.csv().unwrap_or_default()),
            Shown::Json => print(&report.json()),
        }
    }
}
