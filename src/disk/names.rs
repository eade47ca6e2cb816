//! What stands in a folder, and the near name where a file is missing.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::notation::clean::escaped;
use crate::notation::near::{listed, nearest};
use crate::scenario::shipped;

/// The plain files of a folder, sorted, with the folder in front.
///
/// # Errors
///
/// A folder that cannot be read, and a name that cannot be typed.
pub fn files_in(folder: &str) -> Result<Vec<String>, Error> {
    entries(folder)?.into_iter().filter(|path| path.is_file()).map(|path| typed(&path)).collect()
}

/// All that stands in a folder, sorted, with the folder in front: plain files, then what else there is. Folders end in
/// `/`; of a name that cannot be typed, what cannot be is written out.
pub fn all_in(folder: &str) -> Result<Vec<String>, Error> {
    let (files, others): (Vec<_>, Vec<_>) =
        entries(folder)?.into_iter().partition(|path| path.is_file() && typed(path).is_ok());
    let told = |path: PathBuf| format!("{}{}", escaped(&path.to_string_lossy()), if path.is_dir() { "/" } else { "" });
    Ok(files.into_iter().chain(others).map(told).collect())
}

fn entries(folder: &str) -> Result<Vec<PathBuf>, Error> {
    let unread = |error: std::io::Error| Error::file(format!("the folder `{folder}` cannot be read: {error}"));
    let found = fs::read_dir(folder).map_err(unread)?.map(|entry| Ok(entry.map_err(unread)?.path()));
    let mut found = found.collect::<Result<Vec<_>, Error>>()?;
    found.sort();
    Ok(found)
}

/// A name as it is typed, or why it cannot be.
fn typed(path: &Path) -> Result<String, Error> {
    let why = match path.to_str() {
        None => "is no name in UTF-8",
        Some(name) if name.contains(char::is_control) => "holds a control character",
        Some(name) => return Ok(name.to_owned()),
    };
    Err(Error::file(format!("`{}` {why}: rename the file", escaped(&path.to_string_lossy()))))
}

/// The file names of a folder that can be typed, sorted.
fn names(folder: &Path) -> Vec<String> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().take(1000);
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| !name.contains(char::is_control)).collect();
    names.sort();
    names
}

/// That a file is not there; of a scenario, also which name was perhaps meant.
pub(super) fn missing(path: &str, scenario: bool) -> String {
    let file = Path::new(path);
    let folder = file.parent().unwrap_or(Path::new(""));
    let said = format!("there is no file `{path}`");
    if !folder.as_os_str().is_empty() && !folder.is_dir() {
        return format!("{said}: there is no folder `{}`", folder.display());
    }
    if !scenario {
        return said;
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

/// The scenarios of a folder, for the end of a sentence.
pub(super) fn first_scenarios(folder: &str) -> String {
    scenarios(&names(Path::new(folder)))
}

/// `; in that folder: `a.ron`, ..`.
fn scenarios(names: &[String]) -> String {
    let scenarios: Vec<&str> = names.iter().map(String::as_str).filter(|name| name.ends_with(".ron")).collect();
    if scenarios.is_empty() { String::new() } else { format!("; in that folder: {}", listed(scenarios)) }
}
