//! Chance: named streams of rand_chacha, addressed by game and round, with no state.
//!
//! A stream is named by a mechanism, a row's dice label and the draw; the round goes into its low bits, the word
//! position is the game, the key is the seed. So no draw depends on the cohort, the thread, the shard, the order of
//! calls or another mechanism, and the same seed gives two variants of a scenario the same luck.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::maths::{exp, normal_quantile};
use super::{Cohort, CurrentRound};
use crate::scenario::draw::{Distribution, Draw};
use crate::units::Unit;

/// The round of draws made before play.
pub const BEFORE_PLAY: u64 = (1 << 20) - 1;
/// 2^-52: the uniforms are the midpoints of that many equal parts, so never 0 or 1.
const STEP: f64 = 1.0 / 4_503_599_627_370_496.0;

/// A named stream of draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Stream(u64);

impl Stream {
    /// The stream of a mechanism's draw for a row.
    pub fn named(mechanism: &str, row: &str, draw: &str) -> Stream {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for byte in mechanism.bytes().chain([0xff]).chain(row.bytes()).chain([0xff]).chain(draw.bytes()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Stream((hash ^ (hash >> 31)) & !BEFORE_PLAY)
    }
}

/// The key of all streams of a batch.
#[derive(Resource, Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key([u8; 32]);

impl Key {
    /// The key of a seed.
    pub fn of_seed(seed: u64) -> Key {
        let mut key = *b"________summitry negotiation/1__";
        key[..8].copy_from_slice(&seed.to_le_bytes());
        Key(key)
    }

    /// Another key, for games that must share no draw with these (held-out seeds, another study).
    pub fn apart(self, purpose: &str) -> Key {
        let mut key = [0; 32];
        self.at(Stream::named("apart", "", purpose).0, 0).fill_bytes(&mut key);
        Key(key)
    }

    /// Fresh dice for the futures of `game` from `round` on: future f is game f under them. They are the same for
    /// every alternative tried there, so alternatives are paired.
    pub fn fork(self, game: u64, round: u64) -> Key {
        let mut key = [0; 32];
        self.at(Stream::named("fork", "", "").0 | round, 8 * u128::from(game)).fill_bytes(&mut key);
        Key(key)
    }

    fn at(self, stream: u64, word: u128) -> ChaCha8Rng {
        let mut rng = ChaCha8Rng::from_seed(self.0);
        rng.set_stream(stream);
        rng.set_word_pos(word);
        rng
    }

    /// One uniform in (0, 1) a game: `lane[i]` belongs to game `first + i`.
    pub fn uniforms(self, stream: Stream, round: u64, first: u64, lane: &mut [f64]) {
        debug_assert!(round <= BEFORE_PLAY);
        let mut rng = self.at(stream.0 | round, 2 * u128::from(first));
        let mut bytes = [0_u8; 512];
        for part in lane.chunks_mut(64) {
            let bytes = &mut bytes[..8 * part.len()];
            rng.fill_bytes(bytes);
            for (x, b) in part.iter_mut().zip(bytes.chunks_exact(8)) {
                let word = u64::from_le_bytes([b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7]]);
                *x = ((word >> 12) as f64 + 0.5) * STEP;
            }
        }
    }

    /// The uniform of one game.
    pub fn uniform(self, stream: Stream, round: u64, game: u64) -> f64 {
        let mut one = [0.0];
        self.uniforms(stream, round, game, &mut one);
        one[0]
    }
}

/// A uniform turned into a draw from a distribution, rising with it.
#[inline]
pub fn drawn(from: Distribution, u: f64) -> f64 {
    match from {
        Distribution::Uniform { low, high } => low + (high - low) * u,
        Distribution::Normal { mean, sd } => mean + sd * normal_quantile(u),
        Distribution::LogNormal { median, spread } => median * exp(spread * normal_quantile(u)),
    }
}

/// The dice as a system sees them: this round, these games.
#[derive(SystemParam)]
pub struct Dice<'w> {
    key: Res<'w, Key>,
    clock: Res<'w, CurrentRound>,
    cohort: Res<'w, Cohort>,
}

impl Dice<'_> {
    /// One uniform a game for this round.
    pub fn lane(&self, stream: Stream, lane: &mut Vec<f64>) {
        self.lane_at(stream, u64::from(self.clock.round), lane);
    }

    /// One uniform a game, keyed by another number than the round (a session of talks).
    pub fn lane_at(&self, stream: Stream, number: u64, lane: &mut Vec<f64>) {
        lane.resize(self.cohort.games, 0.0);
        self.key.uniforms(stream, number, self.cohort.first, lane);
    }

    /// The uniform of game `index` of the cohort, keyed by a number.
    pub fn one_at(&self, stream: Stream, number: u64, index: usize) -> f64 {
        self.key.uniform(stream, number, self.cohort.first + index as u64)
    }

    /// A number that is drawn anew each time, for game `index` of the cohort: cut to the field's range.
    pub fn anew<T: Unit>(&self, draw: &Draw<T>, stream: Stream, number: u64, index: usize) -> f64 {
        match draw {
            Draw::Fixed(x) => (*x).into(),
            Draw::From(from) => drawn(*from, self.one_at(stream, number, index)).clamp(T::MIN, T::MAX),
        }
    }

    /// The number of the cohort's first game, for scratch that caches lanes.
    pub fn first(&self) -> u64 {
        self.cohort.first
    }

    /// The key, for scratch that caches lanes.
    pub fn key(&self) -> Key {
        *self.key
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draw_depends_on_nothing_but_its_address() {
        let (key, stream) = (Key::of_seed(7), Stream::named("incidents", "table", "strike"));
        let mut all = [0.0; 200];
        key.uniforms(stream, 3, 0, &mut all);
        for (first, n) in [(0, 1), (1, 63), (37, 100), (199, 1)] {
            let mut part = vec![0.0; n];
            key.uniforms(stream, 3, first as u64, &mut part);
            assert_eq!(part, all[first..first + n]);
        }
        assert!(all.iter().all(|u| 0.0 < *u && *u < 1.0));
        let mean = all.iter().sum::<f64>() / 200.0;
        assert!((mean - 0.5).abs() < 0.1, "{mean}");
    }

    #[test]
    fn streams_rounds_seeds_and_forks_differ() {
        let a = Stream::named("x", "us", "d");
        let draws = [
            Key::of_seed(1).uniform(a, 0, 0),
            Key::of_seed(2).uniform(a, 0, 0),
            Key::of_seed(1).uniform(a, 1, 0),
            Key::of_seed(1).uniform(a, 0, 1),
            Key::of_seed(1).uniform(Stream::named("x", "cn", "d"), 0, 0),
            Key::of_seed(1).uniform(Stream::named("xu", "s", "d"), 0, 0),
            Key::of_seed(1).fork(0, 0).uniform(a, 0, 0),
            Key::of_seed(1).fork(1, 0).uniform(a, 0, 0),
            Key::of_seed(1).apart("held out").uniform(a, 0, 0),
        ];
        for (i, x) in draws.iter().enumerate() {
            assert!(draws[i + 1..].iter().all(|y| y != x));
        }
    }
}
