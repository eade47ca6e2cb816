//! `tune --both`: each side looks for a best reply to the other, in turn.

use crate::notation::written::written;
use std::sync::{Arc, Mutex};

use super::args::Args;
use super::both_page::{Told, document, page};
use super::clocks::clocks;
use crate::batch::play::Watch;
use crate::cli::failure::{Exit, Failure};
use crate::cli::progress::watched_saying;
use crate::cli::study::tell;
use crate::report::document::Report;
use crate::report::text::number;
use crate::scenario::load::Loaded;
use crate::studies::design::Axis;
use crate::studies::tune::arena::with_crew;
use crate::studies::tune::compiled::at;
use crate::studies::tune::selfplay::{Play, Side, Terms};
use crate::studies::variants::cell;

/// Runs it; the pools meet in so many held-out games.
pub fn run(args: &Args, base: &Loaded, axes: Vec<Axis>, held: u64) -> Result<Exit, Failure> {
    let ready = cell(base, &[])?;
    let keys = [0, 1].map(|p: usize| ready.setup.parties[p].key.clone());
    let [a, b] = [0, 1].map(|p: usize| {
        let under = format!("parties.{}.", keys[p]);
        axes.iter().filter(|axis| axis.path.starts_with(&under)).cloned().collect::<Vec<_>>()
    });
    if let Some(axis) = axes.iter().find(|axis| !a.contains(axis) && !b.contains(axis)) {
        return Err(Failure::wrong(format!(
            "`{}` belongs to no side: with --both every path lies under a party",
            axis.path
        )));
    }
    if a.is_empty() || b.is_empty() {
        let idle = &keys[if a.is_empty() { 0 } else { 1 }];
        return Err(Failure::wrong(format!(
            "`{idle}` has no path to tune\n  name one: --over parties.{idle}.optimism=0..1"
        )));
    }
    let heading = args.many.heading(&args.scenario.scenario, &args.scenario.told(), ready.hash, args.games);
    let (rounds, tries) = (args.rounds.unwrap_or(4), args.tries);
    let terms = Terms { rounds, tries, games: args.games, held, seed: heading.seed };
    let [first, second] = keys;
    let play = Play::of(base, [(first, a), (second, b)], terms.clone())?;
    let (watch, says) = (Arc::new(Watch::default()), Arc::new(Mutex::new(String::new())));
    // both searches of both sides in every round; mixtures of the other side's pool cost more
    let total = terms.rounds.saturating_mul(4 * terms.tries.saturating_mul(terms.games));
    let workers = args.many.threads.get();
    let answer = watched_saying(&watch, total, "games", &says, || {
        with_crew(workers, &watch, clocks(), |crew| {
            play.run(crew, &|round| {
                if let Ok(mut says) = says.lock() {
                    *says = format!("exploitability so far {}", number(round.exploitability(), 3));
                }
            })
        })
    })?;
    let values = |side: &Side| -> Vec<Vec<String>> {
        let one = |point: &Option<Vec<f64>>| match point {
            None => side.axes.iter().map(|_| "-".to_string()).collect(),
            Some(point) => at(&side.axes, point).iter().map(written).collect(),
        };
        side.pool.iter().map(one).collect()
    };
    let told = Told { terms, values: [values(&answer.sides[0]), values(&answer.sides[1])] };
    let report = Report::new(page(&heading, &told, &answer), document(&heading, &told, &answer));
    tell(&report.interrupted(answer.interrupted), args.many.format)
}
