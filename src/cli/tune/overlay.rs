//! Where an overlay may stand, and that it loads to what was played.

use crate::error::Error;
use crate::notation::Code;
use std::path::Path;

use super::search::Search;
use super::written::found;
use crate::cli::failure::Failure;
use crate::disk;
use crate::front::tune::opponents::Opponent;
use crate::notation::written::written;
use crate::scenario::folder::SHELVES;
use crate::scenario::load::load;
use crate::scenario::shipped::ROOT;
use crate::studies::design::{Axis, Over};
use crate::studies::tune::compiled::{Compiled, at};
use crate::studies::variants::{Change, cell};

/// An overlay that is to be written.
pub struct Overlay<'a> {
    /// The new file.
    file: &'a str,
    /// The scenario as it is named from there.
    pub extends: String,
}

impl<'a> Overlay<'a> {
    /// At a place that can be written, over a scenario that can be named from there.
    pub fn at(file: &'a str, scenario: &str) -> Result<Overlay<'a>, Failure> {
        disk::room_for(file)?;
        let extends = extends(&disk::with_shelf(scenario), file)?;
        Ok(Overlay { file, extends })
    }

    /// Tries before the search that an overlay can be made of what it may find: it loads, and to what is played. Every
    /// value of a list is tried once. `tables` are the paths against each opponent.
    pub fn rehearse(
        &self,
        search: &Search,
        axes: &[Axis],
        opponents: &[Opponent],
        tables: &[Compiled],
    ) -> Result<(), Failure> {
        let listed = |axis: &Axis| match &axis.over {
            Over::Values(values) => values.len(),
            Over::Range(..) => 1,
        };
        for turn in 0..axes.iter().map(listed).max().unwrap_or(1) {
            let share = |axis: &Axis| ((turn % listed(axis)) as f64 + 0.5) / listed(axis) as f64;
            let point: Vec<f64> = axes.iter().map(share).collect();
            let values: Vec<String> = at(axes, &point).iter().map(written).collect();
            let hash = |table: &Compiled| table.cell(&point).map(|cell| cell.hash).map_err(Failure::from);
            let hashes = tables.iter().map(hash).collect::<Result<Vec<_>, _>>()?;
            self.hold(&found(search, &values, &self.extends), opponents, &hashes).map_err(|failure| match failure {
                Failure::Wrong(text) => {
                    let help = "take away what it is about, or leave out --out";
                    Failure::Wrong(format!("error: no overlay can be made of this search: {help}\n{text}"))
                }
                other => other,
            })?;
        }
        Ok(())
    }

    /// Sees that a text, standing at its place, loads to the scenarios that were played: one hash for each opponent.
    pub(super) fn hold(&self, text: &str, opponents: &[Opponent], hashes: &[String]) -> Result<(), Failure> {
        let name = disk::with_shelf(self.file);
        let open = |path: &str| if path == name { Ok(text.to_owned()) } else { disk::open(path) };
        let loaded = load(&name, &open, &[])?;
        for ((_, change), hash) in opponents.iter().zip(hashes) {
            let changes: Vec<Change> = change.iter().cloned().collect();
            if cell(&loaded, &changes)?.hash != *hash {
                return Err(Failure::Ours("the overlay does not load to the scenario that was found".into()));
            }
        }
        Ok(())
    }

    /// Writes it as a new file, after it was held against what was played.
    pub fn write(&self, text: &str, opponents: &[Opponent], hashes: &[String]) -> Result<(), Failure> {
        self.hold(text, opponents, hashes)?;
        Ok(disk::write_new(self.file, text)?)
    }
}

/// The scenario as an overlay at `out` names it: it may stand beside the scenario, in a shelf beside it, or one up
/// from a shelf.
fn extends(scenario: &str, out: &str) -> Result<String, Error> {
    if scenario.starts_with(ROOT) || scenario == disk::STANDARD_INPUT {
        let text = "an overlay extends a file, and this scenario stands in none";
        return Err(Error::of(
            Code::BadExtends,
            format!("{text}\n  write it to a file of your own, or leave out --out"),
        ));
    }
    let whole = |path: &Path| {
        path.canonicalize().map_err(|e| Error::file(format!("`{}` cannot be found: {e}", path.display())))
    };
    let scenario = whole(Path::new(scenario))?;
    let folder = match Path::new(out).parent() {
        Some(folder) if !folder.as_os_str().is_empty() => whole(folder)?,
        _ => whole(Path::new("."))?,
    };
    let on_shelf = folder.file_name().and_then(|n| n.to_str()).is_some_and(|name| SHELVES.contains(&name));
    let root = if on_shelf { folder.parent().unwrap_or(&folder) } else { &folder };
    let steps = scenario.strip_prefix(root).map_err(|_| {
        let beside = scenario.parent().unwrap_or(root).display();
        let text =
            format!("an overlay extends a scenario of its own folder tree: write `{out}` to the folder {beside}");
        Error::of(Code::BadExtends, text)
    })?;
    let steps: Vec<&str> = steps.iter().filter_map(|step| step.to_str()).collect();
    let steps = steps.join("/");
    Ok(match on_shelf {
        true => match steps.strip_prefix(&format!("{}/", folder.file_name().and_then(|n| n.to_str()).unwrap_or("-"))) {
            Some(same_shelf) => same_shelf.to_owned(),
            None => format!("../{steps}"),
        },
        false => steps,
    })
}
