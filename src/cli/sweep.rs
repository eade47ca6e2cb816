//! `sweep`: how do the answers change along a path?

use std::sync::Arc;

use super::common::{Failure, Format, ManyArgs, ScenarioArgs, colour, count, json, print, seed};
use super::progress::watched;
use super::{Exit, disk};
use crate::batch::play::{Plan, Watch};
use crate::notation::{Code, Problem};
use crate::report::sweep::{Heading, csv, document, page};
use crate::scenario::load::{Loaded, Problems};
use crate::studies::design::{Axis, Design, clash, points};
use crate::studies::sweep::{Sweep, round_where_whole};

/// How do the answers change along a path? Plays the same games at every point of a design
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// A path and its values: PATH=30,40,50, or a range PATH=0..1; may be repeated, and adds to the file's `sweep`
    #[arg(long = "over", value_name = "PATH=VALUES")]
    over: Vec<String>,
    /// How points are chosen: grid, paired (the first values together, then the second, ..), lhs or sobol
    #[arg(long, default_value = "grid", value_parser = Design::named)]
    design: Design,
    /// How many points; in a grid, how many values of each range [default: 64, in a grid 5]
    #[arg(long, value_parser = count, allow_hyphen_values = true)]
    points: Option<u64>,
    /// Seed of the design
    #[arg(long, default_value = "1", value_parser = seed, allow_hyphen_values = true)]
    design_seed: u64,
    /// What is measured, by its name in the documents of `batch`; may be repeated
    #[arg(long = "measure", value_name = "NAME")]
    measures: Vec<String>,
    /// How many games at each point
    #[arg(long, default_value = "4_000", value_parser = count, allow_hyphen_values = true)]
    games: u64,
    #[command(flatten)]
    many: ManyArgs,
    /// Also write the table to a new file of comma-separated values, whole or not at all
    #[arg(long, value_name = "FILE")]
    csv: Option<String>,
}

/// The axes that a file and its arguments name.
pub fn axes(
    base: &mut Loaded,
    of_file: fn(&Loaded) -> &[crate::scenario::knob::Knob],
    over: &[String],
) -> Result<Vec<Axis>, Failure> {
    let wrong = |problems: Problems| Failure::Wrong(problems.explain(colour()));
    let mut out = vec![];
    for knob in of_file(base) {
        out.push(Axis::of_knob(knob).map_err(|problem| wrong(base.wrong(vec![problem])))?);
    }
    let mut said = vec![];
    for (i, text) in over.iter().enumerate() {
        said.push(Axis::of_argument(base, &format!("--over argument {}", i + 1), text).map_err(wrong)?);
    }
    out.retain(|axis: &Axis| said.iter().all(|other| other.path != axis.path)); // said again: the command line counts
    out.extend(said);
    if let Some((one, other)) = clash(&base.tree, &out) {
        let text = match one.path == other.path {
            true => format!("`{}` is given values twice", one.path),
            false => format!(
                "`{}` and `{}` are one path, or lie one in the other: each undoes the other",
                one.path, other.path
            ),
        };
        return Err(wrong(
            base.wrong(vec![Problem::new(Code::Contradiction, text).at(other.at).help("leave one of them out")]),
        ));
    }
    round_where_whole(base, &mut out);
    Ok(out)
}

/// Runs it.
pub fn run(args: Args) -> Result<Exit, Failure> {
    let wrong = |problems: Problems| Failure::Wrong(problems.explain(colour()));
    let mut base = args.scenario.ready()?.loaded;
    if let Some(file) = &args.csv {
        disk::room_for(file)?;
    }
    let axes = axes(&mut base, |base| &base.sweep, &args.over)?;
    if axes.is_empty() {
        let help = "error: no path to sweep over\n  name one: --over levers.us_tariff.now=30,40,50";
        return Err(Failure::Wrong(help.into()));
    }
    let n = args.points.unwrap_or(if args.design == Design::Grid { 5 } else { 64 });
    let points = points(&axes, args.design, n.min(1 << 20) as usize, args.design_seed)?;
    let sweep = Sweep::of(&base, &axes, &points).map_err(wrong)?;
    let measures = sweep.measures();
    let asked: Vec<usize> = if args.measures.is_empty() {
        sweep.usual().iter().filter_map(|name| measures.find(name).ok()).collect()
    } else {
        let find = |name: &String| measures.find(name).map_err(|e| Failure::Wrong(format!("error: {e}")));
        args.measures.iter().map(find).collect::<Result<_, _>>()?
    };
    let seed = args.many.seed.get();
    let plan = Plan::new(seed, args.games).threads(args.many.threads.get());
    let watch = Arc::new(Watch::default());
    let total = args.games.saturating_mul(sweep.cells() as u64);
    let answer = watched(&watch, total, "games", || sweep.run(&asked, &plan, &watch))?;
    let heading = Heading {
        sets: args.scenario.told(),
        file: args.scenario.scenario,
        hash: sweep.hash().to_owned(),
        paths: axes.iter().map(|axis| axis.path.clone()).collect(),
        design: args.design,
        design_seed: args.design_seed,
        seed,
        asked: args.games,
        colour: std::io::IsTerminal::is_terminal(&std::io::stdout()),
    };
    if let Some(file) = &args.csv {
        disk::write_new(file, &csv(&heading, &answer))?;
    }
    print(&match args.many.format {
        Format::Json => json(&document(&heading, &answer))?,
        Format::Text => page(&heading, &answer),
    })?;
    Ok(if answer.interrupted { 3 } else { 0 })
}
