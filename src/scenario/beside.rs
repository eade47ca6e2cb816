//! A tree and what the types say of it, side by side.

use serde_json::Value;

use crate::notation::tree::{Kind, Node};

/// Where in a tree a node stands.
#[derive(Debug, Clone, Default)]
pub struct Spot {
    /// Its path, an item of a list by its number.
    pub path: String,
    /// Its path, an item by the name of its variant where no other item of the list has it.
    pub named: String,
    /// Which entry or item at each step.
    pub steps: Vec<usize>,
}

impl Spot {
    fn below(&self, step: usize, word: &str, named: &str) -> Spot {
        let join = |path: &str, word: &str| if path.is_empty() { word.to_owned() } else { format!("{path}.{word}") };
        let mut steps = self.steps.clone();
        steps.push(step);
        let [path, named] = match word.is_empty() {
            true => [self.path.clone(), join(&self.named, named)],
            false => [join(&self.path, word), join(&self.named, named)],
        };
        Spot { path, named, steps }
    }
}

/// Looks at a node, what the types say of it, and where it stands; whether to go on to what is in it.
pub type Looking<'a> = dyn FnMut(&Value, &Node, &Spot) -> bool + 'a;

/// Walks a tree beside the schema of its type.
pub fn walk(root: &Value, tree: &Node, look: &mut Looking<'_>) {
    step(root, root, tree, &Spot::default(), look);
}

fn step(root: &Value, schema: &Value, node: &Node, spot: &Spot, look: &mut Looking<'_>) {
    let schema = plain(root, schema);
    if !look(schema, node, spot) {
        return;
    }
    let payload = |variant: &str| {
        let choices = schema["oneOf"].as_array().or(schema["anyOf"].as_array());
        choices.into_iter().flatten().find_map(|choice| choice["properties"].get(variant))
    };
    match &node.kind {
        Kind::Record(Some(variant), fields) => {
            let Some(schema) = payload(variant).map(|schema| plain(root, schema)) else { return };
            each(root, schema, fields, spot, look);
        }
        Kind::List(Some(variant), items) => {
            let inner = payload(variant).unwrap_or(schema);
            for (i, item) in items.iter().enumerate() {
                step(root, inner, item, &spot.below(i, "", variant), look);
            }
        }
        Kind::Record(None, fields) | Kind::Map(fields) => each(root, schema, fields, spot, look),
        Kind::List(None, items) => {
            for (i, item) in items.iter().enumerate() {
                let of = schema["prefixItems"].get(i).unwrap_or(&schema["items"]);
                let number = i.to_string();
                let alone = item.variant().filter(|own| items.iter().filter(|x| x.variant() == Some(own)).count() == 1);
                step(root, of, item, &spot.below(i, &number, alone.unwrap_or(&number)), look);
            }
        }
        _ => {}
    }
}

fn each(root: &Value, schema: &Value, fields: &[(Node, Node)], spot: &Spot, look: &mut Looking<'_>) {
    for (i, (key, value)) in fields.iter().enumerate() {
        let word = key.word();
        let inner = schema["properties"].get(&word).unwrap_or(&schema["additionalProperties"]);
        step(root, inner, value, &spot.below(i, &word, &word), look);
    }
}

/// A schema without its references and without "or nothing".
fn plain<'a>(root: &'a Value, mut schema: &'a Value) -> &'a Value {
    for _ in 0..16 {
        if let Some(target) = schema["$ref"].as_str().and_then(|name| root.pointer(name.trim_start_matches('#'))) {
            schema = target;
            continue;
        }
        let some: Vec<&Value> =
            schema["anyOf"].as_array().into_iter().flatten().filter(|choice| choice["type"] != "null").collect();
        match some[..] {
            [only] => schema = only,
            _ => break,
        }
    }
    schema
}

/// The entry or item of a node at a step.
pub fn inner_mut(node: &mut Node, step: usize) -> Option<&mut Node> {
    match &mut node.kind {
        Kind::Record(_, entries) | Kind::Map(entries) => entries.get_mut(step).map(|(_, value)| value),
        Kind::List(_, items) => items.get_mut(step),
        _ => None,
    }
}
