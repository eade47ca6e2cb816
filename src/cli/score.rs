//! `score`: how good a forecast is a batch of what happened?

use serde_json::{Map, Value, json};

use super::common::{ManyArgs, count, ready};
use super::failure::{Exit, Failure};
use super::study::ask;
use crate::disk;
use crate::expression::Kind;
use crate::report::document::Report;
use crate::report::heading::{Heading, extend};
use crate::report::text::{TextTable, count as count_of, cut, number};
use crate::scenario::file_kind::QUESTIONS;
use crate::scenario::load;
use crate::studies::bound::Calendar;
use crate::studies::score::{Asked, Beside, Forecast, Outcome, Questions, Resolution, Scored, score};

/// How good a forecast is a batch of what happened? Brier, log, CRPS, RPS and coverage beside a base rate.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file of questions: dated, with answers; docs/questions.md says how they are asked
    questions: String,
    /// The scenario file
    scenario: String,
    /// Change a field before the games, for instance --set parties.us.goal.patience=0.96; may be repeated
    #[arg(long = "set", value_name = "PATH=VALUE")]
    sets: Vec<String>,
    /// How many games, such as 10_000 or 1e5
    #[arg(long, default_value = "10_000", value_parser = count, allow_hyphen_values = true)]
    games: u64,
    #[command(flatten)]
    many: ManyArgs,
}

/// Runs it.
pub fn run(args: Args) -> Result<Exit, Failure> {
    let name = disk::with_shelf(&args.questions);
    let (file, loaded, unread) = load::load_file::<Questions>(&QUESTIONS, &name, &disk::open)?;
    let Some(file) = file else { return Err(loaded.wrong(unread).into()) };
    let ready = ready(&args.scenario, &args.sets)?;
    let asked = match Asked::of(&ready.setup, &file) {
        Ok(asked) if unread.is_empty() => asked,
        asked => return Err(load::with_faults(&loaded, unread, asked.err().unwrap_or_default()).into()),
    };
    let heading = args.many.heading(&args.scenario, &args.sets, ready.hash, args.games);
    let file = File { name: args.questions, title: file.title, calendar: asked.calendar() };
    ask(heading, &args.many, 1, |heading, plan, watch| {
        let outcome = score(&ready.setup, &asked, plan, watch)?;
        let report = Report::new(page(heading, &file, &outcome), document(heading, &file, &outcome));
        Ok(report.counted(heading, outcome.games))
    })
}

/// The file of questions, as far as it is told.
struct File {
    /// As it was given.
    name: String,
    title: String,
    /// The dates of the scenario.
    calendar: Calendar,
}

/// The scores of a group, by weight.
struct Group<'a> {
    name: String,
    questions: Vec<&'a Scored>,
}

fn groups(scored: &[Scored]) -> Vec<Group<'_>> {
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
            };
            (each.len(), mean)
        })
    }
    /// The same, where it is worth telling: numbers of several units have no mean worth reading.
    fn told(&self, score: &str, of: impl Fn(&Scored) -> Option<Beside>) -> Option<(usize, Beside)> {
        if self.name == "all" && score == "crps" { None } else { self.mean(of) }
    }
    /// How often the middle 80 % held the answer: the batch's, the base's, of so many.
    fn coverage(&self) -> Option<(f64, f64, usize)> {
        let held: Vec<(bool, bool)> = self.questions.iter().filter_map(|q| q.held).collect();
        let share = |pick: &dyn Fn(&(bool, bool)) -> bool| {
            held.iter().filter(|h| pick(h)).count() as f64 / held.len().max(1) as f64
        };
        (!held.is_empty()).then(|| (share(&|h| h.0), share(&|h| h.1), held.len()))
    }
}

/// A score by its name in tables and documents.
type Score = (&'static str, fn(&Scored) -> Option<Beside>);
const SCORES: [Score; 4] = [("brier", |q| q.brier), ("log", |q| q.log), ("crps", |q| q.crps), ("rps", |q| q.rps)];

fn beside(b: Beside) -> Map<String, Value> {
    let mut out = Map::new();
    out.insert("forecast".into(), json!(b.forecast));
    out.insert("base".into(), json!(b.base));
    if let Some(even) = b.even {
        out.insert("even".into(), json!(even));
    }
    out
}

/// As one JSON document.
fn document(heading: &Heading, asked: &File, outcome: &Outcome) -> Value {
    let groups: Vec<Value> = groups(&outcome.scored)
        .iter()
        .map(|g| {
            let mut out = json!({"group": g.name, "questions": g.questions.len()});
            for (name, of) in SCORES {
                if let Some((n, mean)) = g.told(name, of) {
                    let mut fields = beside(mean);
                    fields.insert("questions".into(), json!(n));
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
            "questions_file": asked.name, "title": asked.title, "games": outcome.games, "groups": groups,
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
        Forecast::Chance(p) => out["chance"] = json!(p),
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
    if let Some((forecast, base)) = q.held {
        out["held_80"] = json!({"forecast": forecast, "base": base});
    }
    out
}

/// On one screen.
fn page(heading: &Heading, asked: &File, outcome: &Outcome) -> String {
    let games = count_of(outcome.games, "game");
    let mut out = format!(
        "{}\n{games} of {}, seed {}, as a forecast; less is better, and one history is one draw\n\n",
        asked.title, heading.scenario, heading.seed
    );
    let mut table = TextTable::new(&[1]);
    table.row(["group", "score", "questions", "forecast", "base rate", "p = .5"]);
    for g in &groups(&outcome.scored) {
        let mut name = g.name.clone();
        for (score, of) in SCORES {
            if let Some((n, b)) = g.told(score, of) {
                let even = b.even.map_or(String::new(), three);
                table.row([
                    std::mem::take(&mut name),
                    label(score).into(),
                    n.to_string(),
                    three(b.forecast),
                    three(b.base),
                    even,
                ]);
            }
        }
        if let Some((forecast, base, n)) = g.coverage() {
            let whole = |share: f64| format!("{:.0} %", 100.0 * share);
            let row = [name, "80 % held".into(), n.to_string(), whole(forecast), whole(base), String::new()];
            table.row(row);
        }
    }
    out.push_str(&table.lines());
    out.push_str("\nQuestion by question\n");
    let mut table = TextTable::new(&[1]);
    table.row(["question", "what happened", "forecast", "score", "base rate"]);
    for q in &outcome.scored {
        let (happened, forecast) = told(&asked.calendar, q);
        let b = q.brier.or(q.crps).or(q.rps).unwrap_or_default();
        table.row([cut(&q.question.id, 36), happened, forecast, three(b.forecast), three(b.base)]);
    }
    out.push_str(&table.lines());
    if !outcome.unanswered.is_empty() {
        out.push_str("\nNot answered, and not scored\n");
        for (q, why) in &outcome.unanswered {
            out.push_str(&format!("  {}: {why}\n", q.id));
        }
    }
    out
}

fn label(score: &str) -> &'static str {
    match score {
        "brier" => "Brier",
        "log" => "log",
        "crps" => "CRPS",
        _ => "RPS",
    }
}

fn three(x: f64) -> String {
    if x.abs() < 10.0 { format!("{x:.3}") } else { number(x, 4) }
}

fn told(calendar: &Calendar, q: &Scored) -> (String, String) {
    let day = |x: f64| calendar.date(x).strftime("%-d %b %Y").to_string();
    let value = |x: f64| if q.kind == Kind::Day { day(x) } else { number(x, 3) };
    match (&q.forecast, &q.question.answer) {
        (Forecast::Chance(p), Resolution::Binary { happened, .. }) => {
            (if *happened { "yes" } else { "no" }.into(), format!("{:.0} %", 100.0 * p))
        }
        (Forecast::Number([low, middle, high], came_to), _) => {
            (value(*came_to), format!("{} ({} to {})", value(*middle), value(*low), value(*high)))
        }
        (Forecast::Levels(p), Resolution::Ordered { levels, came_to, .. }) => {
            let each: Vec<String> =
                levels.iter().zip(p).map(|(l, p)| format!("{} {:.0} %", l.name, 100.0 * p)).collect();
            (came_to.clone(), each.join(", "))
        }
        _ => Default::default(),
    }
}
