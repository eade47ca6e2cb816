//! `tune`: which values of some paths bring most of what is sought?

mod args;
mod both;
mod both_page;
mod both_written;
mod checkpoint;
pub mod clocks;
mod opponents;
mod overlay;
mod page;
mod reached;
mod search;
mod sought;
mod written;

use crate::error::Error;
use std::sync::{Arc, Mutex};

pub use args::Args;
use checkpoint::{Checkpoint, Keeper, Named};
use clocks::clocks;
use opponents::{Opponent, opponents, table};
use overlay::Overlay;
use page::{Outcome, document, page};
use search::Search;
use sought::objective;

use super::common::ScenarioArgs;
use super::failure::{Exit, Failure, say};
use super::progress::{watch, watched_saying};
use super::study::tell;
use crate::batch::play::Watch;
use crate::disk;
use crate::notation::wording;
use crate::notation::written::written as as_written;
use crate::report::document::Report;
use crate::report::text::number;
use crate::scenario::kind::{AnyScenario, load_seated};
use crate::scenario::load::{Loaded, Sets, Studied};
use crate::studies::axes::{OVER, axes};
use crate::studies::design::Axis;
use crate::studies::measures::Measures;
use crate::studies::tune::arena::with_crew;
use crate::studies::tune::compiled::at;
use crate::studies::tune::search::{Quest, State};

/// Candidates of one search, at least and at most.
const TRIES: [u64; 2] = [8, 1_000_000];
/// Games of a candidate, or held out, at least and at most: a number of each is kept.
const GAMES: [u64; 2] = [8, 1_000_000];

/// Runs it.
pub fn run(args: Args) -> Result<Exit, Failure> {
    let mut base = loaded(&args.scenario)?;
    let axes = paths(&args, &mut base)?;
    let held = within_budget(&args)?;
    if args.both {
        return both::run(&args, &base, axes, held);
    }
    let out = args.out.as_deref().map(|out| Overlay::at(out, &args.scenario.scenario)).transpose()?;
    let known = args.checkpoint.as_deref().map(checkpoint::read).transpose()?.flatten();
    let seed = match &known {
        Some(known) => args.many.seed.seed.unwrap_or(known.seed),
        None => args.many.seed.get(),
    };
    let opponents = opponents(&mut base, &axes, &args.against)?;
    let (mut quest, hash) = quest(&args, &base, &axes, &opponents, seed)?;
    let search = Search::new(&args, &axes, &quest, &opponents, hash, held)?;
    if let Some(out) = &out {
        out.rehearse(&search, &axes, &opponents, &quest.tables)?;
    }
    let mut state = begun(&args, known, &search.named(&opponents), seed, axes.len())?;
    let mut keeper = Keeper::new(args.checkpoint.clone(), search.named(&opponents), seed, &state)?;
    let threads = args.many.threads.get();
    let (done, overhead_us) = searched(&mut quest, &mut state, &mut keeper, threads);
    let kept = keeper.end(&state);
    if state.arms.iter().all(|arm| arm.best.is_none()) {
        done.clone()?;
    }
    let stopped = done != Ok(true);
    let search = if stopped { search.judged_on(held.min(STOPPED)) } else { search };
    let outcome = judged(&quest, &axes, state, search.held, threads, stopped, overhead_us)?;
    let written = match (&out, outcome.best()) {
        (Some(out), Some(best)) => {
            let text = written::overlay(&search, &outcome, best, &out.extends);
            Some(out.write(&text, &opponents, &best.hashes))
        }
        _ => None,
    };
    // whatever became of the files, what was found is told
    let file = args.out.as_deref().filter(|_| matches!(written, Some(Ok(()))));
    let report = Report::new(page(&search, &outcome, file), document(&search, &outcome, file));
    let report = report.took("overhead_us_per_candidate", outcome.overhead_us);
    let exit = tell(
        &report.interrupted(outcome.interrupted, "the budget was not spent; this is the best so far"),
        args.many.format,
        seed,
    )?;
    if let (Some(file), None) = (&args.out, outcome.best()) {
        say(&format!("`{file}` is not written: there is no best to write"));
    }
    let failed = [written.and_then(Result::err), kept.err(), done.err().map(Failure::from)];
    Ok(failed.into_iter().flatten().map(Failure::tell).reduce(Exit::max).unwrap_or(exit))
}

/// The paths that are tuned, of one side where one is named.
fn paths(args: &Args, base: &mut Loaded) -> Result<Vec<Axis>, Failure> {
    let mut axes = axes(base, |base| &base.tune, &args.over, OVER)?;
    if let Some(side) = &args.side {
        axes.retain(|axis| axis.path.starts_with(&format!("parties.{side}.")));
    }
    if axes.is_empty() {
        let of = args.side.as_ref().map_or(String::new(), |side| format!(" under `parties.{side}`"));
        let text = format!("no path to tune{of}\n  name one: --over parties.us.optimism=0..1");
        return Err(Failure::wrong(text));
    }
    Ok(axes)
}

/// How many games are held out; a budget too small or too large is refused.
fn within_budget(args: &Args) -> Result<u64, Failure> {
    let held = args.held_out.unwrap_or(args.games);
    let all = [
        ("candidates", args.tries, TRIES),
        ("games of a candidate", args.games, GAMES),
        ("held-out games", held, GAMES),
    ];
    for (what, found, [low, high]) in all {
        if !(low..=high).contains(&found) {
            let too = if found < low { "few" } else { "many" };
            return Err(Failure::wrong(format!("{found} {what} are too {too}: {low} to {high}")));
        }
    }
    Ok(held)
}

/// What is sought, where, and against whom; and the hash of the scenario as written.
fn quest(
    args: &Args,
    base: &Loaded,
    axes: &[Axis],
    opponents: &[Opponent],
    seed: u64,
) -> Result<(Quest, String), Failure> {
    let objective = objective(args)?;
    let asked = objective.measures();
    let tables = opponents.iter().map(|(_, change)| table(base, change.as_ref(), axes, &asked));
    let tables = tables.collect::<Result<Vec<_>, _>>()?;
    let first = tables[0].written()?;
    let mut measures = Measures::of(std::iter::once(&first.setup));
    asked.iter().try_for_each(|text| measures.ask(text, std::iter::once(&first.setup)).map(|_| ()))?;
    let weights = vec![1.0; tables.len()];
    let (games, tries, paths) = (args.games, args.tries, axes.len());
    Ok((Quest { weights, objective, paths, seed, games, tries, tables }, first.hash))
}

/// Where the search begins: at nothing, or where a checkpoint of the same search left off.
fn begun(args: &Args, known: Option<Checkpoint>, search: &Named, seed: u64, paths: usize) -> Result<State, Failure> {
    let (Some(known), Some(file)) = (known, &args.checkpoint) else { return Ok(State::default()) };
    known.is_of(file, search, seed)?;
    if !known.state.is_sound(paths) {
        let help = "take it away to begin anew, or name another file";
        return Err(Failure::wrong(format!("the checkpoint `{file}` says what no search comes to\n  {help}")));
    }
    let candidates: u64 = known.state.arms.iter().map(|arm| arm.candidates).sum();
    say(&format!("going on from {file}: {} so far", wording::count(candidates as usize, "candidate")));
    Ok(known.state)
}

/// What was stopped is judged on so many held-out games at most: who stops a search does not wait for more.
const STOPPED: u64 = 10_000;

/// What is to be thought of the best; what was stopped is judged all the same, on a watch of its own.
fn judged(
    quest: &Quest,
    axes: &[Axis],
    state: State,
    held: u64,
    threads: usize,
    interrupted: bool,
    overhead_us: f64,
) -> Result<Outcome, Failure> {
    let watch = Watch::default();
    let verdict = with_crew(threads, &watch, clocks(), |crew| quest.judge(&state, held, crew))?;
    let values = |point: &[f64]| at(axes, point).iter().map(as_written).collect();
    let values = verdict.best.first().map_or(vec![], |best| values(&best.point));
    Ok(Outcome { state, verdict, values, interrupted, overhead_us })
}

/// Searches under a progress bar; whether it came to its end, and the overhead of a candidate in microseconds.
fn searched(quest: &mut Quest, state: &mut State, keeper: &mut Keeper, threads: usize) -> (Result<bool, Error>, f64) {
    let (watch, says) = (watch(), Arc::new(Mutex::new(String::new())));
    let total = quest.budget().saturating_mul(2);
    let before = state.arms.iter().map(|arm| arm.candidates).sum::<u64>();
    watch.done.store(state.arms.iter().map(|arm| arm.spent).sum(), std::sync::atomic::Ordering::Relaxed);
    let (clocks, sign) = (clocks(), quest.objective.sign());
    let (done, spent) = watched_saying(&watch, total, "games", &says, || {
        with_crew(threads, &watch, clocks, |crew| {
            let begun = (clocks.program)();
            let done = quest.run(state, crew, &mut |state| {
                keeper.see(state);
                let best = state.arms[0].best.as_ref().map_or("-".into(), |best| number(sign * best.value, 4));
                if let Ok(mut says) = says.lock() {
                    *says = format!("best so far {best}");
                }
            });
            let all = (clocks.program)().saturating_sub(begun);
            (done, all.saturating_sub(crew.playing.load(std::sync::atomic::Ordering::Relaxed)))
        })
    });
    let candidates = state.arms.iter().map(|arm| arm.candidates).sum::<u64>() - before;
    (done, spent as f64 / 1000.0 / candidates.max(1) as f64)
}

/// The scenario with its seats; a file of another kind is refused.
fn loaded(args: &ScenarioArgs) -> Result<Loaded, Failure> {
    let name = disk::with_shelf(&args.scenario);
    match load_seated(&name, &disk::open, &args.seats()?, Sets::typed(&args.sets), Studied::Tune)? {
        (AnyScenario::World(_), loaded) => Ok(loaded),
        _ => Err(Failure::wrong(format!("`{name}` is bargaining on its own: this command plays whole worlds"))),
    }
}
