//! `run`: how does one game of a scenario go?

use super::bundle::{BundleArgs, Kept};
use super::common::{Format, ScenarioArgs, SeedArgs, game, ready_any, up_to};
use super::failure::{Exit, Failure, columns, print, print_page, say, wide};
use super::made::made;
use super::odds::course_under_watch;
use super::player::{PlayerArgs, table};
use super::{again, bargain, decisions, study};
use serde_json::json;

use crate::game::document::Document;
use crate::game::log::{self, Log};
use crate::game::told::{Told, told};
use crate::ready::{Any, Ready};
use crate::report::document::{Report, indented};
use crate::report::heading::Heading;
use crate::report::odds;
use crate::report::page::wrap;
use crate::report::tell;
use crate::studies::odds::{Asked, Course};
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
    #[arg(long, value_name = "FUTURES", value_parser = up_to::<1_000_000_000>, allow_hyphen_values = true)]
    odds: Option<u64>,
    /// Replay a log of orders, such as a class exports: the same game to the same record; the log names seed and game
    #[arg(long, value_name = "LOG", conflicts_with_all = ["game", "odds", "players", "bundle"])]
    orders: Option<String>,
    #[command(flatten)]
    players: PlayerArgs,
    #[command(flatten)]
    bundle: BundleArgs,
}

/// Runs it.
pub fn run(args: Args) -> Result<Exit, Failure> {
    args.bundle.room()?;
    let ready = match ready_any(&args.scenario.scenario, &args.scenario.seats()?, &args.scenario.sets)? {
        Any::World(ready) => *ready,
        Any::Bargaining(bargain) => {
            let asked = [("--orders", args.orders.is_some()), ("--odds", args.odds.is_some())];
            bargain::only(&args.scenario.scenario, &asked, &args.players)?;
            let seed = args.seed.get();
            let report = bargain::run(&bargain, seed, args.game)?;
            return study::tell_and_keep(&report, args.format, seed, || {
                args.bundle.keep(&[Kept::bargaining(&args.scenario.scenario, &bargain)], &report, seed)
            });
        }
    };
    if let Some(file) = &args.orders {
        return replay(&args, ready, file);
    }
    let seed = args.seed.get();
    let ready = ready.in_world(seed, args.game);
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
            match course_under_watch(&ready.setup, &asked) {
                Ok(odds) => Some((asked, odds)),
                // the game itself is told all the same
                Err(Failure::Stopped(why)) => {
                    say(&why);
                    None
                }
                Err(other) => return Err(other),
            }
        }
    };
    let heading = Heading {
        scenario: args.scenario.scenario.clone(),
        sets: args.scenario.sets.clone(),
        hash: ready.hash.clone(),
        seed,
        asked: 1,
    };
    let (show, text): (fn(&str) -> Result<(), Failure>, String) = match args.format {
        Format::Json => (print, document(&ready, &heading, &game, forfeits.as_deref(), odds.as_ref())?),
        Format::Text => {
            let again = args.scenario.command("run").option("seed", seed).option("game", args.game);
            let again = args.players.onto(again).to_string();
            let story = tell(&ready.setup, &game, seed, &again, Some(&args.scenario.command("batch")), wide());
            let page = |(asked, course): &(Asked, Course)| {
                format!("\n{}", odds::course_page(&ready.setup, &heading, asked, course).within(columns()))
            };
            (
                print_page,
                story + &odds.as_ref().map(page).unwrap_or_default() + &lost(forfeits.as_deref()) + &footer(seed),
            )
        }
    };
    show(&text)?;
    if args.bundle.bundle.is_some() {
        let document = document(&ready, &heading, &game, forfeits.as_deref(), odds.as_ref())?;
        let document = serde_json::from_str(&document).map_err(|e| Failure::Ours(e.to_string()))?;
        let report = Report::new(String::new(), document);
        args.bundle.keep(&[Kept::ready(&args.scenario.scenario, &ready)], &report, seed)?;
    }
    if args.odds.is_some() && odds.is_none_or(|(_, course)| course.interrupted) {
        say(&format!("stopped before it was done; all of it: {}", again::typed(seed)));
        return Ok(3);
    }
    Ok(0)
}

/// The game as one document, with its odds or with what outside programs forfeited.
fn document(
    ready: &Ready,
    heading: &Heading,
    game: &Told,
    forfeits: Option<&[String]>,
    odds: Option<&(Asked, Course)>,
) -> Result<String, Failure> {
    let ours = |e: serde_json::Error| Failure::Ours(e.to_string());
    let whole = made_of(Document::new(&ready.setup, game, &ready.hash, heading.seed));
    if odds.is_none() && forfeits.is_none() {
        return Ok(serde_json::to_string_pretty(&whole).map_err(ours)? + "\n"); // in the order of its fields
    }
    let mut document = serde_json::to_value(&whole).map_err(ours)?;
    match odds {
        Some((asked, course)) => {
            document["odds"] = odds::course_document(&ready.setup, heading, asked, course);
        }
        None => {
            document["reproducible"] = false.into();
            document["forfeits"] = forfeits.into();
        }
    }
    Ok(indented(&document))
}

/// The document, which says how it was made.
fn made_of(document: Document) -> Document {
    let names = json!({"seed": document.seed, "scenario_hash": document.scenario_hash});
    Document { made: made(Some(document.seed)).map(|made| made.json(&names)), ..document }
}

/// The page's last line: how it was made.
fn footer(seed: u64) -> String {
    made(Some(seed)).map(|made| format!("\n{}\n", made.line())).unwrap_or_default()
}

/// Plays a logged game again; where the log ends before the game does, it says so and tells what there is.
fn replay(args: &Args, ready: Ready, file: &str) -> Result<Exit, Failure> {
    let wrong = |why: String| Failure::Wrong(format!("error: {file}: {why}"));
    let text = decisions::open(file)?;
    let log = Log::read(&text)
        .map_err(|why| wrong(decisions::of_another_kind(&text, log::SCHEMA).unwrap_or_else(|| why.to_string())))?;
    if let Some(why) = decisions::of_another_model(log.model, &log.scenario_hash) {
        return Err(wrong(why));
    }
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
    let ready = ready.in_world(seed, log.game);
    let table = log.replay(&ready.setup, seed).map_err(|why| wrong(why.to_string()))?;
    if let Some(question) = table.question() {
        let (week, who) = (question.at.round, &ready.setup.parties[question.at.party].name);
        say(&format!("the log ends in round {week}, where {who} is asked; told as far as it was played"));
    }
    let game = table.told();
    let text = match args.format {
        Format::Json => {
            let document = made_of(Document::new(&ready.setup, &game, &ready.hash, seed));
            serde_json::to_string_pretty(&document).map_err(|e| Failure::Ours(e.to_string()))? + "\n"
        }
        Format::Text => {
            let again = args.scenario.command("run").option("orders", file).to_string();
            tell(&ready.setup, &game, seed, &again, Some(&args.scenario.command("batch")), wide()) + &footer(seed)
        }
    };
    if args.format == Format::Text {
        print_page(&text)?
    } else {
        print(&text)?
    }
    Ok(0)
}

/// The moves that outside programs forfeited, where some play.
fn lost(forfeits: Option<&[String]>) -> String {
    match forfeits {
        None => String::new(),
        Some([]) => "\nOutside programs played; they forfeited no move.\n".into(),
        Some(lines) => {
            let wrapped = lines.iter().flat_map(|line| wrap(line, wide(), 2, 4));
            wrapped.fold("\nMoves that outside programs forfeited:\n".into(), |out, line| format!("{out}{line}\n"))
        }
    }
}
