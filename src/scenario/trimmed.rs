//! A value without what goes without saying: fields at their default, and fields that are only shown.

use serde_json::{Map, Value};

use super::spelled::canonical_json;

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
        if field["shown"] == true || field.get("default") == Some(value) {
            return None;
        }
        let said = trimmed(value, field, root);
        let default = field.get("default").map(|default| trimmed(default, field, root));
        let goes_without = default.is_some_and(|default| alike(&default, &said));
        (!goes_without).then(|| (key.clone(), said))
    };
    entries.iter().filter_map(said).collect()
}

/// Whether two values are spelled alike.
fn alike(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| alike(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| alike(a, b)))
        }
        (Value::Number(_), Value::Number(_)) => one == other || canonical_json(one) == canonical_json(other),
        _ => one == other,
    }
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

#[cfg(test)]
mod tests {
    use schemars::JsonSchema;
    use serde::Serialize;
    use serde_json::json;

    use super::*;

    /// A rule, as it was and with what a later version adds.
    #[derive(Default, Serialize, JsonSchema)]
    #[serde(default)]
    struct Old {
        speed: f64,
    }

    #[derive(Serialize, JsonSchema)]
    #[serde(default)]
    struct Rule {
        strength: f64,
        who: Vec<Choice>,
    }

    impl Default for Rule {
        fn default() -> Self {
            Rule { strength: 0.5, who: vec![Choice::Named { name: "us".into(), twice: false }] }
        }
    }

    #[derive(Clone, Serialize, JsonSchema)]
    enum Choice {
        Named {
            name: String,
            #[serde(default)]
            twice: bool,
        },
    }

    #[derive(Default, Serialize, JsonSchema)]
    #[serde(default)]
    struct New {
        speed: f64,
        rule: Rule,
        maybe: Option<Rule>,
    }

    fn said<T: Serialize + JsonSchema>(of: &T) -> Value {
        let schema = schemars::schema_for!(T).to_value();
        trimmed(&serde_json::to_value(of).expect("JSON"), &schema, &schema)
    }

    #[test]
    fn values_are_alike_that_are_spelled_alike() {
        let all = [
            json!(null),
            json!(true),
            json!("1"),
            json!(1),
            json!(1.0),
            json!(-0.0),
            json!(0),
            json!(0.1),
            json!([]),
            json!([1]),
            json!([1.0]),
            json!([1, 2]),
            json!({}),
            json!({"a": 1}),
            json!({"a": 1.0}),
            json!({"b": 1}),
            json!({"a": {"b": [2.0]}}),
            json!({"a": {"b": [2]}}),
            json!({"a": 1, "b": 2}),
            json!({"b": 2, "a": 1}),
        ];
        for (a, b) in all.iter().flat_map(|a| all.iter().map(move |b| (a, b))) {
            assert_eq!(alike(a, b), canonical_json(a) == canonical_json(b), "{a} and {b}");
        }
    }

    #[test]
    fn a_new_rule_at_its_defaults_says_nothing() {
        assert_eq!(said(&New { speed: 2.0, ..New::default() }), said(&Old { speed: 2.0 }));
        assert_eq!(said(&New::default()), json!({}));
        let other = New { rule: Rule { strength: 0.6, ..Rule::default() }, ..New::default() };
        assert_eq!(said(&other), json!({"rule": {"strength": 0.6}}));
        let on = New { maybe: Some(Rule::default()), ..New::default() };
        assert_eq!(said(&on), json!({"maybe": {}}), "what is there is not what is absent");
        let nobody = New { rule: Rule { who: vec![], ..Rule::default() }, ..New::default() };
        assert_eq!(said(&nobody), json!({"rule": {"who": []}}), "nor is an empty list the default's");
        let twice = Choice::Named { name: "us".into(), twice: true };
        let twice = New { rule: Rule { who: vec![twice], ..Rule::default() }, ..New::default() };
        assert_eq!(said(&twice), json!({"rule": {"who": [{"Named": {"name": "us", "twice": true}}]}}));
    }
}
