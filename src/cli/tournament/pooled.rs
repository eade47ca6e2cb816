//! Several tournaments: each one's page, then the ranking over all; or one JSON document.

use serde_json::{Value, json};

use super::page::{page, place};
use crate::report::heading::Heading;
use crate::report::sheet::Sheet;
use crate::report::table::TextTable;
use crate::report::text::{beside, count, error, percent};
use crate::report::tournament::document;
use crate::studies::pooled::Pooled;
use crate::studies::sums::Z;
use crate::studies::tournament::{Standings, Study};

/// A tournament in one scenario.
pub struct Played {
    /// What it says besides the figures.
    pub heading: Heading,
    /// Who played.
    pub study: Study,
    /// What was found.
    pub answer: Standings,
}

/// On the screen.
pub fn pages(all: &[Played], pooled: &[Pooled], left: &[String]) -> Sheet {
    let mut out = Sheet::default();
    for one in all {
        out.add(page(&one.heading, &one.study, &one.answer));
        out.push_str("\n");
    }
    out.push_str(&format!(
        "Over all {}, both sides of each counting alike\n  a score of 0 is the mean of all strategies, 1 the spread between them; ± 95 %\n\n",
        count(all.len() as u64, "scenario")
    ));
    let mut table = TextTable::new(&[5]).spare(&[5, 4]);
    table.row(["strategy", "score", "±", "rank", "of 95 %", "ranks in each, by side", "first"]);
    let mut order: Vec<&Pooled> = pooled.iter().collect();
    order.sort_by_key(|one| one.rank.rank);
    for one in order {
        let (low, high) = one.rank.range;
        let ranks: Vec<String> = one.ranks.iter().map(|[a, b]| format!("{}/{}", place(a), place(b))).collect();
        table.row([
            one.name.clone(),
            beside(one.score, Z * one.se),
            error(Z * one.se),
            place(&one.rank),
            if low == high { low.to_string() } else { format!("{low}-{high}") },
            ranks.join(" "),
            percent(one.rank.first),
        ]);
    }
    out.table(table);
    for (i, one) in all.iter().enumerate() {
        let [(a, _), (b, _)] = &one.study.parties;
        out.push_str(&format!("  {}: {a}/{b} in {}\n", i + 1, one.heading.scenario));
    }
    if !left.is_empty() {
        out.push_str(&format!("not ranked, for they do not play everywhere: {}\n", left.join(", ")));
    }
    out
}

/// As one JSON document.
pub fn documents(all: &[Played], pooled: &[Pooled], left: &[String]) -> Value {
    let one = |p: &Pooled| {
        json!({
            "strategy": p.name, "score": p.score, "se": p.se, "rank": p.rank.rank, "tied": p.rank.tied,
            "rank_low": p.rank.range.0, "rank_high": p.rank.range.1, "first": p.rank.first,
            "ranks": p.ranks.iter().map(|both| both.map(|rank| rank.rank)).collect::<Vec<_>>(),
        })
    };
    json!({
        "schema": "summitry.tournaments/1",
        "scenarios": all.iter().map(|one| document(&one.heading, &one.study, &one.answer)).collect::<Vec<_>>(),
        "pooled": pooled.iter().map(one).collect::<Vec<_>>(),
        "not_ranked": left,
    })
}
