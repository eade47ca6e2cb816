//! Drafts: where a file is written before it takes its place, and those that a killed program left behind.
//!
//! A draft stands beside its file, under a name that nobody else takes, on this machine or on another that writes to the
//! same folder (in containers, every program may be process 1). Whoever writes it holds it locked. Who is killed leaves it
//! and holds nothing: the next who writes the same file on the same machine, since the same start of it, takes it away.
//! Another machine's is never touched, for its locks are not seen everywhere.

use std::fs;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::read::{Wanted, text};

/// What the name of a draft ends with.
const ENDING: &str = ".part";
/// Tries until a new draft is held.
const TRIES: usize = 64;

/// A new name of a draft.
pub fn name_of(file: &Path) -> PathBuf {
    let chance = RandomState::new().build_hasher().finish() as u32;
    file.with_file_name(format!("{}{chance:08x}{ENDING}", begins(file, start())))
}

/// How the names of a file's drafts begin that are written since a start of a machine.
fn begins(file: &Path, start: Option<u32>) -> String {
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or("new");
    format!(".{name}.{:08x}", start.unwrap_or(0))
}

/// What names this start of this machine, for all its containers too; none where the system does not say.
fn start() -> Option<u32> {
    const START: Wanted = Wanted { what: "the name of a machine's start", most: 1 << 10, decides: false };
    static NAME: OnceLock<Option<u32>> = OnceLock::new();
    let read = || {
        let name = text("/proc/sys/kernel/random/boot_id", START).ok()?;
        u32::from_str_radix(name.trim().split('-').next()?, 16).ok().filter(|name| *name != 0)
    };
    *NAME.get_or_init(read)
}

/// Begins a draft: its name, and the file, held as long as it is open.
pub fn begun(file: &Path) -> std::io::Result<(PathBuf, fs::File)> {
    clear(file);
    for _ in 0..TRIES {
        let name = name_of(file);
        let draft = match fs::File::create_new(&name) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
            draft => draft?,
        };
        // One who clears may have come between the two; what is still there once it is held stays.
        let ours = start().is_none()
            || match draft.try_lock() {
                Ok(()) => name.exists(),
                Err(fs::TryLockError::WouldBlock) => false,
                Err(fs::TryLockError::Error(_)) => true, // this file system knows no locks, so nobody clears
            };
        if ours {
            return Ok((name, draft));
        }
    }
    Err(ErrorKind::ResourceBusy.into())
}

/// Takes away what was begun of a file on this machine and is held by nobody.
fn clear(file: &Path) {
    let Some(start) = start() else { return };
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let begins = begins(file, Some(start));
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let chance = name.to_str().and_then(|name| name.strip_prefix(&begins)?.strip_suffix(ENDING));
        let is_one = chance.is_some_and(|chance| chance.len() == 8 && chance.bytes().all(|c| c.is_ascii_hexdigit()));
        if !is_one || !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            continue;
        }
        let left = fs::OpenOptions::new().write(true).open(entry.path());
        if let Ok(left) = left
            && left.try_lock().is_ok()
        {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Whether a file's name is that of a draft: of a file being written, or of one whose writer was killed.
pub fn is_draft(path: &str) -> bool {
    let name = Path::new(path).file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.starts_with('.') && name.ends_with(ENDING)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_program_left_is_taken_away_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        let file = at("x.parquet");
        let (held, open) = begun(&file).expect("begun");
        let (left, closed) = begun(&file).expect("begun");
        drop(closed); // as the system does with a program that is killed
        let here = start().expect("Linux says it");
        let others = [
            at(&format!(".x.parquet.{:08x}00000001.part", here ^ 1)), // of another machine, or before it was started anew
            at(&format!(".y.parquet.{here:08x}00000001.part")),       // of another file
            at(&format!(".x.parquet.{here:08x}0000001g.part")),       // of another program
            at(&format!(".x.parquet.{here:08x}00000001")),
        ];
        others.iter().for_each(|name| fs::write(name, "theirs").expect("written"));
        assert!(
            held.exists()
                && left.exists()
                && others.iter().all(|name| is_draft(&name.to_string_lossy()) == (name != &others[3]))
        );
        let (next, _) = begun(&file).expect("begun");
        assert!(!left.exists(), "it was left behind");
        assert!(held.exists() && next.exists() && others.iter().all(|name| name.exists()));
        drop(open);
    }
}
