//! `batch`: how do many games of a scenario end?

use std::time::Instant;

use super::bargain;
use super::bundle::BundleArgs;
use super::common::{ManyArgs, ScenarioArgs, count, ready_any};
use super::failure::{Exit, Failure};
use super::player::{PlayerArgs, Seated, table};
use super::progress::{watch, watched};
use super::rows::RowsArgs;
use super::study::tell_and_keep;
use crate::batch::outside::Held;
use crate::batch::play::{Plan, Played, batch};
use crate::ready::{Any, Ready};
use crate::report::batch::{How, Outside, report};
use crate::report::heading::Heading;

/// How do many games of a scenario end?
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// How many games, such as 100_000 or 1e6 [default: 100_000; 1_000 with an outside program]
    #[arg(long, value_parser = count, allow_hyphen_values = true)]
    games: Option<u64>,
    #[command(flatten)]
    many: ManyArgs,
    #[command(flatten)]
    players: PlayerArgs,
    /// Write what the outside programs decide to a new file
    #[arg(long, value_name = "FILE", conflicts_with = "orders")]
    record: Option<String>,
    /// Play the games of a file written with --record by the decisions in it; no program is started
    #[arg(long, value_name = "FILE", conflicts_with = "players")]
    orders: Option<String>,
    #[command(flatten)]
    rows: RowsArgs,
    #[command(flatten)]
    bundle: BundleArgs,
}

/// Games of a batch, and of one with an outside program, where nothing is said.
const GAMES: [u64; 2] = [100_000, 1_000];

/// Runs it.
#[allow(clippy::disallowed_methods)] // the rate on the page is measured here, at the edge; it never reaches a result
pub fn run(args: Args) -> Result<Exit, Failure> {
    let scenario = &args.scenario;
    args.bundle.room()?;
    let ready = match ready_any(&scenario.scenario, &scenario.seats()?, &scenario.sets)? {
        Any::World(ready) => *ready,
        Any::Bargaining(bargain) => {
            let asked = [("--orders", args.orders.is_some()), ("--record", args.record.is_some())];
            bargain::only(&scenario.scenario, &asked, &args.players)?;
            args.rows.none("this is bargaining on its own")?;
            return bargain::batch(*bargain, scenario, args.games.unwrap_or(GAMES[0]), &args.many, &args.bundle);
        }
    };
    let begin = Instant::now();
    let done = play(&args, &ready)?;
    let heading = Heading {
        scenario: scenario.scenario.clone(),
        sets: scenario.told(),
        hash: ready.hash.clone(),
        seed: done.seed,
        asked: done.asked,
    };
    let how = How {
        next: scenario.command(if done.outside.is_some() { "batch" } else { "run" }),
        seconds: Some(begin.elapsed().as_secs_f64()),
        threads: done.threads,
        outside: done.outside.clone(),
    };
    let report = report(&ready.setup, &heading, &how, &done.played);
    tell_and_keep(&report, args.many.format, done.seed, || {
        let bundle = args.bundle.keep(&ready.loaded, &heading.hash, done.seed);
        if let (Some(file), Some((seated, held))) = (&args.record, &done.decided) {
            table::keep(&heading.hash, &ready.setup, seated, done.seed, held, file)?;
        }
        bundle
    })
}

/// What was played, and of what.
struct Done {
    played: Played,
    seed: u64,
    asked: u64,
    threads: usize,
    outside: Option<Outside>,
    /// By whom, and what, where outside programs played.
    decided: Option<(Seated, Held)>,
}

/// By the engine alone, with outside programs, or as recorded.
fn play(args: &Args, ready: &Ready) -> Result<Done, Failure> {
    if let Some(path) = &args.orders {
        args.rows.none("these are played by recorded decisions")?;
        let (head, held, outside) =
            table::replay(ready, path, args.many.seed.seed, args.games, args.many.threads.get())?;
        let asked = args.games.unwrap_or(head.games);
        return Ok(Done {
            played: held.played,
            seed: head.seed,
            asked,
            threads: args.many.threads.get(),
            outside: Some(outside),
            decided: None,
        });
    }
    let seed = args.many.seed.get();
    if let Some(seated) = args.players.seated(&ready.setup)? {
        args.rows.none("an outside program plays these")?;
        // One copy of a program, that sees the games in order, unless more are asked for.
        let (asked, threads) = (args.games.unwrap_or(GAMES[1]), args.many.threads.threads.map_or(1, |n| n as usize));
        let plan = Plan::new(seed, asked).threads(threads);
        let (held, outside) = table::batch(ready, &seated, &plan, args.record.as_deref())?;
        let (played, outside) = (held.played.clone(), Some(outside));
        return Ok(Done { played, seed, asked, threads, outside, decided: Some((seated, held)) });
    }
    if args.record.is_some() {
        let text = "error: --record keeps what outside programs decide, and no party plays by one";
        return Err(Failure::Wrong(text.into()));
    }
    let (asked, threads) = (args.games.unwrap_or(GAMES[0]), args.many.threads.get());
    let (plan, watch) = (Plan::new(seed, asked).threads(threads), watch());
    let played = match args.rows.place()? {
        None => watched(&watch, asked, "games", || batch(&ready.setup, &plan, &watch))?,
        Some(place) => args.rows.batch(ready, &place, &args.scenario.told(), &plan, (seed, &watch))?,
    };
    Ok(Done { played, seed, asked, threads, outside: None, decided: None })
}
