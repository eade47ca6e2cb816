//! What a game came to, for whoever played it.

use crate::record::endings::classes;
use crate::record::metrics::class_lane;
use crate::record::outcome::{DealLevel, DealRound};
use crate::world::cohort::Games;
use crate::world::components::Total;
use crate::world::rows::pair;

/// What a game came to.
#[derive(Debug, Clone, PartialEq)]
pub struct End {
    /// The way it ended, as documents name it.
    pub ending: &'static str,
    /// What each party has, in the order of the scenario, in points.
    pub totals: [f64; 2],
    /// The deal that the game is named after, if there is one.
    pub signed: Option<Signed>,
}

/// A deal that was signed.
#[derive(Debug, Clone, PartialEq)]
pub struct Signed {
    /// The round, from 0.
    pub round: u32,
    /// The level of each lever in it, in the order of the scenario.
    pub levels: Vec<f64>,
}

/// What some games of a cohort have come to by now.
pub fn ends(games: &Games, some: &[usize]) -> Vec<End> {
    if some.is_empty() {
        return vec![];
    }
    let (mut class, names) = (vec![], classes(games.setup()));
    class_lane(games, &mut class);
    let one = |game: &usize| {
        let levels =
            || (0..games.setup().levers.len()).map(|lever| games.number::<DealLevel>(lever, *game).unwrap_or(f64::NAN));
        let round = games.number::<DealRound>(0, *game).filter(|round| !round.is_nan());
        End {
            ending: names[class[*game] as usize],
            totals: pair(|party| games.number::<Total>(party, *game).unwrap_or(0.0)),
            signed: round.map(|round| Signed { round: round as u32, levels: levels().collect() }),
        }
    };
    some.iter().map(one).collect()
}
