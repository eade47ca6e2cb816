//! `tune`: which values of some paths bring most of a measure?

use std::path::Path;
use std::sync::Arc;

use super::common::{Failure, Format, ScenarioArgs, SeedArgs, colour, count, json, print};
use super::progress::watched;
use super::sweep::axes;
use super::{Exit, disk};
use crate::batch::play::{Watch, threads};
use crate::report::tune::{Heading, document, overlay, page};
use crate::scenario::folder::SHELVES;
use crate::scenario::load::{Problems, load};
use crate::studies::design::{Axis, Over};
use crate::studies::search::{Goal, Search, TRIES_MAX};
use crate::studies::sweep::written;
use crate::studies::variants::cell;

/// Which values of some paths bring most of a measure? Random search on the same games, judged on held-out ones
///
/// The paths and their ranges are the file's `tune`, and `--over PATH=LOW..HIGH`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// A path and what to search: a range PATH=0..1, or values PATH=30,40,50; may be repeated
    #[arg(long = "over", value_name = "PATH=RANGE")]
    over: Vec<String>,
    /// The measure to have most of, by its name in the documents of `batch`, such as us.total or deal
    #[arg(long, value_name = "NAME", required_unless_present = "minimise", conflicts_with = "minimise")]
    maximise: Option<String>,
    /// The measure to have least of
    #[arg(long, value_name = "NAME")]
    minimise: Option<String>,
    /// How many candidates
    #[arg(long, default_value = "64", value_parser = count, allow_hyphen_values = true)]
    tries: u64,
    /// How many games of each candidate, and how many held-out games
    #[arg(long, default_value = "4_000", value_parser = count, allow_hyphen_values = true)]
    games: u64,
    #[command(flatten)]
    seed: SeedArgs,
    /// Write the best as an overlay to a new file, whole or not at all
    #[arg(long, value_name = "FILE")]
    out: Option<String>,
    /// Text for people or one JSON document
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Threads; as many as the machine runs side by side where left out
    #[arg(long, value_parser = count, allow_hyphen_values = true)]
    threads: Option<u64>,
}

/// Runs it.
pub fn run(args: Args) -> Result<Exit, Failure> {
    let explain = |problems: Problems| Failure::Wrong(problems.explain(colour()));
    let wrong = |text: String| Failure::Wrong(format!("error: {text}"));
    let mut base = load(&args.scenario.scenario, &disk::open, &args.scenario.sets).map_err(explain)?;
    let axes = axes(&mut base, |base| &base.tune, &args.over)?;
    if axes.is_empty() {
        return Err(wrong("no path to tune\n  name one: --over parties.us.optimism=0..1".into()));
    }
    if args.tries > TRIES_MAX as u64 {
        return Err(wrong(format!("{} candidates are too many: {TRIES_MAX} at most", args.tries)));
    }
    let extends = match &args.out {
        Some(out) => {
            disk::room_for(out)?;
            Some(extends(&args.scenario.scenario, out).map_err(wrong)?)
        }
        None => None,
    };
    let seed = args.seed.get();
    let search = Search::of(&base, &axes, args.tries as usize, seed).map_err(explain)?;
    let more = args.maximise.is_some();
    let goal = Goal { measure: args.maximise.or(args.minimise).unwrap_or_default(), more };
    search.measures().find(&goal.measure).map_err(wrong)?;
    let watch = Arc::new(Watch::default());
    let threads = args.threads.map_or_else(threads, |n| n as usize);
    let total = args.games.saturating_mul(search.cells() as u64 + 2);
    let answer = watched(&watch, total, "games", || search.run(&goal, seed, args.games, threads, &watch))
        .map_err(Failure::Ours)?;
    let heading = Heading {
        file: args.scenario.scenario,
        sets: args.scenario.sets,
        hash: search.hash().to_owned(),
        axes: axes.iter().map(|axis| (axis.path.clone(), told(&base, axis))).collect(),
        goal,
        tries: args.tries as usize,
        games: args.games,
        seed,
    };
    let mut out = None;
    if let (Some(file), Some(extends), Some(best)) = (&args.out, extends, &answer.best) {
        let text = overlay(&heading, best, &extends);
        // It must load to what was played, or it is not written.
        let open = |name: &str| if name == *file { Ok(text.clone()) } else { disk::open(name) };
        let back = load(file, &open, &[]).and_then(|loaded| cell(&loaded, &[])).map_err(explain)?;
        if back.hash != best.hash {
            return Err(Failure::Ours("the overlay does not load to the scenario that was found".into()));
        }
        disk::write_new(file, &text)?;
        out = Some(file.as_str());
    }
    print(&match args.format {
        Format::Json => json(&document(&heading, &answer, out))?,
        Format::Text => page(&heading, &answer, out),
    })?;
    Ok(if answer.interrupted { 3 } else { 0 })
}

/// What an axis runs over, in words.
fn told(base: &crate::scenario::load::Loaded, axis: &Axis) -> String {
    match &axis.over {
        Over::Range(low, high) => format!("{low} to {high}{}", if axis.whole { ", whole numbers" } else { "" }),
        Over::Values(values) => values.iter().map(|v| written(base, v)).collect::<Vec<_>>().join(", "),
    }
}

/// The scenario as an overlay at `out` names it: it may stand beside the scenario, in a shelf beside it, or one up
/// from a shelf.
fn extends(scenario: &str, out: &str) -> Result<String, String> {
    let whole = |path: &Path| path.canonicalize().map_err(|e| format!("`{}` cannot be found: {e}", path.display()));
    let scenario = whole(Path::new(scenario))?;
    let folder = match Path::new(out).parent() {
        Some(folder) if !folder.as_os_str().is_empty() => whole(folder)?,
        _ => whole(Path::new("."))?,
    };
    let on_shelf = folder.file_name().and_then(|n| n.to_str()).is_some_and(|name| SHELVES.contains(&name));
    let root = if on_shelf { folder.parent().unwrap_or(&folder) } else { &folder };
    let steps = scenario.strip_prefix(root).map_err(|_| {
        let beside = scenario.parent().unwrap_or(root).display();
        format!("an overlay extends a scenario of its own folder tree: write `{out}` to the folder {beside}")
    })?;
    let steps: Vec<&str> = steps.iter().filter_map(|step| step.to_str()).collect();
    let steps = steps.join("/");
    Ok(match on_shelf {
        true => match steps.strip_prefix(&format!("{}/", folder.file_name().and_then(|n| n.to_str()).unwrap_or("-"))) {
            Some(same_shelf) => same_shelf.to_owned(),
            None => format!("../{steps}"),
        },
        false => steps,
    })
}
