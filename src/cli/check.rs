//! `check`: is this scenario in order, and if not, what is wrong with it?

use super::common::Format;
use super::failure::{Exit, Failure, print_page, say, screen};
use super::study::made;
use crate::disk;
use crate::notation::explain::{explain, warn};
use crate::notation::near::listed;
use crate::notation::tree::{Node, Source};
use crate::notation::wording::count;
use crate::notation::{Code, Problem, Problems};
use crate::report::check::{Checked, document};
use crate::report::document::Report;
use crate::scenario::file_kind::STRATEGY;
use crate::scenario::kind::{AnyScenario, load_any, load_seated};
use crate::scenario::load::{Sets, Studied};
use crate::scenario::strategy_file::{self, Seating};

/// Is a scenario or a strategy file in order? All that is wrong with it, at once
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The scenario files or strategy files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// Change a field first, for instance --set parties.us.goal.patience=0.96; may be repeated
    #[arg(long = "set", value_name = "PATH=VALUE")]
    sets: Vec<String>,
    /// Check strategies for each party of this scenario: the goals they suspect, the standoff they wait in
    #[arg(long = "with", value_name = "SCENARIO")]
    with: Option<String>,
    /// Warn of what is legal but odd too: levers that nobody values, ranges never reached, effects that cancel out
    #[arg(long)]
    lint: bool,
    /// End with exit code 2 where there is a warning
    #[arg(long)]
    deny_warnings: bool,
    /// Text for people or one JSON document for editors
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Checks every file, however many are wrong.
pub fn run(args: Args) -> Result<Exit, Failure> {
    let mut all = vec![];
    for file in &args.files {
        let (checked, told) = check(file, &args)?;
        if args.format == Format::Text {
            if !checked.warnings.is_empty() {
                say(warn(&checked.warnings, &checked.sources, screen()).trim_end());
            }
            print_page(&told)?;
        }
        all.push(checked);
    }
    let wrong: Vec<&Checked> = all.iter().filter(|one| !one.errors.is_empty()).collect();
    let denied = args.deny_warnings && all.iter().any(|one| !one.warnings.is_empty());
    match args.format {
        Format::Json => {
            Format::Json.print(&made(Report::new(String::new(), document(&all))))?;
            Ok(if wrong.is_empty() && !denied { 0 } else { 2 })
        }
        Format::Text if wrong.is_empty() => Ok(if denied { 2 } else { 0 }),
        Format::Text => {
            let told = wrong.iter().map(|one| explain(&one.errors, &one.sources, screen()));
            Err(Failure::Wrong(told.collect::<Vec<_>>().join("\n")))
        }
    }
}

/// What is wrong with a file, and what is said of it where nothing is.
fn check(file: &str, args: &Args) -> Result<(Checked, String), Failure> {
    let found = |errors, warnings, sources| Checked { file: file.to_owned(), errors, warnings, sources };
    let wrong = |all: Problems| (found(all.problems, vec![], all.sources), String::new());
    if let Some(text) = disk::open(file).ok().filter(|text| strategy_file::is_one(text)) {
        let read = strategy_file::read(file, &text);
        return Ok(match read.and_then(|(strategy, _)| fits(file, args).map(|seats| (strategy, seats))) {
            Err(problems) => wrong(problems),
            Ok((strategy, seats)) => {
                let (name, about) = (&strategy.name, &strategy.strategy.about);
                let told = format!("{file} is in order{seats}: the strategy \"{name}\": {about}\n");
                (found(vec![], vec![], vec![]), told)
            }
        });
    }
    if args.with.is_some() {
        if let Err(error) = disk::open(file) {
            let sources = vec![Source { name: file.to_owned(), text: String::new() }];
            return Ok(wrong(Problems { problems: vec![STRATEGY.unread(&error)], sources }));
        }
        return Err(Failure::wrong(format!("`{file}` is no strategy: --with checks strategies in a scenario")));
    }
    match load_any(&disk::with_shelf(file), &disk::open, &args.sets) {
        Err(problems) => Ok(wrong(problems)),
        Ok((scenario, loaded)) => {
            let told = format!("{file} is in order: {}, hash {}\n", told(&scenario), scenario.hash());
            let mut warnings = scenario.warnings(&loaded);
            if args.lint {
                // A draw that is cut often is told by both.
                let known: Vec<_> = warnings.iter().map(|problem| (problem.code, problem.at)).collect();
                let lints = scenario.lints(&loaded).into_iter();
                warnings.extend(lints.filter(|problem| !known.contains(&(problem.code, problem.at))));
                warnings.sort_by_key(|problem| problem.at);
            }
            let told = match args.lint && warnings.is_empty() {
                true => format!("{told}  lint found nothing odd in it\n"),
                false => told,
            };
            Ok((found(vec![], warnings, loaded.sources), told))
        }
    }
}

/// Whether a strategy can be played by each party of the scenario asked about, in words that follow "in order".
fn fits(file: &str, args: &Args) -> Result<String, Problems> {
    let Some(with) = &args.with else { return Ok(String::new()) };
    let name = disk::with_shelf(with);
    let (scenario, loaded) = load_any(&name, &disk::open, &args.sets)?;
    if let AnyScenario::Bargaining(_) = scenario {
        let text = "this is bargaining on its own: its parties play by the tactics that its file gives them";
        return Err(loaded.wrong(vec![Problem::new(Code::OtherKind, text)]));
    }
    let parties = loaded.tree.entry("parties").and_then(Node::entries).unwrap_or_default();
    for (party, _) in parties {
        let seat = [Seating { party: party.word(), plays: file.to_owned() }];
        load_seated(&name, &disk::open, &seat, Sets::typed(&args.sets), Studied::All)?;
    }
    let parties = parties.iter().map(|(party, _)| format!("`{}`", party.word())).collect::<Vec<_>>().join(" and ");
    Ok(format!(" for {parties} of {with}"))
}

/// Title, kind and size.
fn told(scenario: &AnyScenario) -> String {
    let things = match scenario {
        AnyScenario::World(world) => counted("lever", world.levers.keys().map(String::as_str).collect()),
        AnyScenario::Bargaining(alone) => {
            counted("issue", alone.bargaining.issues.iter().map(|issue| issue.name.as_str()).collect())
        }
    };
    let rounds = count(scenario.rounds() as usize, "round");
    format!("\"{}\", {scenario}, {rounds}, {things}", scenario.title())
}

fn counted(noun: &str, names: Vec<&str>) -> String {
    format!("{} ({})", count(names.len(), noun), listed(names))
}
