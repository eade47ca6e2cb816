//! `run`: how does one game of a scenario go?

use serde::Serialize;

use super::Exit;
use super::common::{Failure, Format, ScenarioArgs, SeedArgs, colour, print, seed};
use super::disk;
use crate::bargain::{self, Compiled};
use crate::game::document::Document;
use crate::game::told::told;
use crate::report::tell;
use crate::scenario::canonical::scenario_hash;
use crate::scenario::kind::{AnyScenario, load_any};
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
    /// Text for people or one JSON document
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// A game of bargaining on its own, as a document.
#[derive(Serialize)]
struct Bargained<'a> {
    scenario: &'a str,
    scenario_hash: &'a str,
    #[serde(flatten)]
    told: bargain::Told,
}

/// Runs it.
pub fn run(args: Args) -> Result<Exit, Failure> {
    let name = disk::with_shelf(&args.scenario.scenario);
    let loaded = load_any(&name, &disk::open, &args.scenario.sets);
    let (scenario, _) = loaded.map_err(|problems| Failure::Wrong(problems.explain(colour())))?;
    let seed = args.seed.get();
    let replay = format!("{} --seed {seed} --game {}", args.scenario.command("run"), args.game);
    let json = scenario.json().map_err(|e| Failure::Ours(e.to_string()))?;
    let hash = scenario_hash(&json);
    let text = match scenario {
        AnyScenario::World(scenario) => {
            let setup = crate::round::prepare(*scenario).map_err(|e| Failure::Wrong(format!("error: {e}")))?;
            let game = told(&setup, Key::of_seed(seed), args.game);
            match args.format {
                Format::Json => document(&Document::new(&setup, &game, &hash, seed))?,
                Format::Text => tell(&setup, &game, seed, &replay),
            }
        }
        AnyScenario::Bargaining(alone) => {
            let compiled = Compiled::new(&alone.bargaining)
                .map_err(|problems| Failure::Wrong(format!("error: {}", problems.join("\nerror: "))))?;
            let told = bargain::tell(&compiled, seed, args.game);
            match args.format {
                Format::Json => document(&Bargained { scenario: &alone.title, scenario_hash: &hash, told })?,
                Format::Text => {
                    let head = format!("{}\nSeed {seed}, game {}. To play it again: {replay}", alone.title, args.game);
                    format!("{head}\n\n{}", told.english(&compiled))
                }
            }
        }
    };
    print(&text)?;
    Ok(0)
}

/// A document, its fields in the order in which they are declared.
fn document(document: &impl Serialize) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(document).map_err(|e| Failure::Ours(e.to_string()))?;
    Ok(text + "\n")
}
