//! The file of a class: a real one, ours, held by one program at a time, and not for other users of the computer. All of
//! it is looked at before anything is written.

use std::fs::{File, OpenOptions};
use std::io::Read;

use rusqlite::{Connection, OpenFlags};

use crate::disk;
use crate::error::Error;

/// What a database says it is, in the place that SQLite keeps for it: "SUMM".
const APPLICATION: u32 = 0x5355_4d4d;
/// How every database begins.
const MAGIC: &[u8] = b"SQLite format 3\0";
/// Where its header holds what it says it is.
const PLACE: std::ops::Range<usize> = 68..72;

/// A file that this program alone serves, for as long as this is kept.
#[must_use = "the file is free again once this is dropped"]
pub struct Held {
    _locked: File,
}

/// Takes the file of a class, new or old.
pub fn take(path: &str) -> Result<Held, Error> {
    if path.trim().is_empty() || path == ":memory:" || path.starts_with("file:") {
        return Err(Error::file(format!(
            "--db \"{path}\" is no file, and a class must outlive a crash: name one, such as --db class.db"
        )));
    }
    disk::plain_or_new(path)?;
    let cannot = |e: std::io::Error| Error::file(format!("`{path}` cannot be written: {e}"));
    let mut file = private().open(path).map_err(cannot)?;
    close_to_others(&file).map_err(cannot)?;
    let held = lock(path, &file)?;
    let mut head = vec![];
    Read::by_ref(&mut file).take(100).read_to_end(&mut head).map_err(cannot)?;
    let ours = head.get(PLACE).map(|id| id == APPLICATION.to_be_bytes());
    if !head.is_empty() && !head.starts_with(MAGIC) {
        return Err(Error::file(format!(
            "`{path}` is no file of a class: it is left as it is; name another with --db"
        )));
    }
    if ours == Some(false) && (head[PLACE] != [0; 4] || !is_older_class(path)?) {
        return Err(Error::file(format!(
            "`{path}` is a database of another program: it is left as it is; name another with --db"
        )));
    }
    if head.is_empty() {
        let told = |e: rusqlite::Error| Error::file(format!("`{path}` cannot be written: {e}"));
        let db = Connection::open(path).map_err(told)?;
        db.pragma_update(None, "application_id", APPLICATION).map_err(told)?;
    }
    Ok(held)
}

/// Refuses what is no file of a class, before a database is made of it.
pub fn is_class(path: &str) -> Result<(), Error> {
    let cannot = |e: std::io::Error| match e.kind() {
        std::io::ErrorKind::NotFound => Error::file(format!("there is no file `{path}`")),
        _ => Error::file(format!("`{path}` cannot be read: {e}")),
    };
    std::fs::metadata(path).map_err(cannot)?;
    disk::plain_or_new(path)?;
    let mut head = vec![];
    File::open(path).and_then(|file| file.take(100).read_to_end(&mut head)).map_err(cannot)?;
    let ours = head.get(PLACE).is_some_and(|id| id == APPLICATION.to_be_bytes() || id == [0; 4]);
    if head.starts_with(MAGIC) && ours { Ok(()) } else { Err(Error::file(format!("`{path}` is no file of a class"))) }
}

/// A file as it is opened or begun: what SQLite puts beside it has the same rights.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).read(true).write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
}

fn close_to_others(file: &File) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.set_permissions(std::fs::Permissions::from_mode(0o600))?;
    }
    let _ = file;
    Ok(())
}

/// Removes the file of a class, and what SQLite put beside it.
pub fn remove(path: &str) {
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{path}{end}"));
    }
}

/// Locks the file itself, whatever name it was reached by; the lock goes with the program, however it ends. Where a lock
/// would keep the database out too, a file beside it is locked.
fn lock(path: &str, file: &File) -> Result<Held, Error> {
    let cannot = |e: std::io::Error| Error::file(format!("`{path}` cannot be locked: {e}"));
    let locked = if cfg!(unix) {
        file.try_clone().map_err(cannot)?
    } else {
        let real = std::fs::canonicalize(path).map_err(cannot)?;
        private().open(format!("{}-lock", real.display())).map_err(cannot)?
    };
    match locked.try_lock() {
        Ok(()) => Ok(Held { _locked: locked }),
        Err(std::fs::TryLockError::WouldBlock) => Err(Error::file(format!(
            "another program serves the class in `{path}`\n  stop it first, or name another file with --db"
        ))),
        Err(std::fs::TryLockError::Error(e)) => Err(cannot(e)),
    }
}

/// Whether a database that does not say what it is holds a class of an earlier version, or nothing. It is read as it
/// lies, so that nothing is put beside it.
fn is_older_class(path: &str) -> Result<bool, Error> {
    let told = |e: rusqlite::Error| Error::file(format!("`{path}` cannot be read: {e}"));
    let name = path.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    let db = Connection::open_with_flags(format!("file:{name}?immutable=1"), flags).map_err(told)?;
    let count = |which: &str| {
        let query = format!("SELECT count(*) FROM sqlite_master WHERE type = 'table'{which}");
        db.query_row(&query, [], |row| row.get::<_, i64>(0)).map_err(told)
    };
    Ok(count("")? == 0 || count(" AND name IN ('log', 'beat')")? == 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classroom::log::Log;

    fn folder() -> (tempfile::TempDir, impl Fn(&str) -> String) {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().to_str().expect("UTF-8").to_string();
        (folder, move |name: &str| format!("{root}/{name}"))
    }

    fn refused(path: &str) -> String {
        take(path).map(drop).expect_err("refused").to_string()
    }

    #[test]
    fn what_is_no_file_is_refused() {
        #[cfg(unix)]
        assert!(refused("/dev/zero").contains("is not a plain file but a device"), "and its rights are left alone");
        for name in ["", " ", ":memory:", "file:x?mode=memory"] {
            assert!(refused(name).contains("is no file"), "{name}");
        }
    }

    #[test]
    fn one_file_under_three_names_is_served_once() {
        let (_folder, at) = folder();
        let held = take(&at("class.db")).expect("taken");
        let log = Log::open(&at("class.db")).expect("a log");
        std::fs::hard_link(at("class.db"), at("hard.db")).expect("a link");
        let names = ["class.db", "hard.db"];
        for name in names {
            assert!(refused(&at(name)).contains("another program serves the class"), "{name}");
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(at("class.db"), at("soft.db")).expect("a link");
            assert!(refused(&at("soft.db")).contains("another program serves the class"));
        }
        log.beat(1).expect("the class goes on");
        drop((log, held));
        let again = take(&at("hard.db")).expect("free again");
        drop(again);
    }

    #[test]
    #[cfg(unix)]
    fn nobody_else_reads_it_from_its_birth() {
        use std::os::unix::fs::PermissionsExt;
        let (_folder, at) = folder();
        let _held = take(&at("class.db")).expect("taken");
        let log = Log::open(&at("class.db")).expect("a log");
        log.beat(1).expect("written");
        for end in ["", "-wal", "-shm"] {
            let mode = std::fs::metadata(at(&format!("class.db{end}"))).expect("there").permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{end}");
        }
    }

    #[test]
    fn files_of_others_are_left_as_they_are() {
        let (folder, at) = folder();
        let other = Connection::open(at("other.db")).expect("a database");
        other.execute_batch("CREATE TABLE invoices (number INTEGER)").expect("a table");
        drop(other);
        let named = Connection::open(at("named.db")).expect("a database");
        named.execute_batch("CREATE TABLE log (x); CREATE TABLE beat (x); PRAGMA application_id = 7").expect("a table");
        drop(named);
        std::fs::write(at("text.db"), "dear diary").expect("written");
        for name in ["other.db", "named.db", "text.db"] {
            let before = std::fs::read(at(name)).expect("read");
            assert!(refused(&at(name)).contains("it is left as it is"), "{name}");
            assert_eq!(std::fs::read(at(name)).expect("read"), before, "{name}");
        }
        assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 3, "and nothing is put beside them");
        // One's own opens again, and so does a class that was begun before files said what they are.
        drop(take(&at("class.db")).expect("taken"));
        drop(take(&at("class.db")).expect("taken again"));
        drop(Log::open(&at("older.db")).expect("a log"));
        drop(take(&at("older.db")).expect("an older class"));
    }
}
