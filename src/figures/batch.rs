//! A batch: how games end, what happens on the way, what both sides get.

use serde_json::Value;

use super::{Names, fields, games, number};
use crate::charts::{Bar, Bars, Chart, Count, Fill, Ink, percent, said};
use crate::report::words::capital;

/// What intervals say, once for all charts of shares.
const CHANCE: &str = "The thick line is where the share lies for all that so many games can tell (95 %).";
const IGNORANCE: &str = " The thin one is where it lies for all that we do not know (90 %).";

/// The charts of a batch.
pub fn charts(document: &Value, names: &Names) -> Vec<Chart> {
    [endings(document, names), events(document, names), points(document, names)].into_iter().flatten().collect()
}

/// A share of games as a bar.
fn bar(name: String, share: &Value, fill: Fill) -> Option<Bar> {
    let ends = |of: &Value| Some([number(&of["low"])?, number(&of["high"])?]);
    let value = number(&share["share"])?;
    let computed = number(&share["unknown"]["computed"]).map(|half| [value - half, value + half]);
    Some(Bar { name, value, inner: computed.or_else(|| ends(share)), outer: ends(&share["unknown"]), fill })
}

fn note(rows: &[Bar]) -> String {
    if rows.iter().any(|row| row.outer.is_some()) { format!("{CHANCE}{IGNORANCE}") } else { CHANCE.into() }
}

fn endings(document: &Value, names: &Names) -> Option<Chart> {
    let all = &document["outcomes"];
    let order = names.in_order(fields(all).map(|(name, _)| name).collect());
    let rows: Vec<Bar> =
        order.iter().filter_map(|name| bar(names.ending(name), &all[*name], Fill::ending(name))).collect();
    let mut ranked: Vec<&Bar> = rows.iter().collect();
    ranked.sort_by(|a, b| b.value.total_cmp(&a.value));
    let first = ranked.first()?;
    let close = ranked.get(1).filter(|second| match (first.inner, second.inner) {
        (Some([low, _]), Some([_, high])) => low <= high,
        _ => false,
    });
    let title = match close {
        Some(second) => format!(
            "No one ending leads: {} in {} of games, {} in {}",
            first.name,
            percent(first.value),
            second.name,
            percent(second.value)
        ),
        None if first.value > 0.5 => format!("Most games end in: {}, {}", first.name, percent(first.value)),
        None => format!("The most frequent ending is: {}, {} of games", first.name, percent(first.value)),
    };
    let about = format!("How games end, share of {} games", games(document).unwrap_or_else(|| "all".into()));
    let note = note(&rows);
    Some(Chart::new(title, about, Bars { rows, count: Count::Share, reach: 0.0 }).note(note))
}

fn events(document: &Value, names: &Names) -> Option<Chart> {
    let mut rows: Vec<Bar> = fields(&document["shares"])
        .filter_map(|(name, share)| bar(capital(&names.measure(name).about), share, Fill::Plain(Ink::Other(0))))
        .collect();
    rows.sort_by(|a, b| b.value.total_cmp(&a.value));
    let (often, rare) = (rows.first()?, rows.last()?);
    let title = format!(
        "On the way most often: {} ({}); most rarely: {} ({})",
        often.name,
        percent(often.value),
        rare.name,
        percent(rare.value)
    );
    let about = "What happens on the way, share of the games in which it can";
    let note = note(&rows);
    Some(Chart::new(title, about, Bars { rows, count: Count::Share, reach: 1.0 }).note(note))
}

/// What both sides get: the mean, and between what nine games in ten lie.
fn points(document: &Value, names: &Names) -> Option<Chart> {
    let parties: Vec<&str> = fields(&document["metrics"]).filter_map(|(name, _)| name.strip_suffix(".total")).collect();
    let rows: Vec<Bar> = parties
        .iter()
        .enumerate()
        .filter_map(|(place, key)| {
            let of = &document["metrics"][format!("{key}.total")];
            let outer = Some([number(&of["p05"])?, number(&of["p95"])?]);
            let fill = Fill::Plain(Ink::side(place));
            Some(Bar { name: names.party(key), value: number(&of["mean"])?, inner: None, outer, fill })
        })
        .collect();
    let [a, b] = &rows[..] else { return None };
    let spread = |bar: &Bar| bar.outer.map_or(0.0, |[low, high]| high - low);
    let far = spread(a).min(spread(b)) > 2.0 * (a.value - b.value).abs();
    let more = if far { "; games differ far more than sides" } else { "" };
    let title = format!("Points in the mean: {} {}, {} {}{more}", a.name, said(a.value), b.name, said(b.value));
    let mut table = crate::charts::Table::new(["", "mean", "nine games in ten lie between"]);
    for row in &rows {
        let [low, high] = row.outer.unwrap_or([f64::NAN; 2]);
        table.row([row.name.clone(), said(row.value), format!("{} and {}", said(low), said(high))]);
    }
    let about = "Points of both sides, mean of all games; the two are not on one scale";
    let chart = Chart::new(title, about, Bars { rows, count: Count::Number("points".into()), reach: 0.0 });
    Some(chart.with_table(table).note("The thin line spans nine games in ten."))
}
