//! The paths that a sweep or a search runs over: those of the file, and those of the command line.

use super::failure::Failure;
use crate::notation::{Code, Problem};
use crate::scenario::knob::Knob;
use crate::scenario::load::Loaded;
use crate::studies::design::{Axis, clash};
use crate::studies::sweep::mark_whole;

/// The axes that a file and its arguments name.
pub fn axes(base: &mut Loaded, of_file: fn(&Loaded) -> &[Knob], over: &[String]) -> Result<Vec<Axis>, Failure> {
    let mut out = vec![];
    for knob in of_file(base) {
        out.push(Axis::of_knob(knob).map_err(|problem| Failure::from(base.wrong(vec![problem])))?);
    }
    let mut said = vec![];
    for (i, text) in over.iter().enumerate() {
        said.push(Axis::of_argument(base, &format!("--over argument {}", i + 1), text)?);
    }
    out.retain(|axis: &Axis| said.iter().all(|other| other.path != axis.path)); // said again: the command line counts
    out.extend(said);
    if let Some((one, other)) = clash(&base.tree, &out) {
        let text = match one.path == other.path {
            true => format!("`{}` is given values twice", one.path),
            false => format!(
                "`{}` and `{}` are one path, or lie one in the other: each undoes the other",
                one.path, other.path
            ),
        };
        return Err(Failure::from(
            base.wrong(vec![Problem::new(Code::Contradiction, text).at(other.at).help("leave one of them out")]),
        ));
    }
    mark_whole(base, &mut out).map_err(|problem| Failure::from(base.wrong(vec![problem])))?;
    Ok(out)
}

/// The last steps of a path, as many as tell it from the others.
pub fn short(path: &str, paths: &[String]) -> String {
    let tail = |path: &str, n: usize| {
        let steps: Vec<&str> = path.split('.').collect();
        steps[steps.len().saturating_sub(n)..].join(".")
    };
    (1..8)
        .map(|n| tail(path, n))
        .find(|name| paths.iter().filter(|other| tail(other, name.split('.').count()) == *name).count() == 1)
        .unwrap_or_else(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_end_alike_are_told_apart() {
        let paths = ["a.escalate.Threat.per_round", "a.escalate.Grit.per_round", "a.accept.after"].map(String::from);
        let told: Vec<String> = paths.iter().map(|path| short(path, &paths)).collect();
        assert_eq!(told, ["Threat.per_round", "Grit.per_round", "after"]);
    }
}
