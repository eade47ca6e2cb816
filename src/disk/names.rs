//! What stands in a folder, and the near name where a file is missing.

use std::fs;
use std::path::Path;

use crate::error::Error;
use crate::notation::clean::escaped;
use crate::notation::near::{listed, nearest};
use crate::scenario::shipped;

/// The plain files of a folder, sorted, with the folder in front.
pub fn files_in(folder: &str) -> Result<Vec<String>, Error> {
    entries(folder, Path::is_file)
}

fn entries(folder: &str, wanted: impl Fn(&Path) -> bool) -> Result<Vec<String>, Error> {
    let unread = |error: std::io::Error| Error::file(format!("the folder `{folder}` cannot be read: {error}"));
    let mut found = vec![];
    for entry in fs::read_dir(folder).map_err(unread)? {
        let path = entry.map_err(unread)?.path();
        if wanted(&path) {
            let name = path.to_str().ok_or_else(|| Error::file(format!("`{}` is no name in UTF-8", path.display())))?;
            if name.contains(char::is_control) {
                let text = format!("`{}` holds a control character: rename the file", escaped(name));
                return Err(Error::file(text));
            }
            found.push(name.to_owned());
        }
    }
    found.sort();
    Ok(found)
}

/// What else stands in a folder: folders, devices, links that lead nowhere; sorted, with the folder in front.
pub fn others_in(folder: &str) -> Result<Vec<String>, Error> {
    entries(folder, |path| !path.is_file())
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
