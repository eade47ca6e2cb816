//! A design of points of its own, and what is found at them: indices or a screening, measure by measure.

use super::morris::Walks;
use super::play::Value;
use super::sobol::Samples;
use super::study::{Driven, Method, by_given, by_morris, by_sobol, ranked};
use crate::error::Error;
use crate::notation::tree::Node;
use crate::ready::Ready;
use crate::studies::columns::Columns;
use crate::studies::gathered::LOOKED_AT;
use crate::studies::inputs::Input;
use crate::studies::measures::{Measure, Measures};

/// Games at each point where nothing is said.
pub const GAMES: u64 = 400;
/// Games at each point at most: they are held while their mean is taken.
pub const GAMES_MAX: u64 = 10_000_000;
/// Games of a batch where nothing is said.
pub const BATCH: u64 = 20_000;
/// Rows of the samples of Sobol where nothing is said.
const ROWS: u64 = 64;
/// Walks of Morris where nothing is said.
const WALKS: u64 = 20;

/// The measures of a scenario that are asked, each looked at before anything is played.
pub fn measures(ready: &Ready, asked: &[String]) -> Result<Vec<Measure>, Error> {
    let setup = || std::iter::once(ready.setup());
    let mut all = Measures::of(setup());
    asked.iter().map(|text| all.ask(text, setup()).map(|place| all.list[place].clone())).collect()
}

/// Refuses more games at a point than are held.
pub fn within_reason(games: u64) -> Result<(), Error> {
    if games > GAMES_MAX {
        return Err(Error::argument(format!("{games} games at each point are too many: {GAMES_MAX} at most")));
    }
    Ok(())
}

/// Refuses inputs that games of a batch do not vary by themselves, and more games than are looked at.
pub fn can_be_given(inputs: &[Input], games: u64) -> Result<(), Error> {
    if let Some(input) = inputs.iter().find(|input| input.drawn.is_none()) {
        let path = input.path();
        let text = format!("`{path}` is not drawn, so games played anyway do not vary it: use another method");
        return Err(Error::argument(text));
    }
    if games > LOOKED_AT {
        return Err(Error::argument(format!("{games} games are too many to look at: {LOOKED_AT} at most")));
    }
    Ok(())
}

/// What the games of one batch say, each of which drew its own inputs.
pub fn given(columns: &Columns, inputs: &[Input], measures: Vec<Measure>, seed: u64) -> Vec<(Measure, Driven)> {
    let paths: Vec<String> = inputs.iter().map(|input| input.path().to_owned()).collect();
    let one = |measure: Measure| {
        let lane = &columns.find(&measure.name).expect("it was gathered").lane;
        let driven = by_given(columns, &paths, lane, seed);
        (measure, driven)
    };
    measures.into_iter().map(one).collect()
}

enum Points {
    Sobol(Samples),
    Morris(Walks),
}

/// Points by a method, as values of some inputs.
pub struct Design {
    points: Points,
    /// The values at each.
    pub values: Vec<Vec<Node>>,
    rows: u64,
    seed: u64,
}

/// What was found at the points that were played.
pub struct Found {
    /// By measure.
    pub drivers: Vec<(Measure, Driven)>,
    /// Points that were played.
    pub points: u64,
    /// Points that were to be.
    pub all: usize,
}

/// The value at a level of Morris: a distribution without a hundredth at either end.
fn at_level(input: &Input, share: f64) -> Node {
    input.at(if input.drawn.is_some() { 0.01 + 0.98 * share } else { share })
}

fn values(inputs: &[Input], shares: &[Vec<f64>], at: fn(&Input, f64) -> Node) -> Vec<Vec<Node>> {
    let one = |point: &Vec<f64>| inputs.iter().zip(point).map(|(input, share)| at(input, *share)).collect();
    shares.iter().map(one).collect()
}

impl Design {
    /// So many rows or walks over some inputs.
    pub fn of(method: Method, inputs: &[Input], samples: Option<u64>, seed: u64) -> Result<Design, Error> {
        if method == Method::Morris {
            let walks = Walks::new(inputs.len(), samples.unwrap_or(WALKS), seed);
            let values = values(inputs, &walks.points(), at_level);
            return Ok(Design { points: Points::Morris(walks), values, rows: 0, seed });
        }
        let rows = samples.unwrap_or(ROWS);
        let samples = Samples::new(inputs.len(), rows, seed)?;
        let values = values(inputs, &samples.points(), Input::at);
        Ok(Design { points: Points::Sobol(samples), values, rows, seed })
    }

    /// What a reader should know of it, where its inputs are nothing but start values, or are not.
    pub fn notes(&self, direct: bool) -> Vec<String> {
        let mut notes = vec![];
        if matches!(self.points, Points::Sobol(_)) && !self.rows.is_power_of_two() {
            notes.push(format!("{} rows are no power of two, so the samples of Sobol lose their balance.", self.rows));
        }
        if !direct {
            notes.push("Not every input is a mere start value: each point is made ready anew.".into());
        }
        notes
    }

    /// The points at which these inputs are looked at in twos; of a screening, none.
    pub fn turned(&self, inputs: &[Input], these: &[usize]) -> Vec<Vec<Node>> {
        match &self.points {
            Points::Sobol(samples) => values(inputs, &samples.turned(these), Input::at),
            Points::Morris(_) => vec![],
        }
    }

    /// Plays the points, and those by which so many inputs are looked at in twos. `play` is handed points, by which inputs
    /// they are turned, and how many come after them.
    pub fn found<E: From<Error>>(
        &self,
        inputs: &[Input],
        measures: &[Measure],
        pairs: Option<u64>,
        mut play: impl FnMut(&[Vec<Node>], &[usize], usize) -> Result<Vec<Vec<Value>>, E>,
    ) -> Result<Found, E> {
        let samples = match &self.points {
            Points::Morris(walks) => {
                let found = play(&self.values, &[], 0)?;
                let drivers = screened(walks, &found, measures, self.seed)?;
                return Ok(Found { drivers, points: found.len() as u64, all: self.values.len() });
            }
            Points::Sobol(samples) => samples,
        };
        let turned = pairs.filter(|n| *n > 1).unwrap_or(0).min(inputs.len() as u64);
        let found = play(&self.values, &[], (self.rows * turned) as usize)?;
        let (stopped, all) = (found.len() < self.values.len(), self.values.len() + (self.rows * turned) as usize);
        let drivers = shared(samples, &found, measures, (&[], &[]), self.seed)?;
        let points = found.len() as u64;
        if stopped || turned == 0 || drivers[0].1.drivers.is_empty() {
            return Ok(Found { drivers, points, all: if stopped { all } else { self.values.len() } });
        }
        let first: Vec<usize> = ranked(&drivers[0].1.drivers).into_iter().take(turned as usize).collect();
        let besides = self.turned(inputs, &first);
        let more = play(&besides, &first, 0)?;
        let drivers = shared(samples, &found, measures, (&first, &more), self.seed)?;
        Ok(Found { drivers, points: points + more.len() as u64, all: self.values.len() + besides.len() })
    }
}

fn shared(
    samples: &Samples,
    values: &[Vec<Value>],
    measures: &[Measure],
    turned: (&[usize], &[Vec<Value>]),
    seed: u64,
) -> Result<Vec<(Measure, Driven)>, Error> {
    let width = samples.points().first().map_or(0, Vec::len) + 2;
    if values.len() < 2 * width {
        let text = "stopped before two rows of points were played: nothing is told of fewer";
        return Err(Error::Interrupted(text.into()));
    }
    let one = |(m, measure): (usize, &Measure)| {
        Ok((measure.clone(), by_sobol(samples, values, (m, &measure.name), turned, seed)?))
    };
    measures.iter().enumerate().map(one).collect()
}

fn screened(
    walks: &Walks,
    values: &[Vec<Value>],
    measures: &[Measure],
    seed: u64,
) -> Result<Vec<(Measure, Driven)>, Error> {
    if walks.whole(values.len()) < 2 {
        let text = "stopped before two walks were played: nothing is told of fewer";
        return Err(Error::Interrupted(text.into()));
    }
    let one =
        |(m, measure): (usize, &Measure)| Ok((measure.clone(), by_morris(walks, values, (m, &measure.name), seed)?));
    measures.iter().enumerate().map(one).collect()
}
