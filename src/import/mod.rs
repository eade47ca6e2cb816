//! Bargaining scenarios of other programs, written anew as scenarios of ours.
//!
//! An importer is given the names of the files of a folder and a door to their bytes; it hands back the text of a
//! scenario and a list of what could not be carried over. Nothing is dropped in silence: what the scenario cannot
//! hold is named, and what would make it another game is an error. A file that is neither a domain nor a profile that
//! plays is left out and named; it never stops an import. A name that ends in `/` is a folder: it is named, not read.

mod draft;
mod elements;
mod genius;
mod negmas;
mod pick;
mod records;
mod text;

pub use draft::{Imported, Play, Scale};

use crate::error::Error;

/// The door to the bytes of a file.
pub type Read<'a> = &'a dyn Fn(&str) -> Result<Vec<u8>, Error>;

/// What the files of a folder are.
#[derive(Debug, Default)]
struct Sorted<'a> {
    xml: Vec<(&'a str, String)>,
    records: Vec<(&'a str, String)>,
    left_out: Vec<String>,
}

fn left_out(file: &str, why: impl std::fmt::Display) -> String {
    format!("the file `{file}`: {why}")
}

impl<'a> Sorted<'a> {
    /// The files in the order of their names: XML may be of GENIUS, YAML and JSON of NegMAS.
    fn of(files: &'a [String], read: Read) -> Self {
        let mut names: Vec<&str> = files.iter().map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        let mut out = Sorted::default();
        for name in names {
            if let Some(folder) = name.strip_suffix('/') {
                out.left_out.push(format!("the folder `{folder}`: what stands in it is not read unless it is named"));
                continue;
            }
            let ends = |endings: &[&str]| endings.iter().any(|ending| name.to_lowercase().ends_with(ending));
            let list = match (ends(&[".xml"]), ends(&[".yml", ".yaml", ".json"])) {
                (true, _) => &mut out.xml,
                (_, true) => &mut out.records,
                _ => {
                    out.left_out.push(left_out(name, "neither XML, YAML nor JSON"));
                    continue;
                }
            };
            match read(name).and_then(|bytes| text::text(&bytes)) {
                Ok(text) if text.trim().is_empty() => out.left_out.push(left_out(name, "it is empty")),
                Ok(text) => list.push((name, text)),
                Err(problem) => out.left_out.push(left_out(name, problem)),
            }
        }
        out
    }
}

/// Reads the scenario of GENIUS or of NegMAS in these files.
pub fn import(files: &[String], read: Read, play: &Play) -> Result<Imported, Vec<String>> {
    let Sorted { xml, records, left_out } = Sorted::of(files, read);
    let genius = genius::Folder::of(&xml);
    let negmas = negmas::Folder::of(&records);
    let both = |mut one: Vec<String>, other: Vec<String>| {
        one.extend(other);
        one.extend(left_out.iter().cloned());
        one
    };
    match (genius.domain.is_some(), negmas.domain.is_some()) {
        (true, true) => Err(vec![
            "there is a domain of GENIUS (XML) and one of NegMAS (YAML, JSON): name the files of one of them"
                .to_owned(),
        ]),
        (true, false) => {
            let others =
                both(negmas.left_out, negmas.profiles.iter().map(|(name, _)| not_of(name, "GENIUS")).collect());
            genius.import(others, play)
        }
        (false, true) => {
            let others =
                both(genius.left_out, genius.profiles.iter().map(|file| not_of(file.name, "NegMAS")).collect());
            negmas.import(others, play)
        }
        (false, false) => Err(nothing(&genius, &negmas, both(genius.left_out.clone(), negmas.left_out.clone()))),
    }
}

fn not_of(file: &str, program: &str) -> String {
    left_out(file, format!("not of {program}, as the domain is"))
}

/// Why there is no scenario here.
fn nothing(genius: &genius::Folder, negmas: &negmas::Folder, left_out: Vec<String>) -> Vec<String> {
    let lacks = match (genius.profiles.is_empty(), negmas.profiles.is_empty()) {
        (false, _) => "no file holds a domain (<negotiation_template>)",
        (_, false) => "no file holds an outcome space (a `type` that ends in OutcomeSpace)",
        _ => "there is no scenario of NegMAS (YAML, JSON) or GENIUS (XML) here",
    };
    [lacks.to_owned()].into_iter().chain(left_out).collect()
}

#[cfg(test)]
mod testing {
    use crate::bargain::Compiled;
    use crate::scenario::bargaining::BargainingFile;
    use crate::scenario::load::load_as;

    use super::Imported;
    use crate::error::Error;

    /// A folder in memory: names, and the door to their bytes.
    pub(super) fn folder<'a>(
        files: &'a [(&'a str, &'a str)],
    ) -> (Vec<String>, impl Fn(&str) -> Result<Vec<u8>, Error> + 'a) {
        let names = files.iter().map(|(name, _)| (*name).to_owned()).collect();
        let open = |wanted: &str| {
            let found = files.iter().find(|(name, _)| *name == wanted);
            found.map(|(_, text)| text.as_bytes().to_vec()).ok_or_else(|| Error::ours(format!("no file {wanted}")))
        };
        (names, open)
    }

    /// The scenario read back, with the utilities of all outcomes to both parties.
    pub(super) fn read(imported: &Imported) -> (BargainingFile, Vec<[f64; 2]>) {
        let open = |_: &str| Ok(imported.scenario.clone());
        let (file, _) = load_as::<BargainingFile>("imported.ron", &open, &[]).unwrap();
        let compiled = Compiled::new(&file.bargaining).unwrap();
        let utilities = (0..compiled.space().size())
            .map(|outcome| {
                let levels = compiled.space().levels_of(outcome);
                [0, 1].map(|p| {
                    let party = &file.bargaining.parties[p];
                    let worth = file.bargaining.issues.iter().zip(&levels).map(|(issue, level)| {
                        let crate::scenario::draw::Draw::Fixed(weight) = party.weights[&issue.name] else {
                            panic!("drawn")
                        };
                        f64::from(weight) * issue.values[&party.name][*level]
                    });
                    worth.sum::<f64>()
                })
            })
            .collect();
        (file, utilities)
    }
}
