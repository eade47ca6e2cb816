//! Score: a batch taken as a forecast and held against what happened, question by question.
//!
//! Yes or no: the Brier score `(p - y)^2` and the log score `-ln p(what happened)`. Numbers: the continuous ranked
//! probability score (CRPS) `int (F(x) - [x >= y])^2 dx` and whether the middle 80 % held the answer. Ordered levels:
//! the ranked probability score (RPS), the mean squared distance of cumulated shares. Less is better everywhere. Each
//! stands beside a base rate's and, where there is one, beside that of a forecast that knows nothing (p = .5, or
//! levels alike). One history is one draw: a good score of one story proves little, and nothing is tuned on it.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::bound::{Bound, Calendar, Wanted};
use super::diary::Diary;
use super::measures::names;
use super::outer::{Again, Outer, Sum, outer};
use super::scores::{brier, crps, crps_normal, log_score, rps};
use crate::batch::histogram::Histogram;
use crate::batch::play::{Plan, Watch, World, crew};
use crate::error::Error;
use crate::expression::{Expression, Kind, parse};
use crate::notation::Code;
use crate::record::registry::registry;
use crate::units::Share;
use crate::world::setup::Setup;
use crate::world::worlds;

/// A file of questions.
#[derive(Debug, Clone, PartialEq, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Questions {
    /// The file format: always "summitry.questions/1".
    pub schema: String,
    /// One line that says what is asked.
    pub title: String,
    /// A paragraph for the reader: where the answers come from.
    #[serde(default)]
    pub about: String,
    /// The questions.
    pub questions: Vec<Question>,
}

/// A dated question with its answer.
#[derive(Debug, Clone, PartialEq, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its name, once in the file.
    pub id: String,
    /// The group it is told with; keep one unit a group where numbers are asked for.
    pub group: String,
    /// The question in words.
    #[serde(default)]
    pub asks: String,
    /// The question as an expression.
    pub expression: String,
    /// What kind of answer there is, the answer, and the base rate it is measured against.
    pub answer: Resolution,
    /// Where the answer is from.
    #[serde(default)]
    pub source: String,
    /// How much it counts in its group.
    #[serde(default = "one")]
    pub weight: f64,
}

fn one() -> f64 {
    1.0
}

/// How a question was resolved, in the words of forecasters.
#[derive(Debug, Clone, PartialEq, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub enum Resolution {
    /// Yes or no.
    Binary {
        /// Whether it happened.
        happened: bool,
        /// How often such things happen.
        base_rate: Share,
    },
    /// A number or a date.
    Numeric {
        /// What it came to.
        came_to: Value,
        /// The middle of what one would say without a model.
        base_median: Value,
        /// The standard deviation of what one would say; a point where left out.
        #[serde(default)]
        base_spread: f64,
    },
    /// One of some levels in order.
    Ordered {
        /// The levels, lowest first; each but the last says below which number it ends.
        levels: Vec<Level>,
        /// The level it came to.
        came_to: String,
        /// How often each comes; alike where left out.
        #[serde(default)]
        base_rates: Vec<Share>,
    },
}

/// A number, or a date as text.
#[derive(Debug, Clone, PartialEq, Deserialize, schemars::JsonSchema)]
#[serde(untagged)]
pub enum Value {
    /// A number.
    Number(f64),
    /// A date.
    Day(String),
}

/// A level of an ordered answer.
#[derive(Debug, Clone, PartialEq, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// What it is called.
    pub name: String,
    /// It holds what lies below this, and not in a lower level; everything else where left out.
    #[serde(default)]
    pub below: Option<f64>,
}

/// Something wrong in a file of questions: the path of the field, and what.
pub type Wrong = (String, String);

/// Questions that a scenario can answer, and those it cannot.
#[derive(Debug, Clone)]
pub struct Asked {
    wanted: Wanted,
    calendar: Calendar,
    /// What can be scored, in the file's order.
    pub can: Vec<Ready>,
    /// What cannot, and why.
    pub cannot: Vec<(Question, String)>,
}

/// A question bound to a scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Ready {
    /// As it was asked.
    pub question: Question,
    /// What its expression comes to.
    pub kind: Kind,
    bound: Bound,
    truth: Truth,
}

/// An answer in numbers.
#[derive(Debug, Clone, PartialEq)]
enum Truth {
    YesNo { happened: bool, base: f64 },
    Number { came_to: f64, median: f64, spread: f64 },
    Level { ends: Vec<f64>, came_to: usize, base: Vec<f64> },
}

impl Asked {
    /// Reads and binds the questions; every problem of the file is told at once.
    pub fn of(setup: &Setup, file: &Questions) -> Result<Asked, Vec<Wrong>> {
        let mut wrong = vec![];
        if file.schema != "summitry.questions/1" {
            wrong.push(("schema".into(), "a file of questions says schema: \"summitry.questions/1\"".into()));
        }
        let Some(calendar) = Calendar::of(setup) else {
            return Err(vec![("".into(), "the scenario has no dates: give its clock a `start`".into())]);
        };
        let mut out = Asked { wanted: Wanted::of(setup).strict(), calendar, can: vec![], cannot: vec![] };
        let measures: Vec<_> = registry(setup).into_iter().map(|(measure, _)| measure).collect();
        let names = names(&measures);
        for (i, question) in file.questions.iter().enumerate() {
            let path = |field: &str| format!("questions.{i}.{field}");
            if file.questions[..i].iter().any(|q| q.id == question.id) {
                wrong.push((path("id"), format!("there are two questions `{}`", question.id)));
            }
            if !(question.weight.is_finite() && question.weight >= 0.0) {
                wrong.push((path("weight"), "a weight is a number from 0".into()));
            }
            let (e, kind) = match parse(&question.expression, &names) {
                Ok(read) => read,
                Err(fault) if fault.lacks => {
                    out.cannot.push((question.clone(), fault.text));
                    continue;
                }
                Err(fault) => {
                    wrong.push((path("expression"), fault.told()));
                    continue;
                }
            };
            if let Err((field, text)) = fits(&question.answer, kind) {
                wrong.push((path(field), text));
                continue;
            }
            match out.bind(setup, question, &e) {
                Ok((bound, truth)) => out.can.push(Ready { question: question.clone(), kind, bound, truth }),
                Err(lacks) => out.cannot.push((question.clone(), lacks.to_string())),
            }
        }
        if wrong.is_empty() { Ok(out) } else { Err(wrong) }
    }

    /// The dates of the scenario.
    pub fn calendar(&self) -> Calendar {
        self.calendar
    }

    fn bind(&mut self, setup: &Setup, question: &Question, e: &Expression) -> Result<(Bound, Truth), Error> {
        let bound = self.wanted.bind(setup, e)?;
        let number = |value: &Value| match value {
            Value::Number(x) => Ok(*x),
            Value::Day(text) => {
                let day = text.parse().map_err(|_| Error::of(Code::OutOfRange, format!("there is no day {text}")))?;
                let calendar = self.calendar;
                calendar.round(day).map(|r| calendar.day(r))
            }
        };
        let truth = match &question.answer {
            Resolution::Binary { happened, base_rate } => Truth::YesNo { happened: *happened, base: base_rate.get() },
            Resolution::Numeric { came_to, base_median, base_spread } => {
                Truth::Number { came_to: number(came_to)?, median: number(base_median)?, spread: *base_spread }
            }
            Resolution::Ordered { levels, came_to, base_rates } => {
                let n = levels.len();
                let sum: f64 = base_rates.iter().map(|r| r.get()).sum();
                let base = if base_rates.is_empty() {
                    vec![1.0 / n as f64; n]
                } else {
                    base_rates.iter().map(|r| r.get() / sum).collect()
                };
                let came_to = levels.iter().position(|l| l.name == *came_to).unwrap_or(0);
                let ends = levels.iter().map(|l| l.below.unwrap_or(f64::INFINITY)).collect();
                Truth::Level { ends, came_to, base }
            }
        };
        Ok((bound, truth))
    }
}

/// Whether an answer fits what its expression comes to; if not, which field is wrong and why.
fn fits(answer: &Resolution, kind: Kind) -> Result<(), (&'static str, String)> {
    let not = |field, text: &str| Err((field, text.to_string()));
    match answer {
        Resolution::Binary { .. } if kind != Kind::YesNo => {
            not("expression", "a Binary question asks a yes or no: compare this with something")
        }
        Resolution::Numeric { .. } if kind == Kind::YesNo => {
            not("expression", "a Numeric question asks for a number or a date")
        }
        Resolution::Numeric { came_to, base_median, base_spread } => {
            for value in [came_to, base_median] {
                match value {
                    Value::Number(_) if kind == Kind::Day => {
                        return not("answer", "this asks for a date: \"2019-05-10\"");
                    }
                    Value::Day(_) if kind == Kind::Number => {
                        return not("answer", "this asks for a number, not a date");
                    }
                    Value::Day(text) if text.parse::<jiff::civil::Date>().is_err() => {
                        return Err(("answer", format!("there is no day {text}")));
                    }
                    _ => {}
                }
            }
            if *base_spread >= 0.0 && base_spread.is_finite() {
                Ok(())
            } else {
                not("answer", "a spread is a number from 0")
            }
        }
        Resolution::Ordered { .. } if kind != Kind::Number => {
            not("expression", "an Ordered question asks for a number")
        }
        Resolution::Ordered { levels, came_to, base_rates } => {
            let ends: Vec<Option<f64>> = levels.iter().map(|l| l.below).collect();
            let rising = ends.windows(2).all(|w| match (w[0], w[1]) {
                (Some(a), Some(b)) => a < b,
                (a, _) => a.is_some(),
            });
            if levels.len() < 2 {
                not("answer", "two levels at least are needed")
            } else if !rising || ends.last() != Some(&None) {
                not("answer", "each level but the last says `below`, each higher than the one before")
            } else if levels.iter().all(|l| l.name != *came_to) {
                Err(("answer", format!("no level is called `{came_to}`")))
            } else if !base_rates.is_empty() && base_rates.len() != levels.len() {
                not("answer", "give a base rate for each level, or none")
            } else if !base_rates.is_empty() && base_rates.iter().all(|r| r.get() == 0.0) {
                not("answer", "base rates are not all 0")
            } else {
                Ok(())
            }
        }
        Resolution::Binary { .. } => Ok(()),
    }
}

/// What the batch says of one question.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tally {
    /// Games with a yes; games at each level.
    counts: Vec<u64>,
    /// The numbers.
    numbers: Histogram,
    /// Games that have a case.
    cases: u64,
    /// Of a yes or no, the same by world where something is unknown: cases, and those with a yes.
    worlds: BTreeMap<u64, (u64, u64)>,
}

impl Tally {
    fn new(truth: &Truth) -> Tally {
        let counts = match truth {
            Truth::YesNo { .. } => 2,
            Truth::Number { .. } => 0,
            Truth::Level { ends, .. } => ends.len(),
        };
        Tally { counts: vec![0; counts], ..Default::default() }
    }
    fn add(&mut self, truth: &Truth, x: f64) -> Result<(), f64> {
        if x.is_nan() {
            return Ok(());
        }
        self.cases += 1;
        match truth {
            Truth::YesNo { .. } => self.counts[usize::from(x > 0.0)] += 1,
            Truth::Number { .. } => {
                self.numbers.add(x)?;
            }
            Truth::Level { ends, .. } => {
                let level = ends.iter().position(|end| x < *end).unwrap_or(ends.len() - 1);
                self.counts[level] += 1;
            }
        }
        Ok(())
    }
    /// Notes an answer by the world of its game.
    fn note(&mut self, world: u64, truth: &Truth, x: f64) {
        if !x.is_nan() && matches!(truth, Truth::YesNo { .. }) {
            let (cases, yes) = self.worlds.entry(world).or_default();
            (*cases, *yes) = (*cases + 1, *yes + u64::from(x > 0.0));
        }
    }
    /// What nobody knows of a yes.
    fn outer(&self) -> Option<Outer> {
        let sums: Vec<Sum> = self.worlds.values().map(|(n, yes)| Sum { n: *n as f64, sum: *yes as f64 }).collect();
        outer(&sums, sums.iter().map(|w| w.sum).sum(), &Again::of(sums.len()))
    }
    fn merge(&mut self, other: &Tally) {
        self.cases += other.cases;
        for (world, (cases, yes)) in &other.worlds {
            let own = self.worlds.entry(*world).or_default();
            *own = (own.0 + cases, own.1 + yes);
        }
        self.counts.iter_mut().zip(&other.counts).for_each(|(a, b)| *a += b);
        self.numbers.merge(&other.numbers);
    }
}

/// One score, beside the base rate's and, where there is one, that of knowing nothing.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Beside {
    /// Of the batch.
    pub forecast: f64,
    /// Of the base rate.
    pub base: f64,
    /// Of p = .5, or of levels alike; none for numbers.
    pub even: Option<f64>,
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

/// What a batch came to.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Scored.
    pub scored: Vec<Scored>,
    /// Not answered, and why.
    pub unanswered: Vec<(Question, String)>,
    /// Games played.
    pub games: u64,
}

/// Plays a plan and scores the questions.
pub fn score(setup: &Setup, asked: &Asked, plan: &Plan, watch: &Watch) -> Result<Outcome, Error> {
    let fresh = || asked.can.iter().map(|q| Tally::new(&q.truth)).collect::<Vec<_>>();
    let parts = crew(&plan.of([setup].into_iter()), watch, |turns| {
        let (mut pace, mut world) = (turns.pace(), World::default());
        let (mut mine, mut played, mut diary) = (fresh(), 0, Diary::default());
        while let Some((first, n)) = turns.take(pace.size) {
            let games = world.of(setup, pace.size);
            pace.timed(|| {
                games.load(plan.key, first);
                diary.keep(games, &asked.wanted);
            });
            for (tally, q) in mine.iter_mut().zip(&asked.can) {
                for g in 0..n {
                    let x = match q.truth {
                        Truth::Number { .. } => diary.number(&asked.wanted, &q.bound, g),
                        _ => diary.answer(&asked.wanted, &q.bound, g),
                    };
                    if setup.unknowns.is_some() {
                        tally.note(worlds::of_game(first), &q.truth, x);
                    }
                    tally.add(&q.truth, x).map_err(|x| {
                        let game = first + g as u64;
                        let id = &q.question.id;
                        let text = format!("question `{id}` comes to {x} in game {game}, which cannot be summed");
                        Error::of(Code::OutOfRange, text)
                    })?;
                }
            }
            played += n as u64;
            watch.done.fetch_add(n as u64, std::sync::atomic::Ordering::Relaxed);
        }
        Ok((mine, played))
    })?;
    let (mut tallies, mut games) = (fresh(), 0);
    for (part, played) in parts {
        tallies.iter_mut().zip(&part).for_each(|(a, b)| a.merge(b));
        games += played;
    }
    let (mut scored, mut unanswered) = (vec![], asked.cannot.clone());
    for (q, tally) in asked.can.iter().zip(&tallies) {
        match scored_one(q, tally) {
            Some(one) => scored.push(one),
            None => unanswered.push((q.question.clone(), "no game had a case".into())),
        }
    }
    Ok(Outcome { scored, unanswered, games })
}

fn scored_one(q: &Ready, tally: &Tally) -> Option<Scored> {
    if tally.cases == 0 {
        return None;
    }
    let n = tally.cases as f64;
    let mut out = Scored {
        question: q.question.clone(),
        kind: q.kind,
        cases: tally.cases,
        forecast: Forecast::Chance(0.0),
        unknown: tally.outer(),
        brier: None,
        log: None,
        crps: None,
        rps: None,
        held: None,
    };
    match &q.truth {
        Truth::YesNo { happened, base } => {
            let p = tally.counts[1] as f64 / n;
            out.forecast = Forecast::Chance(p);
            out.brier = Some(Beside { forecast: brier(p, *happened), base: brier(*base, *happened), even: Some(0.25) });
            // Never quite sure: half a game either way.
            let sure = (p * n + 0.5) / (n + 1.0);
            let even = Some(log_score(0.5, *happened));
            out.log = Some(Beside { forecast: log_score(sure, *happened), base: log_score(*base, *happened), even });
        }
        Truth::Number { came_to, median, spread } => {
            let at = |share: f64| tally.numbers.quantile(share).unwrap_or(f64::NAN);
            let points = [0.1, 0.5, 0.9].map(at);
            out.forecast = Forecast::Number(points, *came_to);
            let base = crps_normal(*median, *spread, *came_to);
            out.crps = Some(Beside { forecast: crps(&tally.numbers, *came_to), base, even: None });
            let base_held = (came_to - median).abs() <= 1.281_551_565_544_600_4 * spread;
            out.held = Some((points[0] <= *came_to && *came_to <= points[2], base_held));
        }
        Truth::Level { came_to, base, .. } => {
            let p: Vec<f64> = tally.counts.iter().map(|c| *c as f64 / n).collect();
            let even = vec![1.0 / p.len() as f64; p.len()];
            let score = |p: &[f64]| rps(p, *came_to);
            out.rps = Some(Beside { forecast: score(&p), base: score(base), even: Some(score(&even)) });
            out.forecast = Forecast::Levels(p);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::game::testing::stockholm;
    use crate::scenario::file_kind::QUESTIONS;
    use crate::scenario::load::load_file;

    fn near(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-9, "{a} {b}");
    }

    fn file(questions: &str) -> Questions {
        let text = format!("(schema: \"summitry.questions/1\", title: \"t\", questions: [{questions}])");
        let read = load_file::<Questions>(&QUESTIONS, "q", &|_| Ok(text.clone()));
        read.unwrap_or_else(|problems| panic!("{problems}")).0.expect("questions")
    }

    #[test]
    fn a_batch_is_scored_and_what_it_lacks_is_listed() {
        let setup = stockholm();
        let file = file(
            r#"
            (id: "deal", group: "a", expression: "count(deal) >= 1", answer: Binary(happened: true, base_rate: 0.4)),
            (id: "when", group: "b", expression: "first(deal)", answer: Numeric(came_to: "2025-10-27", base_median: "2025-11-10", base_spread: 30)),
            (id: "tariff", group: "c", expression: "lever.us_tariff at 2025-12-01", answer: Numeric(came_to: 40, base_median: 40)),
            (id: "how often", group: "a", expression: "count(extension)", answer: Ordered(levels: [(name: "never", below: 1), (name: "once", below: 2), (name: "more")], came_to: "once")),
            (id: "soy", group: "a", expression: "lever.soybeans at 2025-12-01 > 1", answer: Binary(happened: true, base_rate: 0.5)),
            (id: "late", group: "a", expression: "lever.us_tariff at 2029-12-01 > 1", answer: Binary(happened: true, base_rate: 0.5)),
            "#,
        );
        let asked = Asked::of(&setup, &file).unwrap();
        let plan = |threads| Plan::new(3, 1500).threads(threads);
        let out = score(&setup, &asked, &plan(1), &Watch::default()).unwrap();
        let again = score(&setup, &asked, &plan(2), &Watch::default()).unwrap();
        assert_eq!(out.scored, again.scored);
        assert_eq!(out.unanswered.iter().map(|(q, _)| q.id.as_str()).collect::<Vec<_>>(), ["soy", "late"]);
        let Forecast::Chance(p) = out.scored[0].forecast else { panic!() };
        assert!(0.4 < p && p < 0.8);
        near(out.scored[0].brier.unwrap().forecast, (1.0 - p) * (1.0 - p));
        near(out.scored[0].brier.unwrap().base, 0.36);
        assert!(out.scored[1].crps.unwrap().forecast > 0.0 && out.scored[1].held.is_some());
        let Forecast::Levels(levels) = &out.scored[3].forecast else { panic!() };
        near(levels.iter().sum(), 1.0);
        assert!(levels.iter().all(|p| *p > 0.0));
    }

    #[test]
    fn every_problem_is_told_with_its_field() {
        let setup = stockholm();
        let file = file(
            r#"
            (id: "a", group: "g", expression: "count(deal", answer: Binary(happened: true, base_rate: 0.5)),
            (id: "a", group: "g", expression: "count(deal)", answer: Binary(happened: true, base_rate: 0.5)),
            (id: "b", group: "g", expression: "first(deal)", answer: Numeric(came_to: 3, base_median: 3)),
            (id: "c", group: "g", expression: "count(deal)", answer: Ordered(levels: [(name: "x"), (name: "y")], came_to: "x")),
            "#,
        );
        let wrong = Asked::of(&setup, &file).unwrap_err();
        let told: Vec<(&str, &str)> = wrong.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        assert_eq!(
            told,
            [
                ("questions.0.expression", "at character 11 of this expression: `)` is needed here, found the end"),
                ("questions.1.id", "there are two questions `a`"),
                ("questions.1.expression", "a Binary question asks a yes or no: compare this with something"),
                ("questions.2.answer", "this asks for a date: \"2019-05-10\""),
                ("questions.3.answer", "each level but the last says `below`, each higher than the one before"),
            ]
        );
    }
}
