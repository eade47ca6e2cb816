//! A forecast beside what happened: scores by group, as one JSON document.

use serde_json::{Map, Value, json};

use super::heading::{Heading, extend};
use super::unknown;
use crate::expression::Kind;
use crate::studies::bound::Calendar;
use crate::studies::score::Outcome;
use crate::studies::scored::{Beside, Forecast, Scored};
use crate::studies::scores::t_975;

/// The file of questions, as far as it is told.
pub struct File {
    /// As it was given.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// Its name in a register ([`crate::studies::questions::Questions::hash`]).
    pub hash: String,
    /// The dates of the scenario.
    pub calendar: Calendar,
}

/// The scores of a group, by weight.
pub struct Group<'a> {
    /// Its name; `all` for all of them.
    pub name: String,
    /// Its questions.
    pub questions: Vec<&'a Scored>,
}

/// The groups of some questions, in order; of several, all of them last.
pub fn groups(scored: &[Scored]) -> Vec<Group<'_>> {
    let mut out: Vec<Group> = vec![];
    for one in scored {
        match out.iter_mut().find(|g| g.name == one.question.group) {
            Some(group) => group.questions.push(one),
            None => out.push(Group { name: one.question.group.clone(), questions: vec![one] }),
        }
    }
    if out.len() > 1 {
        out.push(Group { name: "all".into(), questions: scored.iter().collect() });
    }
    out
}

impl Group<'_> {
    /// The weighted mean of a score over the questions that have it, and how many these are.
    fn mean(&self, of: impl Fn(&Scored) -> Option<Beside>) -> Option<(usize, Beside)> {
        let each: Vec<(f64, Beside)> =
            self.questions.iter().filter_map(|q| Some((q.question.weight, of(q)?))).filter(|(w, _)| *w > 0.0).collect();
        let sum: f64 = each.iter().map(|(w, _)| w).sum();
        let over = |pick: &dyn Fn(&Beside) -> f64| each.iter().map(|(w, b)| w * pick(b)).sum::<f64>() / sum;
        (!each.is_empty()).then(|| {
            let mean = Beside {
                forecast: over(&|b| b.forecast),
                base: over(&|b| b.base),
                even: each[0].1.even.map(|_| over(&|b| b.even.unwrap_or(0.0))),
                still: each.iter().all(|(_, b)| b.still.is_some()).then(|| over(&|b| b.still.unwrap_or(0.0))),
            };
            (each.len(), mean)
        })
    }
    /// How far the forecast's score lies from the base rate's on the same questions, half of its 95 % interval (Student), and
    /// how many questions; none of fewer than three.
    pub fn less_base(&self, score: &str, of: impl Fn(&Scored) -> Option<Beside>) -> Option<(f64, f64, usize)> {
        let (n, mean) = self.told(score, &of)?;
        if n < 3 {
            return None;
        }
        let difference = mean.forecast - mean.base;
        let (mut sum, mut squares) = (0.0, 0.0);
        for (w, b) in self.questions.iter().filter_map(|q| Some((q.question.weight, of(q)?))) {
            let d = b.forecast - b.base - difference;
            (sum, squares) = (sum + w, squares + w * w * d * d);
        }
        let n_f = n as f64;
        let error = (squares * n_f / (n_f - 1.0)).sqrt() / sum;
        Some((difference, t_975(n - 1) * error, n))
    }
    /// The same, where it is worth telling: numbers of several units have no mean worth reading.
    pub fn told(&self, score: &str, of: impl Fn(&Scored) -> Option<Beside>) -> Option<(usize, Beside)> {
        if self.name == "all" && score == "crps" { None } else { self.mean(of) }
    }
    /// How often the middle 80 % held the answer: the batch's, the base's, of so many.
    pub fn coverage(&self) -> Option<(f64, f64, usize)> {
        let held: Vec<(bool, bool)> = self.questions.iter().filter_map(|q| q.held).collect();
        let share = |pick: &dyn Fn(&(bool, bool)) -> bool| {
            held.iter().filter(|h| pick(h)).count() as f64 / held.len().max(1) as f64
        };
        (!held.is_empty()).then(|| (share(&|h| h.0), share(&|h| h.1), held.len()))
    }
}

/// A score by its name in tables and documents.
pub type Score = (&'static str, fn(&Scored) -> Option<Beside>);
/// All scores.
pub const SCORES: [Score; 4] = [("brier", |q| q.brier), ("log", |q| q.log), ("crps", |q| q.crps), ("rps", |q| q.rps)];

fn beside(b: Beside) -> Map<String, Value> {
    let mut out = Map::new();
    out.insert("forecast".into(), json!(b.forecast));
    out.insert("base".into(), json!(b.base));
    if let Some(even) = b.even {
        out.insert("even".into(), json!(even));
    }
    if let Some(still) = b.still {
        out.insert("still".into(), json!(still));
    }
    out
}

/// The scores of a forecast, as one JSON document.
pub fn document(heading: &Heading, asked: &File, outcome: &Outcome) -> Value {
    let groups: Vec<Value> = groups(&outcome.scored)
        .iter()
        .map(|g| {
            let mut out = json!({"group": g.name, "questions": g.questions.len()});
            for (name, of) in SCORES {
                if let Some((n, mean)) = g.told(name, of) {
                    let mut fields = beside(mean);
                    fields.insert("questions".into(), json!(n));
                    if let Some((difference, half, _)) = g.less_base(name, of) {
                        fields.insert("difference".into(), json!(difference));
                        fields.insert("difference_half".into(), json!(half));
                    }
                    out[name] = Value::Object(fields);
                }
            }
            if let Some((forecast, base, of)) = g.coverage() {
                out["coverage_80"] = json!({"forecast": forecast, "base": base, "of": of});
            }
            out
        })
        .collect();
    let questions: Vec<Value> = outcome.scored.iter().map(|q| one(&asked.calendar, q)).collect();
    let unanswered: Vec<Value> =
        outcome.unanswered.iter().map(|(q, why)| json!({"id": q.id, "group": q.group, "why": why})).collect();
    let mut out = heading.document("summitry.score/1");
    extend(
        &mut out,
        json!({
            "questions_file": asked.name, "questions_hash": asked.hash, "title": asked.title, "games": outcome.games, "groups": groups,
            "questions": questions, "unanswered": unanswered,
        }),
    );
    out
}

fn one(calendar: &Calendar, q: &Scored) -> Value {
    let value = |x: f64| match q.kind {
        Kind::Day => json!(calendar.date(x).to_string()),
        _ => json!(x),
    };
    let mut out = json!({
        "id": q.question.id, "group": q.question.group, "weight": q.question.weight, "games": q.cases,
        "expression": q.question.expression,
    });
    match &q.forecast {
        Forecast::Chance(p) => {
            out["chance"] = json!(p);
            if let Some(outer) = &q.unknown {
                out["unknown"] = unknown::of(outer);
            }
        }
        Forecast::Number([low, middle, high], came_to) => {
            out["p10"] = value(*low);
            out["p50"] = value(*middle);
            out["p90"] = value(*high);
            out["came_to"] = value(*came_to);
        }
        Forecast::Levels(p) => out["chances"] = json!(p),
    }
    for (name, of) in SCORES {
        if let Some(b) = of(q) {
            out[name] = Value::Object(beside(b));
        }
    }
    if let Some(pit) = q.pit {
        out["pit"] = json!(pit);
    }
    if let Some((forecast, base)) = q.held {
        out["held_80"] = json!({"forecast": forecast, "base": base});
    }
    out
}
