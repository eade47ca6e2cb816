//! One spelling for each value, and a short name for a text.

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

/// The first 16 hex digits of the SHA-256 of a text, or of the bytes of a file.
pub fn fingerprint(text: impl AsRef<[u8]>) -> String {
    let digest = Sha256::digest(text.as_ref());
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// JSON with one spelling for each value: keys sorted, no blanks, numbers in their shortest form, `2.0` as `2`.
pub fn canonical_json(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                out.push_str(if i > 0 { "," } else { "" });
                write(item, out);
            }
            out.push(']');
        }
        Value::Object(entries) => write_entries(entries, out),
        Value::Number(number) => match number.as_f64() {
            Some(x) if number.is_f64() && x.fract() == 0.0 && x.abs() < 9_007_199_254_740_992.0 => {
                out.push_str(&(x as i64).to_string());
            }
            _ => out.push_str(&number.to_string()),
        },
        other => out.push_str(&other.to_string()),
    }
}

fn write_entries(entries: &Map<String, Value>, out: &mut String) {
    let mut entries: Vec<_> = entries.iter().collect();
    entries.sort_by(|a, b| a.0.cmp(b.0));
    out.push('{');
    for (i, (key, value)) in entries.into_iter().enumerate() {
        out.push_str(if i > 0 { "," } else { "" });
        out.push_str(&Value::from(key.as_str()).to_string());
        out.push(':');
        write(value, out);
    }
    out.push('}');
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn one_spelling_for_each_value() {
        let value = json!({"b": [1.0, 0.1, -0.0, 1e300], "a": {"z": null, "y": "\n"}});
        assert_eq!(canonical_json(&value), r#"{"a":{"y":"\n","z":null},"b":[1,0.1,0,1e+300]}"#);
        assert_eq!(fingerprint("{}"), "44136fa355b3678a"); // SHA-256 of {}
    }
}
