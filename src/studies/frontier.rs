//! The best that both sides could have had: levers chosen for every weighing of one side against the other.

use crate::world::setup::{NOBODY, Setup, shape_at};

/// The best that packages signed in the first week and kept to the last could bring both sides, over what they have
/// without a deal: levels chosen for every weighing of one side against the other, at face value.
pub fn frontier(setup: &Setup, weights: [[f64; 3]; 2], weeks: [f64; 2], without: [f64; 2]) -> Vec<[f64; 2]> {
    let levels = |l: usize| {
        let lever = &setup.levers[l];
        (0..=20).map(move |i| lever.reach_low + f64::from(i) / 20.0 * (lever.reach_high - lever.reach_low))
    };
    let each: Vec<Vec<[f64; 2]>> = (0..setup.levers.len())
        .filter(|l| setup.levers[*l].holder != NOBODY)
        .map(|l| {
            let worth = |x: f64| [0, 1].map(|p| weeks[p] * gain(setup, p, weights[p], l, setup.levers[l].now, x));
            levels(l).map(worth).collect()
        })
        .collect();
    let mut out: Vec<[f64; 2]> = vec![];
    for i in 0..=40 {
        let share = f64::from(i) / 40.0;
        let joint = |v: &[f64; 2]| share * v[0] + (1.0 - share) * v[1];
        let mut sum = without;
        for lever in &each {
            let best = lever.iter().copied().fold([0.0; 2], |a, b| if joint(&b) > joint(&a) { b } else { a });
            (sum[0], sum[1]) = (sum[0] + best[0], sum[1] + best[1]);
        }
        if out.last() != Some(&sum) {
            out.push(sum);
        }
    }
    out
}

/// Points a week that a side gains where a lever stands at `to` and not at `from`, under weights.
pub fn gain(setup: &Setup, party: usize, weights: [f64; 3], lever: usize, from: f64, to: f64) -> f64 {
    let l = &setup.levers[lever];
    let effects = setup.parties[party].effects.iter().filter(|e| e.lever == lever);
    effects
        .map(|e| {
            let at = |x: f64| shape_at(setup.shapes[e.shape].shape, x, l.low, l.high);
            weights[e.dimension] * e.points * (at(to) - at(from))
        })
        .sum()
}
