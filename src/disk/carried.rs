//! What a result was made of: files that decide it are remembered where a bundle is to hold them; where a bundle is
//! repeated they are read from it, and from nowhere else.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, OnceLock};

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::scenario::folder::SHELVES;
use crate::scenario::spelled::fingerprint;

/// The largest file that is carried (bytes).
const MOST: usize = 1 << 20;

/// Files by the names that they were read by.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Carried {
    /// Their texts.
    pub files: BTreeMap<String, String>,
    /// The plain files of folders.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub folders: BTreeMap<String, Vec<String>>,
    /// What is too large to be carried, or no text.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub left_out: BTreeMap<String, LeftOut>,
}

/// A file that is named, and not carried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeftOut {
    /// How large it is.
    pub bytes: u64,
    /// The first 16 hex digits of the SHA-256 of it.
    pub hash: String,
}

impl LeftOut {
    fn of(bytes: &[u8]) -> LeftOut {
        LeftOut { bytes: bytes.len() as u64, hash: fingerprint(bytes) }
    }
}

static REMEMBERED: Mutex<Option<Carried>> = Mutex::new(None);
static INSTEAD: OnceLock<Carried> = OnceLock::new();

fn remembered_now() -> MutexGuard<'static, Option<Carried>> {
    REMEMBERED.lock().unwrap_or_else(|e| e.into_inner())
}

/// From now on what is read is remembered.
pub fn remember() {
    remembered_now().get_or_insert_default();
}

/// What was read since then.
pub fn remembered() -> Carried {
    remembered_now().clone().unwrap_or_default()
}

/// From now on files are those that a bundle carries.
pub fn read_instead(carried: Carried) {
    let _ = INSTEAD.set(carried);
}

/// Remembers a file that was read.
pub(super) fn read(path: &str, bytes: &[u8]) {
    if let Some(all) = remembered_now().as_mut() {
        match std::str::from_utf8(bytes) {
            Ok(text) if text.len() <= MOST => drop(all.files.insert(path.to_owned(), text.to_owned())),
            _ => drop(all.left_out.insert(path.to_owned(), LeftOut::of(bytes))),
        }
    }
}

/// Remembers a folder that was looked into.
pub(super) fn looked_into(path: &str, files: &[String]) {
    if let Some(all) = remembered_now().as_mut() {
        all.folders.insert(path.to_owned(), files.to_vec());
    }
}

/// The file of a bundle that is read instead of one on the disk; nothing where no bundle is. What it leaves out is read
/// from the disk by `read`, and must be the same.
pub(super) fn instead(path: &str, read: impl FnOnce() -> Result<Vec<u8>, Error>) -> Option<Result<Vec<u8>, Error>> {
    INSTEAD.get().map(|all| all.file(path, read))
}

/// The folder of a bundle in the place of one on the disk; nothing where no bundle is.
pub(super) fn folder_instead(path: &str) -> Option<Option<Vec<String>>> {
    INSTEAD.get().map(|all| all.folders.get(path).cloned())
}

/// The name by which a bundle has a file; nothing where no bundle is.
pub(super) fn name_instead(path: &str) -> Option<Option<String>> {
    INSTEAD.get().map(|all| all.name(path))
}

impl Carried {
    fn file(&self, path: &str, read: impl FnOnce() -> Result<Vec<u8>, Error>) -> Result<Vec<u8>, Error> {
        if let Some(text) = self.files.get(path) {
            return Ok(text.clone().into_bytes());
        }
        let Some(left) = self.left_out.get(path) else {
            return Err(Error::file(format!("there is no file `{path}` in the bundle")));
        };
        let why = format!("the bundle leaves out `{path}` ({} bytes, hash {})", left.bytes, left.hash);
        let found = read().map_err(|error| Error::file(format!("{why}: {error}")))?;
        match LeftOut::of(&found) == *left {
            true => Ok(found),
            false => Err(Error::file(format!("{why}, and another file stands there"))),
        }
    }

    /// The name by which a file is carried: as it is said, with its ending, or from inside the shelf in which it was said.
    fn name(&self, path: &str) -> Option<String> {
        let known = |name: &String| self.files.contains_key(name) || self.left_out.contains_key(name);
        let shelved = |file: &str| SHELVES.map(|shelf| format!("../{shelf}/{file}"));
        let said = [path.to_owned(), format!("{path}.ron")];
        said.into_iter().flat_map(|file| [file.clone()].into_iter().chain(shelved(&file))).find(known)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_has_its_files_and_no_others() {
        let large = vec![0xff; 4];
        let all = Carried {
            files: [("../theory/a.ron".to_owned(), "(a: 1)".to_owned())].into(),
            folders: [("f".to_owned(), vec!["f/b.ron".to_owned()])].into(),
            left_out: [("rows.parquet".to_owned(), LeftOut::of(&large))].into(),
        };
        let none = || Err(Error::file("there is none"));
        assert_eq!(all.file("../theory/a.ron", none), Ok(b"(a: 1)".to_vec()));
        assert_eq!((all.name("a.ron").as_deref(), all.name("b.ron")), (Some("../theory/a.ron"), None));
        assert_eq!(all.name("a").as_deref(), Some("../theory/a.ron"));
        assert!(all.file("b.ron", none).is_err_and(|why| why.to_string() == "there is no file `b.ron` in the bundle"));
        assert_eq!(all.file("rows.parquet", || Ok(large.clone())), Ok(large));
        let other = all.file("rows.parquet", || Ok(vec![1, 2]));
        assert!(other.is_err_and(|why| why.to_string().contains("another file stands there")));
        assert!(all.file("rows.parquet", none).is_err_and(|why| why.to_string().contains("leaves out `rows.parquet`")));
    }
}
