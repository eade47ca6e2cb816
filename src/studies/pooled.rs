//! A ranking over several tournaments: each scenario and side counts alike, whatever its points are worth.
//!
//! A strategy's score in one place (a scenario, a side) is its mean against the field less the mean of all strategies,
//! over the spread between them; its pooled score is the mean of these. Uncertainty comes from draws of all means, with
//! their covariances within a scenario; between scenarios they are taken as independent.

use super::ranking::{Rank, drawn, measured, ranked};
use super::tournament::Standings;

/// A strategy over all scenarios.
#[derive(Debug, Clone, PartialEq)]
pub struct Pooled {
    /// Its name.
    pub name: String,
    /// Its mean score: 0 is the mean of all, 1 a spread better.
    pub score: f64,
    /// The standard error of that.
    pub se: f64,
    /// Its place.
    pub rank: Rank,
    /// Its place in each scenario, as the first party and as the second.
    pub ranks: Vec<[Rank; 2]>,
}

/// Pools tournaments: the names of each one's strategies, and what was found. Only strategies that played in all are
/// ranked; those that did not are named.
pub fn pool(tournaments: &[(&[String], &Standings)]) -> (Vec<Pooled>, Vec<String>) {
    let Some((first, _)) = tournaments.first() else { return (vec![], vec![]) };
    let everywhere = |name: &&String| tournaments.iter().all(|(names, _)| names.contains(name));
    let names: Vec<&String> = first.iter().filter(everywhere).collect();
    let mut left: Vec<String> = vec![];
    for name in tournaments.iter().flat_map(|(names, _)| names.iter()) {
        if !names.contains(&name) && !left.contains(name) {
            left.push(name.clone());
        }
    }
    let (mut scores, mut draws) = (vec![0.0; names.len()], vec![]);
    let share = 1.0 / (2 * tournaments.len()) as f64;
    for (t, (own, answer)) in tournaments.iter().enumerate() {
        let rows: Vec<usize> = names.iter().filter_map(|name| own.iter().position(|other| other == *name)).collect();
        let means = drawn(&answer.fields, 2 * own.len(), &format!("ranks of scenario {t}"));
        let field = measured(&answer.fields, 2 * own.len());
        draws.resize(means.len(), vec![0.0; names.len()]);
        for side in 0..2 {
            let at: Vec<usize> = rows.iter().map(|row| side * own.len() + row).collect();
            let measured: Vec<f64> = at.iter().map(|i| field[*i]).collect();
            let spread = spread(&measured);
            let add = |into: &mut Vec<f64>, from: &[f64]| {
                let middle = from.iter().sum::<f64>() / from.len().max(1) as f64;
                into.iter_mut().zip(from).for_each(|(sum, x)| *sum += share * (x - middle) / spread);
            };
            add(&mut scores, &measured);
            for (sum, drawn) in draws.iter_mut().zip(&means) {
                add(sum, &at.iter().map(|i| drawn[*i]).collect::<Vec<f64>>());
            }
        }
    }
    let ranks = ranked(&scores, &draws);
    let one = |i: usize| {
        let square = draws.iter().map(|drawn| (drawn[i] - scores[i]) * (drawn[i] - scores[i])).sum::<f64>();
        let place = |(own, answer): &(&[String], &Standings)| {
            let row = own.iter().position(|name| name == names[i]).unwrap_or(0);
            [0, 1].map(|side: usize| answer.standings[side][row].rank)
        };
        Pooled {
            name: names[i].clone(),
            score: scores[i],
            se: (square / draws.len().max(1) as f64).sqrt(),
            rank: ranks[i],
            ranks: tournaments.iter().map(place).collect(),
        }
    };
    ((0..names.len()).map(one).collect(), left)
}

/// The standard deviation between strategies; 1 where they are all alike.
fn spread(means: &[f64]) -> f64 {
    let n = means.len().max(1) as f64;
    let middle = means.iter().sum::<f64>() / n;
    let spread = (means.iter().map(|x| (x - middle) * (x - middle)).sum::<f64>() / n).sqrt();
    if spread > 1e-12 { spread } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spread_is_that_between_strategies() {
        assert_eq!(spread(&[1.0, 3.0]), 1.0);
        assert_eq!(spread(&[2.0, 2.0]), 1.0);
        assert!((spread(&[0.0, 0.0, 6.0]) - 8_f64.sqrt()).abs() < 1e-12);
    }
}
