//! A design of another program: its points are played, and what came of each is told.

use serde_json::{Value as Json, json};

use super::Args;
use super::ask::{asked, heading};
use super::points::{Points, plain};
use crate::cli::failure::Failure;
use crate::disk;
use crate::disk::Wanted;
use crate::error::Error;
use crate::notation::tree::{Kind, Node};
use crate::ready::Ready;
use crate::report::document::Report;
use crate::report::heading::extend;
use crate::report::sheet::Sheet;
use crate::report::table::TextTable;
use crate::report::text::{count, number};
use crate::studies::axes::{OVER, axes};
use crate::studies::design::{Axis, Over, number as node};
use crate::studies::inputs::Input;
use crate::studies::measures::Measure;
use crate::studies::sensitivity::asked::measures;
use crate::studies::sensitivity::play::Value;
use crate::studies::sweep::mark_whole;

/// A table of points.
const DESIGN: Wanted = Wanted { what: "a table of points", most: 1 << 28, decides: true };

/// Plays the points of a table.
pub fn played(args: &Args, ready: &Ready, file: &str, seed: u64) -> Result<Report, Failure> {
    let asked = asked(args);
    let measures = measures(ready, &asked)?;
    let (heads, rows) = read(file)?;
    let mut base = ready.loaded.clone();
    let column = |c: usize| rows.iter().map(move |row| row[c].as_str());
    let over: Vec<String> = heads
        .iter()
        .enumerate()
        .map(|(c, path)| format!("{path}={}", column(c).collect::<Vec<_>>().join(",")))
        .collect();
    let listed = axes(&mut base, |_| &[], &over, OVER)?;
    let points: Vec<Vec<Node>> =
        (0..rows.len()).map(|row| listed.iter().map(|axis| value(axis, row)).collect()).collect();
    if listed.iter().any(|axis| !matches!(&axis.over, Over::Values(all) if all.len() == rows.len())) {
        return Err(Failure::wrong(format!("a cell of `{file}` holds more than one value")));
    }
    let mut ranges: Vec<Axis> = listed.iter().map(range).collect();
    mark_whole(&base, &mut ranges).map_err(|problem| Failure::from(base.wrong(vec![problem])))?;
    let inputs: Vec<Input> = ranges.into_iter().map(Input::given).collect();
    let mut design = Points::of(args, &base, &inputs, &asked, seed)?;
    let values = design.play(&points, 0)?;
    let heading = heading(args, ready, design.games, seed);
    let stopped = design.stopped(values.len() as u64, points.len());
    let mut text = Sheet::default();
    text.paragraph(
        "",
        &format!(
            "{}: {} of `{file}`, {} at each, the same dice at all: seed {seed}",
            heading.scenario,
            count(values.len() as u64, "point"),
            count(heading.asked, "game")
        ),
    );
    text.table(summary(&measures, &values));
    text.push_str("  --format csv has every point\n");
    let mut document = heading.document("summitry.design/1");
    extend(
        &mut document,
        json!({"games": heading.asked, "paths": heads, "points": told(&heads, &points, &measures, &values)}),
    );
    let table = table(&heads, &points, &measures, &values);
    Ok(Report::new(text, document).with_table(table).interrupted(stopped.is_some(), &stopped.unwrap_or_default()))
}

fn value(axis: &Axis, row: usize) -> Node {
    match &axis.over {
        Over::Values(values) => values.get(row).cloned().unwrap_or_else(|| axis.at(0.0)),
        Over::Range(..) => axis.at(0.0),
    }
}

/// An axis of numbers as the range that holds them, which may be direct.
fn range(axis: &Axis) -> Axis {
    let Over::Values(values) = &axis.over else { return axis.clone() };
    let numbers: Vec<f64> = values
        .iter()
        .filter_map(|value| match value.kind {
            Kind::Number(x) => Some(x),
            _ => None,
        })
        .collect();
    let (low, high) =
        numbers.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(*x), high.max(*x)));
    if numbers.len() < values.len() || low >= high {
        let first = values.first().cloned().unwrap_or_else(|| node(axis.at, 0.0));
        let all = if numbers.len() < values.len() { values.clone() } else { vec![first] };
        return Axis { over: Over::Values(all), ..axis.clone() };
    }
    Axis { over: Over::Range(low, high), ..axis.clone() }
}

/// The heads and the rows of a table.
fn read(file: &str) -> Result<(Vec<String>, Vec<Vec<String>>), Error> {
    let text = disk::text(file, DESIGN)?;
    let wrong = |why: csv::Error| Error::file(format!("`{file}` is no table of comma-separated values: {why}"));
    let mut table = csv::ReaderBuilder::new().comment(Some(b'#')).trim(csv::Trim::All).from_reader(text.as_bytes());
    let heads: Vec<String> = table.headers().map_err(wrong)?.iter().map(str::to_owned).collect();
    let mut rows = vec![];
    for row in table.records() {
        rows.push(row.map_err(wrong)?.iter().map(str::to_owned).collect());
    }
    if rows.is_empty() {
        return Err(Error::file(format!("`{file}` has no points: paths in its first line, then a point a line")));
    }
    Ok((heads, rows))
}

/// The mean of each measure over the points, and its least and most.
fn summary(measures: &[Measure], values: &[Vec<Value>]) -> TextTable {
    let mut table = TextTable::new(&[]);
    table.row(["over all points", "mean", "least", "most"]);
    for (m, measure) in measures.iter().enumerate() {
        let all: Vec<f64> = values.iter().map(|point| point[m].mean).filter(|x| x.is_finite()).collect();
        let mean = all.iter().sum::<f64>() / all.len() as f64;
        let least = all.iter().copied().fold(f64::INFINITY, f64::min);
        let most = all.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        table.row([measure.name.clone(), number(mean, 4), number(least, 4), number(most, 4)]);
    }
    table
}

fn table(heads: &[String], points: &[Vec<Node>], measures: &[Measure], values: &[Vec<Value>]) -> TextTable {
    let mut out = TextTable::new(&[]);
    let figures = measures.iter().flat_map(|m| ["", ".se", ".n"].map(|what| format!("{}{what}", m.name)));
    out.row(heads.iter().cloned().chain(figures));
    for (point, found) in points.iter().zip(values) {
        let text = |x: f64| if x.is_finite() { (x + 0.0).to_string() } else { String::new() };
        let figures = found.iter().flat_map(|v| [text(v.mean), text(v.se), v.n.to_string()]);
        out.row(point.iter().map(plain).chain(figures));
    }
    out
}

fn told(heads: &[String], points: &[Vec<Node>], measures: &[Measure], values: &[Vec<Value>]) -> Vec<Json> {
    let cell = |value: &Node| match value.kind {
        Kind::Number(x) => json!(x),
        _ => json!(plain(value)),
    };
    let one = |(point, found): (&Vec<Node>, &Vec<Value>)| {
        let at: serde_json::Map<String, Json> = heads.iter().cloned().zip(point.iter().map(cell)).collect();
        let figures = measures.iter().zip(found);
        let all: serde_json::Map<String, Json> =
            figures.map(|(m, v)| (m.name.clone(), json!({"mean": v.mean, "se": v.se, "n": v.n}))).collect();
        json!({"values": at, "measures": all})
    };
    points.iter().zip(values).map(one).collect()
}
