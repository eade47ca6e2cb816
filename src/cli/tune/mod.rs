//! `tune`: which values of some paths bring most of what is sought?

pub mod both;
pub mod checkpoint;
pub mod heading;
pub mod opponents;
pub mod overlay;
pub mod sought;

use std::sync::{Arc, Mutex};

use heading::heading;
use opponents::{opponents, table};
use overlay::Overlay;
use sought::objective;

use super::common::{Failure, Format, ManyArgs, ScenarioArgs, colour, count, json, print};
use super::progress::watched_saying;
use super::sweep::axes;
use super::{Exit, disk};
use crate::batch::play::Watch;
use crate::error::Error;
use crate::notation::written::written;
use crate::report::overlay::overlay as written_overlay;
use crate::report::text::number;
use crate::report::tune::{Outcome, document, page};
use crate::scenario::kind::{AnyScenario, load_seated};
use crate::scenario::load::{Loaded, Problems};
use crate::studies::measures::Measures;
use crate::studies::tune::arena::{Clocks, with_crew};
use crate::studies::tune::compiled::at;
use crate::studies::tune::search::{Quest, State};

/// Candidates of one search, at most.
const TRIES_MAX: u64 = 1_000_000;
/// Candidates of one search, at least.
const TRIES_MIN: u64 = 8;
/// Games of a candidate, or held out, at least.
const GAMES_MIN: u64 = 8;
/// Games of a candidate, or held out, at most: a number of each is kept.
const GAMES_MAX: u64 = 1_000_000;

/// Which values of some paths bring most of what is sought? CMA-ES, with blind search beside it at the same budget
///
/// The paths and their ranges are the `tune` of the scenario or of a strategy file, and `--over PATH=LOW..HIGH`. The
/// best is judged on held-out games.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// A path and what to search: a range PATH=0..1, or values PATH=30,40,50; may be repeated
    #[arg(long = "over", value_name = "PATH=RANGE")]
    over: Vec<String>,
    /// Only the paths of this party are tuned
    #[arg(long, value_name = "PARTY", conflicts_with = "both")]
    side: Option<String>,
    /// The measure to have most of, by its name in the documents of `batch`, such as us.total or deal
    #[arg(long, value_name = "NAME", group = "sought")]
    maximise: Option<String>,
    /// The measure to have least of
    #[arg(long, value_name = "NAME", group = "sought")]
    minimise: Option<String>,
    /// The measure to bring to a value: --target deal=0.4
    #[arg(long, value_name = "NAME=VALUE", group = "sought")]
    target: Option<String>,
    /// Fit to the moments of a file: means, shares and quantiles, each with a tolerance
    #[arg(long, value_name = "FILE", group = "sought", conflicts_with_all = ["quantile", "penalties"])]
    fit: Option<String>,
    /// Not the mean but this quantile of the measure, such as 0.1
    #[arg(long, value_name = "SHARE")]
    quantile: Option<f64>,
    /// Take off WEIGHT for each unit by which a mean leaves a bound: 'truce_lapsed<=0.2:50'; may be repeated
    #[arg(long = "penalty", value_name = "NAME<=BOUND:WEIGHT")]
    penalties: Vec<String>,
    /// The other side plays by this strategy, a name or a file; may be repeated: then the mean over all counts
    #[arg(long, value_name = "FILE_OR_NAME")]
    against: Vec<String>,
    /// Against several, the worst counts, not the mean
    #[arg(long, requires = "against", conflicts_with = "both")]
    worst: bool,
    /// Both sides tune in turn: each looks for a best reply to what the other would play
    #[arg(long, conflicts_with_all = ["sought", "against", "quantile", "penalties", "out", "checkpoint"])]
    both: bool,
    /// With --both: how many rounds at most [default: 4]
    #[arg(long, value_parser = count, requires = "both", conflicts_with = "sought", allow_hyphen_values = true)]
    rounds: Option<u64>,
    /// The budget: games of so many candidates, for each search
    #[arg(long, default_value = "200", value_parser = count, allow_hyphen_values = true)]
    tries: u64,
    /// How many games of a candidate that is played in full
    #[arg(long, default_value = "4_000", value_parser = count, allow_hyphen_values = true)]
    games: u64,
    /// How many held-out games [default: as many]
    #[arg(long, value_name = "GAMES", value_parser = count, allow_hyphen_values = true)]
    held_out: Option<u64>,
    #[command(flatten)]
    many: ManyArgs,
    /// Write the best as an overlay to a new file, whole or not at all
    #[arg(long, value_name = "FILE")]
    out: Option<String>,
    /// Keep the state of the search in a file, and go on from it where it is there already
    #[arg(long, value_name = "FILE")]
    checkpoint: Option<String>,
}

fn wrong(text: impl std::fmt::Display) -> Failure {
    Failure::Wrong(format!("error: {text}"))
}

fn explained(problems: Problems) -> Failure {
    Failure::Wrong(problems.explain(colour()))
}

fn nanoseconds(time: Result<std::time::Duration, std::io::Error>) -> u64 {
    time.map_or(0, |time| time.as_nanos() as u64)
}

/// The clocks of this machine.
fn clocks() -> Clocks {
    Clocks {
        program: || nanoseconds(cpu_time::ProcessTime::try_now().map(|t| t.as_duration())),
        thread: || nanoseconds(cpu_time::ThreadTime::try_now().map(|t| t.as_duration())),
    }
}

/// Runs it.
pub fn run(args: Args) -> Result<Exit, Failure> {
    let mut base = loaded(&args.scenario)?;
    let mut axes = axes(&mut base, |base| &base.tune, &args.over)?;
    if let Some(side) = &args.side {
        axes.retain(|axis| axis.path.starts_with(&format!("parties.{side}.")));
    }
    if axes.is_empty() {
        let of = args.side.as_ref().map_or(String::new(), |side| format!(" under `parties.{side}`"));
        return Err(wrong(format!("no path to tune{of}\n  name one: --over parties.us.optimism=0..1")));
    }
    let held = args.held_out.unwrap_or(args.games);
    for (what, found, low, high) in [
        ("candidates", args.tries, TRIES_MIN, TRIES_MAX),
        ("games of a candidate", args.games, GAMES_MIN, GAMES_MAX),
        ("held-out games", held, GAMES_MIN, GAMES_MAX),
    ] {
        if !(low..=high).contains(&found) {
            return Err(wrong(format!(
                "{found} {what} are too {}: {low} to {high}",
                if found < low { "few" } else { "many" }
            )));
        }
    }
    if args.both {
        return both::run(&args, &base, axes, held);
    }
    let out = args.out.as_deref().map(|out| Overlay::at(out, &args.scenario.scenario)).transpose()?;
    let objective = objective(&args)?;
    let known = args.checkpoint.as_deref().map(checkpoint::read).transpose()?.flatten();
    let seed = match &known {
        Some(known) => args.many.seed.seed.unwrap_or(known.seed),
        None => args.many.seed.get(),
    };
    let opponents = opponents(&mut base, &axes, &args.against)?;
    let asked = objective.measures();
    let tables = opponents.iter().map(|(_, change)| table(&base, change.as_ref(), &axes, &asked));
    let tables = tables.collect::<Result<Vec<_>, _>>().map_err(explained)?;
    let first = tables[0].written().map_err(explained)?;
    let measures = Measures::of(std::iter::once(&first.setup));
    asked.iter().try_for_each(|name| measures.find(name).map(|_| ())).map_err(wrong)?;
    let mut quest = Quest {
        weights: vec![1.0; tables.len()],
        objective,
        paths: axes.len(),
        seed,
        games: args.games,
        tries: args.tries,
        tables,
    };
    let heading = heading(&args, &axes, &quest, &opponents, first.hash, held)?;
    if let Some(out) = &out {
        out.rehearse(&heading, &axes, &opponents, &quest.tables)?;
    }
    let search = format!(
        "{} {:?} {:?} {:?} {} {}",
        heading.hash, heading.axes, heading.sets, heading.objective, heading.games, heading.tries
    ) + &format!(
        " {:?}",
        opponents.iter().map(|(_, change)| change.as_ref().map(|c| written(&c.value))).collect::<Vec<_>>()
    );
    let mut state = State::default();
    if let (Some(known), Some(file)) = (known, &args.checkpoint) {
        known.is_of(file, &search, seed)?;
        state = known.state;
        eprintln!("going on from {file}: {} candidates so far", state.arms.iter().map(|a| a.candidates).sum::<u64>());
    }
    let mut keeper = checkpoint::Keeper::new(args.checkpoint.clone(), search, seed, &state)?;
    let threads = args.many.threads.get();
    let (done, overhead_us) = search_on(&mut quest, &mut state, &mut keeper, threads);
    let kept = keeper.end(&state);
    if state.arms.iter().all(|arm| arm.best.is_none()) {
        done.clone()?;
    }
    // what was stopped is judged all the same: on a watch of its own
    let judging = Watch::default();
    let verdict = with_crew(threads, &judging, clocks(), |crew| quest.judge(&state, held, crew))?;
    let values = |point: &[f64]| at(&axes, point).iter().map(written).collect();
    let outcome = Outcome {
        values: verdict.best.first().map_or(vec![], |best| values(&best.point)),
        interrupted: done != Ok(true),
        state,
        verdict,
        overhead_us,
    };
    let text = |out: &Overlay, best| written_overlay(&heading, &outcome, best, &out.extends);
    let written = match (&out, outcome.best()) {
        (Some(out), Some(best)) => Some(out.write(&text(out, best), &opponents, &best.hashes)),
        _ => None,
    };
    // whatever became of the files, what was found is told
    let file = args.out.as_deref().filter(|_| matches!(written, Some(Ok(()))));
    print(&match args.many.format {
        Format::Json => json(&document(&heading, &outcome, file))?,
        Format::Text => page(&heading, &outcome, file),
    })?;
    if let (Some(file), None) = (&args.out, outcome.best()) {
        eprintln!("`{file}` is not written: there is no best to write");
    }
    let failed = [written.and_then(Result::err), kept.err(), done.err().map(Failure::from)];
    if let Some(exit) = failed.into_iter().flatten().map(Failure::tell).reduce(Exit::max) {
        return Ok(exit);
    }
    Ok(if outcome.interrupted { 3 } else { 0 })
}

/// Searches under a progress bar; whether it came to its end, and the overhead of a candidate in microseconds.
fn search_on(
    quest: &mut Quest,
    state: &mut State,
    keeper: &mut checkpoint::Keeper,
    threads: usize,
) -> (Result<bool, Error>, f64) {
    let (watch, says) = (Arc::new(Watch::default()), Arc::new(Mutex::new(String::new())));
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
    match load_seated(&name, &disk::open, &args.seats()?, &args.sets).map_err(explained)? {
        (AnyScenario::World(_), loaded) => Ok(loaded),
        _ => Err(wrong(format!("`{name}` is bargaining on its own: this command plays whole worlds"))),
    }
}
