//! `run`: how does one game of a scenario go?

use super::Exit;
use super::common::{Either, Failure, Format, ScenarioArgs, SeedArgs, count, json, print, ready_any, seed};
use super::player::{PlayerArgs, table};
use crate::game::document::Document;
use crate::game::told::told;
use crate::report::odds::Heading;
use crate::report::page::wrap;
use crate::report::tell;
use crate::studies::odds::{Asked, course};
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
    /// Tell the odds of each ending after each round too, from so many futures; `summitry odds` says more
    #[arg(long, value_name = "FUTURES", value_parser = count, allow_hyphen_values = true)]
    odds: Option<u64>,
    #[command(flatten)]
    players: PlayerArgs,
}

/// Runs it.
pub fn run(args: Args) -> Result<Exit, Failure> {
    let ready = match ready_any(&args.scenario.scenario, &args.scenario.seats()?, &args.scenario.sets)? {
        Either::World(ready) => *ready,
        Either::Alone(alone) => {
            alone.run(args.seed.get(), args.game, args.format)?;
            return Ok(0);
        }
    };
    let seed = args.seed.get();
    let seated = args.players.seated(&ready.setup)?;
    if seated.is_some() && args.odds.is_some() {
        return Err(Failure::Wrong("error: --odds plays thousands of futures, and starts no outside program".into()));
    }
    let (game, forfeits) = match &seated {
        None => (told(&ready.setup, Key::of_seed(seed), args.game), None),
        Some(seated) => {
            let (game, forfeits) = table::told(&ready.setup, seated, seed, args.game)?;
            (game, Some(forfeits))
        }
    };
    let odds = match args.odds {
        None => None,
        Some(futures) => {
            let asked = Asked::new(seed, args.game, futures);
            Some((heading(&args, &ready.hash, seed, &asked), course(&ready.setup, &asked).map_err(Failure::Ours)?))
        }
    };
    let text = match args.format {
        Format::Json => {
            let document = Document::new(&ready.setup, &game, &ready.hash, seed);
            let whole = |e: serde_json::Error| Failure::Ours(e.to_string());
            match &odds {
                None if forfeits.is_some() => {
                    let mut document = serde_json::to_value(&document).map_err(whole)?;
                    document["reproducible"] = false.into();
                    document["forfeits"] = forfeits.into();
                    json(&document)?
                }
                None => serde_json::to_string_pretty(&document).map_err(whole)? + "\n",
                Some((heading, course)) => {
                    let mut document = serde_json::to_value(&document).map_err(whole)?;
                    document["odds"] = crate::report::odds::document(&ready.setup, heading, course);
                    json(&document)?
                }
            }
        }
        Format::Text => {
            let replay = format!("{} --seed {seed} --game {}", args.scenario.command("run"), args.game);
            let story = tell(&ready.setup, &game, seed, &replay);
            let page = |(heading, course)| format!("\n{}", crate::report::odds::page(&ready.setup, &heading, &course));
            story + &odds.map(page).unwrap_or_default() + &lost(forfeits.as_deref())
        }
    };
    print(&text)?;
    Ok(0)
}

/// The moves that outside programs forfeited, where some play.
fn lost(forfeits: Option<&[String]>) -> String {
    match forfeits {
        None => String::new(),
        Some([]) => "\nOutside programs played; they forfeited no move.\n".into(),
        Some(lines) => {
            let wrapped = lines.iter().flat_map(|line| wrap(line, 2, 4));
            wrapped.fold("\nMoves that outside programs forfeited:\n".into(), |out, line| format!("{out}{line}\n"))
        }
    }
}

fn heading(args: &Args, hash: &str, seed: u64, asked: &Asked) -> Heading {
    Heading {
        file: args.scenario.scenario.clone(),
        sets: args.scenario.sets.clone(),
        hash: hash.to_owned(),
        seed,
        game: args.game,
        futures: asked.futures,
        view: asked.view,
    }
}
