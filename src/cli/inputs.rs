//! `inputs`: which numbers of a scenario are drawn or judged, and so are inputs of a study?

use super::common::ScenarioArgs;
use super::failure::{Exit, Failure, columns};
use super::shown::Shown;
use super::varied::InputArgs;
use crate::report::document::Report;
use crate::report::inputs::{About, document, page, table};
use crate::scenario::because::reason;
use crate::scenario::fields::{named, of_scenarios};
use crate::studies::inputs::Input;
use crate::studies::variants::{Change, cell};

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
    for input in varied.inputs.iter().filter(|input| args.inputs.names(input.path())) {
        for share in [0.0, 1.0] {
            let change = Change { path: input.path().to_owned(), at: input.axis.at, value: input.at(share) };
            cell(&varied.base, &[change])?;
        }
    }
    let about = |input: &Input| {
        let field = named(of_scenarios(), input.path());
        let because = reason(&varied.base, &ready.setup.scenario, input.path());
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
