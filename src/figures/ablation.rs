//! An ablation: what is lost without each mechanism.

use serde_json::Value;

use super::compare::{change, points_of, surest};
use super::{Names, games, items};
use crate::charts::{Change, Changes, Chart, Count};

/// Rows of a chart at most: those that stand furthest from chance.
const ROWS: usize = 16;

/// The charts of an ablation.
pub fn charts(document: &Value, names: &Names) -> Vec<Chart> {
    ["deal", "truce_lapsed"].iter().filter_map(|measure| chart(document, names, measure)).collect()
}

fn chart(document: &Value, names: &Names, measure: &str) -> Option<Chart> {
    let mut rows: Vec<Change> = items(&document["rows"])
        .filter_map(|row| change(row["off"].as_str()?.to_owned(), &row["measures"][measure]))
        .collect();
    let far = |row: &Change| row.by.abs() / (row.between[1] - row.between[0]).max(1e-12);
    rows.sort_by(|a, b| far(b).total_cmp(&far(a)));
    let all = rows.len();
    rows.truncate(ROWS);
    let about = names.measure(measure).about;
    let title = match surest(&rows) {
        _ if rows.is_empty() => return None,
        None => format!("No mechanism moves \"{about}\" by more than chance"),
        Some(row) => {
            let way = if row.by > 0.0 { "more" } else { "less" };
            format!("\"{about}\" hangs most surely on `{}`: without it {} {way}", row.name, points_of(row.by))
        }
    };
    let told = format!(
        "{about}: what changes where one mechanism is switched off, {} games each",
        games(document).unwrap_or_else(|| "all".into())
    );
    let chart = Chart::new(title, told, Changes { rows, count: Count::Share });
    let left = all.saturating_sub(ROWS);
    Some(if left > 0 { chart.note(format!("{left} more are nearer to chance and left out.")) } else { chart })
}
