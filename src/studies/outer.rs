//! How exactly something was computed, and how far nobody knows it: two levels of chance, games in worlds.
//!
//! With m_w the mean over the n_w games of world w, m that over all N games of K worlds and s2_W the pooled variance
//! within worlds, the variance of what nobody knows is
//!
//! ```text
//! s2_B = (sum of n_w (m_w - m)^2 - (K - 1) s2_W) / (N - sum of n_w^2 / N)
//! ```
//!
//! and never below 0: with n games in each world the variance of the means less s2_W / n (one-way analysis of variance
//! with random effects; Searle, Casella and McCulloch, *Variance Components*, 1992). The interval of what nobody knows
//! holds the world means between their 5 and 95 % points once each is shrunk toward m by the root of s2_B / (s2_B +
//! s2_W / n_w), which gives them the variance s2_B. Its ends have errors by drawing the worlds again with replacement.
//! The mean itself is known to within 1.96 standard errors by leaving out one world at a time, so that it holds for a
//! mean over some of the games too.

use serde::Serialize;

use super::sums::Z;
use crate::world::dice::{Key, Stream};

/// So many worlds say how far something is not known, at least.
pub const FEWEST: usize = 30;
/// Times that the worlds are drawn again.
const AGAIN: usize = 200;
/// ... and fewer where there are very many: so many worlds in all.
const DRAWN: usize = 2_000_000;
/// An end of the interval is known well enough with this standard error, in the unit of a share.
pub const WELL: f64 = 0.01;

/// What was counted of a measure in a world.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sum {
    /// Games that have a case.
    pub n: f64,
    /// Their sum.
    pub sum: f64,
}

/// What is said of one measure.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Outer {
    /// Worlds with a case.
    pub worlds: usize,
    /// Half of the 95 % interval of the mean: how exactly it was computed.
    pub computed: f64,
    /// The 5 % point of what it may be.
    pub low: f64,
    /// The 95 % point.
    pub high: f64,
    /// The standard errors of both.
    pub errors: [f64; 2],
    /// The standard deviation of what nobody knows.
    pub sd: f64,
    /// The share of a game's variance that is luck; none where nothing varies.
    pub luck: Option<f64>,
}

/// Draws of which worlds count how often, the same for every measure.
#[derive(Debug, Clone)]
pub struct Again(Vec<Vec<u32>>);

impl Again {
    /// For so many worlds.
    pub fn of(worlds: usize) -> Again {
        let key = Key::of_seed(0).apart("worlds are drawn again");
        let times = (DRAWN / worlds.max(1)).clamp(40, AGAIN);
        let one = |time: usize| {
            let mut lane = vec![0.0; worlds];
            key.uniforms(Stream::named("outer", "", "worlds"), time as u64, 0, &mut lane);
            lane.iter().map(|u| ((u * worlds as f64) as u32).min(worlds as u32 - 1)).collect()
        };
        Again((0..times).map(one).collect())
    }
}

/// What a world says of a figure, and the variance that luck leaves in it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Said {
    /// The figure.
    pub x: f64,
    /// The variance of luck.
    pub noise: f64,
}

/// The variance between worlds of a mean, by their sums and the variance within.
fn between(worlds: impl Iterator<Item = Sum> + Clone, within: f64) -> (f64, f64) {
    let (mut n, mut sum, mut squares, mut count) = (0.0, 0.0, 0.0, 0.0);
    for w in worlds.clone() {
        (n, sum, squares, count) = (n + w.n, sum + w.sum, squares + w.n * w.n, count + 1.0);
    }
    let mean = sum / n;
    let apart: f64 = worlds.map(|w| w.n * (w.sum / w.n - mean) * (w.sum / w.n - mean)).sum();
    (mean, positive((apart - (count - 1.0) * within) / (n - squares / n)))
}

/// The same of figures, of which each world counts alike.
fn between_alike(worlds: impl Iterator<Item = Said> + Clone) -> (f64, f64) {
    let (mut sum, mut noise, mut count) = (0.0, 0.0, 0.0);
    for w in worlds.clone() {
        (sum, noise, count) = (sum + w.x, noise + w.noise, count + 1.0);
    }
    let mean = sum / count;
    let apart: f64 = worlds.map(|w| (w.x - mean) * (w.x - mean)).sum();
    (mean, positive(apart / (count - 1.0) - noise / count))
}

fn positive(x: f64) -> f64 {
    if x > 0.0 { x } else { 0.0 }
}

/// The point of sorted numbers at a share of the way.
fn point(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len() - 1) as f64;
    let (below, part) = (place.floor() as usize, place.fract());
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + part * (sorted[above] - sorted[below])
}

/// Between which points figures lie once each is shrunk toward their mean to the variance between worlds.
fn ends((mean, between): (f64, f64), worlds: impl Iterator<Item = Said>, room: &mut Vec<f64>) -> [f64; 2] {
    let keep = |noise: f64| if between > 0.0 { (between / (between + noise)).sqrt() } else { 0.0 };
    room.clear();
    room.extend(worlds.map(|w| mean + keep(w.noise) * (w.x - mean)));
    room.sort_by(f64::total_cmp);
    [point(room, 0.05), point(room, 0.95)]
}

/// The standard errors of both ends, by the ends that drawing worlds again gives.
fn errors(drawn: &[[f64; 2]]) -> [f64; 2] {
    [0, 1].map(|end| spread(&drawn.iter().map(|ends| ends[end]).collect::<Vec<_>>()))
}

/// What is said of a measure: of its sum in each world, and the sum of the squares over all games. None where fewer
/// than [`FEWEST`] worlds have a case.
pub fn outer(worlds: &[Sum], squares: f64, again: &Again) -> Option<Outer> {
    let some: Vec<Sum> = worlds.iter().copied().filter(|w| w.n > 0.0).collect();
    if some.len() < FEWEST {
        return None;
    }
    let (n, count) = (some.iter().map(|w| w.n).sum::<f64>(), some.len() as f64);
    let inside = squares - some.iter().map(|w| w.sum * w.sum / w.n).sum::<f64>();
    let within = if n > count { positive(inside / (n - count)) } else { 0.0 };
    let said = |w: Sum| Said { x: w.sum / w.n, noise: within / w.n };
    let (levels, mut room) = (between(some.iter().copied(), within), vec![]);
    let [low, high] = ends(levels, some.iter().copied().map(said), &mut room);
    let again = again.0.iter().map(|picked| {
        let picked = picked.iter().map(|w| worlds[*w as usize % worlds.len()]).filter(|w| w.n > 0.0);
        ends(between(picked.clone(), within), picked.map(said), &mut room)
    });
    let errors = errors(&again.collect::<Vec<_>>());
    let computed = computed(&some)?;
    let all = levels.1 + within;
    let luck = (all > 0.0).then(|| within / all);
    Some(Outer { worlds: some.len(), computed, low, high, errors, sd: levels.1.sqrt(), luck })
}

/// Half of the 95 % interval of a mean over games in worlds, by leaving out one world at a time. None where fewer than
/// [`FEWEST`] worlds have a case.
pub fn computed(worlds: &[Sum]) -> Option<f64> {
    let some = worlds.iter().filter(|w| w.n > 0.0);
    let (n, sum) = some.clone().fold((0.0, 0.0), |(n, sum), w| (n + w.n, sum + w.sum));
    let left: Vec<f64> = some.map(|w| (sum - w.sum) / (n - w.n)).collect();
    let count = left.len() as f64;
    (left.len() >= FEWEST).then(|| Z * (count - 1.0) / count.sqrt() * spread(&left))
}

/// The same of a figure that each world has with an error of its own, such as a difference: worlds count alike.
pub fn outer_of(worlds: &[Said], again: &Again) -> Option<Outer> {
    if worlds.len() < FEWEST {
        return None;
    }
    let (levels, mut room) = (between_alike(worlds.iter().copied()), vec![]);
    let [low, high] = ends(levels, worlds.iter().copied(), &mut room);
    let again = again.0.iter().map(|picked| {
        let picked = picked.iter().map(|w| worlds[*w as usize % worlds.len()]);
        ends(between_alike(picked.clone()), picked, &mut room)
    });
    let errors = errors(&again.collect::<Vec<_>>());
    let computed = Z * spread(&worlds.iter().map(|w| w.x).collect::<Vec<_>>()) / (worlds.len() as f64).sqrt();
    Some(Outer { worlds: worlds.len(), computed, low, high, errors, sd: levels.1.sqrt(), luck: None })
}

/// The standard deviation of some numbers.
fn spread(numbers: &[f64]) -> f64 {
    let n = numbers.len() as f64;
    let mean = numbers.iter().sum::<f64>() / n;
    (numbers.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::maths::normal_quantile;

    /// Worlds whose means are drawn around .5, and games drawn around those.
    fn planted(worlds: usize, games: usize, between: f64, within: f64) -> (Vec<Sum>, f64) {
        let key = Key::of_seed(11);
        let (mut out, mut squares) = (vec![], 0.0);
        for w in 0..worlds {
            let own = 0.5 + between * normal_quantile(key.uniform(Stream::named("planted", "", "world"), 0, w as u64));
            let mut lane = vec![0.0; games];
            key.uniforms(Stream::named("planted", "", "game"), w as u64, 0, &mut lane);
            lane.iter_mut().for_each(|u| *u = own + within * normal_quantile(*u));
            squares += lane.iter().map(|x| x * x).sum::<f64>();
            out.push(Sum { n: games as f64, sum: lane.iter().sum() });
        }
        (out, squares)
    }

    fn said(worlds: &[Sum], squares: f64) -> Outer {
        outer(worlds, squares, &Again::of(worlds.len())).expect("enough worlds")
    }

    #[test]
    fn what_was_planted_is_found() {
        let (worlds, squares) = planted(2000, 64, 0.1, 0.5);
        let found = said(&worlds, squares);
        assert!((found.sd - 0.1).abs() < 0.006, "{found:?}");
        assert!((found.luck.expect("it varies") - 25.0 / 26.0).abs() < 0.003, "{found:?}");
        for (end, wanted, error) in
            [(found.low, 0.5 - 0.1644854, found.errors[0]), (found.high, 0.5 + 0.1644854, found.errors[1])]
        {
            assert!((end - wanted).abs() < 3.0 * error && error < 0.01, "{end} {wanted} {error}");
        }
        // sd of a mean of all: root of (s2_B + s2_W / 64) / 2000
        let se = ((0.01_f64 + 0.25 / 64.0) / 2000.0).sqrt();
        assert!((found.computed / (Z * se) - 1.0).abs() < 0.05, "{found:?}");
    }

    #[test]
    fn figures_with_errors_of_their_own_say_the_same() {
        let (worlds, squares) = planted(400, 64, 0.1, 0.5);
        let one = said(&worlds, squares);
        let within = (one.luck.expect("it varies") / (1.0 - one.luck.unwrap_or(0.0))) * one.sd * one.sd;
        let figures: Vec<Said> = worlds.iter().map(|w| Said { x: w.sum / w.n, noise: within / w.n }).collect();
        let two = outer_of(&figures, &Again::of(400)).expect("enough worlds");
        for (a, b) in [(one.low, two.low), (one.high, two.high), (one.sd, two.sd), (one.computed, two.computed)] {
            assert!((a - b).abs() < 1e-9, "{one:?} {two:?}");
        }
    }

    #[test]
    fn where_nothing_is_unknown_the_interval_is_narrow() {
        let (worlds, squares) = planted(1000, 256, 0.0, 0.5);
        let found = said(&worlds, squares);
        assert!(found.high - found.low < 0.02, "{found:?}"); // luck alone would leave 0.5 / 16 * 3.3 = .1
        assert!(found.luck.expect("it varies") > 0.999, "{found:?}");
        let same: Vec<Sum> = (0..40).map(|_| Sum { n: 10.0, sum: 5.0 }).collect();
        let found = said(&same, 200.0 * 0.5);
        assert_eq!((found.low, found.high, found.computed, found.sd), (0.5, 0.5, 0.0, 0.0));
    }

    #[test]
    fn a_mean_over_some_of_the_games_is_of_the_worlds_that_have_them() {
        let (mut worlds, squares) = planted(300, 50, 0.2, 0.1);
        let whole = said(&worlds, squares);
        worlds.extend((0..100).map(|_| Sum { n: 0.0, sum: 0.0 }));
        let found = said(&worlds, squares);
        assert_eq!((found.worlds, found.low, found.computed), (300, whole.low, whole.computed));
        assert!(outer(&worlds[..FEWEST - 1], squares, &Again::of(FEWEST - 1)).is_none());
    }

    #[test]
    fn worlds_of_one_size_give_the_formula_of_the_page() {
        let (worlds, squares) = planted(100, 16, 0.1, 0.3);
        let means: Vec<f64> = worlds.iter().map(|w| w.sum / 16.0).collect();
        let inside = squares - worlds.iter().map(|w| w.sum * w.sum / 16.0).sum::<f64>();
        let within = inside / (1600.0 - 100.0);
        let between = spread(&means) * spread(&means) - within / 16.0;
        assert!((said(&worlds, squares).sd - between.sqrt()).abs() < 1e-9);
    }
}
