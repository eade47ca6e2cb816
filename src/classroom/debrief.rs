//! The debrief: eight charts, the odds of each table with its turning points, and where each stands in the cloud.

use std::sync::Arc;

use super::charts::{Posed, bar, lines, posed};
use super::decided::{self, Decided};
use super::lesson::Ready;
use super::news;
use super::played::{By, Filed, Snapshot};
use super::state::State;
use super::study::{self, Cloud};
use crate::charts::{Bar, Bars, Cloud as Dots, Count, Fill, Ink, Scatter};
use crate::error::Error;
use crate::game::told::Told;
use crate::record::endings::label;
use crate::world::components::Patience;
use crate::world::dice::Key;
use crate::world::orders::{Ask, At, Order};
use crate::world::setup::Setup;
use crate::world::state::State as GameState;
use crate::world::trace::What;

/// A table at its end: as it stood when it was looked at, then with its game told.
pub struct Ended<Game = Told> {
    /// Its name.
    pub name: String,
    /// Its game.
    pub told: Game,
    /// Its decisions.
    pub filed: Vec<Filed>,
    /// The state at the start of each week, and the last.
    pub states: Vec<GameState>,
    /// Its key.
    pub key: Key,
    /// What each side did in public: phase, strength.
    pub stances: [Vec<(usize, u32)>; 2],
    /// What each side guessed about the other: phase, percent.
    pub guesses: [Vec<(usize, u32)>; 2],
    /// Weights of both governments.
    pub weights: [[f64; 3]; 2],
    /// What a point next week is worth today, to both.
    pub patience: [f64; 2],
    /// People in each delegation.
    pub people: [usize; 2],
    /// Who decided.
    pub decided: Decided,
}

/// A decision that moved the odds.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn {
    /// What was decided.
    pub what: String,
    /// The odds of a deal as it was decided.
    pub odds: f64,
    /// The odds had it been decided otherwise.
    pub otherwise: f64,
}

/// A table on the hand-out.
pub struct Path {
    /// Its name.
    pub name: String,
    /// How it ended, in words.
    pub ended: String,
    /// Who decided.
    pub decided: Decided,
    /// What was in the news, with who decided it.
    pub lines: Vec<String>,
    /// Its turning points.
    pub turns: Vec<Turn>,
}

/// All that is shown when the class looks back.
pub struct Looked {
    /// The lesson.
    pub ready: Arc<Ready>,
    /// The eight charts.
    pub charts: Vec<Posed>,
    /// The odds of each table.
    pub odds: Posed,
    /// The same as numbers: a table's at the start of each week.
    pub course: Vec<(String, Vec<f64>)>,
    /// The turning points of each table.
    pub turns: Vec<(String, Vec<Turn>)>,
    /// Who decided at each table.
    pub decided: Vec<(String, Decided)>,
    ends: Vec<(String, Vec<String>)>,
}

impl Looked {
    /// At these tables.
    pub fn at(ready: Arc<Ready>, tables: &[Ended], cloud: Option<&Cloud>) -> Looked {
        let truth = [0, 1].map(|p| ready.delegation(p).seeks_a_deal);
        let setup = &ready.setup;
        let signed =
            |t: &Ended| t.told.notes.iter().filter_map(|n| decided::headline(setup, &t.filed, n)).take(14).collect();
        let course = odds(setup, tables);
        Looked {
            charts: charts(setup, tables, cloud, truth, &ready.lesson.classroom.debrief),
            odds: with_deciders(odds_chart(&course), tables),
            course,
            turns: tables.iter().map(|t| (t.name.clone(), turns(setup, t))).collect(),
            ends: tables.iter().map(|t| (label(setup, t.told.class).into(), signed(t))).collect(),
            decided: tables.iter().map(|t| (t.name.clone(), t.decided)).collect(),
            ready,
        }
    }

    /// Each table on the hand-out.
    pub fn paths(&self) -> Vec<Path> {
        let all = self.turns.iter().zip(&self.ends).zip(&self.decided);
        let all = all.map(|(((name, turns), (ended, lines)), (_, decided))| Path {
            name: name.clone(),
            ended: ended.clone(),
            decided: *decided,
            lines: lines.clone(),
            turns: turns.clone(),
        });
        all.collect()
    }
}

/// Changes when the debrief must be worked out anew.
pub fn key<Game>(tables: &[Ended<Game>], cloud: Option<&Cloud>) -> String {
    let all: Vec<_> = tables.iter().map(|t| (t.states.len(), &t.filed, &t.guesses, &t.stances)).collect();
    format!("{all:?} {}", cloud.is_some())
}

impl Ended<Snapshot> {
    /// With its game told: no short work, so it is done beside the class.
    pub fn told(self, setup: &Setup) -> Result<Ended, Error> {
        let Ended { name, told, filed, states, key, stances, guesses, weights, patience, people, decided } = self;
        let told = told.told(setup)?;
        Ok(Ended { name, told, filed, states, key, stances, guesses, weights, patience, people, decided })
    }
}

/// The tables as they stand.
pub fn gather(state: &mut State) -> Vec<Ended<Snapshot>> {
    let people: Vec<[usize; 2]> = (0..state.tables.len())
        .map(|t| {
            [0, 1].map(|p| state.people.iter().filter(|x| x.seat.is_some_and(|s| s.table == t && s.party == p)).count())
        })
        .collect();
    let all = state.tables.iter_mut().enumerate().map(|(t, place)| {
        let mut states = place.table.states.clone();
        states.push(place.table.state().clone());
        let weights = [0, 1].map(|p| place.table.weights(p));
        Ended {
            name: format!("Table {}", t + 1),
            told: place.table.snapshot(),
            filed: place.table.filed.clone(),
            states,
            key: place.table.key(),
            stances: place.sides.each_ref().map(|s| s.stances.iter().map(|(f, s)| (*f, s.strength())).collect()),
            guesses: place.sides.each_ref().map(|s| s.guesses.iter().map(|(f, g)| (*f, *g)).collect()),
            weights,
            patience: [0, 1].map(|p| place.table.number::<Patience>(p)),
            people: people[t],
            decided: Decided::at(&place.table),
        }
    });
    all.collect()
}

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

/// A share in percent.
pub fn percent(x: f64) -> String {
    format!("{:.0} %", 100.0 * x)
}

/// Half the width of a 95 % interval of a share.
pub fn half(share: f64, n: usize) -> f64 {
    1.96 * (share * (1.0 - share) / n.max(1) as f64).sqrt()
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
fn with_deciders(mut posed: Posed, tables: &[Ended]) -> Posed {
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
    let mut list: Vec<Bar> = groups.into_iter().map(|(party, name, x)| bar(name, x, of_side(party))).collect();
    list.push(bar("everybody at once (the overlap)".into(), both, Fill::Hatch(Ink::Edge)));
    for row in &mut list {
        let half = half(row.value, n);
        row.inner = Some([(row.value - half).max(0.0), (row.value + half).min(1.0)]);
    }
    let rows = list.iter().map(|b| vec![b.name.clone(), percent(b.value), percent(half(b.value, n))]).collect();
    let about = "Share of packages that please each group, and all of them at once";
    let note = format!(
        "{n} packages drawn evenly from what can be moved; pleased means better than today. The overlap is hatched: packages that please all groups of both sides."
    );
    let heads = ["Group", "Pleased by", "±"];
    posed("Win-sets: who must be pleased at home", ask, about, &note, shares(list), &heads, rows)
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
    let line = cross.map_or(vec![], |(us, cn)| frontier(setup, tables, [cn, us]));
    let desc = "Value to one side against value to the other: each table over a batch with engine players";
    let [cn, us] = names;
    let clouds = [("games without a deal", false, "no_deal"), ("games with a deal", true, "deal")];
    let clouds = clouds.map(|(name, deal, of)| Dots { name: name.into(), games: dots(deal), fill: Fill::ending(of) });
    let drawn = Scatter {
        axes: [us, cn],
        clouds: if cloud.is_some() { clouds.to_vec() } else { vec![] },
        points,
        cross: cross.map(|at| (at, "mean without a deal".into())),
        frontier: line,
        reach: vec![],
    };
    let rows = tables
        .iter()
        .map(|t| {
            let below = |p: usize| cloud.map_or("–".into(), |c| percent(c.below(p, total(&t.told, p))));
            let metric = |name: &str| {
                let found = t.told.metrics.iter().find(|m| m.0.name == name && m.1.is_finite());
                found.map_or("–".into(), |m| two(m.1))
            };
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
    posed("Value for both: where each table sits in the cloud", ask, desc, &note, drawn, &heads, rows)
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

/// How far a side moved in its offers during a phase (big moves), all its offers of the game.
fn conceded(setup: &Setup, told: &Told, party: usize) -> f64 {
    let offers = told.notes.iter().filter(|n| n.party == Some(party)).filter_map(|n| match &n.what {
        What::Offer { package, .. } => Some(
            package
                .iter()
                .filter(|m| setup.levers[m.lever].holder == party)
                .map(|m| (m.to - m.from) * setup.levers[m.lever].opens / setup.levers[m.lever].step)
                .sum::<f64>(),
        ),
        _ => None,
    });
    offers.fold(0.0, f64::max)
}

fn audience(setup: &Setup, tables: &[Ended], ask: &str) -> Posed {
    let (mut points, mut rows) = (vec![], vec![]);
    for t in tables {
        for p in 0..2 {
            let strength = t.stances[p].iter().map(|s| f64::from(s.1)).fold(0.0, f64::max);
            let moved = conceded(setup, &t.told, p);
            let name = format!("{}, {}", t.name, setup.parties[p].name);
            rows.push(vec![name.clone(), format!("{strength:.0}"), two(moved)]);
            points.push((name, (strength, moved)));
        }
    }
    let desc = "Strongest public act against the largest concession offered";
    let note = format!(
        "Strongest public act: 0 none, 1 words or opening, 2 threat, 3 tightening. {} delegations: too few for a rule, enough for a question.",
        points.len()
    );
    let axes = ["strongest public act".into(), "most offered [big moves]".into()];
    let drawn = Scatter { axes, points, reach: vec![(0.0, 0.0), (3.0, 1.0)], ..Scatter::default() };
    let heads = ["Delegation", "Strength", "Most offered"];
    posed("Public acts and later concessions", ask, desc, &note, drawn, &heads, rows)
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
    let note = match rows.len() {
        0 => "No promise was made at any table.".to_string(),
        n => format!("Promises: {n}; of two on one issue, the latest."),
    };
    let heads = ["Promise", "Promised", "Delivered of what was due", "Stands at"];
    let about = "Share of what was due that was delivered, by promise";
    posed("Promised against delivered", ask, about, &note, shares(bars_of), &heads, rows)
}

fn deadlines(setup: &Setup, tables: &[Ended], ask: &str) -> Posed {
    let exchanges = setup.scenario.talks.exchanges.get() as usize;
    let mut moved = vec![0.0; exchanges];
    for t in tables {
        let mut last: [Option<f64>; 2] = [None; 2];
        for note in &t.told.notes {
            match &note.what {
                What::Session { .. } => last = [None; 2],
                What::Offer { exchange, worth, .. } => {
                    let Some(p) = note.party else { continue };
                    if let Some(before) = last[p] {
                        moved[(*exchange as usize).min(exchanges - 1)] += (before - worth[p]).max(0.0);
                    }
                    last[p] = Some(worth[p]);
                }
                _ => {}
            }
        }
    }
    let sum: f64 = moved.iter().sum::<f64>().max(1e-9);
    let offers = moved.iter().enumerate().map(|(e, x)| (format!("offer {} of {exchanges}", e + 1), x / sum));
    let list: Vec<Bar> = offers.map(|(name, share)| bar(name, share, Fill::Plain(Ink::Other(0)))).collect();
    let about = "Share of all concessions made at each exchange of a meeting";
    let rows = list.iter().zip(&moved).map(|(b, x)| vec![b.name.clone(), percent(b.value), two(*x)]).collect();
    let note = "What each side gave up against its own previous offer, all tables and meetings; the first two offers have none before them.";
    posed("When concessions came", ask, about, note, shares(list), &["Offer", "Share", "Points"], rows)
}

fn missed(setup: &Setup, tables: &[Ended], ask: &str) -> Posed {
    let (mut list, mut rows) = (vec![], vec![]);
    for t in tables {
        let Some(last) = t.told.rounds.last() else { continue };
        let mut gains: Vec<(usize, f64, f64)> = (0..setup.levers.len())
            .map(|l| {
                let lever = &setup.levers[l];
                let joint =
                    |x: f64| (0..2).map(|p| study::gain(setup, p, t.weights[p], l, last.levels[l], x)).sum::<f64>();
                let steps =
                    (0..=10).map(|i| lever.reach_low + f64::from(i) / 10.0 * (lever.reach_high - lever.reach_low));
                steps.map(|x| (l, x, joint(x))).fold((l, last.levels[l], 0.0), |a, b| if b.2 > a.2 { b } else { a })
            })
            .collect();
        gains.sort_by(|a, b| b.2.total_cmp(&a.2));
        for (l, to, gain) in gains.into_iter().take(3).filter(|g| g.2 > 0.005) {
            let name = format!("{}: {}", t.name, setup.levers[l].name);
            rows.push(vec![
                name.clone(),
                super::news::level(setup, l, last.levels[l]),
                super::news::level(setup, l, to),
                two(gain),
            ]);
            list.push(bar(name, gain, of_side(setup.levers[l].holder)));
        }
    }
    let about = "Points a week that both together would gain by moving one more issue";
    let note = "The three issues of each table whose move would have brought both together most, at their levels of the last week, under both governments' true weights.";
    let heads = ["Issue", "Stands at", "Best for both", "Points a week"];
    posed("Missed trades", ask, about, note, numbers(list, "points"), &heads, rows)
}

fn homes(tables: &[Ended], ask: &str) -> Posed {
    let (mut list, mut rows) = (vec![], vec![]);
    for t in tables {
        let count = |f: &dyn Fn(&What) -> bool| t.told.notes.iter().filter(|n| f(&n.what)).count();
        let initialled = count(&|w| matches!(w, What::Initialled { .. }));
        let rejected = count(&|w| matches!(w, What::Rejected { .. }));
        let signed = t.told.agreements.len();
        list.push(bar(format!("{}: initialled", t.name), initialled as f64, Fill::Tint(Ink::Summit, 25)));
        list.push(bar(format!("{}: ratified by both", t.name), signed as f64, Fill::ending("deal")));
        rows.push(vec![t.name.clone(), initialled.to_string(), signed.to_string(), rejected.to_string()]);
    }
    let (about, note) = ("Packages initialled at the table and ratified at home", format!("Tables: {}.", tables.len()));
    let heads = ["Table", "Initialled", "Ratified", "Refusals at home"];
    posed("Initialled against ratified", ask, about, &note, numbers(list, ""), &heads, rows)
}

fn guesses(setup: &Setup, tables: &[Ended], truth: [bool; 2], ask: &str) -> Posed {
    let (mut series, mut rows) = (vec![], vec![]);
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
            series.push((name, list));
        }
    }
    let about = "How likely each delegation thought the other seeks a deal, round by round";
    let note = format!(
        "Delegations that guessed: {}. Brier score: 0 is perfect, 0.25 is what always saying 50 % earns.",
        rows.len()
    );
    let (drawn, heads) = (lines("guess", "seeks a deal", &series), ["Delegation", "Guesses", "Truth", "Brier score"]);
    posed("Deal or time: guesses against the truth", ask, about, &note, drawn, &heads, rows)
}

/// The odds of each table by week.
pub fn odds(setup: &Setup, tables: &[Ended]) -> Vec<(String, Vec<f64>)> {
    tables.iter().map(|t| (t.name.clone(), study::course(setup, t.key, &t.states).unwrap_or_default())).collect()
}

/// How many futures the odds come from, and how exact they are.
pub fn futures_note(which: &str) -> String {
    format!("{} futures a week {which}; ± {} at most.", study::FUTURES, percent(half(0.5, study::FUTURES)))
}

/// The chart of the odds.
pub fn odds_chart(odds: &[(String, Vec<f64>)]) -> Posed {
    let desc = "How likely a deal was at the start of each week, had the engine played on for all";
    let drawn = lines("week", "chance of a deal by the end", odds);
    let weeks = odds.iter().map(|(_, list)| list.len()).max().unwrap_or(0);
    let rows = (0..weeks).map(|week| {
        let each = odds.iter().map(|(_, list)| list.get(week).map_or("–".into(), |x| percent(*x)));
        let name = if week + 1 < weeks { (week + 1).to_string() } else { "end".to_string() };
        std::iter::once(name).chain(each).collect()
    });
    let heads: Vec<&str> = std::iter::once("Week").chain(odds.iter().map(|(name, _)| name.as_str())).collect();
    let note = futures_note("from the true state");
    let (title, ask) = ("The odds of a deal, week by week", "Where did your table turn?");
    posed(title, ask, desc, &note, drawn, &heads, rows.collect())
}

/// The people's decisions that moved a table's odds most, and what the alternative would have given.
pub fn turns(setup: &Setup, table: &Ended) -> Vec<Turn> {
    let mut out = vec![];
    for filed in table.filed.iter().filter(|f| f.by == By::People) {
        let (Order::Say(yes), At { round, party, ask }) = (&filed.order, filed.at) else { continue };
        let Some(start) = table.states.iter().find(|s| s.round == round) else { continue };
        let with = |answer: bool| {
            let mut decided: Vec<(At, Order)> = table
                .filed
                .iter()
                .take_while(|f| f.at != filed.at)
                .filter(|f| f.at.round == round)
                .map(|f| (f.at, f.order.clone()))
                .collect();
            decided.push((filed.at, Order::Say(answer)));
            study::odds_after(setup, table.key, start, &decided).unwrap_or(f64::NAN)
        };
        let said = match (ask, yes) {
            (Ask::Answer(e), true) => format!("accepted offer {}", e + 1),
            (Ask::Answer(e), false) => format!("refused offer {}", e + 1),
            (Ask::Ratify, true) => "ratified".into(),
            (Ask::Ratify, false) => "refused to ratify".into(),
            (Ask::Extend, true) => "would extend the truce".into(),
            (Ask::Extend, false) => "let the truce run out".into(),
            (Ask::Invitation, true) => "accepted the invitation".into(),
            _ => "declined the invitation".into(),
        };
        let what = format!("{}: {} {said}", news::day(setup, round), setup.parties[party].name);
        let turn = Turn { what, odds: with(*yes), otherwise: with(!*yes) };
        if (turn.odds - turn.otherwise).abs() > half(0.5, study::FUTURES) {
            out.push(turn); // less may be chance
        }
    }
    out.sort_by(|a, b| (b.odds - b.otherwise).abs().total_cmp(&(a.odds - a.otherwise).abs()));
    out.truncate(4);
    out
}
