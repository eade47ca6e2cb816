//! The overlay that a search writes: what was found, where it came from, and the changes that make it.

use super::search::Search;
use crate::command_line::CommandLine;
use crate::notation::path::within;
use crate::notation::wording::count;
use crate::notation::written::quoted;
use crate::report::tune::Outcome;
use crate::studies::tune::judge::{Against, Judged};

/// The overlay that makes the best: loads to the same scenario, so plays to the same values. `extends` is the file it
/// extends, as seen from where it will stand.
pub fn overlay(search: &Search, outcome: &Outcome, best: &Judged, extends: &str) -> String {
    let plain = |text: &str| text.replace(['\n', '\r'], " ");
    let mut out = format!("// {}, found by {}.\n", plain(&search.objective.told()), best.way.name());
    for (party, plays) in &search.against {
        out.push_str(&format!("//   against {} as {}\n", plain(party), plain(plays)));
    }
    for (path, over) in &search.axes {
        out.push_str(&format!("//   searched {} over {}\n", plain(path), plain(over)));
    }
    out.push_str(&format!(
        "//   seed {}, a budget of {} candidates of {} games each; {} candidates were begun\n",
        search.heading.seed,
        search.tries,
        search.heading.asked,
        outcome.state.arms.iter().filter(|arm| arm.way == best.way).map(|arm| arm.candidates).sum::<u64>()
    ));
    let mut told = |from: &str, f: &Against| {
        let or = |x: Option<f64>| x.map_or("none".into(), |x| format!("{x:.4}"));
        out.push_str(&format!(
            "//   {from}: {} ± {} (as written {}, gain {} ± {} at 95 %)\n",
            f.value,
            or(f.half),
            f.written.map_or("none".into(), |x| x.to_string()),
            or(f.gain),
            or(f.gain_half)
        ));
    };
    told(&format!("in sample, on {}", count(search.heading.asked as usize, "game")), &best.inside);
    told(&format!("out of sample, on {}", count(search.held as usize, "held-out game")), &best.outside);
    let version = env!("CARGO_PKG_VERSION");
    out.push_str(&format!("//   {} (version {version})\n", plain(&search.command.to_string())));
    // against a single opponent its seat is part of the changes below; against several each is a batch of its own
    let seats: Vec<Option<String>> = match &search.against[..] {
        [] | [_] => vec![None],
        several => several.iter().map(|(party, plays)| Some(format!("{party}={plays}"))).collect(),
    };
    for seat in seats {
        let again = CommandLine::new("batch").word("THIS-FILE").options("strategy", seat);
        let again = again.option("seed", search.heading.seed).option("games", search.heading.asked);
        out.push_str(&format!("// The figure in sample again: {}\n", plain(&again.to_string())));
    }
    out + &found(search, &outcome.values, extends)
}

/// The overlay of a search without its head: it gives the searched paths these values, one each.
pub fn found(search: &Search, values: &[String], extends: &str) -> String {
    let paths = search.axes.iter().map(|(path, _)| path.clone());
    let values: Vec<(String, String)> = paths.zip(values.iter().cloned()).collect();
    changes(&search.sets, &values, &search.tune, extends)
}

/// An overlay without its head: what was set, then what was found, each path with its value, written as an author
/// would.
///
/// Its `tune` is what was searched, so that it can be searched again, and takes the place of the base's.
pub fn changes(
    sets: &[(String, String)],
    found: &[(String, String)],
    tune: &[(String, String)],
    extends: &str,
) -> String {
    let all: Vec<(&String, &String)> = sets.iter().chain(found).map(|(path, value)| (path, value)).collect();
    let map = |entries: &mut dyn Iterator<Item = (&String, &String)>| {
        entries.map(|(path, value)| format!("    {}: {value},\n", quoted(path))).collect::<String>()
    };
    format!(
        "(\n  schema: \"summitry/1\",\n  extends: {},\n  set: {{\n{}  }},\n  tune: {{\n{}  }},\n)\n",
        quoted(extends),
        map(&mut lasting(&all)),
        map(&mut tune.iter().map(|(path, over)| (path, over)))
    )
}

/// Those of many changes that a later one does not undo: a map has each path once.
fn lasting<'a>(all: &'a [(&'a String, &'a String)]) -> impl Iterator<Item = (&'a String, &'a String)> {
    let undone = |i: usize| all[i + 1..].iter().any(|(later, _)| within(all[i].0, later));
    all.iter().enumerate().filter(move |(i, _)| !undone(*i)).map(|(_, change)| *change)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_that_is_undone_is_left_out() {
        let texts = ["a.b", "a.bc", "a", "a.b", "c", "a.b.d", "c"].map(String::from);
        let value = String::from("1");
        let all: Vec<(&String, &String)> = texts.iter().map(|path| (path, &value)).collect();
        let left: Vec<&str> = lasting(&all).map(|(path, _)| path.as_str()).collect();
        assert_eq!(left, ["a", "a.b", "a.b.d", "c"]);
    }
}
