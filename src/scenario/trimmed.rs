//! A value without what goes without saying: fields at their default, and fields that are only shown.

use serde_json::{Map, Value};

use super::canonical::canonical_json;

/// A value of the type that `node` of the schema `root` describes, without fields at their default and without those
/// marked as shown.
pub fn trimmed(value: &Value, node: &Value, root: &Value) -> Value {
    let node = plain(value, node, root);
    match value {
        Value::Array(items) if node["items"].is_object() => {
            items.iter().map(|item| trimmed(item, &node["items"], root)).collect()
        }
        Value::Object(entries) => match &node["properties"] {
            Value::Object(fields) => record(entries, fields, root),
            _ if node["additionalProperties"].is_object() => {
                let of = &node["additionalProperties"];
                entries.iter().map(|(key, value)| (key.clone(), trimmed(value, of, root))).collect()
            }
            _ => value.clone(),
        },
        _ => value.clone(),
    }
}

fn record(entries: &Map<String, Value>, fields: &Map<String, Value>, root: &Value) -> Value {
    let said = |(key, value): (&String, &Value)| {
        let Some(field) = fields.get(key) else { return Some((key.clone(), value.clone())) };
        if field["shown"] == true {
            return None;
        }
        let said = trimmed(value, field, root);
        let default = field.get("default").map(|default| trimmed(default, field, root));
        let goes_without = default.is_some_and(|default| canonical_json(&default) == canonical_json(&said));
        (!goes_without).then(|| (key.clone(), said))
    };
    entries.iter().filter_map(said).collect()
}

/// The schema that describes a value: references followed, and of several choices the one that was made.
fn plain<'a>(value: &Value, mut node: &'a Value, root: &'a Value) -> &'a Value {
    loop {
        if let Some(target) = node["$ref"].as_str().and_then(|r| root.pointer(r.trim_start_matches('#'))) {
            node = target;
            continue;
        }
        let choices = node["oneOf"].as_array().or(node["anyOf"].as_array());
        let Some(choices) = choices else { return node };
        let real: Vec<&Value> = choices.iter().filter(|choice| choice["type"] != "null").collect();
        let made = |choice: &&&Value| match (value.as_object(), choice["properties"].as_object()) {
            (Some(said), Some(fields)) => said.len() == 1 && fields.len() == 1 && said.keys().eq(fields.keys()),
            _ => false,
        };
        match (real.iter().find(made), &real[..]) {
            (Some(choice), _) => return choice,
            (None, [only]) => node = only,
            _ => return &Value::Null,
        }
    }
}
