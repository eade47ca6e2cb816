//! `signs`: does the model answer changes the way a reader who knows the subject expects?

use std::sync::Arc;

use super::common::{Failure, Format, ManyArgs, colour, count, json, print};
use super::progress::watched;
use super::{Exit, disk};
use crate::batch::play::{Plan, Watch};
use crate::report::signs::{document, page};
use crate::studies::signs::{Verdict, read_table};

/// Does the model answer changes the way a reader who knows the subject expects?
///
/// Plays every row's change and its base on the same games and compares. Exit code 0 when all rows pass, 1 when any
/// fails or cannot be decided at this number of games.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The sign table, such as scenarios/studies/signs.ron
    table: String,
    /// Change a field of the scenario in every row; may be repeated
    #[arg(long = "set", value_name = "PATH=VALUE")]
    sets: Vec<String>,
    /// How many games of each cell
    #[arg(long, default_value = "20_000", value_parser = count, allow_hyphen_values = true)]
    games: u64,
    #[command(flatten)]
    many: ManyArgs,
}

/// Runs it.
pub fn run(args: Args) -> Result<Exit, Failure> {
    let table = read_table(&args.table, &disk::open, &args.sets).map_err(|e| Failure::Wrong(e.explain(colour())))?;
    let seed = args.many.seed.seed.unwrap_or(2025);
    let plan = Plan::new(seed, args.games).threads(args.many.threads.get());
    let watch = Arc::new(Watch::default());
    let total = args.games.saturating_mul(table.cells() as u64);
    let answer = watched(&watch, total, "games", || table.judge(&plan, &watch))?;
    print(&match args.many.format {
        Format::Json => json(&document(&table, &answer, seed, args.games))?,
        Format::Text => page(&table, &answer, seed),
    })?;
    Ok(if answer.interrupted {
        3
    } else if answer.count(Verdict::Pass) == answer.rows.len() {
        0
    } else {
        1
    })
}
