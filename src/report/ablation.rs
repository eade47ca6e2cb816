//! What each mechanism is for: a table on the screen, in markdown, or one JSON document.

use serde_json::{Map, Value, json};

use super::text::{Table, thousands};
use crate::studies::ablation::{Answer, Row};
use crate::studies::measures::{Kind, Measure};
use crate::studies::sums::Found;

/// What the table says besides the figures.
#[derive(Debug, Clone)]
pub struct Heading {
    /// The scenario's file, as given.
    pub file: String,
    /// Names the scenario whatever its comments and order.
    pub hash: String,
    /// The seed.
    pub seed: u64,
    /// Games asked for.
    pub asked: u64,
}

/// A short head for a column.
fn head(measure: &Measure) -> String {
    match measure.name.as_str() {
        "truce_lapsed" => "lapse".into(),
        "summit_deal" => "summit deal".into(),
        "first_deal_round" => "first deal".into(),
        name => name.replace(".total", " total"),
    }
}

/// A difference and half its interval: three decimals for a share, two for a number, no leading zero.
fn cell(measure: &Measure, found: Option<&Found>) -> String {
    let Some(f) = found else { return "-".into() };
    let decimals = if measure.kind == Kind::Share { 3 } else { 2 };
    let plain = |x: f64| {
        let text = format!("{x:.decimals$}");
        text.strip_prefix("0.").map_or(text.clone(), |rest| format!(".{rest}"))
    };
    let size = plain(f.difference.abs());
    let sign = match () {
        () if size.chars().all(|c| c == '.' || c == '0') => " ",
        () if f.difference < 0.0 => "-",
        () => "+",
    };
    if f.difference == 0.0 && f.se == 0.0 { "0".into() } else { format!("{sign}{size} ±{}", plain(f.half())) }
}

/// The largest difference in standard errors, or a mark where there is none to speak of.
fn mark(row: &Row) -> String {
    if row.is_nothing() {
        "nothing".into()
    } else if row.is_measurable() {
        format!("{:.0}", row.largest())
    } else {
        format!("{:.1} ?", row.largest())
    }
}

fn rows(answer: &Answer) -> Vec<Vec<String>> {
    let mut out = vec![];
    let heads = answer.measures.iter().map(head);
    out.push(["off".to_string()].into_iter().chain(heads).chain(["in s.e.".to_string()]).collect());
    for row in &answer.rows {
        let cells = answer.measures.iter().zip(&row.found).map(|(m, f)| cell(m, f.as_ref()));
        out.push([row.switch.name().to_string()].into_iter().chain(cells).chain([mark(row)]).collect());
    }
    out
}

/// On the screen.
pub fn page(heading: &Heading, answer: &Answer) -> String {
    let games = thousands(&answer.games.to_string());
    let mut out = format!(
        "Each mechanism of {} switched off: what changes, with 95 % intervals\n{games} paired games a row, seed {}\n\n",
        heading.file, heading.seed
    );
    let mut table = Table::new(&[]);
    rows(answer).into_iter().for_each(|row| table.row(row));
    out.push_str(&table.lines());
    out.push_str(&format!("\n{}", notes(answer)));
    out.push_str(&format!("scenario {}\n", heading.hash));
    out
}

/// What the marks mean, and which mechanisms bear them.
fn notes(answer: &Answer) -> String {
    let idle: Vec<&str> = answer.rows.iter().filter(|r| r.is_nothing()).map(|r| r.switch.name()).collect();
    let faint: Vec<&str> =
        answer.rows.iter().filter(|r| !r.is_nothing() && !r.is_measurable()).map(|r| r.switch.name()).collect();
    let mut out = "Last column: the largest difference in standard errors.\n".to_string();
    if !faint.is_empty() {
        out.push_str(&format!("Nothing measurable at this many games (?): {}\n", faint.join(", ")));
    }
    if !idle.is_empty() {
        out.push_str(&format!("Not one game differs (nothing): {}\n", idle.join(", ")));
    }
    out
}

/// As a table in markdown.
pub fn markdown(heading: &Heading, answer: &Answer) -> String {
    let mut out = String::new();
    for (i, row) in rows(answer).into_iter().enumerate() {
        let mut row = row;
        if i > 0 {
            row[0] = format!("`{}`", row[0]);
        }
        out.push_str(&format!("| {} |\n", row.join(" | ")));
        if i == 0 {
            out.push_str(&format!("|---|{}\n", "--:|".repeat(row.len() - 1)));
        }
    }
    let games = thousands(&answer.games.to_string());
    out.push_str(&format!(
        "\nOff less on, {games} paired games a row, seed {}, 95 % intervals; scenario {}. {}",
        heading.seed,
        heading.hash,
        notes(answer)
    ));
    out
}

/// As one JSON document.
pub fn document(heading: &Heading, answer: &Answer) -> Value {
    let row = |row: &Row| {
        let found: Map<String, Value> = answer
            .measures
            .iter()
            .zip(&row.found)
            .filter_map(|(m, f)| f.as_ref().map(|f| (m.name.clone(), super::paired::found(f))))
            .collect();
        json!({
            "off": row.switch.name(), "lost": row.switch.lost(), "measures": found, "largest_z": row.largest(),
            "measurable": row.is_measurable(), "nothing": row.is_nothing(),
        })
    };
    let mut out = json!({
        "schema": "summitry.ablation/1", "scenario": heading.file, "scenario_hash": heading.hash,
        "seed": heading.seed, "games": answer.games,
        "rows": answer.rows.iter().map(row).collect::<Vec<_>>(),
    });
    if answer.interrupted {
        out["asked"] = json!(heading.asked);
        out["interrupted"] = json!(true);
    }
    out
}
