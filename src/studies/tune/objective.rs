//! What a tuner seeks: a mean, a share, a quantile, a worst case, a distance to targets; less penalties.
//!
//! All of it is read from lanes of one number a game, in the order of the games. Means are sums of whole quanta, so
//! that they are those of `batch` to the last bit.

use serde::{Deserialize, Serialize};

use crate::batch::histogram::rank;
use crate::error::Error;
use crate::studies::sums::{SUM, quanta, sound};

/// What is made of a measure's many numbers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub enum Statistic {
    /// The mean over the games that have a case.
    Mean,
    /// The share of games in which it is above a number; a game without a case is not.
    Share {
        /// That number.
        above: f64,
    },
    /// The number that this share of the games with a case does not exceed.
    Quantile {
        /// The share.
        at: f64,
    },
}

/// Where a statistic is to go.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Toward {
    /// Up.
    More,
    /// Down.
    Less,
    /// To a value; the miss counts, squared.
    Target {
        /// The value.
        value: f64,
        /// What is as good as met; a miss is counted in it, or as it is where none is named.
        tolerance: Option<f64>,
    },
}

/// A statistic of a measure and where it is to go.
#[derive(Debug, Clone, PartialEq)]
pub struct Aim {
    /// The measure, by its name in the documents of `batch`.
    pub measure: String,
    /// What is made of it.
    pub statistic: Statistic,
    /// Where it is to go.
    pub toward: Toward,
}

/// What is taken off where a mean leaves a bound.
#[derive(Debug, Clone, PartialEq)]
pub struct Penalty {
    /// The measure.
    pub measure: String,
    /// It is to be at most the bound, else at least.
    pub at_most: bool,
    /// The bound.
    pub bound: f64,
    /// Points for each unit beyond.
    pub weight: f64,
}

/// What is sought.
#[derive(Debug, Clone, PartialEq)]
pub struct Objective {
    /// One aim; several targets in a fit.
    pub aims: Vec<Aim>,
    /// What is taken off.
    pub penalties: Vec<Penalty>,
    /// Against several opponents the worst counts, not the weighted mean.
    pub worst: bool,
}

impl Penalty {
    /// Reads `MEASURE<=BOUND:WEIGHT` or `MEASURE>=BOUND:WEIGHT`.
    pub fn read(text: &str) -> Result<Penalty, Error> {
        let help = || {
            Error::argument(format!(
                "`{text}` is not a penalty: write MEASURE<=BOUND:WEIGHT or MEASURE>=BOUND:WEIGHT, such as truce_lapsed<=0.2:50"
            ))
        };
        // What is bound may be an expression that compares: the last sign is the bound's.
        let at_most = text.rfind("<=") > text.rfind(">=");
        let (measure, rest) = text.rsplit_once(if at_most { "<=" } else { ">=" }).ok_or_else(help)?;
        let (bound, weight) = rest.split_once(':').ok_or_else(help)?;
        let number = |x: &str| x.trim().parse::<f64>().ok().filter(|x| x.is_finite());
        let (bound, weight) = number(bound).zip(number(weight)).ok_or_else(help)?;
        if weight <= 0.0 {
            return Err(Error::argument(format!("the weight of a penalty is above 0, found {weight} in `{text}`")));
        }
        Ok(Penalty { measure: measure.trim().into(), at_most, bound, weight })
    }
}

impl Aim {
    /// The statistic in words.
    pub fn what(&self) -> String {
        match self.statistic {
            Statistic::Mean => self.measure.clone(),
            Statistic::Share { above } => format!("share of games with {} above {above}", self.measure),
            Statistic::Quantile { at } => format!("{} quantile of {}", at, self.measure),
        }
    }

    /// The same as a line of a page.
    pub fn told(&self) -> String {
        let what = self.what();
        match self.toward {
            Toward::More => format!("more {what}"),
            Toward::Less => format!("less {what}"),
            Toward::Target { value, .. } => format!("{what} at {value}"),
        }
    }
}

impl Objective {
    /// The measures it reads, each once.
    pub fn measures(&self) -> Vec<String> {
        let all = self.aims.iter().map(|a| &a.measure).chain(self.penalties.iter().map(|p| &p.measure));
        let mut out: Vec<String> = vec![];
        all.for_each(|name| {
            if !out.contains(name) {
                out.push(name.clone());
            }
        });
        out
    }

    /// What it is made of, where something is taken off: each aim and each penalised measure as it is, for a reader who
    /// wants to see the points too.
    pub fn parts(&self) -> Vec<Aim> {
        if self.penalties.is_empty() {
            return vec![];
        }
        let aims = self.aims.iter().map(|aim| (aim.measure.clone(), aim.statistic));
        let penalised = self.penalties.iter().map(|p| (p.measure.clone(), Statistic::Mean));
        let mut out: Vec<Aim> = vec![];
        for (measure, statistic) in aims.chain(penalised) {
            let aim = Aim { measure, statistic, toward: Toward::More };
            if !out.contains(&aim) {
                out.push(aim);
            }
        }
        out
    }

    /// Whether it is a mean or a quantile of one measure, so that games without a case of it do not count.
    pub fn is_of_cases(&self) -> bool {
        let of_cases = |aim: &Aim| !matches!(aim.statistic, Statistic::Share { .. });
        self.penalties.is_empty() && matches!(&self.aims[..], [aim] if of_cases(aim))
    }

    /// In a line.
    pub fn told(&self) -> String {
        let aims: Vec<String> = self.aims.iter().map(Aim::told).collect();
        let mut out = aims.join(", ");
        if self.worst {
            out.push_str(", in the worst case");
        }
        for p in &self.penalties {
            let side = if p.at_most { "above" } else { "below" };
            out.push_str(&format!(", less {} for each unit of {} {side} {}", p.weight, p.measure, p.bound));
        }
        out
    }

    /// The sign with which a value is shown: what is to be less is shown as it is.
    pub fn sign(&self) -> f64 {
        if self.aims.len() == 1 && self.aims[0].toward == Toward::Less { -1.0 } else { 1.0 }
    }

    /// How good some games are against one opponent: higher is better; none where nothing can be said. `lanes` are the
    /// numbers of the measures, as [`Objective::measures`] names them.
    fn against(&self, names: &[String], lanes: &[Vec<f64>]) -> Option<f64> {
        let lane = |name: &String| names.iter().position(|n| n == name).and_then(|m| lanes.get(m));
        let mut value = 0.0;
        for aim in &self.aims {
            let x = statistic(aim.statistic, lane(&aim.measure)?)?;
            value += match aim.toward {
                Toward::More => x,
                Toward::Less => -x,
                Toward::Target { value, tolerance } => {
                    let miss = (x - value) / tolerance.unwrap_or(1.0);
                    -miss * miss
                }
            };
        }
        for p in &self.penalties {
            let x = statistic(Statistic::Mean, lane(&p.measure)?)?;
            let beyond = if p.at_most { x - p.bound } else { p.bound - x };
            value -= p.weight * beyond.max(0.0);
        }
        Some(value)
    }

    /// How good a candidate is: higher is better. By opponent and measure, a number a game.
    pub fn value(&self, lanes: &[Vec<Vec<f64>>], weights: &[f64]) -> Option<f64> {
        let names = self.measures();
        let one = |of: &[Vec<f64>]| self.against(&names, of);
        let all: Vec<f64> = lanes.iter().map(|of| one(of)).collect::<Option<_>>()?;
        if self.worst {
            return all.into_iter().reduce(f64::min);
        }
        if let ([x], [_]) = (&all[..], weights) {
            return Some(*x);
        }
        let sum: f64 = weights.iter().sum();
        Some(all.iter().zip(weights).map(|(x, w)| x * w / sum).sum())
    }
}

/// A statistic of a number a game; none where no game has a case, or a number is too large to be summed.
pub fn statistic(what: Statistic, lane: &[f64]) -> Option<f64> {
    let cases = || lane.iter().copied().filter(|x| !x.is_nan());
    match what {
        Statistic::Mean => {
            let (mut sum, mut n) = (0_i128, 0_u64);
            for x in cases() {
                sum += quanta(sound(x).ok()?, SUM);
                n += 1;
            }
            (n > 0).then(|| sum as f64 / SUM / n as f64)
        }
        Statistic::Share { above } => {
            (!lane.is_empty()).then(|| lane.iter().filter(|x| **x > above).count() as f64 / lane.len() as f64)
        }
        Statistic::Quantile { at } => {
            let mut all: Vec<f64> = cases().collect();
            if all.is_empty() {
                return None;
            }
            let place = rank(at, all.len() as u64) as usize - 1;
            Some(*all.select_nth_unstable_by(place, f64::total_cmp).1)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aim(statistic: Statistic, toward: Toward) -> Objective {
        Objective { aims: vec![Aim { measure: "x".into(), statistic, toward }], penalties: vec![], worst: false }
    }

    #[test]
    fn statistics_are_those_of_the_numbers() {
        let lane = [4.0, f64::NAN, 1.0, 2.0, 3.0];
        assert_eq!(statistic(Statistic::Mean, &lane), Some(2.5));
        assert_eq!(statistic(Statistic::Share { above: 2.5 }, &lane), Some(0.4));
        let quantile = |at: f64| statistic(Statistic::Quantile { at }, &lane);
        assert_eq!([0.0, 0.25, 0.3, 0.5, 1.0].map(quantile), [1.0, 1.0, 2.0, 2.0, 4.0].map(Some));
        assert_eq!(statistic(Statistic::Mean, &[f64::NAN]), None);
    }

    #[test]
    fn penalties_targets_and_worst_cases() {
        let lanes = vec![vec![vec![1.0, 3.0], vec![0.5, 0.7]], vec![vec![5.0, 5.0], vec![0.0, 0.0]]];
        let mut sought = aim(Statistic::Mean, Toward::More);
        let value = |o: &Objective| o.value(&lanes, &[1.0, 3.0]).expect("a value");
        assert_eq!(value(&sought), 0.25 * 2.0 + 0.75 * 5.0);
        sought.worst = true;
        assert_eq!(value(&sought), 2.0);
        sought.penalties = vec![Penalty::read(" y <= 0.1 : 10").expect("a penalty")];
        assert!((value(&sought) - (2.0 - 10.0 * 0.5)).abs() < 1e-6);
        let target = aim(Statistic::Mean, Toward::Target { value: 4.0, tolerance: Some(0.5) });
        assert_eq!(target.value(&lanes[..1], &[1.0]), Some(-16.0));
        for wrong in ["y=1:2", "y<=1", "y<=a:1", "y>=1:0"] {
            assert!(Penalty::read(wrong).is_err(), "{wrong}");
        }
    }
}
