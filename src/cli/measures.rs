//! `measures`: what can be asked of a game?

use super::bargain::compiled;
use super::common::{no_program, ready_any};
use super::failure::{Exit, Failure, columns};
use super::shown::Shown;
use crate::batch::bargain;
use crate::ready::Any;
use crate::record::registry::{Measure, registry};
use crate::report::document::Report;
use crate::report::measures::{OF_A_WORLD, OF_BARGAINING, document, page, table};

/// What can be asked of a game? Every measure with its unit, its meaning and the games in which it has a case
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The scenario file
    #[arg(default_value = "stockholm-2025")]
    scenario: String,
    /// Only those whose name or meaning holds this, such as us.share or truce
    only: Option<String>,
    /// Change a field before the game; may be repeated
    #[arg(long = "set", value_name = "PATH=VALUE")]
    sets: Vec<String>,
    /// Text for people, a markdown table, comma-separated values (a codebook) or one JSON document
    #[arg(long, value_enum, default_value = "text")]
    format: Shown,
}

/// Lists them.
pub fn run(args: Args) -> Result<Exit, Failure> {
    let (title, all, how): (_, Vec<Measure>, _) = match ready_any(&args.scenario, &[], &args.sets)? {
        Any::World(ready) => {
            no_program(&ready.setup)?;
            let all = registry(&ready.setup).into_iter().map(|(measure, _)| measure);
            (ready.setup.scenario.title.clone(), all.collect(), OF_A_WORLD)
        }
        Any::Bargaining(ready) => {
            let all = bargain::registry(&compiled(&ready)?);
            (ready.scenario.title, all, OF_BARGAINING)
        }
    };
    let word = args.only.as_deref().unwrap_or_default().to_lowercase();
    let holds = |m: &Measure| m.name.to_lowercase().contains(&word) || m.about.to_lowercase().contains(&word);
    let some: Vec<Measure> = all.into_iter().filter(holds).collect();
    if some.is_empty() {
        return Err(Failure::wrong(format!(
            "no measure of this scenario holds `{word}`\n  leave it out to see all: summitry measures {}",
            crate::command_line::quoted(&args.scenario)
        )));
    }
    let page = page(&title, &some, how, columns().map_or(80, |columns| columns.min(100)));
    args.format.listed(Report::new(page, document(&title, &some)).with_table(table(&some)))
}
