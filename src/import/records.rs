//! Records of YAML and JSON: their kinds, names and numbers, and that nothing in them goes unread.

use serde_norway::{Mapping, Value};

use crate::error::Error;
use crate::notation::Code;
use crate::notation::near::did_you_mean;
use crate::notation::wording;

/// What cannot be read.
pub(super) fn wrong(text: impl Into<String>) -> Error {
    Error::of(Code::Unreadable, text)
}

/// The last name of a record's `type`.
pub(super) fn kind(map: &Mapping) -> &str {
    map.get("type").and_then(Value::as_str).map_or("", |kind| kind.rsplit('.').next().unwrap_or(kind))
}

/// A text, or what stands where a text would.
pub(super) fn text_of(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(yes.to_string()),
        _ => None,
    }
}

/// A finite number; none where there is null.
pub(super) fn number_of(value: &Value, what: impl Fn() -> String) -> Result<Option<f64>, Error> {
    match (value, value.as_f64().filter(|x| x.is_finite())) {
        (Value::Null, _) => Ok(None),
        (_, Some(x)) => Ok(Some(x)),
        _ => Err(wrong(format!("{} is not a number", what()))),
    }
}

/// How many values a list has, in words.
pub(super) fn count(values: &[Value]) -> String {
    wording::count(values.len(), "value")
}

/// Refuses a record that says what is not read; what is null says nothing.
pub(super) fn known(map: &Mapping, fields: &[&str], whose: &str) -> Result<(), Error> {
    for (key, value) in map {
        let key = text_of(Some(key)).unwrap_or_default();
        if !fields.contains(&key.as_str()) && !value.is_null() {
            let near = did_you_mean(&key, fields.iter().copied());
            return Err(wrong(format!("`{key}` of {whose} is not known here{near}")));
        }
    }
    Ok(())
}
