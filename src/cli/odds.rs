//! `odds`: how did the odds move in one game, and what turned them?

use crate::error::Error;
use serde::{Deserialize, Serialize};

use super::bundle::{BundleArgs, Kept};
use super::common::{ManyArgs, game, ready, up_to};
use super::decisions;
use super::failure::{Exit, Failure};
use super::progress::{watch, watched};
use super::study::{tell as told, tell_and_keep};
use crate::disk;
use crate::ready::Ready;
use crate::report::heading::Heading;
use crate::report::odds::{of_course, of_state};
use crate::studies::odds::{Asked, Course, View, course, from_state_watched, tell};
use crate::world::dice::Key;
use crate::world::setup::Setup;
use crate::world::state::State;

/// How did the odds move in one game, round by round, and what turned them?
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The scenario file, or a state saved with --save-state
    file: String,
    /// Change a field before the game, for instance --set parties.us.goal.patience=0.96; may be repeated
    #[arg(long = "set", value_name = "PATH=VALUE")]
    sets: Vec<String>,
    #[command(flatten)]
    many: ManyArgs,
    /// Which game of the seed, from 0 [default: 0; of a saved state, the one that it is of]
    #[arg(long, value_parser = game, allow_hyphen_values = true)]
    game: Option<u64>,
    /// Futures after each round
    #[arg(long, default_value = "2000", value_parser = up_to::<1_000_000_000>, allow_hyphen_values = true)]
    futures: u64,
    /// Whose odds: "truth", or a party's name in the file
    #[arg(long, default_value = "truth")]
    view: String,
    /// Write the game's state at the start of --round to this file, and do nothing else
    #[arg(long, value_name = "FILE", requires = "round", conflicts_with = "bundle")]
    save_state: Option<String>,
    /// The round at whose start the state is saved
    #[arg(long, requires = "save_state")]
    round: Option<u32>,
    /// The scenario that a saved state belongs to, where it has moved since
    #[arg(long, value_name = "FILE")]
    scenario: Option<String>,
    #[command(flatten)]
    bundle: BundleArgs,
}

/// A game's state in a file, with what it belongs to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Saved {
    schema: String,
    #[serde(default)]
    model: Option<u32>,
    scenario: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    set: Vec<String>,
    scenario_hash: String,
    seed: u64,
    game: u64,
    round: u32,
    state: State,
}

/// The file format of a state.
const SCHEMA: &str = "summitry.state/1";

/// Runs it.
pub fn run(args: Args) -> Result<Exit, Failure> {
    args.bundle.room()?;
    let text = disk::open(&disk::with_shelf(&args.file))?;
    if text.trim_start().starts_with('{') {
        return saved(&args, &text);
    }
    if args.scenario.is_some() {
        return Err(Failure::Wrong(format!(
            "error: --scenario goes with a saved state, and `{}` is a scenario",
            args.file
        )));
    }
    let ready = ready(&args.file, &args.sets)?;
    let heading = args.many.heading(&args.file, &args.sets, ready.hash.clone(), 1);
    let game = args.game.unwrap_or(0);
    let ready = ready.in_world(heading.seed, game);
    if let (Some(file), Some(round)) = (&args.save_state, args.round) {
        return save(&ready, &heading, game, round, file);
    }
    let asked = asked(&args, &ready.setup, heading.seed, game)?;
    let course = course_under_watch(&ready.setup, &asked)?;
    let report = of_course(&ready.setup, &heading, &asked, &course);
    tell_and_keep(&report, args.many.format, heading.seed, || {
        args.bundle.keep(&[Kept::ready(&args.file, &ready)], &report, heading.seed)
    })
}

/// The odds round by round, under a progress bar; a signal ends it with the futures that were played.
pub fn course_under_watch(setup: &Setup, asked: &Asked) -> Result<Course, Failure> {
    let (watch, states) = (watch(), u64::from(setup.rounds) + 1);
    Ok(watched(&watch, asked.futures.saturating_mul(states), "futures", || course(setup, asked, &watch))?)
}

/// Writes the state at the start of a round to a new file.
fn save(ready: &Ready, heading: &Heading, game: u64, round: u32, file: &str) -> Result<Exit, Failure> {
    let told = tell(&ready.setup, Key::of_seed(heading.seed), game);
    let Some(state) = told.states.get(round as usize).cloned() else {
        let last = told.states.len() - 1;
        return Err(Failure::Wrong(format!(
            "error: game {game} ends before round {round}: rounds 0 to {last} can be saved"
        )));
    };
    let saved = Saved {
        schema: SCHEMA.into(),
        model: Some(crate::MODEL),
        scenario: heading.scenario.clone(),
        set: heading.sets.clone(),
        scenario_hash: heading.hash.clone(),
        seed: heading.seed,
        game,
        round,
        state,
    };
    let text = serde_json::to_string(&saved).map_err(|e| Failure::Ours(e.to_string()))?;
    disk::write_new(file, format!("{text}\n"))?;
    Ok(0)
}

fn saved(args: &Args, text: &str) -> Result<Exit, Failure> {
    let wrong = |what: String| Failure::Wrong(format!("error: `{}` {what}", args.file));
    let saved: Saved = serde_json::from_str(text).map_err(|e| wrong(format!("is not a saved state: {e}")))?;
    if saved.schema != SCHEMA {
        return Err(wrong(format!("says it is `{}`; a saved state is `{SCHEMA}`", saved.schema)));
    }
    if args.bundle.bundle.is_some() {
        return Err(wrong("is a saved state: --bundle writes what a scenario says".into()));
    }
    if args.save_state.is_some() {
        return Err(wrong("is a state already: save one from its scenario".into()));
    }
    let file = args.scenario.clone().unwrap_or_else(|| saved.scenario.clone());
    let sets = if args.sets.is_empty() { saved.set.clone() } else { args.sets.clone() };
    let ready = ready(&file, &sets)?;
    if let Some(why) = decisions::of_another_model(saved.model, &saved.scenario_hash) {
        return Err(wrong(format!("cannot be gone on from: {why}")));
    }
    if ready.hash != saved.scenario_hash {
        return Err(wrong(format!(
            "does not fit `{file}`: it was saved from scenario {}, and this is {}; give the scenario it came from with --scenario and --set",
            saved.scenario_hash, ready.hash
        )));
    }
    let ready = ready.in_world(saved.seed, saved.game);
    fits(&ready.setup, &saved).map_err(|why| wrong(why.to_string()))?;
    if args.many.seed.seed.is_some_and(|seed| seed != saved.seed) {
        return Err(wrong(format!("is of seed {}, which cannot be changed: leave --seed out", saved.seed)));
    }
    if args.game.is_some_and(|game| game != saved.game) {
        return Err(wrong(format!("is of game {}, which cannot be changed: leave --game out", saved.game)));
    }
    let asked = asked(args, &ready.setup, saved.seed, saved.game)?;
    let heading = Heading { scenario: file, sets, hash: ready.hash, seed: saved.seed, asked: 1 };
    let watch = watch();
    let odds =
        watched(&watch, asked.futures, "futures", || from_state_watched(&ready.setup, &asked, &saved.state, &watch))?;
    told(&of_state(&ready.setup, &heading, &asked, saved.round, &odds), args.many.format, saved.seed)
}

/// Whether a state can be played on by a scenario; if not, why.
fn fits(setup: &Setup, saved: &Saved) -> Result<(), Error> {
    if saved.state.round != saved.round || saved.state.game != saved.game {
        return Err(Error::unfit("contradicts itself: its round or game was changed by hand"));
    }
    if saved.round > setup.rounds {
        return Err(Error::unfit(format!("is of round {}, and the scenario has {} rounds", saved.round, setup.rounds)));
    }
    let mut games = crate::round::cohort(setup, 1);
    games.restore(&saved.state, Key::of_seed(saved.seed), saved.game).map_err(|e| e.within("does not fit: "))
}

fn asked(args: &Args, setup: &Setup, seed: u64, game: u64) -> Result<Asked, Failure> {
    let view = if args.view == "truth" {
        View::Truth
    } else {
        View::Seat(setup.party(&args.view).ok_or_else(|| {
            let [a, b] = [0, 1].map(|p| &setup.parties[p].key);
            Failure::Wrong(format!("error: --view is `truth`, `{a}` or `{b}`, found `{}`", args.view))
        })?)
    };
    let threads = args.many.threads.get();
    Ok(Asked { view, threads, ..Asked::new(seed, game, args.futures) })
}
