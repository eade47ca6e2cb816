//! A sign table on the screen, or as one JSON document.

use serde_json::{Value, json};

use super::text::{Table as Lines, number, thousands};
use crate::studies::paired::Among;
use crate::studies::signs::{Answer, SCHEMA, Table, Verdict, Wish};

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Undecided => "undecided",
        Verdict::Fail => "FAIL",
    }
}

/// What a wish is about, in words.
fn about(wish: &Wish) -> String {
    let ratio = wish.per.as_ref().map_or(String::new(), |per| format!(" / {per}"));
    let table = if wish.among == Among::SameTable { ", same table" } else { "" };
    format!("{}{ratio}{table}", wish.measure)
}

/// A difference with its sign.
pub fn signed(x: f64, digits: usize) -> String {
    let text = number(x, digits);
    if x > 0.0 && text.chars().any(|c| ('1'..='9').contains(&c)) { format!("+{text}") } else { text }
}

/// On the screen.
pub fn page(table: &Table, answer: &Answer, seed: u64) -> String {
    let games = thousands(&answer.games.to_string());
    let mut out =
        format!("Signs of {}\n{games} games a cell, {} cells, seed {seed}\n\n", table.scenario, table.cells());
    let mut lines = Lines::new(&[1, 6]);
    lines.row(["", "wanted", "base", "difference", "s.e.", "in s.e.", ""]);
    for (row, judged) in table.rows.iter().zip(&answer.rows) {
        lines.row([row.change.as_str(), "", "", "", "", "", word(judged.verdict)]);
        for (wish, (found, verdict)) in row.wishes.iter().zip(&judged.wishes) {
            let name = format!("  {}", about(wish));
            let note = if *verdict == Verdict::Pass { "" } else { word(*verdict) };
            let Some(f) = found else {
                lines.row([name.as_str(), wish.wanted.word(), "-", "-", "-", "-", note]);
                continue;
            };
            let cells = [
                name,
                wish.wanted.word().to_string(),
                number(f.base, 4),
                signed(f.difference, 5),
                number(f.se, 5),
                signed(f.z(), 3),
                note.to_string(),
            ];
            lines.row(cells);
        }
    }
    out.push_str(&lines.lines());
    let [pass, undecided, fail] = [Verdict::Pass, Verdict::Undecided, Verdict::Fail].map(|v| answer.count(v));
    out.push_str(&format!("\n{pass} rows pass, {undecided} undecided, {fail} fail; scenario {}\n", table.hash));
    if undecided > 0 {
        out.push_str("Undecided: not beyond three standard errors either way. More games narrow the interval.\n");
    }
    out
}

/// As one JSON document.
pub fn document(table: &Table, answer: &Answer, seed: u64, asked: u64) -> Value {
    let wish = |(wish, (found, verdict)): (&Wish, &(Option<crate::studies::sums::Found>, Verdict))| {
        let mut out = json!({
            "measure": wish.measure, "among": wish.among, "wanted": wish.wanted, "verdict": verdict,
            "found": found.as_ref().map(super::paired::found),
        });
        if let Some(per) = &wish.per {
            out["per"] = json!(per);
        }
        out
    };
    let rows: Vec<Value> = table
        .rows
        .iter()
        .zip(&answer.rows)
        .map(|(row, judged)| {
            let wishes: Vec<Value> = row.wishes.iter().zip(&judged.wishes).map(wish).collect();
            json!({"change": row.change, "verdict": judged.verdict, "wishes": wishes})
        })
        .collect();
    let count = |v| answer.count(v);
    let mut out = json!({
        "schema": SCHEMA, "scenario": table.scenario, "scenario_hash": table.hash, "about": table.about, "seed": seed,
        "games": answer.games, "cells": table.cells(),
        "passed": count(Verdict::Pass), "undecided": count(Verdict::Undecided), "failed": count(Verdict::Fail),
        "rows": rows,
    });
    if answer.interrupted {
        out["asked"] = json!(asked);
        out["interrupted"] = json!(true);
    }
    out
}
