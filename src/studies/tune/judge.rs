//! What a search found, told on the games it searched on and on games it has not seen.
//!
//! The figures come from the scenario made ready the long way, as a reader of the overlay would: where the search's own
//! figure is another, that is an error and not a result.

use super::arena::{Crew, Lanes};
use super::compiled::{Candidate, Ready};
use super::jackknife::{half, left_out};
use super::objective::{Aim, Objective};
use super::reached::{Reached, reached};
use super::search::{Quest, State, Way};
use crate::error::Error;
use crate::world::dice::Key;

/// The dice of held-out games.
pub fn held_out(seed: u64) -> Key {
    Key::of_seed(seed).apart("held-out games of a tuner")
}

/// A value against that of the scenario as written, as they are shown: less of what is to be less is less.
#[derive(Debug, Clone, PartialEq)]
pub struct Against {
    /// The scenario as written.
    pub written: Option<f64>,
    /// What was found.
    pub value: f64,
    /// Half the width of its 95 % interval.
    pub half: Option<f64>,
    /// Better by so much (worse where negative); none where the scenario as written has no value.
    pub gain: Option<f64>,
    /// Half the width of the gain's 95 % interval; the games are paired.
    pub gain_half: Option<f64>,
    /// Where what is sought is of games with a case alone: how many have one, as written and as found.
    pub n: Option<[u64; 2]>,
    /// The same in the games that have a case on both sides, where that is another figure.
    pub both: Option<Both>,
}

/// What is found in the games that have a case on both sides.
#[derive(Debug, Clone, PartialEq)]
pub struct Both {
    /// How many they are, against all opponents.
    pub n: u64,
    /// What is found in them; none where there are none.
    pub found: Option<Box<Against>>,
}

/// An arm's best, judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// How it was found.
    pub way: Way,
    /// Where in the unit cube.
    pub point: Vec<f64>,
    /// Names the scenario with these values: one hash an opponent.
    pub hashes: Vec<String>,
    /// On the games of the search.
    pub inside: Against,
    /// On held-out games.
    pub outside: Against,
    /// What became of the targets, where there are any.
    pub reached: Vec<Reached>,
    /// What the value is made of where something is taken off, each by itself, on held-out games.
    pub parts: Vec<(Aim, Against)>,
}

/// What is to be thought of a search.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// The best of each arm, better first; CMA-ES first of equals.
    pub best: Vec<Judged>,
    /// What targets the scenario as written reaches.
    pub written: Vec<Reached>,
    /// Arms whose best cannot be judged: no held-out game has a case of what is sought.
    pub mute: Vec<Way>,
}

impl Judged {
    /// How far the games of the search flatter the value.
    pub fn optimism(&self, sign: f64) -> f64 {
        sign * (self.inside.value - self.outside.value)
    }
    /// How far they flatter the gain over the scenario as written, which shares their luck.
    pub fn optimism_of_gain(&self) -> Option<f64> {
        Some(self.inside.gain? - self.outside.gain?)
    }
}

/// A candidate's figures against those of the scenario as written, on the same games.
pub fn against(objective: &Objective, weights: &[f64], written: &Lanes, found: &Lanes) -> Option<Against> {
    let mut out = figures(objective, weights, written, found)?;
    if !objective.is_of_cases() {
        return Some(out);
    }
    let n = [written, found].map(|lanes| lanes.iter().flatten().flatten().filter(|x| !x.is_nan()).count() as u64);
    let (ours, theirs) = on_both(written, found);
    let both = ours.iter().flatten().flatten().filter(|x| !x.is_nan()).count() as u64;
    out.n = Some(n);
    if n != [both, both] {
        let found = (both > 0).then(|| figures(objective, weights, &ours, &theirs).map(Box::new)).flatten();
        out.both = Some(Both { n: both, found });
    }
    Some(out)
}

/// Lanes in which only games count that have a case on both sides.
fn on_both(written: &Lanes, found: &Lanes) -> (Lanes, Lanes) {
    let (mut ours, mut theirs) = (written.clone(), found.clone());
    for (a, b) in ours.iter_mut().flatten().flatten().zip(theirs.iter_mut().flatten().flatten()) {
        if a.is_nan() || b.is_nan() {
            (*a, *b) = (f64::NAN, f64::NAN);
        }
    }
    (ours, theirs)
}

fn figures(objective: &Objective, weights: &[f64], written: &Lanes, found: &Lanes) -> Option<Against> {
    let all = |lanes: &Lanes| objective.value(lanes, weights);
    let sign = objective.sign();
    let (before, value) = (all(written), all(found)?);
    let (parts, parts_before) = (left_out(found, &all), left_out(written, &all));
    let gaps = parts.as_ref().zip(parts_before).map(|(a, b)| a.iter().zip(b).map(|(a, b)| a - b).collect::<Vec<_>>());
    Some(Against {
        written: before.map(|x| sign * x),
        value: sign * value,
        half: parts.map(|parts| half(&parts)),
        gain: before.map(|before| value - before),
        gain_half: gaps.map(|gaps| half(&gaps)),
        n: None,
        both: None,
    })
}

/// Each part of an objective by itself, against the scenario as written.
fn parts(objective: &Objective, weights: &[f64], written: &Lanes, found: &Lanes) -> Vec<(Aim, Against)> {
    let names = objective.measures();
    let one = |aim: Aim| {
        let place = names.iter().position(|name| *name == aim.measure)?;
        let only = |lanes: &Lanes| lanes.iter().map(|of| vec![of[place].clone()]).collect::<Lanes>();
        let alone = Objective { aims: vec![aim.clone()], penalties: vec![], worst: objective.worst };
        Some((aim, against(&alone, weights, &only(written), &only(found))?))
    };
    objective.parts().into_iter().filter_map(one).collect()
}

impl Quest {
    /// A point's candidates the long way, or the scenario as written, by opponent; and their hashes.
    pub fn plain(&self, point: Option<&[f64]>) -> Result<(Vec<Candidate>, Vec<String>), Error> {
        let asked = self.objective.measures();
        let one = |table: &super::compiled::Compiled| {
            let cell = match point {
                Some(point) => table.cell(point),
                None => table.written(),
            };
            let cell = cell?;
            let ready = Ready::of(cell.setup, &asked, false).into();
            Ok((Candidate { ready, puts: vec![] }, cell.hash))
        };
        Ok(self.tables.iter().map(one).collect::<Result<Vec<_>, Error>>()?.into_iter().unzip())
    }

    /// Judges the best of both arms on the games of the search and on so many held-out ones.
    pub fn judge(&self, state: &State, held: u64, crew: &Crew) -> Result<Verdict, Error> {
        let stopped = || Error::Interrupted("stopped before the best could be judged".into());
        let mut found: Vec<_> =
            state.arms.iter().filter_map(|arm| arm.best.clone().map(|best| (arm.way, best))).collect();
        found.sort_by(|a, b| b.1.value.total_cmp(&a.1.value));
        let mut ready = vec![self.plain(None)?];
        for (_, best) in &found {
            ready.push(self.plain(Some(&best.point))?);
        }
        let play = |key: Key, games: u64| {
            let all = ready.iter().map(|(candidates, _)| candidates.clone()).collect();
            crew.play(key, all, 0..games)?.ok_or_else(stopped)
        };
        let (inside, outside) = (play(self.key(), self.games)?, play(held_out(self.seed), held)?);
        let reached = |i: usize| reached(&self.objective, &inside[i], &outside[i]);
        let mut out = Verdict { best: vec![], written: reached(0), mute: vec![] };
        for (i, (way, best)) in found.into_iter().enumerate() {
            let figures = |lanes: &[Lanes]| against(&self.objective, &self.weights, &lanes[0], &lanes[i + 1]);
            let (Some(here), Some(there)) = (figures(&inside), figures(&outside)) else {
                out.mute.push(way);
                continue;
            };
            if (self.objective.sign() * here.value).to_bits() != best.value.to_bits() {
                let text = "the search's own figure of its best is not that of the scenario with these values";
                return Err(Error::ours(format!("{text}: {} and {}", best.value, here.value)));
            }
            let (hashes, reached) = (ready[i + 1].1.clone(), reached(i + 1));
            let parts = parts(&self.objective, &self.weights, &outside[0], &outside[i + 1]);
            out.best.push(Judged { way, point: best.point, hashes, inside: here, outside: there, reached, parts });
        }
        Ok(out)
    }
}
