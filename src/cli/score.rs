//! `score`: how good a forecast is a batch of what happened?

use super::bundle::{BundleArgs, Kept};
use super::common::{ManyArgs, count, ready};
use super::failure::{Exit, Failure};
use super::study::ask;
use crate::batch::play::{Plan, Watch};
use crate::batch::summary::Share;
use crate::expression::Kind;
use crate::front::score::questions;
use crate::report::document::Report;
use crate::report::heading::Heading;
use crate::report::precision;
use crate::report::score::{File, SCORES, document, groups};
use crate::report::sheet::Sheet;
use crate::report::table::TextTable;
use crate::report::text::{count as count_of, cut, number};
use crate::report::unknown;
use crate::studies::bound::Calendar;
use crate::studies::questions::Resolution;
use crate::studies::score::{Outcome, score};
use crate::studies::scored::{Beside, Forecast, Scored};

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
    #[command(flatten)]
    bundle: BundleArgs,
}

/// Runs it.
pub fn run(args: Args) -> Result<Exit, Failure> {
    args.bundle.room()?;
    args.bundle.holds(Some("`score` reads questions beside it"))?;
    let ready = ready(&args.scenario, &args.sets)?;
    let (asked, file) = questions(&ready, &args.questions)?;
    let heading = args.many.heading(&args.scenario, &args.sets, ready.hash.clone(), args.games);
    let play = |heading: &Heading, plan: &Plan, watch: &Watch| {
        let outcome = score(&ready.setup, &asked, plan, watch)?;
        let report = Report::new(page(heading, &file, &outcome), document(heading, &file, &outcome));
        Ok(report.counted(heading, outcome.games))
    };
    ask(heading, &args.many, 1, play, |report, seed| {
        args.bundle.keep(&[Kept::ready(&args.scenario, &ready)], report, seed)
    })
}

/// On one screen.
fn page(heading: &Heading, asked: &File, outcome: &Outcome) -> Sheet {
    let games = count_of(outcome.games, "game");
    let mut out = Sheet::from(format!(
        "{}\n{games} of {}, seed {}, as a forecast; less is better, and one history is one draw\n\n",
        asked.title, heading.scenario, heading.seed
    ));
    let mut table = TextTable::new(&[1]);
    table.row(["group", "score", "questions", "forecast", "base rate", "no change", "p = .5"]);
    for g in &groups(&outcome.scored) {
        let mut name = g.name.clone();
        for (score, of) in SCORES {
            if let Some((n, b)) = g.told(score, of) {
                let [still, even] = [b.still, b.even].map(|x| x.map_or(String::new(), three));
                table.row([
                    std::mem::take(&mut name),
                    label(score).into(),
                    n.to_string(),
                    three(b.forecast),
                    three(b.base),
                    still,
                    even,
                ]);
            }
        }
        if let Some((forecast, base, n)) = g.coverage() {
            let whole = |share: f64| format!("{:.0} %", 100.0 * share);
            let row =
                [name, "80 % held".into(), n.to_string(), whole(forecast), whole(base), String::new(), String::new()];
            table.row(row);
        }
    }
    out.table(table);
    out.push_str(&paired(&outcome.scored));
    out.push_str("\nQuestion by question\n");
    let by_world = outcome.scored.iter().any(|q| q.unknown.is_some());
    let mut table = TextTable::new(&[1]).spare(&[3]);
    let heads = ["question", "what happened", "forecast", "80 % of games", "score", "base rate"];
    table.row(heads.into_iter().chain(by_world.then_some("not known")));
    for q in &outcome.scored {
        let (happened, forecast, most) = told(&asked.calendar, q);
        let b = q.brier.or(q.crps).or(q.rps).unwrap_or_default();
        let cells = [cut(&q.question.id, 36), happened, forecast, most, three(b.forecast), three(b.base)];
        let range = || q.unknown.as_ref().map_or("-".into(), |outer| format!("{} %", unknown::range(outer, 100.0)));
        table.row(cells.into_iter().chain(by_world.then(range)));
    }
    out.table(table);
    if !outcome.unanswered.is_empty() {
        out.push_str("\nNot answered, and not scored\n");
        for (q, why) in &outcome.unanswered {
            out.push_str(&format!("  {}: {why}\n", q.id));
        }
    }
    out.push_str(&format!(
        "\nRegistered as questions {} and scenario {}: written down beforehand, these two show that\nneither was changed after.\n",
        asked.hash, heading.hash
    ));
    let chances = |q: &Scored| match &q.forecast {
        Forecast::Chance(p) => vec![*p],
        Forecast::Levels(p) => p.clone(),
        Forecast::Number(..) => vec![],
    };
    let share = |p: f64, n: u64| Share::of((p * n as f64).round() as u64, n);
    let shares = outcome.scored.iter().flat_map(|q| chances(q).into_iter().map(move |p| share(p, q.cases)));
    let line = precision::line(shares, outcome.games, "game");
    if by_world {
        out.push_str("\nForecasts are over all worlds. Not known: where 9 of 10 worlds have the chance of a yes, luck taken off.\n");
    } else if !line.is_empty() {
        out.push_str(&format!("\n{line}"));
    }
    out
}

/// How sure it is that the forecast does better than the base rate: over the same questions, each score of the last group.
fn paired(scored: &[Scored]) -> String {
    let all = groups(scored);
    let Some(last) = all.last() else { return String::new() };
    let line = |(name, of): (&str, fn(&Scored) -> Option<Beside>)| {
        let (difference, half, n) = last.less_base(name, of)?;
        let known = if difference.abs() <= half { ", which may be chance" } else { "" };
        let side = if difference <= 0.0 { "below" } else { "above" };
        let (difference, half) = (three(difference.abs()), three(half));
        let label = label(name);
        Some(format!("{label}: {difference} {side} the base rate's, ± {half} (95 %, {n} questions){known}\n"))
    };
    let lines: String = SCORES.into_iter().filter_map(line).collect();
    if lines.is_empty() { lines } else { format!("\n{lines}") }
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

/// What happened, what was forecast, and between what 80 % of the games lie.
fn told(calendar: &Calendar, q: &Scored) -> (String, String, String) {
    let day = |x: f64| calendar.date(x).strftime("%-d %b %Y").to_string();
    let value = |x: f64| if q.kind == Kind::Day { day(x) } else { number(x, 3) };
    match (&q.forecast, &q.question.answer) {
        (Forecast::Chance(p), Resolution::Binary { happened, .. }) => {
            (if *happened { "yes" } else { "no" }.into(), format!("{:.0} %", 100.0 * p), String::new())
        }
        (Forecast::Number([low, middle, high], came_to), _) => {
            (value(*came_to), value(*middle), format!("{} to {}", value(*low), value(*high)))
        }
        (Forecast::Levels(p), Resolution::Ordered { levels, came_to, .. }) => {
            let chance = levels.iter().zip(p).find(|(level, _)| level.name == *came_to).map_or(0.0, |(_, p)| *p);
            (came_to.clone(), format!("{:.0} % for that", 100.0 * chance), String::new())
        }
        _ => Default::default(),
    }
}
