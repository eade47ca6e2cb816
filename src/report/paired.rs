//! A paired difference as JSON, and the lines of a page that tell it from the one in the games on both sides.

use serde_json::{Map, Value, json};

use super::sheet::Sheet;
use super::table::TextTable;
use super::text::{beside, cut, error, signed_beside, thousands};
use crate::studies::measures::Measure;
use crate::studies::sums::{Both, Found, Sides, Z};

/// A difference with its interval and what pairing saved, and the same in the games that have a case on both sides,
/// which are `n`.
pub fn found(f: &Found) -> Value {
    let (low, high) = f.interval();
    json!({
        "n": f.both.map(|both| both.n), "base_n": f.n[0], "variant_n": f.n[1], "base": f.base, "variant": f.variant, "difference": f.difference,
        "se": f.se, "low": low, "high": high, "z": f.z(), "variance_saved": f.saved,
        "both_sides": f.both.as_ref().map(in_both),
    })
}

fn in_both(b: &Both) -> Value {
    json!({"n": b.n, "base": b.base, "variant": b.variant, "difference": b.difference, "se": b.se})
}

/// Those of many measures, by name. Where too few games have a case for a difference, what is known of each side.
pub fn named(measures: &[Measure], all: &[Option<Found>], sides: &[Sides]) -> Map<String, Value> {
    let each = measures.iter().zip(all).zip(sides).filter(|(_, sides)| sides.n != [0, 0]);
    each.map(|((m, f), sides)| (m.name.clone(), f.as_ref().map_or_else(|| apart(sides), found))).collect()
}

fn apart(sides: &Sides) -> Value {
    let ([n, m], [base, variant]) = (sides.n, sides.mean);
    json!({"base_n": n, "variant_n": m, "base": base, "variant": variant, "difference": null})
}

/// The figures of games that have a case on both sides, for those among some differences where this is another figure;
/// nothing where there are none.
pub fn both_sides<'a>(all: impl Iterator<Item = (String, &'a Found)>) -> Sheet {
    let mut table = TextTable::new(&[]).spare(&[2, 3]);
    table.row(["in games with it on both sides", "games", "base", "here", "difference", "± 95 %"]);
    for (name, f) in all.filter(|(_, f)| f.is_one_sided()) {
        let Some(b) = f.both else {
            table.row([cut(&name, 34), "0".into(), "-".into(), "-".into(), "-".into(), "-".into()]);
            continue;
        };
        table.row([
            cut(&name, 34),
            thousands(&b.n.to_string()),
            beside(b.base, Z * b.se),
            beside(b.variant, Z * b.se),
            signed_beside(b.difference, Z * b.se),
            format!("± {}", error(Z * b.se)),
        ]);
    }
    let mut out = Sheet::default();
    if table.has_rows() {
        out.push_str("\n");
        out.table(table);
    }
    out
}
