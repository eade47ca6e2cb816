//! A sweep: what one number does, point by point; what several do, by how far each moves the result.

use serde_json::Value;

use super::compare::{change, surest};
use super::{Names, fields, games, items, number};
use crate::charts::{Change, Changes, Chart, Count, Swing, Tornado, percent, said};

/// The measures of which charts are drawn, at most.
const MEASURES: usize = 3;

/// The charts of a sweep.
pub fn charts(document: &Value, names: &Names) -> Vec<Chart> {
    let paths: Vec<&str> = items(&document["paths"]).filter_map(Value::as_str).collect();
    let mut measures: Vec<&str> = fields(&document["as_written"]).map(|(name, _)| name).collect();
    // Shares first: what is asked most.
    measures.sort_by_key(|name| !names.measure(name).share);
    let of = measures.into_iter().take(MEASURES);
    match &paths[..] {
        [path] => of.filter_map(|measure| points(document, names, path, measure)).collect(),
        _ => of.filter_map(|measure| inputs(document, names, &paths, measure)).collect(),
    }
}

fn count(names: &Names, measure: &str) -> Count {
    let named = names.measure(measure);
    if named.share { Count::Share } else { Count::Number(String::new()) }
}

fn value(told: &Value) -> String {
    match told {
        Value::Number(x) => said(x.as_f64().unwrap_or(f64::NAN)),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn points(document: &Value, names: &Names, path: &str, measure: &str) -> Option<Chart> {
    let rows: Vec<Change> = items(&document["points"])
        .filter_map(|point| change(value(&point["values"][path]), &point["differences"][measure]))
        .collect();
    let about = names.measure(measure).about;
    let title = match surest(&rows) {
        _ if rows.is_empty() => return None,
        None => format!("{path} does not move \"{about}\" by more than chance"),
        Some(row) => {
            let way = if row.by > 0.0 { "raises" } else { "lowers" };
            let count = count(names, measure);
            let by = if count == Count::Share { super::compare::points_of(row.by) } else { said(row.by.abs()) };
            format!("{path} at {} {way} \"{about}\" by {by}", row.name)
        }
    };
    let n = games(document).unwrap_or_else(|| "all".into());
    let told = format!("{about}: difference to the file as written, {n} games a point on the same dice");
    Some(Chart::new(title, told, Changes { rows, count: count(names, measure) }))
}

/// For each input the mean of the result at its lowest and at its highest value, over all points there.
fn inputs(document: &Value, names: &Names, paths: &[&str], measure: &str) -> Option<Chart> {
    let mean_at = |path: &str, at: f64| {
        let here = items(&document["points"]).filter(|point| number(&point["values"][path]) == Some(at));
        let of: Vec<f64> = here.filter_map(|point| number(&point["measures"][measure]["mean"])).collect();
        (!of.is_empty()).then(|| of.iter().sum::<f64>() / of.len() as f64)
    };
    let mut rows: Vec<Swing> = paths
        .iter()
        .filter_map(|path| {
            let values = || items(&document["points"]).filter_map(|point| number(&point["values"][*path]));
            let (low, high) = (values().fold(f64::MAX, f64::min), values().fold(f64::MIN, f64::max));
            let results = [mean_at(path, low)?, mean_at(path, high)?];
            Some(Swing { name: (*path).into(), ends: [said(low), said(high)], results })
        })
        .collect();
    let wide = |row: &Swing| (row.results[1] - row.results[0]).abs();
    rows.sort_by(|a, b| wide(b).total_cmp(&wide(a)));
    let (base, count) = (number(&document["as_written"][measure]["mean"])?, count(names, measure));
    let about = names.measure(measure).about;
    let first = rows.first()?;
    let say = |x: f64| if count == Count::Share { percent(x) } else { said(x) };
    let title = format!(
        "\"{about}\" hangs most on {}: {} at {}, {} at {}",
        first.name,
        say(first.results[0]),
        first.ends[0],
        say(first.results[1]),
        first.ends[1]
    );
    let told =
        format!("{about}: mean over all points at the lowest (light) and the highest (dark) value of each input");
    Some(Chart::new(title, told, Tornado { rows, base, base_name: "as written".into(), count }))
}
