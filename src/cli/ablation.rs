//! `ablation`: what is each mechanism for?

use std::sync::Arc;

use clap::ValueEnum;

use super::Exit;
use super::common::{Failure, ScenarioArgs, SeedArgs, ThreadArgs, count, json, print};
use super::progress::watched;
use crate::batch::play::{Plan, Watch};
use crate::report::ablation::{Heading, document, markdown, page};
use crate::studies::ablation::Study;

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
    #[arg(long, default_value = "20_000", value_parser = count, allow_hyphen_values = true)]
    games: u64,
    #[command(flatten)]
    seed: SeedArgs,
    /// Text for people, a markdown table or one JSON document
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    #[command(flatten)]
    threads: ThreadArgs,
}

/// Runs it.
pub fn run(args: Args) -> Result<Exit, Failure> {
    let ready = args.scenario.ready()?;
    let seed = args.seed.get();
    let plan = Plan::new(seed, args.games).threads(args.threads.get());
    let study = Study::of(&ready.setup)?;
    let watch = Arc::new(Watch::default());
    let total = args.games.saturating_mul(study.cells() as u64);
    let answer = watched(&watch, total, "games", || study.run(&plan, &watch))?;
    let heading = Heading { file: args.scenario.scenario, hash: ready.hash, seed, asked: args.games };
    print(&match args.format {
        Format::Text => page(&heading, &answer),
        Format::Markdown => markdown(&heading, &answer),
        Format::Json => json(&document(&heading, &answer))?,
    })?;
    Ok(if answer.interrupted { 3 } else { 0 })
}
