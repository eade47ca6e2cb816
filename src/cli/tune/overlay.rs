//! Where an overlay may stand, and that it loads to what was played.

use std::path::Path;

use crate::cli::common::{Failure, colour};
use crate::cli::disk;
use crate::scenario::folder::SHELVES;
use crate::scenario::load::{Problems, load};
use crate::scenario::tree::Node;
use crate::studies::variants::{Change, cell};

/// Writes an overlay as a new file, after it was seen to load to the scenarios that were played: one hash for each
/// opponent, a change each.
pub fn write(file: &str, text: &str, opponents: &[Option<Change>], hashes: &[String]) -> Result<(), Failure> {
    let explain = |problems: Problems| Failure::Wrong(problems.explain(colour()));
    let open = |name: &str| if name == file { Ok(text.to_owned()) } else { disk::open(name) };
    let loaded = load(file, &open, &[]).map_err(explain)?;
    for (change, hash) in opponents.iter().zip(hashes) {
        let changes: Vec<Change> = change.iter().cloned().collect();
        if cell(&loaded, &changes).map_err(explain)?.hash != *hash {
            return Err(Failure::Ours("the overlay does not load to the scenario that was found".into()));
        }
    }
    disk::write_new(file, text)
}

/// A party's strategy set to a tree.
pub fn seat(party: &str, tree: &Node) -> Change {
    Change { path: format!("parties.{party}.strategy"), at: tree.at, value: tree.clone() }
}

/// The scenario as an overlay at `out` names it: it may stand beside the scenario, in a shelf beside it, or one up
/// from a shelf.
pub fn extends(scenario: &str, out: &str) -> Result<String, String> {
    let whole = |path: &Path| path.canonicalize().map_err(|e| format!("`{}` cannot be found: {e}", path.display()));
    let scenario = whole(Path::new(scenario))?;
    let folder = match Path::new(out).parent() {
        Some(folder) if !folder.as_os_str().is_empty() => whole(folder)?,
        _ => whole(Path::new("."))?,
    };
    let on_shelf = folder.file_name().and_then(|n| n.to_str()).is_some_and(|name| SHELVES.contains(&name));
    let root = if on_shelf { folder.parent().unwrap_or(&folder) } else { &folder };
    let steps = scenario.strip_prefix(root).map_err(|_| {
        let beside = scenario.parent().unwrap_or(root).display();
        format!("an overlay extends a scenario of its own folder tree: write `{out}` to the folder {beside}")
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
