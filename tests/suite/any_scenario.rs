//! A scenario drawn at random from all that an author may write.

use std::fmt::Write;

use crate::common::Lots;
use summitry::parts::Switch;

const GOALS: [&str; 3] = ["Dove", "Owl", "Hawk"];

/// A number, or a distribution around it; draws beyond the field's range are clamped when they are made.
fn draw(lots: &mut Lots, low: f64, high: f64) -> String {
    let x = lots.between(low, high);
    match lots.below(5) {
        0 => format!("Uniform(low: {low:.4}, high: {x:.4})"),
        1 => format!("Normal(mean: {x:.4}, sd: {:.4})", 0.1 * (high - low)),
        2 if low >= 0.0 && x > 0.001 => format!("LogNormal(median: {x:.4}, spread: 0.4)"),
        _ => format!("{x:.4}"),
    }
}

fn some(lots: &mut Lots, n: usize, part: impl Fn(&mut Lots) -> String) -> String {
    (0..n).map(|_| part(lots)).collect::<Vec<_>>().join(", ")
}

/// Any way to make offers. Full information decides alone: it is no part of a blend.
pub fn offer(lots: &mut Lots, depth: usize) -> String {
    match lots.below(if depth == 0 { 5 } else { 8 }) {
        0 | 1 => format!("Time(exponent: {}, opening: {})", draw(lots, 0.02, 5.0), draw(lots, 0.0, 1.0)),
        2 => format!("Resource(sessions: {})", draw(lots, 0.0, 9.0)),
        3 => format!("Reciprocate(opening: {})", draw(lots, 0.0, 1.0)),
        4 => format!("Hold(share: {})", draw(lots, 0.0, 1.0)),
        5 => "BackwardInduction".into(),
        _ => {
            let n = 1 + lots.below(3);
            let parts = some(lots, n, |lots| {
                let (weight, tactic) = (draw(lots, 0.1, 3.0), offer(lots, 0));
                format!("(weight: {weight}, tactic: {tactic})")
            });
            format!("Blend(parts: [{parts}])")
        }
    }
}

/// Any rule of acceptance.
pub fn accept(lots: &mut Lots, depth: usize) -> String {
    match lots.below(if depth == 0 { 4 } else { 6 }) {
        0 => "Next".into(),
        1 => format!("Time(after: {})", draw(lots, 0.0, 1.5)),
        2 => {
            let window = if lots.chance(0.5) { format!("window: {}, ", 1 + lots.below(4)) } else { String::new() };
            format!("Combi(after: {}, {window}use: {})", draw(lots, 0.0, 1.5), lots.one_of(&["Max", "Mean"]))
        }
        3 => format!("Above(points: {})", draw(lots, -5.0, 20.0)),
        kind => {
            let n = 1 + lots.below(1 + depth); // twelve steps at most
            let parts = some(lots, n, |lots| accept(lots, depth - 1));
            format!("{}(of: [{parts}])", if kind == 4 { "All" } else { "Any" })
        }
    }
}

fn strategy(lots: &mut Lots) -> String {
    let mut escalate = vec![];
    if lots.chance(0.6) {
        escalate.push(format!("Reply(in_kind: {}, forgive: {})", draw(lots, 0.0, 2.0), draw(lots, 0.0, 1.0)));
    }
    if lots.chance(0.2) {
        escalate.push(format!("Grim(step: {})", draw(lots, 0.0, 1.0)));
    }
    if lots.chance(0.6) {
        escalate.push(format!("Threat(per_round: {})", draw(lots, 0.0, 0.5)));
    }
    if lots.chance(0.5) {
        escalate.push(format!("Grit(per_round: {}, step: {})", draw(lots, 0.0, 0.5), draw(lots, 0.0, 0.6)));
    }
    if lots.chance(0.3) {
        escalate.push(format!("Brink(per_round: {})", draw(lots, 0.0, 0.4)));
    }
    if lots.chance(0.3) {
        escalate.push(format!("Praise(per_round: {})", draw(lots, 0.0, 1.0)));
    }
    if escalate.is_empty() {
        escalate.push("Never".into());
    }
    let extend = match lots.below(6) {
        0 | 1 => format!("Demand(bar: {})", draw(lots, -3.0, 3.0)),
        2 => "Always".into(),
        3 => "Never".into(),
        4 => format!("IfProgress(at_least: {})", draw(lots, 0.0, 1.0)),
        _ => format!("Attrition(hazard: {})", draw(lots, 0.0, 1.0)),
    };
    let pledge = match lots.below(3) {
        0 => "Honest".into(),
        1 => format!("Dangle(inflate: {})", draw(lots, 1.0, 4.0)),
        _ => format!("Capacity(share: {})", draw(lots, 0.0, 1.0)),
    };
    let model = match lots.below(4) {
        0 => "Known".into(),
        1 => "None".into(),
        2 => format!("Frequency(rate: {})", draw(lots, 0.0, 0.9)),
        _ => {
            let types = GOALS[..2 + lots.below(2)].iter().map(|g| format!("\"{g}\"")).collect::<Vec<_>>().join(", ");
            format!("Bayes(types: [{types}], prior_on_named: 0.5, sharpness: {})", draw(lots, 0.0, 8.0))
        }
    };
    format!(
        "(offer: {}, accept: {}, escalate: [{}], extend: {extend}, pledge: {pledge}, model: {model})",
        offer(lots, 1),
        accept(lots, 2),
        escalate.join(", ")
    )
}

fn goal(lots: &mut Lots) -> String {
    format!(
        "(prosperity: {}, security: {}, politics: {}, prestige: {}, patience: {}, date: {}, hunger: {})",
        draw(lots, 0.0, 2.0),
        draw(lots, 0.0, 2.0),
        draw(lots, 0.0, 2.0),
        draw(lots, 0.0, 1.5),
        draw(lots, 0.8, 1.0),
        draw(lots, 1.0, 40.0),
        draw(lots, 0.0, 0.3)
    )
}

fn effects(lots: &mut Lots) -> String {
    let n = 1 + lots.below(3); // a lever that nobody feels is no lever
    some(lots, n, |lots| {
        let dimension = lots.one_of(&["Prosperity", "Security", "Politics"]);
        let shape = lots.one_of(&["Lin", "Rest", "Root", "Hump", "Dead", "Lost"]);
        format!("{dimension}(points: {:.3}, shape: {shape})", lots.between(-6.0, 6.0))
    })
}

struct Held {
    name: String,
    holder: &'static str,
    hostile: bool,
    layered: bool,
    range: (f64, f64),
}

fn lever(lots: &mut Lots, held: &Held) -> String {
    let (low, high) = held.range;
    let level = |lots: &mut Lots| lots.between(low, high);
    let (now, snap) = (level(lots), level(lots));
    let mut reach = [level(lots), level(lots)];
    reach.sort_by(f64::total_cmp);
    let mut out = format!("(range: (low: {low}, high: {high}), now: {now:.3}, snap: {snap:.3}");
    if held.holder.is_empty() {
        out.push_str(", pie: true"); // nobody's: it cannot be blunted, pledged or used to hurt
    } else {
        write!(
            out,
            ", opens: {}, blunted_by_resilience: {:.2}, leaks: {}, hostile: {}, pledge_share: {}, holder: \"{}\"",
            lots.one_of(if held.layered { &["Down"] } else { &["Up", "Down"] }),
            lots.unit(),
            lots.chance(0.3),
            held.hostile,
            lots.one_of(if held.layered { &["0", "0.3"] } else { &["0", "0.3", "1"] }),
            held.holder
        )
        .unwrap();
        if held.layered {
            let (up_to, truce) = (level(lots), lots.chance(0.5));
            write!(out, ", layers: [(name: \"low\", up_to: {up_to:.3}, truce: {truce}), (name: \"high\")]").unwrap();
        }
    }
    if lots.chance(0.6) {
        write!(out, ", reach: (low: {:.6}, high: {:.6})", reach[0], reach[1]).unwrap();
    }
    if lots.chance(0.8) {
        write!(out, ", big_move: {:.3}", lots.between(0.05, 0.7) * (high - low)).unwrap();
    }
    write!(out, ", effects: {{\"east\": [{}], \"west\": [{}]}})", effects(lots), effects(lots)).unwrap();
    out
}

fn party(lots: &mut Lots, key: &str, levers: &[Held]) -> String {
    let mine: Vec<&Held> = levers.iter().filter(|l| l.holder == key).collect();
    let any = levers[lots.below(levers.len())].name.clone();
    let n = lots.below(3);
    let factions: Vec<String> = (0..n)
        .map(|i| {
            let spoils = if mine.is_empty() {
                String::new()
            } else {
                let lever = &mine[lots.below(mine.len())].name;
                format!(", spoils: \"{lever}\", spoils_per_round: {}", draw(lots, 0.0, 0.2))
            };
            format!(
                "\"faction {i}\": (power: {:.2}, prosperity: {:.2}, security: {:.2}, politics: {:.2}{spoils})",
                lots.between(0.0, 0.4),
                lots.between(0.0, 2.0),
                lots.between(0.0, 2.0),
                lots.between(0.0, 2.0)
            )
        })
        .collect();
    let goal = if lots.chance(0.7) {
        format!("(like: \"{}\", prestige: {})", lots.one_of(&GOALS), draw(lots, 0.0, 1.0))
    } else {
        goal(lots)
    };
    let weight = (lots.between(0.1, 6.0) * 10.0).floor() / 10.0;
    let reserve = if lots.chance(0.2) { format!("reserve: {}, ", draw(lots, -5.0, 20.0)) } else { String::new() };
    format!(
        "(goal: {goal}, strategy: {}, {reserve}optimism: {}, honesty: {}, ratify: {}, signing_cost: {}, outside: {}, \
         word: (mean: {}, weight: {:.1}, record: {:.1}), resolve: (mean: {}, weight: {:.1}), \
         resilience: (start: {}, growth: {}, boosts: [(lever: \"{any}\", per_unit: {:.3})]), factions: {{{}}})",
        strategy(lots),
        draw(lots, 0.0, 1.0),
        draw(lots, 0.0, 1.0),
        draw(lots, -0.5, 0.8),
        draw(lots, 0.0, 0.6),
        draw(lots, -5.0, 5.0),
        draw(lots, 0.0, 1.0),
        weight,
        lots.between(0.0, weight),
        draw(lots, 0.0, 1.0),
        lots.between(0.1, 6.0),
        draw(lots, 0.0, 1.0),
        draw(lots, 0.0, 0.05),
        lots.between(0.0, 0.02),
        factions.join(", ")
    )
}

/// Threats that differ, in half of all scenarios.
fn threats(lots: &mut Lots) -> String {
    if lots.chance(0.5) {
        return String::new();
    }
    format!(
        "threats: (size: {}, delay: {}, audience_grows: {:.2}, postponed: {:.2}, postponed_by: {}, in_part: {:.2}, \
         part: {}, yields: {:.2}, yields_by: {:.2}, countered: {:.2}), ",
        draw(lots, 0.0, 3.0),
        draw(lots, 0.0, 3.0),
        lots.unit(),
        lots.unit(),
        draw(lots, 0.0, 4.0),
        lots.unit(),
        draw(lots, 0.0, 1.0),
        lots.unit(),
        lots.unit(),
        lots.unit()
    )
}

/// A truce whose extensions may be settled ahead, be of any length, and cost something.
fn truce(lots: &mut Lots, rounds: usize) -> String {
    let (at, extend_by) = (lots.below(rounds), 1 + lots.below(15));
    let shortest = 1 + lots.below(8);
    let longest = shortest + lots.below(20);
    let length = lots.one_of(&[
        "Rule".to_owned(),
        format!("Bargained(shortest: {shortest}, longest: {longest})"),
        format!("Drawn(of: [(rounds: {shortest}, weight: 1), (rounds: {longest}, weight: 2)])"),
    ]);
    let (ahead, from, price) = (lots.between(0.0, 0.5), 1 + lots.below(6), lots.between(0.0, 2.0));
    format!(
        "TruceExpires(at: {at}, extend_by: {extend_by}, length: {length}, ahead: {ahead:.2}, ahead_from: {from}, price: {price:.2})"
    )
}

/// Deals that are disputed, and swaps that mend.
fn deals(lots: &mut Lots) -> String {
    format!(
        "unravel: (per_item: {}, fades: {:.1}, per_shortfall: {:.2}, share: {:.2}), repair: (per_round: {}, lasts: {}), ",
        draw(lots, 0.0, 0.1),
        lots.between(0.0, 5.0),
        lots.unit(),
        lots.unit(),
        draw(lots, 0.0, 0.8),
        1 + lots.below(12)
    )
}

fn calendar(lots: &mut Lots, rounds: usize, levers: &[Held]) -> String {
    let mut events = vec![];
    if lots.chance(0.5) {
        events.push(format!("Talks(at: {})", lots.below(rounds)));
    }
    if lots.chance(0.9) {
        let gap = lots.one_of(&["1", "3", "Uniform(low: 0, high: 4)", "Uniform(low: 2, high: 7)"]);
        events.push(format!(
            "TalksEvery(gap: {gap}, sooner_per_tone: {:.1}, from: {})",
            lots.between(0.0, 2.0),
            lots.below(3)
        ));
    }
    if lots.chance(0.6) {
        events.push(truce(lots, rounds));
    }
    if rounds > 6 && lots.chance(0.6) {
        let invite = lots.below(rounds - 5);
        let prepare = invite + 1 + lots.below(2);
        events.push(format!(
            "Summit(at: {}, invite_at: {invite}, prepare_at: {prepare}, bar: {}, cancel_below: {:.2})",
            prepare + 1 + lots.below(2),
            draw(lots, -3.0, 3.0),
            lots.between(-1.0, 0.3)
        ));
    }
    let held: Vec<&Held> = levers.iter().filter(|l| !l.holder.is_empty()).collect();
    for _ in 0..if held.is_empty() { 0 } else { lots.below(3) } {
        let from = lots.below(rounds);
        let to = from + lots.below(rounds - from);
        let Held { name, range: (low, high), .. } = held[lots.below(held.len())];
        let level = lots.between(*low, *high);
        events.push(format!(
            "Shock(from: {from}, to: {to}, chance: {}, lever: \"{name}\", level: {level:.3})",
            draw(lots, 0.0, 1.0)
        ));
    }
    for Held { name, .. } in levers.iter().filter(|l| l.layered) {
        let strikes = lots.one_of(&["\"low\"", "\"high\"", "\"low\", \"high\""]);
        let stage = |lots: &mut Lots| {
            let (after, chances) = (draw(lots, 0.0, 8.0), [lots.unit(), lots.unit(), lots.unit()]);
            let [reached, against, stayed] = chances;
            format!("(after: {after}, reached: {reached:.2}, against: {against:.2}, stayed: {stayed:.2})")
        };
        let stages = some(lots, 3, stage);
        events.push(format!("Case(lever: \"{name}\", strikes: [{strikes}], stages: [{stages}])"));
    }
    events.join(", ")
}

/// A whole scenario as its author would write it.
pub fn scenario(lots: &mut Lots) -> String {
    let n = 1 + lots.below(7);
    let levers: Vec<Held> = (0..n)
        .map(|i| {
            let holder = lots.one_of(&["east", "west", "east", "west", "east", "west", ""]);
            let low = lots.one_of(&[0.0, 0.0, 10.0]);
            let range = (low, low + lots.one_of(&[1.0, 50.0, 145.0]));
            let (hostile, layered) = (lots.chance(0.5), lots.chance(0.3));
            let held = !holder.is_empty();
            Held { name: format!("lever {i}"), holder, hostile: held && hostile, layered: held && layered, range }
        })
        .collect();
    let rounds = 1 + lots.below(30);
    let of_held = |lots: &mut Lots| {
        let held: Vec<&Held> = levers.iter().filter(|l| !l.holder.is_empty()).collect();
        if held.is_empty() { String::new() } else { held[lots.below(held.len())].name.clone() }
    };
    let off: Vec<String> =
        Switch::ALL.iter().filter(|_| lots.chance(0.08)).map(|switch| format!("\"{}\"", switch.name())).collect();
    let entries = levers.iter().map(|l| format!("\"{}\": {}", l.name, lever(lots, l))).collect::<Vec<_>>().join(", ");
    let goals = GOALS.map(|name| format!("\"{name}\": {}", goal(lots))).join(", ");
    let n = lots.below(4);
    let countries: Vec<String> = (0..n)
        .map(|k| {
            format!(
                "\"country {k}\": (capacity: {}, signed: {}, exposure: {{\"east\": {:.2}, \"west\": {:.2}}})",
                draw(lots, 0.0, 0.4),
                lots.chance(0.5),
                lots.unit(),
                lots.unit()
            )
        })
        .collect();
    let opener = lots.one_of(&["Coin", "Alternate(first: \"east\")", "Alternate(first: \"west\")"]);
    let reserve = match lots.below(4) {
        0 => format!("Fixed(stakes: {:.2})", lots.between(-0.2, 1.0)),
        1 => format!("Learned(rate: {:.2})", lots.unit()),
        _ => "Share".into(),
    };
    let standoff = if lots.chance(0.1) { "standoff: (prize: 2, cost: 0.1), " } else { "" };
    format!(
        "(schema: \"summitry/1\", title: \"Anything goes\", off: [{}], {standoff}\
         clock: (rounds: {rounds}, deal_life: {}, end: {}, stop_at_deal: {}, breakdown: {}), calendar: [{}], \
         talks: (exchanges: {}, opener: {opener}, officials_may_move: {:.2}, leaders_may_move: {:.2}, regard: {}, \
         price_of_broken_word: {}, mood: {}, reserve: {reserve}, fear_of_lapse: {}, lapse_lasts: 3, prospect: {}), \
         prize: (summit: {:.2}, at_talks: {:.2}, photo_only: {:.2}), tone: (start: {:.2}, fades: {:.2}), \
         incidents: (per_round: {}), overcapacity: (eased_by: \"{}\", growth: {}), transshipment: (police: {}), \
         thirds: (press: \"{}\", threaten: \"{}\", log_odds: {:.1}, punish_per_round: 0.3), delivery: (ramp: {}, noise: {}, in_step: {:.2}), {}\
         ratification: (scale: {:.3}), escalation: (threat_due: {}), {}\
         goals: {{{goals}}}, parties: {{\"east\": {}, \"west\": {}}}, levers: {{{entries}}}, third_countries: {{{}}})",
        off.join(", "),
        1 + lots.below(60),
        lots.one_of(&["Final", "Censored"]),
        lots.chance(0.3),
        lots.one_of(&["0", "0", "0.05", "Uniform(low: 0, high: 0.1)"]),
        calendar(lots, rounds, &levers),
        1 + lots.below(9),
        lots.between(0.1, 1.0),
        lots.between(0.5, 3.0),
        draw(lots, 0.0, 1.0),
        draw(lots, 0.0, 1.0),
        draw(lots, 0.0, 0.3),
        draw(lots, 0.0, 1.0),
        lots.chance(0.2),
        lots.between(0.0, 1.2),
        lots.unit(),
        lots.unit(),
        lots.between(-1.0, 1.0),
        lots.between(0.0, 0.3),
        draw(lots, 0.0, 0.3),
        of_held(lots),
        draw(lots, 0.0, 0.1),
        draw(lots, 0.0, 1.0),
        of_held(lots),
        of_held(lots),
        lots.between(-4.0, 0.0),
        1 + lots.below(10),
        draw(lots, 0.0, 0.5),
        lots.unit(),
        deals(lots),
        lots.between(0.01, 0.3),
        1 + lots.below(3),
        threats(lots),
        party(lots, "east", &levers),
        party(lots, "west", &levers),
        countries.join(", ")
    )
}
