//! A tournament: everybody against everybody, and who does best for whom.

use serde_json::Value;

use super::compare::PLAIN;
use super::{Names, games, items, number};
use crate::charts::{Bar, Bars, Chart, Count, Fill, Ink, Matrix, percent, said};

/// The charts of a tournament.
pub fn charts(document: &Value, names: &Names) -> Vec<Chart> {
    let n = games(document).unwrap_or_else(|| "all".into());
    let sides: Vec<&Value> = items(&document["sides"]).collect();
    let keys: Vec<&str> = sides.iter().filter_map(|side| side["party"].as_str()).collect();
    let mut out = vec![];
    for (place, side) in sides.iter().enumerate() {
        let Some(key) = keys.get(place) else { continue };
        let other = keys.iter().find(|other| other != &key).copied().unwrap_or("the other");
        out.extend(standings(side, &names.party(key), place, &n));
        out.extend(payoffs(document, side, [&names.party(key), &names.party(other)], &n));
    }
    out.extend(deals(document, names, &keys, &n));
    out
}

fn strategies(document: &Value) -> Vec<String> {
    items(&document["strategies"]).filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

fn cells(of: &Value) -> Vec<Vec<f64>> {
    items(of).map(|row| items(row).map(|x| number(x).unwrap_or(0.0)).collect()).collect()
}

fn standings(side: &Value, party: &str, place: usize, n: &str) -> Option<Chart> {
    let mut all: Vec<&Value> = items(&side["standings"]).collect();
    all.sort_by_key(|row| row["rank"].as_u64());
    let rows: Vec<Bar> = all
        .iter()
        .filter_map(|row| {
            let inner = number(&row["low"]).zip(number(&row["high"])).map(|(low, high)| [low, high]);
            let fill = Fill::Plain(Ink::side(place));
            Some(Bar { name: row["strategy"].as_str()?.into(), value: number(&row["mean"])?, inner, outer: None, fill })
        })
        .collect();
    let (first, row) = (rows.first()?, all.first()?);
    let title = match row["rank_high"].as_u64() {
        Some(1) => format!("{} does best for {party}: {} points in the mean", first.name, said(first.value)),
        high => format!(
            "{} leads for {party} with {} points in the mean, but may be only rank {}",
            first.name,
            said(first.value),
            high.unwrap_or(1)
        ),
    };
    let about = format!("Mean points of {party} by its strategy, over all of the other's, {n} games a pair");
    let bars = Bars { rows, count: Count::Number(String::new()), reach: 0.0 };
    Some(Chart::new(title, about, bars).note("The line is the 95 % interval."))
}

fn payoffs(document: &Value, side: &Value, [own, other]: [&str; 2], n: &str) -> Option<Chart> {
    let (rows, cells) = (strategies(document), cells(&side["payoff"]));
    let best = |i: usize, j: usize| cells.get(i).and_then(|row| row.get(j)).copied().unwrap_or(f64::MIN);
    let pairs = (0..rows.len()).flat_map(|i| (0..rows.len()).map(move |j| (i, j)));
    let (i, j) = pairs.max_by(|a, b| best(a.0, a.1).total_cmp(&best(b.0, b.1)))?;
    let title = format!("{own} gets most with {} against {}: {} points", rows[i], rows[j], said(best(i, j)));
    let about = format!("Mean points of {own}: its strategy in rows, that of {other} in columns, {n} games a pair");
    let matrix = Matrix {
        axes: [own.into(), other.into()],
        rows: rows.clone(),
        columns: rows,
        cells,
        count: Count::Number(String::new()),
    };
    Some(Chart::new(title, about, matrix))
}

fn deals(document: &Value, names: &Names, keys: &[&str], n: &str) -> Option<Chart> {
    let (rows, cells) = (strategies(document), cells(&document["deals"]));
    let all: Vec<f64> = cells.iter().flatten().copied().collect();
    let (low, high) = all.iter().fold((f64::MAX, f64::MIN), |(a, b), x| (a.min(*x), b.max(*x)));
    if all.is_empty() {
        return None;
    }
    let title = format!("Between {} and {} of games end in a deal, by who plays whom", percent(low), percent(high));
    let axes = [0, 1].map(|place| names.party(keys.get(place).copied().unwrap_or("the other")));
    let about = format!("Share of games with a deal: {} in rows, {} in columns, {n} games a pair", axes[0], axes[1]);
    Some(Chart::new(title, about, Matrix { axes, rows: rows.clone(), columns: rows, cells, count: Count::Share }))
}

/// The charts of a tournament over several scenarios: who scores best over all.
pub fn pooled(document: &Value, names: &Names) -> Vec<Chart> {
    let mut all: Vec<&Value> = items(&document["pooled"]).collect();
    all.sort_by_key(|row| row["rank"].as_u64());
    let rows: Vec<Bar> = all
        .iter()
        .filter_map(|row| {
            let (value, half) = (number(&row["score"])?, 1.96 * number(&row["se"]).unwrap_or(0.0));
            let inner = Some([value - half, value + half]);
            Some(Bar { name: row["strategy"].as_str()?.into(), value, inner, outer: None, fill: PLAIN })
        })
        .collect();
    let mut out = vec![];
    if let Some(first) = rows.first() {
        let title = format!("{} scores best over all scenarios: {}", first.name, said(first.value));
        let about = "Score of each strategy over all scenarios and both sides";
        let bars = Bars { rows: rows.clone(), count: Count::Number(String::new()), reach: 0.0 };
        out.push(Chart::new(title, about, bars).note("The line is the 95 % interval."));
    }
    for one in items(&document["scenarios"]) {
        let scenario = one["scenario"].as_str().unwrap_or("a scenario");
        let of = charts(one, names)
            .into_iter()
            .map(|chart| Chart { about: format!("{}; {scenario}", chart.about), ..chart });
        out.extend(of);
    }
    out
}
