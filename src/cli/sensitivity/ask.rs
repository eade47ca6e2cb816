//! The three ways to ask: at points of its own, of one batch of games, of rows in a file.

use super::Args;
use super::points::{Points, keep};
use crate::batch::play::Plan;
use crate::cli::common::grouped;
use crate::cli::failure::Failure;
use crate::cli::progress::{watch, watched};
use crate::cli::rows_file;
use crate::disk;
use crate::error::Error;
use crate::ready::Ready;
use crate::report::document::Report;
use crate::report::heading::Heading;
use crate::report::sensitivity::{Asked, report, told};
use crate::report::text::{count, thousands};
use crate::studies::gathered::gather;
use crate::studies::measures::{Kind, Measure};
use crate::studies::sensitivity::asked::{BATCH, Design, can_be_given, given, measures};
use crate::studies::sensitivity::study::{Method, by_given};
use crate::studies::varied::Varied;

/// What is asked where nothing is said.
pub fn asked(args: &Args) -> Vec<String> {
    if args.measures.is_empty() { vec!["deal".into()] } else { args.measures.clone() }
}

/// What a heading says of it.
pub fn heading(args: &Args, ready: &Ready, games: u64, seed: u64) -> Heading {
    let scenario = &args.scenario;
    Heading { scenario: scenario.scenario.clone(), sets: scenario.told(), hash: ready.hash.clone(), seed, asked: games }
}

/// Values of inputs that are held at most, over all points.
const VALUES_MAX: u64 = 20_000_000;

/// Refuses more points than can be held.
fn room(args: &Args, inputs: usize) -> Result<(), Failure> {
    let (inputs, morris) = (inputs as u64, args.method == Method::Morris);
    let (each, what) = if morris { (inputs + 1, "walks") } else { (inputs + 2, "rows of samples") };
    let most = (VALUES_MAX / (each * inputs).max(1)).max(2);
    match args.samples {
        Some(n) if n > most => Err(Failure::wrong(format!(
            "{} {what} with {inputs} inputs are too many to hold: {} at most",
            grouped(n),
            grouped(most)
        ))),
        _ => Ok(()),
    }
}

/// At points of its own.
pub fn of_points(args: &Args, ready: &Ready, seed: u64) -> Result<Report, Failure> {
    if let Some(file) = &args.design_out {
        disk::room_for(file)?;
    }
    let asked = asked(args);
    let measures = measures(ready, &asked)?;
    let Varied { base, inputs, mut notes } = args.inputs.of(ready)?;
    room(args, inputs.len())?;
    let design = Design::of(args.method, &inputs, args.samples, args.design_seed)?;
    let mut points = Points::of(args, &base, &inputs, &asked, seed)?;
    if let Some(file) = &args.design_out {
        keep(file, &inputs, &design.values)?;
    }
    let mut begun = false;
    let found = design.found(&inputs, &measures, args.pairs, |values, _, more| {
        let first = !std::mem::replace(&mut begun, true);
        if first { points.play(values, more) } else { points.go_on(values) }
    })?;
    let heading = heading(args, ready, points.games, seed);
    let stopped = points.stopped(found.points, found.all);
    notes.extend(design.notes(points.model.direct()));
    let asked = Asked {
        heading: &heading,
        method: args.method,
        inputs: &told(&inputs, ready),
        points: found.points,
        games: found.points * points.games,
        design_seed: args.design_seed,
        notes: &notes,
    };
    Ok(report(&asked, &found.drivers, stopped.as_deref()))
}

/// Of one batch of games: each draws its own inputs.
pub fn of_games(args: &Args, ready: &Ready, seed: u64) -> Result<Report, Failure> {
    let asked = asked(args);
    let measures = measures(ready, &asked)?;
    let Varied { inputs, notes, .. } = args.inputs.of(ready)?;
    let games = args.games.unwrap_or(BATCH);
    can_be_given(&inputs, games)?;
    let plan = Plan::new(seed, games).threads(args.shown.threads.get());
    let watch = watch();
    let gathered = watched(&watch, games, "games", || gather(&ready.setup, &inputs, &asked, &plan, &watch))?;
    let played = gathered.columns.games.len() as u64;
    let heading = heading(args, ready, games, seed);
    let found = given(&gathered.columns, &inputs, measures, args.design_seed);
    let asked = Asked {
        heading: &heading,
        method: Method::Given,
        inputs: &told(&inputs, ready),
        points: 0,
        games: played,
        design_seed: args.design_seed,
        notes: &notes,
    };
    let stopped =
        (played < games).then(|| format!("{} of {} played", thousands(&played.to_string()), count(games, "game")));
    Ok(report(&asked, &found, stopped.as_deref()))
}

/// Of rows in a file.
pub fn of_rows(args: &Args, ready: &Ready, file: &str, seed: u64) -> Result<Report, Failure> {
    let (Varied { mut inputs, notes, .. }, measures) = (args.inputs.of(ready)?, asked(args));
    let is_input = |name: &str| inputs.iter().any(|input| input.path() == name);
    let columns = rows_file::columns(file, &|name| is_input(name) || measures.iter().any(|text| text.contains(name)))?;
    let seed = match &columns.of {
        Some((hash, _)) if *hash != ready.hash => {
            let text = format!("`{file}` holds games of another scenario ({hash}), and this is {}", ready.hash);
            return Err(Failure::wrong(format!(
                "{text}\n  name the scenario, and the changes, that they were played by"
            )));
        }
        of => rows_file::seed(file, of, args.shown.seed)?.unwrap_or(seed),
    };
    inputs.retain(|input| columns.find(input.path()).is_some());
    if inputs.is_empty() {
        let text =
            format!("`{file}` has no column named by the path of an input\n  summitry inputs SCENARIO lists them");
        return Err(Failure::wrong(text));
    }
    let paths: Vec<String> = inputs.iter().map(|input| input.path().to_owned()).collect();
    let one = |text: String| {
        let (lane, kind) = columns.ask(&text)?;
        let kind = if kind == crate::expression::Kind::YesNo { Kind::Share } else { Kind::Number };
        Ok((Measure::expression(&text, kind), by_given(&columns, &paths, &lane, args.design_seed)))
    };
    let found = measures.into_iter().map(one).collect::<Result<Vec<_>, Error>>()?;
    let games = columns.games.len() as u64;
    let heading = heading(args, ready, games, seed);
    let asked = Asked {
        heading: &heading,
        method: Method::Given,
        inputs: &told(&inputs, ready),
        points: 0,
        games,
        design_seed: args.design_seed,
        notes: &notes,
    };
    Ok(report(&asked, &found, None))
}
