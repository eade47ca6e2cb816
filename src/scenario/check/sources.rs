//! Where numbers come from and the big questions: each path leads to something, and something is said of it.

use super::Finder;
use crate::notation::tree::Place;
use crate::notation::{Code, Problem, path};
use crate::scenario::fields::{of_scenarios, under};
use crate::scenario::put::leads;

impl Finder<'_> {
    pub(super) fn sources(&mut self) {
        for (path, text) in &self.scenario.because {
            let at = path::nearest_key(&self.loaded.tree, "because", path);
            self.problems.extend(self.led_to(path, at));
            if text.trim().is_empty() {
                let help = "say in a few words where it is from, or \"judgement\"";
                self.say_of_key(Code::Empty, "because", path, "nothing is said of it", help);
            }
        }
        for (i, big) in self.scenario.ask_first.iter().enumerate() {
            if big.ask.trim().is_empty() {
                self.say(Code::Empty, &format!("ask_first.{i}.ask"), "the question is empty");
            }
            if big.paths.is_empty() {
                self.say(Code::Empty, &format!("ask_first.{i}.paths"), "a question turns on one path at least");
            }
            for (k, path) in big.paths.iter().enumerate() {
                let at = path::nearest_place(&self.loaded.tree, &format!("ask_first.{i}.paths.{k}"));
                self.problems.extend(self.led_to(path, at));
            }
        }
    }

    /// Whether what stands at a place was put there over what the file of another says: by a file that extends it, or by
    /// `--set`.
    fn outranks(&self, here: Place, other: Place) -> bool {
        let rank = |place: Place| {
            let source = i32::from(place.source);
            let set = usize::from(place.source) >= self.loaded.files;
            if set { source } else { -source } // the file that is asked for comes first, then those it extends
        };
        rank(here) > rank(other)
    }

    /// Why a path, written at a place, leads to nothing; none where it names what was written, or a field left at its
    /// default. Where another file or `--set` took away what it led to, it has nothing to speak for any more.
    fn led_to(&self, path: &str, at: Place) -> Option<Problem> {
        let tree = &self.loaded.tree;
        if path::get(tree, path).is_ok() || self.outranks(path::nearest_place(tree, path), at) {
            return None;
        }
        let way = leads(tree, path, tree.at).err();
        way.or_else(|| under(of_scenarios(), path).err().map(|e| e.problem())).map(|problem| problem.at(at))
    }
}
