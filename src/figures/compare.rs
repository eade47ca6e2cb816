//! A comparison: what a change does to endings and to points, and which games end otherwise.

use serde_json::Value;

use super::{Names, fields, games, items, number};
use crate::charts::{Bar, Bars, Change, Changes, Chart, Count, Fill, Ink, said};
use crate::report::words::capital;

/// A difference of a document.
pub(super) fn change(name: String, found: &Value) -> Option<Change> {
    let between = [number(&found["low"])?, number(&found["high"])?];
    let sides = number(&found["base"]).zip(number(&found["variant"])).map(|(base, variant)| [base, variant]);
    Some(Change { name, by: number(&found["difference"])?, between, sides })
}

/// The one that stands furthest from zero, measured by its interval; none where all may be chance.
pub(super) fn surest(rows: &[Change]) -> Option<&Change> {
    let sure = |row: &&Change| row.between[0] > 0.0 || row.between[1] < 0.0;
    let far = |row: &&Change| row.by.abs() / (row.between[1] - row.between[0]).max(1e-12);
    rows.iter().filter(sure).max_by(|a, b| far(a).total_cmp(&far(b)))
}

/// Percentage points, in words.
pub(super) fn points_of(share: f64) -> String {
    format!("{} percentage points", said(100.0 * share.abs()))
}

/// The charts of a comparison, variant by variant.
pub fn charts(document: &Value, names: &Names) -> Vec<Chart> {
    let n = games(document).unwrap_or_else(|| "all".into());
    items(&document["comparisons"])
        .flat_map(|one| {
            let variant = one["variant"].as_str().unwrap_or("the change");
            [endings(one, names, variant, &n), points(one, names, variant, &n), flips(one, names, variant)]
        })
        .flatten()
        .collect()
}

fn endings(one: &Value, names: &Names, variant: &str, n: &str) -> Option<Chart> {
    let mut all: Vec<&str> =
        fields(&one["measures"]).map(|(name, _)| name).filter(|name| names.is_ending(name)).collect();
    if all.contains(&"summit_deal") {
        all.retain(|name| *name != "deal"); // it is told apart by who signed
    }
    let rows: Vec<Change> = names
        .in_order(all)
        .into_iter()
        .filter_map(|name| change(names.measure(name).about, &one["measures"][name]))
        .collect();
    let title = match surest(&rows) {
        _ if rows.is_empty() => return None,
        None => format!("{variant} changes no ending by more than chance"),
        Some(row) => {
            let way = if row.by > 0.0 { "more" } else { "fewer" };
            format!("With {variant} {way} games end in: {}, by {}", row.name, points_of(row.by))
        }
    };
    let about = format!("How endings change, share of {n} games on the same dice");
    let note = "The band is the 95 % interval; a grey one crosses zero: that may be chance.";
    Some(Chart::new(title, about, Changes { rows, count: Count::Share }).note(note))
}

fn points(one: &Value, names: &Names, variant: &str, n: &str) -> Option<Chart> {
    let rows: Vec<Change> = fields(&one["measures"])
        .filter_map(|(name, found)| change(names.party(name.strip_suffix(".total")?), found))
        .collect();
    let title = match surest(&rows) {
        _ if rows.is_empty() => return None,
        None => format!("{variant} brings neither side more or less than chance"),
        Some(row) => {
            let way = if row.by > 0.0 { "more" } else { "less" };
            format!("{}: {} has {} points {way} in the mean", capital(variant), row.name, said(row.by.abs()))
        }
    };
    let about = format!("How the points of both sides change, mean of {n} games on the same dice");
    Some(Chart::new(title, about, Changes { rows, count: Count::Number("points".into()) }))
}

/// The ways in which games end otherwise.
fn flips(one: &Value, names: &Names, variant: &str) -> Option<Chart> {
    let count = number(&one["flips"]["count"]).filter(|n| *n > 0.0)?;
    let mut rows: Vec<Bar> = items(&one["flips"]["ways"])
        .filter_map(|way| {
            let (from, to) = (way["from"].as_str()?, way["to"].as_str()?);
            let name = format!("{} → {}", names.ending(from), names.ending(to));
            let value = number(&way["count"])?;
            Some(Bar { name, value, inner: None, outer: None, fill: Fill::ending(to) })
        })
        .collect();
    rows.sort_by(|a, b| b.value.total_cmp(&a.value));
    let most = rows.first()?;
    let way = most.name.replace(" → ", " to ");
    let title = match (count, said(count), said(most.value)) {
        (1.0, ..) => format!("1 game ends otherwise with {variant}: from {way}"),
        (_, count, most) => format!("{count} games end otherwise with {variant}; the most, {most}, go from {way}"),
    };
    let shown: Vec<String> = items(&one["flips"]["first"])
        .filter_map(|flip| {
            Some(format!(
                "{} ({} to {})",
                flip["game"],
                names.ending(flip["from"].as_str()?),
                names.ending(flip["to"].as_str()?)
            ))
        })
        .collect();
    let note = format!("The first of them: {}.", shown.join(", "));
    let chart = Chart::new(
        title,
        "Games that end otherwise, by how",
        Bars { rows, count: Count::Number(String::new()), reach: 0.0 },
    );
    Some(if shown.is_empty() { chart } else { chart.note(note) })
}

/// The inks of rows that are no parties and no endings.
pub(super) const PLAIN: Fill = Fill::Plain(Ink::Other(0));
