//! Who is first, and how sure that is: ranks of means that were measured on the same games.
//!
//! The means are drawn again and again from the normal distribution that the games give them, with all their
//! covariances; the share of draws in which a mean is the largest is its chance to be truly first. Means that are equal,
//! or that rounding alone tells apart, share their place and their chance, in what was measured and in every draw.

use super::moments::Moments;
use super::sums::SUM;
use crate::world::dice::{Key, Stream};
use crate::world::maths::normal_quantile;

/// How often the means are drawn.
const DRAWS: usize = 4000;

/// Numbers nearer to one another than this share of their size differ by rounding only.
const DUST: f64 = 1e-9;

/// A place in the ranking.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rank {
    /// By its mean, 1 the first; of equal ones the first place that they share.
    pub rank: usize,
    /// Whether another one has the same.
    pub tied: bool,
    /// The chance that it is truly first; equal ones share it.
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
                let enough = rest > DUST * covariance(j, j).max(1e-300);
                out[j][j] = if enough { rest.sqrt() } else { 0.0 };
            } else if out[j][j] > 0.0 {
                out[i][j] = rest / out[j][j];
            }
        }
    }
    out
}

/// What counts as rounding among some numbers: a small share of the root mean square of the largest, and the quantum
/// in which they are summed.
pub fn dust(moments: &Moments, width: usize) -> f64 {
    DUST * (0..width).map(|i| moments.size(i)).fold(0.0, f64::max) + 1.0 / SUM
}

/// Makes numbers one that follow each other within the dust: the largest of them.
fn level(numbers: &mut [f64], dust: f64) {
    let mut order: Vec<usize> = (0..numbers.len()).collect();
    order.sort_by(|a, b| numbers[*b].total_cmp(&numbers[*a]));
    let mut above: Option<(f64, f64)> = None;
    for i in order {
        let x = numbers[i];
        let one = above.filter(|(last, _)| last - x <= dust).map_or(x, |(_, one)| one);
        above = Some((x, one));
        numbers[i] = one;
    }
}

/// Where each number stands, largest first: the first and the last place of those equal to it, from 0.
fn places(numbers: &[f64]) -> Vec<(usize, usize)> {
    let above = |x: f64| numbers.iter().filter(|y| **y > x).count();
    let equal = |x: f64| numbers.iter().filter(|y| **y == x).count();
    numbers.iter().map(|x| (above(*x), above(*x) + equal(*x) - 1)).collect()
}

/// The means of some numbers; those that rounding alone tells apart are one.
pub fn measured(moments: &Moments, width: usize) -> Vec<f64> {
    let mut means: Vec<f64> = (0..width).map(|i| moments.mean(i)).collect();
    level(&mut means, dust(moments, width));
    means
}

/// The means of some numbers, drawn again and again as they might truly be; the same whenever it is asked for a name.
pub fn drawn(moments: &Moments, width: usize, name: &str) -> Vec<Vec<f64>> {
    let (means, dust) = (measured(moments, width), dust(moments, width));
    let root = root(width, |i, k| moments.covariance(i, k));
    let key = Key::of_seed(0).apart(name);
    let mut lanes = vec![vec![0.0; DRAWS]; width];
    for (i, lane) in lanes.iter_mut().enumerate() {
        key.uniforms(Stream::named("ranks", "", &i.to_string()), 0, 0, lane);
        lane.iter_mut().for_each(|u| *u = normal_quantile(*u));
    }
    let one = |d: usize, i: usize| means[i] + (0..=i).map(|k| root[i][k] * lanes[k][d]).sum::<f64>();
    let draw = |d: usize| {
        let mut all: Vec<f64> = (0..width).map(|i| one(d, i)).collect();
        level(&mut all, dust);
        all
    };
    (0..DRAWS).map(draw).collect()
}

/// Ranks the means of some numbers; the same whenever it is asked.
pub fn rank(moments: &Moments, width: usize) -> Vec<Rank> {
    ranked(&measured(moments, width), &drawn(moments, width, "ranks"))
}

/// Ranks some numbers, given draws of what they might truly be.
pub fn ranked(means: &[f64], draws: &[Vec<f64>]) -> Vec<Rank> {
    let width = means.len();
    let (mut from, mut upto) = (vec![vec![0_usize; width]; width], vec![vec![0_usize; width]; width]);
    let mut first = vec![0.0; width];
    for drawn in draws {
        for (i, (low, high)) in places(drawn).into_iter().enumerate() {
            from[i][low] += 1;
            upto[i][high] += 1;
            if low == 0 {
                first[i] += 1.0 / (high + 1) as f64;
            }
        }
    }
    let tail = draws.len() / 40;
    let reached = |counts: &[usize], enough: usize| {
        let below = |place: usize| counts[..=place].iter().sum::<usize>();
        (0..width).find(|place| below(*place) >= enough).unwrap_or(width - 1)
    };
    let one = |(i, (low, high)): (usize, (usize, usize))| Rank {
        rank: low + 1,
        tied: high > low,
        first: first[i] / draws.len() as f64,
        range: (reached(&from[i], tail + 1) + 1, reached(&upto[i], draws.len() - tail) + 1),
    };
    places(means).into_iter().enumerate().map(one).collect()
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

    /// Copies share their place and their chance, wherever they stand in the list, and so do numbers that differ by
    /// rounding only.
    #[test]
    fn equal_ones_share_place_and_chance() {
        for copies in 2..7 {
            for dust in [0.0, 1e-13] {
                let mut moments = Moments::new(copies + 1);
                for i in 0..400 {
                    let wave = |f: f64| (f64::from(i) * f).sin();
                    let copy = |k: usize| if k == 1 { 2.9 + wave(1.3) } else { 3.1 + wave(0.7) + dust * k as f64 };
                    moments.add(&(0..=copies).map(copy).collect::<Vec<f64>>()).unwrap();
                }
                let ranks = rank(&moments, copies + 1);
                let twin = ranks[0];
                assert_eq!((twin.rank, twin.tied, ranks[1].tied), (1, true, false));
                assert_eq!((ranks[1].rank, twin.range.0), (copies + 1, 1));
                assert!(twin.range.1 >= copies, "{ranks:?}");
                assert!(ranks[2..].iter().all(|other| *other == twin), "{ranks:?}");
                let all: f64 = ranks.iter().map(|rank| rank.first).sum();
                assert!((all - 1.0).abs() < 1e-9 && twin.first > 0.9 / copies as f64, "{ranks:?}");
            }
        }
    }

    #[test]
    fn all_alike_share_the_first_place() {
        let mut moments = Moments::new(3);
        (0..50).for_each(|_| moments.add(&[0.0; 3]).unwrap());
        for rank in rank(&moments, 3) {
            assert_eq!((rank.rank, rank.tied, rank.range), (1, true, (1, 3)));
            assert!((rank.first - 1.0 / 3.0).abs() < 1e-9);
        }
    }
}
