//! What `fields` promises is what `check` takes: each end of each range, typed into a scenario that has everything.

use super::bargaining::BargainingFile;
use super::fields::{Field, fields};
use super::kind::load_any;
use super::limits::LEVERS_MAX;
use super::rules::Scenario;

const ALONE: &str = include_str!("../../scenarios/theory/two-issues.ron");

/// A scenario with all there is to say, in order.
fn all() -> String {
    let held = "(holder: \"us\", opens: Down, range: (low: 0, high: 1)";
    include_str!("canonical_all.ron")
        .replace("(range: (low: 0, high: 1)", held)
        .replace("(range: (low: 0, high: 2)", "(holder: \"cn\", range: (low: 0, high: 2)")
        .replace("Praise(per_round: 0.1), Never", "Praise(per_round: 0.1)")
        .replace("(power: 0.2)", "(power: 0.2, spoils: \"gate\")")
}

/// What is wrong with a scenario after some changes.
fn wrong(text: &str, sets: &[String]) -> Option<String> {
    load_any("x.ron", &|_| Ok(text.to_owned()), sets).err().map(|problems| problems.explain(false))
}

const OFFERS: [(&str, &str); 5] = [
    ("Time", "Time(exponent: 1)"),
    ("Resource", "Resource(sessions: 2)"),
    ("Reciprocate", "Reciprocate()"),
    ("Blend", "Blend(parts: [(weight: 0.5, tactic: Hold(share: 0.3)), (weight: 0.5, tactic: Reciprocate())])"),
    ("Hold", "Hold(share: 0.3)"),
];
const ACCEPTS: [(&str, &str); 3] =
    [("Time", "Time(after: 0.4)"), ("Combi", "Combi(after: 0.5)"), ("Above", "Above(points: 2)")];
const OTHERS: [(&str, &str, &str); 11] = [
    ("length", "Drawn", "Drawn(of: [(rounds: 3, weight: 1), (rounds: 4, weight: 1)])"),
    ("length", "Bargained", "Bargained(shortest: 2, longest: 5)"),
    ("extend", "Demand", "Demand(bar: 0)"),
    ("extend", "IfProgress", "IfProgress(at_least: 0.1)"),
    ("extend", "Attrition", "Attrition()"),
    ("pledge", "Dangle", "Dangle()"),
    ("pledge", "Capacity", "Capacity(share: 0.5)"),
    ("model", "Frequency", "Frequency(rate: 0.2)"),
    ("model", "Bayes", "Bayes(types: [\"Plain\"], prior_on_named: 0.5, sharpness: 2)"),
    ("reserve", "Fixed", "Fixed(stakes: 1)"),
    ("reserve", "Learned", "Learned(rate: 0.1)"),
];
const ESCALATE: &str = "[Reply(in_kind: 0.5, forgive: 0.1), Grim(step: 0.2), Threat(per_round: 0.1), \
    Grit(per_round: 0.1, step: 0.2), Brink(per_round: 0.1), Praise(per_round: 0.1)]";

/// The variant that a path leads into, written where it stands.
fn variant(path: &str) -> Option<String> {
    let steps: Vec<&str> = path.split('.').collect();
    let i = steps.iter().position(|step| {
        ["offer", "accept", "escalate", "extend", "pledge", "model", "reserve", "length"].contains(step)
    })?;
    let (at, of) = (steps[..=i].join("."), |name: &str, list: &[(&str, &str)]| {
        list.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned())
    });
    let written = match (steps[i], *steps.get(i + 1)?) {
        ("offer", "Blend") if steps.get(i + 4) == Some(&"tactic") => {
            let tactic = of(steps[i + 5], &OFFERS)?;
            format!("Blend(parts: [(weight: 0.5, tactic: {tactic})])")
        }
        ("offer", name) => of(name, &OFFERS)?,
        ("accept", list @ ("All" | "Any")) => format!("{list}(of: [{}])", ACCEPTS.map(|(_, text)| text).join(", ")),
        ("accept", name) => of(name, &ACCEPTS)?,
        ("escalate", _) => ESCALATE.to_owned(),
        (field, name) => OTHERS.iter().find(|(of, known, _)| (*of, *known) == (field, name))?.2.to_owned(),
    };
    Some(format!("{at}={written}"))
}

/// A row's path with names that the scenario has.
fn concrete(path: &str) -> String {
    let mut out: Vec<&str> = vec![];
    for step in path.split('.') {
        let name = match (step, out.last().copied().unwrap_or_default()) {
            ("N", _) => "0",
            ("NAME", "levers") => "gate",
            ("NAME", "goals") => "Proud",
            ("NAME", "strategies") => "unplayed",
            ("NAME", "factions") => "hawks",
            ("NAME", "third_countries") => "between",
            ("NAME", "weights") => "price",
            ("NAME", _) => "us",
            (own, _) => own,
        };
        out.push(name);
    }
    out.join(".")
}

/// The ends of a range, and whether each belongs to it.
fn ends(row: &Field) -> Option<[(f64, bool); 2]> {
    let (low, rest) = row.range.split_once(" to ")?;
    let end = |text: &str, open: &str| {
        let text = text.split(',').next().unwrap_or_default();
        match text.strip_prefix(open) {
            Some(x) => Some((x.trim().parse().ok()?, false)),
            None => Some((text.parse().ok()?, true)),
        }
    };
    Some([end(low, "above")?, end(rest, "below")?])
}

/// What else must be said for a number to come to the end of its range, where its row says that it hangs on another.
fn beside(path: &str, x: f64) -> Vec<&'static str> {
    let wide = "levers.gate.range=(low: -1e9, high: 1e9)";
    let reach = "levers.gate.reach=(low: -1e9, high: 1e9)";
    let high = x > 0.0;
    match path {
        "calendar.Summit.at" if !high || x == 1.0 => {
            vec!["calendar.Summit.invite_at=0", "calendar.Summit.prepare_at=1"]
        }
        "calendar.Summit.invite_at" if high => vec!["calendar.Summit.at=10000", "calendar.Summit.prepare_at=10000"],
        "calendar.Summit.prepare_at" if x == 1.0 => vec!["calendar.Summit.invite_at=0"],
        "calendar.Summit.prepare_at" => vec!["calendar.Summit.at=10000"],
        "calendar.TruceExpires.length.Bargained.shortest" if high => {
            vec!["calendar.TruceExpires.length=Bargained(shortest: 1, longest: 10000)"]
        }
        "calendar.TruceExpires.length.Bargained.longest" if x == 1.0 => {
            vec!["calendar.TruceExpires.length=Bargained(shortest: 1, longest: 5)"]
        }
        "calendar.Shock.from" if high => vec!["calendar.Shock.to=10000"],
        "calendar.Shock.to" if !high => vec!["calendar.Shock.from=0"],
        "calendar.Shock.level" | "levers.gate.now" | "levers.gate.snap" => vec![wide],
        "levers.gate.reach.low" | "levers.gate.reach.high" => vec![wide, reach],
        "levers.gate.range.low" | "levers.gate.range.high" if high => {
            vec![wide, "levers.gate.now=1e9", "levers.gate.snap=1e9", "calendar.Shock.level=1e9"]
        }
        "levers.gate.range.low" | "levers.gate.range.high" => {
            vec![wide, "levers.gate.now=-1e9", "levers.gate.snap=-1e9", "calendar.Shock.level=-1e9"]
        }
        path if path.ends_with(".record") && high => {
            vec![if path.contains("word") { "parties.us.word.weight=1e6" } else { "parties.us.resolve.weight=1e6" }]
        }
        _ => vec![],
    }
}

/// The lowest level cannot be the highest there is, nor the other way round: the row says so.
fn is_the_other_end(path: &str, x: f64) -> bool {
    let range = path.contains(".range.") || path.contains(".reach.");
    range && (path.ends_with(".low") && x > 0.0 || path.ends_with(".high") && x < 0.0)
}

#[test]
fn each_end_of_each_range_is_taken() {
    let text = all();
    assert_eq!(wrong(&text, &[]), None);
    let (mut tried, mut refused) = (0, vec![]);
    for row in fields::<Scenario>() {
        let Some(ends) = ends(&row) else { continue };
        let path = concrete(&row.path);
        let span = ends[1].0 - ends[0].0;
        for ((x, closed), inward) in ends.into_iter().zip([1.0, -1.0]) {
            let typed = |x: f64| {
                let mut sets: Vec<String> = variant(&path).into_iter().collect();
                sets.extend(beside(&path, x).into_iter().map(str::to_owned));
                sets.push(format!("{path}={x}"));
                wrong(&text, &sets)
            };
            let whole = row.unit == "rounds" && row.range.contains("to 10000");
            let outside = x - inward * if whole { 1.0 } else { 1e-3 * span.max(1.0) };
            let taken = if is_the_other_end(&path, x) { typed(x + inward) } else { typed(x) };
            let open = if closed { None } else { typed(x + 1e-6 * inward) };
            let expected = if closed { taken.is_none() } else { taken.is_some() && open.is_none() };
            if !expected {
                refused.push(format!("{path}={x} ({}): {}", row.range, taken.or(open).unwrap_or("it is taken".into())));
            }
            if typed(outside).is_none() {
                refused.push(format!("{path}={outside} is taken, outside of {}", row.range));
            }
            tried += 1;
        }
    }
    assert!(tried > 400, "{tried}");
    assert!(refused.is_empty(), "{} of {tried}\n{}", refused.len(), refused.join("\n"));
}

#[test]
fn bargaining_on_its_own_keeps_its_word_too() {
    let mut tried = 0;
    for row in fields::<BargainingFile>() {
        let Some(ends) = ends(&row) else { continue };
        let path = concrete(&row.path);
        for (x, _) in ends {
            let discount = path.split('.').find(|step| ["Factor", "Cost"].contains(step));
            let mut sets: Vec<String> = vec![];
            match discount {
                Some("Factor") => sets.push("bargaining.parties.0.discount=Factor(keeps: 0.5, each: Game)".into()),
                Some(_) => sets.push("bargaining.parties.0.discount=Cost(takes: 1, each: Game)".into()),
                None => {}
            }
            if path.contains("weights") {
                continue; // what an outcome is worth bounds them all: the row says so
            }
            sets.push(format!("{path}={x}"));
            assert_eq!(wrong(ALONE, &sets), None, "{sets:?}");
            tried += 1;
        }
    }
    assert!(tried >= 12, "{tried}");
}

/// How many things of a kind a row says there may be.
fn most(path: &str) -> usize {
    let rows = fields::<Scenario>();
    let row = rows.iter().find(|row| row.path == path).unwrap_or_else(|| panic!("no {path}"));
    let words: Vec<&str> = row.range.split(' ').collect();
    let of = words.windows(2).find(|pair| pair[1] == "of").unwrap_or_else(|| panic!("{path}: {}", row.range));
    of[0].parse().expect("a number")
}

#[test]
fn so_many_are_taken_as_is_said_and_no_more() {
    let text = all();
    assert_eq!(most("levers"), LEVERS_MAX);
    let lever = |i: usize| format!("\"l{i}\": (holder: \"us\", range: (low: 0, high: 1), effects: {{}}), ");
    let levers =
        |n: usize| text.replace("\"wall\": (", &format!("{} \"wall\": (", (2..n).map(lever).collect::<String>()));
    assert_eq!(wrong(&levers(most("levers")), &[]), None);
    assert!(wrong(&levers(most("levers") + 1), &[]).is_some_and(|told| told.contains("32 levers at most, found 33")));
    let many = |item: &str, n: usize| vec![item; n].join(", ");
    let goals = (0..9).map(|i| format!("\"g{i}\": (), ")).collect::<String>();
    let text = text.replace("goals: {", &format!("goals: {{ {goals}"));
    for (row, at, open, item, close) in [
        ("offer.Blend.parts", "offer", "Blend(parts: [", "(weight: 1, tactic: Reciprocate())", "])"),
        ("accept.All.of", "accept", "All(of: [", "Next", "])"),
        ("accept.Any.of", "accept", "Any(of: [", "Next", "])"),
        ("model.Bayes.types", "model", "Bayes(prior_on_named: 0.5, sharpness: 2, types: [", "", "])"),
    ] {
        let most = most(&format!("parties.NAME.strategy.{row}"));
        let items = |n: usize| match item {
            "" => (0..n).map(|i| format!("\"g{i}\"")).collect::<Vec<_>>().join(", "),
            item => many(item, n),
        };
        let set = |n: usize| vec![format!("parties.us.strategy.{at}={open}{}{close}", items(n))];
        assert_eq!(wrong(&text, &set(most)), None, "{row}");
        assert!(wrong(&text, &set(most + 1)).is_some(), "{row}");
        assert!(wrong(&text, &set(0)).is_some(), "{row}");
    }
}
