//! Equilibria of a game between two sides given as two tables of payoffs.
//!
//! Strategies strictly dominated by another pure strategy are removed, again and again. In what is left, each pair of
//! supports of equal size is tried: the mixture that makes the other side indifferent over its support must be one of
//! positive shares, and nothing outside may pay more (support enumeration; Dickhaut and Kaplan 1991). In a game that
//! is not degenerate these are all equilibria (at most so large supports). Replicator dynamics (Taylor and Jonker 1978;
//! here in its exponential form) are a second opinion: where they settle is an equilibrium that can be learned.

use crate::world::maths::exp;

/// A table of payoffs: own strategy, then the other's.
pub type Payoffs = Vec<Vec<f64>>;

/// Up to so many strategies a side every support is tried.
pub const ALL_UP_TO: usize = 8;
/// Beyond, supports up to so many strategies.
pub const SUPPORT_UP_TO: usize = 3;

/// A mixture for each side, over all strategies of the game asked about.
#[derive(Debug, Clone, PartialEq)]
pub struct Mixed {
    /// Shares of each side's strategies.
    pub shares: [Vec<f64>; 2],
    /// What each side gets.
    pub worth: [f64; 2],
}

/// A strategy that another one beats whatever the other side does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Removed {
    /// Which side.
    pub side: usize,
    /// The strategy.
    pub strategy: usize,
    /// The one that beats it.
    pub by: usize,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Equilibria {
    /// Removed strategies, in order.
    pub removed: Vec<Removed>,
    /// What is left, by side.
    pub kept: [Vec<usize>; 2],
    /// The equilibria, pure ones first.
    pub found: Vec<Mixed>,
    /// Supports were tried up to this size.
    pub supports: usize,
    /// Whether those are all supports there are.
    pub all: bool,
    /// Ties in best replies: there may be a continuum of equilibria, and those listed are some of them.
    pub degenerate: bool,
}

/// How large the payoffs are: ties are judged by it.
fn slack(tables: [&Payoffs; 2]) -> f64 {
    let all = || tables.into_iter().flatten().flatten();
    let (low, high) = all().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), x| (l.min(*x), h.max(*x)));
    1e-9 * (high - low).max(1e-6)
}

/// Strategies left after those strictly dominated by a pure one are gone, and which went.
pub fn undominated(tables: [&Payoffs; 2]) -> ([Vec<usize>; 2], Vec<Removed>) {
    let mut kept = [(0..tables[0].len()).collect::<Vec<_>>(), (0..tables[1].len()).collect::<Vec<_>>()];
    let mut removed = vec![];
    loop {
        let before = removed.len();
        for side in 0..2 {
            let others = kept[1 - side].clone();
            let beats = |by: usize, i: usize| others.iter().all(|j| tables[side][by][*j] > tables[side][i][*j]);
            let beaten = kept[side].iter().find_map(|i| {
                let by = kept[side].iter().find(|by| *by != i && beats(**by, *i))?;
                Some(Removed { side, strategy: *i, by: *by })
            });
            if let Some(gone) = beaten {
                kept[side].retain(|i| *i != gone.strategy);
                removed.push(gone);
            }
        }
        if removed.len() == before {
            return (kept, removed);
        }
    }
}

/// The mixture of the other side's `theirs` that makes all of `mine` worth the same, and that worth; none where there
/// is none, or more than one, or where a share is not positive.
fn indifferent(table: &Payoffs, mine: &[usize], theirs: &[usize]) -> Option<(Vec<f64>, f64)> {
    let k = mine.len();
    // unknowns: k shares and the worth; equations: k of worth, one of the sum
    let worths = mine.iter().map(|i| theirs.iter().map(|j| table[*i][*j]).chain([-1.0, 0.0]).collect::<Vec<f64>>());
    let sum = vec![1.0; k].into_iter().chain([0.0, 1.0]).collect::<Vec<f64>>();
    let mut rows: Vec<Vec<f64>> = worths.chain([sum]).collect();
    for c in 0..=k {
        let pivot = (c..=k).max_by(|a, b| rows[*a][c].abs().total_cmp(&rows[*b][c].abs()))?;
        if rows[pivot][c].abs() < 1e-12 {
            return None;
        }
        rows.swap(c, pivot);
        let head = rows[c].clone();
        for row in rows.iter_mut().skip(c + 1) {
            let f = row[c] / head[c];
            row.iter_mut().zip(&head).for_each(|(x, h)| *x -= f * h);
        }
    }
    let mut out = vec![0.0; k + 1];
    for c in (0..=k).rev() {
        let known: f64 = (c + 1..=k).map(|d| rows[c][d] * out[d]).sum();
        out[c] = (rows[c][k + 1] - known) / rows[c][c];
    }
    let worth = out.pop()?;
    let sum: f64 = out.iter().sum(); // 1 but for rounding
    out.iter_mut().for_each(|share| *share /= sum);
    out.iter().all(|share| *share > 1e-9).then_some((out, worth))
}

/// The best replies of a side to the other's mixture: worth of the best, and how many there are.
fn best(table: &Payoffs, mine: &[usize], theirs: &[usize], shares: &[f64], slack: f64) -> (f64, usize) {
    let worth = |i: &usize| theirs.iter().zip(shares).map(|(j, share)| table[*i][*j] * share).sum::<f64>();
    let all: Vec<f64> = mine.iter().map(worth).collect();
    let most = all.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    (most, all.iter().filter(|x| **x >= most - slack).count())
}

/// All choices of `size` of some things, in order.
fn choices(of: &[usize], size: usize) -> Vec<Vec<usize>> {
    if size == 0 {
        return vec![vec![]];
    }
    let mut out = vec![];
    for (i, first) in of.iter().enumerate() {
        for rest in choices(&of[i + 1..], size - 1) {
            out.push([*first].into_iter().chain(rest).collect());
        }
    }
    out
}

/// Finds the equilibria of a game; `tables[1]` is the second side's own, its strategies first.
pub fn solve(tables: [&Payoffs; 2]) -> Equilibria {
    let slack = slack(tables);
    let (kept, removed) = undominated(tables);
    let least = kept[0].len().min(kept[1].len());
    let all = kept[0].len().max(kept[1].len()) <= ALL_UP_TO;
    let supports = if all { least } else { least.min(SUPPORT_UP_TO) };
    let mut degenerate = (0..2).any(|side| {
        let ties = |j: &usize| best(tables[side], &kept[side], &[*j], &[1.0], slack).1 > 1;
        kept[1 - side].iter().any(ties)
    });
    let mut found = vec![];
    for size in 1..=supports {
        let columns = choices(&kept[1], size);
        for a in choices(&kept[0], size) {
            for b in &columns {
                let Some((y, worth_a)) = indifferent(tables[0], &a, b) else { continue };
                let (most_a, ties_a) = best(tables[0], &kept[0], b, &y, slack);
                if worth_a < most_a - slack {
                    continue;
                }
                let Some((x, worth_b)) = indifferent(tables[1], b, &a) else { continue };
                let (most_b, ties_b) = best(tables[1], &kept[1], &a, &x, slack);
                if worth_b < most_b - slack {
                    continue;
                }
                degenerate |= ties_a > size || ties_b > size;
                let spread = |n: usize, on: &[usize], shares: &[f64]| {
                    let mut out = vec![0.0; n];
                    on.iter().zip(shares).for_each(|(i, share)| out[*i] = *share);
                    out
                };
                let shares = [spread(tables[0].len(), &a, &x), spread(tables[1].len(), b, &y)];
                found.push(Mixed { shares, worth: [worth_a, worth_b] });
            }
        }
    }
    Equilibria { removed, kept, found, supports, all: all || supports == least, degenerate }
}

/// Where replicator dynamics went.
#[derive(Debug, Clone, PartialEq)]
pub struct Replicated {
    /// The shares at the end, and what they are worth.
    pub last: Mixed,
    /// The mean of the shares over the last half.
    pub mean: Mixed,
    /// How much a side could still gain by its best reply to the mean.
    pub gain: [f64; 2],
    /// Whether the shares had come to rest.
    pub settled: bool,
}

const STEPS: usize = 20_000;
/// How far the largest gap in payoff moves a log share in one step.
const PACE: f64 = 0.05;

/// Lets both sides grow what pays, from equal shares.
pub fn replicator(tables: [&Payoffs; 2]) -> Replicated {
    let pace = PACE * 1e-9 / slack(tables);
    let equal = |n: usize| vec![1.0 / n as f64; n];
    let mut x = [equal(tables[0].len()), equal(tables[1].len())];
    let mut sums = [vec![0.0; x[0].len()], vec![0.0; x[1].len()]];
    let mut before = x.clone();
    let pays = |x: &[Vec<f64>; 2]| {
        [0, 1].map(|side: usize| {
            let worth = |row: &Vec<f64>| row.iter().zip(&x[1 - side]).map(|(u, share)| u * share).sum::<f64>();
            tables[side].iter().map(worth).collect::<Vec<f64>>()
        })
    };
    for step in 0..STEPS {
        let pay = pays(&x);
        for side in 0..2 {
            let mean: f64 = pay[side].iter().zip(&x[side]).map(|(u, share)| u * share).sum();
            x[side].iter_mut().zip(&pay[side]).for_each(|(share, u)| *share *= exp(pace * (u - mean)));
            let sum: f64 = x[side].iter().sum();
            x[side].iter_mut().for_each(|share| *share /= sum);
            if step >= STEPS / 2 {
                sums[side].iter_mut().zip(&x[side]).for_each(|(sum, share)| *sum += share);
            }
        }
        if step == STEPS - STEPS / 10 {
            before = x.clone();
        }
    }
    let apart = |side: usize| x[side].iter().zip(&before[side]).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    let settled = apart(0).max(apart(1)) < 1e-3;
    sums.iter_mut().flatten().for_each(|sum| *sum /= (STEPS - STEPS / 2) as f64);
    let worth = |x: &[Vec<f64>; 2]| {
        let pay = pays(x);
        [0, 1].map(|side: usize| pay[side].iter().zip(&x[side]).map(|(u, share)| u * share).sum::<f64>())
    };
    let (last, mean) = (worth(&x), worth(&sums));
    let pay = pays(&sums);
    let gain = [0, 1].map(|side: usize| pay[side].iter().copied().fold(f64::NEG_INFINITY, f64::max) - mean[side]);
    Replicated { last: Mixed { shares: x, worth: last }, mean: Mixed { shares: sums, worth: mean }, gain, settled }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tables of a game written as the reader of a textbook sees it: rows, columns, both payoffs.
    fn bimatrix(rows: &[&[(f64, f64)]]) -> [Payoffs; 2] {
        let a = rows.iter().map(|row| row.iter().map(|(x, _)| *x).collect()).collect();
        let b = (0..rows[0].len()).map(|j| rows.iter().map(|row| row[j].1).collect()).collect();
        [a, b]
    }
    fn zero_sum(rows: &[&[f64]]) -> [Payoffs; 2] {
        let pairs: Vec<Vec<(f64, f64)>> = rows.iter().map(|row| row.iter().map(|x| (*x, -x)).collect()).collect();
        bimatrix(&pairs.iter().map(Vec::as_slice).collect::<Vec<_>>())
    }
    fn solved(game: &[Payoffs; 2]) -> Equilibria {
        let out = solve([&game[0], &game[1]]);
        for mixed in &out.found {
            for (side, table) in game.iter().enumerate() {
                let other = &mixed.shares[1 - side];
                let worth = |row: &Vec<f64>| row.iter().zip(other).map(|(u, share)| u * share).sum::<f64>();
                assert!(table.iter().all(|row| worth(row) <= mixed.worth[side] + 1e-7), "a better reply exists");
            }
        }
        out
    }
    fn near(shares: &[f64], wanted: &[f64]) -> bool {
        shares.len() == wanted.len() && shares.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-9)
    }

    #[test]
    fn no_share_is_more_than_all() {
        for x in [1.85, 3.7, 7.03, 12.95] {
            let one = vec![vec![x]];
            assert_eq!(solve([&one, &one]).found[0].shares, [[1.0], [1.0]], "{x}");
        }
    }

    #[test]
    fn matching_pennies() {
        let game = zero_sum(&[&[1.0, -1.0], &[-1.0, 1.0]]);
        let out = solved(&game);
        assert_eq!((out.found.len(), out.degenerate, out.all), (1, false, true));
        assert!(near(&out.found[0].shares[0], &[0.5, 0.5]) && near(&out.found[0].shares[1], &[0.5, 0.5]));
        assert!(out.found[0].worth[0].abs() < 1e-12);
    }

    #[test]
    fn battle_of_the_sexes() {
        let game = bimatrix(&[&[(2.0, 1.0), (0.0, 0.0)], &[(0.0, 0.0), (1.0, 2.0)]]);
        let out = solved(&game);
        assert_eq!((out.found.len(), out.degenerate), (3, false));
        assert!(near(&out.found[2].shares[0], &[2.0 / 3.0, 1.0 / 3.0]));
        assert!(near(&out.found[2].shares[1], &[1.0 / 3.0, 2.0 / 3.0]));
        assert!((out.found[2].worth[0] - 2.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn prisoners_confess() {
        let game = bimatrix(&[&[(3.0, 3.0), (0.0, 5.0)], &[(5.0, 0.0), (1.0, 1.0)]]);
        let out = solved(&game);
        assert_eq!(out.kept, [vec![1], vec![1]]);
        assert_eq!(out.removed.len(), 2);
        assert_eq!((out.found.len(), out.found[0].worth), (1, [1.0, 1.0]));
        let dynamics = replicator([&game[0], &game[1]]);
        assert!(dynamics.settled && dynamics.last.shares[0][1] > 0.999 && dynamics.gain[0] < 1e-3);
    }

    #[test]
    fn rock_paper_scissors() {
        let game = zero_sum(&[&[0.0, -1.0, 1.0], &[1.0, 0.0, -1.0], &[-1.0, 1.0, 0.0]]);
        let out = solved(&game);
        assert_eq!((out.found.len(), out.degenerate), (1, false));
        assert!(near(&out.found[0].shares[0], &[1.0 / 3.0; 3]));
        let dynamics = replicator([&game[0], &game[1]]);
        assert!(dynamics.mean.shares[0].iter().all(|share| (share - 1.0 / 3.0).abs() < 0.05));
    }

    /// Rock, paper, scissors, lizard, Spock: five strategies, each beats two; and with stakes that move the mixture.
    #[test]
    fn five_by_five() {
        let sign = |i: usize, j: usize| match (j + 5 - i) % 5 {
            0 => 0.0,
            1 | 3 => -1.0,
            _ => 1.0,
        };
        let rows: Vec<Vec<f64>> = (0..5).map(|i| (0..5).map(|j| sign(i, j)).collect()).collect();
        let game = zero_sum(&rows.iter().map(Vec::as_slice).collect::<Vec<_>>());
        let out = solved(&game);
        assert_eq!((out.found.len(), out.supports, out.all), (1, 5, true));
        assert!(near(&out.found[0].shares[0], &[0.2; 5]) && near(&out.found[0].shares[1], &[0.2; 5]));
        // stakes w_i w_j: the shares are as 1 / w_i
        let w = [1.0, 2.0, 4.0, 5.0, 10.0];
        let rows: Vec<Vec<f64>> = (0..5).map(|i| (0..5).map(|j| sign(i, j) * w[i] * w[j]).collect()).collect();
        let game = zero_sum(&rows.iter().map(Vec::as_slice).collect::<Vec<_>>());
        let out = solved(&game);
        let sum: f64 = w.iter().map(|w| 1.0 / w).sum();
        assert_eq!(out.found.len(), 1);
        assert!(near(&out.found[0].shares[0], &w.map(|w| 1.0 / w / sum)));
    }

    #[test]
    fn a_coordination_game_of_three_has_seven_equilibria() {
        let game = bimatrix(&[
            &[(1.0, 1.0), (0.0, 0.0), (0.0, 0.0)],
            &[(0.0, 0.0), (2.0, 2.0), (0.0, 0.0)],
            &[(0.0, 0.0), (0.0, 0.0), (3.0, 3.0)],
        ]);
        assert_eq!(solved(&game).found.len(), 7);
    }

    #[test]
    fn ties_are_named() {
        let game = bimatrix(&[&[(1.0, 1.0), (1.0, 0.0)], &[(1.0, 0.0), (0.0, 1.0)]]);
        assert!(solved(&game).degenerate);
    }

    #[test]
    fn large_games_are_searched_up_to_three() {
        // nine strategies, each best against itself: 2^9 - 1 equilibria, of which 9 + 36 + 84 have supports up to three
        let diagonal: Payoffs = (0..9).map(|i| (0..9).map(|j| f64::from(u8::from(i == j))).collect()).collect();
        let out = solve([&diagonal, &diagonal]);
        assert_eq!((out.found.len(), out.supports, out.all), (129, 3, false));
    }
}
