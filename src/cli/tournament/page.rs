//! A tournament: a page of tables.

use crate::report::heading::Heading;
use crate::report::precision;
use crate::report::sheet::Sheet;
use crate::report::table::TextTable;
use crate::report::text::{beside, count, error, fixed, number, percent};
use crate::report::tournament::means;
use crate::studies::equilibrium::{Mixed, SUPPORT_UP_TO};
use crate::studies::ranking::Rank;
use crate::studies::sums::Z;
use crate::studies::tournament::{Standing, Standings, Study};

/// So many equilibria are written out on the screen.
const SHOWN: usize = 8;

/// So many of those that dominate a strategy are named on the screen.
const NAMED: usize = 2;

/// A short name for each strategy, each another.
pub fn short(names: &[String]) -> Vec<String> {
    let mut out: Vec<String> = vec![];
    for name in names {
        let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let initials: String = words.iter().filter_map(|word| word.chars().next()).collect();
        let begin: String = words.first().copied().unwrap_or_default().chars().take(3).collect();
        let wanted = if words.len() > 1 { initials.to_uppercase() } else { begin };
        let wanted: String = wanted.chars().take(3).collect();
        let mut code = if wanted.is_empty() { "x".to_owned() } else { wanted.clone() };
        let mut i = 2;
        while out.contains(&code) {
            code = format!("{}{i}", wanted.chars().take(2).collect::<String>());
            i += 1;
        }
        out.push(code);
    }
    out
}

/// A table of numbers: rows and columns under short names.
fn matrix(codes: &[String], cells: &[Vec<f64>], decimals: usize) -> TextTable {
    let mut table = TextTable::matrix();
    table.row([String::new()].into_iter().chain(codes.iter().cloned()));
    for (code, row) in codes.iter().zip(cells) {
        table.row([code.clone()].into_iter().chain(row.iter().map(|x| fixed(*x, decimals))));
    }
    table
}

/// Decimals that keep three figures or so of the largest number.
fn decimals(cells: &[Vec<f64>]) -> usize {
    let most = cells.iter().flatten().fold(0.0, |most: f64, x| most.max(x.abs()));
    if most >= 100.0 {
        0
    } else if most >= 10.0 {
        1
    } else {
        2
    }
}

fn spread(names: &[String], shares: &[f64]) -> String {
    let mut all: Vec<(f64, &String)> =
        shares.iter().copied().zip(names).filter(|(share, _)| *share >= 0.0005).collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    let one = |(share, name): &(f64, &String)| {
        if *share > 0.9995 { name.to_string() } else { format!("{name} {}", percent(*share)) }
    };
    all.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn mixed(study: &Study, mark: &str, mixed: &Mixed, out: &mut Sheet) {
    for side in 0..2 {
        let worth = number(mixed.worth[side], 4);
        let who = &study.parties[side].0;
        let first = if side == 0 { mark } else { "" };
        out.push_str(&format!("  {first:<4} {who}: {}  (gets {worth})\n", spread(&study.names, &mixed.shares[side])));
    }
}

/// A place; `1=` where others have it too.
pub fn place(rank: &Rank) -> String {
    format!("{}{}", rank.rank, if rank.tied { "=" } else { "" })
}

/// On the screen.
pub fn page(heading: &Heading, study: &Study, answer: &Standings) -> Sheet {
    let (games, cells) = (count(answer.games, "game"), count((study.names.len() * study.names.len()) as u64, "cell"));
    let mut out = Sheet::from(format!(
        "{} against each other in {}\n{cells} of {games} on the same luck, seed {}; payoffs are own totals, 95 % intervals\n",
        count(study.names.len() as u64, "strategy"),
        heading.scenario,
        heading.seed
    ));
    let codes = short(&study.names);
    for side in 0..2 {
        out.push_str(&format!("\n{}: against the field\n\n", study.parties[side].1));
        out.table(standings(study, &answer.standings[side]));
    }
    for side in 0..2 {
        let (mine, theirs) = (&study.parties[side].1, &study.parties[1 - side].1);
        let cells = means(&answer.payoffs[side]);
        let widest = answer.payoffs[side].iter().flatten().map(|p| Z * p.se).fold(0.0, f64::max);
        out.push_str(&format!(
            "\n{mine}: points, by its strategy (row) and that of {theirs} (column); within {}\n\n",
            error(widest)
        ));
        out.table(matrix(&codes, &cells, decimals(&cells)));
    }
    let cells = means(&answer.duels);
    let widest = answer.duels.iter().flatten().map(|p| Z * p.se).fold(0.0, f64::max);
    out.push_str(&format!(
        "\nHead to head: points by which a strategy (row) beats another (column), on the mean of both sides; within {}\n\n",
        error(widest)
    ));
    out.table(matrix(&codes, &cells, decimals(&cells)));
    if !answer.deals.is_empty() {
        let (mine, theirs) = (&study.parties[0].1, &study.parties[1].1);
        out.push_str(&format!("\nGames with a deal [%], by the strategy of {mine} (row) and of {theirs} (column)\n\n"));
        let cells: Vec<Vec<f64>> = answer.deals.iter().map(|row| row.iter().map(|x| 100.0 * x).collect()).collect();
        out.table(matrix(&codes, &cells, 0));
    }
    dominance(study, answer, &mut out);
    equilibria(study, answer, &mut out);
    let legend: Vec<String> = codes.iter().zip(&study.names).map(|(code, name)| format!("{code} {name}")).collect();
    out.push_str("\n");
    out.items("Short names:", legend, 2);
    for (name, why) in &study.left_out {
        out.push_str(&format!("left out: {name}: {why}\n"));
    }
    out.push_str(&precision::halved(answer.games, " a cell"));
    out.push_str(&format!("scenario {}\n", heading.hash));
    out
}

fn standings(study: &Study, all: &[Standing]) -> TextTable {
    let mut table = TextTable::new(&[8]).spare(&[8, 7, 5, 4, 6]);
    table.row(["strategy", "mean", "±", "rank", "of 95 %", "first", "regret", "at most", "against"]);
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|i| all[*i].rank.rank);
    for i in order {
        let s = &all[i];
        let (low, high) = s.rank.range;
        table.row([
            study.names[i].clone(),
            beside(s.field.mean, Z * s.field.se),
            error(Z * s.field.se),
            place(&s.rank),
            if low == high { low.to_string() } else { format!("{low}-{high}") },
            percent(s.rank.first),
            beside(s.regret, Z * s.field.se),
            beside(s.worst.0, Z * s.field.se),
            study.names[s.worst.1].clone(),
        ]);
    }
    table
}

fn dominance(study: &Study, answer: &Standings, out: &mut Sheet) {
    out.push_str("\nStrictly dominated (another strategy is better whatever the other side plays; ? where chance might do it)\n\n");
    for side in 0..2 {
        let who = &study.parties[side].0;
        let mut items: Vec<String> = answer.standings[side]
            .iter()
            .enumerate()
            .filter(|(_, s)| !s.dominated_by.is_empty())
            .map(|(i, s)| {
                let by: Vec<String> = s
                    .dominated_by
                    .iter()
                    .map(|(by, firm)| format!("{}{}", study.names[*by], if *firm { "" } else { "?" }))
                    .collect();
                let more = by.len().saturating_sub(NAMED);
                let more = if more > 0 { format!(" and {more} more") } else { String::new() };
                let named: Vec<String> = by.into_iter().take(NAMED).collect();
                format!("{} (by {}{more})", study.names[i], named.join(" and "))
            })
            .collect();
        if items.is_empty() {
            items.push("none".to_owned());
        }
        out.items(&format!("  {who}:"), items, 4);
    }
}

fn equilibria(study: &Study, answer: &Standings, out: &mut Sheet) {
    let e = &answer.equilibria;
    let left = format!("{} x {}", e.kept[0].len(), e.kept[1].len());
    let how = if e.all {
        format!("all supports of the {left} strategies that are left")
    } else {
        format!("supports up to {SUPPORT_UP_TO} of the {left} strategies that are left: larger ones were not tried")
    };
    out.push_str(&format!("\nEquilibria of choosing a strategy, the means taken as exact: {how}\n"));
    if e.degenerate {
        out.push_str(
            "  The game is degenerate: best replies tie, and there may be more equilibria than those listed.\n",
        );
    }
    out.push_str("\n");
    if e.found.is_empty() {
        out.push_str("  none found\n");
    }
    for (i, one) in e.found.iter().take(SHOWN).enumerate() {
        mixed(study, &format!("{}.", i + 1), one, out);
    }
    if e.found.len() > SHOWN {
        out.push_str(&format!("  and {} more (--format json lists all)\n", e.found.len() - SHOWN));
    }
    let r = &answer.replicator;
    let rest = if r.settled { "came to rest" } else { "did not come to rest; the mean of the last half" };
    out.push_str(&format!("\nReplicator dynamics from equal shares {rest}\n\n"));
    mixed(study, "", if r.settled { &r.last } else { &r.mean }, out);
    let gains = [0, 1].map(|side: usize| format!("{} {}", study.parties[side].0, number(r.gain[side], 3)));
    out.push_str(&format!("  a best reply to the mean would still gain: {}\n", gains.join(", ")));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names_differ() {
        let names = ["player-for-time", "boulware", "bouncer", "tit-for-tat", "grim", "grit", "x"].map(String::from);
        assert_eq!(short(&names), ["PFT", "bou", "bo2", "TFT", "gri", "gr2", "x"]);
    }
}
