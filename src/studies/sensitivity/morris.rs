//! Screening by Morris: how far the answer moves when one input moves, from many places (Morris, Technometrics 33, 1991).
//!
//! A walk goes from a place of a grid of four levels, one input after another by two thirds of its range. `mean` is the
//! mean move, `size` that of its absolute value (Campolongo, Cariboni and Saltelli 2007), `spread` its standard
//! deviation over walks: large beside the size where the input acts differently in different places.

use super::estimate::{Estimate, bootstrap, mean};
use crate::studies::design::uniforms;

/// One step: two of the three stretches between four levels.
const STEP: f64 = 2.0 / 3.0;

/// The walks.
#[derive(Debug, Clone, PartialEq)]
pub struct Walks {
    /// By walk: where it begins, and the inputs in the order in which they move.
    walks: Vec<(Vec<f64>, Vec<usize>)>,
}

/// What an input does to an answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// The mean size of a move of the answer for the input's whole range.
    pub size: Estimate,
    /// The mean move.
    pub mean: f64,
    /// The standard deviation of the moves.
    pub spread: f64,
}

impl Walks {
    /// So many walks over so many inputs.
    pub fn new(inputs: usize, walks: u64, seed: u64) -> Walks {
        let walk = |w: u64| {
            let draws = |what: &str| uniforms(seed, "morris", &format!("{what} {w}"), inputs);
            let (levels, order) = (draws("levels"), draws("order"));
            let begin = levels.iter().map(|u| (u * 4.0).floor().min(3.0) / 3.0).collect();
            let mut inputs: Vec<usize> = (0..inputs).collect();
            inputs.sort_by(|a, b| order[*a].total_cmp(&order[*b]));
            (begin, inputs)
        };
        Walks { walks: (0..walks).map(walk).collect() }
    }

    /// All points, walk by walk: where it begins, and after each step.
    pub fn points(&self) -> Vec<Vec<f64>> {
        let mut out = vec![];
        for (begin, order) in &self.walks {
            let mut at = begin.clone();
            out.push(at.clone());
            for i in order {
                at[*i] += if begin[*i] < 0.5 { STEP } else { -STEP };
                out.push(at.clone());
            }
        }
        out
    }

    /// The effects of all inputs, from the answers at the points in their order; a walk that is not whole is left out.
    /// None where there are not two.
    pub fn effects(&self, answers: &[f64], seed: u64) -> Option<Vec<Effect>> {
        let inputs = self.walks.first()?.1.len();
        let whole = (answers.len() / (inputs + 1)).min(self.walks.len());
        if whole < 2 {
            return None;
        }
        let mut moves = vec![vec![0.0; whole]; inputs];
        for (w, (begin, order)) in self.walks[..whole].iter().enumerate() {
            let found = &answers[w * (inputs + 1)..];
            for (step, i) in order.iter().enumerate() {
                let way = if begin[*i] < 0.5 { STEP } else { -STEP };
                moves[*i][w] = (found[step + 1] - found[step]) / way;
            }
        }
        let size =
            |rows: &[usize]| moves.iter().map(|own| mean(rows.iter().map(|w| own[*w].abs()))).collect::<Vec<f64>>();
        let effect = |(own, size): (&Vec<f64>, Estimate)| {
            let middle = mean(own.iter().copied());
            let square = own.iter().map(|x| (x - middle) * (x - middle)).sum::<f64>() / (whole - 1) as f64;
            Effect { size, mean: middle, spread: square.sqrt() }
        };
        Some(moves.iter().zip(bootstrap(whole, seed, size)).map(effect).collect())
    }

    /// How many walks there are answers for.
    pub fn whole(&self, answers: usize) -> usize {
        let points = self.walks.first().map_or(1, |(begin, _)| begin.len() + 1);
        (answers / points).min(self.walks.len())
    }
}

#[cfg(test)]
mod tests {
    use super::super::sobol::tests::g_function;
    use super::*;

    fn effects(inputs: usize, model: impl Fn(&[f64]) -> f64) -> Vec<Effect> {
        let walks = Walks::new(inputs, 40, 2);
        let found: Vec<f64> = walks.points().iter().map(|point| model(point)).collect();
        walks.effects(&found, 2).expect("walks")
    }

    #[test]
    fn a_straight_line_moves_by_its_slopes() {
        for (effect, slope) in effects(3, |x| 2.0 * x[0] - 0.5 * x[1] + 7.0).iter().zip([2.0, -0.5, 0.0]) {
            assert!((effect.mean - slope).abs() < 1e-12 && (effect.size.value - slope.abs()).abs() < 1e-12);
            assert!(effect.spread < 1e-12 && effect.size.se < 1e-12, "{effect:?}");
        }
    }

    #[test]
    fn what_acts_by_itself_is_told_from_what_does_not() {
        let found = effects(3, |x| x[0] * x[1] + x[2]);
        assert!(found[0].spread > 0.1 && found[1].spread > 0.1 && found[2].spread < 1e-12, "{found:?}");
    }

    #[test]
    fn the_g_functions_inputs_come_in_their_order() {
        let found = effects(6, g_function);
        let sizes: Vec<f64> = found.iter().map(|effect| effect.size.value).collect();
        assert!(sizes[0] > sizes[1] && sizes[1] > sizes[2] && sizes[2] > sizes[3] && sizes[3] > sizes[4], "{sizes:?}");
    }

    #[test]
    fn walks_stay_in_the_cube_and_fewer_are_the_first() {
        let points = Walks::new(5, 30, 1).points();
        assert!(points.len() == 180 && points.iter().flatten().all(|u| (0.0..=1.0).contains(u)));
        assert_eq!(Walks::new(5, 10, 1).points()[..], points[..60]);
    }
}
