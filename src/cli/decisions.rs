//! Files that keep decisions, of three kinds: one game played at a terminal, many games that programs played, and the log
//! of a table. Each is played by another command; who brings the wrong one is told which.

use std::io::ErrorKind;

use serde::Deserialize;

use super::failure::Failure;
use crate::game::log;

/// One game, kept by `play`.
pub const GAME: &str = "summitry.orders/1";
/// Many games, kept by `batch --record`.
pub const GAMES: &str = "summitry.orders/2";

#[derive(Deserialize)]
struct Says {
    schema: String,
}

/// The text of a file that keeps decisions, of whatever length.
pub fn open(path: &str) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|e| {
        Failure::Wrong(match e.kind() {
            ErrorKind::NotFound => format!("error: there is no file `{path}`"),
            ErrorKind::IsADirectory => format!("error: `{path}` is a folder: name a file in it"),
            ErrorKind::InvalidData => format!("error: `{path}` is not text, and no file of decisions"),
            _ => format!("error: `{path}` cannot be read: {e}"),
        })
    })
}

/// What a text is and which command plays it, where it keeps decisions of another kind than is wanted.
pub fn of_another_kind(text: &str, wanted: &str) -> Option<String> {
    let first = serde_json::Deserializer::from_str(text).into_iter::<Says>().next()?;
    let schema = first.ok()?.schema;
    let (what, command) = match schema.as_str() {
        _ if schema == wanted => return None,
        GAME => ("one game that was played at a terminal", "summitry play SCENARIO --as PARTY --orders FILE"),
        GAMES => ("many games that programs played", "summitry batch SCENARIO --orders FILE"),
        log::SCHEMA => ("the log of a table", "summitry run SCENARIO --orders FILE"),
        _ => return None,
    };
    Some(format!("it holds {what}; that is played by: {command}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_names_the_command_that_plays_it() {
        let of = |schema: &str| format!("{{\"schema\": \"{schema}\", \"more\": []}}\n{{}}");
        for (schema, command) in [(GAME, "summitry play"), (GAMES, "summitry batch"), (log::SCHEMA, "summitry run")] {
            assert_eq!(of_another_kind(&of(schema), schema), None);
            let told = of_another_kind(&of(schema), "another").expect("it is of another kind");
            assert!(told.contains(command), "{told}");
        }
        assert!(["", "(", "{}", "[1]", &of("x")].iter().all(|text| of_another_kind(text, GAME).is_none()));
    }
}
