//! Who is first, and how sure that is: ranks of means that were measured on the same games.
//!
//! The means are drawn again and again from the normal distribution that the games give them, with all their
//! covariances; the share of draws in which a mean is the largest is its chance to be truly first.

use super::moments::Moments;
use crate::world::dice::{Key, Stream};
use crate::world::maths::normal_quantile;

/// How often the means are drawn.
const DRAWS: usize = 4000;

/// A place in the ranking.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rank {
    /// By its mean, 1 the first.
    pub rank: usize,
    /// The chance that it is truly first.
    pub first: f64,
    /// The ranks it truly has in 95 of 100 draws.
    pub range: (usize, usize),
}

/// A lower triangle whose square is the covariance; a direction without spread is left out.
fn root(width: usize, covariance: impl Fn(usize, usize) -> f64) -> Vec<Vec<f64>> {
    let mut out = vec![vec![0.0; width]; width];
    for j in 0..width {
        for i in j..width {
            let known: f64 = (0..j).map(|k| out[i][k] * out[j][k]).sum();
            let rest = covariance(i, j) - known;
            if i == j {
                let enough = rest > 1e-12 * covariance(j, j).max(1e-300);
                out[j][j] = if enough { rest.sqrt() } else { 0.0 };
            } else if out[j][j] > 0.0 {
                out[i][j] = rest / out[j][j];
            }
        }
    }
    out
}

/// The place of each mean, largest first; of equal ones the earlier stands first.
fn places(means: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..means.len()).collect();
    order.sort_by(|a, b| means[*b].total_cmp(&means[*a]).then(a.cmp(b)));
    let mut out = vec![0; means.len()];
    order.iter().enumerate().for_each(|(place, i)| out[*i] = place);
    out
}

/// The means of some numbers, drawn again and again as they might truly be; the same whenever it is asked for a name.
pub fn drawn(moments: &Moments, width: usize, name: &str) -> Vec<Vec<f64>> {
    let means: Vec<f64> = (0..width).map(|i| moments.mean(i)).collect();
    let root = root(width, |i, k| moments.covariance(i, k));
    let key = Key::of_seed(0).apart(name);
    let mut lanes = vec![vec![0.0; DRAWS]; width];
    for (i, lane) in lanes.iter_mut().enumerate() {
        key.uniforms(Stream::named("ranks", "", &i.to_string()), 0, 0, lane);
        lane.iter_mut().for_each(|u| *u = normal_quantile(*u));
    }
    let one = |d: usize, i: usize| means[i] + (0..=i).map(|k| root[i][k] * lanes[k][d]).sum::<f64>();
    (0..DRAWS).map(|d| (0..width).map(|i| one(d, i)).collect()).collect()
}

/// Ranks the means of some numbers; the same whenever it is asked.
pub fn rank(moments: &Moments, width: usize) -> Vec<Rank> {
    let means: Vec<f64> = (0..width).map(|i| moments.mean(i)).collect();
    ranked(&means, &drawn(moments, width, "ranks"))
}

/// Ranks some numbers, given draws of what they might truly be.
pub fn ranked(means: &[f64], draws: &[Vec<f64>]) -> Vec<Rank> {
    let width = means.len();
    let mut counts = vec![vec![0_usize; width]; width];
    for drawn in draws {
        places(drawn).iter().enumerate().for_each(|(i, place)| counts[i][*place] += 1);
    }
    let tail = draws.len() / 40;
    let place = places(means);
    (0..width)
        .map(|i| {
            let below = |upto: usize| counts[i][..=upto].iter().sum::<usize>();
            let low = (0..width).find(|p| below(*p) > tail).unwrap_or(0);
            let high = (0..width).find(|p| below(*p) >= draws.len() - tail).unwrap_or(width - 1);
            let first = counts[i][0] as f64 / draws.len() as f64;
            Rank { rank: place[i] + 1, first, range: (low + 1, high + 1) }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clear_winner_is_sure_and_twins_share_the_chance() {
        let mut moments = Moments::new(3);
        for i in 0..2000 {
            let wave = |f: f64| (f64::from(i) * f).sin();
            moments.add(&[wave(0.7), wave(1.3), 2.0 + wave(0.9)]).unwrap();
        }
        let ranks = rank(&moments, 3);
        assert_eq!((ranks[2].rank, ranks[2].first, ranks[2].range), (1, 1.0, (1, 1)));
        assert_eq!((ranks[0].range, ranks[1].range), ((2, 3), (2, 3)));
        assert_eq!(ranks, rank(&moments, 3));
    }

    #[test]
    fn the_same_number_twice_is_ranked() {
        let mut moments = Moments::new(2);
        (0..50).for_each(|i| moments.add(&[f64::from(i), f64::from(i)]).unwrap());
        assert_eq!(rank(&moments, 2)[0].rank, 1);
    }
}
