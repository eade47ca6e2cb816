//! `discover`: where does a yes come from?

use super::common::{ScenarioArgs, games, up_to};
use super::failure::{Exit, Failure};
use super::progress::{watch, watched};
use super::rows_file;
use super::shown::ShownArgs;
use super::study::told;
use super::varied::InputArgs;
use crate::batch::play::Plan;
use crate::error::Error;
use crate::expression;
use crate::report::discover::{Asked, document, page, table};
use crate::report::document::Report;
use crate::report::heading::Heading;
use crate::scenario::fields::{Field, fields, under};
use crate::scenario::rules::Scenario;
use crate::studies::columns::{Columns, not_a_yes_or_no};
use crate::studies::discover::boxes::boxes;
use crate::studies::discover::tree::tree;
use crate::studies::discover::{Cases, Count};
use crate::studies::gathered::{LOOKED_AT, gather};
use crate::studies::measures::Kind;

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
    #[arg(long, default_value = "2", value_parser = up_to::<100>, allow_hyphen_values = true)]
    boxes: u64,
    #[command(flatten)]
    shown: ShownArgs,
}

/// Games a question was asked of.
struct Answered {
    heading: Heading,
    columns: Columns,
    /// The columns that may be limits.
    inputs: Vec<String>,
    /// A yes, a no, or no case, a game.
    lane: Vec<f64>,
}

/// Runs it.
pub fn run(args: Args) -> Result<Exit, Failure> {
    let seed = args.shown.seed.get();
    let Answered { heading, columns, inputs, lane } =
        if rows_file::is_rows(&args.scenario.scenario) { of_rows(&args)? } else { of_games(&args, seed)? };
    let kept: Vec<usize> = (0..lane.len()).filter(|g| !lane[*g].is_nan()).collect();
    let yes: Vec<bool> = lane.iter().map(|x| *x > 0.0).collect();
    let lanes = inputs.iter().filter_map(|name| columns.find(name)).map(|column| column.lane.as_slice());
    let cases = Cases { inputs: lanes.collect(), yes: &yes };
    let (even, odd): (Vec<usize>, Vec<usize>) = kept.iter().partition(|g| columns.games[**g] % 2 == 0);
    let halves = [even, odd];
    let all = Count::of(&halves[0], &yes);
    if all.games < 100 || all.yes == 0 || all.yes == all.games {
        let text = format!(
            "`{}` is a yes in {} of {} games: at least 200 games are needed, some a yes and some a no",
            args.question,
            yes.iter().filter(|yes| **yes).count(),
            kept.len()
        );
        return Err(Failure::wrong(text));
    }
    let found = boxes(&cases, &halves[0], args.boxes as usize);
    let tree = tree(&cases, &halves[0]);
    let asked = Asked { heading: &heading, question: &args.question, inputs: &inputs, cases: &cases, halves: &halves };
    let report = Report::new(page(&asked, &found, &tree), document(&asked, &found, &tree))
        .with_table(table(&asked, &found))
        .counted(&heading, columns.games.len() as u64);
    told(&report, report.seed().unwrap_or(seed), |report| args.shown.format.print(report))
}

/// Of games that are played here.
fn of_games(args: &Args, seed: u64) -> Result<Answered, Failure> {
    let ready = args.scenario.ready()?;
    if args.games > LOOKED_AT {
        return Err(Failure::wrong(format!("{} games are too many to look at: {LOOKED_AT} at most", args.games)));
    }
    let only = InputArgs { over: vec![], all: None, only: args.only.clone() };
    let inputs = only.of(&ready)?.inputs;
    let asked = vec![args.question.clone()];
    let plan = Plan::new(seed, args.games).threads(args.shown.threads.get());
    let watch = watch();
    let gathered = watched(&watch, args.games, "games", || gather(&ready.setup, &inputs, &asked, &plan, &watch))?;
    if gathered.kinds[0] != Kind::Share {
        return Err(not_a_yes_or_no(&args.question, expression::Kind::Number).into());
    }
    let heading = Heading {
        scenario: args.scenario.scenario.clone(),
        sets: args.scenario.told(),
        hash: ready.hash.clone(),
        seed,
        asked: args.games,
    };
    let names = inputs.iter().map(|input| input.path().to_owned()).collect();
    let lane = gathered.columns.list.last().map(|column| column.lane.clone()).unwrap_or_default();
    Ok(Answered { heading, columns: gathered.columns, inputs: names, lane })
}

/// Of games that a file holds.
fn of_rows(args: &Args) -> Result<Answered, Failure> {
    let file = &args.scenario.scenario;
    let paths = fields::<Scenario>();
    let columns = rows_file::columns(file, &|name| is_path(name, &paths) || args.question.contains(name))?;
    let lane = columns.asked(&args.question)?;
    let inputs = drawn_columns(&columns, &paths, &args.only)?;
    let asked = columns.games.len() as u64;
    let (hash, seed) = columns.of.clone().unwrap_or_default();
    let heading = Heading { scenario: file.clone(), hash, seed, asked, ..Heading::default() };
    Ok(Answered { heading, columns, inputs, lane })
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
