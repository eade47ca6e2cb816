//! What became of targets: each against each opponent, on the games of the search and on games it has not seen.
//!
//! A target with a tolerance counts as met where the miss on held-out games is within it.

use super::arena::Lanes;
use super::jackknife::{half, left_out};
use super::objective::{Aim, Objective, Toward, statistic};

/// A target and what came of it against one opponent.
#[derive(Debug, Clone, PartialEq)]
pub struct Reached {
    /// What was to be brought to a value.
    pub aim: Aim,
    /// The value it was to have.
    pub target: f64,
    /// What is as good as met, if that was said.
    pub tolerance: Option<f64>,
    /// The place of the opponent among those that were played.
    pub opponent: usize,
    /// Its value on the games of the search; none where no game has a case.
    pub inside: Option<f64>,
    /// Its value on held-out games; none where no game has a case.
    pub outside: Option<f64>,
    /// Half the width of the 95 % interval of that; none with few games.
    pub half: Option<f64>,
}

impl Reached {
    /// Whether the held-out value lies within the tolerance; none where there is none to lie in.
    pub fn met(&self) -> Option<bool> {
        self.tolerance.map(|tolerance| self.outside.is_some_and(|x| (x - self.target).abs() <= tolerance))
    }
}

/// What became of the targets of an objective, target by target, on the games of the search and on held-out ones.
pub fn reached(objective: &Objective, inside: &Lanes, outside: &Lanes) -> Vec<Reached> {
    let names = objective.measures();
    let mut out = vec![];
    for aim in &objective.aims {
        let Toward::Target { value: target, tolerance } = aim.toward else { continue };
        let Some(m) = names.iter().position(|name| *name == aim.measure) else { continue };
        for opponent in 0..outside.len() {
            let of = |lanes: &Lanes| lanes.get(opponent)?.get(m).and_then(|lane| statistic(aim.statistic, lane));
            let half = left_out(outside, &of).map(|parts| half(&parts));
            let (inside, outside) = (of(inside), of(outside));
            out.push(Reached { aim: aim.clone(), target, tolerance, opponent, inside, outside, half });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::studies::tune::objective::Statistic;

    #[test]
    fn each_opponent_is_told_and_judged_by_itself() {
        let toward = Toward::Target { value: 2.0, tolerance: Some(0.5) };
        let aim = |toward| Aim { measure: "x".into(), statistic: Statistic::Mean, toward };
        let aims = vec![aim(toward), aim(Toward::More)];
        let objective = Objective { aims, penalties: vec![], worst: false };
        let (inside, outside) = (vec![vec![vec![2.0]]; 2], vec![vec![vec![2.5]], vec![vec![3.0]]]);
        let found = reached(&objective, &inside, &outside);
        let told: Vec<_> = found.iter().map(|r| (r.opponent, r.inside, r.outside, r.met())).collect();
        assert_eq!(
            told,
            [(0, Some(2.0), Some(2.5), Some(true)), (1, Some(2.0), Some(3.0), Some(false))],
            "what is only to be more is no target"
        );
    }
}
