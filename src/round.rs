//! THE LOOP: a round is these phases in this order; a game is rounds until the last.

use std::sync::Arc;

use bevy_ecs::prelude::*;

use crate::error::Error;
use crate::mechanisms;
use crate::scenario::rules::Scenario;
use crate::world::build::Build;
use crate::world::cohort::Games;
use crate::world::mechanism::Mechanism;
use crate::world::over::{all_over, over};
use crate::world::phase::{After, Phase::*};
use crate::world::setup::Setup;
use crate::world::state::Ended;

/// One round, from top to bottom. Each phase reads what earlier ones wrote; within a phase both parties read the state
/// at its start, and what it does to tone and to credibility is added up at its end.
pub fn order(schedule: &mut Schedule) {
    schedule.configure_sets(
        (
            // the world moves on
            (Brief, Drift, Wander, Leak, Deliver, After(Deliver)).chain(),
            // what nobody bargained for
            (Chance, After(Chance), Sort, Judge, Spoil, After(Spoil)).chain(),
            // what each side does alone
            (
                Order,
                Answer,
                Reply,
                Grim,
                Clash,
                Threaten,
                Gesture,
                Praise,
                Brink,
                After(Brink),
                Execute,
                After(Execute),
            )
                .chain(),
            // what third countries do
            (Court, After(Court)).chain(),
            // talks: who meets, what they initial, whether it passes at home, what it changes
            (Break, Convene, Lead, Bargain, After(Bargain), Ratify, After(Ratify)).chain(),
            (Trim, Promise, Enact, After(Enact), Restore, After(Restore)).chain(),
            // what comes next: meetings, the summit, a small swap, the truce
            (Arrange, Invite, Mend, Truce, After(Truce), Favour, Endure).chain(),
            // what it was all worth
            (Pay, Share, Cost, Upkeep, Record).chain(),
        )
            .chain(),
    );
}

/// A scenario made ready: names resolved, presets filled in, start values of every mechanism that is on.
pub fn prepare(scenario: Scenario) -> Result<Setup, Error> {
    prepare_with(scenario, mechanisms::ALL)
}

/// A scenario made ready to be played by some mechanisms.
pub fn prepare_with(scenario: Scenario, by: &[Mechanism]) -> Result<Setup, Error> {
    let mut setup = Setup::new(Arc::new(scenario))?;
    mechanisms::equip(&mut setup, by);
    Ok(setup)
}

/// A cohort of games that play by a setup.
pub fn cohort(setup: &Setup, games: usize) -> Games {
    cohort_with(setup, games, mechanisms::ALL)
}

/// A cohort of games that play by a setup and some mechanisms.
pub fn cohort_with(setup: &Setup, games: usize, by: &[Mechanism]) -> Games {
    let mut build = Build::new(setup);
    mechanisms::install(&mut build, by);
    crate::record::install(&mut build);
    order(build.schedule());
    Games::spawn(build, games)
}

/// Plays the loaded games to the end. A game that is over before the others is kept as it ended.
pub fn play(games: &mut Games) {
    play_seen(games, |_| {});
}

/// The same; they are looked at as each round ends.
pub fn play_seen(games: &mut Games, mut see: impl FnMut(&Games)) {
    play_by(games, |games| {
        games.step();
        see(games);
    });
}

/// The same with seats held from outside, all games in lockstep: `answer` files what is decided where a round is held.
#[cfg(feature = "internals")]
pub fn play_asked(games: &mut Games, mut answer: impl FnMut(&mut Games)) {
    play_by(games, |games| {
        while !games.advance() {
            answer(games);
        }
    });
}

fn play_by(games: &mut Games, mut round: impl FnMut(&mut Games)) {
    let rounds = games.setup().rounds;
    let mut ended = Ended::default();
    while games.round() < rounds && !all_over(games) {
        round(games);
        if let (Some(over), false) = (over(games), all_over(games)) {
            (0..over.len()).filter(|g| over[*g].0 > 0.0).for_each(|g| ended.keep(games, g));
        }
    }
    ended.put_back(games);
}
