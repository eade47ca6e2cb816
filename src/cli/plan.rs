//! `plan`: a batch is cut into parts, to be played on any machines.

use std::time::Instant;

use super::common::{ScenarioArgs, SeedArgs, count, game};
use super::failure::{Exit, Failure, print_page};
use super::parts::{OutArgs, planned};
use super::progress::{LONG, about};
use super::rows::{LARGE, form};
use crate::batch::play::{Plan, Watch, batch};
use crate::command_line::CommandLine;
use crate::error::Error;
use crate::ready::Ready;
use crate::report::text::{count as count_of, size};
use crate::shards::Rows;

/// Cut a batch into parts, to be played on any machines
///
/// The folder holds all that a machine needs. Each part is played by `summitry shard`, `summitry missing` lists those that
/// are not there yet, and `summitry merge` tells what `batch` tells.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// How many games, such as 100_000 or 1e6
    #[arg(long, value_parser = count, allow_hyphen_values = true)]
    games: u64,
    /// The number of the first game
    #[arg(long, value_name = "GAME", default_value = "0", value_parser = game, allow_hyphen_values = true)]
    from: u64,
    #[command(flatten)]
    seed: SeedArgs,
    /// Into how many parts; a file each [default: one for each 16_384 games, at most 1_000]
    #[arg(long, value_parser = count, allow_hyphen_values = true)]
    shards: Option<u64>,
    /// Also write a row for each game, in a file beside each part: parquet, csv or ndjson
    #[arg(long = "rows", value_name = "FORM", value_parser = form)]
    rows_to: Option<Rows>,
    /// With --rows: also write a row for each round of the first so many games
    #[arg(long, value_name = "GAMES", value_parser = count, requires = "rows_to", allow_hyphen_values = true)]
    every_round: Option<u64>,
    #[command(flatten)]
    out: OutArgs,
    /// Begin anew where the folder holds another batch: its plan and its parts are taken away
    #[arg(long)]
    overwrite: bool,
}

/// The games from a number on; more than can be numbered are refused.
pub fn games(from: u64, games: u64) -> Result<std::ops::Range<u64>, Error> {
    let beyond = || Error::argument(format!("games are numbered to {}: {games} from {from} on are too many", u64::MAX));
    Ok(from..from.checked_add(games).ok_or_else(beyond)?)
}

/// How large a part is, about, of a scenario such as those that are shipped: its histograms, in kilobytes.
const PART_KB: u64 = 400;

/// Games of a trial.
const TRIAL: u64 = 1_024;
/// Fewer games than this take less than a minute on any machine.
const SHORT: u64 = 500_000;

/// Seconds that games take on one core of this machine, by a short trial; none where they are few.
#[allow(clippy::disallowed_methods)] // how long it takes is said, and reaches no result
fn seconds(ready: &Ready, games: u64) -> Result<Option<f64>, Error> {
    if games < SHORT {
        return Ok(None);
    }
    let plan = Plan::new(0, TRIAL).threads(1);
    batch(&ready.setup, &plan, &Watch::default())?; // what is made once is made
    let begun = Instant::now();
    batch(&ready.setup, &plan, &Watch::default())?;
    Ok(Some(begun.elapsed().as_secs_f64() * games as f64 / TRIAL as f64))
}

/// Runs it.
pub fn run(args: Args) -> Result<Exit, Failure> {
    let ready = args.scenario.ready()?;
    let games = games(args.from, args.games)?;
    let rows = args.rows_to.unwrap_or(Rows::None);
    let of = (args.shards, (rows, args.every_round));
    let folder = planned(&args.out.out, args.overwrite, (&ready, &args.scenario), args.seed, games, of)?;
    let (plan, missing) = (&folder.manifest, folder.missing()?);
    let command = |name: &str| CommandLine::new(name).option("out", &args.out.out);
    let mut page = format!(
        "{}: {} in {}, seed {}, scenario {}\n",
        plan.scenario,
        count_of(plan.games, "game"),
        count_of(plan.shards, "part"),
        plan.seed,
        plan.scenario_hash
    );
    page.push_str(&match missing.len() as u64 {
        0 => {
            page.push_str("  it is finished: all of them are there\n");
            print_page(&format!("{page}\nNext: {}   (what came of it)\n", command("merge")))?;
            return Ok(0);
        }
        left if left < plan.shards => format!("  {} of them are missing\n", count_of(left, "part")),
        _ => format!("  each of {} or so\n", count_of(plan.games / plan.shards, "game")),
    });
    let bytes = plan.shards * PART_KB * 1_000;
    if bytes >= LARGE {
        page.push_str(&format!("  all of them take about {}\n", size(bytes)));
    }
    let left = plan.games / plan.shards * missing.len() as u64;
    if let Some(seconds) = seconds(&ready, left)?.filter(|seconds| *seconds >= LONG) {
        page.push_str(&format!("  to be played in {} by one core such as this machine's\n", about(seconds)));
    }
    page.push_str(&format!("\nPlay one:   {} --index {}\n", command("shard"), missing[0]));
    page.push_str(&format!("What lacks: {}\n", command("missing")));
    page.push_str(&format!("Then:       {}\n", command("merge")));
    print_page(&page)?;
    Ok(0)
}
