//! `tune --both`: each side looks for a best reply to the other, in turn.

use std::sync::{Arc, Mutex};

use super::{Args, clocks, explained, wrong};
use crate::batch::play::Watch;
use crate::cli::Exit;
use crate::cli::common::{Failure, Format, json, print};
use crate::cli::progress::watched_saying;
use crate::notation::written::written;
use crate::report::selfplay::{Heading, document, page};
use crate::report::text::number;
use crate::scenario::load::Loaded;
use crate::studies::design::Axis;
use crate::studies::tune::arena::with_crew;
use crate::studies::tune::compiled::at;
use crate::studies::tune::selfplay::{Play, Side, Terms};
use crate::studies::variants::cell;

/// Runs it; the pools meet in so many held-out games.
pub fn run(args: &Args, base: &Loaded, axes: Vec<Axis>, held: u64) -> Result<Exit, Failure> {
    let ready = cell(base, &[]).map_err(explained)?;
    let keys = [0, 1].map(|p: usize| ready.setup.parties[p].key.clone());
    let [a, b] = [0, 1].map(|p: usize| {
        let under = format!("parties.{}.", keys[p]);
        axes.iter().filter(|axis| axis.path.starts_with(&under)).cloned().collect::<Vec<_>>()
    });
    if let Some(axis) = axes.iter().find(|axis| !a.contains(axis) && !b.contains(axis)) {
        return Err(wrong(format!("`{}` belongs to no side: with --both every path lies under a party", axis.path)));
    }
    if a.is_empty() || b.is_empty() {
        let idle = &keys[if a.is_empty() { 0 } else { 1 }];
        return Err(wrong(format!("`{idle}` has no path to tune\n  name one: --over parties.{idle}.optimism=0..1")));
    }
    let terms = Terms {
        rounds: args.rounds.unwrap_or(4),
        tries: args.tries,
        games: args.games,
        held,
        seed: args.many.seed.get(),
    };
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
    let heading = Heading {
        file: args.scenario.scenario.clone(),
        sets: args.scenario.told(),
        hash: ready.hash,
        terms,
        values: [values(&answer.sides[0]), values(&answer.sides[1])],
    };
    print(&match args.many.format {
        Format::Json => json(&document(&heading, &answer))?,
        Format::Text => page(&heading, &answer),
    })?;
    Ok(if answer.interrupted { 3 } else { 0 })
}
