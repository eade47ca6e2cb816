//! A sweep as one JSON document.

use serde_json::{Map, Value, json};

use super::heading::{Heading, extend};
use super::paired;
use crate::studies::design::Design;
use crate::studies::sweep::{Mean, Point, Swept};

/// What is told of the design.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// The paths that are swept.
    pub paths: &'a [String],
    /// How the points were chosen.
    pub kind: Design,
    /// The seed of the design.
    pub seed: u64,
    /// Where it is less even than it could be.
    pub notes: &'a [String],
}

/// The points and what was measured at each, as one JSON document.
pub fn document(heading: &Heading, design: &Told<'_>, answer: &Swept) -> Value {
    let means = |means: &[Option<Mean>]| -> Map<String, Value> {
        let all = answer.measures.iter().zip(means);
        all.filter_map(|(m, x)| x.map(|x| (m.name.clone(), json!({"mean": x.mean, "se": x.se, "n": x.n})))).collect()
    };
    let point = |p: &Point| {
        let values: Map<String, Value> = design
            .paths
            .iter()
            .zip(p.values.iter().zip(&p.numbers))
            .map(|(path, (text, x))| (path.clone(), x.map_or(json!(text), |x| json!(x))))
            .collect();
        let found = paired::named(&answer.measures, &p.found, &p.sides);
        json!({"values": values, "scenario_hash": p.hash, "measures": means(&p.means), "differences": found})
    };
    let mut out = heading.document("summitry.sweep/1");
    extend(
        &mut out,
        json!({
            "set": heading.sets, "games": answer.games, "paths": design.paths, "design": design.kind,
            "design_seed": design.seed, "notes": design.notes, "as_written": means(&answer.base),
            "points": answer.points.iter().map(point).collect::<Vec<_>>(),
        }),
    );
    out
}
