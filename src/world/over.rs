//! Games that are over before their last round.

use super::cohort::Games;
use super::components::Over;
use super::setup::Setup;

/// Whether every game of the cohort is over before its last round.
pub fn all_over(games: &Games) -> bool {
    games.round() > 0 && over(games).is_some_and(|all| all.iter().all(|over| over.0 > 0.0))
}

/// Whether a game of the cohort is over before its last round.
pub fn is_over(games: &Games, game: usize) -> bool {
    over(games).is_some_and(|all| all[game].0 > 0.0)
}

/// Which games are over; none where no game can be before its last round.
pub fn over(games: &Games) -> Option<&[Over]> {
    can_end_early(games.setup()).then(|| games.lane(0).expect("every world has it"))
}

fn can_end_early(setup: &Setup) -> bool {
    let clock = &setup.scenario.clock;
    clock.stop_at_deal || setup.scenario.standoff.is_some() || clock.breakdown.fixed().is_none_or(|x| x.get() > 0.0)
}
