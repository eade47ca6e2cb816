//! The paths that a sweep or a search runs over: those of the file, and those that are named besides.

use super::design::{Axis, clash};
use super::sweep::mark_whole;
use crate::notation::{Code, Problem};
use crate::scenario::knob::Knob;
use crate::scenario::load::{Loaded, Problems};

/// What an argument of the command line is called.
pub const OVER: &str = "--over argument";

/// The axes that a file and its arguments name; an argument takes the place of a file's.
/// `called` is what an argument is called where something is wrong with it.
pub fn axes(
    base: &mut Loaded,
    of_file: fn(&Loaded) -> &[Knob],
    over: &[String],
    called: &str,
) -> Result<Vec<Axis>, Problems> {
    let mut out = vec![];
    for knob in of_file(base) {
        out.push(Axis::of_knob(knob).map_err(|problem| base.wrong(vec![problem]))?);
    }
    let mut said = vec![];
    for (i, text) in over.iter().enumerate() {
        said.push(Axis::of_argument(base, &format!("{called} {}", i + 1), text)?);
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
        let problem = Problem::new(Code::Contradiction, text).at(other.at).help("leave one of them out");
        return Err(base.wrong(vec![problem]));
    }
    mark_whole(base, &mut out).map_err(|problem| base.wrong(vec![problem]))?;
    Ok(out)
}
