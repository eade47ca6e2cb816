//! Many games of bargaining on its own: counted in the words of every other batch, and told in the same shapes.

use serde_json::{Map, Value, json};

use super::batch::{accuracy, figures, next, share, share_row, spread};
use super::document::Report;
use super::heading::{Heading, extend};
use super::measures::{MEANING, meaning};
use super::precision;
use super::sheet::Sheet;
use super::table::TextTable;
use super::text::count;
use crate::bargain::{Compiled, tell};
use crate::batch::bargain::Counts;
use crate::batch::digest;
use crate::batch::summary::Share;
use crate::command_line::CommandLine;
use crate::error::Error;

/// What came of many games; `run` is the command that tells one of them.
pub fn report(heading: &Heading, title: &str, run: CommandLine, compiled: &Compiled, counts: &Counts) -> Report {
    let page = page(heading, title, run, compiled, counts);
    Report::new(page, document(heading, title, compiled, counts)).counted(heading, counts.games)
}

/// One game of a seed, told.
pub fn told(title: &str, hash: &str, compiled: &Compiled, (seed, game): (u64, u64)) -> Result<Report, Error> {
    let told = tell(compiled, seed, game);
    let page = format!("{title}\nseed {seed}, game {game}\n\n{}", told.english(compiled));
    let mut document = serde_json::to_value(&told).map_err(Error::ours)?;
    document["scenario_hash"] = json!(hash);
    Ok(Report::new(page, document))
}

fn document(heading: &Heading, title: &str, compiled: &Compiled, c: &Counts) -> Value {
    let outcomes: Map<String, Value> =
        c.endings().into_iter().map(|(class, n)| (class.name().into(), share(n, c.games))).collect();
    let metrics: Map<String, Value> = c
        .numbers(compiled)
        .map(|(measure, h, sum)| {
            let mut figures = figures(h);
            let said = json!({"unit": measure.unit, "about": measure.about, "given": measure.given});
            extend(&mut figures, json!({"digest": digest::measure(sum)}));
            extend(&mut figures, said);
            (measure.name, figures)
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

fn page(heading: &Heading, title: &str, run: CommandLine, compiled: &Compiled, c: &Counts) -> Sheet {
    let mut out = Sheet::from(format!("{title}\n{}, seed {}\n\nHow it ends\n", count(c.games, "game"), heading.seed));
    let mut table = TextTable::new(&[3]).heads(0);
    for (class, n) in c.endings() {
        share_row(&mut table, class.name(), Share::of(n, c.games));
    }
    out.table(table);
    out.push_str("\nWho got what\n");
    let mut table = TextTable::new(&[]);
    table.row(["", "mean", "5 %", "median", "95 %"]);
    let mut told = vec![];
    for (measure, h, _) in c.numbers(compiled) {
        table.row([measure.name.clone()].into_iter().chain(spread(h)));
        told.push(measure);
    }
    out.table(table);
    out.push_str("\n");
    told.iter().for_each(|measure| out.entry(&measure.name, &meaning(measure), MEANING));
    out.push_str(&accuracy());
    out.push_str(&precision::line(c.endings().into_iter().map(|(_, n)| Share::of(n, c.games)), c.games, "game"));
    out.push_str(&format!("\ndigest {}, scenario {}\n", digest::play(c.digest.play), heading.hash));
    out.push_str(&next(run, heading.seed, 0));
    out
}
