//! Rows of games that a file holds, read by the ending of its name; in each form the same games are the same columns.

mod csv;
mod ndjson;
mod parquet;

use super::common::SeedArgs;
use super::failure::Failure;
use crate::disk;
use crate::disk::Wanted;
use crate::error::Error;
use crate::rows::place::{Said, dictionaries, said_in};
use crate::studies::columns::{Column, Columns};

/// What a reader makes of a file's bytes, of the columns whose names are asked for.
type Reader = fn(&str, Vec<u8>, Asked) -> Result<Columns, Error>;

/// Whether the column of a name is to be read.
pub type Asked<'a> = &'a dyn Fn(&str) -> bool;

/// The kinds of file that hold rows, by the ending of their names.
const READERS: &[(&str, Reader)] =
    &[("parquet", parquet::read), ("csv", csv::read), ("ndjson", ndjson::read), ("jsonl", ndjson::read)];

/// Rows of games.
const ROWS: Wanted = Wanted { what: "a file of rows", most: 1 << 32, decides: true };

/// The column that numbers the games.
const GAME: &str = "game";

/// Whether a name is that of a file of rows.
pub fn is_rows(name: &str) -> bool {
    reader(name).is_some()
}

/// That a file of rows is no document, and what is asked of one.
pub fn no_document(name: &str) -> Failure {
    let quoted = crate::command_line::quoted(name);
    Failure::wrong(format!(
        "`{name}` is a file of rows, and a document is needed: `--format json` prints one\n  what rows are asked: \
         `summitry discover {quoted} --where deal`, `summitry sensitivity SCENARIO --rows {quoted}`"
    ))
}

fn reader(name: &str) -> Option<Reader> {
    let (_, ending) = name.rsplit_once('.')?;
    READERS.iter().find(|(known, _)| ending.eq_ignore_ascii_case(known)).map(|(_, reader)| *reader)
}

/// The columns of numbers that a file of rows has, of those asked for: yes is 1 and no is 0, and a row without a value
/// has no case. A column of anything else is known by its name alone.
pub fn columns(name: &str, asked: Asked) -> Result<Columns, Failure> {
    let Some(read) = reader(name) else {
        let known = READERS.iter().map(|(ending, _)| format!(".{ending}")).collect::<Vec<_>>().join(", ");
        return Err(Failure::wrong(format!("`{name}` is no file of rows: those end in {known}")));
    };
    let bytes = disk::bytes(name, ROWS).map_err(|error| match disk::is_there(name) {
        true => error,
        false => error.or_say("\n  rows of games are written by `summitry batch SCENARIO --rows FILE`"),
    });
    let mut columns = read(name, bytes?, &|column| column == GAME || asked(column))?;
    if columns.of.is_none() {
        columns.of = beside(name)?;
    }
    once(name, &columns.games)?;
    Ok(columns)
}

/// Whose games they are, by what the data dictionary beside a file of text says: its scenario's hash, and the seed.
fn beside(name: &str) -> Result<Option<(String, u64)>, Failure> {
    const DICTIONARY: Wanted = Wanted { what: "a data dictionary", most: 1 << 24, decides: false };
    let Some(dictionary) = dictionaries(name).into_iter().find(|file| disk::is_there(file)) else { return Ok(None) };
    Ok(of(&said_in(&disk::text(&dictionary, DICTIONARY)?)))
}

/// The hash and the seed, of what is said of rows.
fn of(said: &Said) -> Option<(String, u64)> {
    let find = |key: &str| said.iter().find(|(known, _)| known == key).map(|(_, text)| text);
    Some((find("summitry.scenario_hash")?.clone(), find("summitry.seed")?.parse().ok()?))
}

/// Refuses rows in which a game stands twice: what is found would be of several things at once.
fn once(name: &str, games: &[u64]) -> Result<(), Failure> {
    let mut sorted = games.to_vec();
    sorted.sort_unstable();
    let Some(twice) = sorted.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0]) else { return Ok(()) };
    Err(Failure::wrong(format!(
        "`{name}` holds game {twice} more than once: of several scenarios, points, pairs or seeds, which are not to be mixed\n  \
         ask one of them; in DuckDB: copy (select * from '{name}' where scenario = '..') to 'one.parquet' (compression zstd)"
    )))
}

/// The seed by which rows were played, where that is known; another one that was typed is refused.
pub fn seed(name: &str, of: &Option<(String, u64)>, typed: SeedArgs) -> Result<Option<u64>, Failure> {
    let Some((_, played)) = of else { return Ok(None) };
    match typed.seed.filter(|seed| seed != played) {
        Some(seed) => Err(Failure::wrong(format!(
            "`{name}` was played by seed {played}, and --seed {seed} changes nothing here\n  leave it out"
        ))),
        None => Ok(Some(*played)),
    }
}

/// Columns as a reader fills them: a lane, or none where a column holds other things than numbers or is not asked for.
struct Lanes {
    names: Vec<String>,
    lanes: Vec<Option<Vec<f64>>>,
    rows: usize,
}

impl Lanes {
    /// Columns of these names, without rows.
    fn new(names: Vec<String>, asked: Asked) -> Lanes {
        let lanes = names.iter().map(|name| asked(name).then(Vec::new)).collect();
        Lanes { names, lanes, rows: 0 }
    }

    /// Adds the next cell of a column; one that is no number ends it.
    fn add(&mut self, column: usize, cell: impl FnOnce() -> Option<f64>) {
        if let Some(lane) = &mut self.lanes[column] {
            match cell() {
                Some(x) => lane.push(x),
                None => self.lanes[column] = None,
            }
        }
    }

    /// All of it; a file without rows is refused.
    fn done(self, file: &str) -> Result<Columns, Error> {
        if self.rows == 0 {
            return Err(Error::file(format!("`{file}` holds no rows")));
        }
        let mut out = Columns { games: (0..self.rows as u64).collect(), ..Columns::default() };
        for (name, lane) in self.names.into_iter().zip(self.lanes) {
            match lane {
                Some(lane) if name == GAME => out.games = lane.iter().map(|x| *x as u64).collect(),
                Some(lane) => out.list.push(Column { name, lane }),
                None => out.others.push(name),
            }
        }
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_rows_is_known_by_its_ending() {
        assert!(is_rows("a/b.CSV") && is_rows("x.parquet") && is_rows("x.jsonl") && !is_rows("a.ron"));
        let none = Lanes::new(vec!["a".into()], &|_| true).done("x.csv");
        assert!(none.unwrap_err().to_string().contains("no rows"));
    }

    #[test]
    fn a_game_stands_once() {
        assert!(once("x.csv", &[3, 1, 2]).is_ok());
        let why = once("x.csv", &[3, 1, 2, 1]).expect_err("twice");
        assert!(matches!(why, Failure::Wrong(text) if text.contains("game 1 more than once")));
    }
}
