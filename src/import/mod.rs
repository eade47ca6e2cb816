//! Bargaining scenarios of other programs, written anew as scenarios of ours.
//!
//! An importer is given the names of the files of a folder and a door to their text; it hands back the text of a
//! scenario and a list of what could not be carried over. Nothing is dropped in silence: what the scenario cannot
//! hold is named, and what would make it another game is an error.

mod draft;
mod genius;
mod negmas;

pub use draft::{Imported, Play};
pub use genius::genius;
pub use negmas::negmas;

pub use crate::scenario::load::Open;

#[cfg(test)]
mod testing {
    use crate::bargain::Compiled;
    use crate::scenario::bargaining::BargainingFile;
    use crate::scenario::load::load_as;

    use super::Imported;
    use crate::error::Error;

    /// A folder in memory: names, and the door to their texts.
    pub(super) fn folder<'a>(
        files: &'a [(&'a str, &'a str)],
    ) -> (Vec<String>, impl Fn(&str) -> Result<String, Error> + 'a) {
        let names = files.iter().map(|(name, _)| (*name).to_owned()).collect();
        let open = |wanted: &str| {
            let found = files.iter().find(|(name, _)| *name == wanted);
            found.map(|(_, text)| (*text).to_owned()).ok_or_else(|| Error::ours(format!("no file {wanted}")))
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
