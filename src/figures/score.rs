//! The model as a forecast: its scores beside a base rate, and how often what it gave a chance came true.

use serde_json::Value;

use super::{Names, items, number};
use crate::batch::summary::Share;
use crate::charts::{Bar, Bars, Chart, Count, Fill, Ink, Table, percent, said};

/// Chances are gathered in so many steps.
const STEPS: usize = 5;

/// The charts of a score.
pub fn charts(document: &Value, _: &Names) -> Vec<Chart> {
    let scores = [("brier", "Brier score"), ("rps", "ranked probability score")];
    let mut out: Vec<Chart> = scores.iter().filter_map(|(name, told)| beside(document, name, told)).collect();
    out.extend(numbers(document));
    out.extend(calibration(document));
    out.extend(within(document));
    out
}

/// Each group's score beside those of its rivals.
fn beside(document: &Value, name: &str, told: &str) -> Option<Chart> {
    let mut rows = vec![];
    let (mut won, mut of) = (0, 0);
    for group in items(&document["groups"]) {
        let Some(forecast) = number(&group[name]["forecast"]) else { continue };
        let which = group["group"].as_str().unwrap_or("all");
        let rivals = [
            ("the model", "forecast", 0),
            ("the base rate", "base", 1),
            ("nothing changes", "still", 3),
            ("a coin", "even", 5),
        ];
        for (rival, field, ink) in rivals {
            let Some(value) = number(&group[name][field]) else { continue };
            let fill = if field == "forecast" { Fill::Plain(Ink::other(ink)) } else { Fill::Tint(Ink::other(ink), 50) };
            rows.push(Bar { name: format!("{which}: {rival}"), value, inner: None, outer: None, fill });
        }
        of += 1;
        won += usize::from(number(&group[name]["base"]).is_some_and(|base| forecast < base));
    }
    if of == 0 {
        return None;
    }
    let title = match won {
        won if won == of => format!("The model beats the base rate in every group by its {told}"),
        0 => format!("The model beats the base rate in no group by its {told}"),
        won => format!("The model beats the base rate in {won} of {of} groups by its {told}"),
    };
    let about = format!("{told}, mean of the questions of each group: less is better");
    let bars = Bars { rows, count: Count::Number(String::new()), reach: 0.0 };
    Some(Chart::new(title, about, bars).note("One history is one draw: a score says little of few questions."))
}

/// Scores of numbers, each group in its own unit: what is left of the base rate's.
fn numbers(document: &Value) -> Option<Chart> {
    let mut table = Table::new(["", "the model", "the base rate"]);
    let mut rows = vec![];
    for group in items(&document["groups"]) {
        let (Some(forecast), Some(base)) = (number(&group["crps"]["forecast"]), number(&group["crps"]["base"])) else {
            continue;
        };
        if base > 0.0 {
            let name = group["group"].as_str().unwrap_or("all").to_owned();
            table.row([name.clone(), said(forecast), said(base)]);
            let fill = Fill::Plain(Ink::Other(0));
            rows.push(Bar { name, value: forecast / base, inner: None, outer: None, fill });
        }
    }
    let most = rows.iter().max_by(|a, b| a.value.total_cmp(&b.value))?;
    let title = match most.value {
        most if most < 1.0 => "Numbers: the model is nearer than the base rate in every group".to_string(),
        _ => format!("Numbers: the model is no nearer than the base rate in {}", most.name),
    };
    let about = "How far forecasts of numbers lie from what came (CRPS), as a share of how far the base rate does";
    let bars = Bars { rows, count: Count::Number("of the base rate's".into()), reach: 1.0 };
    Some(Chart::new(title, about, bars).with_table(table).note("Below 1 the model is nearer."))
}

/// Of yes-or-no questions: by the chance they were given, how many came true. Whether one did follows from its score.
fn calibration(document: &Value) -> Option<Chart> {
    let mut steps = [(0_u64, 0_u64, 0.0); STEPS];
    for question in items(&document["questions"]) {
        let (Some(chance), Some(brier)) = (number(&question["chance"]), number(&question["brier"]["forecast"])) else {
            continue;
        };
        let came = (brier - (1.0 - chance) * (1.0 - chance)).abs() < (brier - chance * chance).abs();
        let step = &mut steps[((chance * STEPS as f64) as usize).min(STEPS - 1)];
        *step = (step.0 + u64::from(came), step.1 + 1, step.2 + chance);
    }
    let (came, all, sum) = steps.iter().fold((0, 0, 0.0), |(a, b, c), step| (a + step.0, b + step.1, c + step.2));
    if all == 0 {
        return None;
    }
    let mut table = Table::new(["given a chance of", "in the mean", "questions", "came true"]);
    let mut rows = vec![];
    for (i, (came, n, sum)) in steps.into_iter().enumerate().filter(|(_, step)| step.1 > 0) {
        let name = format!("given {} to {} %: {n}", i * 100 / STEPS, (i + 1) * 100 / STEPS);
        let mean = sum / n as f64;
        table.row([name.clone(), percent(mean), n.to_string(), came.to_string()]);
        let inner = Share::of(came, n).map(|share| [share.low, share.high]);
        let fill = Fill::Plain(Ink::Other(0));
        rows.push(Bar { name, value: came as f64 / n as f64, inner, outer: None, fill });
    }
    let title = format!(
        "Of {all} yes-or-no questions {came} came true, and the model expected {}",
        said((10.0 * sum).round() / 10.0)
    );
    let about =
        "By the chance that questions were given: the share that came true (a perfect forecast is within its own step)";
    let bars = Bars { rows, count: Count::Share, reach: 1.0 };
    Some(Chart::new(title, about, bars).with_table(table).note("The line is the 95 % interval for so few questions."))
}

/// Of questions for a number: where in its forecast each answer lay.
fn within(document: &Value) -> Option<Chart> {
    let mut counts = [0_u64; STEPS];
    for question in items(&document["questions"]) {
        if let Some(pit) = number(&question["pit"]) {
            counts[((pit * STEPS as f64) as usize).min(STEPS - 1)] += 1;
        }
    }
    let n: u64 = counts.iter().sum();
    if n == 0 {
        return None;
    }
    let names = ["lowest", "second", "middle", "fourth", "highest"];
    let mut table = Table::new(["fifth of the forecast", "answers"]);
    let mut rows = vec![];
    for (name, count) in names.into_iter().zip(counts) {
        table.row([name.to_owned(), count.to_string()]);
        let inner = Share::of(count, n).map(|share| [share.low, share.high]);
        let fill = Fill::Plain(Ink::Other(0));
        rows.push(Bar { name: format!("{name} fifth"), value: count as f64 / n as f64, inner, outer: None, fill });
    }
    let low = counts[0] + counts[1];
    let high = counts[3] + counts[4];
    let side = match low.cmp(&high) {
        std::cmp::Ordering::Less => format!("{high} in the upper two fifths, {low} in the lower: forecasts were low"),
        std::cmp::Ordering::Greater => {
            format!("{low} in the lower two fifths, {high} in the upper: forecasts were high")
        }
        std::cmp::Ordering::Equal => "as many in the upper two fifths as in the lower".to_owned(),
    };
    let title = format!("Of {n} answers {side}");
    let about = "Where in its own forecast each answer lay (probability integral transform); a perfect forecast has a fifth in each";
    let bars = Bars { rows, count: Count::Share, reach: 1.0 };
    Some(Chart::new(title, about, bars).with_table(table).note("The line is the 95 % interval for so few questions."))
}
