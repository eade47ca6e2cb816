//! serde's complaints in words for people.

use std::fmt::Display;

use serde::de::{Error, Expected, Unexpected};

use super::near::{listed, nearest};
use super::tree::{Problem, shortened};

impl Error for Problem {
    fn custom<T: Display>(message: T) -> Self {
        let text = message.to_string();
        let help = advice(&text);
        Problem { text, at: None, help: help.map(str::to_owned) }
    }

    fn invalid_type(found: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        Problem::new(format!("{} is needed here, found {}", needed(&wanted.to_string()), in_words(found)))
    }

    fn invalid_value(found: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        Self::invalid_type(found, wanted)
    }

    fn invalid_length(length: usize, wanted: &dyn Expected) -> Self {
        Problem::new(format!("{} is needed here, found {}", needed(&wanted.to_string()), count(length, "value")))
    }

    fn unknown_variant(word: &str, known: &'static [&'static str]) -> Self {
        unknown("there is no choice", word, "the choices are", known)
    }

    fn unknown_field(word: &str, known: &'static [&'static str]) -> Self {
        unknown("there is no field", word, "the fields are", known)
    }

    fn missing_field(field: &'static str) -> Self {
        Problem::new(format!("{MISSING_BEFORE}{field}{MISSING_AFTER}"))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Problem::new(format!("`{field}` is given twice"))
    }
}

/// What to do about a quantity that its unit does not allow.
fn advice(text: &str) -> Option<&'static str> {
    if text.contains(" lies between ") {
        Some("write a number of this range; both its ends belong to it")
    } else if text.contains(" is a whole number, found ") {
        Some("write it without a fraction")
    } else {
        None
    }
}

const MISSING_BEFORE: &str = "the field `";
const MISSING_AFTER: &str = "` is missing here";

/// The field that a problem says is missing, if that is what it says.
pub(super) fn missing_field_of(problem: &Problem) -> Option<&str> {
    problem.text.strip_prefix(MISSING_BEFORE)?.strip_suffix(MISSING_AFTER)
}

/// A name that is not there: with the near one, or with all there are.
fn unknown(nothing: &str, word: &str, all: &str, known: &[&str]) -> Problem {
    let shown = shortened(word);
    match nearest(word, known.iter().copied()) {
        Some(near) => Problem::new(format!("{nothing} `{shown}` here; did you mean `{near}`?")),
        None if known.is_empty() => Problem::new(format!("{nothing} `{shown}` here; nothing may stand here")),
        None => {
            Problem::new(format!("{nothing} `{shown}` here")).help(format!("{all} {}", listed(known.iter().copied())))
        }
    }
}

/// What a type asks for, without the words of the programming language.
fn needed(wanted: &str) -> String {
    let values = wanted.rsplit_once(" with ").map(|(_, elements)| elements.replace("element", "value"));
    match wanted.split_whitespace().next() {
        Some("tuple") if values.is_some() => format!("a list of {}", values.unwrap_or_default()),
        Some("struct") => "a record `( .. )`".into(),
        Some("enum" | "variant") => "a name of a choice".into(),
        _ => match wanted {
            "f64" | "f32" => "a number".into(),
            "a string" | "string" => "a text".into(),
            "a boolean" => "`true` or `false`".into(),
            "a sequence" => "a list `[ .. ]`".into(),
            "unit" => "empty brackets `()`".into(),
            _ => wanted.to_owned(),
        },
    }
}

fn in_words(found: Unexpected<'_>) -> String {
    match found {
        Unexpected::Bool(b) => format!("`{b}`"),
        Unexpected::Unsigned(n) => n.to_string(),
        Unexpected::Signed(n) => n.to_string(),
        Unexpected::Float(x) => x.to_string(),
        Unexpected::Str(text) => format!("the text \"{}\"", shortened(text)),
        Unexpected::Unit => "empty brackets `()`".into(),
        Unexpected::Option => "`Some` or `None`".into(),
        Unexpected::Seq => "a list".into(),
        Unexpected::Map => "a record or a map".into(),
        Unexpected::Enum
        | Unexpected::UnitVariant
        | Unexpected::NewtypeVariant
        | Unexpected::TupleVariant
        | Unexpected::StructVariant => "a name of a choice".into(),
        other => other.to_string(),
    }
}

/// `1 value`, `2 values`.
pub(super) fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_names_suggest_or_list() {
        let near = Problem::unknown_field("patiense", &["patience", "date"]);
        assert_eq!(near.text, "there is no field `patiense` here; did you mean `patience`?");
        let far = Problem::unknown_variant("Zebra", &["Time", "Reciprocate"]);
        assert_eq!(far.text, "there is no choice `Zebra` here");
        assert_eq!(far.help.as_deref(), Some("the choices are `Time`, `Reciprocate`"));
    }

    #[test]
    fn types_lose_their_programmers_names() {
        assert_eq!(needed("struct Clock"), "a record `( .. )`");
        assert_eq!(needed("tuple variant Effect::Prosperity with 2 elements"), "a list of 2 values");
        assert_eq!(needed("a number, Uniform(..) or Normal(..)"), "a number, Uniform(..) or Normal(..)");
        let wrong = Problem::invalid_type(Unexpected::Str("x"), &"f64");
        assert_eq!(wrong.text, "a number is needed here, found the text \"x\"");
    }

    #[test]
    fn a_missing_field_is_known_by_its_text() {
        let problem = Problem::missing_field("clock");
        assert_eq!(problem.text, "the field `clock` is missing here");
        assert_eq!(missing_field_of(&problem), Some("clock"));
        assert_eq!(missing_field_of(&Problem::new("other")), None);
    }
}
