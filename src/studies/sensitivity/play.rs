//! The points of a design, each played by the same games: the mean of each measure, its error, and its noise.

use std::sync::atomic::Ordering;

use crate::batch::play::{Plan, Watch};
use crate::error::Error;
use crate::notation::tree::Node;
use crate::scenario::load::Loaded;
use crate::studies::inputs::Input;
use crate::studies::tune::arena::{Clocks, with_crew};
use crate::studies::tune::compiled::Compiled;

/// The mean of a measure over the games of a point that have a case.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Value {
    /// Games with a case.
    pub n: u64,
    /// The mean; not a number where no game has a case.
    pub mean: f64,
    /// Its standard error.
    pub se: f64,
    /// The means over the games of even and of odd number.
    halves: [f64; 2],
}

impl Value {
    /// Of a number a game, in the order of the games: so the same bits whoever played them.
    fn of(lane: &[f64]) -> Value {
        let (mut sums, mut counts) = ([0.0; 2], [0.0; 2]);
        for (g, x) in lane.iter().enumerate().filter(|(_, x)| !x.is_nan()) {
            sums[g % 2] += x;
            counts[g % 2] += 1.0;
        }
        let n = counts[0] + counts[1];
        let mean = (sums[0] + sums[1]) / n;
        let squares: f64 = lane.iter().filter(|x| !x.is_nan()).map(|x| (x - mean) * (x - mean)).sum();
        let se = if n < 2.0 { f64::NAN } else { (squares / (n - 1.0) / n).sqrt() };
        Value { n: n as u64, mean, se, halves: [sums[0] / counts[0], sums[1] / counts[1]] }
    }

    /// All that it is, as numbers that can be sent.
    pub fn numbers(&self) -> [f64; 5] {
        [self.n as f64, self.mean, self.se, self.halves[0], self.halves[1]]
    }

    /// From those.
    pub fn of_numbers([n, mean, se, even, odd]: [f64; 5]) -> Value {
        Value { n: n as u64, mean, se, halves: [even, odd] }
    }
}

/// The share of the variance from point to point that other dice would not give again: 1 less the covariance of the means
/// over even and over odd games, which share no dice, in the variance of the means. None where nothing varies.
pub fn noise(values: &[Value]) -> Option<f64> {
    let both: Vec<&Value> = values.iter().filter(|v| v.halves.iter().all(|x| x.is_finite())).collect();
    let n = both.len() as f64;
    let middle = |of: &dyn Fn(&Value) -> f64| both.iter().map(|v| of(v)).sum::<f64>() / n;
    let (even, odd, whole) = (middle(&|v| v.halves[0]), middle(&|v| v.halves[1]), middle(&|v| v.mean));
    let together = middle(&|v| (v.halves[0] - even) * (v.halves[1] - odd));
    let variance = middle(&|v| (v.mean - whole) * (v.mean - whole));
    (n >= 2.0 && variance > 0.0).then(|| (1.0 - together / variance).clamp(0.0, 1.0))
}

/// A scenario whose inputs are given values, point after point.
pub struct Model {
    compiled: Compiled,
    inputs: usize,
    measures: usize,
}

/// Numbers that are held at a time, at most: a number a game, point and measure.
const HELD: u64 = 1 << 21;
/// Points that are made ready at a time, at most.
const READY: u64 = 64;
/// All points are played by so many of their games first, one in so many but a few at least: a study that is stopped tells of
/// all of them, by fewer games.
const SHARE: u64 = 16;
const FEW: u64 = 8;
/// Numbers of those games that are held, at most.
const FIRST_HELD: u64 = 1 << 24;

/// What came of points.
#[derive(Debug, Clone, PartialEq)]
pub struct Played {
    /// By point, the value of each measure; there are fewer points where it was stopped.
    pub values: Vec<Vec<Value>>,
    /// By so many games of each.
    pub games: u64,
}

impl Model {
    /// Of a scenario that is to be asked for some measures.
    pub fn of(base: &Loaded, inputs: &[Input], asked: &[String]) -> Result<Model, Error> {
        let axes: Vec<_> = inputs.iter().map(|input| input.axis.clone()).collect();
        Ok(Model { compiled: Compiled::for_points(base, &axes, asked)?, inputs: inputs.len(), measures: asked.len() })
    }

    /// Whether all inputs only feed start values: no scenario is made ready for their points.
    pub fn direct(&self) -> bool {
        self.compiled.direct() == self.inputs
    }

    /// Plays points by the games of a plan; by point, the value of each measure. There are fewer where it was stopped.
    pub fn play(
        &mut self,
        points: &[Vec<Node>],
        plan: &Plan,
        watch: &Watch,
        clocks: Clocks,
    ) -> Result<Vec<Vec<Value>>, Error> {
        let mut out = vec![];
        self.each(points, plan, watch, clocks, |_, lanes| out.push(valued(&lanes)))?;
        Ok(out)
    }

    /// The same for one who may not wait for the end: a share of the games is played at all points before the others are, and
    /// where that is all there was time for, it is what comes back.
    pub fn play_in_two(
        &mut self,
        points: &[Vec<Node>],
        plan: &Plan,
        watch: &Watch,
        clocks: Clocks,
    ) -> Result<Played, Error> {
        let games = plan.games.end - plan.games.start;
        let first = (games / SHARE).max(FEW);
        if first >= games || first * points.len() as u64 * self.measures.max(1) as u64 > FIRST_HELD {
            return Ok(Played { values: self.play(points, plan, watch, clocks)?, games });
        }
        let cut = plan.games.start + first;
        let (begin, rest) = (plan.games.start..cut, cut..plan.games.end);
        let mut held: Vec<Vec<Vec<f64>>> = vec![];
        self.each(points, &Plan { games: begin, ..plan.clone() }, watch, clocks, |_, lanes| held.push(lanes))?;
        let mut whole = vec![];
        if held.len() == points.len() {
            self.each(points, &Plan { games: rest, ..plan.clone() }, watch, clocks, |point, lanes| {
                let all = held[point].iter().zip(&lanes).map(|(first, rest)| [&first[..], rest].concat());
                whole.push(valued(&all.collect::<Vec<_>>()));
            })?;
        }
        if whole.len() == points.len() {
            return Ok(Played { values: whole, games });
        }
        Ok(Played { values: held.iter().map(|lanes| valued(lanes)).collect(), games: first })
    }

    /// Plays points by the games of a plan, in order, and hands on what each came to: by measure, a number a game. Fewer where
    /// it was stopped.
    fn each(
        &mut self,
        points: &[Vec<Node>],
        plan: &Plan,
        watch: &Watch,
        clocks: Clocks,
        mut found: impl FnMut(usize, Vec<Vec<f64>>),
    ) -> Result<(), Error> {
        let games = (plan.games.end - plan.games.start).max(1);
        let together = (HELD / games / self.measures.max(1) as u64).clamp(1, READY) as usize;
        with_crew(plan.threads, watch, clocks, |crew| {
            let mut point = 0;
            for some in points.chunks(together) {
                let mut candidates = vec![];
                for values in some {
                    if watch.stop.load(Ordering::Relaxed) {
                        return Ok(());
                    }
                    candidates.push(vec![self.compiled.candidate_of(values)?]);
                }
                let played = crew.play_some(plan.key, candidates, plan.games.clone())?;
                let whole = played.len() == some.len();
                for mut lanes in played {
                    found(point, lanes.swap_remove(0));
                    point += 1;
                }
                if !whole {
                    break;
                }
            }
            Ok(())
        })
    }
}

fn valued(lanes: &[Vec<f64>]) -> Vec<Value> {
    lanes.iter().map(|lane| Value::of(lane)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::studies::design::uniforms;

    #[test]
    fn a_value_is_of_the_games_with_a_case() {
        let value = Value::of(&[1.0, f64::NAN, 3.0, 5.0]);
        assert_eq!((value.n, value.mean, value.halves), (3, 3.0, [2.0, 5.0]));
        assert!((value.se - (4.0_f64 / 3.0).sqrt()).abs() < 1e-12);
        assert!(Value::of(&[f64::NAN]).mean.is_nan());
    }

    /// Dice that every point shares move all means alike and are no noise; dice of its own at each point are.
    #[test]
    fn noise_is_what_other_dice_would_not_give_again() {
        let shared = uniforms(1, "noise", "shared", 400);
        let value = |point: usize, own: f64| {
            let alone = uniforms(1, "noise", &format!("{point}"), 400);
            let signal = (point as f64 * 0.7).sin();
            let lane: Vec<f64> = shared.iter().zip(&alone).map(|(s, a)| signal + s + own * (a - 0.5)).collect();
            Value::of(&lane)
        };
        let of = |own: f64| noise(&(0..2000).map(|point| value(point, own)).collect::<Vec<_>>()).expect("it varies");
        assert!(of(0.0) < 1e-9, "{}", of(0.0));
        // the variance of the signal is a half, that of the noise of a mean own^2 / 12 / 400
        let truth = |own: f64| own * own / 4800.0 / (0.5 + own * own / 4800.0);
        for own in [20.0, 60.0] {
            assert!((of(own) - truth(own)).abs() < 0.08, "{} and {}", of(own), truth(own));
        }
        assert!(noise(&[]).is_none());
    }
}
