//! A comparison on the screen, or as one JSON document.

use serde_json::{Map, Value, json};

use super::batch::class_name;
use super::signs::signed;
use super::text::{Table, cut, number, thousands};
use crate::studies::compare::{Answer, Comparison, Flips};
use crate::studies::measures::{Kind, Measure};
use crate::studies::sums::Found;

/// A scenario that is compared.
#[derive(Debug, Clone)]
pub struct Named {
    /// What to call it: a file or a variant's name.
    pub name: String,
    /// Names the scenario whatever its comments and order.
    pub hash: String,
    /// Arguments of `summitry run` that play it: the file and its changes, quoted for a shell.
    pub arguments: String,
}

/// What the page says besides the figures.
#[derive(Debug, Clone)]
pub struct Heading {
    /// The scenarios, the base first.
    pub cells: Vec<Named>,
    /// The seed.
    pub seed: u64,
    /// Games asked for.
    pub asked: u64,
    /// Every measure is shown, not only what differs.
    pub all: bool,
}

/// A difference to be told at all.
const SURE: f64 = 1.96;

/// Whether a measure is on the page without being asked for: how games end, what happens on the way, who gets what
/// and where the levers end.
fn is_headline(measure: &Measure) -> bool {
    const WHOLE: [&str; 8] = [
        "first_deal_round",
        "delivered_share",
        "pareto_distance",
        "rejections",
        "threats",
        "strikes",
        "extensions",
        "tone.final",
    ];
    let name = measure.name.as_str();
    let ends = name.ends_with(".total") || name.ends_with(".share") || name.starts_with("lever.");
    measure.kind == Kind::Share || ends || WHOLE.contains(&name)
}

/// Where a measure goes: on the page, or to the count of those that --all would show.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Page,
    Differs,
    Same,
}

fn place(measure: &Measure, f: &Found, all: bool) -> Place {
    let differs = f.z().abs() > SURE;
    let happens = measure.kind == Kind::Share && (f.difference != 0.0 || f.se > 0.0);
    match () {
        () if all || is_headline(measure) && (differs || happens) => Place::Page,
        () if differs => Place::Differs,
        () => Place::Same,
    }
}

/// On the screen.
pub fn page(heading: &Heading, answer: &Answer) -> String {
    let games = thousands(&answer.games.to_string());
    let base = &heading.cells[0];
    let mut out =
        format!("{games} games of each, the same luck in all: seed {}\n  base  {}\n", heading.seed, base.name);
    for (cell, comparison) in heading.cells[1..].iter().zip(&answer.comparisons) {
        out.push_str(&format!("\n{} against the base\n", cell.name));
        out.push_str(&differences(heading, answer, comparison));
        out.push_str(&flips(heading, base, cell, &comparison.flips, answer.games));
    }
    out
}

fn differences(heading: &Heading, answer: &Answer, comparison: &Comparison) -> String {
    let mut table = Table::new(&[4]);
    table.row(["", "base", "here", "difference", "± 95 %", "saved"]);
    let (mut differ, mut same) = (0, 0);
    for (measure, found) in answer.measures.iter().zip(&comparison.found) {
        let Some(f) = found else { continue };
        match place(measure, f, heading.all) {
            Place::Page => {}
            Place::Differs => {
                differ += 1;
                continue;
            }
            Place::Same => {
                same += 1;
                continue;
            }
        }
        let saved = f.saved.map_or("-".into(), |s| format!("{:.0} %", 100.0 * s));
        let mark = if f.z().abs() > SURE { "" } else { " ?" };
        table.row([
            cut(&measure.name, 34),
            number(f.base, 4),
            number(f.variant, 4),
            signed(f.difference, 5),
            format!("± {}{mark}", number(f.half(), 5)),
            saved,
        ]);
    }
    let mut out = table.lines();
    out.push_str("  saved: the share of the variance that playing the same games took away; ?: within chance\n");
    if differ + same > 0 {
        out.push_str(&format!("  {differ} more measures differ, {same} do not beyond chance: --all shows them\n"));
    }
    out
}

fn flips(heading: &Heading, base: &Named, cell: &Named, flips: &Flips, games: u64) -> String {
    let share = 100.0 * flips.total() as f64 / games.max(1) as f64;
    let total = thousands(&flips.total().to_string());
    let mut out = format!("\n  {total} games ({share:.1} %) end otherwise\n");
    let mut ways: Vec<_> = flips.counts.iter().collect();
    ways.sort_by_key(|(_, n)| std::cmp::Reverse(**n));
    let mut table = Table::new(&[1, 2]);
    for ((from, to), n) in ways {
        table.row([format!("  {}", class_name(from)), "to".into(), class_name(to), thousands(&n.to_string())]);
    }
    out.push_str(&table.lines());
    if let Some(flip) = flips.first.first() {
        out.push('\n');
        for flip in &flips.first {
            out.push_str(&format!(
                "  game {}: {} becomes {}\n",
                flip.game,
                class_name(&flip.from),
                class_name(&flip.to)
            ));
        }
        let told =
            |cell: &Named| format!("  summitry run {} --seed {} --game {}\n", cell.arguments, heading.seed, flip.game);
        out.push_str("  see one told:\n");
        out.push_str(&told(base));
        out.push_str(&told(cell));
    }
    out
}

/// As one JSON document.
pub fn document(heading: &Heading, answer: &Answer) -> Value {
    let named =
        |c: &Named| json!({"name": c.name, "scenario_hash": c.hash, "run": format!("summitry run {}", c.arguments)});
    let comparison = |(cell, c): (&Named, &Comparison)| {
        let measures: Map<String, Value> = answer
            .measures
            .iter()
            .zip(&c.found)
            .filter_map(|(m, f)| f.as_ref().map(|f| (m.name.clone(), super::paired::found(f))))
            .collect();
        let counts: Vec<Value> =
            c.flips.counts.iter().map(|((from, to), n)| json!({"from": from, "to": to, "count": n})).collect();
        let first: Vec<Value> =
            c.flips.first.iter().map(|f| json!({"game": f.game, "from": f.from, "to": f.to})).collect();
        json!({
            "variant": cell.name, "measures": measures,
            "flips": {"count": c.flips.total(), "ways": counts, "first": first},
        })
    };
    let mut out = json!({
        "schema": "summitry.compare/1", "seed": heading.seed, "games": answer.games,
        "base": named(&heading.cells[0]),
        "variants": heading.cells[1..].iter().map(named).collect::<Vec<_>>(),
        "comparisons": heading.cells[1..].iter().zip(&answer.comparisons).map(comparison).collect::<Vec<_>>(),
    });
    if answer.interrupted {
        out["asked"] = json!(heading.asked);
        out["interrupted"] = json!(true);
    }
    out
}
