//! Bargaining on its own, on the command line: `run` tells a game of it, `batch` counts many.

use std::sync::Arc;

use serde_json::{Value, json};

use super::common::{Failure, Format, print};
use super::player::PlayerArgs;
use super::progress::watched;
use crate::bargain::{Compiled, Standalone, tell};
use crate::batch::bargaining::{Counts, count};
use crate::batch::histogram::Histogram;
use crate::batch::play::Watch;
use crate::batch::summary::Share;
use crate::report::text::{Table, bar, number, percent, thousands};

/// A stand-alone scenario, ready to be played.
pub struct Alone {
    /// As it was written.
    pub scenario: Standalone,
    /// Names the scenario whatever its comments and order.
    pub hash: String,
}

impl Alone {
    fn compiled(&self) -> Result<Compiled, Failure> {
        Compiled::new(&self.scenario.bargaining).map_err(|problems| Failure::Wrong(problems.join("\n")))
    }

    /// Refuses what only whole worlds have: arguments that were given, and outside programs.
    pub fn only(&self, file: &str, asked: &[(&str, bool)], players: &PlayerArgs) -> Result<(), Failure> {
        let program = [("--player", !players.players.is_empty()), ("--think", players.think.is_some())];
        match asked.iter().chain(&program).find(|(_, given)| *given) {
            None => Ok(()),
            Some((argument, _)) => Err(Failure::Wrong(format!(
                "error: `{file}` is bargaining on its own, and {argument} is for whole worlds: leave it out"
            ))),
        }
    }

    /// Tells one game.
    pub fn run(&self, seed: u64, game: u64, format: Format) -> Result<(), Failure> {
        let compiled = self.compiled()?;
        let told = tell(&compiled, seed, game);
        match format {
            Format::Text => {
                print(&format!("{}\nseed {seed}, game {game}\n\n{}", self.scenario.title, told.english(&compiled)))
            }
            Format::Json => {
                let mut document = serde_json::to_value(&told).map_err(|e| Failure::Ours(e.to_string()))?;
                document["scenario_hash"] = json!(self.hash);
                print(&super::common::json(&document)?)
            }
        }
    }

    /// Counts many games.
    pub fn batch(&self, file: &str, seed: u64, games: u64, threads: usize, format: Format) -> Result<i32, Failure> {
        let compiled = self.compiled()?;
        let watch = Arc::new(Watch::default());
        let counts = watched(&watch, games, "games", || count(&compiled, seed, games, threads, &watch))?;
        let interrupted = counts.games < games;
        match format {
            Format::Json => {
                let mut document = self.document(file, seed, &compiled, &counts);
                if interrupted {
                    document["asked"] = json!(games);
                    document["interrupted"] = json!(true);
                }
                print(&super::common::json(&document)?)?;
            }
            Format::Text => print(&self.page(file, seed, &compiled, &counts))?,
        }
        Ok(if interrupted { 3 } else { 0 })
    }

    fn document(&self, file: &str, seed: u64, compiled: &Compiled, c: &Counts) -> Value {
        let share = |n: u64| serde_json::to_value(Share::of(n, c.games)).unwrap_or(Value::Null);
        let mut metrics = serde_json::Map::new();
        for (name, h) in named(c, compiled).filter(|(_, h)| h.count > 0) {
            let at = |share: f64| h.quantile(share);
            metrics.insert(
                name,
                json!({"count": h.count, "mean": h.mean(), "sd": h.sd(), "p05": at(0.05), "p25": at(0.25),
                       "p50": at(0.5), "p75": at(0.75), "p95": at(0.95)}),
            );
        }
        json!({
            "schema": "summitry.batch/1", "scenario": file, "title": self.scenario.title, "scenario_hash": self.hash,
            "seed": seed, "games": c.games, "digest": format!("{:016x}", c.digest),
            "outcomes": {"agreement": share(c.agreements), "timeout": share(c.games - c.agreements)},
            "shares": {}, "metrics": metrics,
        })
    }

    fn page(&self, file: &str, seed: u64, compiled: &Compiled, c: &Counts) -> String {
        let games = thousands(&c.games.to_string());
        let mut out = format!("{}\n{games} games, seed {seed}\n\nHow it ends\n", self.scenario.title);
        let mut table = Table::new(&[3]);
        for (name, n) in [("agreement", c.agreements), ("timeout", c.games - c.agreements)] {
            if let Some(s) = Share::of(n, c.games) {
                let interval = format!("{:.1} to {:.1}", 100.0 * s.low, 100.0 * s.high);
                table.row([name.to_string(), percent(s.share), interval, bar(s.share, 30)]);
            }
        }
        out.push_str(&table.lines());
        out.push_str("\nWho got what\n");
        let mut table = Table::new(&[]);
        table.row(["", "mean", "5 %", "median", "95 %"]);
        for (name, h) in named(c, compiled).filter(|(_, h)| h.count > 0) {
            let at = |share: f64| h.quantile(share).map_or("-".into(), |x| number(x, 3));
            table.row([name, h.mean().map_or("-".into(), |x| number(x, 3)), at(0.05), at(0.5), at(0.95)]);
        }
        out.push_str(&table.lines());
        out.push_str(&format!("\ndigest {:016x}, scenario {}\n", c.digest, self.hash));
        out.push_str(&format!("Next: summitry run {file} --seed {seed} --game 0   (one of these games, told)\n"));
        out
    }
}

/// The figures of a batch, by name.
fn named<'a>(counts: &'a Counts, compiled: &Compiled) -> impl Iterator<Item = (String, &'a Histogram)> {
    let [a, b] = compiled.parties().map(|name| format!("{name}.utility"));
    [("deal_round".to_string(), &counts.round), (a, &counts.utilities[0]), (b, &counts.utilities[1])].into_iter()
}
