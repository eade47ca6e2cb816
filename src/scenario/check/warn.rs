//! What can be played, but hardly as its author meant it.

use schemars::JsonSchema;
use serde_json::Value;

use super::super::beside::walk;
use super::super::draw::Distribution;
use super::super::loaded::Loaded;
use super::super::rules::Scenario;
use super::super::schema::Event;
use super::super::unknown::Unknown;
use super::calendar::event_name;
use crate::notation::tree::{Node, Place};
use crate::notation::{Code, Problem};

/// The share of draws that may fall outside a field's range without a word.
const CLAMPED_MAX: f64 = 0.01;

/// What the author of a sound scenario should know: dates that never come, and draws that are clamped.
pub fn warnings(scenario: &Scenario, loaded: &Loaded) -> Vec<Problem> {
    let mut found = clamped::<Scenario>(loaded);
    found.extend(cut_off_worlds(scenario, CLAMPED_MAX));
    let last = scenario.clock.rounds.get().saturating_sub(1);
    let late = |round: u32| round > last;
    let mut meets = false;
    for (i, event) in scenario.calendar.iter().enumerate() {
        let (field, round) = match event {
            Event::Talks { at, .. } | Event::TruceExpires { at, .. } | Event::Summit { at, .. } => ("at", at.get()),
            Event::TalksEvery { from, .. } => ("from", from.get()),
            Event::Shock { from, .. } => ("from", from.get()),
            Event::Case { .. } => continue,
        };
        let meeting = !matches!(event, Event::TruceExpires { .. } | Event::Shock { .. });
        meets |= meeting && !late(round);
        if late(round) {
            let name = event_name(event);
            let text = format!("this `{name}` never comes: round {round} lies behind the last round, {last}");
            found.push(
                loaded.blame(&format!("calendar.{i}.{field}"), Code::NeverComes, text).help("rounds count from 0"),
            );
        }
    }
    let talks = !scenario.off.iter().any(|name| name == "talks")
        && (!scenario.off.iter().any(|name| name == "all") || scenario.on.iter().any(|name| name == "talks"));
    if talks && !meets && scenario.standoff.is_none() {
        found.push(loaded.blame(
            "calendar",
            Code::NeverComes,
            "the parties never meet: the calendar has no talks and no summit",
        ));
    }
    found.sort_by_key(|problem| problem.at);
    found
}

/// Every distribution written in the file that leaves the range of its field in more than 1 % of games.
pub fn clamped<T: JsonSchema>(loaded: &Loaded) -> Vec<Problem> {
    cut_off::<T>(loaded, CLAMPED_MAX)
}

/// The same for those that leave it in more than a share of games.
pub fn cut_off<T: JsonSchema>(loaded: &Loaded, most: f64) -> Vec<Problem> {
    let root = schemars::schema_for!(T).to_value();
    let mut found = vec![];
    walk(&root, &loaded.tree, &mut |schema, node, spot| {
        if schema["may_be_drawn"] == true {
            found.extend(judge(schema, node, &spot.path, most));
        }
        schema["may_be_drawn"] != true
    });
    found
}

/// The same for what nobody knows, which is drawn once a world.
pub fn cut_off_worlds(scenario: &Scenario, most: f64) -> Vec<Problem> {
    let told = |one: &Unknown| told((&one.path, one.at), one.from, one.range, most, "world");
    scenario.unknown.iter().filter_map(told).collect()
}

fn judge(schema: &Value, node: &Node, path: &str, allowed: f64) -> Option<Problem> {
    let distribution: Distribution = super::super::language::decode(node).ok()?;
    let (low, high) = (schema["minimum"].as_f64()?, schema["maximum"].as_f64()?);
    told((path, node.at), distribution, (low, high), allowed, "game")
}

/// What is said of a distribution that leaves its range in more than a share of games or worlds.
fn told(
    (path, at): (&str, Place),
    distribution: Distribution,
    (low, high): (f64, f64),
    allowed: f64,
    of: &str,
) -> Option<Problem> {
    let (under, over) = outside(distribution, low, high);
    let most = under + over;
    if most <= allowed {
        return None;
    }
    let end = if under > over { low } else { high };
    let text = format!(
        "`{path}` leaves its range {low} to {high} in {} of {of}s, where it is set to the nearer end",
        if most < 0.01 { "less than 1 %".into() } else { format!("{:.0} %", 100.0 * most) }
    );
    Some(Problem::new(Code::Clamped, text).at(at).help(format!("most of these {of}s get {end}")))
}

/// The shares of draws below and above a range.
fn outside(distribution: Distribution, low: f64, high: f64) -> (f64, f64) {
    let below = |x: f64| match distribution {
        Distribution::Uniform { low, high } if low == high => f64::from(u8::from(low < x)),
        Distribution::Uniform { low, high } => ((x - low) / (high - low)).clamp(0.0, 1.0),
        Distribution::Normal { mean, sd } => normal_below(x - mean, sd),
        Distribution::LogNormal { .. } if x <= 0.0 => 0.0,
        Distribution::LogNormal { median, spread } => normal_below(libm::log(x / median), spread),
    };
    // a number at the very end of the range belongs to it
    let at = |x: f64| below(x + x.abs().max(1e-300) * f64::EPSILON);
    (below(low), 1.0 - at(high))
}

fn normal_below(distance: f64, sd: f64) -> f64 {
    if sd == 0.0 {
        return f64::from(u8::from(distance > 0.0));
    }
    0.5 * libm::erfc(-distance / sd * std::f64::consts::FRAC_1_SQRT_2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_outside_is_that_of_the_tables() {
        let normal = Distribution::Normal { mean: 0.0, sd: 1.0 };
        let (under, over) = outside(normal, -1.959963984540054, 1.959963984540054);
        assert!((under - 0.025).abs() < 1e-9 && (over - 0.025).abs() < 1e-9);
        let even = Distribution::Uniform { low: -1.0, high: 3.0 };
        assert_eq!(outside(even, 0.0, 1.0), (0.25, 0.5));
        assert_eq!(outside(Distribution::Uniform { low: 0.0, high: 1.0 }, 0.0, 1.0), (0.0, 0.0));
        let skewed = Distribution::LogNormal { median: 1.0, spread: 1.0 };
        assert!((outside(skewed, 0.0, 1.0).1 - 0.5).abs() < 1e-9);
        assert_eq!(outside(Distribution::Normal { mean: 1.0, sd: 0.0 }, 0.0, 1.0), (0.0, 0.0));
    }
}
