//! `run`: how does one game of a scenario go?

use super::common::{Either, Failure, Format, Ready, ScenarioArgs, SeedArgs, count, game, json, print, ready_any};
use super::player::{PlayerArgs, table};
use super::{Exit, decisions};
use crate::game::document::Document;
use crate::game::log::{self, Log};
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
    #[arg(long, default_value = "0", value_parser = game, allow_hyphen_values = true)]
    game: u64,
    /// Text or JSON
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Tell the odds of each ending after each round too, from so many futures; `summitry odds` says more
    #[arg(long, value_name = "FUTURES", value_parser = count, allow_hyphen_values = true)]
    odds: Option<u64>,
    /// Replay a log of orders, such as a class exports: the same game to the same record; the log names seed and game
    #[arg(long, value_name = "LOG", conflicts_with_all = ["game", "odds", "players"])]
    orders: Option<String>,
    #[command(flatten)]
    players: PlayerArgs,
}

/// Runs it.
pub fn run(args: Args) -> Result<Exit, Failure> {
    let ready = match ready_any(&args.scenario.scenario, &args.scenario.seats()?, &args.scenario.sets)? {
        Either::World(ready) => *ready,
        Either::Alone(alone) => {
            let asked = [("--orders", args.orders.is_some()), ("--odds", args.odds.is_some())];
            alone.only(&args.scenario.scenario, &asked, &args.players)?;
            alone.run(args.seed.get(), args.game, args.format)?;
            return Ok(0);
        }
    };
    if let Some(file) = &args.orders {
        return replay(&args, &ready, file);
    }
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
            Some((heading(&args, &ready.hash, seed, &asked), course(&ready.setup, &asked)?))
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
            let replay = format!(
                "{} --seed {seed} --game {}{}",
                args.scenario.command("run"),
                args.game,
                args.players.command()
            );
            let story = tell(&ready.setup, &game, seed, &replay);
            let page = |(heading, course)| format!("\n{}", crate::report::odds::page(&ready.setup, &heading, &course));
            story + &odds.map(page).unwrap_or_default() + &lost(forfeits.as_deref())
        }
    };
    print(&text)?;
    Ok(0)
}

/// Plays a logged game again; where the log ends before the game does, it says so and tells what there is.
fn replay(args: &Args, ready: &Ready, file: &str) -> Result<Exit, Failure> {
    let wrong = |why: String| Failure::Wrong(format!("error: {file}: {why}"));
    let text = decisions::open(file)?;
    let log = Log::read(&text)
        .map_err(|why| wrong(decisions::of_another_kind(&text, log::SCHEMA).unwrap_or_else(|| why.to_string())))?;
    if log.scenario_hash != ready.hash {
        let (theirs, ours) = (&log.scenario_hash, &ready.hash);
        let why = format!("the log is of scenario {theirs}, this is {ours}; type: {}", log.command(file));
        return Err(wrong(why));
    }
    let seed = match (log.seed, args.seed.seed) {
        (Some(seed), None) => seed,
        (Some(seed), Some(asked)) if seed != asked => {
            return Err(wrong(format!("the log is of seed {seed}: leave --seed out")));
        }
        (_, Some(asked)) => asked,
        (None, None) => {
            let why = "the log names no seed: a class writes it in once the truth is shown; or give --seed";
            return Err(wrong(why.into()));
        }
    };
    let table = log.replay(&ready.setup, seed).map_err(|why| wrong(why.to_string()))?;
    if let Some(question) = table.question() {
        let (week, who) = (question.at.round, &ready.setup.parties[question.at.party].name);
        eprintln!("the log ends in round {week}, where {who} is asked; told as far as it was played");
    }
    let game = table.told();
    let text = match args.format {
        Format::Json => {
            let document = Document::new(&ready.setup, &game, &ready.hash, seed);
            serde_json::to_string_pretty(&document).map_err(|e| Failure::Ours(e.to_string()))? + "\n"
        }
        Format::Text => tell(&ready.setup, &game, seed, &format!("{} --orders {file}", args.scenario.command("run"))),
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
