//! `fields`: what may stand in a scenario file, or in another that the program reads?

use serde_json::{Value, json};

use super::common::{Format, no_program, ready_any};
use super::failure::{Exit, Failure, columns};
use super::study::made;
#[cfg(feature = "classroom")]
use crate::classroom::lesson::Lesson;
use crate::notation::syntax::{BYTES_MAX, NESTING_MAX};
use crate::ready::Any;
use crate::report::document::Report;
use crate::report::sources;
use crate::report::text::wrapped;
use crate::scenario::bargaining::BargainingFile;
use crate::scenario::because::{numbers, of_a_preset};
use crate::scenario::fields::{Field, fields, named, of_scenarios, table, under};
use crate::scenario::load;
use crate::scenario::rules::Scenario;
use crate::scenario::strategy::StrategyFile;
use crate::studies::questions::Questions;
use crate::studies::signs;
use crate::studies::tune::fit::Moments;

/// How wide the table is where no terminal says (columns).
const WIDTH: usize = 120;

/// What may stand in a file of a kind.
type Rows = fn() -> Vec<Field>;

/// The other kinds of file, by the word that asks for them.
const KINDS: &[(&str, Rows)] = &[
    ("bargaining", fields::<BargainingFile>),
    ("strategy", strategy),
    #[cfg(feature = "classroom")]
    ("lesson", lesson),
    ("questions", fields::<Questions>),
    ("signs", signs::fields),
    ("moments", fields::<Moments>),
];

/// What may stand in a scenario file? Every field with unit, range, default and meaning
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only the fields under a path, such as parties.us.goal; or another kind of file and a path in it: bargaining,
    /// strategy, lesson, questions, signs, moments
    path: Option<String>,
    /// The fields of bargaining on its own, the other kind of scenario
    #[arg(long)]
    bargaining: bool,
    /// The numbers of this scenario instead, each with what its author says of where it is from
    #[arg(long, value_name = "SCENARIO", conflicts_with = "bargaining")]
    of: Option<String>,
    /// Text or JSON
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Lists them.
pub fn run(args: Args) -> Result<Exit, Failure> {
    let path = args.path.as_deref().unwrap_or_default();
    if let Some(scenario) = &args.of {
        return of_scenario(scenario, path, args.format);
    }
    let rows = asked(path, args.bargaining)?;
    let more = if path.is_empty() && !args.bargaining { limits() } else { String::new() };
    let page = table(&rows.iter().collect::<Vec<_>>(), columns().unwrap_or(WIDTH)) + &more;
    args.format.print(&made(Report::new(page, document(&rows))))?;
    Ok(0)
}

/// Where a scenario's numbers under a path come from.
fn of_scenario(scenario: &str, under: &str, format: Format) -> Result<Exit, Failure> {
    let (title, asks, loaded, story) = match ready_any(scenario, &[], &[])? {
        Any::World(ready) => {
            no_program(&ready.setup)?;
            let story = &ready.setup.scenario;
            (story.title.clone(), story.ask_first.clone(), ready.loaded, Some(ready.setup.scenario.clone()))
        }
        Any::Bargaining(ready) => (ready.scenario.title, vec![], ready.loaded, None),
    };
    let (mut told, mut note) = (numbers(&loaded, under), None);
    if told.is_empty() {
        let preset = story.as_ref().and_then(|story| of_a_preset(&loaded, story, under));
        let (why, of_it) = preset.ok_or_else(|| no_number(scenario, under))?;
        (note, told) = (Some(format!("`{under}` is not written: {why}.")), of_it);
    }
    let asks = if under.is_empty() { &asks[..] } else { &[] };
    let wide = columns().unwrap_or(80);
    let said = note.as_ref().map_or(String::new(), |note| wrapped("", note, wide) + "\n");
    let page = said + &sources::page(&title, &told, asks, wide);
    let mut document = sources::document(&title, &told, asks);
    if let Some(note) = note {
        document["note"] = json!(note);
    }
    format.print(&made(Report::new(page, document)))?;
    Ok(0)
}

/// That a path names no number of a scenario: a field left at its default, no field at all, or a part without numbers.
fn no_number(scenario: &str, path: &str) -> Failure {
    let known = of_scenarios();
    let field = match under(known, path) {
        Err(error) => return Failure::from(error),
        Ok(_) => named(known, path),
    };
    let default = field.and_then(|field| field.default.as_deref()).filter(|text| !text.is_empty() && *text != "none");
    Failure::wrong(match default {
        Some(default) => format!(
            "`{path}` is not written in {scenario}: it is at its default, {default}\n  `summitry fields {path}` says what \
             it is"
        ),
        None => format!("`{path}` names no number that {scenario} gives\n  leave it out to see all of them"),
    })
}

/// The rows that a path asks for, of the kind of file that its first step names.
fn asked(path: &str, bargaining: bool) -> Result<Vec<Field>, Failure> {
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    let some = |rows: &[Field], path: &str| Ok(under(rows, path)?.into_iter().cloned().collect::<Vec<_>>());
    match KINDS.iter().find(|(word, _)| *word == first) {
        Some((_, rows)) if rest.is_empty() && first != "bargaining" => Ok(rows()),
        Some((_, rows)) => {
            let rows = rows();
            some(&rows, path).or_else(|_: Failure| some(&rows, rest)) // a path in the file may begin with the same word
        }
        None if bargaining => some(&fields::<BargainingFile>(), path),
        None => {
            let mut rows = fields::<Scenario>();
            rows.extend(load::fields());
            some(&rows, path)
        }
    }
}

fn strategy() -> Vec<Field> {
    let mut rows = fields::<StrategyFile>();
    rows.extend(load::fields().into_iter().filter(|row| row.path.starts_with("tune")));
    rows
}

#[cfg(feature = "classroom")]
fn lesson() -> Vec<Field> {
    let mut rows = fields::<Lesson>();
    rows.retain(|row| row.path.split('.').next() != Some("set"));
    rows.extend(load::fields().into_iter().filter(|row| row.path.starts_with("set")));
    rows
}

/// What holds of every file, and where the other kinds are listed.
fn limits() -> String {
    let kinds = KINDS.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
    format!(
        "\nAny number of a scenario may be Unknown(..) of a distribution: then it is drawn once a world. A file has {} MiB at \
         most, and brackets {NESTING_MAX} deep. Other kinds of file: summitry fields KIND, \
         where KIND is one of {kinds}.\n",
        BYTES_MAX >> 20
    )
}

/// Every field as a document.
fn document(rows: &[Field]) -> Value {
    let one = |row: &Field| {
        json!({
            "path": row.path, "unit": row.unit, "range": row.range, "default": row.default,
            "meaning": row.meaning, "may_be_drawn": row.drawable,
        })
    };
    json!({"schema": "summitry.fields/1", "fields": rows.iter().map(one).collect::<Vec<_>>()})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_file_lists_its_fields() {
        for (word, _) in KINDS {
            let rows = asked(word, false).expect(word);
            assert!(rows.len() >= 3, "{word}: {rows:?}");
            assert!(rows.iter().all(|row| !row.meaning.is_empty() || row.default.as_deref() == Some("")), "{rows:#?}");
        }
        let first = |path: &str| asked(path, false).expect(path).swap_remove(0).path;
        assert_eq!(first("strategy.offer.Time"), "strategy.offer.Time");
        assert_eq!(first("questions.questions.0.weight"), "questions.N.weight");
        assert_eq!(first("lesson.classroom.tables"), "classroom.tables");
        for path in ["sweep", "tune", "extends", "set", "levers"] {
            assert_eq!(first(path), path);
        }
    }

    #[test]
    fn limits_are_said() {
        let range = |path: &str| asked(path, false).expect(path).swap_remove(0).range;
        assert_eq!(range("levers"), "32 of them at most");
        assert_eq!(range("talks.exchanges"), "1 to 64");
        assert_eq!(range("lesson.classroom.tables"), "1 to 12, 120 people in a class at most");
        assert!(range("sweep").contains("100 paths at most"), "{}", range("sweep"));
        assert!(limits().contains("1 MiB") && limits().contains("questions"));
    }
}
