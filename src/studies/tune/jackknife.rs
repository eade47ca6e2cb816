//! How far a figure strays by luck: the jackknife over stretches of games.
//!
//! Whatever the figure is (a mean, a quantile, a squared miss, the worst of several means), it is told again with each of
//! twenty stretches of games left out in turn, and the spread of what comes out says how far luck takes it (Tukey 1958;
//! that whole stretches are left out, not single games, makes it hold for quantiles: Shao and Wu, Annals of Statistics 17,
//! 1989). For a mean over equal stretches it is the error of the mean of the stretches, to the last digit.

use super::arena::Lanes;

/// Games are parted into so many stretches.
const STRETCHES: usize = 20;
/// The 97.5 % point of Student's t with 19 degrees of freedom.
const T: f64 = 2.093_024_054_408_263;

/// A figure with each stretch of its games left out in turn; none where there are fewer than two games a stretch, or
/// where the figure has no value without one of them.
pub fn left_out(lanes: &Lanes, figure: &dyn Fn(&Lanes) -> Option<f64>) -> Option<Vec<f64>> {
    let games = lanes.first()?.first()?.len();
    if games < 2 * STRETCHES {
        return None;
    }
    let cut = |i: usize| i * games / STRETCHES;
    let without = |i: usize| {
        let rest = |lane: &Vec<f64>| [&lane[..cut(i)], &lane[cut(i + 1)..]].concat();
        lanes.iter().map(|of| of.iter().map(rest).collect()).collect::<Lanes>()
    };
    (0..STRETCHES).map(|i| figure(&without(i))).collect()
}

/// Half the width of the 95 % interval of a figure, from what it was with each stretch left out.
pub fn half(left_out: &[f64]) -> f64 {
    let n = left_out.len() as f64;
    let mean = left_out.iter().sum::<f64>() / n;
    let square = left_out.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() * (n - 1.0) / n;
    T * square.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::studies::sums::Z;
    use crate::studies::tune::objective::{Statistic, statistic};
    use crate::world::dice::{Key, Stream};
    use crate::world::maths::{ln, normal_quantile};

    fn draws(seed: u64, n: usize) -> Vec<f64> {
        let mut out = vec![0.0; n];
        Key::of_seed(seed).uniforms(Stream::named("test", "jackknife", ""), 0, 0, &mut out);
        out
    }

    fn interval(lane: Vec<f64>, figure: &dyn Fn(&Lanes) -> Option<f64>) -> (f64, f64) {
        let lanes = vec![vec![lane]];
        (figure(&lanes).expect("a value"), half(&left_out(&lanes, figure).expect("enough games")))
    }

    #[test]
    fn of_a_mean_it_is_the_error_of_the_mean_of_the_stretches() {
        let lane = draws(1, 400);
        let figure = |lanes: &Lanes| Some(lanes[0][0].iter().sum::<f64>() / lanes[0][0].len() as f64);
        let (mean, found) = interval(lane.clone(), &figure);
        let square: f64 = lane.chunks(20).map(|part| part.iter().sum::<f64>() / 20.0 - mean).map(|x| x * x).sum();
        assert!((found - T * (square / 19.0 / 20.0).sqrt()).abs() < 1e-12);
        assert!(left_out(&vec![vec![draws(1, 39)]], &figure).is_none(), "too few games to part");
    }

    /// The share of 400 samples whose interval holds the true value.
    fn holds(truth: f64, of: &dyn Fn(f64) -> f64, figure: &dyn Fn(&Lanes) -> Option<f64>) -> f64 {
        let hit = |seed: u64| {
            let lane = draws(seed, 1000).into_iter().map(of).collect();
            let (value, half) = interval(lane, figure);
            (value - truth).abs() <= half
        };
        (0..400).filter(|seed| hit(*seed)).count() as f64 / 400.0
    }

    #[test]
    fn the_interval_of_a_quantile_holds_it_about_as_often_as_it_says() {
        let figure = |at: f64| move |lanes: &Lanes| statistic(Statistic::Quantile { at }, &lanes[0][0]);
        let exponential = |u: f64| -ln(1.0 - u);
        for at in [0.1, 0.5, 0.9] {
            let share = holds(-ln(1.0 - at), &exponential, &figure(at));
            assert!((0.86..=0.99).contains(&share), "{share} at {at}");
        }
    }

    /// The squared miss of a mean that is off by 0.1 where a game strays by 1. Of a stretch of fifty games by itself it
    /// would be mostly noise, and the interval half as wide again as it should be.
    #[test]
    fn the_interval_of_a_squared_miss_is_as_wide_as_luck_is() {
        let figure = |lanes: &Lanes| statistic(Statistic::Mean, &lanes[0][0]).map(|x| -(x - 0.1) * (x - 0.1));
        let one = |seed| interval(draws(seed, 1000).into_iter().map(normal_quantile).collect(), &figure);
        let all: Vec<(f64, f64)> = (0..400).map(one).collect();
        let mean = |of: &dyn Fn(&(f64, f64)) -> f64| all.iter().map(of).sum::<f64>() / all.len() as f64;
        let middle = mean(&|x| x.0);
        let strays = mean(&|x| (x.0 - middle) * (x.0 - middle)).sqrt();
        let ratio = mean(&|x| x.1) / (Z * strays);
        assert!((0.9..=1.25).contains(&ratio), "{ratio}");
    }
}
