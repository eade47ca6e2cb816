//! `sensitivity`: which inputs drive an answer?

mod ask;
mod design;
mod points;

use super::bundle::{BundleArgs, Kept};
use super::common::{ScenarioArgs, games, seed, up_to};
use super::failure::{Exit, Failure};
use super::made::typed;
use super::shown::ShownArgs;
use super::study::told_and_keep;
use super::varied::InputArgs;
use crate::report::document::Report;
use crate::studies::sensitivity::study::Method;

/// Which inputs drive an answer? Indices of Sobol, screening by Morris, or what games played anyway say
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    scenario: ScenarioArgs,
    #[command(flatten)]
    inputs: InputArgs,
    /// What is measured: measures by name, or expressions such as "us.share > 0.5"; may be repeated [default: deal]
    #[arg(long = "measure", value_name = "MEASURE")]
    measures: Vec<String>,
    /// sobol (shares of the variance), morris (a screening with few points) or given (from one batch of games, or --rows)
    #[arg(long, default_value = "sobol", value_parser = Method::named)]
    method: Method,
    /// Rows of the samples of Sobol, of which each takes a point for every input and two more [default: 64]; or walks of
    /// Morris, each with a point for every input and one more [default: 20]
    #[arg(long, value_parser = samples, allow_hyphen_values = true)]
    samples: Option<u64>,
    /// How many games at each point, the same dice at all [default: 400]; by `--method given`, of the batch [default: 20_000]
    #[arg(long, value_parser = games, allow_hyphen_values = true)]
    games: Option<u64>,
    /// What so many inputs, those that count most, bring in twos (second order): a point more a row for each
    #[arg(long, value_name = "N", value_parser = pairs, allow_hyphen_values = true)]
    pairs: Option<u64>,
    /// Seed of the points, and of the errors by the bootstrap
    #[arg(long, default_value = "1", value_parser = seed, allow_hyphen_values = true)]
    design_seed: u64,
    /// No new games: the inputs and the measures are columns of this file of rows
    #[arg(long, value_name = "FILE")]
    rows: Option<String>,
    /// Play the points of this table instead, a path a column and a point a row, and tell what came of each
    #[arg(long, value_name = "FILE", conflicts_with_all = ["rows", "over", "all", "only", "design_out"])]
    design: Option<String>,
    /// Also write the points to a new table, for other programs or --design
    #[arg(long, value_name = "FILE", conflicts_with = "rows")]
    design_out: Option<String>,
    #[command(flatten)]
    shown: ShownArgs,
    #[command(flatten)]
    bundle: BundleArgs,
}

/// Rows of samples, or walks: two at least, so that they differ.
fn samples(text: &str) -> Result<u64, crate::error::Error> {
    up_to::<65_536>(text).and_then(|_| games(text))
}

/// Inputs whose pairs are looked at.
fn pairs(text: &str) -> Result<u64, crate::error::Error> {
    up_to::<100>(text).and_then(|_| games(text))
}

/// Refuses what was typed and would not be looked at.
fn all_count(args: &Args) -> Result<(), Failure> {
    let idle = |some: &[&str], why: &str| match typed(some) {
        Some(option) => Err(Failure::wrong(format!("{option} changes nothing here: {why}\n  leave it out"))),
        None => Ok(()),
    };
    if args.rows.is_some() {
        if let (true, Some(_)) = (args.method != Method::Given, typed(&["method"])) {
            let text = "--rows asks games that were played anyway, which is --method given; sobol and morris play points of \
                        their own\n  leave --method out, or --rows";
            return Err(Failure::wrong(text));
        }
        return idle(&["samples", "games", "pairs"], "the games of --rows are played already");
    }
    if args.design.is_some() {
        return idle(&["method", "samples", "pairs", "design_seed"], "--design plays the points of its table");
    }
    match args.method {
        Method::Given => idle(&["samples", "pairs", "design_out"], "--method given plays one batch, and no points"),
        Method::Morris => idle(&["pairs"], "twos are looked at by sobol"),
        Method::Sobol => Ok(()),
    }
}

/// Runs it.
pub fn run(args: Args) -> Result<Exit, Failure> {
    all_count(&args)?;
    args.bundle.room()?;
    let beside = match (&args.rows, &args.design) {
        (Some(_), _) => Some("rows are read beside it"),
        (None, design) => design.as_ref().map(|_| "a table of points is read beside it"),
    };
    args.bundle.holds(beside)?;
    let seed = args.shown.seed.get();
    let ready = args.scenario.ready()?;
    let report = match (&args.rows, &args.design) {
        (Some(rows), _) => ask::of_rows(&args, &ready, rows, seed)?,
        (None, Some(table)) => design::played(&args, &ready, table, seed)?,
        (None, None) if args.method == Method::Given => ask::of_games(&args, &ready, seed)?,
        (None, None) => ask::of_points(&args, &ready, seed)?,
    };
    let seed = report.seed().unwrap_or(seed);
    let show = |report: &Report| args.shown.format.print(report);
    told_and_keep(&report, seed, show, || {
        args.bundle.keep(&[Kept::ready(&args.scenario.scenario, &ready)], &report, seed)
    })
}
