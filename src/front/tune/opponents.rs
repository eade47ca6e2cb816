//! Who is played against, and the scenario's paths against each.

use crate::disk;
use crate::error::Error;
use crate::notation::Problem;
use crate::notation::path;
use crate::notation::tree::Node;
use crate::scenario::load::{Loaded, Problems};
use crate::scenario::put::set;
use crate::scenario::strategy_file::tree_of;
use crate::studies::design::Axis;
use crate::studies::tune::compiled::Compiled;
use crate::studies::variants::{Change, cell};

/// Who is played against: a name, and the change that seats it; one without a change where nobody is named.
pub type Opponent = ((String, String), Option<Change>);

/// The party whose paths are all that is tuned.
fn tuned(axes: &[Axis]) -> Option<&str> {
    let of =
        |axis: &Axis| axis.path.strip_prefix("parties.").and_then(|rest| rest.split('.').next()).map(str::to_owned);
    let first = of(axes.first()?)?;
    let all = axes.iter().all(|axis| of(axis).as_deref() == Some(&first));
    all.then(|| &axes[0].path["parties.".len()..][..first.len()])
}

/// Those that the arguments name; a party's strategy becomes theirs.
pub fn opponents(base: &mut Loaded, axes: &[Axis], against: &[String], called: &str) -> Result<Vec<Opponent>, Error> {
    if against.is_empty() {
        return Ok(vec![(Default::default(), None)]);
    }
    let help =
        "--against seats the other side: all paths that are tuned lie under one party, such as parties.us.strategy";
    let side = tuned(axes).ok_or_else(|| Error::argument(help))?.to_owned();
    let parties: Vec<String> = path::get(&base.tree, "parties")
        .ok()
        .and_then(|node| node.entries())
        .unwrap_or_default()
        .iter()
        .map(|(key, _)| key.word())
        .collect();
    let other = parties.into_iter().find(|party| *party != side).ok_or_else(|| Error::argument(help))?;
    let mut out = vec![];
    for word in against {
        let tree = tree_of(word, called, &disk::open, &mut base.sources).map_err(|problems| base.wrong(problems))?;
        out.push(((other.clone(), word.clone()), Some(seat(&other, &tree))));
    }
    Ok(out)
}

/// The paths of the scenario against one opponent.
pub fn table(base: &Loaded, opponent: Option<&Change>, axes: &[Axis], asked: &[String]) -> Result<Compiled, Problems> {
    let mut base = base.clone();
    if let Some(change) = opponent {
        set(&mut base.tree, &change.path, change.at, change.value.clone())
            .map_err(|problem: Problem| base.wrong(vec![problem]))?;
    }
    cell(&base, &[])?;
    Compiled::of(&base, axes, asked)
}

/// A party's strategy set to a tree.
fn seat(party: &str, tree: &Node) -> Change {
    Change { path: format!("parties.{party}.strategy"), at: tree.at, value: tree.clone() }
}
