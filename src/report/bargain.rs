//! Many games of bargaining on its own: counted in the words of every other batch, and told in the same shapes.

use serde_json::{Map, Value, json};

use super::batch::{accuracy, figures, next, share, share_row, spread};
use super::document::Report;
use super::heading::{Heading, extend};
use super::precision;
use super::text::{TextTable, count};
use crate::bargain::Compiled;
use crate::batch::bargain::Counts;
use crate::batch::digest;
use crate::batch::histogram::Histogram;
use crate::batch::summary::Share;
use crate::command_line::CommandLine;

/// What came of many games; `run` is the command that tells one of them.
pub fn report(heading: &Heading, title: &str, run: CommandLine, compiled: &Compiled, counts: &Counts) -> Report {
    let page = page(heading, title, run, compiled, counts);
    Report::new(page, document(heading, title, compiled, counts)).counted(heading, counts.games)
}

/// How games end, by name.
fn outcomes(c: &Counts) -> [(&'static str, u64); 2] {
    [("agreement", c.agreements), ("timeout", c.games - c.agreements)]
}

/// The figures that there are, by name, each with its digest.
fn named<'a>(counts: &'a Counts, compiled: &Compiled) -> impl Iterator<Item = (String, &'a Histogram, u64)> {
    let [a, b] = compiled.parties().map(|name| format!("{name}.utility"));
    let [round, one, two] = counts.digest.measures;
    let [ours, theirs] = &counts.utilities;
    let all = [("deal_round".to_string(), &counts.round, round), (a, ours, one), (b, theirs, two)];
    all.into_iter().filter(|(_, h, _)| h.count > 0)
}

fn document(heading: &Heading, title: &str, compiled: &Compiled, c: &Counts) -> Value {
    let outcomes: Map<String, Value> =
        outcomes(c).into_iter().map(|(name, n)| (name.into(), share(n, c.games))).collect();
    let metrics: Map<String, Value> = named(c, compiled)
        .map(|(name, h, sum)| {
            let mut figures = figures(h);
            extend(&mut figures, json!({"digest": digest::measure(sum)}));
            (name, figures)
        })
        .collect();
    let mut out = heading.document("summitry.batch/1");
    extend(
        &mut out,
        json!({
            "title": title, "games": c.games, "digest": digest::play(c.digest.play), "outcomes": outcomes,
            "shares": {}, "metrics": metrics,
        }),
    );
    out
}

fn page(heading: &Heading, title: &str, run: CommandLine, compiled: &Compiled, c: &Counts) -> String {
    let mut out = format!("{title}\n{}, seed {}\n\nHow it ends\n", count(c.games, "game"), heading.seed);
    let mut table = TextTable::new(&[3]);
    for (name, n) in outcomes(c) {
        share_row(&mut table, name, Share::of(n, c.games));
    }
    out.push_str(&table.lines());
    out.push_str("\nWho got what\n");
    let mut table = TextTable::new(&[]);
    table.row(["", "mean", "5 %", "median", "95 %"]);
    for (name, h, _) in named(c, compiled) {
        table.row([name].into_iter().chain(spread(h)));
    }
    out.push_str(&table.lines());
    out.push_str(&accuracy());
    out.push_str(&precision::line(outcomes(c).into_iter().map(|(_, n)| Share::of(n, c.games)), c.games));
    out.push_str(&format!("\ndigest {}, scenario {}\n", digest::play(c.digest.play), heading.hash));
    out + &next(run, heading.seed, 0)
}
