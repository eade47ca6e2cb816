//! The eight charts of the debrief: each says in its title what it shows, computed from the tables.

use super::charts::{Posed, bar, half, lines, percent, posed};
use super::ended::Ended;
use super::news;
use super::played::By;
use super::study::{self, Cloud};
use crate::charts::{Bar, Bars, Cloud as Dots, Count, Fill, Ink, Line, Scatter};
use crate::game::told::Told;
use crate::notation::wording::{count, plural};
use crate::record::endings::label;
use crate::world::orders::Ask;
use crate::world::setup::Setup;
use crate::world::trace::{Move, What};

/// Bars of shares, from 0 to 1.
fn shares(rows: Vec<Bar>) -> Bars {
    Bars { rows, count: Count::Share, reach: 1.0 }
}

/// Bars of numbers in a unit, or of things.
fn numbers(rows: Vec<Bar>, unit: &str) -> Bars {
    Bars { rows, count: Count::Number(unit.into()), reach: 0.0 }
}

/// The fill of a party's bars.
fn of_side(party: usize) -> Fill {
    Fill::Plain(Ink::side(party))
}

fn two(x: f64) -> String {
    format!("{x:.2}")
}

/// The eight charts of the study.
pub fn charts(setup: &Setup, tables: &[Ended], cloud: Option<&Cloud>, truth: [bool; 2], asks: &[String]) -> Vec<Posed> {
    let ask = |i: usize| asks.get(i).map_or("", String::as_str);
    let of_tables = [
        places(setup, tables, cloud, ask(1)),
        audience(setup, tables, ask(2)),
        promises(setup, tables, ask(3)),
        deadlines(setup, tables, ask(4)),
        missed(setup, tables, ask(5)),
        homes(tables, ask(6)),
        guesses(setup, tables, truth, ask(7)),
    ];
    let of_tables = of_tables.into_iter().map(|chart| with_deciders(chart, tables));
    std::iter::once(win_sets(setup, ask(0))).chain(of_tables).collect()
}

/// A chart of tables says below it who decided at each.
pub fn with_deciders(mut posed: Posed, tables: &[Ended]) -> Posed {
    let each: Vec<String> =
        tables.iter().map(|t| format!("{} at {}", t.decided.words(), t.name.to_lowercase())).collect();
    posed.chart.note += &format!(" Decided by people: {}.", each.join(", "));
    posed
}

/// A table's name where it stands beside others, with who decided at it.
fn named(table: &Ended) -> String {
    format!("{} (people {})", table.name, table.decided.words())
}

fn win_sets(setup: &Setup, ask: &str) -> Posed {
    let n = 4000;
    let (groups, both) = study::win_sets(setup, n);
    let hardest = groups.iter().min_by(|a, b| a.2.total_cmp(&b.2));
    let hardest =
        hardest.map_or(String::new(), |(_, name, x)| format!("; hardest to please: {name} ({})", percent(*x)));
    let title = if both > 0.0 {
        format!("Of all packages {} please every group at home at once{hardest}", percent(both))
    } else {
        format!("Of {n} packages none pleases every group at home at once{hardest}")
    };
    let mut list: Vec<Bar> = groups.into_iter().map(|(party, name, x)| bar(name, x, of_side(party))).collect();
    // An overlap that is empty is said, not drawn.
    list.extend((both > 0.0).then(|| bar("everybody at once (the overlap)".into(), both, Fill::Hatch(Ink::Edge))));
    for row in &mut list {
        let half = half(row.value, n);
        row.inner = Some([(row.value - half).max(0.0), (row.value + half).min(1.0)]);
    }
    let rows = list.iter().map(|b| vec![b.name.clone(), percent(b.value), percent(half(b.value, n))]).collect();
    let about = "Win-sets: the share of packages that please each group, and all of them at once";
    let overlap =
        if both > 0.0 { " The overlap is hatched: packages that please all groups of both sides." } else { "" };
    let note = format!("{n} packages drawn evenly from what can be moved; pleased means better than today.{overlap}");
    posed(&title, ask, about, &note, shares(list), &["Group", "Pleased by", "±"], rows)
}

fn total(told: &Told, p: usize) -> f64 {
    told.rounds.last().map_or(0.0, |r| r.total[p])
}

fn places(setup: &Setup, tables: &[Ended], cloud: Option<&Cloud>, ask: &str) -> Posed {
    let names = [0, 1].map(|p| format!("{} [points]", setup.parties[p].name));
    let dots = |deal: bool| -> Vec<(f64, f64)> {
        cloud.map_or(vec![], |c| c.games.iter().filter(|(_, d)| *d == deal).map(|(t, _)| (t[1], t[0])).collect())
    };
    let points: Vec<_> = tables.iter().map(|t| (named(t), (total(&t.told, 1), total(&t.told, 0)))).collect();
    let no_deal = |p: usize| {
        let without: Vec<f64> = cloud.map_or(vec![], |c| c.games.iter().filter(|g| !g.1).map(|g| g.0[p]).collect());
        (!without.is_empty()).then(|| without.iter().sum::<f64>() / without.len() as f64)
    };
    let cross = no_deal(1).zip(no_deal(0));
    let frontier = cross.map_or(vec![], |(us, cn)| frontier(setup, tables, [cn, us]));
    let about = "Value for both: each table over a batch with engine players in all seats";
    let [cn, us] = names;
    let clouds = [("games without a deal", false, "no_deal"), ("games with a deal", true, "deal")];
    let clouds = clouds.map(|(name, deal, of)| Dots { name: name.into(), games: dots(deal), fill: Fill::ending(of) });
    let drawn = Scatter {
        axes: [us, cn],
        clouds: if cloud.is_some() { clouds.to_vec() } else { vec![] },
        points,
        cross: cross.map(|at| (at, "mean without a deal".into())),
        frontier,
        reach: vec![],
    };
    let below = |t: &Ended, p: usize| cloud.map(|c| c.below(p, total(&t.told, p)));
    let rows = tables
        .iter()
        .map(|t| {
            let metric = |name: &str| {
                let found = t.told.metrics.iter().find(|m| m.0.name == name && m.1.is_finite());
                found.map_or("–".into(), |m| two(m.1))
            };
            let below = |p: usize| below(t, p).map_or("–".into(), percent);
            vec![
                named(t),
                two(total(&t.told, 1)),
                below(1),
                two(total(&t.told, 0)),
                below(0),
                label(setup, t.told.class).into(),
                metric("pareto_distance"),
            ]
        })
        .collect();
    let deals = tables.iter().filter(|t| !t.told.agreements.is_empty()).count();
    let here = format!("{deals} of {} ended with a deal", count(tables.len(), "table"));
    let title = match cloud {
        Some(c) => format!("{here}; of games among engines {} did", percent(c.deals())),
        None => here,
    };
    let note = cloud.map_or("The batch is still being computed.".into(), |c| {
        format!(
            "Dots: {} games with engine players in all seats, {} ± {} of them with a deal; dashed: the mean without a deal; the frontier: what packages signed in week 1 and kept to the end could bring at most, at face value. Roles are unequal: no ranking.",
            c.games.len(), percent(c.deals()), percent(half(c.deals(), c.games.len()))
        )
    });
    let heads = [
        "Table",
        "US points",
        "batch below",
        "China points",
        "batch below",
        "Ended as",
        "Last deal below the frontier [points]",
    ];
    posed(&title, ask, about, &note, drawn, &heads, rows)
}

/// The frontier over what both have without a deal: the other side's value against this one's.
fn frontier(setup: &Setup, tables: &[Ended], without: [f64; 2]) -> Vec<(f64, f64)> {
    let n = tables.len().max(1) as f64;
    let mean = |f: &dyn Fn(&Ended) -> f64| tables.iter().map(f).sum::<f64>() / n;
    let weights = [0, 1].map(|p| [0, 1, 2].map(|d| mean(&|t| t.weights[p][d])));
    let weeks = [0, 1].map(|p| {
        let patience = mean(&|t| t.patience[p]);
        (0..setup.rounds).fold((0.0, 1.0), |(sum, now), _| (sum + now, now * patience)).0
    });
    study::frontier(setup, weights, weeks, without).into_iter().map(|[cn, us]| (us, cn)).collect()
}

/// How far an offer moves its side's own levers from where they stand (big moves).
fn given(setup: &Setup, party: usize, package: &[Move]) -> f64 {
    let own = package.iter().filter(|m| setup.levers[m.lever].holder == party);
    own.map(|m| (m.to - m.from) * setup.levers[m.lever].opens / setup.levers[m.lever].step).sum()
}

/// The most that a side offered in its game (big moves).
fn conceded(setup: &Setup, told: &Told, party: usize) -> f64 {
    let offers = told.notes.iter().filter(|n| n.party == Some(party)).filter_map(|n| match &n.what {
        What::Offer { package, .. } => Some(given(setup, party, package)),
        _ => None,
    });
    offers.fold(0.0, f64::max)
}

/// Public acts by strength, in words.
const ACTS: [&str; 4] = ["nothing", "words or an opening", "a threat", "a tightening"];

fn audience(setup: &Setup, tables: &[Ended], ask: &str) -> Posed {
    let (mut points, mut rows, mut most) = (vec![], vec![], 0);
    for t in tables {
        for p in 0..2 {
            let strength = t.stances[p].iter().map(|s| s.1).max().unwrap_or(0);
            most = most.max(strength);
            let moved = conceded(setup, &t.told, p);
            let name = format!("{}, {}", t.name, setup.parties[p].name);
            rows.push(vec![name.clone(), ACTS[(strength as usize).min(3)].to_string(), two(moved)]);
            points.push((name, (f64::from(strength), moved)));
        }
    }
    let about = "Public acts: the strongest of each delegation against the largest concession it offered";
    let heads = ["Delegation", "Strongest act", "Most offered [big moves]"];
    if most == 0 {
        let note =
            "Nobody of the class said or did anything in public, so there is nothing to hold concessions against.";
        return posed("Nobody acted in public", ask, about, note, shares(vec![]), &heads, rows);
    }
    let acted: Vec<_> = points.iter().filter(|p| p.1.0 > 0.0).map(|p| p.1.1).collect();
    let title = format!(
        "{} of {} acted in public, the strongest with {}; afterwards they offered {} big moves at most",
        acted.len(),
        count(points.len(), "delegation"),
        ACTS[(most as usize).min(3)],
        two(acted.iter().copied().fold(0.0, f64::max))
    );
    let note = "Strength of a public act: 0 none, 1 words or opening, 2 threat, 3 tightening. Too few delegations for a rule, enough for a question.";
    let axes = ["strongest public act".into(), "most offered [big moves]".into()];
    let drawn = Scatter { axes, points, reach: vec![(0.0, 0.0), (3.0, 1.0)], ..Scatter::default() };
    posed(&title, ask, about, note, drawn, &heads, rows)
}

fn promises(setup: &Setup, tables: &[Ended], ask: &str) -> Posed {
    let (mut bars_of, mut rows) = (vec![], vec![]);
    for t in tables {
        for pledge in &t.told.pledges {
            let name = format!("{}: {}", t.name, setup.levers[pledge.lever].name);
            let kept = pledge.delivered.map_or("not due yet".into(), percent);
            let from_to = format!("{} to {}", two(pledge.promised.from), two(pledge.promised.to));
            rows.push(vec![name.clone(), from_to, kept, two(pledge.level)]);
            let holder = setup.levers[pledge.lever].holder;
            bars_of.extend(pledge.delivered.map(|share| bar(name, share, of_side(holder)))); // what is not due has no bar
        }
    }
    let full = bars_of.iter().filter(|b| b.value >= 0.995).count();
    let title = match (rows.len(), bars_of.len()) {
        (0, _) => "No promise was made at any table".to_string(),
        (n, 0) => format!("{} made, none due yet", count(n, "promise")),
        (_, due) => {
            format!("{full} of {} that fell due {} kept in full", count(due, "promise"), plural(full as u64, "was"))
        }
    };
    let heads = ["Promise", "Promised", "Delivered of what was due", "Stands at"];
    let about = "Promised against delivered: the share of what was due";
    posed(&title, ask, about, "Of two promises on one issue, the latest.", shares(bars_of), &heads, rows)
}

/// What people gave up in their offers against their own last one of the same meeting, by the week of the meeting.
fn deadlines(setup: &Setup, tables: &[Ended], ask: &str) -> Posed {
    let mut moved: Vec<[f64; 2]> = vec![[0.0; 2]; setup.rounds as usize];
    for t in tables {
        let by_people = |round: u32, p: usize, exchange: u32| {
            let here =
                |f: &&super::played::Filed| f.at.round == round && f.at.party == p && f.at.ask == Ask::Offer(exchange);
            t.filed.iter().find(here).is_some_and(|f| matches!(f.by, By::People | By::Draft))
        };
        let mut last = [0.0; 2];
        for note in &t.told.notes {
            match &note.what {
                What::Session { .. } => last = [0.0; 2],
                What::Offer { exchange, package, .. } => {
                    let Some(p) = note.party else { continue };
                    let now = given(setup, p, package);
                    if by_people(note.round, p, *exchange)
                        && let Some(week) = moved.get_mut(note.round as usize)
                    {
                        week[p] += (now - last[p]).max(0.0);
                    }
                    last[p] = now;
                }
                _ => {}
            }
        }
    }
    let weeks = moved.iter().enumerate().flat_map(|(week, by)| {
        let name = move |p: usize| format!("{}, {}", news::day(setup, week as u32), setup.parties[p].name);
        [1, 0].map(|p| bar(name(p), by[p], of_side(p)))
    });
    let list: Vec<Bar> = weeks.filter(|b| b.value > 0.005).collect();
    let sum: f64 = moved.iter().flatten().sum();
    let most = moved.iter().enumerate().max_by(|a, b| (a.1[0] + a.1[1]).total_cmp(&(b.1[0] + b.1[1])));
    let title = match most.filter(|_| sum > 0.0) {
        Some((week, by)) => {
            let share = percent((by[0] + by[1]) / sum);
            format!(
                "{share} of what people gave up in their offers came in the week of {}",
                news::day(setup, week as u32)
            )
        }
        None => "People gave up nothing in their offers".into(),
    };
    let about = "When concessions came: big moves of its own levers that a side added to its offer, by week";
    let rows = list.iter().map(|b| vec![b.name.clone(), two(b.value)]).collect();
    let note = "Offers of people, and of drafts at the bell; a first offer of a meeting counts against what stands. All tables.";
    posed(&title, ask, about, note, numbers(list, "big moves"), &["Week and side", "Big moves"], rows)
}

fn missed(setup: &Setup, tables: &[Ended], ask: &str) -> Posed {
    let (mut list, mut rows) = (vec![], vec![]);
    for t in tables {
        let Some(last) = t.told.rounds.last() else { continue };
        let mut gains: Vec<(usize, f64, f64)> = (0..setup.levers.len())
            .map(|l| {
                let lever = &setup.levers[l];
                // Points of two sides are no sum; shares of what is at stake for each are.
                let gain =
                    |p: usize, x: f64| setup.stakes(p, study::gain(setup, p, t.weights[p], l, last.levels[l], x));
                let joint = |x: f64| (0..2).map(|p| gain(p, x)).sum::<f64>();
                let steps =
                    (0..=10).map(|i| lever.reach_low + f64::from(i) / 10.0 * (lever.reach_high - lever.reach_low));
                steps.map(|x| (l, x, joint(x))).fold((l, last.levels[l], 0.0), |a, b| if b.2 > a.2 { b } else { a })
            })
            .collect();
        gains.sort_by(|a, b| b.2.total_cmp(&a.2));
        for (l, to, gain) in gains.into_iter().take(3).filter(|g| g.2 > 0.0005) {
            let name = format!("{}: {}", t.name, setup.levers[l].name);
            rows.push(vec![
                name.clone(),
                news::level(setup, l, last.levels[l]),
                news::level(setup, l, to),
                format!("{:.1} %", 100.0 * gain),
            ]);
            list.push(bar(name, 100.0 * gain, of_side(setup.levers[l].holder)));
        }
    }
    let title = match list.iter().max_by(|a, b| a.value.total_cmp(&b.value)) {
        Some(best) => format!("The trade that was missed most: {}", best.name),
        None => "No trade was missed: no single issue, moved further, would bring both together more".into(),
    };
    let about = "Missed trades: what both together would gain by moving one more issue, in percent of a week's stakes";
    let note = "The three issues of each table whose move would have brought both together most, at their levels of the last week, under both governments' true weights; each side's gain is counted in what is at stake for it.";
    let heads = ["Issue", "Stands at", "Best for both", "Of a week's stakes"];
    posed(&title, ask, about, note, numbers(list, "% of the stakes"), &heads, rows)
}

fn homes(tables: &[Ended], ask: &str) -> Posed {
    let (mut list, mut rows) = (vec![], vec![]);
    let mut all = [0, 0];
    for t in tables {
        let count = |f: &dyn Fn(&What) -> bool| t.told.notes.iter().filter(|n| f(&n.what)).count();
        let initialled = count(&|w| matches!(w, What::Initialled { .. }));
        let rejected = count(&|w| matches!(w, What::Rejected { .. }));
        let signed = t.told.agreements.len();
        all = [all[0] + initialled, all[1] + signed];
        list.push(bar(format!("{}: initialled", t.name), initialled as f64, Fill::Tint(Ink::Summit, 25)));
        list.push(bar(format!("{}: ratified by both", t.name), signed as f64, Fill::ending("deal")));
        rows.push(vec![t.name.clone(), initialled.to_string(), signed.to_string(), rejected.to_string()]);
    }
    let title = match all {
        [0, _] => "No package was initialled at any table".into(),
        [initialled, signed] => {
            format!("{signed} of {} initialled passed at home on both sides", count(initialled, "package"))
        }
    };
    let (about, note) = ("Initialled against ratified", format!("Tables: {}.", tables.len()));
    let heads = ["Table", "Initialled", "Ratified", "Refusals at home"];
    posed(&title, ask, about, &note, numbers(list, ""), &heads, rows)
}

fn guesses(setup: &Setup, tables: &[Ended], truth: [bool; 2], ask: &str) -> Posed {
    let (mut series, mut rows) = (vec![], vec![]);
    let mut about_side: [Vec<f64>; 2] = Default::default();
    for t in tables {
        for p in 0..2 {
            let right = f64::from(u8::from(truth[1 - p]));
            let list: Vec<f64> = t.guesses[p].iter().map(|g| f64::from(g.1) / 100.0).collect();
            if list.is_empty() {
                continue;
            }
            let brier = list.iter().map(|x| (x - right) * (x - right)).sum::<f64>() / list.len() as f64;
            let name = format!("{}, {}", t.name, setup.parties[p].name);
            let said: Vec<String> = list.iter().map(|x| percent(*x)).collect();
            rows.push(vec![name.clone(), said.join(", "), percent(right), two(brier)]);
            about_side[1 - p].extend(&list);
            series.push((name, list));
        }
    }
    let seeks = |p: usize| if truth[p] { "seeks a deal" } else { "plays for time" };
    let said = |p: usize| {
        let list = &about_side[p];
        let mean = list.iter().sum::<f64>() / list.len() as f64;
        (!list.is_empty()).then(|| {
            format!("{} {}; it was thought to seek a deal with {}", setup.parties[p].name, seeks(p), percent(mean))
        })
    };
    let each: Vec<String> = [1, 0].into_iter().filter_map(said).collect();
    let title = if each.is_empty() { "Nobody guessed what the other side was after".into() } else { each.join(". ") };
    let about = "Deal or time: how likely each delegation thought that the other seeks a deal, guess by guess";
    let note = format!(
        "Delegations that guessed: {}. The truth is drawn as a line of its party's colour. Brier score: 0 is perfect, 0.25 is what always saying 50 % earns.",
        rows.len()
    );
    let steps = series.iter().map(|(_, values)| values.len()).max().unwrap_or(0);
    let mut drawn = lines("guess", "seeks a deal", &series);
    let told = (0..2).filter(|p| !about_side[*p].is_empty()).map(|p| Line {
        name: format!("truth: {}", setup.parties[p].name),
        values: vec![f64::from(u8::from(truth[p])); steps.max(2)],
        pen: crate::charts::Pen { width: 1.5, ..crate::charts::Pen::side(p) },
    });
    drawn.lines.extend(told);
    posed(&title, ask, about, &note, drawn, &["Delegation", "Guesses", "Truth", "Brier score"], rows)
}
