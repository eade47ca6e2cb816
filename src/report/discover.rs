//! Where a yes comes from: boxes and a tree in words, with what they hold in games that they were not found on.

use serde_json::{Value, json};

use super::heading::{Heading, extend};
use super::precision;
use super::sheet::Sheet;
use super::sources;
use super::table::TextTable;
use super::text::{count, number, percent};
use super::words::listed;
use crate::batch::summary::Share;
use crate::studies::discover::boxes::{Found, Limit};
use crate::studies::discover::tree::Part;
use crate::studies::discover::{Cases, Count};

/// The document's schema.
pub const SCHEMA: &str = "summitry.discover/1";

/// What was asked.
#[derive(Debug, Clone)]
pub struct Asked<'a> {
    /// Of which games.
    pub heading: &'a Heading,
    /// The question: what counts as a yes.
    pub question: &'a str,
    /// The names of the inputs.
    pub inputs: &'a [String],
    /// Where each is from, as its author says; empty where no scenario says so.
    pub because: &'a [Option<String>],
    /// The games.
    pub cases: &'a Cases<'a>,
    /// The games on which boxes and tree were found, and those on which they are judged.
    pub halves: &'a [Vec<usize>; 2],
}

impl Asked<'_> {
    fn counts(&self, rows: &dyn Fn(&[usize]) -> Vec<usize>) -> [Count; 2] {
        [0, 1].map(|half| Count::of(&rows(&self.halves[half]), self.cases.yes))
    }

    fn all(&self) -> [Count; 2] {
        self.counts(&|rows| rows.to_vec())
    }

    /// What a box holds of the games that lie in none before it.
    fn of(&self, found: &Found, before: &[Found]) -> [Count; 2] {
        let free = |g: &usize| before.iter().all(|earlier| !earlier.holds(self.cases, *g));
        self.counts(&|rows| found.rows(self.cases, rows).into_iter().filter(free).collect())
    }
}

/// On the screen.
pub fn page(asked: &Asked, boxes: &[Found], tree: &Part) -> Sheet {
    let all = asked.all();
    let (heading, [found_on, judged_on]) = (asked.heading, all.map(|c| c.games as u64));
    // Rows of a file name no seed.
    let seed = if heading.hash.is_empty() { String::new() } else { format!(", seed {}", heading.seed) };
    let mut out = Sheet::default();
    out.paragraph(
        "",
        &format!(
            "Where `{}` comes from: {} of {}{seed}; found on {}, judged on {}",
            asked.question,
            count(found_on + judged_on, "game"),
            heading.scenario,
            count(found_on, "game"),
            count(judged_on, "other game")
        ),
    );
    for set in &heading.sets {
        out.push_str(&format!("  with {set}\n"));
    }
    out.push_str("\n");
    out.paragraph("", &conclusion(asked, boxes));
    for (i, found) in boxes.iter().enumerate() {
        one(asked, found, &boxes[..i], &mut out);
    }
    if let Part::Split { .. } = tree {
        out.push_str("\nAs a tree, in the games that it was not found on\n");
        branch(asked, tree, &asked.halves[1], 1, &mut out);
    }
    let mut limits: Vec<usize> = boxes.iter().flat_map(|found| &found.limits).map(|limit| limit.input).collect();
    limits.sort_unstable();
    limits.dedup();
    let name = |path: &str| path.strip_prefix("parties.").unwrap_or(path).to_owned();
    let said = |i: &usize| (name(&asked.inputs[*i]), asked.because.get(*i).and_then(|text| text.as_deref()));
    out.add(sources::short(limits.iter().map(said)));
    let judged = boxes.iter().enumerate().map(|(i, found)| asked.of(found, &boxes[..i])[1]);
    let shares = judged.map(|count| Share::of(count.yes as u64, count.games as u64));
    let line = precision::line(shares, found_on + judged_on, "game");
    if !line.is_empty() {
        out.push_str("\n");
        out.paragraph("", &line.replace("shares", "densities in other games"));
    }
    out
}

/// In a sentence.
fn conclusion(asked: &Asked, boxes: &[Found]) -> String {
    let all = asked.all()[1];
    let share = percent(all.density());
    let Some(found) = boxes.first() else {
        return format!("`{}` is so in {share} of the games, and no box of inputs gathers it.", asked.question);
    };
    let inside = asked.of(found, &[])[1];
    let limits: Vec<String> = found.limits.iter().map(|limit| limit_told(asked, limit)).collect();
    format!(
        "`{}` is so in {share} of the games, mostly where {}: there in {} of them, which is {} of all of it in {} of \
         the games.",
        asked.question,
        listed(&limits),
        percent(inside.density()),
        percent(inside.coverage(all)),
        percent(inside.support(all)),
    )
}

fn limit_told(asked: &Asked, limit: &Limit) -> String {
    format!("{} is {}", asked.inputs[limit.input], ends(limit))
}

fn ends(limit: &Limit) -> String {
    match (limit.low, limit.high) {
        (Some(low), Some(high)) => format!("between {} and {}", number(low, 4), number(high, 4)),
        (Some(low), None) => format!("above {}", number(low, 4)),
        (None, Some(high)) => format!("below {}", number(high, 4)),
        (None, None) => "anything".into(),
    }
}

fn one(asked: &Asked, found: &Found, before: &[Found], out: &mut Sheet) {
    let (place, [here, judged]) = (before.len(), asked.of(found, before));
    let all = asked.all();
    out.push_str(&format!("\nBox {}{}\n", place + 1, if place == 0 { "" } else { ", among the games in none before" }));
    let mut table = TextTable::new(&[1]).heads(0);
    for limit in &found.limits {
        let freer = asked.of(&found.without(limit.input), before)[1];
        let path = asked.inputs[limit.input].as_str();
        table.row([
            path.strip_prefix("parties.").unwrap_or(path).to_owned(),
            ends(limit),
            format!("without it {}", percent(freer.density())),
        ]);
    }
    out.table(table);
    let mut table = TextTable::new(&[]);
    table.row(["", "density", "coverage", "support"]);
    for (name, of, all) in [("where it was found", here, all[0]), ("in other games", judged, all[1])] {
        table.row([name.to_string(), percent(of.density()), percent(of.coverage(all)), percent(of.support(all))]);
    }
    out.table(table);
}

fn branch(asked: &Asked, part: &Part, rows: &[usize], depth: usize, out: &mut Sheet) {
    let Part::Split { input, at, below, above } = part else { return };
    let (under, over): (Vec<usize>, Vec<usize>) = rows.iter().partition(|g| asked.cases.inputs[*input][**g] < *at);
    for (word, rows, next) in [("below", under, below), ("from", over, above)] {
        let here = Count::of(&rows, asked.cases.yes);
        let text = format!(
            "{}{} {word} {}: {} of {}\n",
            "  ".repeat(depth),
            asked.inputs[*input],
            number(*at, 4),
            percent(here.density()),
            count(here.games as u64, "game")
        );
        out.push_str(&text);
        branch(asked, next, &rows, depth + 1, out);
    }
}

/// Every limit of every box, one a row.
pub fn table(asked: &Asked, boxes: &[Found]) -> TextTable {
    let mut out = TextTable::new(&[1]);
    out.row(["box", "input", "low", "high", "density", "coverage", "support", "density_found", "coverage_found"]);
    let all = asked.all();
    for (i, found) in boxes.iter().enumerate() {
        let [here, judged] = asked.of(found, &boxes[..i]);
        for limit in &found.limits {
            let end = |x: Option<f64>| x.map_or(String::new(), |x| x.to_string());
            let figures = [
                judged.density(),
                judged.coverage(all[1]),
                judged.support(all[1]),
                here.density(),
                here.coverage(all[0]),
            ];
            let names = [(i + 1).to_string(), asked.inputs[limit.input].clone(), end(limit.low), end(limit.high)];
            out.row(names.into_iter().chain(figures.map(|x| x.to_string())));
        }
    }
    out
}

/// As one document.
pub fn document(asked: &Asked, boxes: &[Found], tree: &Part) -> Value {
    let all = asked.all();
    let counted = |of: Count, all: Count| {
        json!({
            "games": of.games, "yes": of.yes, "density": of.density(), "coverage": of.coverage(all),
            "support": of.support(all),
        })
    };
    let one = |(i, found): (usize, &Found)| {
        let before = &boxes[..i];
        let [here, judged] = asked.of(found, before);
        let limit = |limit: &Limit| {
            let freer = asked.of(&found.without(limit.input), before)[1].density();
            json!({"path": asked.inputs[limit.input], "low": limit.low, "high": limit.high, "density_without": freer})
        };
        json!({
            "limits": found.limits.iter().map(limit).collect::<Vec<_>>(),
            "found": counted(here, all[0]), "held_out": counted(judged, all[1]),
        })
    };
    let mut out = asked.heading.document(SCHEMA);
    extend(
        &mut out,
        json!({
            "where": asked.question, "games": all[0].games + all[1].games, "inputs": asked.inputs,
            "found": counted(all[0], all[0]), "held_out": counted(all[1], all[1]),
            "boxes": boxes.iter().enumerate().map(one).collect::<Vec<_>>(), "tree": part(asked, tree, &asked.halves[1]),
            "says": conclusion(asked, boxes),
        }),
    );
    if !asked.because.is_empty() {
        out["because"] =
            asked.inputs.iter().zip(asked.because).map(|(path, text)| (path.clone(), json!(text))).collect();
    }
    out
}

fn part(asked: &Asked, of: &Part, rows: &[usize]) -> Value {
    let here = Count::of(rows, asked.cases.yes);
    let mut out = json!({"games": here.games, "density": here.density()});
    if let Part::Split { input, at, below, above } = of {
        let (under, over): (Vec<usize>, Vec<usize>) = rows.iter().partition(|g| asked.cases.inputs[*input][**g] < *at);
        out["path"] = json!(asked.inputs[*input]);
        out["at"] = json!(at);
        out["below"] = part(asked, below, &under);
        out["from"] = part(asked, above, &over);
    }
    out
}
