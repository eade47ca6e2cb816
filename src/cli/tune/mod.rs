//! `tune`: which values of some paths bring most of what is sought?

mod args;
mod both;
mod both_page;
mod both_written;
mod checkpoint;
pub mod clocks;
mod overlay;
mod page;
mod reached;
mod search;
mod written;

use crate::error::Error;
use std::sync::{Arc, Mutex};

pub use args::Args;
use checkpoint::{Checkpoint, Keeper, Named};
use clocks::clocks;
use overlay::Overlay;
use page::page;
use search::Search;

use super::bundle::Kept;
use super::common::ScenarioArgs;
use super::failure::{Exit, Failure, say};
use super::progress::{watch, watched_saying};
use super::study::tell;
use crate::disk;
use crate::front::tune::asked::{STOPPED, judged};
use crate::front::tune::opponents::opponents;
use crate::notation::wording;
use crate::report::document::Report;
use crate::report::text::number;
use crate::report::tune::{Outcome, document};
use crate::scenario::kind::{AnyScenario, load_seated};
use crate::scenario::load::{Loaded, Sets, Studied};
use crate::studies::tune::arena::with_crew;
use crate::studies::tune::search::{Quest, State};
use crate::studies::variants::cell;

/// Runs it.
pub fn run(args: Args) -> Result<Exit, Failure> {
    args.bundle.room()?;
    args.bundle.holds(args.beside())?;
    let mut base = loaded(&args.scenario)?;
    let as_written = base.clone();
    let asked = args.asked();
    let axes = asked.axes(&mut base)?;
    let held = asked.held()?;
    if args.both {
        return both::run(&args, (&base, &as_written), axes, held);
    }
    let out = args.out.as_deref().map(|out| Overlay::at(out, &args.scenario.scenario)).transpose()?;
    let known = args.checkpoint.as_deref().map(checkpoint::read).transpose()?.flatten();
    let seed = match &known {
        Some(known) => args.many.seed.seed.unwrap_or(known.seed),
        None => args.many.seed.get(),
    };
    let opponents = opponents(&mut base, &axes, &args.against, "--against")?;
    let (mut quest, hash) = asked.quest(&base, &axes, &opponents, seed)?;
    let search = Search::new(&args, &as_written, &axes, &quest, &opponents, hash, held)?;
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
    let outcome = judged(&quest, &axes, state, search.held, (threads, clocks()))?;
    let outcome = Outcome { interrupted: stopped, overhead_us, ..outcome };
    let written = match (&out, outcome.best()) {
        (Some(out), Some(best)) => {
            let text = written::overlay(&search, &outcome, best, &out.extends);
            Some(out.write(&text, &opponents, &best.hashes))
        }
        _ => None,
    };
    // whatever became of the files, what was found is told
    let file = args.out.as_deref().filter(|_| matches!(written, Some(Ok(()))));
    let report = Report::new(page(&search, &outcome, file), document(&search.searched(), &outcome, file));
    let report = report.took("overhead_us_per_candidate", outcome.overhead_us);
    let report = report.interrupted(outcome.interrupted, "the budget was not spent; this is the best so far");
    let exit = tell(&report, args.many.format, seed)?;
    let hash = cell(&as_written, &[])?.hash;
    let kept_whole = Kept { name: &args.scenario.scenario, loaded: &as_written, hash: &hash };
    let bundle = args.bundle.keep(&[kept_whole], &report, seed);
    if let (Some(file), None) = (&args.out, outcome.best()) {
        say(&format!("`{file}` is not written: there is no best to write"));
    }
    let failed = [written.and_then(Result::err), kept.err(), done.err().map(Failure::from), bundle.err()];
    Ok(failed.into_iter().flatten().map(Failure::tell).reduce(Exit::max).unwrap_or(exit))
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
