//! What nobody knows, beside how exactly something was computed: on the page of a batch, and in its document.

use serde_json::{Map, Value, json};

use super::sheet::Sheet;
use super::table::{Bar, Cell, TextTable};
use super::text::{beside, count, error, fixed, number};
use crate::batch::summary::Share;
use crate::record::endings::{Ending, endings};
use crate::studies::comes_from::Part;
use crate::studies::inputs::distribution;
use crate::studies::known::Known;
use crate::studies::outer::{FEWEST, Outer};
use crate::world::setup::Setup;
use crate::world::worlds::GAMES;

/// The heads of [`cells`].
pub const HEADS: [&str; 3] = ["computed to", "not known", "luck"];

/// How exactly a figure was computed, what it may be, and how much of a game's spread is luck; `unit` is 100 where the
/// figure is told in per cent.
pub fn cells(outer: Option<&Outer>, unit: f64) -> [String; 3] {
    let Some(outer) = outer else { return HEADS.map(|_| "-".to_owned()) };
    let luck = outer.luck.map_or("-".into(), |luck| format!("{} %", fixed(100.0 * luck, 0)));
    [format!("± {}", error(unit * outer.computed)), range(outer, unit), luck]
}

/// What a figure may be, with as many digits as the error of the less known end shows; nothing where worlds differ by
/// no more than luck makes them.
pub fn range(outer: &Outer, unit: f64) -> String {
    if outer.sd == 0.0 {
        return "none seen".into(); // worlds differ by no more than luck does
    }
    let least = unit * outer.errors[0].max(outer.errors[1]);
    let [low, high] = [outer.low, outer.high].map(|x| beside(unit * x, least));
    format!("{low} to {high}")
}

/// What is said of differences of so many worlds.
pub fn of_differences(worlds: usize) -> Sheet {
    let mut out = Sheet::default();
    let all = count(worlds as u64, "world");
    out.paragraph(
        "",
        &if worlds < FEWEST {
            format!(
                "Something is unknown, and {all} of {GAMES} games cannot tell how far that matters: the intervals are of \
                 luck in these alone. {FEWEST} worlds at least can: --games {}.",
                FEWEST as u64 * GAMES
            )
        } else {
            format!(
                "Something is unknown, and {all} of {GAMES} games stand behind this page, the same in all scenarios. \
                 ± 95 %: over all worlds. Not known: where 9 of 10 worlds have the difference, luck taken \
                 off; none seen where luck alone makes worlds differ as much."
            )
        },
    );
    out
}

/// A table of shares, each with what nobody knows of it.
pub fn shares<'a>(rows: impl Iterator<Item = (String, Option<Share>, Option<&'a Outer>)>) -> TextTable {
    let mut table = TextTable::new(&[5]).spare(&[4]);
    table.row(["", "share"].into_iter().chain(HEADS).chain([""]));
    for (name, share, outer) in rows {
        let Some(share) = share else { continue };
        let of = outer.map_or(f64::NAN, |outer| 100.0 * outer.computed);
        let figures = [name, format!("{} %", beside(100.0 * share.share, of))].into_iter().chain(cells(outer, 100.0));
        table.row(figures.map(Cell::Text).chain([Bar::of(share.share, 20).into()]));
    }
    table
}

/// What the columns mean, and what stands behind them.
pub fn told(setup: &Setup, known: &Known) -> Sheet {
    let mut out = Sheet::from("\n".to_owned());
    let numbers = setup.unknowns.as_ref().map_or(0, |unknowns| unknowns.list.len()) as u64;
    let are = if numbers == 1 { "is" } else { "are" };
    let drawn = format!("{} that nobody knows {are} drawn once a world", count(numbers, "number"));
    if !known.is_enough() {
        let few = count(known.worlds as u64, "world");
        let games = FEWEST as u64 * GAMES;
        out.paragraph(
            "",
            &format!(
                "{drawn}, and {few} of {GAMES} games cannot tell how far that matters: the intervals are of luck in these \
                 alone. {FEWEST} worlds at least can: --games {games}."
            ),
        );
        return out;
    }
    out.paragraph(
        "",
        &format!(
            "{drawn}; {} of {GAMES} games stand behind this page. Computed to: half of the 95 % interval of a figure, \
             over all worlds. Not known: where 9 of 10 worlds have it, luck taken off; none seen where luck \
             alone makes worlds differ as much. Luck: its part of a game's spread.",
            count(known.worlds as u64, "world")
        ),
    );
    if known.redrawn > 0 {
        let text = format!(
            "{} that the scenario does not allow {} drawn again.",
            count(known.redrawn, "world"),
            if known.redrawn == 1 { "was" } else { "were" }
        );
        out.paragraph("", &text);
    }
    if let (Some(open), Some(needed)) = (known.open(), known.needed()) {
        let text = format!(
            "The ends of what is not known have standard errors up to {} %; {} make that 1 %.",
            error(100.0 * open),
            count(needed, "game")
        );
        out.paragraph("", &text);
    }
    if let Some((_, parts)) = known.comes_from(&deals(setup)) {
        out.paragraph("", &most(setup, &parts));
    }
    out
}

/// "Most of what nobody knows of deals comes from ..".
fn most(setup: &Setup, parts: &[Part]) -> String {
    let path = |part: &Part| setup.unknowns.as_ref().map_or("", |unknowns| unknowns.list[part.number].path.as_str());
    let way = |part: &Part| if part.t > 0.0 { "more" } else { "fewer" };
    let each = parts.iter().map(|part| format!("{} ({} %, {})", path(part), fixed(100.0 * part.share, 0), way(part)));
    match each.collect::<Vec<_>>().join(", ") {
        none if none.is_empty() => "No number by itself is behind a twentieth of what nobody knows of deals.".into(),
        some => format!(
            "What nobody knows of deals comes from {some}: the share of it, and whether a greater number makes more deals \
             or fewer."
        ),
    }
}

/// The classes in which a deal was signed, or one side gave in.
fn deals(setup: &Setup) -> Vec<usize> {
    let none = |ending: &Ending| ["no_deal", "extension_only", "no_end"].contains(&ending.name);
    endings(setup).iter().enumerate().filter(|(_, ending)| !none(ending)).map(|(place, _)| place).collect()
}

/// What is said of one measure in a document.
pub fn of(outer: &Outer) -> Value {
    json!({
        "computed": outer.computed, "low": outer.low, "high": outer.high,
        "se": {"low": outer.errors[0], "high": outer.errors[1]},
        "sd": outer.sd, "luck": outer.luck, "worlds": outer.worlds,
    })
}

/// What is said of all of them.
pub fn document(setup: &Setup, known: &Known) -> Value {
    let list = setup.unknowns.iter().flat_map(|unknowns| &unknowns.list);
    let numbers: Vec<Value> =
        list.clone().map(|one| json!({"path": one.path, "distribution": distribution(&one.from)})).collect();
    let paths: Vec<&str> = list.map(|one| one.path.as_str()).collect();
    let from = |classes: &[usize]| {
        let part = |part: &Part| json!({"path": paths[part.number], "share": part.share, "t": part.t});
        known.comes_from(classes).map(|(_, parts)| parts.iter().map(part).collect::<Vec<_>>())
    };
    let mut comes: Map<String, Value> = endings(setup)
        .iter()
        .enumerate()
        .map(|(place, ending)| (ending.name.to_owned(), json!(from(&[place]))))
        .collect();
    comes.insert("deals".into(), json!(from(&deals(setup))));
    json!({
        "worlds": known.worlds, "games_a_world": GAMES, "enough": known.is_enough(), "redrawn": known.redrawn,
        "numbers": numbers, "comes_from": comes, "games_for_one_percent": known.needed(),
    })
}

/// A mean with as many digits as its error shows.
pub fn mean(x: Option<f64>, outer: &Outer) -> String {
    x.map_or("-".into(), |x| if outer.computed > 0.0 { beside(x, outer.computed) } else { number(x, 3) })
}
