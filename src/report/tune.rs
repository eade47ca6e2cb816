//! What a search found: on the screen, as an overlay, or as one JSON document.

use serde_json::{Map, Value, json};

use super::signs::signed;
use super::text::{Table, number, thousands};
use crate::studies::search::{Answer, Best, Goal};

/// What the page says besides the figures.
#[derive(Debug, Clone)]
pub struct Heading {
    /// The scenario's file, as given.
    pub file: String,
    /// Changes given on the command line.
    pub sets: Vec<String>,
    /// Names the scenario as written.
    pub hash: String,
    /// The paths searched, and over what.
    pub axes: Vec<(String, String)>,
    /// What is sought.
    pub goal: Goal,
    /// Candidates.
    pub tries: usize,
    /// Games of each.
    pub games: u64,
    /// The seed.
    pub seed: u64,
}

fn sought(goal: &Goal) -> String {
    format!("{} {}", if goal.more { "more" } else { "less" }, goal.measure)
}

fn pulled(f: &crate::studies::sums::Found) -> [String; 4] {
    [number(f.base, 4), number(f.variant, 4), signed(f.difference, 4), format!("± {}", number(f.half(), 4))]
}

/// On the screen; `out` is the overlay's file, if one was written.
pub fn page(heading: &Heading, answer: &Answer, out: Option<&str>) -> String {
    let games = thousands(&answer.games.to_string());
    let mut text = format!(
        "{}: {} candidates for {}, {games} games each, seed {}\n\n",
        heading.file,
        heading.tries,
        sought(&heading.goal),
        heading.seed
    );
    let Some(best) = &answer.best else {
        text.push_str(if answer.interrupted {
            "Stopped before the best could be judged on held-out games: nothing is reported.\n"
        } else {
            "No candidate beats the scenario as written.\n"
        });
        return text;
    };
    let mut table = Table::new(&[1, 2]);
    table.row(["path", "best", "searched"]);
    for ((path, over), value) in heading.axes.iter().zip(&best.values) {
        table.row([path.as_str(), value.as_str(), over.as_str()]);
    }
    text.push_str(&table.lines());
    text.push('\n');
    let mut table = Table::new(&[4]);
    table.row([heading.goal.measure.as_str(), "as written", "best", "difference", "95 %"]);
    for (name, found) in [("on the games of the search", &best.inside), ("on held-out games", &best.outside)] {
        table.row([name.to_string()].into_iter().chain(pulled(found)));
    }
    text.push_str(&table.lines());
    text.push_str("  The best of many is flattered by luck: quote the held-out figure.\n");
    if let Some(file) = out {
        text.push_str(&format!("\nWritten: {file}\nNext: summitry compare {} {file}\n", heading.file));
    }
    text
}

/// The overlay that makes the best: loads to the same scenario, so plays to the same values. `extends` is the file it
/// extends, as seen from where it will stand.
pub fn overlay(heading: &Heading, best: &Best, extends: &str) -> String {
    let plain = |text: &str| text.replace(['\n', '\r'], " ");
    let goal = &heading.goal;
    let mut out = format!(
        "// {} of {}: the best of {} candidates, drawn at random with seed {}.\n",
        if goal.more { "More" } else { "Less" },
        plain(&goal.measure),
        heading.tries,
        heading.seed
    );
    for (path, over) in &heading.axes {
        out.push_str(&format!("//   searched {} over {}\n", plain(path), plain(over)));
    }
    let mut told = |where_from: &str, f: &crate::studies::sums::Found| {
        out.push_str(&format!(
            "//   {where_from}: {} (as written {}, difference {} ± {:.4} at 95 %)\n",
            f.variant,
            f.base,
            f.difference,
            f.half()
        ));
    };
    told(&format!("on the {} games of the search", heading.games), &best.inside);
    told(&format!("on {} held-out games", heading.games), &best.outside);
    out.push_str(&format!(
        "// The first figure again: summitry batch THIS-FILE --seed {} --games {}\n",
        heading.seed, heading.games
    ));
    out.push_str(&format!("(\n  schema: \"summitry/1\",\n  extends: {},\n  set: {{\n", text(extends)));
    for set in &heading.sets {
        if let Some((path, value)) = set.split_once('=') {
            out.push_str(&format!("    {}: {},\n", text(path.trim()), value.trim()));
        }
    }
    for ((path, _), value) in heading.axes.iter().zip(&best.values) {
        out.push_str(&format!("    {}: {value},\n", text(path)));
    }
    out + "  },\n)\n"
}

/// A text in double quotes.
fn text(words: &str) -> String {
    format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\""))
}

/// As one JSON document.
pub fn document(heading: &Heading, answer: &Answer, out: Option<&str>) -> Value {
    let axes: Vec<Value> = heading.axes.iter().map(|(path, over)| json!({"path": path, "over": over})).collect();
    let mut document = json!({
        "schema": "summitry.tune/1", "scenario": heading.file, "scenario_hash": heading.hash, "seed": heading.seed,
        "games": answer.games, "candidates": heading.tries, "searched": axes,
        "objective": {"measure": heading.goal.measure, "maximise": heading.goal.more},
        "as_written": answer.as_written, "values": answer.values, "best": null,
    });
    if let Some(best) = &answer.best {
        let values: Map<String, Value> =
            heading.axes.iter().zip(&best.values).map(|((path, _), value)| (path.clone(), json!(value))).collect();
        document["best"] = json!({
            "candidate": best.candidate, "values": values, "scenario_hash": best.hash,
            "in_sample": super::paired::found(&best.inside), "held_out": super::paired::found(&best.outside),
        });
    }
    if let Some(file) = out {
        document["written"] = json!(file);
    }
    if answer.interrupted {
        document["interrupted"] = json!(true);
    }
    document
}
