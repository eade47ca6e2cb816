//! `tune --both`: each side looks for a best reply to the other, in turn, from several places.

use std::sync::{Arc, Mutex};

use super::args::Args;
use super::both_page::{Told, document, page};
use super::both_written::Written;
use super::clocks::clocks;
use super::overlay::Overlay;
use crate::cli::bundle::Kept;
use crate::cli::failure::{Exit, Failure, say};
use crate::cli::progress::{watch, watched_saying};
use crate::cli::study::tell;
use crate::notation::written::written;
use crate::report::document::Report;
use crate::report::text::number;
use crate::report::tune::reasons;
use crate::scenario::load::Loaded;
use crate::studies::design::Axis;
use crate::studies::tune::arena::with_crew;
use crate::studies::tune::compiled::at;
use crate::studies::tune::field::{Entry, Side};
use crate::studies::tune::selfplay::{Play, SEARCHED, Terms, exploitability};
use crate::studies::variants::cell;

/// How often it is begun where nothing is said.
const STARTS: u64 = 4;
/// Rounds of each start where nothing is said.
const ROUNDS: u64 = 4;

/// Runs it on a scenario, as it is searched and as it was written; the pools meet in so many held-out games.
pub fn run(args: &Args, (base, as_written): (&Loaded, &Loaded), axes: Vec<Axis>, held: u64) -> Result<Exit, Failure> {
    let ready = cell(base, &[])?;
    let keys = [0, 1].map(|p: usize| ready.setup.parties[p].key.clone());
    let sides = sides(&keys, axes)?;
    let out = args.out.as_deref().map(|out| Overlay::at(out, &args.scenario.scenario)).transpose()?;
    let heading = args.many.heading(&args.scenario.scenario, &args.scenario.told(), ready.hash, args.games);
    let (starts, rounds) = (args.starts.unwrap_or(STARTS), args.rounds.unwrap_or(ROUNDS));
    let terms = Terms { starts, rounds, tries: args.tries, games: args.games, held, seed: heading.seed };
    let written = out.map(|out| Written::at(out, args, base, &sides, &terms)).transpose()?;
    let play = Play::of(base, sides, terms.clone());
    let (watch, says) = (watch(), Arc::new(Mutex::new(String::new())));
    // both searches of both sides in every round and against the last equilibria; mixtures cost more
    let searches = terms.starts.saturating_mul(terms.rounds).saturating_add(SEARCHED as u64).saturating_mul(4);
    let total = searches.saturating_mul(terms.tries.saturating_mul(terms.games));
    let workers = args.many.threads.get();
    let answer = watched_saying(&watch, total, "games", &says, || {
        with_crew(workers, &watch, clocks(), |crew| {
            play.run(crew, &|start, round| {
                if let Ok(mut says) = says.lock() {
                    let left = number(exploitability(&round.gains), 3);
                    *says = format!("start {}: a reply gains {left} at least", start + 1);
                }
            })
        })
    })?;
    let values = |side: &Side| side.pool.iter().map(|entry| values(side, entry)).collect::<Vec<_>>();
    let because = [reasons(as_written, &answer.sides[0].axes)?, reasons(as_written, &answer.sides[1].axes)?];
    let told = Told { terms, values: [values(&answer.sides[0]), values(&answer.sides[1])], because };
    let file = match (&written, &answer.last) {
        (Some(written), Some(last)) => Some(written.write(base, &told, &answer.sides, last)),
        _ => None,
    };
    let named = args.out.as_deref().filter(|_| matches!(file, Some(Ok(()))));
    // whatever became of the file, what was found is told
    let report = Report::new(page(&heading, &told, &answer, named), document(&heading, &told, &answer, named));
    let report = report.interrupted(answer.interrupted, "what was under way is left out");
    let exit = tell(&report, args.many.format, heading.seed)?;
    let played = Kept { name: &args.scenario.scenario, loaded: as_written, hash: &heading.hash };
    let bundle = args.bundle.keep(&[played], &report, heading.seed);
    if let (Some(file), None) = (&args.out, &answer.last) {
        say(&format!("`{file}` is not written: no equilibrium was reached"));
    }
    let failed = [file.and_then(Result::err), bundle.err()];
    Ok(failed.into_iter().flatten().map(Failure::tell).fold(exit, Exit::max))
}

/// The paths of each side; each must have one, and none may belong to neither.
fn sides(keys: &[String; 2], axes: Vec<Axis>) -> Result<[(String, Vec<Axis>); 2], Failure> {
    let under = |p: usize| {
        let under = format!("parties.{}.", keys[p]);
        axes.iter().filter(|axis| axis.path.starts_with(&under)).cloned().collect::<Vec<_>>()
    };
    let both = [under(0), under(1)];
    if let Some(axis) = axes.iter().find(|axis| !both.iter().any(|own| own.contains(axis))) {
        return Err(Failure::wrong(format!(
            "`{}` belongs to no side: with --both every path lies under a party",
            axis.path
        )));
    }
    if let Some(p) = both.iter().position(Vec::is_empty) {
        let idle = &keys[p];
        return Err(Failure::wrong(format!(
            "`{idle}` has no path to tune\n  name one: --over parties.{idle}.optimism=0..1"
        )));
    }
    let [a, b] = both;
    Ok([(keys[0].clone(), a), (keys[1].clone(), b)])
}

/// The values of a side's paths in an entry, as they are written; `-` where nothing is changed.
fn values(side: &Side, entry: &Entry) -> Vec<String> {
    match &entry.point {
        None => side.axes.iter().map(|_| "-".to_owned()).collect(),
        Some(point) => at(&side.axes, point).iter().map(written).collect(),
    }
}
