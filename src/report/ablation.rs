//! What each mechanism is for, as one JSON document.

use serde_json::{Value, json};

use super::heading::{Heading, extend};
use super::paired;
use crate::studies::ablation::{Ablated, Without};

/// Each mechanism switched off, and what that changes.
pub fn document(heading: &Heading, answer: &Ablated) -> Value {
    let row = |row: &Without| {
        let found = paired::named(&answer.measures, &row.found, &row.sides);
        json!({
            "off": row.switch.name(), "lost": row.switch.lost(), "measures": found, "largest_z": row.largest(),
            "measurable": row.is_measurable(), "nothing": row.is_nothing(),
        })
    };
    let mut out = heading.document("summitry.ablation/1");
    extend(&mut out, json!({"games": answer.games, "rows": answer.rows.iter().map(row).collect::<Vec<_>>()}));
    out
}
