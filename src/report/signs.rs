//! The verdict on each row of a sign table, as one JSON document.

use serde_json::{Value, json};

use super::paired;
use crate::studies::signs::{Granted, SCHEMA, SignTable, Verdict, Verdicts, Wish};

/// A sign table and what was found of each of its rows.
pub fn document(table: &SignTable, answer: &Verdicts, seed: u64) -> Value {
    let wish = |(wish, granted): (&Wish, &Granted)| {
        let mut out = json!({
            "measure": wish.measure, "among": wish.among, "wanted": wish.wanted, "verdict": granted.verdict,
            "found": granted.found.as_ref().map(paired::found), "in_all": granted.in_all.as_ref().map(paired::found),
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
    json!({
        "schema": SCHEMA, "scenario": table.scenario, "scenario_hash": table.hash, "about": table.about, "seed": seed,
        "games": answer.games, "cells": table.cells(),
        "passed": count(Verdict::Pass), "undecided": count(Verdict::Undecided), "failed": count(Verdict::Fail),
        "rows": rows,
    })
}
