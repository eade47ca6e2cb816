//! serde's complaints in words for people.

use std::fmt::Display;

use serde::de::{Error, Expected, Unexpected};
use unicode_width::UnicodeWidthStr;

use super::code::Code;
use super::near::{listed, nearest};
use super::problem::Problem;
use super::refusal;
use super::tree::shortened;

impl Error for Problem {
    fn custom<T: Display>(message: T) -> Self {
        let written = format!("{message:#}");
        let (code, text, help) = refusal::parts(&written);
        Problem { help: help.map(str::to_owned), ..Problem::new(code, text) }
    }

    fn invalid_type(found: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        Problem::new(
            Code::WrongType,
            format!("{} is needed here, found {}", needed(&wanted.to_string()), in_words(found)),
        )
    }

    fn invalid_value(found: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        Self::invalid_type(found, wanted)
    }

    fn invalid_length(length: usize, wanted: &dyn Expected) -> Self {
        Problem::new(
            Code::WrongLength,
            format!("{} is needed here, found {}", needed(&wanted.to_string()), count(length, "value")),
        )
    }

    fn unknown_variant(word: &str, known: &'static [&'static str]) -> Self {
        unknown(Code::UnknownChoice, "there is no choice", word, "the choices are", known)
    }

    fn unknown_field(word: &str, known: &'static [&'static str]) -> Self {
        unknown(Code::UnknownField, "there is no field", word, "the fields are", known)
    }

    fn missing_field(field: &'static str) -> Self {
        Problem::new(Code::MissingField, format!("the field `{field}` is missing here")).about(field, None)
    }

    fn duplicate_field(field: &'static str) -> Self {
        Problem::new(Code::Twice, format!("`{field}` is given twice")).about(field, None)
    }
}

/// A name that is not there: with the near one, or with all there are.
fn unknown(code: Code, nothing: &str, word: &str, all: &str, known: &[&str]) -> Problem {
    let shown = shortened(word);
    let near = nearest(word, known.iter().copied());
    let problem = |text| Problem::new(code, text).about(word, near);
    match near {
        Some(near) => problem(format!("{nothing} `{shown}` here; did you mean `{near}`?")),
        None if known.is_empty() => problem(format!("{nothing} `{shown}` here; nothing may stand here")),
        None => problem(format!("{nothing} `{shown}` here")).help(format!("{all} {}", listed(known.iter().copied()))),
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

/// How many columns a text takes: two for most signs of Chinese, Japanese and Korean.
pub fn width(text: &str) -> usize {
    text.width()
}

/// `1 value`, `2 values`.
pub fn count(number: usize, noun: &str) -> String {
    format!("{number} {}", plural(number as u64, noun))
}

/// What so many of a thing are called: `game` of 1, `games` of 2 and of none.
pub fn plural(number: u64, noun: &str) -> String {
    const OTHERS: [(&str, &str); 3] = [("person", "people"), ("was", "were"), ("feeds", "feed")];
    let other = OTHERS.iter().find(|(one, _)| *one == noun);
    let ies = noun.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']));
    match (number, other, ies) {
        (1, ..) => noun.to_owned(),
        (_, Some((_, many)), _) => (*many).to_owned(),
        (_, _, Some(stem)) => format!("{stem}ies"),
        _ => format!("{noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_one_and_others_are_many() {
        assert_eq!([count(0, "game"), count(1, "game"), count(2, "game")], ["0 games", "1 game", "2 games"]);
        assert_eq!([count(1, "strategy"), count(3, "strategy")], ["1 strategy", "3 strategies"]);
        assert_eq!([count(2, "person"), count(2, "delay")], ["2 people", "2 delays"]);
    }

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
    fn the_word_that_a_problem_is_about_is_kept_beside_its_text() {
        let problem = Problem::missing_field("clock");
        assert_eq!(problem.text, "the field `clock` is missing here");
        assert_eq!((problem.code, problem.word()), (Code::MissingField, Some("clock")));
        let near = Problem::unknown_field("patiense", &["patience", "date"]);
        assert_eq!((near.word(), near.meant()), (Some("patiense"), Some("patience")));
        assert_eq!(Problem::custom("whatever").code, Code::WrongValue);
    }
}
