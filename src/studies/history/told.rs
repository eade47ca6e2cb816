//! The rates as a page: a table with their counts, and below it every number of a list.

use super::episode::History;
use super::rates::{Among, Found, Rate, Seen, gaps, rates};

/// The rates of all episodes beside those of two, and then every number of all.
pub fn page(history: &History, pair: [&str; 2]) -> String {
    let (all, two) = (rates(history, Among::All), rates(history, Among::Between(pair)));
    let mut out = format!("| rate | all | {} and {} |\n|---|---|---|\n", pair[0], pair[1]);
    for (a, b) in all.iter().zip(&two) {
        out += &format!("| {} | {} | {} |\n", a.name, cell(&a.found), cell(&b.found));
    }
    let looked_up = history.episodes.iter().filter(|episode| episode.looked_up).count();
    out += &format!("\n{} episodes, of which {looked_up} were looked up when coded.\n\n", history.episodes.len());
    let gaps = gaps(history, Among::All).into_iter().filter_map(|gap| Some((gap.days, gap.moves?)));
    let (days, moves) = gaps.fold((0.0, 0), |(days, moves), (d, m)| (days + d, moves + m));
    if days > 0.0 {
        out += &format!("- moves in gaps whose moves are listed: {moves} in {days} days\n");
    }
    all.iter().filter_map(numbers).for_each(|line| out += &line);
    out
}

/// A share with its counts, or a list by its middle and quarters.
fn cell(found: &Found) -> String {
    match found {
        Found::Share { of: 0, .. } => "none".into(),
        Found::Share { yes, of } => format!("{yes} of {of} ({:.0} %)", 100.0 * *yes as f64 / *of as f64),
        Found::List(seen) if seen.is_empty() => "none".into(),
        Found::List(_) => {
            let (n, open) = found.count();
            let open = if open > 0 { format!(", {open} open") } else { String::new() };
            let [low, middle, high] = [0.25, 0.5, 0.75].map(|q| found.quantile(q).map_or("..".into(), short));
            format!("{n}{open}: {middle} ({low} to {high})")
        }
    }
}

/// Every number of a list; one that had not come to its end with a plus.
fn numbers(rate: &Rate) -> Option<String> {
    let Found::List(seen) = &rate.found else { return None };
    let number = |seen: &Seen| short(seen.x) + if seen.open { "+" } else { "" };
    let all: Vec<String> = seen.iter().map(number).collect();
    Some(format!("- {}: {}\n", rate.name, all.join(", ")))
}

/// A whole number as it is, a part with two digits.
fn short(x: f64) -> String {
    if x.fract() == 0.0 { format!("{x}") } else { format!("{x:.2}") }
}
