//! The first games of a batch, looked at round by round: between which levels each lever and the tone ran, when deals were
//! signed, and what each game came to. A batch keeps no rounds, so what is drawn by date is drawn of a sample.

use std::sync::atomic::Ordering::Relaxed;

use crate::batch::histogram::rank;
use crate::batch::play::Watch;
use crate::record::metrics::class_lane;
use crate::round;
use crate::world::cohort::Games;
use crate::world::components::{Deals, GovPolitics, GovProsperity, GovSecurity, Level, Over, Patience, Tone, Total};
use crate::world::dice::Key;
use crate::world::over::all_over;
use crate::world::rows::Value;
use crate::world::setup::Setup;
use crate::world::worlds;

use super::frontier::frontier;

/// The shares of games below each line of a fan.
pub const FAN: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];
/// Games side by side.
const COHORT: u64 = 50;

/// What some games came to, and how they ran.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sample {
    /// How many games.
    pub games: u64,
    /// The lines of [`FAN`] of each lever, after each round.
    pub levers: Vec<Vec<[f64; 5]>>,
    /// The same of the tone.
    pub tone: Vec<[f64; 5]>,
    /// Games whose first deal is signed in each round.
    pub first_deals: Vec<u64>,
    /// The class of each game, and the points of both sides.
    pub ends: Vec<(usize, [f64; 2])>,
    /// Of both sides, the weights of the government and what a point next round is worth today: means over games.
    weights: [[f64; 3]; 2],
    patience: [f64; 2],
}

impl Sample {
    /// The first `games` games of a seed, or as many as were played when the watch was stopped.
    pub fn play(setup: &Setup, seed: u64, games: u64, watch: &Watch) -> Sample {
        let (key, rounds) = (Key::of_seed(seed), setup.rounds as usize);
        let mut world = round::cohort(setup, COHORT.min(games) as usize);
        let mut out = Sample { first_deals: vec![0; rounds], ..Sample::default() };
        // By lane (levers, then the tone), by round: each game's number.
        let lanes = setup.levers.len() + 1;
        let mut seen: Vec<Vec<Vec<f64>>> = vec![vec![vec![]; rounds]; lanes];
        let by_world = setup.unknowns.is_some();
        while out.games < games {
            let first = out.games;
            if watch.stop.load(Relaxed) {
                break;
            }
            let some = COHORT.min(games - first);
            let count = if by_world { worlds::within(first, some) } else { some } as usize;
            world.load(key, first);
            out.starts(&world, count);
            out.rounds(&mut world, count, &mut seen);
            out.ended(&world, count);
            out.games += count as u64;
            watch.done.fetch_add(count as u64, Relaxed);
        }
        let n = out.games.max(1) as f64;
        out.weights.iter_mut().flatten().chain(&mut out.patience).for_each(|x| *x /= n);
        let mut fans: Vec<Vec<[f64; 5]>> =
            seen.iter_mut().map(|rounds| rounds.iter_mut().map(|lane| lines(lane)).collect()).collect();
        out.tone = fans.pop().unwrap_or_default();
        out.levers = fans;
        out
    }

    /// The frontier over what both have without a deal, in points of each; nothing where no game ends without one.
    pub fn frontier(&self, setup: &Setup, without: [f64; 2]) -> Vec<[f64; 2]> {
        let weeks = self
            .patience
            .map(|patience| (0..setup.rounds).fold((0.0, 1.0), |(sum, now), _| (sum + now, now * patience)).0);
        frontier(setup, self.weights, weeks, without)
    }

    fn starts(&mut self, world: &Games, count: usize) {
        for p in 0..2 {
            for g in 0..count {
                let weights = [
                    world.number::<GovProsperity>(p, g),
                    world.number::<GovSecurity>(p, g),
                    world.number::<GovPolitics>(p, g),
                ];
                for (sum, x) in self.weights[p].iter_mut().zip(weights) {
                    *sum += x.unwrap_or(0.0);
                }
                self.patience[p] += world.number::<Patience>(p, g).unwrap_or(1.0);
            }
        }
    }

    /// Plays a cohort on, and writes it down after each round. A game that is over stays as it ended.
    fn rounds(&mut self, world: &mut Games, count: usize, seen: &mut [Vec<Vec<f64>>]) {
        let rounds = self.first_deals.len();
        let (mut lane, mut over, mut signed) = (vec![], vec![false; count], vec![false; count]);
        for r in 0..rounds {
            let going = r == 0 || !all_over(world);
            if going {
                world.step();
            }
            for (row, by_round) in seen.iter_mut().enumerate() {
                let there = match row < self.levers_of(world) {
                    true => world.numbers_of(Level::COLUMN, row, &mut lane),
                    false => world.numbers_of(Tone::COLUMN, 0, &mut lane),
                };
                let (done, rest) = by_round.split_at_mut(r);
                for g in 0..count {
                    let kept = done.last().filter(|_| over[g]).and_then(|last| last.get(rest[0].len()).copied());
                    rest[0].push(kept.unwrap_or(if there { lane[g] } else { 0.0 }));
                }
            }
            if world.numbers_of(Deals::COLUMN, 0, &mut lane) {
                for (g, deals) in lane[..count].iter().enumerate().filter(|(_, deals)| **deals > 0.0) {
                    self.first_deals[r] += u64::from(*deals > 0.0 && !std::mem::replace(&mut signed[g], true));
                }
            }
            if world.numbers_of(Over::COLUMN, 0, &mut lane) {
                over.iter_mut().zip(&lane).for_each(|(over, x)| *over |= *x > 0.0);
            }
        }
    }

    fn levers_of(&self, world: &Games) -> usize {
        world.setup().levers.len()
    }

    fn ended(&mut self, world: &Games, count: usize) {
        let (mut class, mut totals) = (vec![], [vec![], vec![]]);
        class_lane(world, &mut class);
        for (p, lane) in totals.iter_mut().enumerate() {
            world.numbers_of(Total::COLUMN, p, lane);
        }
        let [first, second] = &totals;
        self.ends.extend((0..count).map(|g| (class[g] as usize, [first[g], second[g]])));
    }
}

fn lines(lane: &mut [f64]) -> [f64; 5] {
    lane.sort_by(f64::total_cmp);
    FAN.map(|share| lane.get(rank(share, lane.len() as u64) as usize - 1).copied().unwrap_or(f64::NAN))
}
