//! The scenarios, studies and lessons that are part of the program, so that it plays them wherever it is started.
//!
//! A word such as `stockholm-2025` or `theory/two-issues` names one of them where there is no file of that name. They
//! are opened under [`ROOT`], so that one that extends another finds it in the program too, and not beside the reader.

use super::loaded::Open;
use super::presets;
use crate::error::Error;
use crate::notation::near::{listed, nearest};

macro_rules! files {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../scenarios/", $name, ".ron")))),*]
    };
}

/// The files of `scenarios` by name, with their text; those of `scenarios/strategies` are [`presets::FILES`].
pub const FILES: &[(&str, &str)] = files![
    "stockholm-2025" "phase-one-2018" "template"
    "theory/attrition" "theory/breakdown" "theory/deadline" "theory/linear-conceder" "theory/neutral-world"
    "theory/no-overlap" "theory/pledges" "theory/split-the-dollar" "theory/time-tactics" "theory/two-issues"
    "studies/best-replies" "studies/better-negotiator" "studies/history-2010-2025" "studies/hurry-and-glory"
    "studies/moments-exercise"
    "studies/questions-2018-2019" "studies/red-team" "studies/signs" "studies/unknown-2025"
    "classroom/express-45min" "classroom/stockholm-75min"
];

/// What the name of a file begins with that is opened in the program and not on the disk.
pub const ROOT: &str = "summitry:/";

/// The name to open one by, for a word that names it: with its folder, or by its last step.
pub fn named(word: &str) -> Option<String> {
    let last = |name: &str| name.rsplit('/').next() == Some(word);
    let found = FILES.iter().find(|(name, _)| *name == word || last(name));
    found.map(|(name, _)| format!("{ROOT}{name}.ron"))
}

/// The name to open what a file names by `word`: where no `file` of that name can be opened, the one so called in the
/// program.
pub fn or_named(file: String, word: &str, open: Open) -> String {
    named(word).filter(|_| open(&file).is_err()).unwrap_or(file)
}

/// The text of a file that is named under [`ROOT`]; nothing for a file on the disk.
pub fn open(path: &str) -> Option<Result<String, Error>> {
    let file = path.strip_prefix(ROOT)?;
    let name = file.strip_suffix(".ron").unwrap_or(file);
    let preset = name.strip_prefix("strategies/");
    let preset = preset.and_then(|name| presets::FILES.iter().find(|(known, _)| *known == name));
    let found = FILES.iter().find(|(known, _)| *known == name).or(preset);
    Some(
        found
            .map(|(_, text)| (*text).to_owned())
            .ok_or_else(|| Error::file(format!("there is no `{file}` in the program"))),
    )
}

/// Help for a word that names neither a file nor one of these: the nearest, or all scenarios.
pub fn help(word: &str) -> String {
    let lasts = || FILES.iter().map(|(name, _)| name.rsplit('/').next().unwrap_or(name));
    match nearest(word, lasts()) {
        Some(near) => format!("; did you mean `{near}`, which is part of the program?"),
        None => {
            let scenarios = FILES.iter().map(|(name, _)| *name);
            let other =
                |name: &&str| name.starts_with("studies/") || name.starts_with("classroom/") || *name == "template";
            let scenarios = scenarios.filter(|name| !other(name));
            format!("; part of the program are {}", listed(scenarios))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::kind::load_any;

    fn on_disk(folder: &str) -> Vec<String> {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(folder);
        let entries = std::fs::read_dir(path).expect("a folder").flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        names.filter_map(|name| name.strip_suffix(".ron").map(|stem| format!("{folder}{stem}"))).collect()
    }

    #[test]
    fn every_file_that_is_shipped_is_in_the_program_and_no_two_share_a_name() {
        let mut there: Vec<String> =
            ["", "theory/", "studies/", "classroom/"].iter().flat_map(|f| on_disk(f)).collect();
        let mut here: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
        there.sort();
        here.sort_unstable();
        assert_eq!(here, there);
        let mut presets: Vec<String> = presets::FILES.iter().map(|(name, _)| format!("strategies/{name}")).collect();
        let mut strategies = on_disk("strategies/");
        presets.sort();
        strategies.sort();
        assert_eq!(presets, strategies);
        let mut lasts: Vec<&str> = FILES.iter().filter_map(|(name, _)| name.rsplit('/').next()).collect();
        lasts.sort_unstable();
        lasts.dedup();
        assert_eq!(lasts.len(), FILES.len(), "a last step names one file");
    }

    #[test]
    fn one_is_found_by_its_name_and_extends_another_in_the_program() {
        assert_eq!(named("stockholm-2025").as_deref(), Some("summitry:/stockholm-2025.ron"));
        assert_eq!(named("theory/two-issues"), named("two-issues"));
        assert_eq!(
            (named("stockholm-2025.ron"), named("x/two-issues"), open("stockholm-2025.ron")),
            (None, None, None)
        );
        let only = |path: &str| open(path).unwrap_or_else(|| Err(Error::ours(format!("{path} is sought on the disk"))));
        for (name, text) in FILES.iter().filter(|(name, _)| !name.contains('/') || name.starts_with("theory/")) {
            let (_, loaded) = load_any(&format!("{ROOT}{name}.ron"), &only, &[]).unwrap_or_else(|e| panic!("{e}"));
            assert_eq!(loaded.sources[0].text, *text);
        }
        assert!(only("summitry:/strategies/grim.ron").is_ok());
        assert_eq!(only("summitry:/nothing.ron"), Err(Error::file("there is no `nothing.ron` in the program")));
    }

    #[test]
    fn a_word_that_names_nothing_is_helped() {
        assert_eq!(help("stokholm-2025"), "; did you mean `stockholm-2025`, which is part of the program?");
        assert!(help("zzz").starts_with("; part of the program are `stockholm-2025`, `phase-one-2018`, "));
    }
}
