//! Score: a batch taken as a forecast and held against what happened, question by question.
//!
//! Yes or no: the Brier score `(p - y)^2` and the log score `-ln p(what happened)`. Numbers: the continuous ranked
//! probability score (CRPS) `int (F(x) - [x >= y])^2 dx` and whether the middle 80 % held the answer. Ordered levels:
//! the ranked probability score (RPS), the mean squared distance of cumulated shares. Less is better everywhere. Each
//! stands beside a base rate's and, where there is one, beside that of a forecast that knows nothing (p = .5, or
//! levels alike), and beside one that says nothing changes. One history is one draw: a good score of one story proves little, and nothing is tuned on it.

use super::bound::{Bound, Calendar, Wanted};
use super::diary::Diary;
use super::measures::names;
use super::questions::{Question, Questions, Resolution, Value, fits};
use super::scored::{Scored, scored};
use super::tally::{Tally, Truth};
use crate::batch::play::{Plan, Watch, World, crew};
use crate::error::Error;
use crate::expression::{Expression, Kind, parse};
use crate::notation::Code;
use crate::record::registry::registry;
use crate::world::setup::Setup;
use crate::world::worlds;

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
    let still = still(setup, asked, plan);
    let (mut out, mut unanswered) = (vec![], asked.cannot.clone());
    for ((q, tally), still) in asked.can.iter().zip(&tallies).zip(still) {
        match scored(&q.question, q.kind, &q.truth, tally, still) {
            Some(one) => out.push(one),
            None => unanswered.push((q.question.clone(), "no game had a case".into())),
        }
    }
    Ok(Outcome { scored: out, unanswered, games })
}

/// What each question comes to where nothing changes: every lever stays where the first game begins, and nothing happens.
fn still(setup: &Setup, asked: &Asked, plan: &Plan) -> Vec<f64> {
    let (mut world, mut diary) = (World::default(), Diary::default());
    let games = world.of(setup, 1);
    games.load(plan.key, 0);
    diary.keep_still(games, &asked.wanted);
    let answer = |q: &Ready| match q.truth {
        Truth::Number { .. } => diary.number(&asked.wanted, &q.bound, 0),
        _ => diary.answer(&asked.wanted, &q.bound, 0),
    };
    asked.can.iter().map(answer).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::game::testing::stockholm;
    use crate::scenario::file_kind::QUESTIONS;
    use crate::scenario::load::load_file;
    use crate::studies::scored::Forecast;

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

    #[test]
    fn saying_that_nothing_changes_is_scored_as_well() {
        let setup = stockholm();
        let file = file(
            r#"
            (id: "deal", group: "a", expression: "count(deal) >= 1", answer: Binary(happened: true, base_rate: 0.4)),
            (id: "kept", group: "a", expression: "count(lapse) == 0", answer: Binary(happened: true, base_rate: 0.4)),
            (id: "when", group: "b", expression: "first(deal)", answer: Numeric(came_to: "2025-10-27", base_median: "2025-11-10", base_spread: 30)),
            (id: "tariff", group: "c", expression: "lever.us_tariff at 2025-12-01", answer: Numeric(came_to: 31, base_median: 40)),
            (id: "how often", group: "a", expression: "count(extension)", answer: Ordered(levels: [(name: "never", below: 1), (name: "more")], came_to: "more")),
            (id: "share", group: "c", expression: "us.share", answer: Numeric(came_to: 0.5, base_median: 0.5)),
            "#,
        );
        let asked = Asked::of(&setup, &file).unwrap();
        let out = score(&setup, &asked, &Plan::new(3, 600), &Watch::default()).unwrap();
        let still = |i: usize| {
            let q = &out.scored[i];
            q.brier.or(q.crps).or(q.rps).unwrap().still
        };
        assert_eq!([still(0), still(1), still(3), still(4)], [Some(1.0), Some(0.0), Some(9.0), Some(1.0)]);
        assert!(still(2).unwrap() > 0.0, "no deal is taken for one on the day after the record");
        assert_eq!(still(5), None, "what is read at the end has no case where nothing is played");
        let tariff = &out.scored[3];
        let Forecast::Number(points, _) = tariff.forecast else { panic!() };
        assert_eq!(tariff.pit.unwrap() < 0.1, 31.0 < points[0], "it lies in the forecast where its quantiles say");
    }

    #[test]
    fn a_file_is_named_by_what_it_asks() {
        let asks = |rate: &str, said: &str| {
            let one = format!(
                "(id: \"a\", group: \"g\", {said} expression: \"count(deal) >= 1\", answer: Binary(happened: true, base_rate: {rate})),"
            );
            file(&one).hash()
        };
        let plain = asks("0.5", "");
        assert_eq!(plain, asks("0.50", "asks: \"in other words\", weight: 1,"));
        assert_ne!(plain, asks("0.6", ""));
    }
}
