//! A comparison as one JSON document.

use serde_json::{Value, json};

use super::heading::Heading;
use super::paired;
use super::unknown;
use crate::command_line::CommandLine;
use crate::studies::compare::{Comparison, Differences};

/// A scenario that is compared.
#[derive(Debug, Clone)]
pub struct Named {
    /// What to call it: a file or a variant's name.
    pub name: String,
    /// Names the scenario whatever its comments and order.
    pub hash: String,
    /// Plays a game of it.
    pub run: CommandLine,
}

/// The scenarios, the base first, and what was found, as one JSON document.
pub fn document(heading: &Heading, cells: &[Named], answer: &Differences) -> Value {
    let named = |c: &Named| json!({"name": c.name, "scenario_hash": c.hash, "run": c.run.to_string()});
    let comparison = |(cell, c): (&Named, &Comparison)| {
        let mut measures = paired::named(&answer.measures, &c.found, &c.sides);
        for (measure, outer) in answer.measures.iter().zip(&c.outer) {
            if let (Some(Value::Object(fields)), Some(outer)) = (measures.get_mut(&measure.name), outer) {
                fields.insert("unknown".into(), unknown::of(outer));
            }
        }
        let counts: Vec<Value> =
            c.flips.counts.iter().map(|((from, to), n)| json!({"from": from, "to": to, "count": n})).collect();
        let first: Vec<Value> =
            c.flips.first.iter().map(|f| json!({"game": f.game, "from": f.from, "to": f.to})).collect();
        json!({
            "variant": cell.name, "measures": measures,
            "flips": {"count": c.flips.total(), "ways": counts, "first": first},
        })
    };
    let mut out = json!({
        "schema": "summitry.compare/1", "seed": heading.seed, "games": answer.games,
        "base": named(&cells[0]),
        "variants": cells[1..].iter().map(named).collect::<Vec<_>>(),
        "comparisons": cells[1..].iter().zip(&answer.comparisons).map(comparison).collect::<Vec<_>>(),
    });
    if answer.worlds > 0 {
        out["worlds"] = json!(answer.worlds);
    }
    out
}
