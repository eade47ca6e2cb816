//! Where the numbers of a scenario come from, as a page and a document.

use serde_json::{Value, json};

use super::sheet::Sheet;
use super::table::TextTable;
use super::text::{cut, width, wrapped};
use crate::scenario::because::Told;
use crate::scenario::rules::BigQuestion;

/// The document's schema.
pub const SCHEMA: &str = "summitry.sources/1";
/// What stands where nothing is said of a number.
const UNSAID: &str = "nothing is said of it";
/// Columns of what is said on a page that is about something else; documents have all of it.
const SHORT: usize = 50;
/// How wide such a page is, about (columns).
const COLUMNS: usize = 80;
/// How few they may be beside long paths.
const LEAST: usize = 20;

/// How many numbers have a source, are judgement, or have nothing said of them.
pub fn count(told: &[Told]) -> String {
    let judged = told.iter().filter(|t| t.is_judgement()).count();
    let unsaid = told.iter().filter(|t| t.because.is_none()).count();
    let sourced = told.len() - judged - unsaid;
    let rest = if unsaid == 0 { String::new() } else { format!(", {unsaid} of which nothing is said") };
    format!("{} numbers, {sourced} with a source, {judged} judgement{rest}", told.len())
}

/// As a page of so many columns.
pub fn page(title: &str, told: &[Told], asks: &[BigQuestion], columns: usize) -> String {
    let mut out = wrapped("", &format!("\"{title}\": {}", count(told)), columns);
    if !asks.is_empty() {
        out.push_str("\nIts big questions, and what they turn on\n");
        for big in asks {
            out.push_str(&wrapped("  ", &big.ask, columns));
            big.paths.iter().for_each(|path| out.push_str(&format!("    {path}\n")));
        }
    }
    let wide = told.iter().map(|t| width(&t.path)).max().unwrap_or(0).min(columns * 2 / 3);
    let rows = told.iter().map(|t| (t.because.as_deref().unwrap_or(UNSAID), &*t.path, &*t.written, String::new()));
    out + &by_reason(rows, wide, columns)
}

/// Rows under what is said of them, told once where several have it in common: what is said, a path, its value, and what
/// else stands below it. Values begin behind `wide` columns of path.
pub(super) fn by_reason<'a>(
    rows: impl Iterator<Item = (&'a str, &'a str, &'a str, String)>,
    wide: usize,
    columns: usize,
) -> String {
    let (mut out, mut before) = (String::new(), None);
    for (said, path, value, below) in rows {
        if before != Some(said) {
            out.push_str(&format!("\n{}", wrapped("", said, columns)));
            before = Some(said);
        }
        let room = wide.saturating_sub(width(path)) + 2;
        match 2 + width(path) + room + width(value) <= columns {
            true => out.push_str(&format!("  {path}{}{value}\n{below}", " ".repeat(room))),
            false => {
                let beside = (wide + 4).min(columns.saturating_sub(width(value))).max(4);
                out.push_str(&format!("  {path}\n{}{below}", wrapped(&" ".repeat(beside), value, columns)));
            }
        }
    }
    out
}

/// Where some numbers are from, a line each: cut, for a page that is about something else. Nothing where nothing is said of
/// any.
pub fn short<'a>(all: impl Iterator<Item = (String, Option<&'a str>)>) -> Sheet {
    let all: Vec<_> = all.collect();
    let mut out = Sheet::default();
    if all.iter().all(|(_, because)| because.is_none()) {
        return out;
    }
    let wide = all.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
    let room = (COLUMNS - 4).saturating_sub(wide).clamp(LEAST, SHORT);
    let mut table = TextTable::new(&[1]);
    table.row(["", "where it is from"]);
    for (name, because) in all {
        table.row([name, cut(because.unwrap_or(UNSAID), room)]);
    }
    out.push_str("\n");
    out.table(table);
    out
}

/// As one document.
pub fn document(title: &str, told: &[Told], asks: &[BigQuestion]) -> Value {
    let one = |t: &Told| json!({"path": t.path, "written": t.written, "because": t.because});
    let big = |b: &BigQuestion| json!({"ask": b.ask, "paths": b.paths});
    json!({
        "schema": SCHEMA, "title": title,
        "ask_first": asks.iter().map(big).collect::<Vec<_>>(), "numbers": told.iter().map(one).collect::<Vec<_>>(),
    })
}
