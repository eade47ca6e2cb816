//! What most of that comes from that nobody knows of a measure: the means over worlds regressed on the normal scores of
//! the unknown numbers.
//!
//! Scores are independent with variance 1, so a number's share of the variance of what nobody knows is the square of
//! its coefficient, less that of its error. What acts otherwise than along a line, or together with another, has no
//! share.

use super::outer::Sum;

/// A number is named where its share is above this ...
pub const SHARE: f64 = 0.05;
/// ... and its coefficient is so many times its error.
pub const SURE: f64 = 3.0;
/// So many more worlds than numbers are needed.
const MORE: usize = 20;

/// What a number does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// Its place among the unknown numbers.
    pub number: usize,
    /// Its share of the variance.
    pub share: f64,
    /// Its coefficient in standard errors; its sign says which way it acts.
    pub t: f64,
}

/// The numbers that most comes from, the greatest first: `scores` are those of each world, `sd` the standard deviation
/// of what nobody knows. None where there are too few worlds for so many numbers.
pub fn parts(worlds: &[Sum], scores: &[Vec<f64>], sd: f64) -> Option<Vec<Part>> {
    let numbers = scores.first()?.len();
    let whole = worlds.iter().map(|w| w.n).fold(0.0, f64::max);
    // a world that was hardly begun says little
    let rows: Vec<(f64, &[f64])> = worlds
        .iter()
        .zip(scores)
        .filter(|(w, _)| w.n > 0.0 && 2.0 * w.n >= whole)
        .map(|(w, z)| (w.sum / w.n, z.as_slice()))
        .collect();
    if rows.len() < numbers + MORE || sd <= 0.0 {
        return None;
    }
    let width = numbers + 1;
    let row = |z: &[f64], i: usize| if i == 0 { 1.0 } else { z[i - 1] };
    let (mut square, mut right) = (vec![vec![0.0; width]; width], vec![0.0; width]);
    for (y, z) in &rows {
        for i in 0..width {
            right[i] += row(z, i) * y;
            for j in 0..=i {
                square[i][j] += row(z, i) * row(z, j);
            }
        }
    }
    let inverse = inverse(&square)?;
    let times = |i: usize| (0..width).map(|j| inverse[i.max(j)][i.min(j)] * right[j]).sum::<f64>();
    let found: Vec<f64> = (0..width).map(times).collect();
    let left = |(y, z): &(f64, &[f64])| y - (0..width).map(|i| found[i] * row(z, i)).sum::<f64>();
    let noise = rows.iter().map(|r| left(r) * left(r)).sum::<f64>() / (rows.len() - width) as f64;
    let part = |number: usize| {
        let (b, se) = (found[number + 1], (noise * inverse[number + 1][number + 1]).sqrt());
        Part {
            number,
            share: ((b * b - se * se) / (sd * sd)).min(1.0),
            t: if b == 0.0 { 0.0 } else { b / se.max(1e-300) },
        }
    };
    let mut parts: Vec<Part> =
        (0..numbers).map(part).filter(|part| part.share > SHARE && part.t.abs() > SURE).collect();
    parts.sort_by(|a, b| b.share.total_cmp(&a.share));
    Some(parts)
}

/// The lower half of the inverse of a symmetric positive matrix, of which the lower half is given; none of any other.
fn inverse(square: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let n = square.len();
    let mut root = vec![vec![0.0; n]; n]; // Cholesky's
    for i in 0..n {
        for j in 0..=i {
            let sum: f64 = (0..j).map(|k| root[i][k] * root[j][k]).sum();
            let x = square[i][j] - sum;
            if i == j && x <= 1e-12 * square[i][i] {
                return None; // a number that does not vary
            }
            root[i][j] = if i == j { x.sqrt() } else { x / root[j][j] };
        }
    }
    let mut back = vec![vec![0.0; n]; n]; // the inverse of the root
    for i in 0..n {
        back[i][i] = 1.0 / root[i][i];
        for j in 0..i {
            let sum: f64 = (j..i).map(|k| root[i][k] * back[k][j]).sum();
            back[i][j] = -sum / root[i][i];
        }
    }
    let mut out = vec![vec![0.0; n]; n];
    for i in 0..n {
        for j in 0..=i {
            out[i][j] = (i..n).map(|k| back[k][i] * back[k][j]).sum();
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::dice::{Key, Stream};
    use crate::world::maths::normal_quantile;

    #[test]
    fn what_was_planted_is_named_and_nothing_else() {
        let key = Key::of_seed(4);
        let score = |name: &str, w: usize| normal_quantile(key.uniform(Stream::named("score", name, ""), 0, w as u64));
        let names = ["a", "b", "c", "d"];
        let scores: Vec<Vec<f64>> = (0..500).map(|w| names.iter().map(|name| score(name, w)).collect()).collect();
        let worlds: Vec<Sum> = (0..500)
            .map(|w| Sum {
                n: 100.0,
                sum: 100.0 * (0.5 + 0.08 * scores[w][2] - 0.06 * scores[w][0] + 0.01 * score("noise", w)),
            })
            .collect();
        let parts = parts(&worlds, &scores, 0.1).expect("enough worlds");
        let told: Vec<(usize, f64, bool)> =
            parts.iter().map(|p| (p.number, (10.0 * p.share).round() / 10.0, p.t > 0.0)).collect();
        assert_eq!(told, [(2, 0.6, true), (0, 0.4, false)]);
        assert!(super::parts(&worlds[..20], &scores[..20], 0.1).is_none());
    }

    #[test]
    fn an_inverse_is_one() {
        let inverse = inverse(&[vec![4.0], vec![2.0, 3.0]]).expect("positive");
        let wanted = [[0.375, 0.0], [-0.25, 0.5]];
        assert!((0..2).all(|i| (0..=i).all(|j| (inverse[i][j] - wanted[i][j]).abs() < 1e-12)), "{inverse:?}");
        assert!(super::inverse(&[vec![1.0], vec![1.0, 1.0]]).is_none());
    }
}
