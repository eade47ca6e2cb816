//! What the tuner found: on games it had not seen, against the file as written and against a search by chance.

use serde_json::Value;

use super::compare::PLAIN;
use super::{Names, items, number};
use crate::charts::{Bar, Bars, Chart, Count, said};

/// The charts of a tuning.
pub fn charts(document: &Value, _: &Names) -> Vec<Chart> {
    held_out(document).into_iter().collect()
}

fn held_out(document: &Value) -> Option<Chart> {
    let mut rows = vec![];
    let bar = |name: String, value: f64, half: Option<f64>| Bar {
        name,
        value,
        inner: half.map(|half| [value - half, value + half]),
        outer: None,
        fill: PLAIN,
    };
    for search in items(&document["searches"]) {
        let judged = &search["judged"]["held_out"];
        if rows.is_empty() {
            rows.extend(number(&judged["base"]).map(|base| bar("as written".into(), base, None)));
        }
        let name = search["search"].as_str().unwrap_or("a search").to_owned();
        rows.extend(number(&judged["variant"]).map(|value| bar(name, value, number(&judged["difference_half"]))));
    }
    let [base, found @ ..] = &rows[..] else { return None };
    let more = document["objective"]["maximise"].as_bool().unwrap_or(true);
    let best =
        found.iter().max_by(|a, b| if more { a.value.total_cmp(&b.value) } else { b.value.total_cmp(&a.value) })?;
    let by = best.value - base.value;
    let title = match best.inner {
        _ if by == 0.0 => "No search found better than the file as written".to_string(),
        Some([low, high]) if low > base.value || high < base.value => {
            format!(
                "{} moves the objective from {} to {} on games it had not seen",
                best.name,
                said(base.value),
                said(best.value)
            )
        }
        _ => format!(
            "What {} found is not beyond chance on games it had not seen: {} against {}",
            best.name,
            said(best.value),
            said(base.value)
        ),
    };
    let told = document["objective"]["told"].as_str().unwrap_or("the objective");
    let about = format!("The objective ({told}) on held-out games; {} is better", if more { "more" } else { "less" });
    Some(Chart::new(title, about, Bars { rows, count: Count::Number(String::new()), reach: 0.0 }))
}
