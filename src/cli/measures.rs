//! `measures`: what can be asked of a game?

use super::common::ready;
use super::failure::{Exit, Failure, columns, print, print_page};
use crate::record::registry::{Measure, registry};
use crate::report::document::indented;
use crate::report::measures::{document, page, table};

/// What can be asked of a game? Every measure with its unit, its meaning and the games in which it has a case
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The scenario file
    #[arg(default_value = "stockholm-2025")]
    scenario: String,
    /// Only those whose name or meaning holds this, such as us.share or truce
    only: Option<String>,
    /// Change a field before the game; may be repeated
    #[arg(long = "set", value_name = "PATH=VALUE")]
    sets: Vec<String>,
    /// Text for people, a markdown table, comma-separated values (a codebook) or one JSON document
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Markdown,
    Csv,
    Json,
}

/// Lists them.
pub fn run(args: Args) -> Result<Exit, Failure> {
    let ready = ready(&args.scenario, &args.sets)?;
    let all = registry(&ready.setup).into_iter().map(|(measure, _)| measure);
    let word = args.only.as_deref().unwrap_or_default().to_lowercase();
    let holds = |m: &Measure| m.name.to_lowercase().contains(&word) || m.about.to_lowercase().contains(&word);
    let some: Vec<Measure> = all.filter(holds).collect();
    if some.is_empty() {
        return Err(Failure::wrong(format!(
            "no measure of this scenario holds `{word}`\n  leave it out to see all: summitry measures {}",
            crate::command_line::quoted(&args.scenario)
        )));
    }
    let title = &ready.setup.scenario.title;
    match args.format {
        Format::Text => print_page(&page(title, &some, columns().map_or(80, |columns| columns.min(100)))),
        Format::Markdown => print(&table(&some).markdown()),
        Format::Csv => print(&table(&some).csv()),
        Format::Json => print(&indented(&document(title, &some))),
    }?;
    Ok(0)
}
