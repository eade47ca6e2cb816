//! A question scored: what was forecast, and how far that lay from what came, beside what others would have said.

use super::outer::Outer;
use super::questions::Question;
use super::scores::{brier, crps, crps_normal, log_score, rps};
use super::tally::{Tally, Truth, level_of};
use crate::expression::Kind;

/// One score, beside the base rate's and, where there is one, that of knowing nothing.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Beside {
    /// Of the batch.
    pub forecast: f64,
    /// Of the base rate.
    pub base: f64,
    /// Of p = .5, or of levels alike; none for numbers.
    pub even: Option<f64>,
    /// Of saying that nothing changes: levers stay, nothing happens; none where that has no case.
    pub still: Option<f64>,
}

/// A question scored.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    /// The question.
    pub question: Question,
    /// What it asks for.
    pub kind: Kind,
    /// Games that had a case.
    pub cases: u64,
    /// What was forecast.
    pub forecast: Forecast,
    /// What nobody knows of the chance of a yes, where something is unknown.
    pub unknown: Option<Outer>,
    /// Brier score.
    pub brier: Option<Beside>,
    /// Log score.
    pub log: Option<Beside>,
    /// CRPS.
    pub crps: Option<Beside>,
    /// RPS.
    pub rps: Option<Beside>,
    /// Which share of the forecast lies below what it came to (probability integral transform); of numbers.
    pub pit: Option<f64>,
    /// Whether the middle 80 % held the answer: the batch's, the base's.
    pub held: Option<(bool, bool)>,
}

/// A forecast.
#[derive(Debug, Clone, PartialEq)]
pub enum Forecast {
    /// The chance of a yes.
    Chance(f64),
    /// The 10 %, 50 % and 90 % points; the answer in the same count.
    Number([f64; 3], f64),
    /// The chance of each level.
    Levels(Vec<f64>),
}

/// Scores one question; `still` is its answer where nothing changes. None where no game had a case.
pub fn scored(question: &Question, kind: Kind, truth: &Truth, tally: &Tally, still: f64) -> Option<Scored> {
    if tally.cases == 0 {
        return None;
    }
    let n = tally.cases as f64;
    let mut out = Scored {
        question: question.clone(),
        kind,
        cases: tally.cases,
        forecast: Forecast::Chance(0.0),
        unknown: tally.outer(),
        brier: None,
        log: None,
        crps: None,
        rps: None,
        held: None,
        pit: None,
    };
    let still = Some(still).filter(|x| x.is_finite());
    match truth {
        Truth::YesNo { happened, base } => {
            let p = tally.counts[1] as f64 / n;
            out.forecast = Forecast::Chance(p);
            let nothing = still.map(|x| f64::from(u8::from(x > 0.0)));
            let still = nothing.map(|p| brier(p, *happened));
            let base_brier = brier(*base, *happened);
            out.brier = Some(Beside { forecast: brier(p, *happened), base: base_brier, even: Some(0.25), still });
            // Never quite sure: half a game either way.
            let sure = (p * n + 0.5) / (n + 1.0);
            let even = Some(log_score(0.5, *happened));
            let still = nothing.map(|p| log_score(p, *happened));
            let base = log_score(*base, *happened);
            out.log = Some(Beside { forecast: log_score(sure, *happened), base, even, still });
        }
        Truth::Number { came_to, median, spread } => {
            let at = |share: f64| tally.numbers.quantile(share).unwrap_or(f64::NAN);
            let points = [0.1, 0.5, 0.9].map(at);
            out.forecast = Forecast::Number(points, *came_to);
            let base = crps_normal(*median, *spread, *came_to);
            let still = still.map(|x| (x - came_to).abs());
            out.crps = Some(Beside { forecast: crps(&tally.numbers, *came_to), base, even: None, still });
            out.pit = Some(tally.numbers.share_below(*came_to));
            let base_held = (came_to - median).abs() <= 1.281_551_565_544_600_4 * spread;
            out.held = Some((points[0] <= *came_to && *came_to <= points[2], base_held));
        }
        Truth::Level { ends, came_to, base } => {
            let p: Vec<f64> = tally.counts.iter().map(|c| *c as f64 / n).collect();
            let even = vec![1.0 / p.len() as f64; p.len()];
            let score = |p: &[f64]| rps(p, *came_to);
            let still = still.map(|x| {
                let mut one = vec![0.0; ends.len()];
                one[level_of(ends, x)] = 1.0;
                score(&one)
            });
            out.rps = Some(Beside { forecast: score(&p), base: score(base), even: Some(score(&even)), still });
            out.forecast = Forecast::Levels(p);
        }
    }
    Some(out)
}
