//! `shard`: one part of a planned batch is played.

use super::common::{ThreadArgs, game, grouped};
use super::failure::{Exit, Failure, print_page};
use super::parts::{OutArgs, opened, play};
use super::progress::{watch, watched};
use crate::batch::summary::Summary;
use crate::error::Error;
use crate::report::text::count;

/// Play one part of a batch that was planned
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    out: OutArgs,
    /// Which part, from 0 [default: SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX, where one is set]
    #[arg(long, value_name = "K", value_parser = game, allow_hyphen_values = true)]
    index: Option<u64>,
    #[command(flatten)]
    threads: ThreadArgs,
    /// Play the part again where it is there
    #[arg(long)]
    overwrite: bool,
}

/// Where engines say which part is wanted: Slurm's arrays, Kubernetes' indexed jobs.
const NAMES: [&str; 2] = ["SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX"];

/// The number that an engine gives.
#[allow(clippy::disallowed_methods)] // an engine says which part is to be played, never what comes of it
fn given() -> Result<u64, Error> {
    let found = NAMES.iter().find_map(|name| Some((name, std::env::var(name).ok()?)));
    let Some((name, text)) = found else {
        let text = format!("which part? --index K, or {} or {}", NAMES[0], NAMES[1]);
        return Err(Error::argument(text));
    };
    text.trim().parse().map_err(|_| Error::argument(format!("{name} is `{text}`, and a number from 0 is needed")))
}

/// Runs it.
pub fn run(args: Args) -> Result<Exit, Failure> {
    let part = args.index.map_or_else(given, Ok)?;
    let (folder, ready) = opened(&args.out.out)?;
    let games = folder.games_of(part)?;
    if args.overwrite {
        folder.forget(part)?;
    }
    let n = count(games.end - games.start, "game");
    let (first, last) = (grouped(games.start), folder.manifest.shards - 1);
    let of = format!("part {part} (numbered 0 to {last}): {n} from game {first}");
    if !folder.missing()?.contains(&part) {
        folder.part::<Summary>(part)?;
        print_page(&format!("{of}, there already\n"))?;
        return Ok(0);
    }
    let watch = watch();
    let threads = args.threads.get();
    if !watched(&watch, games.end - games.start, "games", || play(&folder, &ready, &[part], threads, &watch))? {
        return Err(Failure::Stopped(format!("{of}, stopped: nothing of it is kept")));
    }
    print_page(&format!("{of}, done\n"))?;
    Ok(0)
}
