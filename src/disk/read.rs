//! The one door for files that are read: what stands at a place, of what kind and how large it is, before a byte of it is
//! read, so that a device, a pipe or a film ends no program.

use std::fs;
use std::io::{ErrorKind, Read};

use super::names::{first_scenarios, missing};
use super::{STANDARD_INPUT, carried};
use crate::error::Error;
use crate::notation::Code;
use crate::notation::syntax::{BYTES_MAX, line_column};

/// What a file is to be, in words, and how many bytes of it are read at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// In words, such as "a scenario".
    pub what: &'static str,
    /// The largest that is read (bytes).
    pub most: u64,
    /// A result follows from it, so that a bundle carries it.
    pub decides: bool,
}

/// What an author writes.
pub const SCENARIO: Wanted = Wanted { what: "a scenario", most: BYTES_MAX as u64, decides: true };
/// What was decided in games.
pub const DECISIONS: Wanted = Wanted { what: "a file of decisions", most: 1 << 30, decides: true };
/// What another program wrote, to be imported.
pub const IMPORTED: Wanted = Wanted { what: "a file to import", most: 1 << 26, decides: false };
/// A document of this program.
pub const DOCUMENT: Wanted = Wanted { what: "a document", most: 1 << 28, decides: false };
/// Where a search was.
pub const CHECKPOINT: Wanted = Wanted { what: "a checkpoint", most: 1 << 28, decides: false };

/// What a batch in parts is of.
pub const PLAN: Wanted = Wanted { what: "a plan", most: 1 << 24, decides: false };
/// What was counted of some games.
pub const PART: Wanted = Wanted { what: "a part of a batch", most: 1 << 28, decides: false };

/// How a database of SQLite begins.
const DATABASE: &[u8] = b"SQLite format 3\0";

/// The text of a plain file, or why it cannot be had.
pub fn text(path: &str, wanted: Wanted) -> Result<String, Error> {
    utf8(&format!("`{path}`"), bytes(path, wanted)?)
}

/// The bytes of a plain file, or why they cannot be had.
pub fn bytes(path: &str, wanted: Wanted) -> Result<Vec<u8>, Error> {
    if !wanted.decides {
        return on_disk(path, wanted);
    }
    if let Some(carried) = carried::instead(path, || on_disk(path, wanted)) {
        return carried;
    }
    let bytes = on_disk(path, wanted)?;
    carried::read(path, &bytes);
    Ok(bytes)
}

fn on_disk(path: &str, wanted: Wanted) -> Result<Vec<u8>, Error> {
    let unread = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory if path == STANDARD_INPUT => {
            Error::file(format!("there is no file `-`: {} is read from a file, not from standard input", wanted.what))
        }
        ErrorKind::NotFound | ErrorKind::NotADirectory => {
            let error = Error::file(missing(path, wanted == SCENARIO));
            if wanted == SCENARIO { error } else { error.or_say(&format!("; {} is meant here", wanted.what)) }
        }
        ErrorKind::PermissionDenied => Error::file(format!(
            "`{path}` may not be read: this user has no right to\n  change its rights, or name a copy of it"
        )),
        _ => Error::file(format!("`{path}` cannot be read: {error}")),
    };
    if path.is_empty() {
        return Err(Error::file("no file is named"));
    }
    let about = fs::metadata(path).map_err(unread)?;
    if about.is_dir() && wanted == SCENARIO {
        let there = first_scenarios(path);
        return Err(Error::file(format!("`{path}` is a folder, not a scenario file: name a file{there}")));
    }
    plain(path, &about).map_err(|error| match wanted == SCENARIO {
        true if is_pipe(&about) => error.or_say("; a scenario is piped in as `-`"),
        true => error,
        false => error.or_say(&format!("; {} is meant here", wanted.what)),
    })?;
    if about.len() > wanted.most {
        return Err(too_large(&format!("`{path}`"), wanted, &format!(": {} bytes", about.len())));
    }
    let file = fs::File::open(path).map_err(unread)?;
    all(&format!("`{path}`"), file, wanted)
}

/// All that a reader holds, and no more of it than is wanted: a file may grow while it is read.
pub(super) fn all(name: &str, from: impl Read, wanted: Wanted) -> Result<Vec<u8>, Error> {
    let mut bytes = vec![];
    let read = from.take(wanted.most + 1).read_to_end(&mut bytes);
    read.map_err(|error| Error::file(format!("{name} cannot be read: {error}")))?;
    if bytes.len() as u64 > wanted.most { Err(too_large(name, wanted, "")) } else { Ok(bytes) }
}

/// The bytes as text; the place of the first that is none is told.
pub(super) fn utf8(name: &str, bytes: Vec<u8>) -> Result<String, Error> {
    String::from_utf8(bytes).map_err(|error| {
        if error.as_bytes().starts_with(DATABASE) {
            let text =
                format!("{name} is a database, not a text: `summitry serve LESSON --db FILE` opens a class's file");
            return Error::of(Code::OtherKind, text);
        }
        let fine = error.utf8_error().valid_up_to();
        let fine = String::from_utf8_lossy(&error.as_bytes()[..fine]);
        let (line, column) = line_column(&fine, fine.len());
        Error::file(format!("{name} is not UTF-8 text: line {line}, column {column} cannot be read; save it as UTF-8"))
    })
}

fn too_large(name: &str, Wanted { what, most, .. }: Wanted, found: &str) -> Error {
    let text = format!("{name} is larger than the {} MiB {what} may have{found}; is it {what}?", most >> 20);
    Error::of(Code::TooLarge, text)
}

/// Refuses what is no plain file, and says what it is.
pub(super) fn plain(path: &str, about: &fs::Metadata) -> Result<(), Error> {
    if about.is_file() {
        return Ok(());
    }
    if about.is_dir() {
        return Err(Error::file(format!("`{path}` is a folder: name a file in it")));
    }
    Err(Error::file(format!("`{path}` is not a plain file but {}", kind(about))))
}

#[cfg(unix)]
fn kind(about: &fs::Metadata) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    let kind = about.file_type();
    match () {
        () if kind.is_fifo() => "a pipe",
        () if kind.is_socket() => "a socket",
        () => "a device",
    }
}

#[cfg(not(unix))]
fn kind(_: &fs::Metadata) -> &'static str {
    "a device"
}

fn is_pipe(about: &fs::Metadata) -> bool {
    kind(about) == "a pipe"
}
