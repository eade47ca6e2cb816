//! `run`: how does one game of a scenario go?

use super::Exit;
use super::common::{Failure, Format, ScenarioArgs, SeedArgs, print, seed};
use crate::record::document::Document;
use crate::record::game::told;
use crate::report::tell;
use crate::world::dice::Key;

/// How does one game of a scenario go?
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    scenario: ScenarioArgs,
    #[command(flatten)]
    seed: SeedArgs,
    /// Which game of the seed, from 0: the same as in a batch
    #[arg(long, default_value = "0", value_parser = seed)]
    game: u64,
    /// Text or JSON
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Runs it.
pub fn run(args: Args) -> Result<Exit, Failure> {
    let ready = args.scenario.ready()?;
    let seed = args.seed.get();
    let game = told(&ready.setup, Key::of_seed(seed), args.game);
    let text = match args.format {
        Format::Json => {
            let document = Document::new(&ready.setup, &game, &ready.hash, seed);
            let json = serde_json::to_string_pretty(&document).map_err(|e| Failure::Ours(e.to_string()))?;
            format!("{json}\n")
        }
        Format::Text => tell(&ready.setup, &game, seed, &replay(&args.scenario, seed, args.game)),
    };
    print(&text)?;
    Ok(0)
}

/// The command that plays a game again.
pub fn replay(scenario: &ScenarioArgs, seed: u64, game: u64) -> String {
    let sets: String = scenario.sets.iter().map(|set| format!(" --set '{set}'")).collect();
    format!("summitry run {}{sets} --seed {seed} --game {game}", scenario.scenario)
}
