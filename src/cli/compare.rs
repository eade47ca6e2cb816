//! `compare`: what does a change change?

use std::sync::Arc;

use super::Exit;
use super::common::{Failure, Format, ManyArgs, colour, count, json, print, ready};
use super::progress::watched;
use crate::batch::play::{Plan, Watch};
use crate::report::compare::{Heading, Named, document, page};
use crate::scenario::load::Problems;
use crate::studies::compare::compare;
use crate::studies::variants::{Cell, cell, from_line};
use crate::world::setup::Setup;

/// What does a change change? Plays the same games of each scenario and holds them against the first
///
/// Either several files, or one file with variants of it: summitry compare A.ron --variant "patient:
/// parties.us.goal.patience=0.997" --variant "no summit: off=[\"summit\"]". A variant is `NAME: PATH=VALUE; PATH=VALUE`;
/// the name may be left out.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The scenario files, the base first
    #[arg(required = true, value_name = "SCENARIO")]
    scenarios: Vec<String>,
    /// A variant of the first scenario, "NAME: PATH=VALUE; PATH=VALUE"; may be repeated
    #[arg(long = "variant", value_name = "VARIANT")]
    variants: Vec<String>,
    /// Change a field in all of them; may be repeated
    #[arg(long = "set", value_name = "PATH=VALUE")]
    sets: Vec<String>,
    /// How many games of each
    #[arg(long, default_value = "20_000", value_parser = count, allow_hyphen_values = true)]
    games: u64,
    #[command(flatten)]
    many: ManyArgs,
    /// Show every measure, not only what differs
    #[arg(long)]
    all: bool,
}

/// Runs it.
pub fn run(args: Args) -> Result<Exit, Failure> {
    let (cells, setups) = cells(&args)?;
    if cells.len() < 2 {
        let help = "error: nothing to compare with\n  name a second scenario, or a change: --variant \"PATH=VALUE\"";
        return Err(Failure::Wrong(help.into()));
    }
    let seed = args.many.seed.get();
    let plan = Plan::new(seed, args.games).threads(args.many.threads.get());
    let watch = Arc::new(Watch::default());
    let all: Vec<&Setup> = setups.iter().collect();
    let total = args.games.saturating_mul(all.len() as u64);
    let answer = watched(&watch, total, "games", || compare(&all, &plan, &watch))?;
    let heading = Heading { cells, seed, asked: args.games, all: args.all };
    print(&match args.many.format {
        Format::Json => json(&document(&heading, &answer))?,
        Format::Text => page(&heading, &answer),
    })?;
    Ok(if answer.interrupted { 3 } else { 0 })
}

/// The scenarios and the variants of the first, with what `summitry run` needs to play each.
fn cells(args: &Args) -> Result<(Vec<Named>, Vec<Setup>), Failure> {
    let wrong = |problems: Problems| Failure::Wrong(problems.explain(colour()));
    let (mut named, mut setups) = (vec![], vec![]);
    let mut add = |name: String, arguments: String, cell: Cell| {
        named.push(Named { name, hash: cell.hash, arguments });
        setups.push(cell.setup);
    };
    for (i, file) in args.scenarios.iter().enumerate() {
        let mut base = ready(file, &args.sets)?.loaded;
        let arguments = run_arguments(file, args.sets.iter().map(String::as_str));
        add(file.clone(), arguments, cell(&base, &[]).map_err(wrong)?);
        if i > 0 {
            continue;
        }
        for (k, line) in args.variants.iter().enumerate() {
            let (name, changes) =
                from_line(&mut base, &format!("--variant argument {}", k + 1), line).map_err(wrong)?;
            let written: Vec<&str> = changes.iter().map(|change| change.written(line)).collect();
            let sets = args.sets.iter().map(String::as_str).chain(written);
            let arguments = run_arguments(file, sets);
            add(name, arguments, cell(&base, &changes).map_err(wrong)?);
        }
    }
    // The order on the page: the base, the other files, then the variants.
    let variants = args.variants.len();
    named[1..].rotate_left(variants);
    setups[1..].rotate_left(variants);
    Ok((named, setups))
}

/// Arguments that play a scenario with changes, quoted for a shell where needed.
fn run_arguments<'a>(file: &str, sets: impl Iterator<Item = &'a str>) -> String {
    let mut out = quoted(file);
    for set in sets {
        out.push_str(&format!(" --set {}", quoted(set)));
    }
    out
}

/// A word for a shell.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-/=:,%+@".contains(c);
    if !word.is_empty() && word.chars().all(plain) { word.into() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_quoted_for_a_shell() {
        let sets = ["a.b=1", "off=[\"summit\"]", "title=\"it's\""];
        let shown = run_arguments("x y.ron", sets.into_iter());
        assert_eq!(shown, "'x y.ron' --set a.b=1 --set 'off=[\"summit\"]' --set 'title=\"it'\\''s\"'");
    }
}
