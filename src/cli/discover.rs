//! `discover`: where does a yes come from?

use super::bundle::{BundleArgs, Kept};
use super::common::{ScenarioArgs, SeedArgs, games, up_to};
use super::failure::{Exit, Failure};
use super::made::typed;
use super::progress::{watch, watched};
use super::rows_file;
use super::shown::ShownArgs;
use super::study::told_and_keep;
use crate::batch::play::Plan;
use crate::error::Error;
use crate::front::discover::Answered;
use crate::ready::Ready;
use crate::report::document::Report;
use crate::report::heading::Heading;
use crate::scenario::fields::{Field, fields, under};
use crate::scenario::rules::Scenario;
use crate::studies::columns::Columns;

/// Where does a yes come from? Boxes of inputs in which it is frequent, and a small tree, judged on other games
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The scenario, whose games are played, or a file of rows (.parquet, .csv, .ndjson) of games played before
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// What counts as a yes: a measure such as truce_lapsed, or an expression such as "not deal"
    #[arg(long = "where", value_name = "EXPRESSION")]
    question: String,
    /// How many games
    #[arg(long, default_value = "20_000", value_parser = games, allow_hyphen_values = true)]
    games: u64,
    /// Only inputs whose path holds this, such as parties.cn; may be repeated
    #[arg(long, value_name = "WORD")]
    only: Vec<String>,
    /// How many boxes at most: each among the games that lie in none before
    #[arg(long, default_value_t = BOXES, value_parser = up_to::<100>, allow_hyphen_values = true)]
    boxes: u64,
    #[command(flatten)]
    shown: ShownArgs,
    #[command(flatten)]
    bundle: BundleArgs,
}

/// Boxes where nothing is said.
pub const BOXES: u64 = 2;

/// Runs it.
pub fn run(args: Args) -> Result<Exit, Failure> {
    args.bundle.room()?;
    let of_a_file = rows_file::is_rows(&args.scenario.scenario);
    args.bundle.holds(of_a_file.then_some("rows are read here, and no scenario is"))?;
    if let Some(option) = typed(&["games", "sets", "us", "cn", "strategies"]).filter(|_| of_a_file) {
        let text =
            format!("{option} changes nothing here: the games of `{}` are played already", args.scenario.scenario);
        return Err(Failure::wrong(format!("{text}\n  leave it out, or name a scenario")));
    }
    let seed = args.shown.seed.get();
    let rows = || of_rows(&args.scenario.scenario, &args.question, &args.only, args.shown.seed);
    let (answered, ready) = if of_a_file { (rows()?, None) } else { of_games(&args, seed)? };
    let report = answered.report(&args.question, args.boxes)?;
    let seed = report.seed().unwrap_or(seed);
    let show = |report: &Report| args.shown.format.print(report);
    told_and_keep(&report, seed, show, || {
        let played = ready.iter().map(|ready| Kept::ready(&args.scenario.scenario, ready));
        args.bundle.keep(&played.collect::<Vec<_>>(), &report, seed)
    })
}

/// Of games that are played here.
fn of_games(args: &Args, seed: u64) -> Result<(Answered, Option<Ready>), Failure> {
    let ready = args.scenario.ready()?;
    let (scenario, hash) = (args.scenario.scenario.clone(), ready.hash.clone());
    let heading = Heading { scenario, sets: args.scenario.told(), hash, seed, asked: args.games };
    let plan = Plan::new(seed, args.games).threads(args.shown.threads.get());
    let (watch, asked) = (watch(), (args.question.as_str(), &args.only[..]));
    let play = || Answered::of_games(&ready, asked, heading, &plan, &watch);
    Ok((watched(&watch, args.games, "games", play)?, Some(ready)))
}

/// Of games that a file holds.
pub fn of_rows(file: &str, question: &str, only: &[String], seed: SeedArgs) -> Result<Answered, Failure> {
    let paths = fields::<Scenario>();
    let columns = rows_file::columns(file, &|name| is_path(name, &paths) || question.contains(name))?;
    let lane = columns.asked(question)?;
    let inputs = drawn_columns(&columns, &paths, only)?;
    let asked = columns.games.len() as u64;
    rows_file::seed(file, &columns.of, seed)?;
    let (hash, seed) = columns.of.clone().unwrap_or_default();
    let heading = Heading { scenario: file.to_owned(), hash, seed, asked, ..Heading::default() };
    Ok(Answered { heading, columns, inputs, because: vec![], lane })
}

/// Whether a name is a path into a scenario: its first two steps are. `tone.start` is one, `tone.final` is a result.
fn is_path(name: &str, fields: &[Field]) -> bool {
    let mut steps = name.split('.');
    match (steps.next(), steps.next()) {
        (Some(first), Some(second)) => under(fields, &format!("{first}.{second}")).is_ok(),
        _ => false,
    }
}

/// The columns that are inputs: named by a path into a scenario, and not the same in every game.
fn drawn_columns(columns: &Columns, paths: &[Field], only: &[String]) -> Result<Vec<String>, Error> {
    let fits = |name: &str| only.is_empty() || only.iter().any(|word| name.contains(word.as_str()));
    let varies = |lane: &[f64]| lane.iter().any(|x| *x != lane[0]) && lane.iter().all(|x| x.is_finite());
    let is_input = |name: &str| is_path(name, paths) && fits(name);
    let all = columns.list.iter().filter(|column| is_input(&column.name) && varies(&column.lane));
    let out: Vec<String> = all.map(|column| column.name.clone()).collect();
    if out.is_empty() {
        return Err(Error::argument(
            "the rows have no column of drawn numbers, named by its path: parties.us.optimism",
        ));
    }
    Ok(out)
}
