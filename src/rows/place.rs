//! Where rows go: one file, or a folder of files, with a data dictionary beside each.

use super::columns::Field;
use super::file::{Ordered, Written};
use super::forms::csv::{Csv, lines, plain};
use super::forms::ndjson::Ndjson;
use super::forms::parquet::Parquet;
use super::{ROUNDS, ROWS};
use crate::disk;
use crate::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The scheme of files of rows.
pub const SCHEME: &str = "summitry.rows/1";

/// A form by the ending of a file's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    Parquet,
    Csv,
    Ndjson,
}

const ENDINGS: [(&str, Ending); 4] =
    [("parquet", Ending::Parquet), ("csv", Ending::Csv), ("ndjson", Ending::Ndjson), ("jsonl", Ending::Ndjson)];

/// Where rows are to go.
#[derive(Debug, Clone)]
pub struct Place {
    /// The file of the rows of games.
    games: PathBuf,
    /// A file beside it, of another table.
    form: Ending,
    folder: Option<PathBuf>,
    /// Comma-separated values begin with the mark of UTF-8.
    marked: bool,
    /// It is one of several files of the same columns, which have a dictionary together.
    shared: bool,
}

/// What is said of all rows of a file.
pub type Said = Vec<(String, String)>;

impl Place {
    /// A file ending in `.parquet`, `.csv`, `.ndjson` or `.jsonl`; a name without an ending is a folder of Parquet files, and
    /// so is that of a folder which is there.
    pub fn of(name: &str, marked: bool) -> Result<Place, Error> {
        let path = Path::new(name);
        if name.is_empty() || name == "-" {
            return Err(Error::argument("rows go into a file or a folder with a name, such as games.parquet"));
        }
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let form = ENDINGS.iter().find(|(known, _)| ending.eq_ignore_ascii_case(known)).map(|(_, form)| *form);
        if marked && form != Some(Ending::Csv) {
            let text = "a byte order mark is for comma-separated values: end the name of the rows in .csv";
            return Err(Error::argument(text));
        }
        if form.is_none() && !ending.is_empty() && !disk::is_folder(name) {
            let text =
                format!("`{name}`: a file of rows ends in .parquet, .csv, .ndjson or .jsonl, a folder in nothing");
            return Err(Error::argument(text));
        }
        Ok(match form {
            Some(form) => Place { games: path.to_owned(), form, folder: None, marked, shared: false },
            None => Place {
                games: path.join("games.parquet"),
                form: Ending::Parquet,
                folder: Some(path.to_owned()),
                marked,
                shared: false,
            },
        })
    }

    /// One of several files of the same columns, which have a dictionary together.
    pub fn one_of(name: &str) -> Result<Place, Error> {
        Ok(Place { shared: true, ..Place::of(name, false)? })
    }

    /// The file of rows by round; of one of several files, another that begins so.
    fn rounds(&self) -> PathBuf {
        let name = self.games.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        match (&self.folder, name.strip_prefix(ROWS)) {
            (Some(folder), _) => folder.join("rounds.parquet"),
            (None, Some(rest)) if self.shared => self.games.with_file_name(format!("{ROUNDS}{rest}")),
            (None, _) => {
                beside(&self.games, "rounds", self.games.extension().and_then(|e| e.to_str()).unwrap_or_default())
            }
        }
    }

    /// Sees that all files can be written anew, and makes the folder.
    pub fn room(&self, rounds: bool) -> Result<(), Error> {
        if let Some(folder) = &self.folder {
            let name = folder.to_string_lossy();
            if disk::is_there(&name) && !disk::is_folder(&name) {
                let text = format!(
                    "`{name}` is a file: rows go into a folder, or into a file that ends in .parquet, .csv or .ndjson"
                );
                return Err(Error::file(text));
            }
            disk::make_folder(&name)?;
        }
        let tables = [Some(self.games.clone()), rounds.then(|| self.rounds())];
        for table in tables.into_iter().flatten() {
            disk::room_for(&table.to_string_lossy())?;
            disk::room_for(&dictionary(&table).to_string_lossy())?;
        }
        Ok(())
    }

    /// Opens the file of the rows of games.
    pub fn games(&self, fields: &[Arc<Field>], said: &Said, first: u64) -> Result<Table, Error> {
        self.open(self.games.clone(), fields, said, first)
    }

    /// Opens the file of rows by round.
    pub fn by_round(&self, fields: &[Arc<Field>], said: &Said, first: u64) -> Result<Table, Error> {
        self.open(self.rounds(), fields, said, first)
    }

    fn open(&self, path: PathBuf, fields: &[Arc<Field>], said: &Said, first: u64) -> Result<Table, Error> {
        let name = path.to_string_lossy().into_owned();
        let rows: Box<dyn Written> = match self.form {
            Ending::Parquet => {
                let mut said = said.clone();
                said.push(("summitry.columns".into(), described(fields)?));
                Box::new(Ordered::new(Parquet::new(fields, &said)?, &name, first)?)
            }
            Ending::Csv => Box::new(Ordered::new(Csv { fields: fields.to_vec(), marked: self.marked }, &name, first)?),
            Ending::Ndjson => Box::new(Ordered::new(Ndjson, &name, first)?),
        };
        let beside = if self.shared { dictionary_of_all(&path) } else { dictionary(&path) };
        Ok(Table { rows, name, dictionary: (beside, dictionary_of(fields, said)?), shared: self.shared })
    }

    /// The folder that its files are written to.
    pub fn folder(&self) -> String {
        let folder = self.folder.as_deref().or(self.games.parent()).filter(|folder| !folder.as_os_str().is_empty());
        folder.unwrap_or(Path::new(".")).to_string_lossy().into_owned()
    }

    /// Bytes of a row, about, by what its columns hold.
    pub fn bytes(&self, fields: &[Arc<Field>]) -> u64 {
        let of = |field: &Arc<Field>| -> f64 {
            let cell = super::place::cell(field);
            match self.form {
                Ending::Parquet => cell[0],
                Ending::Csv => cell[1],
                Ending::Ndjson => cell[1] + field.name.len() as f64 + 4.0,
            }
        };
        fields.iter().map(of).sum::<f64>().ceil() as u64
    }
}

/// Bytes of a cell, about: as Parquet, and as text with what parts it from the next.
fn cell(field: &Field) -> [f64; 2] {
    use super::columns::Type;
    match field.holds {
        Type::Flag => [0.2, 6.0],
        Type::Whole => [1.0, 2.5],
        Type::Number => [6.0, 18.0],
        Type::Date => [1.0, 11.0],
        Type::Name(_) => [0.3, 12.0],
        Type::Digest => [8.0, 20.0],
    }
}

/// A file of rows and its dictionary.
pub struct Table {
    rows: Box<dyn Written>,
    /// Its name.
    pub name: String,
    dictionary: (PathBuf, String),
    shared: bool,
}

impl Table {
    /// Where rows go.
    pub fn sink(&self) -> &dyn super::groups::Sink {
        &*self.rows
    }

    /// Puts both files in their places.
    pub fn placed(self) -> Result<(), Error> {
        let (path, text) = self.dictionary;
        let path = path.to_string_lossy();
        let placed = self.rows.placed();
        if self.shared {
            // another that played the same games wrote the same bytes
            placed.or_else(|error| if disk::is_there(&self.name) { Ok(()) } else { Err(error) })?;
            return disk::replace(&path, &text);
        }
        placed?;
        disk::write_new(&path, &text)
    }
}

fn beside(path: &Path, what: &str, ending: &str) -> PathBuf {
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or("rows");
    path.with_file_name(format!("{stem}.{what}.{ending}"))
}

fn dictionary(path: &Path) -> PathBuf {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("rows");
    path.with_file_name(format!("{name}.dictionary.csv"))
}

/// The dictionary of several files of the same columns: `rows.dictionary.csv` beside `rows-000017.parquet`.
fn dictionary_of_all(path: &Path) -> PathBuf {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("rows");
    path.with_file_name(format!("{}.dictionary.csv", name.split('-').next().unwrap_or(name)))
}

/// Where the dictionary of a file of rows may stand: beside it, or the one of all parts.
#[cfg(feature = "cli")]
pub fn dictionaries(name: &str) -> Vec<String> {
    let path = Path::new(name);
    let is_part = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(ROWS));
    let all = [Some(dictionary(path)), is_part.then(|| dictionary_of_all(path))];
    all.into_iter().flatten().map(|path| path.to_string_lossy().into_owned()).collect()
}

/// What a dictionary says of all rows in its first line: what is the same of every part of them.
const SAID: [&str; 4] = ["summitry.schema", "summitry.scenario_hash", "summitry.model", "summitry.seed"];

/// What is said of all rows, in the first line of a dictionary.
fn said_first(said: &Said) -> String {
    let some = SAID.iter().filter_map(|key| said.iter().find(|(known, _)| known == key));
    format!("# {}\n", some.map(|(key, text)| format!("{key}={text}")).collect::<Vec<_>>().join("; "))
}

/// The same, read from a dictionary; nothing where it does not say it.
#[cfg(feature = "cli")]
pub fn said_in(dictionary: &str) -> Said {
    let first = dictionary.lines().next().and_then(|line| line.strip_prefix("# ")).unwrap_or_default();
    first.split("; ").filter_map(|pair| pair.split_once('=')).map(|(key, text)| (key.into(), text.into())).collect()
}

fn dictionary_of(fields: &[Arc<Field>], said: &Said) -> Result<String, Error> {
    let head = ["column", "type", "unit", "meaning", "games"].map(str::to_owned);
    let line = |field: &Arc<Field>| {
        let games = field.games.as_deref().unwrap_or("all");
        [&field.name, field.holds.called(), &field.unit, &field.about, games].map(plain)
    };
    let bytes = lines(std::iter::once(head).chain(fields.iter().map(line)))?;
    Ok(said_first(said) + &String::from_utf8(bytes).map_err(Error::ours)?)
}

/// The same for a program.
fn described(fields: &[Arc<Field>]) -> Result<String, Error> {
    let line = |field: &Arc<Field>| {
        serde_json::json!({
            "name": field.name, "type": field.holds.called(), "unit": field.unit, "meaning": field.about,
            "games": field.games.as_deref().unwrap_or("all"),
        })
    };
    serde_json::to_string(&fields.iter().map(line).collect::<Vec<_>>()).map_err(Error::ours)
}

#[cfg(all(test, feature = "cli"))]
mod tests {
    use super::*;

    #[test]
    fn what_a_dictionary_says_of_all_rows_is_read_again() {
        let said: Said = [("summitry.schema", SCHEME), ("summitry.seed", "7"), ("summitry.games", "30")]
            .map(|(key, text)| (key.into(), text.into()))
            .to_vec();
        let text = dictionary_of(&[], &said).expect("written");
        assert_eq!(said_in(&text), said[..2], "{text}");
        assert_eq!(said_in("column,type\n"), []);
        assert_eq!(
            dictionaries("run/rows-000003.csv"),
            ["run/rows-000003.csv.dictionary.csv", "run/rows.dictionary.csv"]
        );
        assert_eq!(dictionaries("my-rows.csv"), ["my-rows.csv.dictionary.csv"]);
    }
}
