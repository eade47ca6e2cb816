//! Bargaining on its own, on the command line: `run` tells a game of it, `batch` counts many.

use super::bundle::{BundleArgs, Kept};
use super::common::{ManyArgs, ScenarioArgs};
use super::failure::{Exit, Failure};
use super::player::PlayerArgs;
use super::study::{played, tell_and_keep};
use crate::bargain::Compiled;
use crate::batch::bargain::count;
use crate::front::bargaining;
use crate::ready::ReadyBargaining;
use crate::report::bargain::{report, told};
use crate::report::document::Report;

/// Refuses what only whole worlds have: arguments that were given, and outside programs.
pub fn only(file: &str, asked: &[(&str, bool)], players: &PlayerArgs) -> Result<(), Failure> {
    let program = [("--player", !players.players.is_empty()), ("--think", players.think.is_some())];
    match asked.iter().chain(&program).find(|(_, given)| *given) {
        None => Ok(()),
        Some((argument, _)) => Err(Failure::Wrong(format!(
            "error: `{file}` is bargaining on its own, and {argument} is for whole worlds: leave it out"
        ))),
    }
}

/// What can be played of it.
pub(super) fn compiled(bargain: &ReadyBargaining) -> Result<Compiled, Failure> {
    Ok(bargaining::compiled(bargain)?)
}

/// One game, told.
pub fn run(bargain: &ReadyBargaining, seed: u64, game: u64) -> Result<Report, Failure> {
    Ok(told(&bargain.scenario.title, &bargain.hash, &compiled(bargain)?, (seed, game))?)
}

/// Many games, counted.
pub fn batch(
    bargain: ReadyBargaining,
    scenario: &ScenarioArgs,
    games: u64,
    many: &ManyArgs,
    bundle: &BundleArgs,
) -> Result<Exit, Failure> {
    let compiled = compiled(&bargain)?;
    let heading = many.heading(&scenario.scenario, &scenario.told(), bargain.hash.clone(), games);
    let seed = heading.seed;
    let report = played(heading, many, 1, |heading, plan, watch| {
        let counts = count(&compiled, heading.seed, games, plan.threads, watch)?;
        Ok(report(heading, &bargain.scenario.title, scenario.command("run"), &compiled, &counts))
    })?;
    tell_and_keep(&report, many.format, seed, || {
        bundle.keep(&[Kept::bargaining(&scenario.scenario, &bargain)], &report, seed)
    })
}
