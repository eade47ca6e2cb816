//! The doors to the disk: `read` for every file that is read, `write` for every file that is written, and names between
//! them. No other file of the program opens one, but the class's database.

// Without the command line some of what this room hands out is not called for.
#![cfg_attr(not(feature = "cli"), allow(unused_imports))]

mod carried;
mod draft;
#[cfg(all(feature = "cli", unix))]
mod free;
mod names;
mod read;
mod write;

use std::fs;
use std::io::stdin;
use std::path::Path;
use std::sync::OnceLock;

use crate::error::Error;
use crate::scenario::folder::SHELVES;
use crate::scenario::shipped;

pub use carried::{Carried, read_instead, remember, remembered};
pub use draft::is_draft;
#[cfg(all(feature = "cli", unix))]
pub use free::free;
pub use names::{all_in, files_in};
pub use read::{CHECKPOINT, DECISIONS, DOCUMENT, IMPORTED, PART, PLAN, SCENARIO, Wanted, bytes, text};
#[cfg(feature = "rows")]
pub use write::Growing;
pub use write::{make_folder, remove, replace, room_for, settle, write_new};

/// The name of standard input, where a scenario is read.
pub const STANDARD_INPUT: &str = "-";

/// The text of a scenario file, or why it cannot be had; one that is part of the program is found there, and `-` is
/// standard input.
pub fn open(path: &str) -> Result<String, Error> {
    let in_no_file = || if path == STANDARD_INPUT { Some(piped()) } else { shipped::open(path) };
    if let Some(carried) = carried::instead(path, || text(path, SCENARIO).map(String::into_bytes)) {
        return read::utf8(&format!("`{path}`"), carried?);
    }
    if let Some(found) = in_no_file() {
        return found.inspect(|text| carried::read(path, text.as_bytes()));
    }
    if path.is_empty() {
        return Err(Error::file("no scenario file is named"));
    }
    text(path, SCENARIO)
}

/// What standard input holds; it is read once.
fn piped() -> Result<String, Error> {
    static PIPED: OnceLock<Result<String, Error>> = OnceLock::new();
    let read = || read::utf8("standard input", read::all("standard input", stdin().lock(), SCENARIO)?);
    PIPED.get_or_init(read).clone()
}

/// Whether anything stands at a place.
pub fn is_there(path: &str) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Bytes of a plain file; none where there is none.
pub fn length(path: &str) -> Option<u64> {
    fs::metadata(path).ok().filter(|about| about.is_file()).map(|about| about.len())
}

/// Bytes that a disk has left for this user, where the system says so.
#[cfg(all(feature = "cli", not(unix)))]
pub fn free(_: &str) -> Option<u64> {
    None
}

/// Whether a folder stands at a place.
pub fn is_folder(path: &str) -> bool {
    Path::new(path).is_dir()
}

/// The plain files of a folder that a result is made of, sorted, where one stands at a place.
pub fn folder(path: &str) -> Result<Option<Vec<String>>, Error> {
    if let Some(carried) = carried::folder_instead(path) {
        return Ok(carried);
    }
    if !is_folder(path) {
        return Ok(None);
    }
    let files = files_in(path)?;
    carried::looked_into(path, &files);
    Ok(Some(files))
}

/// Refuses what stands at a place and is no plain file.
pub fn plain_or_new(path: &str) -> Result<(), Error> {
    fs::metadata(path).map_or(Ok(()), |about| read::plain(path, &about))
}

/// The name to load a file by. A word that names no file may name a scenario that is part of the program; a file of its
/// name comes first. A bare file name said from inside a shelf (`theory`, `studies`, ..) gets its folder in front, so
/// that `../stockholm-2025.ron` is found from there too.
pub fn with_shelf(path: &str) -> String {
    if let Some(carried) = carried::name_instead(path) {
        return carried.or_else(|| shipped::named(path)).unwrap_or_else(|| path.to_owned());
    }
    if !Path::new(path).exists()
        && let Some(shipped) = shipped::named(path)
    {
        let file = format!("{path}.ron");
        return if Path::new(&file).exists() { with_shelf(&file) } else { shipped };
    }
    let here = std::env::current_dir().ok();
    let shelf = here.as_deref().and_then(Path::file_name).and_then(|name| name.to_str());
    match shelf {
        Some(shelf) if SHELVES.contains(&shelf) && !path.contains(['/', '\\']) => format!("../{shelf}/{path}"),
        _ => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notation::syntax::BYTES_MAX;

    #[test]
    fn each_kind_of_file_has_its_own_words() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
        fs::write(at("stockholm-2025.ron"), "(a: 1)").expect("written");
        fs::write(at("bad.ron"), b"(\n  a: \"\xff\")").expect("written");
        fs::write(at("large.ron"), vec![b' '; BYTES_MAX + 1]).expect("written");
        assert_eq!(open(&at("stockholm-2025.ron")), Ok("(a: 1)".into()));
        let says = |name: &str| open(&at(name)).expect_err(name).to_string().replace(&at(""), "");
        assert_eq!(
            says("stokholm-2025.ron"),
            "there is no file `stokholm-2025.ron`; did you mean `stockholm-2025.ron`?"
        );
        assert_eq!(says("stockholm-2025"), "there is no file `stockholm-2025`; did you mean `stockholm-2025.ron`?");
        assert_eq!(says("zzz"), "there is no file `zzz`; in that folder: `bad.ron`, `large.ron`, `stockholm-2025.ron`");
        assert_eq!(says("no/x.ron"), "there is no file `no/x.ron`: there is no folder `no`");
        assert!(says("").contains("is a folder, not a scenario file: name a file; in that folder: `bad.ron`"));
        assert_eq!(
            says("large.ron"),
            "`large.ron` is larger than the 1 MiB a scenario may have: 1048577 bytes; is it a scenario?"
        );
        assert_eq!(says("bad.ron"), "`bad.ron` is not UTF-8 text: line 2, column 7 cannot be read; save it as UTF-8");
        assert_eq!(open(""), Err(Error::file("no scenario file is named")));
    }

    #[test]
    fn a_file_is_written_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
        assert!(write_new(&at("x.ron"), "one").is_ok());
        assert!(matches!(write_new(&at("x.ron"), "two"), Err(error) if error.to_string().contains("left alone")));
        assert!(matches!(write_new(&at("no/x.ron"), "x"), Err(error) if error.to_string().contains("no folder")));
        assert_eq!(fs::read_to_string(at("x.ron")).ok().as_deref(), Some("one"));
        assert_eq!(files_in(&at("")).map(|files| files.len()), Ok(1), "no draft is left behind");
    }

    #[test]
    fn a_file_is_replaced_whole() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
        assert!(replace(&at("x"), "one").is_ok() && replace(&at("x"), "two").is_ok());
        assert_eq!(fs::read_to_string(at("x")).ok().as_deref(), Some("two"));
        assert!(matches!(replace(&at("no/x"), "x"), Err(error) if error.to_string().contains("cannot be written")));
        assert_eq!(files_in(&at("")).map(|files| files.len()), Ok(1), "no draft is left behind");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_is_replaced_stays_a_link() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
        assert!(replace(&at("x"), "one").is_ok());
        std::os::unix::fs::symlink(at("x"), at("link")).expect("a link");
        assert!(replace(&at("link"), "two").is_ok());
        assert!(fs::symlink_metadata(at("link")).is_ok_and(|about| about.is_symlink()));
        assert_eq!(fs::read_to_string(at("x")).ok().as_deref(), Some("two"));
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_not_a_plain_file() {
        assert_eq!(open("/dev/zero"), Err(Error::file("`/dev/zero` is not a plain file but a device")));
        let refused = |wanted| text("/dev/zero", wanted).expect_err("a device").to_string();
        assert!([DECISIONS, CHECKPOINT].map(refused).iter().all(|why| why.contains("but a device; a ")));
        assert!(replace("/dev/null", "x").is_err_and(|why| why.to_string().ends_with("but a device")));
        assert!(plain_or_new("/dev/null").is_err() && plain_or_new("/dev/there is none").is_ok());
    }
}
