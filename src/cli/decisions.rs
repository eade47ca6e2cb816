//! Files that keep decisions, of three kinds: one game played at a terminal, many games that programs played, and the log
//! of a table. Each is played by another command; who brings the wrong one is told which.

use serde::Deserialize;

use super::failure::Failure;
use crate::disk;
use crate::game::log;
use crate::model::MODEL;
use crate::scenario::canonical;

/// One game, kept by `play`.
pub const GAME: &str = "summitry.orders/1";
/// Many games, kept by `batch --record`.
pub const GAMES: &str = "summitry.orders/2";

#[derive(Deserialize)]
struct Says {
    schema: String,
}

/// The text of a file that keeps decisions.
pub fn open(path: &str) -> Result<String, Failure> {
    Ok(disk::text(path, disk::DECISIONS)?)
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

/// Why decisions cannot be played again here, where another model of the program played them: to the same decisions it
/// would give other games.
pub fn of_another_model(model: Option<u32>, scenario_hash: &str) -> Option<String> {
    let old = !scenario_hash.starts_with(&format!("{}:", canonical::SCHEME));
    match model {
        Some(model) if model != MODEL => {
            Some(format!("it is of model {model} of the program, and this is model {MODEL}: games would be others"))
        }
        None if old => Some("summitry 0.1.0 wrote it, which names scenarios in another way: 0.1.0 plays it".into()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_model_is_told() {
        let here = "s2:0123456789abcdef";
        assert_eq!(of_another_model(Some(MODEL), here), None);
        let other = format!("of model {}", MODEL + 1);
        assert!(of_another_model(Some(MODEL + 1), here).is_some_and(|why| why.contains(&other)));
        assert!(of_another_model(None, "0123456789abcdef").is_some_and(|why| why.contains("0.1.0 plays it")));
    }

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
