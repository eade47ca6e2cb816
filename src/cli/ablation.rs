//! `ablation`: what is each mechanism for?

use clap::ValueEnum;

use super::bundle::{BundleArgs, Kept};
use super::common::{self, ManyArgs, ScenarioArgs, SeedArgs, ThreadArgs, games};
use super::failure::{Exit, Failure};
use super::study::ask;
use crate::batch::play::{Plan, Watch};
use crate::report::ablation::document;
use crate::report::document::Report;
use crate::report::heading::Heading;
use crate::report::paired;
use crate::report::precision;
use crate::report::sheet::Sheet;
use crate::report::table::TextTable;
use crate::report::text::{beside, count as count_of, error};
use crate::studies::ablation::{Ablated, Study, Without};
use crate::studies::measures::Measure;
use crate::studies::sums::{Found, Sides};

/// Text for people, a table for a page, or one JSON document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// A table to paste into a page.
    Markdown,
    /// One document on standard output.
    Json,
}

/// What is each mechanism for? Switches each off in turn and compares on the same games
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// How many games with and without each
    #[arg(long, default_value = "20_000", value_parser = games, allow_hyphen_values = true)]
    games: u64,
    /// What is measured: measures by name, or expressions such as "us.share > 0.5"; may be repeated
    #[arg(long = "measure", value_name = "MEASURE")]
    measures: Vec<String>,
    #[command(flatten)]
    seed: SeedArgs,
    /// Text for people, a markdown table or one JSON document
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    #[command(flatten)]
    threads: ThreadArgs,
    #[command(flatten)]
    bundle: BundleArgs,
}

/// Runs it.
pub fn run(args: Args) -> Result<Exit, Failure> {
    args.bundle.room()?;
    let ready = args.scenario.ready()?;
    let study = Study::of(&ready.setup)?;
    let asked = if args.measures.is_empty() { study.usual() } else { args.measures };
    let format = if args.format == Format::Json { common::Format::Json } else { common::Format::Text };
    let many = ManyArgs { seed: args.seed, format, threads: args.threads };
    let heading = many.heading(&args.scenario.scenario, &args.scenario.told(), ready.hash.clone(), args.games);
    let play = |heading: &Heading, plan: &Plan, watch: &Watch| {
        let answer = study.run(&asked, plan, watch)?;
        let markdown = args.format == Format::Markdown;
        let told = if markdown { markdown_of(heading, &answer).into() } else { page(heading, &answer) };
        Ok(Report::new(told, document(heading, &answer)).counted(heading, answer.games))
    };
    ask(heading, &many, study.cells(), play, |report, seed| {
        args.bundle.keep(&[Kept::ready(&args.scenario.scenario, &ready)], report, seed)
    })
}

/// A short head for a column.
fn head(measure: &Measure) -> String {
    match measure.name.as_str() {
        "truce_lapsed" => "lapse".into(),
        "summit_deal" => "summit deal".into(),
        "first_deal_round" => "first deal".into(),
        name => name.replace(".total", " total"),
    }
}

/// A difference and half its interval, with two digits of the latter, no leading zero.
fn cell(found: Option<&Found>, sides: &Sides) -> String {
    let Some(f) = found else { return if sides.is_lost() { "no case" } else { "-" }.into() };
    if f.is_nothing() {
        return "0".into();
    }
    let short = |text: String| text.strip_prefix("0.").map_or(text.clone(), |rest| format!(".{rest}"));
    let size = short(beside(f.difference.abs(), f.half()));
    let sign = match () {
        () if size.chars().all(|c| c == '.' || c == '0') => " ",
        () if f.difference < 0.0 => "-",
        () => "+",
    };
    format!("{sign}{size} ±{}", short(error(f.half())))
}

/// The largest difference in standard errors, or a mark where there is none to speak of.
fn mark(row: &Without) -> String {
    if row.is_nothing() {
        "nothing".into()
    } else if row.is_measurable() {
        format!("{:.0}", row.largest())
    } else if row.loses_cases() {
        "no case".into()
    } else {
        format!("{:.1} ?", row.largest())
    }
}

/// A row for each mechanism; `name` writes a switch.
fn table(answer: &Ablated, name: fn(&str) -> String) -> TextTable {
    let mut out = TextTable::new(&[]).in_blocks(1);
    let heads = answer.measures.iter().map(head);
    out.row(["off".to_string()].into_iter().chain(heads).chain(["in s.e.".to_string()]));
    for row in &answer.rows {
        let cells = row.found.iter().zip(&row.sides).map(|(f, sides)| cell(f.as_ref(), sides));
        out.row([name(row.switch.name())].into_iter().chain(cells).chain([mark(row)]));
    }
    out
}

/// On the screen.
fn page(heading: &Heading, answer: &Ablated) -> Sheet {
    let games = count_of(answer.games, "paired game");
    let mut out = Sheet::from(format!(
        "Each mechanism of {} switched off: what changes, with 95 % intervals\n{games} a row, seed {}\n\n",
        heading.scenario, heading.seed
    ));
    out.table(table(answer, str::to_owned));
    out.push_str(&format!("\n{}", notes(answer)));
    out.add(both_sides(answer));
    out.push_str(&format!("scenario {}\n", heading.hash));
    out
}

/// The differences in games that have a measure with and without a mechanism, where that is another figure.
fn both_sides(answer: &Ablated) -> Sheet {
    paired::both_sides(answer.rows.iter().flat_map(|row| {
        let each = answer.measures.iter().zip(&row.found);
        each.filter_map(|(m, f)| Some((format!("{}: {}", row.switch.name(), head(m)), f.as_ref()?)))
    }))
}

/// What the marks mean, and which mechanisms bear them.
fn notes(answer: &Ablated) -> String {
    let idle: Vec<&str> = answer.rows.iter().filter(|r| r.is_nothing()).map(|r| r.switch.name()).collect();
    let faint: Vec<&str> = answer.rows.iter().filter(|r| mark(r).ends_with('?')).map(|r| r.switch.name()).collect();
    let lost: Vec<&str> = answer.rows.iter().filter(|r| r.loses_cases()).map(|r| r.switch.name()).collect();
    let mut out = "Last column: the largest difference in standard errors.\n".to_string();
    out.push_str(&precision::halved(answer.games, " a row"));
    if !faint.is_empty() {
        out.push_str(&format!("Nothing measurable at this many games (?): {}\n", faint.join(", ")));
    }
    if !lost.is_empty() {
        out.push_str(&format!("A measure has cases on one side alone (no case): {}\n", lost.join(", ")));
    }
    if !idle.is_empty() {
        out.push_str(&format!("Not one game differs (nothing): {}\n", idle.join(", ")));
    }
    out
}

/// As a table in markdown.
fn markdown_of(heading: &Heading, answer: &Ablated) -> String {
    let mut out = table(answer, |switch| format!("`{switch}`")).markdown();
    let games = count_of(answer.games, "paired game");
    out.push_str(&format!(
        "\nOff less on, {games} a row, seed {}, 95 % intervals; scenario {}. {}",
        heading.seed,
        heading.hash,
        notes(answer)
    ));
    let both = both_sides(answer);
    if !both.is_empty() {
        out.push_str(&format!("\n```text\n{}\n```\n", both.to_string().trim_matches('\n')));
    }
    out
}
