//! The door to the disk: scenario files are read through it, and what a study leaves is written through it.

use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::notation::Code;
use crate::notation::near::nearest;
use crate::notation::syntax::{BYTES_MAX, line_column};
use crate::scenario::folder::SHELVES;
use crate::scenario::shipped;

/// The text of a scenario file, or why it cannot be had; one that is part of the program is found there.
pub fn open(path: &str) -> Result<String, Error> {
    if let Some(text) = shipped::open(path) {
        return text;
    }
    String::from_utf8(bytes(path)?).map_err(|error| {
        let fine = error.utf8_error().valid_up_to();
        let fine = String::from_utf8_lossy(&error.as_bytes()[..fine]);
        let (line, column) = line_column(&fine, fine.len());
        Error::file(format!(
            "`{path}` is not UTF-8 text: line {line}, column {column} cannot be read; save it as UTF-8"
        ))
    })
}

/// The bytes of a file, or why they cannot be had.
pub fn bytes(path: &str) -> Result<Vec<u8>, Error> {
    if path.is_empty() {
        return Err(Error::file("no scenario file is named"));
    }
    let about = fs::metadata(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => Error::file(missing(path)),
        std::io::ErrorKind::PermissionDenied => Error::file(format!("`{path}` may not be read")),
        _ => Error::file(format!("`{path}` cannot be read: {error}")),
    })?;
    if about.is_dir() {
        return Err(Error::file(format!(
            "`{path}` is a folder, not a scenario file: name a file{}",
            first_scenarios(path)
        )));
    }
    if !about.is_file() {
        return Err(Error::file(format!("`{path}` is not a plain file")));
    }
    if about.len() > BYTES_MAX as u64 {
        return Err(too_large(path, &format!(": {} bytes", about.len())));
    }
    let mut bytes = vec![];
    let unread = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::PermissionDenied => Error::file(format!("`{path}` may not be read")),
        _ => Error::file(format!("`{path}` cannot be read: {error}")),
    };
    let file = fs::File::open(path).map_err(unread)?;
    file.take(BYTES_MAX as u64 + 1).read_to_end(&mut bytes).map_err(unread)?; // it may have grown since
    if bytes.len() > BYTES_MAX {
        return Err(too_large(path, ""));
    }
    Ok(bytes)
}

fn too_large(path: &str, found: &str) -> Error {
    let text = format!("`{path}` is larger than the 1 MiB a scenario may have{found}; is it a scenario?");
    Error::of(Code::TooLarge, text)
}

/// The name to load a file by. A word that names no file may name a scenario that is part of the program; a file of its
/// name comes first. A bare file name said from inside a shelf (`theory`, `studies`, ..) gets its folder in front, so
/// that `../stockholm-2025.ron` is found from there too.
pub fn with_shelf(path: &str) -> String {
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

/// Sees that a file can be written anew: its folder is there and takes new files, and the file is not there.
///
/// Asked before long work whose result is to be written.
pub fn room_for(path: &str) -> Result<(), Error> {
    let wrong = |text: String| Error::file(text);
    let file = Path::new(path);
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        return Err(wrong(format!("`{path}` cannot be written: there is no folder `{}`", folder.display())));
    }
    if fs::symlink_metadata(file).is_ok() {
        return Err(wrong(format!("`{path}` is there already and is left alone: choose another name")));
    }
    let draft = draft(file);
    let tried = fs::File::create(&draft).and_then(|_| fs::remove_file(&draft));
    tried.map_err(|error| wrong(format!("`{path}` cannot be written: {error}")))
}

/// Where a file is written before it takes its place: beside it, under a name of this run.
fn draft(file: &Path) -> PathBuf {
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or("new");
    file.with_file_name(format!(".{name}.{}.part", std::process::id()))
}

/// Writes a file that is not there yet: it appears whole or not at all.
pub fn write_new(path: &str, text: &str) -> Result<(), Error> {
    let wrong = |text: String| Error::file(text);
    let taken = || wrong(format!("`{path}` is there already and is left alone: choose another name"));
    room_for(path)?;
    let file = Path::new(path);
    let draft = draft(file);
    let written = fs::File::create_new(&draft).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    // a hard link, unlike a rename, never takes the place of a file that came in between
    let placed = written.and_then(|()| match fs::hard_link(&draft, file) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists && !file.exists() => fs::rename(&draft, file),
        linked => linked,
    });
    let _ = fs::remove_file(&draft);
    placed.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => taken(),
        ErrorKind::PermissionDenied => wrong(format!("`{path}` may not be written")),
        _ => Error::ours(format!("`{path}` cannot be written: {error}")),
    })
}

/// Writes a file, or another text in its place: at any moment the old one or the new one is there, whole.
pub fn replace(path: &str, text: &str) -> Result<(), Error> {
    let file = Path::new(path);
    let draft = draft(file);
    let written = fs::File::create(&draft).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.and_then(|()| fs::rename(&draft, file)).map_err(|error| {
        let _ = fs::remove_file(&draft);
        match error.kind() {
            ErrorKind::StorageFull => Error::ours(format!("`{path}` cannot be written: {error}")),
            _ => Error::file(format!("`{path}` cannot be written: {error}")),
        }
    })
}

/// The plain files of a folder, sorted, with the folder in front.
pub fn files_in(folder: &str) -> Result<Vec<String>, Error> {
    let unread = |error: std::io::Error| Error::file(format!("the folder `{folder}` cannot be read: {error}"));
    let mut files = vec![];
    for entry in fs::read_dir(folder).map_err(unread)? {
        let path = entry.map_err(unread)?.path();
        if path.is_file() {
            let name = path.to_str().ok_or_else(|| Error::file(format!("`{}` is no name in UTF-8", path.display())))?;
            files.push(name.to_owned());
        }
    }
    files.sort();
    Ok(files)
}

/// The file names of a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().take(1000);
    let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    names
}

fn missing(path: &str) -> String {
    let file = Path::new(path);
    let folder = file.parent().unwrap_or(Path::new(""));
    let said = format!("there is no file `{path}`");
    if !folder.as_os_str().is_empty() && !folder.is_dir() {
        return format!("{said}: there is no folder `{}`", folder.display());
    }
    let names = names(folder);
    let asked = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let stem = asked.strip_suffix(".ron").unwrap_or(asked);
    let stems = names.iter().filter_map(|name| name.strip_suffix(".ron"));
    match nearest(stem, stems) {
        Some(near) => format!("{said}; did you mean `{}`?", folder.join(format!("{near}.ron")).display()),
        None if folder.as_os_str().is_empty() => format!("{said}{}{}", scenarios(&names), shipped::help(stem)),
        None => format!("{said}{}", scenarios(&names)),
    }
}

fn first_scenarios(folder: &str) -> String {
    scenarios(&names(Path::new(folder)))
}

/// `; there are `a.ron`, ..`, for the end of a sentence.
fn scenarios(names: &[String]) -> String {
    let scenarios: Vec<&str> = names.iter().map(String::as_str).filter(|name| name.ends_with(".ron")).collect();
    if scenarios.is_empty() {
        String::new()
    } else {
        format!("; in that folder: {}", crate::notation::near::listed(scenarios))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_device_is_not_a_plain_file() {
        assert_eq!(open("/dev/zero"), Err(Error::file("`/dev/zero` is not a plain file")));
    }
}
