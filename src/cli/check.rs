//! `check`: is this scenario in order, and if not, what is wrong with it?

use super::common::{Failure, colour, print};
use super::{Exit, disk};
use crate::notation::explain::warn;
use crate::notation::near::listed;
use crate::scenario::canonical::scenario_hash;
use crate::scenario::kind::{AnyScenario, load_any};
use crate::scenario::strategy_file;

/// Is a scenario or a strategy file in order? All that is wrong with it, at once
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The scenario files or strategy files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// Change a field first, for instance --set parties.us.goal.patience=0.96; may be repeated
    #[arg(long = "set", value_name = "PATH=VALUE")]
    sets: Vec<String>,
}

/// Checks every file, however many are wrong.
pub fn run(args: Args) -> Result<Exit, Failure> {
    let mut wrong = vec![];
    for file in &args.files {
        if let Some(text) = disk::open(file).ok().filter(|text| strategy_file::is_one(text)) {
            match strategy_file::read(file, &text) {
                Err(problems) => wrong.push(problems.explain(colour())),
                Ok((strategy, _)) => {
                    let (name, about) = (&strategy.name, &strategy.strategy.about);
                    print(&format!("{file} is in order: the strategy \"{name}\": {about}\n"))?;
                }
            }
            continue;
        }
        match load_any(&disk::with_shelf(file), &disk::open, &args.sets) {
            Err(problems) => wrong.push(problems.explain(colour())),
            Ok((scenario, loaded)) => {
                let warnings = scenario.warnings(&loaded);
                if !warnings.is_empty() {
                    eprintln!("{}", warn(&warnings, &loaded.sources, colour()).trim_end());
                }
                let json = scenario.json().map_err(|e| Failure::Ours(e.to_string()))?;
                print(&format!("{file} is in order: {}, hash {}\n", told(&scenario), scenario_hash(&json)))?;
            }
        }
    }
    if wrong.is_empty() { Ok(0) } else { Err(Failure::Wrong(wrong.join("\n"))) }
}

/// Title, kind and size.
fn told(scenario: &AnyScenario) -> String {
    let things = match scenario {
        AnyScenario::World(world) => counted("lever", world.levers.keys().map(String::as_str).collect()),
        AnyScenario::Bargaining(alone) => {
            counted("issue", alone.bargaining.issues.iter().map(|issue| issue.name.as_str()).collect())
        }
    };
    let rounds = match scenario.rounds() {
        1 => "1 round".to_owned(),
        n => format!("{n} rounds"),
    };
    format!("\"{}\", {scenario}, {rounds}, {things}", scenario.title())
}

fn counted(noun: &str, names: Vec<&str>) -> String {
    match names.len() {
        1 => format!("1 {noun} ({})", listed(names)),
        n => format!("{n} {noun}s ({})", listed(names)),
    }
}
