//! The house stays one to live in: arrows point down, files stay short, every public item says what it is.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// From the ground up. A module may use what stands before it, and what stands in its own group.
const LAYERS: &[&[&str]] = &[
    &["notation"],
    &["error"],
    &["units", "codes"],
    &["scenario"],
    &["world"],
    &["table"],
    &["strategies"],
    &["session"],
    &["mechanisms"],
    &["record"],
    &["round"],
    &["game"],
    &["bargain", "import"],
    &["batch"],
    &["studies"],
    &["report"],
    &["classroom"],
    &["cli"],
];

fn rust_files(under: &Path, out: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(under) else { return };
    for path in entries.flatten().map(|e| e.path()) {
        if path.is_dir() {
            rust_files(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![];
    for folder in ["src", "tests", "benches"] {
        rust_files(&root.join(folder), &mut files);
    }
    files.sort();
    assert!(files.len() > 50);
    files
        .into_iter()
        .map(|f| {
            let text = fs::read_to_string(&f).expect("a readable file");
            (f.strip_prefix(root).expect("in the house").to_path_buf(), text)
        })
        .collect()
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|group| group.contains(&module))
}

fn module_of(file: &Path) -> Option<String> {
    let mut parts = file.iter().map(|p| p.to_string_lossy().into_owned());
    (parts.next()? == "src").then_some(())?;
    let first = parts.next()?;
    Some(first.trim_end_matches(".rs").to_string())
}

/// The modules of `crate::` that a text names outside its tests and comments.
fn used(text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or(text);
    let lines = code.lines().filter(|l| !l.trim_start().starts_with("//"));
    let mut out = vec![];
    for line in lines {
        for part in line.split("crate::").skip(1) {
            let name: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            out.push(name);
        }
    }
    out
}

fn upward(file: &Path, text: &str) -> Vec<String> {
    let Some(from) = module_of(file) else { return vec![] };
    let Some(here) = layer(&from) else { return vec![] };
    let above = |name: &String| layer(name).is_some_and(|there| there > here);
    used(text).into_iter().filter(above).map(|name| format!("{}: {from} uses {name}", file.display())).collect()
}

#[test]
fn arrows_point_down() {
    let wrong: Vec<String> = sources().iter().flat_map(|(file, text)| upward(file, text)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    // The check can fail: a mechanism that reached for the command line would be seen.
    assert_eq!(upward(Path::new("src/mechanisms/x.rs"), "use crate::cli::Exit;\n").len(), 1);
}

#[test]
fn every_module_has_its_place() {
    let unknown: Vec<String> = sources()
        .iter()
        .filter_map(|(file, _)| module_of(file))
        .filter(|m| layer(m).is_none() && m != "lib" && m != "main")
        .collect();
    assert!(unknown.is_empty(), "not in the list of layers: {unknown:?}");
}

#[test]
fn no_mechanism_imports_another() {
    let wrong: Vec<String> = sources()
        .iter()
        .filter(|(file, _)| file.starts_with("src/mechanisms") && !file.ends_with("mod.rs"))
        .filter(|(_, text)| {
            let code = text.split("#[cfg(test)]").next().unwrap_or(text);
            code.lines().any(|l| l.starts_with("use super::") || l.starts_with("use crate::mechanisms::"))
        })
        .map(|(file, _)| file.display().to_string())
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn files_stay_short() {
    let long: Vec<String> = sources()
        .iter()
        .map(|(file, text)| (file, text.lines().count()))
        .filter(|(_, lines)| *lines > 600)
        .map(|(file, lines)| format!("{} has {lines} lines", file.display()))
        .collect();
    assert!(long.is_empty(), "{long:?}");
    let lines = |name: &str| {
        sources().iter().find(|(file, _)| file.ends_with(name)).map(|(_, text)| text.lines().count()).expect("there")
    };
    assert!(lines("src/round.rs") <= 120, "the loop fits a screen or two");
    assert!(lines("src/main.rs") <= 20);
}

#[test]
fn every_public_item_says_what_it_is() {
    let mut silent = vec![];
    for (file, text) in sources().iter().filter(|(file, _)| file.starts_with("src")) {
        let lines: Vec<&str> = text.split("#[cfg(test)]").next().unwrap_or(text).lines().collect();
        for (i, line) in lines.iter().enumerate() {
            let item = ["pub fn ", "pub struct ", "pub enum ", "pub trait ", "pub const ", "pub type "];
            if !item.iter().any(|start| line.trim_start().starts_with(start)) || line.contains('$') {
                continue;
            }
            let above = lines[..i].iter().rev().find(|l| {
                let l = l.trim_start();
                !l.starts_with("#[") && !l.starts_with(')') && !l.starts_with("derive") && !l.ends_with(")]")
            });
            if !above.is_some_and(|l| l.trim_start().starts_with("///") || l.trim_start().starts_with("$(#")) {
                silent.push(format!("{}:{}", file.display(), i + 1));
            }
        }
    }
    assert!(silent.is_empty(), "{silent:#?}");
}

#[test]
fn nothing_leans_on_one_machine() {
    let marks = [["/wo", "rk/"].concat(), ["/ro", "ot/"].concat(), ["../sha", "red"].concat()];
    let wrong: Vec<String> = sources()
        .iter()
        .filter(|(_, text)| marks.iter().any(|m| text.contains(m.as_str())))
        .map(|(file, _)| file.display().to_string())
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// Only what the command line binds with `--player` is ever started.
#[test]
fn programs_are_started_in_one_place() {
    let starts = |text: &str| text.contains("process::Command") || text.contains("Command::new(");
    let from: Vec<String> = sources()
        .iter()
        .filter(|(file, text)| file.starts_with("src") && starts(text))
        .map(|(file, _)| file.display().to_string())
        .collect();
    assert_eq!(from, ["src/cli/player/process.rs"]);
}

/// Folders whose files do not use each other in a circle.
const WITHOUT_CIRCLES: [&str; 6] = ["world", "table", "strategies", "session", "mechanisms", "record"];

/// The files of a folder that a file of it names outside its tests and comments.
fn neighbours(folder: &str, text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or(text);
    let lines = code.lines().filter(|l| !l.trim_start().starts_with("//"));
    let starts = ["super::".to_string(), format!("crate::{folder}::")];
    let mut out = vec![];
    for line in lines {
        for part in starts.iter().flat_map(|start| line.split(start.as_str()).skip(1)) {
            out.push(part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    out
}

/// A way from a file back to itself, if there is one.
fn circle<'a>(from: &'a str, uses: &'a BTreeMap<String, Vec<String>>, way: &mut Vec<&'a str>) -> bool {
    way.push(from);
    for next in uses.get(from).into_iter().flatten() {
        if way.first() == Some(&next.as_str()) || !way.contains(&next.as_str()) && circle(next, uses, way) {
            return true;
        }
    }
    way.pop();
    false
}

#[test]
fn files_of_a_folder_form_no_circle() {
    let sources = sources();
    for folder in WITHOUT_CIRCLES {
        let of_it = sources.iter().filter_map(|(file, text)| {
            let name = file.strip_prefix(Path::new("src").join(folder)).ok()?.to_str()?.strip_suffix(".rs")?;
            let others = neighbours(folder, text).into_iter().filter(|other| other != name);
            (name != "mod").then(|| (name.to_string(), others.collect()))
        });
        let uses: BTreeMap<String, Vec<String>> = of_it.collect();
        for file in uses.keys() {
            let mut way = vec![];
            assert!(!circle(file, &uses, &mut way), "in {folder}, {} use each other in a circle", way.join(", "));
        }
    }
    // The check can fail: two files that name each other are seen.
    let uses = [("a", "use super::b::B;\n"), ("b", "fn f() -> crate::world::a::A {}\n")]
        .map(|(name, text)| (name.to_string(), neighbours("world", text)));
    assert!(circle("a", &uses.into(), &mut vec![]));
}
