//! `score`: how good a forecast is a batch of what happened?

use std::sync::Arc;

use super::common::{Failure, Format, ManyArgs, colour, count, json, print, ready};
use super::progress::watched;
use super::{Exit, disk};
use crate::batch::play::{Plan, Watch};
use crate::notation::Code;
use crate::report::score::{Heading, document, page};
use crate::scenario::load;
use crate::studies::score::{Asked, Questions, score};

/// How good a forecast is a batch of what happened? Brier, log, CRPS, RPS and coverage beside a base rate.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file of questions: dated, with answers; docs/questions.md says how they are asked
    questions: String,
    /// The scenario file
    scenario: String,
    /// Change a field before the games, for instance --set parties.us.goal.patience=0.96; may be repeated
    #[arg(long = "set", value_name = "PATH=VALUE")]
    sets: Vec<String>,
    /// How many games, such as 10_000 or 1e5
    #[arg(long, default_value = "10_000", value_parser = count, allow_hyphen_values = true)]
    games: u64,
    #[command(flatten)]
    many: ManyArgs,
}

/// Runs it.
pub fn run(args: Args) -> Result<Exit, Failure> {
    let wrong = |problems: load::Problems| Failure::Wrong(problems.explain(colour()));
    let (file, loaded) =
        load::load_as::<Questions>(&disk::with_shelf(&args.questions), &disk::open, &[]).map_err(wrong)?;
    let ready = ready(&args.scenario, &args.sets)?;
    let asked = Asked::of(&ready.setup, &file).map_err(|faults| {
        let problems = faults.iter().map(|(path, text)| loaded.blame(path, Code::WrongValue, text.as_str())).collect();
        wrong(loaded.wrong(problems))
    })?;
    let seed = args.many.seed.get();
    let threads = args.many.threads.get();
    let plan = Plan::new(seed, args.games).threads(threads);
    let watch = Arc::new(Watch::default());
    let outcome = watched(&watch, args.games, "games", || score(&ready.setup, &asked, &plan, &watch))?;
    let heading = Heading {
        questions: args.questions,
        title: file.title,
        scenario: args.scenario,
        sets: args.sets,
        hash: ready.hash,
        seed,
        asked: args.games,
        calendar: asked.calendar(),
    };
    match args.many.format {
        Format::Json => print(&json(&document(&heading, &outcome))?)?,
        Format::Text => print(&page(&heading, &outcome))?,
    }
    Ok(if outcome.interrupted { 3 } else { 0 })
}
