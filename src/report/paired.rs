//! A paired difference as JSON.

use serde_json::{Value, json};

use crate::studies::sums::Found;

/// A difference with its interval and what pairing saved.
pub fn found(f: &Found) -> Value {
    let (low, high) = f.interval();
    json!({
        "n": f.n, "base": f.base, "variant": f.variant, "difference": f.difference, "se": f.se,
        "low": low, "high": high, "z": f.z(), "variance_saved": f.saved,
    })
}
