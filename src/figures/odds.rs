//! The odds of one told game, round by round, with what turned them.

use serde_json::Value;

use super::compare::points_of;
use super::{Names, fields, items, number};
use crate::charts::{Band, Bands, Bar, Bars, Chart, Count, Fill, Flag, Times, percent};
use crate::report::words::capital;

/// The charts of a game's odds, or of the odds from a saved state.
pub fn charts(document: &Value, names: &Names) -> Vec<Chart> {
    course(document, names).or_else(|| state(document, names)).into_iter().collect()
}

/// What a game's number and its futures are, in words.
fn of(document: &Value) -> String {
    let futures = document["futures"].as_u64().unwrap_or(0);
    format!("game {}, {futures} futures after each round", document["game"].as_u64().unwrap_or(0))
}

fn course(document: &Value, names: &Names) -> Option<Chart> {
    let rounds: Vec<&Value> = items(&document["rounds"]).collect();
    let order = names.in_order(fields(&rounds.first()?["odds"]).map(|(name, _)| name).collect());
    // Each round is told once: what stood before it is the start.
    let bands = order.iter().rev().map(|name| Band {
        name: names.ending(name),
        shares: rounds.iter().map(|round| number(&round["odds"][*name]).unwrap_or(0.0)).collect(),
        fill: Fill::ending(name),
    });
    let short = |date: &str| date.rsplit_once(' ').map_or(date.to_owned(), |(day, _)| day.to_owned());
    let dates = rounds.iter().map(|round| match (&round["after"], round["date"].as_str()) {
        (Value::Null, _) => "start".to_string(),
        (_, Some(date)) => short(date),
        (after, None) => after.to_string(),
    });
    let happened = |turn: &Value| items(&turn["happened"]).filter_map(Value::as_str).collect::<Vec<_>>().join("; ");
    let turns: Vec<&Value> = items(&document["turning_points"]).collect();
    let flags = turns
        .iter()
        .filter_map(|turn| {
            let at = rounds.iter().position(|round| round["after"] == turn["round"])?;
            Some(Flag { at, what: short(turn["date"].as_str().unwrap_or("turn")) })
        })
        .collect();
    let times = Times { names: dates.collect(), flags, axis: "after the round of".into() };
    let turn = turns.iter().max_by(|a, b| {
        let far = |turn: &Value| number(&turn["moved"]).unwrap_or(0.0).abs();
        far(a).total_cmp(&far(b))
    });
    let ended = document["outcome"].as_str().map_or("no known way".into(), |name| names.ending(name));
    let title = match turn {
        Some(turn) => {
            let moved = points_of(number(&turn["moved"]).unwrap_or(0.0));
            let date = turn["date"].as_str().unwrap_or("one day");
            format!("The game turned on {date}: the odds moved by {moved}, and it ended in: {ended}")
        }
        None => format!("No round turned the odds by more than chance; the game ended in: {ended}"),
    };
    let told = turns
        .iter()
        .map(|turn| format!("{}: {}.", turn["date"].as_str().unwrap_or("a turn"), capital(&happened(turn))));
    let note = told.collect::<Vec<_>>().join(" ");
    let about = format!("The odds of each ending, {}", of(document));
    Some(Chart::new(title, about, Bands { times, bands: bands.collect() }).note(note))
}

fn state(document: &Value, names: &Names) -> Option<Chart> {
    let all = &document["odds"];
    let order = names.in_order(fields(all).map(|(name, _)| name).collect());
    let rows: Vec<Bar> = order
        .iter()
        .filter_map(|name| {
            let value = number(&all[*name]["share"]).or(number(&all[*name]))?;
            let inner = number(&all[*name]["low"]).zip(number(&all[*name]["high"])).map(|(low, high)| [low, high]);
            Some(Bar { name: names.ending(name), value, inner, outer: None, fill: Fill::ending(name) })
        })
        .collect();
    let first = rows.iter().max_by(|a, b| a.value.total_cmp(&b.value))?;
    let title = format!("From here the likeliest ending is: {}, {}", first.name, percent(first.value));
    Some(Chart::new(
        title,
        format!("The odds of each ending, {}", of(document)),
        Bars { rows, count: Count::Share, reach: 0.0 },
    ))
}
