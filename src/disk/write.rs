//! The one door for files that are written: each appears whole or not at all.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, TryLockError};
use std::time::Duration;

use super::draft::{begun, name_of};
use super::read::plain;
use crate::error::Error;

/// Held while a file is written.
static UNDER_WAY: Mutex<()> = Mutex::new(());
/// The drafts of files that grow.
static GROWING: Mutex<Vec<PathBuf>> = Mutex::new(vec![]);

/// Waits until no file is being written, two seconds at most, and removes what has not grown to its end: before the
/// program ends in the middle of its work.
pub fn settle() {
    for draft in GROWING.lock().unwrap_or_else(|e| e.into_inner()).drain(..) {
        let _ = fs::remove_file(draft);
    }
    for _ in 0..200 {
        match UNDER_WAY.try_lock() {
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(10)),
            _ => return,
        }
    }
}

fn unwritten(path: &str, error: &std::io::Error) -> Error {
    match error.kind() {
        ErrorKind::PermissionDenied => Error::file(format!(
            "`{path}` may not be written: this user has no right to\n  name another place, or change the rights of this one"
        )),
        ErrorKind::StorageFull | ErrorKind::FileTooLarge => Error::ours(format!("`{path}` cannot be written: {error}")),
        _ => Error::file(format!("`{path}` cannot be written: {error}")),
    }
}

/// Sees that a file can be written anew: its folder is there and takes new files, and the file is not there.
///
/// Asked before long work whose result is to be written.
pub fn room_for(path: &str) -> Result<(), Error> {
    let file = Path::new(path);
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        return Err(Error::file(format!("`{path}` cannot be written: there is no folder `{}`", folder.display())));
    }
    if fs::symlink_metadata(file).is_ok() {
        return Err(taken(path));
    }
    let draft = name_of(file);
    let tried = fs::File::create(&draft).and_then(|_| fs::remove_file(&draft));
    tried.map_err(|error| unwritten(path, &error))
}

fn taken(path: &str) -> Error {
    Error::file(format!("`{path}` is there already and is left alone: choose another name"))
}

/// Takes a file away that this program wrote; one that is gone already is no fault.
pub fn remove(path: &str) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(Error::file(format!("`{path}` cannot be taken away: {error}")))
        }
        _ => Ok(()),
    }
}

/// Writes a draft and puts it in its place; nothing of it is left behind. What was put there outlives a machine that
/// loses power, where its disk keeps what it says.
fn placed(path: &str, bytes: &[u8], put: impl FnOnce(&Path) -> std::io::Result<()>) -> std::io::Result<()> {
    let _held = UNDER_WAY.lock();
    let (draft, mut file) = begun(Path::new(path))?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    let placed = written.and_then(|()| put(&draft));
    let _ = fs::remove_file(&draft);
    if let Some(folder) = draft.parent().filter(|_| cfg!(unix) && placed.is_ok()) {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let _ = fs::File::open(folder).and_then(|folder| folder.sync_all()); // not every file system can
    }
    placed
}

/// Puts a draft where no file is yet: a hard link, unlike a rename, never takes the place of one that came in between.
fn put_new(draft: &Path, file: &Path) -> std::io::Result<()> {
    match fs::hard_link(draft, file) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists && !file.exists() => fs::rename(draft, file),
        linked => linked,
    }
}

fn not_new(path: &str, error: &std::io::Error) -> Error {
    match error.kind() {
        ErrorKind::AlreadyExists => taken(path),
        _ => unwritten(path, error),
    }
}

/// Writes a file that is not there yet: it appears whole or not at all.
pub fn write_new(path: &str, bytes: impl AsRef<[u8]>) -> Result<(), Error> {
    room_for(path)?;
    placed(path, bytes.as_ref(), |draft| put_new(draft, Path::new(path))).map_err(|error| not_new(path, &error))
}

/// A new file that is written piece by piece: it appears whole when it is [`placed`](Growing::placed), or not at all.
pub struct Growing {
    path: String,
    draft: PathBuf,
    file: fs::File,
}

impl Growing {
    /// Begins a file that is not there yet.
    pub fn new(path: &str) -> Result<Growing, Error> {
        room_for(path)?;
        let (draft, file) = begun(Path::new(path)).map_err(|error| unwritten(path, &error))?;
        GROWING.lock().unwrap_or_else(|e| e.into_inner()).push(draft.clone());
        Ok(Growing { path: path.to_owned(), draft, file })
    }

    /// Adds a piece.
    pub fn add(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.file.write_all(bytes).map_err(|error| unwritten(&self.path, &error))
    }

    /// Puts the file in its place.
    pub fn placed(self) -> Result<(), Error> {
        let _held = UNDER_WAY.lock();
        let placed = self.file.sync_all().and_then(|()| put_new(&self.draft, Path::new(&self.path)));
        placed.map_err(|error| not_new(&self.path, &error))
    }
}

/// Nothing is left of a draft.
impl Drop for Growing {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.draft);
        GROWING.lock().unwrap_or_else(|e| e.into_inner()).retain(|draft| *draft != self.draft);
    }
}

/// Writes a file, or other bytes in its place: at any moment the old one or the new one is there, whole. What is no
/// plain file is left alone; a link stays one.
pub fn replace(path: &str, bytes: impl AsRef<[u8]>) -> Result<(), Error> {
    if let Ok(about) = fs::metadata(path) {
        plain(path, &about)?;
    }
    let real = fs::canonicalize(path).ok().and_then(|real| real.to_str().map(str::to_owned));
    let real = real.unwrap_or_else(|| path.to_owned());
    placed(&real, bytes.as_ref(), |draft| fs::rename(draft, &real)).map_err(|error| unwritten(path, &error))
}

/// Makes a folder where it is missing.
pub fn make_folder(path: &str) -> Result<(), Error> {
    fs::create_dir_all(path).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Error::file(format!("`{path}` is a file, and a folder is needed: name another")),
        _ => Error::file(format!("the folder `{path}` cannot be made: {error}")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_that_may_not_be_written_says_what_to_do() {
        let said = unwritten("kept.json", &ErrorKind::PermissionDenied.into());
        let text = "`kept.json` may not be written: this user has no right to\n  name another place, or change the rights of \
            this one";
        assert_eq!(said, Error::file(text));
    }
}
