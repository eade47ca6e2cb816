//! What a search found: on the screen, or as one JSON document.

use super::reached;
use super::search::Search;
use crate::command_line::CommandLine;
use crate::notation::wording::plural;
use crate::report::precision;
use crate::report::sheet::Sheet;
use crate::report::sources;
use crate::report::table::TextTable;
use crate::report::text::{count, half, signed_beside, thousands, within};
use crate::report::tune::Outcome;
use crate::studies::tune::judge::{Against, Judged};
use crate::studies::tune::search::Way;

fn figures(x: &Against) -> [String; 5] {
    let written = x.written.map_or("-".into(), |written| within(written, x.half));
    let gain = x.gain.map_or("-".into(), |gain| signed_beside(gain, x.gain_half.unwrap_or(f64::NAN)));
    [written, within(x.value, x.half), half(x.half), gain, half(x.gain_half)]
}

/// A row of figures, over the games of either side that have a case; and one over those that have it on both sides, where
/// that is another figure.
fn rows(name: String, found: &Against, table: &mut TextTable) {
    table.row([name].into_iter().chain(figures(found)));
    if let Some(both) = &found.both {
        let none = || ["-", "-", "", "-", ""].map(String::from);
        let name = format!("  both sides, {}", count(both.n, "game"));
        table.row([name].into_iter().chain(both.found.as_deref().map_or_else(none, figures)));
    }
}

/// On the screen; `out` is the overlay's file, if one was written.
pub fn page(search: &Search, outcome: &Outcome, out: Option<&str>) -> Sheet {
    let games = count(search.heading.asked, "game");
    let mut text = Sheet::from(format!("{}: {}\n", search.heading.scenario, search.objective.told()));
    for change in &search.heading.sets {
        text.push_str(&format!("  with {change}\n"));
    }
    for (party, plays) in &search.against {
        text.push_str(&format!("  against {party} as {plays}\n"));
    }
    text.push_str(&format!(
        "{} ({} of them only {} start values), {games} a candidate, {} held out, seed {}\n\n",
        count(search.axes.len() as u64, "path"),
        search.direct,
        plural(search.direct as u64, "feeds"),
        thousands(&search.held.to_string()),
        search.heading.seed
    ));
    if !outcome.verdict.written.is_empty() {
        let counted = match outcome.verdict.written.iter().any(|r| r.tolerance.is_some()) {
            true => "sum of squared misses, counted in tolerances",
            false => "squared miss",
        };
        text.push_str(&format!("  The value is the {counted}, with a minus sign.\n\n"));
    }
    text.table(arms(search, outcome));
    text.push_str("\n");
    for way in &outcome.verdict.mute {
        text.push_str(&format!(
            "The best of {} has no value on held-out games: none has a case of what is sought. Ask for more: --held-out.\n\n",
            way.name()
        ));
    }
    match outcome.best() {
        Some(best) => found(search, outcome, best, out, &mut text),
        None => nothing(search, outcome, &mut text),
    }
    text
}

/// A row for each arm: what it cost, and what it found.
fn arms(search: &Search, outcome: &Outcome) -> TextTable {
    let sign = search.objective.sign();
    let mut table = TextTable::new(&[6]).spare(&[4, 2]);
    table.row(["search", "candidates", "in full", "games", "restarts", "best found", "held out"]);
    for arm in &outcome.state.arms {
        let judged = outcome.verdict.best.iter().find(|j| j.way == arm.way);
        table.row([
            arm.way.name().to_string(),
            thousands(&arm.candidates.to_string()),
            thousands(&arm.full.to_string()),
            thousands(&arm.spent.to_string()),
            if arm.way == Way::CmaEs { arm.restarts.to_string() } else { String::new() },
            arm.best.as_ref().map_or("-".into(), |b| within(sign * b.value, judged.and_then(|j| j.inside.half))),
            judged.map_or("-".into(), |j| {
                format!("{} {}", within(j.outside.value, j.outside.half), half(j.outside.half))
            }),
        ]);
    }
    table
}

/// Why nothing is reported.
fn nothing(search: &Search, outcome: &Outcome, text: &mut Sheet) {
    let verdict = &outcome.verdict;
    text.push_str(match outcome.state.arms.iter().map(|arm| arm.full).sum::<u64>() {
        0 => "No candidate was played in full: nothing is reported.\n",
        _ if !verdict.mute.is_empty() => "Nothing is reported of what was found.\n",
        _ if verdict.best.is_empty() => "In no game of any candidate is there a case of what is sought.\n",
        _ => "No candidate beats the scenario as written.\n",
    });
    if !verdict.written.is_empty() {
        reached::table(&verdict.written, &search.against, false, text);
    }
}

/// The best, and what it is worth in the games of the search and in others.
fn found(search: &Search, outcome: &Outcome, best: &Judged, out: Option<&str>, text: &mut Sheet) {
    let sign = search.objective.sign();
    let mut table = TextTable::new(&[1, 2]).spare(&[2]);
    table.row(["path", "best", "searched"]);
    for ((path, over), value) in search.axes.iter().zip(&outcome.values) {
        table.row([path.as_str(), value.as_str(), over.as_str()]);
    }
    text.table(table);
    let said = search.axes.iter().zip(&search.because);
    text.add(sources::short(said.map(|((path, _), because)| (path.clone(), because.as_deref()))));
    text.push_str("\n");
    let mut table = TextTable::new(&[6]);
    table.row(["", "as written", "best", "95 %", "gain", "95 %"]);
    for (name, found) in [("on the games of the search", &best.inside), ("on held-out games", &best.outside)] {
        rows(name.to_string(), found, &mut table);
    }
    text.table(table);
    if best.inside.both.is_some() || best.outside.both.is_some() {
        text.push_str("  both sides: in games with it on both sides\n");
    }
    text.push_str(&format!(
        "  Optimism of the search, in sample less held out: {} of the value",
        signed_beside(best.optimism(sign), best.outside.half.unwrap_or(f64::NAN))
    ));
    if let Some(gain) = best.optimism_of_gain() {
        text.push_str(&format!(", {} of the gain", signed_beside(gain, best.outside.gain_half.unwrap_or(f64::NAN))));
    }
    text.push_str(". Quote the held-out figure.\n");
    if !best.parts.is_empty() {
        text.push_str("\nBefore anything is taken off, on held-out games\n\n");
        let mut table = TextTable::new(&[]);
        table.row(["", "as written", "best", "95 %", "difference", "95 %"]);
        for (aim, found) in &best.parts {
            rows(aim.what(), found, &mut table);
        }
        text.table(table);
    }
    if !best.reached.is_empty() {
        reached::table(&best.reached, &search.against, true, text);
    }
    text.push_str(&precision::halved(search.held, " held out"));
    if let Some(file) = out {
        let next = CommandLine::new("compare").file(&search.heading.scenario).file(file);
        text.push_str(&format!("\nWritten: {file}\nNext: {next}\n"));
    }
}
