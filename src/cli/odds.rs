//! `odds`: how did the odds move in one game, and what turned them?

use serde::{Deserialize, Serialize};

use super::common::{Failure, Format, ManyArgs, count, game, json, print, ready};
use super::{Exit, disk};
use crate::error::Error;
use crate::report::odds::{Heading, document, page, state_document, state_page};
use crate::studies::odds::{Asked, View, course, from_state, tell};
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
    #[arg(long, default_value = "2000", value_parser = count, allow_hyphen_values = true)]
    futures: u64,
    /// Whose odds: "truth", or a party's name in the file
    #[arg(long, default_value = "truth")]
    view: String,
    /// Write the game's state at the start of --round to this file, and do nothing else
    #[arg(long, value_name = "FILE", requires = "round")]
    save_state: Option<String>,
    /// The round at whose start the state is saved
    #[arg(long, requires = "save_state")]
    round: Option<u32>,
    /// The scenario that a saved state belongs to, where it has moved since
    #[arg(long, value_name = "FILE")]
    scenario: Option<String>,
}

/// A game's state in a file, with what it belongs to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Saved {
    schema: String,
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
    let text = disk::open(&disk::with_shelf(&args.file))?;
    if text.trim_start().starts_with('{') {
        return saved(&args, &text);
    }
    let ready = ready(&args.file, &args.sets)?;
    let (seed, game) = (args.many.seed.get(), args.game.unwrap_or(0));
    if args.scenario.is_some() {
        return Err(Failure::Wrong(format!(
            "error: --scenario goes with a saved state, and `{}` is a scenario",
            args.file
        )));
    }
    if let (Some(file), Some(round)) = (&args.save_state, args.round) {
        let told = tell(&ready.setup, crate::world::dice::Key::of_seed(seed), game);
        let Some(state) = told.states.get(round as usize).cloned() else {
            let last = told.states.len() - 1;
            return Err(Failure::Wrong(format!(
                "error: game {game} ends before round {round}: rounds 0 to {last} can be saved"
            )));
        };
        let saved = Saved {
            schema: SCHEMA.into(),
            scenario: args.file.clone(),
            set: args.sets.clone(),
            scenario_hash: ready.hash,
            seed,
            game,
            round,
            state,
        };
        let text = serde_json::to_string(&saved).map_err(|e| Failure::Ours(e.to_string()))?;
        disk::write_new(file, &format!("{text}\n"))?;
        return Ok(0);
    }
    let asked = asked(&args, &ready.setup, seed, game)?;
    let heading = heading(&args, &asked, args.file.clone(), args.sets.clone(), ready.hash, seed);
    let course = course(&ready.setup, &asked)?;
    match args.many.format {
        Format::Json => print(&json(&document(&ready.setup, &heading, &course))?)?,
        Format::Text => print(&page(&ready.setup, &heading, &course))?,
    }
    Ok(0)
}

fn saved(args: &Args, text: &str) -> Result<Exit, Failure> {
    let wrong = |what: String| Failure::Wrong(format!("error: `{}` {what}", args.file));
    let saved: Saved = serde_json::from_str(text).map_err(|e| wrong(format!("is not a saved state: {e}")))?;
    if saved.schema != SCHEMA {
        return Err(wrong(format!("says it is `{}`; a saved state is `{SCHEMA}`", saved.schema)));
    }
    if args.save_state.is_some() {
        return Err(wrong("is a state already: save one from its scenario".into()));
    }
    let file = args.scenario.clone().unwrap_or_else(|| saved.scenario.clone());
    let sets = if args.sets.is_empty() { saved.set.clone() } else { args.sets.clone() };
    let ready = ready(&file, &sets)?;
    if ready.hash != saved.scenario_hash {
        return Err(wrong(format!(
            "does not fit `{file}`: it was saved from scenario {}, and this is {}; give the scenario it came from with --scenario and --set",
            saved.scenario_hash, ready.hash
        )));
    }
    fits(&ready.setup, &saved).map_err(|why| wrong(why.to_string()))?;
    if args.many.seed.seed.is_some_and(|seed| seed != saved.seed) {
        return Err(wrong(format!("is of seed {}, which cannot be changed: leave --seed out", saved.seed)));
    }
    if args.game.is_some_and(|game| game != saved.game) {
        return Err(wrong(format!("is of game {}, which cannot be changed: leave --game out", saved.game)));
    }
    let asked = asked(args, &ready.setup, saved.seed, saved.game)?;
    let heading = heading(args, &asked, file, sets, ready.hash, saved.seed);
    let odds = from_state(&ready.setup, &asked, &saved.state)?;
    match args.many.format {
        Format::Json => print(&json(&state_document(&ready.setup, &heading, saved.round, &odds))?)?,
        Format::Text => print(&state_page(&ready.setup, &heading, saved.round, &odds))?,
    }
    Ok(0)
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
    games
        .restore(&saved.state, crate::world::dice::Key::of_seed(saved.seed), saved.game)
        .map_err(|e| e.within("does not fit: "))
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

fn heading(args: &Args, asked: &Asked, file: String, sets: Vec<String>, hash: String, seed: u64) -> Heading {
    Heading { file, sets, hash, seed, game: asked.game, futures: args.futures, view: asked.view }
}
