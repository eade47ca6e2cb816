//! What is legal but odd: a lint is a small function, and a line in [`LINTS`].
//!
//! A scenario that means it says so: what `because` gives a reason for, by the very path that a lint points at, is left
//! alone.

use std::collections::{BTreeMap, BTreeSet};

use super::super::draw::Draw;
use super::super::filled::{filled_goal, filled_strategy};
use super::super::loaded::Loaded;
use super::super::rules::Scenario;
use super::super::schema::{Effect, Event, Lever, Shape};
use super::super::strategy::Offer;
use super::warn::{cut_off, cut_off_worlds};
use crate::notation::wording::count as count_of;
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
const LINTS: [(Code, Lint); 9] = [
    (Code::Unvalued, unvalued),
    (Code::WantsNothing, wants_nothing),
    (Code::Unreached, unreached),
    (Code::Cancels, cancels),
    (Code::Cancels, cancels_by_weight),
    (Code::NeverComes, long_gap),
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

/// Whether the level of any lever matters to a party.
fn cares(scenario: &Scenario, key: &str) -> bool {
    scenario.levers.values().any(|lever| lever.effects.get(key).is_some_and(|effects| values(scenario, key, effects)))
}

/// A side to which no level of any lever matters, and a faction that only takes weight from its leader.
fn wants_nothing(scenario: &Scenario, _: &Loaded) -> Vec<Odd> {
    let mut out = vec![];
    for (key, party) in &scenario.parties {
        let factions = party.factions.iter().filter(|(_, faction)| faction.power.get() > 0.0);
        let idle = factions.filter(|(_, f)| [f.prosperity, f.security, f.politics].iter().all(|w| w.get() == 0.0));
        out.extend(idle.map(|(name, _)| {
            let text =
                format!("the faction `{name}` of `{key}` wants nothing: all it does is to take weight from the rest");
            odd(format!("parties.{key}.factions.{name}"), text, "give it weights, or leave it out")
        }));
        if cares(scenario, key) || scenario.levers.is_empty() || scenario.standoff.is_some() {
            continue;
        }
        let text = match weighs(scenario, key) {
            [false, false, false] => format!("`{key}` wants nothing: all its weights are 0"),
            _ => format!("no lever matters to `{key}`: no effect on it is of a dimension that it puts weight on"),
        };
        let help = "give its goal a weight on what levers do to it: prosperity, security or politics";
        out.push(odd(format!("parties.{key}.goal"), text, help));
    }
    out
}

/// How much of the points that were added up is taken for nothing, for they were added in another order than on paper.
const NOTHING: f64 = 1e-9;

/// Points for each shape of its own, summed.
fn nets(parts: impl Iterator<Item = (Shape, f64)>) -> (BTreeMap<Shape, f64>, f64) {
    let (mut nets, mut size) = (BTreeMap::new(), 0.0);
    for (shape, points) in parts {
        *nets.entry(shape).or_insert(0.0) += points;
        size += points.abs();
    }
    (nets, size)
}

/// Whether sums of points by shape are the same at every level: z and 1 - z with the same points are a constant, and
/// nothing else is but nothing.
fn is_level(nets: &BTreeMap<Shape, f64>, size: f64) -> bool {
    let net = |shape: Shape| nets.get(&shape).copied().unwrap_or(0.0);
    let others = nets.iter().filter(|(shape, _)| !matches!(shape, Shape::Lin | Shape::Rest));
    let slope = net(Shape::Lin) - net(Shape::Rest);
    slope.abs() <= NOTHING * size && others.into_iter().all(|(_, net)| net.abs() <= NOTHING * size)
}

/// Effects on one dimension that take each other away: two of them, or more in sum.
fn cancels(scenario: &Scenario, _: &Loaded) -> Vec<Odd> {
    let mut out = vec![];
    for (key, lever) in &scenario.levers {
        for (party, effects) in &lever.effects {
            let mut say = |at: usize, how_many: &str| {
                let text =
                    format!("{how_many} of `{key}` on `{party}` cancel out: together they are the same at every level");
                let path = format!("levers.{key}.effects.{party}.{at}");
                out.push(odd(path, text, "leave them out, or change one of them"));
            };
            let parts: Vec<_> = effects.iter().map(parts).collect();
            let pairs: Vec<usize> =
                (0..parts.len()).filter(|i| parts[..*i].iter().any(|p| is_taken(parts[*i], *p))).collect();
            pairs.iter().for_each(|at| say(*at, "two effects"));
            for dimension in (0..3).filter(|_| pairs.is_empty()) {
                let own = parts.iter().enumerate().filter(|(_, (of, points, _))| *of == dimension && *points != 0.0);
                let all: Vec<_> = own.map(|(i, (_, points, shape))| (i, *shape, *points)).collect();
                let shapes = || all.iter().map(|(_, shape, _)| *shape).collect::<BTreeSet<_>>();
                // those of one shape, then all of them
                let groups = shapes().into_iter().map(Some).chain((shapes().len() > 1).then_some(None));
                for group in groups {
                    let some: Vec<_> = all.iter().filter(|(_, shape, _)| group.is_none_or(|of| of == *shape)).collect();
                    let (nets, size) = nets(some.iter().map(|(_, shape, points)| (*shape, *points)));
                    if let (true, true, Some((at, ..))) = (some.len() > 2, is_level(&nets, size), some.last()) {
                        say(*at, &count_of(some.len(), "effect"));
                        break;
                    }
                }
            }
        }
    }
    out
}

/// Whether two effects take each other away.
fn is_taken((dimension, points, shape): (usize, f64, Shape), (other, others, its): (usize, f64, Shape)) -> bool {
    let same = its == shape && points + others == 0.0;
    // z and 1 - z with the same points are a constant: no level is better than another.
    let whole = matches!((its, shape), (Shape::Lin, Shape::Rest) | (Shape::Rest, Shape::Lin));
    other == dimension && points != 0.0 && (same || whole && points == others)
}

/// What a party's government weighs each dimension by, where that is the same in every game.
fn government(scenario: &Scenario, key: &str) -> Option<[f64; 3]> {
    let party = scenario.parties.get(key)?;
    let goal = filled_goal(scenario, party).ok()?;
    let mut out = [goal.prosperity.fixed()?, goal.security.fixed()?, goal.politics.fixed()?].map(|weight| weight.get());
    if scenario.off.iter().any(|name| name == "factions" || name == "all") {
        return Some(out);
    }
    let power: f64 = party.factions.values().map(|faction| faction.power.get()).sum();
    out.iter_mut().for_each(|weight| *weight *= 1.0 - power);
    for f in party.factions.values() {
        let own = [f.prosperity, f.security, f.politics];
        out.iter_mut().zip(own).for_each(|(weight, own)| *weight += f.power.get() * own.get());
    }
    Some(out)
}

/// Effects on several dimensions that take each other away by the weights that a party puts on them.
fn cancels_by_weight(scenario: &Scenario, _: &Loaded) -> Vec<Odd> {
    let mut out = vec![];
    for (key, lever) in &scenario.levers {
        for (party, effects) in &lever.effects {
            let Some(weights) = government(scenario, party) else { continue };
            let worth = effects.iter().map(parts).map(|(of, points, shape)| (of, shape, weights[of] * points));
            let all: Vec<_> = worth.filter(|(_, _, points)| *points != 0.0).collect();
            let several = all.iter().any(|(of, ..)| *of != all[0].0);
            let (nets, size) = nets(all.iter().map(|(_, shape, points)| (*shape, *points)));
            if several && is_level(&nets, size) {
                let text = format!(
                    "what `{key}` does to `{party}` cancels out by the weights that it puts on it: every level is worth \
                     the same"
                );
                out.push(odd(format!("levers.{key}.effects.{party}"), text, "change the points, or a weight"));
            }
        }
    }
    out
}

/// A gap between meetings, or a wait, that is longer than the game.
fn long_gap(scenario: &Scenario, loaded: &Loaded) -> Vec<Odd> {
    let (mut out, rounds) = (vec![], f64::from(scenario.clock.rounds.get()));
    let listed = scenario.calendar.iter().filter_map(|event| match event {
        Event::Talks { at, .. } => Some(f64::from(at.get())),
        _ => None,
    });
    let earliest = listed.min_by(f64::total_cmp);
    for (i, event) in scenario.calendar.iter().enumerate() {
        match event {
            Event::TalksEvery { gap, sooner_per_tone, from } => {
                let first = earliest.unwrap_or(f64::from(from.get()));
                let soonest = first + gap.mean() - sooner_per_tone.get().max(0.0);
                if first < rounds && soonest >= rounds {
                    let text = format!(
                        "no meeting follows the first, of round {first}: the gap of {} rounds is longer than what is left of \
                         {rounds}",
                        gap.mean()
                    );
                    out.push(odd(format!("calendar.{i}.gap"), text, "shorten it, or list a meeting as `Talks` alone"));
                }
            }
            Event::TruceExpires { extend_by, .. } if f64::from(extend_by.get()) > rounds => {
                let by = extend_by.get();
                let text =
                    format!("a truce that is extended never runs out again: by {by} rounds, in a game of {rounds}");
                let help = "let it run out within the game, or say in `because` that it is for good";
                out.push(odd(format!("calendar.{i}.extend_by"), text, help));
            }
            _ => {}
        }
    }
    let (wait, path_of) = (scenario.truce.emergency.mean(), "truce.emergency");
    if wait >= rounds && path::get(&loaded.tree, path_of).is_ok() {
        let text = format!("no emergency session comes: {wait} rounds after a lapse, in a game of {rounds}");
        out.push(odd(path_of.into(), text, "shorten it"));
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

/// A side that comes down by less than this share of its best never gives anything to speak of.
const LITTLE: f64 = 0.01;

/// How far a tactic comes down within the game if nobody gives first, as a share of its best, by the means of what is
/// drawn; `late` is how much of the way to its date the game goes.
fn comes_down(offer: &Offer, late: f64) -> f64 {
    match offer {
        Offer::Hold { share } => share.mean(),
        Offer::Time { exponent, opening } => {
            opening.mean() + (1.0 - opening.mean()) * libm::pow(late.min(1.0), 1.0 / exponent.mean())
        }
        Offer::Blend { parts } => {
            let all: f64 = parts.iter().map(|part| part.weight.mean()).sum();
            parts.iter().map(|part| part.weight.mean() / all * comes_down(&part.tactic, late)).sum()
        }
        _ => 1.0,
    }
}

/// Whether a tactic gives only where the other gave first.
fn waits(offer: &Offer, late: f64) -> bool {
    match offer {
        Offer::Reciprocate { opening } => opening.mean() < LITTLE,
        Offer::Blend { parts } => parts.iter().all(|part| !counts(&part.weight) || waits(&part.tactic, late)),
        _ => comes_down(offer, late) < LITTLE,
    }
}

/// A side that asks for its best from first to last, or two that each wait for the other to give first.
fn never_gives(scenario: &Scenario, _: &Loaded) -> Vec<Odd> {
    let last = f64::from(scenario.clock.rounds.get()) - 1.0;
    let offers: Vec<(&String, Offer, f64)> = scenario
        .parties
        .iter()
        .filter_map(|(key, party)| {
            let date = filled_goal(scenario, party).ok()?.date.mean().max(1.0);
            Some((key, filled_strategy(scenario, party).ok()?.offer, last / date))
        })
        .collect();
    let both = offers.len() == 2 && offers.iter().all(|(_, offer, late)| waits(offer, *late));
    let mut out = vec![];
    for (key, offer, late) in &offers {
        let text = match comes_down(offer, *late) {
            0.0 => format!("`{key}` never offers anything: it asks for its best from first to last"),
            most if most < LITTLE => {
                format!("`{key}` offers next to nothing: it never comes down by more than {:.2} %", 100.0 * most)
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
        let told = !cares(scenario, key); // that nothing matters to it
        if written && (counts(&resilience.start) || counts(&resilience.growth)) && !felt && !told {
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
