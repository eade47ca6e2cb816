//! What drives an answer, put together the same way whatever found it: figures of each input, and of some pairs.

use super::estimate::{Estimate, mean};
use super::given::{ends, parts};
use super::morris::Walks;
use super::play::{Value, noise};
use super::sobol::{Answers, Samples};
use crate::error::Error;
use crate::notation::Code;
use crate::studies::columns::Columns;

/// How the parts of inputs are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Indices of Sobol, at points of their own.
    Sobol,
    /// Screening by Morris, at points of its own.
    Morris,
    /// From games that were played anyway.
    Given,
}

impl Method {
    /// The method of that name.
    pub fn named(name: &str) -> Result<Method, Error> {
        match name {
            "sobol" => Ok(Method::Sobol),
            "morris" => Ok(Method::Morris),
            "given" => Ok(Method::Given),
            _ => Err(Error::argument("the methods are sobol, morris and given")),
        }
    }

    /// The figures of an input, in order; the first says how much it matters.
    pub fn figures(self) -> &'static [&'static str] {
        match self {
            Method::Sobol => &["total", "first"],
            Method::Morris => &["size", "mean", "spread"],
            Method::Given => &["first", "delta"],
        }
    }
}

/// What drives the answer to one question.
#[derive(Debug, Clone, PartialEq)]
pub struct Driven {
    /// Its mean over all points, or games.
    pub mean: f64,
    /// Its standard deviation from point to point, or from game to game.
    pub sd: f64,
    /// The share of that variance that other dice would not give again; none where games are not of points.
    pub noise: Option<f64>,
    /// What each input brings, in the order of the inputs; empty where the answer never varies.
    pub drivers: Vec<Driver>,
    /// What some inputs bring in twos.
    pub pairs: Vec<(usize, usize, Estimate)>,
}

/// What an input brings.
#[derive(Debug, Clone, PartialEq)]
pub struct Driver {
    /// The figures of the method, in its order; one without an error has not a number there.
    pub figures: Vec<Estimate>,
    /// The mean answer in the fifth of the points where the input is lowest, and where it is highest.
    pub ends: [f64; 2],
}

/// The inputs in order of how much they matter, as places.
pub fn ranked(drivers: &[Driver]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..drivers.len()).collect();
    let size = |i: usize| drivers[i].figures[0].value;
    order.sort_by(|a, b| size(*b).total_cmp(&size(*a)).then(a.cmp(b)));
    order
}

/// The means of a measure at all points; a point without a case has none.
fn means(values: &[Vec<Value>], measure: usize, name: &str) -> Result<Vec<f64>, Error> {
    let column: Vec<f64> = values.iter().map(|point| point[measure].mean).collect();
    match column.iter().position(|x| !x.is_finite()) {
        None => Ok(column),
        Some(point) => Err(Error::of(
            Code::OutOfRange,
            format!(
                "no game of point {} has a case of `{name}`: play more games, or ask for another measure",
                point + 1
            ),
        )),
    }
}

fn spread(all: &[f64]) -> (f64, f64) {
    if let [first, rest @ ..] = all
        && rest.iter().all(|x| x == first)
    {
        return (*first, 0.0); // not what rounding leaves of it
    }
    let middle = mean(all.iter().copied());
    (middle, mean(all.iter().map(|x| (x - middle) * (x - middle))).sqrt())
}

/// The same places of all points.
fn lane(points: &[Vec<f64>], i: usize) -> Vec<f64> {
    points.iter().map(|point| point[i]).collect()
}

/// By indices of Sobol; `turned` are some inputs and what was found at their points besides.
pub fn by_sobol(
    samples: &Samples,
    values: &[Vec<Value>],
    measure: (usize, &str),
    turned: (&[usize], &[Vec<Value>]),
    seed: u64,
) -> Result<Driven, Error> {
    let points = samples.points();
    let inputs = points.first().map_or(0, Vec::len);
    let found = means(values, measure.0, measure.1)?;
    let answers = Answers::new(inputs, &found);
    let whole = answers.rows() * (inputs + 2);
    let own = |place: &usize| place.is_multiple_of(inputs + 2) || place % (inputs + 2) == inputs + 1;
    let places: Vec<usize> = (0..whole).filter(own).collect();
    let of_sample: Vec<Value> = places.iter().map(|p| values[*p][measure.0]).collect();
    let shares: Vec<Vec<f64>> = places.iter().map(|p| points[*p].clone()).collect();
    let y: Vec<f64> = places.iter().map(|p| found[*p]).collect();
    let (mean, sd) = spread(&y);
    let (mut drivers, mut pairs) = (vec![], vec![]);
    if let Some(indices) = answers.indices(seed) {
        drivers = (0..inputs)
            .map(|i| Driver { figures: vec![indices.total[i], indices.first[i]], ends: ends(&lane(&shares, i), &y) })
            .collect();
        if !turned.1.is_empty() {
            pairs = answers.pairs(turned.0, &means(turned.1, measure.0, measure.1)?, seed);
        }
    }
    Ok(Driven { mean, sd, noise: noise(&of_sample), drivers, pairs })
}

/// By walks of Morris.
pub fn by_morris(walks: &Walks, values: &[Vec<Value>], measure: (usize, &str), seed: u64) -> Result<Driven, Error> {
    let found = means(values, measure.0, measure.1)?;
    let points = &walks.points()[..found.len()];
    let (mean, sd) = spread(&found);
    let all: Vec<Value> = values.iter().map(|point| point[measure.0]).collect();
    let effects = walks.effects(&found, seed).filter(|_| sd > 0.0).unwrap_or_default();
    let plain = |value: f64| Estimate { value, se: f64::NAN };
    let driver = |(i, effect): (usize, &super::morris::Effect)| Driver {
        figures: vec![effect.size, plain(effect.mean), plain(effect.spread)],
        ends: ends(&lane(points, i), &found),
    };
    let drivers = effects.iter().enumerate().map(driver).collect();
    Ok(Driven { mean, sd, noise: noise(&all), drivers, pairs: vec![] })
}

/// From games that were played already: some columns, and what was asked of each game.
pub fn by_given(columns: &Columns, inputs: &[String], answer: &[f64], seed: u64) -> Driven {
    let lanes: Vec<&[f64]> =
        inputs.iter().filter_map(|name| columns.find(name)).map(|column| column.lane.as_slice()).collect();
    let cases: Vec<f64> = answer.iter().copied().filter(|x| !x.is_nan()).collect();
    let (mean, sd) = spread(&cases);
    let worlds = columns.worlds(inputs);
    let found = parts(&lanes, answer, worlds.as_deref(), seed).unwrap_or_default();
    let drivers = found.iter().map(|p| Driver { figures: vec![p.first, p.delta], ends: p.ends }).collect();
    Driven { mean, sd, noise: None, drivers, pairs: vec![] }
}
