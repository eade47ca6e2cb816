//! A paired difference as JSON.

use serde_json::{Map, Value, json};

use crate::studies::measures::Measure;
use crate::studies::sums::Found;

/// A difference with its interval and what pairing saved.
pub fn found(f: &Found) -> Value {
    let (low, high) = f.interval();
    json!({
        "n": f.n, "base": f.base, "variant": f.variant, "difference": f.difference, "se": f.se,
        "low": low, "high": high, "z": f.z(), "variance_saved": f.saved,
    })
}

/// Those of many measures that have one, by name.
pub fn named(measures: &[Measure], all: &[Option<Found>]) -> Map<String, Value> {
    let each = measures.iter().zip(all);
    each.filter_map(|(m, f)| f.as_ref().map(|f| (m.name.clone(), found(f)))).collect()
}
