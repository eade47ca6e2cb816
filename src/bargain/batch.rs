//! Many games, in blocks: the drawn numbers of a block are filled lane by lane, then its games are played one by one.
//!
//! The block is not part of any result: a game draws by its number alone.

use super::compile::Compiled;
use super::session::{Outcome, Parley};
use super::solutions::{Solutions, distance, nash_utilities};
use crate::world::dice::Key;

/// How many games share one filling of the lanes.
const BLOCK: usize = 256;

/// Plays the games `first .. first + count` of a seed and hands each outcome to `sink`, in order.
pub fn play_range(compiled: &Compiled, seed: u64, first: u64, count: u64, sink: &mut impl FnMut(u64, &Outcome)) {
    let key = Key::of_seed(seed);
    let mut table = Parley::new(compiled);
    let mut lanes = vec![0.0; BLOCK * compiled.lanes.len()];
    let mut done = 0;
    while done < count {
        let games = (count - done).min(BLOCK as u64) as usize;
        for (lane, numbers) in compiled.lanes.iter().zip(lanes.chunks_mut(BLOCK)) {
            lane.fill(key, first + done, &mut numbers[..games]);
        }
        for game in 0..games {
            table.set(compiled, |lane| lanes[lane * BLOCK + game]);
            let mut outcome = table.settle(compiled);
            if compiled.measured {
                outcome.nash_distance = table.nash_distance(outcome.utilities);
            }
            sink(first + done + game as u64, &compiled.discounted(outcome));
        }
        done += games as u64;
    }
}

impl Parley {
    /// What could have been agreed in the game the table is set for.
    pub(super) fn solutions(&self) -> Solutions {
        let [one, two] = &self.players;
        let (all_one, all_two) = (one.halves.products.all(), two.halves.products.all());
        Solutions::of([&all_one, &all_two], [one.reservation, two.reservation])
    }

    /// How far utilities are from the Nash point of the game the table is set for.
    fn nash_distance(&mut self, utilities: [f64; 2]) -> Option<f64> {
        for player in &mut self.players {
            player.look_at_all();
        }
        let [one, two] = &self.players;
        let from = [one, two].map(|player| player.halves.range.0.max(player.reservation));
        let nash = nash_utilities([&one.own, &two.own], [one.reservation, two.reservation], from)?;
        Some(distance(nash, utilities))
    }
}

/// Spreads the bits of a number over all 64.
fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// One number for what happened in all games, and one for each measure of them: wrapping sums of a hash of each game, the
/// same in any order and for any division of the work.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Digest {
    /// The play digest: how each game ended, in which round, by whose yes, in which outcome, worth what to each.
    pub play: u64,
    /// The digests of the measures: the round of the deal, what each party came away with.
    pub measures: [u64; 3],
}

/// The hash of a game from the bits of its numbers.
fn hashed(fields: &[u64]) -> u64 {
    const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
    fields.iter().fold(STEP, |hash, field| mix(hash ^ field).wrapping_add(STEP))
}

impl Digest {
    /// Adds a game.
    pub fn add(&mut self, game: u64, outcome: &Outcome) {
        let Outcome { class, round, accepted_by, outcome: agreed, utilities, .. } = outcome;
        let plus_one = |x: Option<u64>| x.map_or(0, |x| x + 1);
        let (round, [one, two]) = (plus_one(round.map(u64::from)), utilities.map(|x| (x + 0.0).to_bits()));
        let by = plus_one(accepted_by.map(|p| p as u64));
        let played = [game, *class as u64, round, by, plus_one(agreed.map(|o| o as u64)), one, two];
        self.play = self.play.wrapping_add(hashed(&played));
        for (sum, x) in self.measures.iter_mut().zip([round, one, two]) {
            *sum = sum.wrapping_add(hashed(&[game, x]));
        }
    }

    /// Adds the games of another.
    pub fn merge(&mut self, other: Self) {
        self.play = self.play.wrapping_add(other.play);
        for (sum, x) in self.measures.iter_mut().zip(other.measures) {
            *sum = sum.wrapping_add(x);
        }
    }
}
