//! `inputs`: which numbers of a scenario are drawn or judged, and so are inputs of a study?

use super::common::ScenarioArgs;
use super::failure::{Exit, Failure, columns};
use super::shown::Shown;
use super::varied::InputArgs;
use crate::report::document::Report;
use crate::report::inputs::{About, document, page, table};
use crate::scenario::because::number;
use crate::scenario::fields::{Field, fields, under};
use crate::scenario::filled::filled_strategy;
use crate::scenario::rules::Scenario;
use crate::studies::inputs::Input;

/// Which numbers of a scenario are drawn? Each with its distribution, unit, range and where it is from
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    scenario: ScenarioArgs,
    #[command(flatten)]
    inputs: InputArgs,
    /// Text, a markdown table, comma-separated values or one JSON document
    #[arg(long, value_enum, default_value = "text")]
    format: Shown,
}

/// Lists them.
pub fn run(args: Args) -> Result<Exit, Failure> {
    let ready = args.scenario.ready()?;
    let varied = args.inputs.of(&ready)?;
    let known = fields::<Scenario>();
    let about = |input: &Input| {
        let field = field(&known, input.path());
        let because = match number(&varied.base, input.path()) {
            Some(told) => told.because,
            None => of_the_preset(&ready.loaded, input.path(), &ready.setup.scenario),
        };
        About {
            path: input.path().to_owned(),
            told: input.told(),
            unit: field.map_or(String::new(), |field| field.unit.clone()),
            range: field.map_or(String::new(), |field| field.range.clone()),
            because,
        }
    };
    let all: Vec<About> = varied.inputs.iter().map(about).collect();
    let title = &ready.setup.scenario.title;
    let page = page(title, &all, &varied.notes, columns().unwrap_or(80));
    args.format.listed(Report::new(page, document(title, &ready.hash, &all)).with_table(table(&all)))
}

/// What is said of a field, steps into a choice passed over.
fn field<'a>(known: &'a [Field], path: &str) -> Option<&'a Field> {
    let exact = |path: &str| under(known, path).ok()?.into_iter().next();
    exact(path).filter(|field| field.path.split('.').count() == path.split('.').count())
}

/// What is said of a number that a party has from the goal, or from the strategy, that it is like.
fn of_the_preset(base: &crate::scenario::load::Loaded, path: &str, scenario: &Scenario) -> Option<String> {
    match path.split('.').collect::<Vec<_>>()[..] {
        [_, party, "goal", field] => {
            let like = scenario.parties.get(party)?.goal.like.as_ref()?;
            number(base, &format!("goals.{like}.{field}"))?.because
        }
        [_, party, "strategy", ..] => {
            let source = filled_strategy(scenario, scenario.parties.get(party)?).ok()?.source;
            (!source.is_empty()).then_some(source)
        }
        _ => None,
    }
}
