//! The three ways to ask: at points of its own, of one batch of games, of rows in a file.

use super::Args;
use super::points::{Points, keep};
use crate::batch::play::Plan;
use crate::cli::discover::GAMES_MAX;
use crate::cli::failure::Failure;
use crate::cli::progress::{watch, watched};
use crate::cli::rows_file;
use crate::cli::varied::Varied;
use crate::disk;
use crate::error::Error;
use crate::notation::tree::Node;
use crate::ready::Ready;
use crate::report::document::Report;
use crate::report::heading::Heading;
use crate::report::sensitivity::{Asked, document, page, table};
use crate::studies::gathered::gather;
use crate::studies::inputs::Input;
use crate::studies::measures::{Kind, Measure, Measures};
use crate::studies::sensitivity::morris::Walks;
use crate::studies::sensitivity::play::Value;
use crate::studies::sensitivity::sobol::Samples;
use crate::studies::sensitivity::study::{Driven, Method, by_given, by_morris, by_sobol, ranked};

/// Games of a batch where nothing is said.
const BATCH: u64 = 20_000;

/// What is asked where nothing is said.
pub fn asked(args: &Args) -> Vec<String> {
    if args.measures.is_empty() { vec!["deal".into()] } else { args.measures.clone() }
}

/// The measures of a scenario that are asked, each looked at before anything is played.
pub fn measures(ready: &Ready, asked: &[String]) -> Result<Vec<Measure>, Error> {
    let setup = || std::iter::once(&ready.setup);
    let mut all = Measures::of(setup());
    asked.iter().map(|text| all.ask(text, setup()).map(|place| all.list[place].clone())).collect()
}

/// What a heading says of it.
pub fn heading(args: &Args, ready: &Ready, games: u64, seed: u64) -> Heading {
    let scenario = &args.scenario;
    Heading { scenario: scenario.scenario.clone(), sets: scenario.told(), hash: ready.hash.clone(), seed, asked: games }
}

/// Path, what it may be, and short name of each input.
fn told(inputs: &[Input]) -> Vec<[String; 3]> {
    let name = |path: &str| path.strip_prefix("parties.").unwrap_or(path).to_owned();
    inputs.iter().map(|input| [input.path().to_owned(), input.told(), name(input.path())]).collect()
}

/// A report of what drives each measure.
fn report(asked: &Asked, found: &[(Measure, Driven)], stopped: bool) -> Report {
    Report::new(page(asked, found), document(asked, found))
        .with_table(table(asked, found))
        .interrupted(stopped, "what is told is of the points, or games, that were whole")
}

/// Points by the method, as values.
enum Design {
    Sobol(Samples),
    Morris(Walks),
}

impl Design {
    fn of(args: &Args, inputs: usize) -> Result<Design, Error> {
        Ok(match args.method {
            Method::Morris => Design::Morris(Walks::new(inputs, args.samples.unwrap_or(20), args.design_seed)),
            _ => Design::Sobol(Samples::new(inputs, args.samples.unwrap_or(64), args.design_seed)?),
        })
    }

    fn shares(&self) -> Vec<Vec<f64>> {
        match self {
            Design::Sobol(samples) => samples.points(),
            Design::Morris(walks) => walks.points(),
        }
    }
}

/// The value at a level of Morris: a distribution without a hundredth at either end.
fn at_level(input: &Input, share: f64) -> Node {
    input.at(if input.drawn.is_some() { 0.01 + 0.98 * share } else { share })
}

/// At points of its own.
pub fn of_points(args: &Args, seed: u64) -> Result<Report, Failure> {
    let ready = args.scenario.ready()?;
    if let Some(file) = &args.design_out {
        disk::room_for(file)?;
    }
    let asked = asked(args);
    let measures = measures(&ready, &asked)?;
    let Varied { base, inputs, mut notes } = args.inputs.of(&ready)?;
    let design = Design::of(args, inputs.len())?;
    let mut points = Points::of(args, &base, &inputs, &asked, seed)?;
    let at = if args.method == Method::Morris { at_level } else { Input::at };
    let nodes: Vec<Vec<Node>> = design.shares().iter().map(|shares| points.values(shares, at)).collect();
    if let Some(file) = &args.design_out {
        keep(file, &inputs, &nodes)?;
    }
    let rows = args.samples.unwrap_or(64);
    if args.method == Method::Sobol && !rows.is_power_of_two() {
        notes.push(format!("{rows} rows are no power of two, so the samples of Sobol lose their balance."));
    }
    let turned = args.pairs.filter(|n| *n > 1 && args.method == Method::Sobol).unwrap_or(0).min(inputs.len() as u64);
    let more = if turned > 0 { (rows * turned) as usize } else { 0 };
    let values = points.play(&nodes, more)?;
    let mut stopped = values.len() < nodes.len();
    let (found, more) = match &design {
        Design::Morris(walks) => (screened(walks, &values, &measures, args.design_seed)?, 0),
        Design::Sobol(samples) => {
            let found = shared(samples, &values, &measures, (&[], &[]), args.design_seed)?;
            if stopped || turned == 0 || found[0].1.drivers.is_empty() {
                (found, 0)
            } else {
                let first: Vec<usize> = ranked(&found[0].1.drivers).into_iter().take(turned as usize).collect();
                let besides: Vec<Vec<Node>> =
                    samples.turned(&first).iter().map(|shares| points.values(shares, Input::at)).collect();
                let more = points.go_on(&besides)?;
                stopped = more.len() < besides.len();
                let found = shared(samples, &values, &measures, (&first, &more), args.design_seed)?;
                (found, more.len())
            }
        }
    };
    let played = (values.len() + more) as u64;
    let heading = heading(args, &ready, points.plan.games.end, seed);
    if points.model.direct() < inputs.len() {
        let slow = inputs.len() - points.model.direct();
        notes.push(format!("{slow} of the inputs are more than start values: each point is made ready anew for them."));
    }
    let asked = Asked {
        heading: &heading,
        method: args.method,
        inputs: &told(&inputs),
        points: played,
        games: played * points.plan.games.end,
        design_seed: args.design_seed,
        notes: &notes,
    };
    Ok(report(&asked, &found, stopped))
}

fn shared(
    samples: &Samples,
    values: &[Vec<Value>],
    measures: &[Measure],
    turned: (&[usize], &[Vec<Value>]),
    seed: u64,
) -> Result<Vec<(Measure, Driven)>, Failure> {
    let width = samples.points().first().map_or(0, Vec::len) + 2;
    if values.len() < 2 * width {
        return Err(Failure::Stopped("stopped before two rows of points were played: nothing is told of fewer".into()));
    }
    let one = |(m, measure): (usize, &Measure)| {
        Ok((measure.clone(), by_sobol(samples, values, (m, &measure.name), turned, seed)?))
    };
    measures.iter().enumerate().map(one).collect::<Result<_, Error>>().map_err(Failure::from)
}

fn screened(
    walks: &Walks,
    values: &[Vec<Value>],
    measures: &[Measure],
    seed: u64,
) -> Result<Vec<(Measure, Driven)>, Failure> {
    if walks.whole(values.len()) < 2 {
        return Err(Failure::Stopped("stopped before two walks were played: nothing is told of fewer".into()));
    }
    let one =
        |(m, measure): (usize, &Measure)| Ok((measure.clone(), by_morris(walks, values, (m, &measure.name), seed)?));
    measures.iter().enumerate().map(one).collect::<Result<_, Error>>().map_err(Failure::from)
}

/// Of one batch of games: each draws its own inputs.
pub fn of_games(args: &Args, seed: u64) -> Result<Report, Failure> {
    let ready = args.scenario.ready()?;
    let asked = asked(args);
    let measures = measures(&ready, &asked)?;
    let Varied { inputs, notes, .. } = args.inputs.of(&ready)?;
    if let Some(input) = inputs.iter().find(|input| input.drawn.is_none()) {
        let text =
            format!("`{}` is not drawn, so games played anyway do not vary it: use another method", input.path());
        return Err(Failure::wrong(text));
    }
    let games = args.games.unwrap_or(BATCH);
    if games > GAMES_MAX {
        return Err(Failure::wrong(format!("{games} games are too many to look at: {GAMES_MAX} at most")));
    }
    let plan = Plan::new(seed, games).threads(args.shown.threads.get());
    let watch = watch();
    let gathered = watched(&watch, games, "games", || gather(&ready.setup, &inputs, &asked, &plan, &watch))?;
    let played = gathered.columns.games.len() as u64;
    let heading = heading(args, &ready, games, seed);
    let paths: Vec<String> = inputs.iter().map(|input| input.path().to_owned()).collect();
    let one = |measure: Measure| {
        let lane = &gathered.columns.find(&measure.name).expect("it was gathered").lane;
        (measure, by_given(&gathered.columns, &paths, lane, args.design_seed))
    };
    let found: Vec<(Measure, Driven)> = measures.into_iter().map(one).collect();
    let asked = Asked {
        heading: &heading,
        method: Method::Given,
        inputs: &told(&inputs),
        points: 0,
        games: played,
        design_seed: args.design_seed,
        notes: &notes,
    };
    Ok(report(&asked, &found, played < games))
}

/// Of rows in a file.
pub fn of_rows(args: &Args, file: &str, seed: u64) -> Result<Report, Failure> {
    let ready = args.scenario.ready()?;
    let (Varied { mut inputs, notes, .. }, measures) = (args.inputs.of(&ready)?, asked(args));
    let is_input = |name: &str| inputs.iter().any(|input| input.path() == name);
    let columns = rows_file::columns(file, &|name| is_input(name) || measures.iter().any(|text| text.contains(name)))?;
    let seed = match &columns.of {
        Some((hash, _)) if *hash != ready.hash => {
            let text = format!("`{file}` holds games of another scenario ({hash}), and this is {}", ready.hash);
            return Err(Failure::wrong(format!(
                "{text}\n  name the scenario, and the changes, that they were played by"
            )));
        }
        Some((_, played)) => *played,
        None => seed,
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
    let heading = heading(args, &ready, games, seed);
    let asked = Asked {
        heading: &heading,
        method: Method::Given,
        inputs: &told(&inputs),
        points: 0,
        games,
        design_seed: args.design_seed,
        notes: &notes,
    };
    Ok(report(&asked, &found, false))
}
