//! The log: an append-only table in one SQLite file for a session. What is not in it did not happen.

use rusqlite::{Connection, params};

use super::command::{Command, Entry, Who};
use crate::error::Error;

/// The log of a class.
pub struct Log {
    db: Connection,
    next: u64,
}

fn told(e: rusqlite::Error) -> Error {
    Error::file(format!("the class's file: {e}"))
}

impl Log {
    /// Opens the file of a class, or begins it.
    pub fn open(path: &str) -> Result<Log, Error> {
        Log::of(Connection::open(path).map_err(told)?)
    }

    /// A log that ends with the program.
    pub fn in_memory() -> Result<Log, Error> {
        Log::of(Connection::open_in_memory().map_err(told)?)
    }

    fn of(db: Connection) -> Result<Log, Error> {
        db.busy_timeout(std::time::Duration::from_secs(2)).map_err(told)?;
        let _: String = db.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0)).map_err(told)?;
        db.execute_batch(
            "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
             CREATE TABLE IF NOT EXISTS log (number INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL, command TEXT NOT NULL);
             CREATE TABLE IF NOT EXISTS beat (one INTEGER PRIMARY KEY CHECK (one = 1), at INTEGER NOT NULL);",
        )
        .map_err(told)?;
        let next: i64 =
            db.query_row("SELECT coalesce(max(number), 0) + 1 FROM log", [], |row| row.get(0)).map_err(told)?;
        let next = next as u64;
        Ok(Log { db, next })
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
            .execute_batch("DELETE FROM log; DELETE FROM beat; PRAGMA wal_checkpoint(TRUNCATE); VACUUM;")
            .map_err(told)
    }
}

fn json(value: &impl serde::Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(Error::ours)
}
