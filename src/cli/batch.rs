//! `batch`: how do many games of a scenario end?

use super::Exit;
use super::common::{Failure, Format, ScenarioArgs, SeedArgs, count};
use crate::batch::play::{Plan, Watch, batch, threads};

/// How do many games of a scenario end?
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// How many games
    #[arg(long, default_value = "100_000", value_parser = count, allow_hyphen_values = true)]
    games: u64,
    #[command(flatten)]
    seed: SeedArgs,
    /// Text or JSON
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Threads; as many as the machine runs side by side where left out
    #[arg(long, value_parser = count)]
    threads: Option<u64>,
}

/// Runs it.
pub fn run(args: Args) -> Result<Exit, Failure> {
    let ready = args.scenario.ready()?;
    let seed = args.seed.get();
    let plan = Plan::new(seed, args.games).threads(args.threads.map_or_else(threads, |n| n as usize));
    let played = batch(&ready.setup, &plan, &Watch::default()).map_err(Failure::Ours)?;
    println!("{:?} {:016x}", played.summary.classes, played.summary.digest);
    let _ = args.format;
    Ok(0)
}
