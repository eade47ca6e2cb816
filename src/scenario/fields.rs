//! Every field a scenario may have, from the types themselves: path, unit, closed range, default and meaning.

use std::sync::OnceLock;

use schemars::JsonSchema;
use serde_json::Value;

use super::rules::Scenario;

use crate::error::Error;
use crate::notation::Code;
use crate::notation::near::did_you_mean;
use crate::notation::wording;

/// One field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Field {
    /// Its path; `NAME` stands for a name of the author's choice, `N` for a number from 0.
    pub path: String,
    /// What it is counted in, or what kind of thing it is.
    pub unit: String,
    /// The closed range of a number, or the names to choose from.
    pub range: String,
    /// What it is when left out, as it would be written; `None` where it may not be left out.
    pub default: Option<String>,
    /// What it means.
    pub meaning: String,
    /// True where a distribution may stand for the number.
    pub drawable: bool,
}

/// The fields of a type, in the order of their paths.
pub fn fields<T: JsonSchema>() -> Vec<Field> {
    let root = schemars::schema_for!(T).to_value();
    let mut walk = Walk { root: &root, rows: vec![], inside: vec![] };
    walk.children("", &root);
    walk.rows
}

/// The fields of a scenario, put together once.
pub fn of_scenarios() -> &'static [Field] {
    static ALL: OnceLock<Vec<Field>> = OnceLock::new();
    ALL.get_or_init(fields::<Scenario>)
}

/// The field that a path names in full; none where it leads into a choice.
pub fn named<'a>(known: &'a [Field], path: &str) -> Option<&'a Field> {
    let first = under(known, path).ok()?.into_iter().next();
    first.filter(|field| field.path.split('.').count() == path.split('.').count())
}

/// The fields under a path, in which concrete names and numbers match `NAME` and `N` (`parties.us.goal`).
pub fn under<'a>(rows: &'a [Field], path: &str) -> Result<Vec<&'a Field>, Error> {
    let steps: Vec<&str> = path.split('.').filter(|step| !step.is_empty()).collect();
    let mut found: Vec<&Field> = rows.iter().collect();
    for (i, step) in steps.iter().enumerate() {
        let fits = |row: &&Field| row.path.split('.').nth(i).is_some_and(|own| step_fits(own, step));
        let exact: Vec<&Field> =
            found.iter().copied().filter(|row| row.path.split('.').nth(i) == Some(*step)).collect();
        let next: Vec<&Field> = if exact.is_empty() { found.iter().copied().filter(fits).collect() } else { exact };
        if next.is_empty() {
            let known = found.iter().filter_map(|row| row.path.split('.').nth(i));
            let text = format!("`{path}` names no field: there is no `{step}`{}", did_you_mean(step, known));
            return Err(Error::of(Code::PathToNothing, text));
        }
        found = next;
    }
    Ok(found)
}

fn step_fits(own: &str, step: &str) -> bool {
    own == step || own == "NAME" || own == "N" && step.parse::<usize>().is_ok()
}

struct Walk<'a> {
    root: &'a Value,
    rows: Vec<Field>,
    /// The named types that are being walked, so that one that holds itself is not walked again inside itself.
    inside: Vec<&'a str>,
}

/// What a schema says of itself, `Option` taken off and references followed.
struct Plain<'a> {
    node: &'a Value,
    name: Option<&'a str>,
    meaning: &'a str,
}

impl<'a> Walk<'a> {
    fn plain(&self, mut node: &'a Value) -> Plain<'a> {
        let (mut name, mut meaning) = (None, "");
        for _ in 0..16 {
            if meaning.is_empty() {
                meaning = node["description"].as_str().unwrap_or_default();
            }
            let reference = node["$ref"].as_str();
            if let Some(target) = reference.and_then(|r| self.root.pointer(r.trim_start_matches('#'))) {
                name = reference;
                node = target;
                continue;
            }
            match &choices(node)[..] {
                [only] if !is_null(only) && choices(node).len() == 1 && node["oneOf"].is_null() => node = only,
                _ => break,
            }
        }
        Plain { node, name, meaning }
    }

    /// The row of a field and the rows of what is in it.
    fn field(&mut self, path: &str, written: &'a Value, default: Option<String>) {
        let Plain { node, name, meaning } = self.plain(written);
        let items = self.list_items(node);
        let (unit, mut range) = self.unit_and_range(node, items.as_ref());
        let said = [written, node].into_iter().find_map(|node| node["condition"].as_str());
        for more in [counted(written), said.map(str::to_owned)].into_iter().flatten() {
            range += &format!("{}{more}", if range.is_empty() { "" } else { ", " });
        }
        let mut meaning = one_line(meaning);
        let of_choice = items.as_ref().map_or(node, |items| items.node);
        for choice in choices(of_choice) {
            if let (Some(word), Some(text)) = (choice["const"].as_str(), choice["description"].as_str()) {
                meaning += &format!(" {word}: {}", one_line(text));
            }
        }
        self.rows.push(Field {
            path: path.to_owned(),
            unit,
            range,
            default,
            meaning: meaning.trim().to_owned(),
            drawable: node["may_be_drawn"] == true,
        });
        let (first, each) = (self.rows.len(), written["each"].as_str());
        let names = [name, items.as_ref().and_then(|items| items.name)];
        if names.iter().flatten().any(|name| self.inside.contains(name)) {
            return;
        }
        let depth = self.inside.len();
        self.inside.extend(names.iter().flatten());
        match items {
            Some(items) if choices(items.node).is_empty() => {
                if !is_type(items.node, "string") {
                    self.inside.truncate(depth + usize::from(name.is_some()));
                    self.field(&format!("{path}.N"), &node["items"], Some(String::new()));
                }
            }
            Some(items) => self.children(path, items.node), // an item is found by its variant's name
            None => self.children(path, node),
        }
        self.inside.truncate(depth);
        for row in self.rows[first..].iter_mut() {
            if let Some(each) = each {
                row.meaning = format!("{}, {each}.", row.meaning.trim_end_matches('.'));
            }
        }
    }

    fn list_items(&self, node: &'a Value) -> Option<Plain<'a>> {
        node.get("items").filter(|items| items.is_object()).map(|items| self.plain(items))
    }

    /// The rows of what is in a record, a map, a pair or a choice.
    fn children(&mut self, path: &str, node: &'a Value) {
        let below = |step: &str| if path.is_empty() { step.to_owned() } else { format!("{path}.{step}") };
        for choice in choices(node) {
            let is_variant = choice["properties"].as_object().is_some_and(|properties| properties.len() == 1);
            let target = self.plain(choice);
            match choice["properties"].as_object().and_then(|properties| properties.iter().next()) {
                Some((variant, payload)) if is_variant && variant.starts_with(char::is_uppercase) => {
                    let at = self.rows.len();
                    self.field(&below(variant), payload, Some(String::new()));
                    if let (Some(row), Some(text)) = (self.rows.get_mut(at), choice["description"].as_str()) {
                        row.meaning = one_line(text);
                    }
                }
                _ => self.children(path, target.node),
            }
        }
        let needed =
            |name: &str| node["required"].as_array().is_some_and(|needed| needed.iter().any(|own| own == name));
        for (name, field) in node["properties"].as_object().into_iter().flatten() {
            let default = if needed(name) { None } else { Some(self.default(field)) };
            self.field(&below(name), field, default);
        }
        if let Some(values) = node.get("additionalProperties").filter(|values| values.is_object()) {
            self.field(&below("NAME"), values, Some(String::new()));
        }
        for (i, item) in node["prefixItems"].as_array().into_iter().flatten().enumerate() {
            self.field(&below(&i.to_string()), item, Some(String::new()));
        }
    }

    fn default(&self, field: &'a Value) -> String {
        let words = !choices(self.plain(field).node).is_empty() || self.plain(field).node.get("enum").is_some();
        written(&field["default"], words)
    }

    fn unit_and_range(&self, node: &Value, items: Option<&Plain<'_>>) -> (String, String) {
        let ends = ends(node);
        if let Some(unit) = node["unit"].as_str() {
            return (unit.to_owned(), ends);
        }
        if let Some(items) = items {
            let kind =
                if is_type(items.node, "string") && words(items.node).is_empty() { "list of texts" } else { "list" };
            return (kind.into(), words(items.node).join(" | "));
        }
        let words = words(node);
        if !words.is_empty() {
            return ("choice".into(), words.join(" | "));
        }
        let kinds = [
            ("string", "text"),
            ("boolean", "true or false"),
            ("integer", "whole number"),
            ("number", "number"),
            ("array", "list"),
        ];
        let kind = kinds.iter().find(|(of, _)| is_type(node, of)).map(|(_, kind)| *kind);
        let map = node.get("additionalProperties").is_some_and(Value::is_object);
        (kind.unwrap_or(if map { "map" } else { "record" }).into(), ends)
    }
}

/// The range of a number: closed ends, but one that is said to be above or below a number.
fn ends(node: &Value) -> String {
    let end = |open: &str, closed: &str| {
        let of = |key: &str| node[key].as_f64();
        of(open).map(|x| format!("{open} {x}")).or_else(|| of(closed).map(|x| x.to_string()))
    };
    match (end("above", "minimum"), end("below", "maximum")) {
        (Some(low), Some(high)) => format!("{low} to {high}"),
        (Some(low), None) => format!("{low} or more"),
        (None, Some(high)) => format!("{high} or less"),
        (None, None) => String::new(),
    }
}

/// How many things a list or a map holds.
fn counted(node: &Value) -> Option<String> {
    match (node["least"].as_u64(), node["most"].as_u64()) {
        (Some(least), Some(most)) if least == most => Some(format!("{most} of them")),
        (Some(least), Some(most)) => Some(format!("{least} to {most} of them")),
        (Some(least), None) => Some(format!("{least} of them at least")),
        (None, Some(most)) => Some(format!("{most} of them at most")),
        (None, None) => None,
    }
}

fn is_null(node: &Value) -> bool {
    node["type"] == "null"
}

fn is_type(node: &Value, name: &str) -> bool {
    node["type"] == name || node["type"].as_array().is_some_and(|types| types.iter().any(|own| own == name))
}

/// The alternatives of a schema, without "or nothing".
fn choices(node: &Value) -> Vec<&Value> {
    let all = node.get("oneOf").or_else(|| node.get("anyOf")).and_then(Value::as_array);
    all.into_iter().flatten().filter(|choice| !is_null(choice)).collect()
}

/// The names to choose from.
fn words(node: &Value) -> Vec<&str> {
    let mut words = vec![];
    for choice in if node.get("enum").is_some() { vec![node] } else { choices(node) } {
        words.extend(choice["const"].as_str());
        words.extend(choice["enum"].as_array().into_iter().flatten().filter_map(Value::as_str));
        let variant = choice["properties"].as_object().filter(|p| p.len() == 1).and_then(|p| p.keys().next());
        words.extend(variant.map(String::as_str).filter(|name| name.starts_with(char::is_uppercase)));
    }
    words
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A default as it would be written in a scenario; `words` where a text is the name of a choice.
fn written(value: &Value, words: bool) -> String {
    let list = |items: &[Value]| items.iter().map(|item| written(item, words)).collect::<Vec<_>>().join(", ");
    match value {
        Value::Null => "none".into(),
        Value::String(text) if words => text.clone(),
        Value::String(text) => format!("{text:?}"),
        Value::Number(number) => number.as_f64().map_or_else(|| number.to_string(), |x| x.to_string()),
        Value::Array(items) => format!("[{}]", list(items)),
        Value::Object(entries) => {
            let inner: Vec<String> =
                entries.iter().map(|(key, value)| format!("{key}: {}", written(value, words))).collect();
            match entries.iter().next() {
                None => "{}".into(),
                Some((variant, Value::Object(_))) if entries.len() == 1 && variant.starts_with(char::is_uppercase) => {
                    format!("{variant}{}", written(&entries[variant], words))
                }
                Some((variant, payload)) if entries.len() == 1 && variant.starts_with(char::is_uppercase) => {
                    format!("{variant}({})", written(payload, words))
                }
                _ => format!("({})", inner.join(", ")),
            }
        }
        Value::Bool(b) => b.to_string(),
    }
}

/// The rows as aligned columns, the meaning wrapped so that no line is longer than `width` where that can be.
pub fn table(rows: &[&Field], width: usize) -> String {
    let cells = |row: &Field| {
        let range = if row.drawable { format!("{}, or drawn", row.range) } else { row.range.clone() };
        let default = row.default.clone().unwrap_or_else(|| "needed".into());
        [row.path.clone(), row.unit.clone(), shorter(&range), shorter(&default)]
    };
    if width < NARROW {
        return rows.iter().map(|row| stacked(row, width)).collect();
    }
    let all: Vec<[String; 4]> = rows.iter().map(|row| cells(row)).collect();
    let heads = ["path", "unit", "range", "default"].map(str::to_owned);
    let mut widths = [0; 4];
    for cells in all.iter().chain([&heads]) {
        for (width, cell) in widths.iter_mut().zip(cells) {
            *width = (*width).max(wording::width(cell));
        }
    }
    let left: usize = widths.iter().map(|width| width + 2).sum();
    let beside = width.saturating_sub(left) >= 24; // else the meaning goes on lines of its own
    let (indent, room) = if beside { (left, width - left) } else { (4, width.saturating_sub(4).max(20)) };
    let mut out = String::new();
    let mut line = |cells: &[String; 4], meaning: &str| {
        let mut text = String::new();
        for (cell, width) in cells.iter().zip(widths) {
            text += &format!("{cell}{:gap$}", "", gap = width + 2 - wording::width(cell));
        }
        let wrapped = wrap(meaning, room);
        let mut parts = wrapped.iter();
        if beside {
            text += parts.next().map_or("", String::as_str);
        }
        out.push_str(text.trim_end());
        out.push('\n');
        for part in parts {
            out.push_str(&format!("{:indent$}{part}\n", ""));
        }
    };
    line(&heads, "meaning");
    for (cells, row) in all.iter().zip(rows) {
        line(cells, &row.meaning);
    }
    out
}

/// Below so many columns a table has no room beside the paths.
const NARROW: usize = 100;

/// A row on lines of its own: the path, what it takes, what it means.
fn stacked(row: &Field, width: usize) -> String {
    let drawn = if row.drawable { "or drawn" } else { "" };
    let default = row.default.as_ref().map_or("needed".to_owned(), |text| format!("default {text}"));
    let default = if row.default.as_ref().is_some_and(String::is_empty) { "" } else { &default };
    let takes = [&row.unit, &row.range, drawn, default].into_iter().filter(|part| !part.is_empty());
    let takes = takes.collect::<Vec<_>>().join(", ");
    let under = [takes, row.meaning.clone()].into_iter().flat_map(|text| wrap(&text, width.saturating_sub(4).max(20)));
    under.fold(format!("{}\n", row.path), |out, line| out + &format!("    {line}\n"))
}

fn shorter(cell: &str) -> String {
    if wording::width(cell) <= 40 { cell.to_owned() } else { cell.chars().take(38).chain("..".chars()).collect() }
}

fn wrap(text: &str, room: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if wording::width(line) + 1 + wording::width(word) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    fn row(path: &str) -> Field {
        let rows = fields::<Sample>();
        rows.iter().find(|row| row.path == path).cloned().unwrap_or_else(|| {
            panic!("{path} among\n{}", rows.iter().map(|row| row.path.as_str()).collect::<Vec<_>>().join("\n"))
        })
    }

    #[test]
    fn a_field_tells_all_of_itself() {
        let expected = Field {
            path: "prize.at_talks".into(),
            unit: "share".into(),
            range: "0 to 1".into(),
            default: Some("0.2".into()),
            meaning: "Part of it that talks earn.".into(),
            drawable: true,
        };
        assert_eq!(row("prize.at_talks"), expected);
        assert_eq!(row("clock.rounds").default, None);
        assert_eq!(row("title").unit, "text");
        assert_eq!((row("clock.end").unit, row("clock.end").range), ("choice".into(), "Censored | Final".into()));
        assert_eq!(
            row("clock.end").meaning,
            "What the last round means. Censored: Life goes on unseen. Final: Nothing comes after."
        );
        assert_eq!(row("prize").default.as_deref(), Some("(at_talks: 0.2, summit: 14)"));
    }

    #[test]
    fn maps_lists_choices_and_pairs_have_their_steps() {
        assert_eq!(row("parties.NAME.goal.prestige").unit, "weight");
        assert!(row("parties.NAME.goal.date").drawable);
        assert_eq!((row("calendar").unit, row("calendar").range), ("list".into(), "Talks | Summit".into()));
        assert_eq!(row("calendar.Summit").meaning, "Leaders meet.");
        assert_eq!(row("calendar.Summit.bar").default.as_deref(), Some("none"));
        assert_eq!(row("levers.NAME.effects.NAME.Prosperity.0").unit, "points");
        assert_eq!(row("levers.NAME.effects.NAME.Prosperity.1").range, "Lin | Hump");
        assert_eq!(row("parties.NAME.strategy.offer.Time.opening").default.as_deref(), Some("0"));
        assert_eq!(row("off").unit, "list of texts");
    }

    #[test]
    fn a_type_that_holds_itself_ends() {
        let rows = fields::<Sample>();
        assert_eq!(row("parties.NAME.strategy.offer.Blend.N.tactic").range, "Time | Reciprocate | Blend");
        assert!(rows.iter().all(|row| row.path.matches("Blend").count() < 2));
        assert!(rows.len() < 60, "{}", rows.len());
    }

    #[test]
    fn concrete_names_find_their_fields() {
        let rows = fields::<Sample>();
        let paths = |path: &str| {
            under(&rows, path).map(|rows| rows.into_iter().map(|row| row.path.clone()).collect::<Vec<_>>())
        };
        let goal =
            ["parties.NAME.goal", "parties.NAME.goal.date", "parties.NAME.goal.like", "parties.NAME.goal.prestige"];
        assert_eq!(paths("parties.us.goal"), Ok(goal.map(str::to_owned).to_vec()));
        assert_eq!(paths("").map(|rows| rows.len()), Ok(rows.len()));
        assert_eq!(
            paths("parties.us.gaol"),
            Err(Error::of(
                Code::PathToNothing,
                "`parties.us.gaol` names no field: there is no `gaol`; did you mean `goal`?"
            ))
        );
        assert_eq!(paths("parties.us.strategy.offer.Blend.0.weight").map(|rows| rows.len()), Ok(1));
    }

    #[test]
    fn the_table_keeps_to_its_width() {
        let rows = fields::<Sample>();
        let some = under(&rows, "prize").expect("prize");
        let wide = table(&some, 110);
        assert!(wide.starts_with("path"), "{wide}");
        assert!(wide.contains("prize.at_talks  share   0 to 1, or drawn  0.2"), "{wide}");
        let narrow = table(&under(&rows, "clock").expect("clock"), 40);
        assert!(narrow.contains("\n    How many rounds a game has."), "{narrow}");
        assert!(narrow.lines().all(|line| line.chars().count() <= 40), "{narrow}");
        assert!(wide.lines().all(|line| line.chars().count() <= 110));
    }
}
