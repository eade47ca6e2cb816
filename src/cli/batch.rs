//! `batch`: how do many games of a scenario end?

use std::time::{Duration, Instant};

use super::bargain;
use super::bundle::{BundleArgs, Kept};
use super::common::{ManyArgs, ScenarioArgs, count, duration, game, no_program, ready_any};
use super::failure::{Exit, Failure, say};
use super::parts::{planned, play as play_parts, told};
use super::plan::games;
use super::player::{PlayerArgs, Seated, table};
use super::progress::{ends_after, watch, watched};
use super::rows::{Left, RowsArgs};
use super::study::tell_and_keep;
use crate::batch::outside::Held;
use crate::batch::play::{Plan, Played, batch};
use crate::ready::{Any, Ready};
use crate::report::batch::{How, Outside, report};
use crate::report::heading::Heading;
use crate::report::text::count as count_of;
use crate::studies::until::{Reached, Until};

/// How do many games of a scenario end?
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// How many games, such as 100_000 or 1e6 [default: 100_000; 1_000 with an outside program]
    #[arg(long, value_parser = count, allow_hyphen_values = true)]
    games: Option<u64>,
    /// The number of the first game
    #[arg(long, value_name = "GAME", default_value = "0", value_parser = game, allow_hyphen_values = true,
        conflicts_with_all = ["players", "orders"])]
    from: u64,
    /// Play until this is known, such as 'error(deal) <= 0.005 and error(us.total) <= 0.2': half of the 95 % interval of a
    /// measure or an expression. It is looked after 1_024 games and each time that there are twice as many; --games is the
    /// most [default: 16_777_216]
    #[arg(long, value_name = "WHAT", value_parser = Until::read, conflicts_with_all = ["players", "orders", "record"])]
    until: Option<Until>,
    /// End after so long, such as 90s, 10m or 2h, and tell what is done
    #[arg(long, value_name = "TIME", value_parser = duration, conflicts_with_all = ["players", "orders"])]
    max_time: Option<Duration>,
    /// Keep the batch in a folder, part by part: the same command goes on with it, whatever stopped it
    #[arg(long, value_name = "DIR", conflicts_with_all = ["players", "orders", "record"])]
    out: Option<String>,
    /// With --out: into how many parts; a file each, and what is stopped within a part is lost [default: one for each
    /// 16_384 games, at most 1_000]
    #[arg(long, requires = "out", value_parser = count, allow_hyphen_values = true)]
    shards: Option<u64>,
    /// Begin anew where the folder holds another batch
    #[arg(long, requires = "out")]
    overwrite: bool,
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

/// Games of a batch, of one with an outside program, and of one until enough is known, where nothing is said.
const GAMES: [u64; 3] = [100_000, 1_000, 16_777_216];

/// Runs it.
#[allow(clippy::disallowed_methods)] // the rate on the page is measured here, at the edge; it never reaches a result
pub fn run(args: Args) -> Result<Exit, Failure> {
    let scenario = &args.scenario;
    args.bundle.room()?;
    let ready = match ready_any(&scenario.scenario, &scenario.seats()?, &scenario.sets)? {
        Any::World(ready) => *ready,
        Any::Bargaining(bargain) => {
            let asked = [
                ("--orders", args.orders.is_some()),
                ("--record", args.record.is_some()),
                ("--from", args.from > 0),
                ("--until", args.until.is_some()),
                ("--max-time", args.max_time.is_some()),
                ("--out", args.out.is_some()),
            ];
            bargain::only(&scenario.scenario, &asked, &args.players)?;
            args.rows.none("this is bargaining on its own")?;
            return bargain::batch(*bargain, scenario, args.games.unwrap_or(GAMES[0]), &args.many, &args.bundle);
        }
    };
    if let Some(out) = &args.out {
        if args.until.is_some() {
            return Err(Failure::wrong(format!(
                "--until does not know how many games there will be, and --out cuts a known number into parts\n  play with \
                 --until alone: the page says after how many games it stopped\n  then the same with --games N --out {}",
                shell_words::quote(out)
            )));
        }
        return in_parts(&args, &ready, out);
    }
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
        from: args.from,
        until: done.until.clone(),
        parts: None,
    };
    let report = report(&ready.setup, &heading, &how, &done.played);
    let report = report.failed(done.until.is_some_and(|until| !until.met));
    let (seed, left) = (done.seed, done.rows);
    tell_and_keep(&report, args.many.format, seed, || {
        let bundle = args.bundle.keep(&[Kept::ready(&scenario.scenario, &ready)], &report, seed);
        left.told()?;
        if let (Some(file), Some((seated, held))) = (&args.record, &done.decided) {
            table::keep(&heading.hash, &ready.setup, seated, seed, held, file)?;
        }
        bundle
    })
}

/// Part by part in a folder, from where it was left.
fn in_parts(args: &Args, ready: &Ready, out: &str) -> Result<Exit, Failure> {
    no_program(&ready.setup)?;
    let games = games(args.from, args.games.unwrap_or(GAMES[0]))?;
    let folder = planned(
        out,
        args.overwrite,
        (ready, &args.scenario),
        args.many.seed,
        games,
        (args.shards, args.rows.of_parts()?),
    )?;
    let (missing, plan) = (folder.missing()?, &folder.manifest);
    if (missing.len() as u64) < plan.shards {
        say(&format!(
            "going on in {out}: {} of {} are there",
            plan.shards - missing.len() as u64,
            count_of(plan.shards, "part")
        ));
    }
    let (threads, watch) = (args.many.threads.get(), watch());
    ends_after(&watch, args.max_time);
    let left = missing.iter().map(|part| plan.games_of(*part)).map(|games| games.end - games.start).sum();
    let done = watched(&watch, left, "games", || play_parts(&folder, ready, &missing, threads, &watch));
    let still = folder.missing()?.len();
    let failed = match done {
        // a disk that is full, say: what is there is told all the same
        Err(why) if (still as u64) < plan.shards => Some(why),
        Err(why) => return Err(why),
        Ok(done) if !done && still == missing.len() => {
            let games = count_of(plan.games / plan.shards, "game");
            say(&format!(
                "no part was finished: each is of about {games}, and with more of them (--shards) less is lost"
            ));
            None
        }
        Ok(_) => None,
    };
    let seed = plan.seed;
    let report = told(&folder, ready, threads, None)?;
    let code = tell_and_keep(&report, args.many.format, seed, || {
        folder.all_rows().iter().for_each(|rows| say(&format!("rows: {rows}")));
        args.bundle.keep(&[Kept::ready(&args.scenario.scenario, ready)], &report, seed)
    })?;
    failed.map_or(Ok(code), Err)
}

/// What was played, and of what.
struct Done {
    played: Played,
    seed: u64,
    asked: u64,
    threads: usize,
    outside: Option<Outside>,
    until: Option<Reached>,
    rows: Left,
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
            until: None,
            rows: Left::default(),
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
        let (rows, decided) = (Left::default(), Some((seated, held)));
        return Ok(Done { played, seed, asked, threads, outside, until: None, rows, decided });
    }
    if args.record.is_some() {
        let text = "error: --record keeps what outside programs decide, and no party plays by one";
        return Err(Failure::Wrong(text.into()));
    }
    let most = if args.until.is_some() { GAMES[2] } else { GAMES[0] };
    let (asked, threads) = (args.games.unwrap_or(most), args.many.threads.get());
    let plan = Plan { games: games(args.from, asked)?, ..Plan::new(seed, 0).threads(threads) };
    let watch = watch();
    ends_after(&watch, args.max_time);
    let (place, sets) = (args.rows.place()?, args.scenario.told());
    let mut rows = Left::default();
    let (played, until) = match (&place, &args.until) {
        (Some(place), None) => {
            let (played, left) = args.rows.batch(ready, place, &sets, &plan, (seed, &watch))?;
            rows = left;
            (played, None)
        }
        (None, None) => (watched(&watch, asked, "games", || batch(&ready.setup, &plan, &watch))?, None),
        (_, Some(until)) => {
            let (played, found) = watched(&watch, asked, "games", || until.run(&ready.setup, &plan, &watch))?;
            match &place {
                Some(_) if played.interrupted => say("no rows are written: not all of the games were played"),
                Some(place) => {
                    let plan = Plan { games: games(args.from, found.games)?, ..plan };
                    rows = args.rows.of_counted(ready, place, &sets, &plan, seed);
                }
                None => {}
            }
            (played, Some(found))
        }
    };
    // what was known early was not stopped
    let asked = until.as_ref().filter(|_| !played.interrupted).map_or(asked, |until| until.games);
    Ok(Done { played, seed, asked, threads, outside: None, until, rows, decided: None })
}
