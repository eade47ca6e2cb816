//! The log: an append-only table in one SQLite file for a session. What is not in it did not happen. Beside it stand
//! what played it, and each week as it was played (see [`super::kept`]).

use rusqlite::{Connection, OpenFlags, OptionalExtension, params};

use super::command::{Command, Entry, Who};
use super::kept::{self, Stood, Week};
use super::lesson::Ready;
use super::state::State;
use crate::error::Error;
use crate::model::MODEL;
use crate::notation::Code;

/// The log of a class.
pub struct Log {
    db: Connection,
    next: u64,
    /// How many weeks of each table are written down.
    kept: Vec<usize>,
}

/// What a class was opened with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// The number of the model that played it.
    pub model: u32,
    /// The version of the program that opened it.
    pub program: String,
    /// Names the scenario.
    pub scenario: String,
    /// Names the lesson's own words.
    pub lesson: String,
}

impl About {
    /// A class of this program.
    pub fn here(ready: &Ready) -> About {
        About {
            model: MODEL,
            program: env!("CARGO_PKG_VERSION").into(),
            scenario: ready.scenario_hash.clone(),
            lesson: ready.lesson_hash.clone(),
        }
    }

    /// Why the class cannot be played on here, if it is of another model; a class of another lesson, or of another
    /// scenario in the same model, is refused. Another model may have brought another version of the scenario along.
    pub fn fits(&self, here: &About) -> Result<Option<String>, Error> {
        let help = "use the files it was opened with, or name another file with --db";
        if self.model == here.model && self.scenario != here.scenario {
            let (theirs, ours) = (&self.scenario, &here.scenario);
            return Err(Error::unfit(format!(
                "this class was opened with another scenario, {theirs}; here it is {ours}: {help}"
            )));
        }
        if self.lesson != here.lesson {
            return Err(Error::unfit(format!(
                "this class was opened with another lesson, or with this one before it changed: {help}"
            )));
        }
        let (theirs, ours, version) = (self.model, here.model, &self.program);
        Ok((theirs != ours).then(|| {
            format!(
                "model {theirs} of the program played this class, and this is model {ours}, which would play it \
                 otherwise: it can be looked back on and exported, not played on; version {version} plays it"
            )
        }))
    }
}

/// The edition of the file: raised where its tables change.
const EDITION: i64 = 3;
/// What a file of the first edition is told by, and what to do with it.
const FIRST: &str = "this class's file is of the first edition, which kept no weeks: summitry 0.1.0 opens it; for a new \
                     class name another file with --db";

fn told(e: rusqlite::Error) -> Error {
    Error::file(format!("the class's file: {e}"))
}

/// Whether a database has a table.
fn there(db: &Connection, table: &str) -> Result<bool, Error> {
    db.query_row("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?1", [table], |_| Ok(()))
        .optional()
        .map(|found| found.is_some())
        .map_err(told)
}

/// Whether this program reads an edition of the file.
fn fits(edition: i64) -> Result<(), Error> {
    if edition <= EDITION {
        return Ok(());
    }
    Err(Error::of(
        Code::OtherKind,
        format!(
            "this class's file is of edition {edition}, and this program reads {EDITION}: take the program that wrote it"
        ),
    ))
}

impl Log {
    /// Opens the file of a class, or begins it.
    pub fn open(path: &str) -> Result<Log, Error> {
        Log::of(Connection::open(path).map_err(told)?)
    }

    /// Opens the file of a class to look back on; nothing is written.
    pub fn look(path: &str) -> Result<Log, Error> {
        let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(told)?;
        let edition: i64 = db.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(told)?;
        fits(edition)?;
        for table in ["log", "about", "weeks", "class"] {
            if !there(&db, table)? {
                let first = table == "about";
                let none = format!("`{path}` is no file of a class");
                return Err(if first { Error::of(Code::OtherKind, FIRST) } else { Error::file(none) });
            }
        }
        Ok(Log { db, next: 0, kept: vec![] })
    }

    /// A log that ends with the program.
    pub fn in_memory() -> Result<Log, Error> {
        Log::of(Connection::open_in_memory().map_err(told)?)
    }

    fn of(db: Connection) -> Result<Log, Error> {
        db.busy_timeout(std::time::Duration::from_secs(2)).map_err(told)?;
        if there(&db, "log")? && !there(&db, "about")? {
            return Err(Error::of(Code::OtherKind, FIRST));
        }
        let edition: i64 = db.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(told)?;
        fits(edition)?;
        let _: String = db.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0)).map_err(told)?;
        db.execute_batch(
            "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
             CREATE TABLE IF NOT EXISTS log (number INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL, command TEXT NOT NULL);
             CREATE TABLE IF NOT EXISTS beat (one INTEGER PRIMARY KEY CHECK (one = 1), at INTEGER NOT NULL);
             CREATE TABLE IF NOT EXISTS about (one INTEGER PRIMARY KEY CHECK (one = 1), model INTEGER NOT NULL, program TEXT NOT NULL, scenario TEXT NOT NULL, lesson TEXT NOT NULL);
             CREATE TABLE IF NOT EXISTS weeks (seats INTEGER NOT NULL, week INTEGER NOT NULL, played TEXT NOT NULL, PRIMARY KEY (seats, week));
             CREATE TABLE IF NOT EXISTS files (number INTEGER PRIMARY KEY, name TEXT NOT NULL, text TEXT NOT NULL);
             CREATE TABLE IF NOT EXISTS class (one INTEGER PRIMARY KEY CHECK (one = 1), number INTEGER NOT NULL, stood TEXT NOT NULL);",
        )
        .and_then(|()| db.pragma_update(None, "user_version", EDITION))
        .map_err(told)?;
        let next: i64 =
            db.query_row("SELECT coalesce(max(number), 0) + 1 FROM log", [], |row| row.get(0)).map_err(told)?;
        let next = next as u64;
        Ok(Log { db, next, kept: vec![] })
    }

    /// What the class was opened with; none of a new file.
    pub fn about(&self) -> Result<Option<About>, Error> {
        let row = |row: &rusqlite::Row| {
            let model = row.get::<_, i64>(0)?;
            Ok(About {
                model: model.clamp(0, i64::from(u32::MAX)) as u32,
                program: row.get(1)?,
                scenario: row.get(2)?,
                lesson: row.get(3)?,
            })
        };
        self.db.query_row("SELECT model, program, scenario, lesson FROM about", [], row).optional().map_err(told)
    }

    /// Writes down what a new class is opened with.
    pub fn begin(&self, about: &About) -> Result<(), Error> {
        let About { model, program, scenario, lesson } = about;
        self.db
            .execute(
                "INSERT INTO about VALUES (1, ?1, ?2, ?3, ?4)",
                params![i64::from(*model), program, scenario, lesson],
            )
            .map_err(told)
            .map(drop)
    }

    /// The files that the class was opened with, the lesson's first; none where an earlier edition kept none.
    pub fn files(&self) -> Result<Vec<(String, String)>, Error> {
        if !there(&self.db, "files")? {
            return Ok(vec![]);
        }
        let mut query = self.db.prepare("SELECT name, text FROM files ORDER BY number").map_err(told)?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).map_err(told)?;
        rows.collect::<Result<_, _>>().map_err(told)
    }

    /// Keeps the files that a class is opened with, once: it can be looked back on without them.
    pub fn file_away(&self, files: &[(String, String)]) -> Result<(), Error> {
        if !self.files()?.is_empty() {
            return Ok(());
        }
        let change = self.db.unchecked_transaction().map_err(told)?;
        for (name, text) in files {
            change.execute("INSERT INTO files (name, text) VALUES (?1, ?2)", params![name, text]).map_err(told)?;
        }
        change.commit().map_err(told)
    }

    /// Writes down the weeks that were played since, and the class as it stands after them; after an undo all anew.
    pub fn keep(&mut self, state: &State, anew: bool) -> Result<(), Error> {
        let played: Vec<usize> = state.tables.iter().map(|place| place.table.states.len()).collect();
        let before = if anew { vec![] } else { self.kept.clone() };
        if !anew && played.iter().enumerate().all(|(t, weeks)| before.get(t).copied().unwrap_or(0) == *weeks) {
            return Ok(());
        }
        let change = self.db.unchecked_transaction().map_err(told)?;
        if anew {
            change.execute_batch("DELETE FROM weeks; DELETE FROM class;").map_err(told)?;
        }
        for (t, place) in state.tables.iter().enumerate() {
            let from = before.get(t).copied().unwrap_or(0);
            for (i, week) in kept::weeks(&place.table, from).iter().enumerate() {
                let number = (from + i) as i64;
                change
                    .execute("INSERT OR REPLACE INTO weeks VALUES (?1, ?2, ?3)", params![t as i64, number, ron(week)?])
                    .map_err(told)?;
            }
        }
        let row = params![state.version as i64, ron(&kept::stood(state))?];
        change.execute("INSERT OR REPLACE INTO class VALUES (1, ?1, ?2)", row).map_err(told)?;
        change.commit().map_err(told)?;
        self.kept = played;
        Ok(())
    }

    /// The weeks of each of so many tables as they were played.
    pub fn weeks(&self, tables: usize) -> Result<Vec<Vec<Week>>, Error> {
        let mut query = self.db.prepare("SELECT seats, played FROM weeks ORDER BY seats, week").map_err(told)?;
        let rows = query.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))).map_err(told)?;
        let mut out = vec![vec![]; tables];
        for row in rows {
            let (table, text) = row.map_err(told)?;
            let weeks = usize::try_from(table).ok().and_then(|t| out.get_mut(t));
            weeks
                .ok_or_else(|| Error::file("the class's file: a week of a table that there is not"))?
                .push(of_ron(&text)?);
        }
        Ok(out)
    }

    /// The class as it stood when a week was last played, and after which command.
    pub fn stood(&self) -> Result<Option<(u64, Stood)>, Error> {
        let row = |row: &rusqlite::Row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?));
        let found = self.db.query_row("SELECT number, stood FROM class", [], row).optional().map_err(told)?;
        found.map(|(number, text)| Ok((number as u64, of_ron(&text)?))).transpose()
    }

    /// Writes a command down; it is on the disk when this returns.
    pub fn append(&mut self, at: u64, who: Who, command: Command) -> Result<Entry, Error> {
        let entry = Entry { number: self.next, at, who, command };
        self.db
            .execute(
                "INSERT INTO log VALUES (?1, ?2, ?3, ?4)",
                params![entry.number as i64, at as i64, json(&entry.who)?, json(&entry.command)?],
            )
            .map_err(told)?;
        self.next += 1;
        Ok(entry)
    }

    /// All commands, in order.
    pub fn entries(&self) -> Result<Vec<Entry>, Error> {
        let mut query = self.db.prepare("SELECT number, at, who, command FROM log ORDER BY number").map_err(told)?;
        let rows = query
            .query_map([], |row| {
                let (number, at): (i64, i64) = (row.get(0)?, row.get(1)?);
                Ok((number, at, row.get::<_, String>(2)?, row.get::<_, String>(3)?))
            })
            .map_err(told)?;
        let mut out = vec![];
        for row in rows {
            let (number, at, who, command) = row.map_err(told)?;
            let bad = |e: serde_json::Error| Error::file(format!("the class's file, command {number}: {e}"));
            let (who, command) =
                (serde_json::from_str(&who).map_err(bad)?, serde_json::from_str(&command).map_err(bad)?);
            out.push(Entry { number: number as u64, at: at as u64, who, command });
        }
        Ok(out)
    }

    /// Notes that the server is alive.
    pub fn beat(&self, at: u64) -> Result<(), Error> {
        self.db.execute("INSERT OR REPLACE INTO beat VALUES (1, ?1)", params![at as i64]).map_err(told).map(drop)
    }

    /// When the server was last alive.
    pub fn last_beat(&self) -> Option<u64> {
        self.db.query_row("SELECT at FROM beat", [], |row| row.get::<_, i64>(0)).ok().map(|at| at as u64)
    }

    /// The last time in the file: a class's clock never goes back behind it.
    pub fn last_time(&self) -> u64 {
        let last = self.db.query_row("SELECT coalesce(max(at), 0) FROM log", [], |row| row.get::<_, i64>(0));
        (last.unwrap_or(0) as u64).max(self.last_beat().unwrap_or(0))
    }

    /// Forgets everything; the file itself is removed by whoever opened it.
    pub fn wipe(&mut self) -> Result<(), Error> {
        self.db
            .execute_batch("DELETE FROM log; DELETE FROM beat; DELETE FROM weeks; DELETE FROM class; DELETE FROM files; PRAGMA wal_checkpoint(TRUNCATE); VACUUM;")
            .map_err(told)
    }
}

fn json(value: &impl serde::Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(Error::ours)
}

/// As RON, which has words for numbers that are none.
fn ron(value: &impl serde::Serialize) -> Result<String, Error> {
    ron::to_string(value).map_err(Error::ours)
}

fn of_ron<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Error> {
    let cannot = "the class's file: what was played cannot be read by this version";
    ron::from_str(text).map_err(|e| Error::file(format!("{cannot}: {e}")))
}
