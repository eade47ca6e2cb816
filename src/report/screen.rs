//! Levels, moves and days as small screens show them: whole names, few letters, no year.

use super::batch;
use crate::world::setup::Setup;
use crate::world::trace::Move;

/// What a lever's level is multiplied by on screens: shares are shown in percent.
pub fn scale(setup: &Setup, lever: usize) -> f64 {
    let l = &setup.levers[lever];
    if l.high - l.low <= 1.5 { 100.0 } else { 1.0 }
}

/// A lever's unit on screens, in a few letters.
pub fn unit(setup: &Setup, lever: usize) -> &str {
    match setup.levers[lever].unit.as_str() {
        _ if scale(setup, lever) > 1.0 => "%",
        "$bn a year" => "$bn/yr",
        unit => unit,
    }
}

/// The day on which a round begins, without the year; its week, from 1, where the scenario has no dates.
pub fn day(setup: &Setup, round: u32) -> String {
    batch::day(setup, round).map_or(format!("week {}", round + 1), |day| day.strftime("%-d %b").to_string())
}

/// A level with its unit.
pub fn level(setup: &Setup, lever: usize, x: f64) -> String {
    let l = &setup.levers[lever];
    let span = l.high - l.low;
    if span <= 1.5 && l.unit.starts_with("of ") {
        format!("{:.0} % {}", 100.0 * x, l.unit)
    } else if l.unit == "%" {
        format!("{x:.0} %")
    } else {
        format!("{x:.0} {}", l.unit)
    }
}

/// What moved, from what level to what.
pub fn moved(setup: &Setup, m: &Move) -> String {
    let name = &setup.levers[m.lever].name;
    if (m.from - m.to).abs() < 1e-9 {
        return format!("{name} stays at {}", level(setup, m.lever, m.to));
    }
    format!("{name}: {} → {}", level(setup, m.lever, m.from), level(setup, m.lever, m.to))
}

/// What a package moves.
pub fn package(setup: &Setup, moves: &[Move]) -> String {
    let list: Vec<String> = moves.iter().filter(|m| (m.from - m.to).abs() > 1e-6).map(|m| moved(setup, m)).collect();
    if list.is_empty() { "nothing moves".into() } else { list.join("; ") }
}
