//! What is legal but odd: a lint is a small function, and a line in [`LINTS`].
//!
//! A scenario that means it says so: what `because` gives a reason for, by the very path that a lint points at, is left
//! alone.

use super::super::draw::Draw;
use super::super::filled::{filled_goal, filled_strategy};
use super::super::loaded::Loaded;
use super::super::rules::Scenario;
use super::super::schema::{Effect, Event, Lever, Shape};
use super::super::strategy::Offer;
use super::warn::{cut_off, cut_off_worlds};
use crate::notation::{Code, Problem, path};
use crate::units::Unit;

/// What a lint has to say: the path it points at, what is odd there, and what to do.
struct Odd {
    path: String,
    text: String,
    help: String,
}

fn odd(path: String, text: String, help: &str) -> Odd {
    Odd { path, text, help: help.into() }
}

/// A lint: all that it finds odd.
type Lint = fn(&Scenario, &Loaded) -> Vec<Odd>;

/// Every lint with its code.
const LINTS: [(Code, Lint); 6] = [
    (Code::Unvalued, unvalued),
    (Code::Unreached, unreached),
    (Code::Cancels, cancels),
    (Code::LateDeadline, late_deadline),
    (Code::NeverGives, never_gives),
    (Code::Unfelt, unfelt),
];

/// The share of draws outside a field's range that is told where all that is odd is asked for.
pub const CUT: f64 = 1e-4;

/// All that is legal but odd; what is told unasked is among it where draws are cut.
pub fn lints(scenario: &Scenario, loaded: &Loaded) -> Vec<Problem> {
    let mut found = cut_off::<Scenario>(loaded, CUT);
    found.extend(cut_off_worlds(scenario, CUT));
    let meant = |problem: &Problem| {
        let path = problem.at.and_then(|at| path::leading_to(&loaded.tree, at));
        path.is_some_and(|path| scenario.because.contains_key(&path))
    };
    found.retain(|problem| !meant(problem));
    for (code, lint) in LINTS {
        for odd in lint(scenario, loaded) {
            if !scenario.because.contains_key(&odd.path) {
                found.push(loaded.blame(&odd.path, code, odd.text).help(odd.help));
            }
        }
    }
    found.sort_by_key(|problem| problem.at);
    found
}

/// Whether a number can be anything but zero.
fn counts<T: Unit>(draw: &Draw<T>) -> bool {
    draw.fixed().is_none_or(|x| x.into() != 0.0)
}

/// The place of an effect's dimension, its points and its shape.
fn parts(effect: &Effect) -> (usize, f64, Shape) {
    match effect {
        Effect::Prosperity { points, shape } => (0, points.get(), *shape),
        Effect::Security { points, shape } => (1, points.get(), *shape),
        Effect::Politics { points, shape } => (2, points.get(), *shape),
    }
}

/// Whether anybody in a party's government puts weight on each dimension.
fn weighs(scenario: &Scenario, key: &str) -> [bool; 3] {
    let Some(party) = scenario.parties.get(key) else { return [false; 3] };
    let Ok(goal) = filled_goal(scenario, party) else { return [true; 3] };
    let mut out = [counts(&goal.prosperity), counts(&goal.security), counts(&goal.politics)];
    for faction in party.factions.values().filter(|faction| faction.power.get() > 0.0) {
        let weights = [faction.prosperity, faction.security, faction.politics];
        out.iter_mut().zip(weights).for_each(|(any, weight)| *any |= weight.get() != 0.0);
    }
    out
}

fn values(scenario: &Scenario, key: &str, effects: &[Effect]) -> bool {
    let weighs = weighs(scenario, key);
    effects.iter().map(parts).any(|(dimension, points, _)| points != 0.0 && weighs[dimension])
}

/// A lever whose level is worth nothing to anybody.
fn unvalued(scenario: &Scenario, _: &Loaded) -> Vec<Odd> {
    let nobody = |lever: &Lever| !lever.effects.iter().any(|(party, effects)| values(scenario, party, effects));
    let all = scenario.levers.iter().filter(|(_, lever)| nobody(lever));
    all.map(|(key, _)| {
        let text = format!("nobody gains or loses by `{key}`: no effect of it counts for either side");
        odd(format!("levers.{key}.effects"), text, "give it an effect that a party puts weight on, or leave it out")
    })
    .collect()
}

/// A range of which nothing reaches an end: no talks, no lapse, no court, no reply.
fn unreached(scenario: &Scenario, _: &Loaded) -> Vec<Odd> {
    let mut out = vec![];
    for (key, lever) in &scenario.levers {
        let reach = lever.reach.unwrap_or(lever.range);
        let courts = scenario.calendar.iter().filter_map(|event| match event {
            Event::Shock { lever, level, .. } if lever == key => Some(level.get()),
            _ => None,
        });
        let levels: Vec<f64> =
            courts.chain([reach.low.get(), reach.high.get(), lever.now.get(), lever.snap.get()]).collect();
        let struck = scenario.parties.values().any(|p| p.factions.values().any(|faction| faction.spoils == *key));
        if lever.hostile || struck {
            continue; // replies, threats and strikes go on to the end of the range
        }
        let (low, high) = levels.iter().fold((f64::MAX, f64::MIN), |(low, high), x| (low.min(*x), high.max(*x)));
        let (from, to) = (lever.range.low.get(), lever.range.high.get());
        if low > from || high < to {
            let text = format!("`{key}` never leaves {low} to {high}, and its range is {from} to {to}");
            let help = "shapes are measured along the range; narrow it, or say in `because` why it is wider";
            out.push(odd(format!("levers.{key}.range"), text, help));
        }
    }
    out
}

/// Two effects that take each other away.
fn cancels(scenario: &Scenario, _: &Loaded) -> Vec<Odd> {
    let mut out = vec![];
    for (key, lever) in &scenario.levers {
        for (party, effects) in &lever.effects {
            let parts: Vec<_> = effects.iter().map(parts).collect();
            for (i, (dimension, points, shape)) in parts.iter().enumerate() {
                let against = |(other, others, its): &(usize, f64, Shape)| {
                    let same = its == shape && points + others == 0.0;
                    // z and 1 - z with the same points are a constant: no level is better than another.
                    let whole = matches!((its, shape), (Shape::Lin, Shape::Rest) | (Shape::Rest, Shape::Lin));
                    other == dimension && *points != 0.0 && (same || whole && points == others)
                };
                if parts[..i].iter().any(against) {
                    let text = format!(
                        "two effects of `{key}` on `{party}` cancel out: together they are the same at every level"
                    );
                    out.push(odd(
                        format!("levers.{key}.effects.{party}.{i}"),
                        text,
                        "leave both out, or change one of them",
                    ));
                }
            }
        }
    }
    out
}

/// A date to be done by that lies behind the last round.
fn late_deadline(scenario: &Scenario, loaded: &Loaded) -> Vec<Odd> {
    let rounds = f64::from(scenario.clock.rounds.get());
    let goals = scenario.goals.iter().map(|(key, goal)| (format!("goals.{key}.date"), goal.date));
    let own =
        scenario.parties.iter().filter_map(|(key, party)| Some((format!("parties.{key}.goal.date"), party.goal.date?)));
    let written = |path: &str| path::get(&loaded.tree, path).is_ok();
    let late = goals.chain(own).filter(|(path, date)| written(path) && date.mean() > rounds);
    late.map(|(path, date)| {
        let text = format!("the date to be done by, round {}, lies behind the last of {rounds} rounds", date.mean());
        odd(path, text, "offers concede toward the date: this side hardly will before the game ends")
    })
    .collect()
}

/// Whether a tactic asks for the same from first to last: all that there is.
fn holds_all(offer: &Offer) -> bool {
    match offer {
        Offer::Hold { share } => !counts(share),
        Offer::Blend { parts } => parts.iter().all(|part| !counts(&part.weight) || holds_all(&part.tactic)),
        _ => false,
    }
}

/// Whether a tactic gives only where the other gave first.
fn waits(offer: &Offer) -> bool {
    match offer {
        Offer::Reciprocate { opening } => !counts(opening),
        Offer::Blend { parts } => {
            parts.iter().all(|part| !counts(&part.weight) || waits(&part.tactic) || holds_all(&part.tactic))
        }
        _ => holds_all(offer),
    }
}

/// A side that asks for its best from first to last, or two that each wait for the other to give first.
fn never_gives(scenario: &Scenario, _: &Loaded) -> Vec<Odd> {
    let offers: Vec<(&String, Offer)> = scenario
        .parties
        .iter()
        .filter_map(|(key, party)| Some((key, filled_strategy(scenario, party).ok()?.offer)))
        .collect();
    let both = offers.len() == 2 && offers.iter().all(|(_, offer)| waits(offer));
    let mut out = vec![];
    for (key, offer) in &offers {
        let text = match offer {
            offer if holds_all(offer) => {
                format!("`{key}` never offers anything: it asks for its best from first to last")
            }
            _ if both => format!("`{key}` gives only where the other gave first, and the other does not"),
            _ => continue,
        };
        out.push(odd(
            format!("parties.{key}.strategy"),
            text,
            "let it open with a share of its own, or concede with time",
        ));
    }
    out
}

/// Resilience against levers that nobody holds over the party.
fn unfelt(scenario: &Scenario, loaded: &Loaded) -> Vec<Odd> {
    let mut out = vec![];
    for (key, party) in &scenario.parties {
        let resilience = &party.resilience;
        let written = path::get(&loaded.tree, &format!("parties.{key}.resilience")).is_ok();
        let felt = scenario.levers.values().any(|lever| {
            let effects = lever.effects.get(key);
            let theirs = !lever.holder.is_empty() && lever.holder != *key;
            theirs && lever.blunted_by_resilience.get() > 0.0 && effects.is_some_and(|e| values(scenario, key, e))
        });
        if written && (counts(&resilience.start) || counts(&resilience.growth)) && !felt {
            let text = format!("nothing feels the resilience of `{key}`: no lever of the other side is blunted by it");
            out.push(odd(
                format!("parties.{key}.resilience"),
                text,
                "give such a lever `blunted_by_resilience`, or leave it out",
            ));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::load::load_as;

    /// Two sides and one lever each, with nothing odd in it.
    const PLAIN: &str = r#"(
        schema: "summitry/1", title: "two levers",
        because: {},
        clock: (rounds: 10, deal_life: 20),
        calendar: [Talks(at: 1)],
        levers: {
            "duty": (holder: "a", range: (low: 0, high: 40), now: 40, snap: 40, opens: Down, blunted_by_resilience: 0.5,
                effects: {"a": [Politics(points: 1, shape: Lin)], "b": [Prosperity(points: -2, shape: Lin)]}),
            "order": (holder: "b", range: (low: 0, high: 10), now: 0, snap: 0,
                effects: {"a": [Prosperity(points: 2, shape: Lin)], "b": [Prosperity(points: -1, shape: Lin)]}),
        },
        parties: {
            "a": (goal: (prosperity: 1, politics: 1, date: 9), strategy: (offer: Time(exponent: 1, opening: 0.1))),
            "b": (goal: (prosperity: 1, date: 9), strategy: (offer: Time(exponent: 1, opening: 0.1)),
                resilience: (start: 0.2)),
        },
    )"#;

    /// The codes and the texts of what is odd in the plain file with one thing changed.
    fn told(from: &str, to: &str) -> Vec<(Code, String)> {
        assert!(PLAIN.contains(from), "{from}");
        let text = PLAIN.replacen(from, to, 1);
        let open = |_: &str| Ok(text.clone());
        let (scenario, loaded) =
            load_as::<Scenario>("x.ron", &open, &[]).unwrap_or_else(|problems| panic!("{problems}"));
        lints(&scenario, &loaded).into_iter().map(|problem| (problem.code, problem.text)).collect()
    }

    #[test]
    fn each_lint_fires_where_it_should_and_not_where_nothing_is_odd() {
        assert_eq!(told("two levers", "two levers"), []);
        let cases = [
            (
                "[Prosperity(points: 2, shape: Lin)], \"b\": [Prosperity(points: -1",
                "[], \"b\": [Security(points: -1",
                Code::Unvalued,
                "nobody gains or loses by `order`",
            ),
            (
                "low: 0, high: 40)",
                "low: 0, high: 90), reach: Some((low: 0, high: 40))",
                Code::Unreached,
                "`duty` never leaves 0 to 40",
            ),
            (
                "\"a\": [Politics(points: 1, shape: Lin)]",
                "\"a\": [Politics(points: 1, shape: Lin), Politics(points: -1, shape: Lin)]",
                Code::Cancels,
                "cancel out",
            ),
            (
                "\"a\": [Politics(points: 1, shape: Lin)]",
                "\"a\": [Politics(points: 1, shape: Lin), Politics(points: 1, shape: Rest)]",
                Code::Cancels,
                "cancel out",
            ),
            (
                "prosperity: 1, date: 9",
                "prosperity: 1, date: 12",
                Code::LateDeadline,
                "round 12, lies behind the last of 10 rounds",
            ),
            ("Time(exponent: 1, opening: 0.1)", "Hold(share: 0)", Code::NeverGives, "`a` never offers anything"),
            (
                "blunted_by_resilience: 0.5",
                "blunted_by_resilience: 0",
                Code::Unfelt,
                "nothing feels the resilience of `b`",
            ),
        ];
        for (from, to, code, text) in cases {
            let found = told(from, to);
            assert!(matches!(&found[..], [(c, said)] if *c == code && said.contains(text)), "{code:?}: {found:?}");
        }
    }

    #[test]
    fn two_that_wait_for_each_other_never_give() {
        let waits = "Reciprocate(opening: 0)";
        let both = PLAIN.replace("Time(exponent: 1, opening: 0.1)", waits);
        let open = |_: &str| Ok(both.clone());
        let (scenario, loaded) = load_as::<Scenario>("x.ron", &open, &[]).expect("a scenario");
        let codes: Vec<Code> = lints(&scenario, &loaded).into_iter().map(|problem| problem.code).collect();
        assert_eq!(codes, [Code::NeverGives; 2]);
        assert_eq!(told("Time(exponent: 1, opening: 0.1)", waits), [], "one that waits has the other to wait for");
    }

    #[test]
    fn a_draw_that_is_cut_now_and_then_is_told() {
        let found = told("resilience: (start: 0.2)", "resilience: (start: Normal(mean: 0.3, sd: 0.1))");
        assert!(matches!(&found[..], [(Code::Clamped, said)] if said.contains("less than 1 %")), "{found:?}");
        assert_eq!(told("resilience: (start: 0.2)", "resilience: (start: Normal(mean: 0.5, sd: 0.1))"), []);
    }

    #[test]
    fn a_reason_keeps_a_lint_quiet() {
        let wide = "low: 0, high: 90), reach: Some((low: 0, high: 40))";
        let text = PLAIN.replacen("low: 0, high: 40)", wide, 1);
        let said = text.replacen(
            "because: {}",
            "because: {\"levers.duty.range\": \"shapes are those of the whole range\"}",
            1,
        );
        let cut = PLAIN.replacen("(start: 0.2)", "(start: Normal(mean: 0.3, sd: 0.1))", 1).replacen(
            "because: {}",
            "because: {\"parties.b.resilience.start\": \"judgement\"}",
            1,
        );
        for text in [said, cut] {
            let open = |_: &str| Ok(text.clone());
            let (scenario, loaded) = load_as::<Scenario>("x.ron", &open, &[]).expect("a scenario");
            assert_eq!(lints(&scenario, &loaded), []);
        }
    }
}
