//! A scenario put together from its files: its tree, where each part was written, and what a study turns in it.

use serde::de::DeserializeOwned;

use super::knob::Knob;
use super::language::{decode, decode_mended};
use super::put::set;
use crate::error::Error;
use crate::notation::decode::Mended;
use crate::notation::tree::{Node, Source};
use crate::notation::{Code, Problem, Problems, path};

/// The door to files that the loader is handed: the text of a file, or why there is none.
pub type Open<'a> = &'a dyn Fn(&str) -> Result<String, Error>;

/// A scenario put together from its files, not yet decoded.
#[derive(Clone, PartialEq, Debug)]
pub struct Loaded {
    /// Base, overlays and `--set`, as one tree.
    pub tree: Node,
    /// What was read: the file asked for, those it extends, then each `--set` argument.
    pub sources: Vec<Source>,
    /// So many of them are files; what comes behind are changes.
    pub files: usize,
    /// The paths to sweep over.
    pub sweep: Vec<Knob>,
    /// The paths to tune.
    pub tune: Vec<Knob>,
}

impl Loaded {
    /// The scenario as a type, or everything that is wrong with it. The values of `sweep` are tried out too.
    #[cfg(test)]
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, Problems> {
        let value = decode::<T>(&self.tree).map_err(|problems| self.wrong(problems))?;
        let problems = self.knob_problems::<T>();
        if problems.is_empty() { Ok(value) } else { Err(self.wrong(problems)) }
    }

    /// What is wrong with the values that a study gives to its paths.
    pub(super) fn knob_problems<T: DeserializeOwned>(&self) -> Vec<Problem> {
        let mut problems: Vec<Problem> = vec![];
        for knob in self.sweep.iter().chain(&self.tune) {
            problems.extend(knob.over().err());
            for tried in knob.tried() {
                problems.extend(self.decode_with::<T>(knob, tried).err().unwrap_or_default());
            }
        }
        problems.sort_by_key(|problem| problem.at);
        problems.dedup();
        problems
    }

    /// The scenario with another value for one path.
    pub fn decode_with<T: DeserializeOwned>(&self, knob: &Knob, value: &Node) -> Result<T, Vec<Problem>> {
        let mut tree = self.tree.clone();
        set(&mut tree, &knob.path, knob.at, value.clone()).map_err(|problem| vec![problem])?;
        decode(&tree)
    }

    /// A problem with what a path names, for checks that come after decoding.
    pub fn blame(&self, path: &str, code: Code, text: impl Into<String>) -> Problem {
        Problem::new(code, text).at(path::nearest_place(&self.tree, path))
    }

    /// A problem with a key of what a path names.
    pub fn blame_key(&self, path: &str, key: &str, code: Code, text: impl Into<String>) -> Problem {
        Problem::new(code, text).at(path::nearest_key(&self.tree, path, key))
    }

    /// Problems with the texts they are shown in.
    pub fn wrong(&self, problems: Vec<Problem>) -> Problems {
        Problems { problems, sources: self.sources.clone() }
    }
}

/// Decodes what was put together, with the problems met on the way.
pub(super) fn decode_gathered<T: DeserializeOwned>(loaded: &Loaded, met: Vec<Problem>) -> Mended<T> {
    let mut mended = decode_mended::<T>(&loaded.tree);
    if mended.problems.is_empty() {
        mended.problems = loaded.knob_problems::<T>();
    }
    mended.problems.extend(met);
    mended.problems.sort_by_key(|problem| problem.at);
    mended.problems.dedup();
    mended
}
