//! `batch`: how do many games of a scenario end?

use std::sync::Arc;
use std::time::Instant;

use super::Exit;
use super::common::{Either, Failure, Format, ScenarioArgs, SeedArgs, count, print, ready_any};
use super::progress::watched;
use crate::batch::play::{Plan, Watch, batch, threads};
use crate::report::batch::{Heading, document, page};

/// How do many games of a scenario end?
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// How many games, such as 100_000 or 1e6
    #[arg(long, default_value = "100_000", value_parser = count, allow_hyphen_values = true)]
    games: u64,
    #[command(flatten)]
    seed: SeedArgs,
    /// Text for people or one JSON document
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Threads; as many as the machine runs side by side where left out
    #[arg(long, value_parser = count, allow_hyphen_values = true)]
    threads: Option<u64>,
}

/// Runs it.
#[allow(clippy::disallowed_methods)] // the rate on the page is measured here, at the edge; it never reaches a result
pub fn run(args: Args) -> Result<Exit, Failure> {
    let seed = args.seed.get();
    let threads = args.threads.map_or_else(threads, |n| n as usize);
    let ready = match ready_any(&args.scenario.scenario, &args.scenario.sets)? {
        Either::World(ready) => *ready,
        Either::Alone(alone) => return alone.batch(&args.scenario.scenario, seed, args.games, threads, args.format),
    };
    let plan = Plan::new(seed, args.games).threads(threads);
    let watch = Arc::new(Watch::default());
    let begin = Instant::now();
    let played = watched(&watch, args.games, "games", || batch(&ready.setup, &plan, &watch)).map_err(Failure::Ours)?;
    let heading = Heading {
        file: args.scenario.scenario.clone(),
        sets: args.scenario.sets.clone(),
        hash: ready.hash,
        seed,
        asked: args.games,
        seconds: Some(begin.elapsed().as_secs_f64()),
        threads,
    };
    match args.format {
        Format::Json => {
            let document = document(&ready.setup, &heading, &played);
            print(&format!(
                "{}\n",
                serde_json::to_string_pretty(&document).map_err(|e| Failure::Ours(e.to_string()))?
            ))?;
        }
        Format::Text => print(&page(&ready.setup, &heading, &played))?,
    }
    Ok(if played.interrupted { 3 } else { 0 })
}
