//! Worlds: blocks of games in which what nobody knows is the same.
//!
//! Game g is played in world g / 256. What nobody knows is drawn once a world, addressed by its path and the number of
//! the world under the key of the seed: so a world of a seed is the same in every study, and any game can be told
//! alone. A draw that the scenario does not allow (a level outside its lever's range) is drawn again, all of the world
//! together.

use std::fmt;

use super::dice::{Key, Stream, drawn};
use crate::scenario::unknown::Unknown;

/// Games of a world.
pub const GAMES: u64 = 256;
/// So often a world is drawn, at most.
const TRIES: u32 = 64;

/// The world that a game is played in.
pub fn of_game(game: u64) -> u64 {
    game / GAMES
}

/// How many of so many games from one on are played in its world.
pub fn within(first: u64, games: u64) -> u64 {
    games.min(GAMES - first % GAMES)
}

/// Makes a world ready where each unknown number is one of these; none where the scenario does not allow them.
pub type Make<S> = dyn Fn(&[f64]) -> Option<S> + Send + Sync;

/// What nobody knows of a scenario, and how its worlds are made ready to be played.
pub struct Unknowns<S> {
    /// Each number.
    pub list: Vec<Unknown>,
    streams: Vec<Stream>,
    make: Box<Make<S>>,
}

/// A world as it was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct World {
    /// Its number.
    pub number: u64,
    /// How often it was drawn before, in vain.
    pub redrawn: u32,
}

impl<S> fmt::Debug for Unknowns<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.list).finish()
    }
}

impl<S> Unknowns<S> {
    /// Of some numbers.
    pub fn new(list: Vec<Unknown>, make: Box<Make<S>>) -> Unknowns<S> {
        let streams = list.iter().map(|one| Stream::named("unknown", &one.path, "")).collect();
        Unknowns { list, streams, make }
    }

    /// The uniform draw of each number in a world.
    pub fn uniforms(&self, key: Key, world: World) -> impl Iterator<Item = f64> + '_ {
        self.streams.iter().map(move |stream| key.uniform(*stream, u64::from(world.redrawn), world.number))
    }

    /// Each number in a world.
    pub fn values(&self, key: Key, world: World) -> Vec<f64> {
        let cut = |(one, u): (&Unknown, f64)| one.cut(drawn(one.from, u));
        self.list.iter().zip(self.uniforms(key, world)).map(cut).collect()
    }

    /// A world made ready, as often drawn as it takes.
    ///
    /// # Panics
    /// Where the scenario allows no world, not even the middle: such a one is refused before.
    pub fn settled(&self, key: Key, number: u64) -> (S, World) {
        let tried = (0..TRIES).map(|redrawn| World { number, redrawn });
        let found = tried.into_iter().find_map(|world| Some(((self.make)(&self.values(key, world))?, world)));
        found.unwrap_or_else(|| {
            let middle: Vec<f64> = self.list.iter().map(|one| one.cut(one.from.middle())).collect();
            ((self.make)(&middle).expect("the middle is in order"), World { number, redrawn: TRIES })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn games_are_cut_where_a_world_ends() {
        assert_eq!([within(0, 1000), within(255, 1000), within(256, 10), within(300, 1000)], [256, 1, 10, 212]);
        assert_eq!([of_game(0), of_game(255), of_game(256)], [0, 0, 1]);
    }
}
