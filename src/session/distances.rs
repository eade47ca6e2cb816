//! How good a package is, measured on the true frontier: shares of each side's best, distances to the solutions.
//!
//! Axes are scaled by each side's best value that leaves the other no worse: 1 is all there is to win by it. Where that is
//! nothing they are scaled by all that can be moved. What is a billionth of that is nothing: the rounding of a sum.

use crate::table::frontier::Frontier;
use crate::table::values::{Points, Values, worth};
use crate::world::rows::pair;

/// A package at signing.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Signed {
    /// What it is worth to each, prize and cost included (points).
    pub worth: [f64; 2],
    /// The value of its levers to each, as a share of the best that leaves the other no worse.
    pub share_of_best: [f64; 2],
    /// Distance to the nearest point of the frontier.
    pub pareto: f64,
    /// Distance to the point with the largest product of gains over the reservation values (Nash 1950).
    pub nash: f64,
    /// Distance to the point where both get the same share of their best (Kalai and Smorodinsky 1975).
    pub kalai_smorodinsky: f64,
    /// Distance to the point with the largest sum of values.
    pub utilitarian: f64,
    /// Joint value over what splitting every lever would bring, as a share of the best joint value.
    pub logroll: f64,
    /// What the other's pledges in it are worth to each, at the other's word (points).
    pub pledges: [f64; 2],
}

/// Measures a package; `truth` is room to trace the true frontier in.
pub fn measure(
    values: &Values,
    truth: &mut Frontier,
    positions: &[f64],
    with_prize: [f64; 2],
    beside: [f64; 2],
    reserve: [f64; 2],
) -> Signed {
    truth.trace(&values.own[0], &values.own[1], &values.linear);
    let best = [truth.own_when(0.0), truth.other_when(0.0)].map(|best| best.unwrap_or(0.0));
    let range = [&truth.own, &truth.other].map(|x| (x[0] - x[x.len() - 1]).abs());
    let best = pair(|p| scale(&values.own[p], [best[p], range[p]]));
    let levers = pair(|p| worth(&values.own[p], positions));
    let here = pair(|p| levers[p] / best[p]);
    let points: Vec<[f64; 2]> = truth.own.iter().zip(&truth.other).map(|(a, b)| [a / best[0], b / best[1]]).collect();
    // Nobody signs below what waiting is worth, nor at a loss.
    let floor = pair(|p| (reserve[p].max(0.0) - beside[p]) / best[p]);
    let (mut pareto, mut nash, mut ks, mut sum) = (f64::INFINITY, None, None, None);
    if points.len() == 1 {
        pareto = distance(here, points[0]);
        (nash, ks, sum) = (Some((0.0, points[0])), Some((0.0, points[0])), Some((0.0, points[0])));
    }
    for w in points.windows(2) {
        let (a, b) = (w[0], w[1]);
        let d = [b[0] - a[0], b[1] - a[1]];
        let length = (d[0] * d[0] + d[1] * d[1]).max(1e-12);
        let on = |t: f64| [a[0] + t.clamp(0.0, 1.0) * d[0], a[1] + t.clamp(0.0, 1.0) * d[1]];
        let nearest = on(((here[0] - a[0]) * d[0] + (here[1] - a[1]) * d[1]) / length);
        pareto = pareto.min(distance(here, nearest));
        // The product of gains is a parabola along the stretch: its top, or an end.
        let (ga, gb) = (a[0] - floor[0], a[1] - floor[1]);
        let bend = d[0] * d[1];
        let top = if bend < -1e-15 { -(ga * d[1] + gb * d[0]) / (2.0 * bend) } else { 0.0 };
        for t in [top, 0.0, 1.0] {
            let x = on(t);
            let gains = [x[0] - floor[0], x[1] - floor[1]];
            let short = gains[0].min(gains[1]);
            better(&mut nash, if short < 0.0 { short } else { gains[0] * gains[1] }, x);
            better(&mut sum, x[0] * best[0] + x[1] * best[1], x);
        }
        let turn = d[0] - d[1];
        let equal = on(if turn.abs() < 1e-15 { 0.0 } else { (a[1] - a[0]) / turn });
        better(&mut ks, -(equal[0] - equal[1]).abs(), equal);
    }
    let halfway = |(i, points): (usize, &Points)| crate::table::values::at(points, values.halfway(i));
    let split = pair(|p| values.own[p].iter().enumerate().map(halfway).sum::<f64>());
    let joint = sum.map_or(0.0, |(_, x)| x[0] * best[0] + x[1] * best[1]);
    let rolled = levers[0] + levers[1] - split[0] - split[1];
    let to = |point: Option<(f64, [f64; 2])>| point.map_or(0.0, |(_, x)| distance(here, x));
    Signed {
        worth: with_prize,
        share_of_best: here,
        pareto,
        nash: to(nash),
        kalai_smorodinsky: to(ks),
        utilitarian: to(sum),
        logroll: if joint > rounding(&values.own[0]) + rounding(&values.own[1]) { rolled / joint } else { 0.0 },
        pledges: [0.0; 2],
    }
}

/// The most that the levers' `points` can add up to, of either sign.
fn all(points: &[Points]) -> f64 {
    points.iter().map(|p| p.iter().fold(0.0, |most: f64, x| most.max(x.abs()))).sum()
}

/// What a sum of `points` is known to: no more than that is nothing.
fn rounding(points: &[Points]) -> f64 {
    1e-9 * all(points)
}

/// What a side's axis is scaled by: the first of `sizes` that is something, else all that can be moved.
fn scale(points: &[Points], sizes: [f64; 2]) -> f64 {
    let all = if all(points) > 0.0 { all(points) } else { 1.0 };
    sizes.into_iter().find(|size| *size > rounding(points)).unwrap_or(all)
}

fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    ((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1])).sqrt()
}

fn better(best: &mut Option<(f64, [f64; 2])>, score: f64, at: [f64; 2]) {
    if best.is_none_or(|(b, _)| score > b + 1e-12 * b.abs()) {
        *best = Some((score, at));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_of_a_sum_by_rounding_is_no_best_to_be_a_share_of() {
        let points = [[-1.0, -0.5, 0.0, 0.5, 1.0, 0.0], [3.0, 2.0, 1.0, 0.0, -1.0, 0.0]];
        assert_eq!(scale(&points, [2.5, 4.0]), 2.5);
        assert_eq!(scale(&points, [4.4e-16, 4.0]), 4.0);
        assert_eq!(scale(&points, [0.0, 1e-15]), 4.0, "all that can be moved");
        assert_eq!(scale(&[], [0.0, 0.0]), 1.0);
        let large = points.map(|p| p.map(|x| x * 1e12));
        assert_eq!(scale(&large, [1.0, 4e12]), 4e12, "whatever the unit of points");
    }
}
