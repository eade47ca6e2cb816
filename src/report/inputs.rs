//! The inputs of a scenario as a page, a table and a document.

use serde_json::{Value, json};

use super::sources::by_reason;
use super::table::TextTable;
use super::text::{count, width, wrapped};

/// The document's schema.
pub const SCHEMA: &str = "summitry.inputs/1";

/// An input and all that is said of it.
#[derive(Debug, Clone)]
pub struct About {
    /// Its path.
    pub path: String,
    /// What it may be: a distribution, a range, a list.
    pub told: String,
    /// What it is counted in.
    pub unit: String,
    /// What its field takes.
    pub range: String,
    /// Where it is from, as its author says.
    pub because: Option<String>,
}

/// What stands where nothing is said.
const UNSAID: &str = "nothing is said of where it is from";

/// As a page of so many columns.
pub fn page(title: &str, all: &[About], notes: &[String], columns: usize) -> String {
    let many = count(all.len() as u64, "input");
    let mut out = wrapped("", &format!("{many} of \"{title}\""), columns);
    let wide = all.iter().map(|a| width(&a.path)).max().unwrap_or(0).min(columns / 2);
    let below = |a: &About| {
        let unit = [a.unit.as_str(), a.range.as_str()].into_iter().filter(|text| !text.is_empty());
        let unit = unit.collect::<Vec<_>>().join(", ");
        let beside = " ".repeat(wide + 4);
        if unit.is_empty() { unit } else { wrapped(&beside, &unit, columns.max(wide + 24)) }
    };
    let rows = all.iter().map(|a| (a.because.as_deref().unwrap_or(UNSAID), &*a.path, &*a.told, below(a)));
    out.push_str(&by_reason(rows, wide, columns));
    for note in notes {
        out.push_str(&format!("\n{}", wrapped("", note, columns)));
    }
    out
}

/// As rows: one input each.
pub fn table(all: &[About]) -> TextTable {
    let mut out = TextTable::new(&[1, 2, 3, 4]);
    out.row(["path", "distribution", "unit", "range", "because"]);
    for a in all {
        out.row([a.path.as_str(), &a.told, &a.unit, &a.range, a.because.as_deref().unwrap_or("")]);
    }
    out
}

/// As one document.
pub fn document(title: &str, hash: &str, all: &[About]) -> Value {
    let one = |a: &About| json!({"path": a.path, "distribution": a.told, "unit": a.unit, "range": a.range, "because": a.because});
    json!({
        "schema": SCHEMA, "title": title, "scenario_hash": hash, "inputs": all.iter().map(one).collect::<Vec<_>>(),
    })
}
