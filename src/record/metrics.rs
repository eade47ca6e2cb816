//! How a game ended, as named numbers: read lane by lane from the columns, absent where a game has no case.

pub use super::endings::classes;
use super::outcome::{
    DealKalai, DealLevel, DealLogroll, DealNash, DealPareto, DealRound, DealShare, DealUtilitarian, DealWorth,
    FirstDealRound, FirstPareto, FirstPledges, FirstShare,
};
use crate::mechanisms;
use crate::scenario::rules::Switch;
use crate::world::cohort::Games;
use crate::world::components::{
    Belief, Deals, Extensions, Lapsed, Leak, Level, Over, Resilience, ResolveLost, ResolveShown, SummitDeals, Tone,
    Total, TotalPolitics, TotalProsperity, TotalSecurity, WordBroken, WordKept,
};
use crate::world::maths::believed;
use crate::world::measure::{Chapter, Measures};
pub use crate::world::measure::{From, Indicator, Metric};
use crate::world::rows::{ColumnId, NONE, Value, is_set};
use crate::world::setup::{DIMENSIONS, Setup};

/// The events of a scenario.
pub fn events(setup: &Setup) -> Vec<Indicator> {
    let mut out = Measures::default();
    mechanisms::measure(setup, &mut out);
    out.events()
}

/// In which games with a deal there is something to share out.
const GAINED: &str = "a side gained by its levers";

/// The metrics of a scenario, in the order in which they are told.
pub fn metrics(setup: &Setup) -> Vec<Metric> {
    let mut out = Measures::default();
    out.by("record");
    points(setup, &mut out);
    if setup.is_on(Switch::Talks) {
        deal(setup, &mut out);
    }
    mechanisms::measure(setup, &mut out);
    out.by("record");
    ends(setup, &mut out);
    out.metrics()
}

/// When the deal came, and what everything was worth.
fn points(setup: &Setup, m: &mut Measures) {
    if setup.is_on(Switch::Talks) {
        let named = From::Column(DealRound::COLUMN, 0);
        m.metric(Chapter::When, "deal_round", "round", "round of the deal the game is named after", named)
            .only_if("deal");
        let first = From::Column(FirstDealRound::COLUMN, 0);
        m.metric(Chapter::When, "first_deal_round", "round", "round of the first deal", first).only_if("deal");
    }
    let mut points = |name: String, about: String, from| {
        m.metric(Chapter::Points, name, "points", about, from);
    };
    for (p, party) in setup.parties.iter().enumerate() {
        let about = format!("{}: all points, discounted", party.name);
        points(format!("{}.total", party.key), about, From::Column(Total::COLUMN, p));
    }
    for (p, party) in setup.parties.iter().enumerate() {
        for (dimension, column) in
            DIMENSIONS.iter().zip([TotalProsperity::COLUMN, TotalSecurity::COLUMN, TotalPolitics::COLUMN])
        {
            let about = format!("{}: points by {dimension}, prizes and costs aside", party.name);
            points(format!("{}.total.{dimension}", party.key), about, From::Column(column, p));
        }
    }
}

/// What the deal that the game is named after was like, and the first.
fn deal(setup: &Setup, m: &mut Measures) {
    let mut each = |key: &str, unit: &str, about: &str, from: &dyn Fn(usize) -> From, asked: &dyn Fn(usize) -> bool| {
        for (p, party) in setup.parties.iter().enumerate().filter(|(p, _)| asked(*p)) {
            let about = format!("{}: {about}", party.name);
            let metric = m.metric(Chapter::Deal, format!("{}.{key}", party.key), unit, about, from(p));
            match from(p) {
                From::SharedOut(..) => metric.in_some_of("deal", GAINED),
                _ => metric.only_if("deal"),
            }
        }
    };
    let both = |_: usize| true;
    each(
        "worth",
        "points",
        "what the deal was worth to it at signing, prize and cost included",
        &|p| From::Column(DealWorth::COLUMN, p),
        &both,
    );
    let about = "what the deal's levers are worth to it, as a share of the best that leaves the other no worse off";
    each("share_of_best", "share", about, &|p| From::Column(DealShare::COLUMN, p), &both);
    let about = "its part of both sides' shares of best in the deal the game is named after";
    each("share", "share", about, &|p| From::SharedOut(DealShare::COLUMN, p), &both);
    let solutions = [
        ("pareto_distance", DealPareto::COLUMN, "distance of the deal to the frontier"),
        ("nash_distance", DealNash::COLUMN, "distance of the deal to the Nash solution"),
        ("kalai_smorodinsky_distance", DealKalai::COLUMN, "distance of the deal to the Kalai-Smorodinsky solution"),
        ("utilitarian_distance", DealUtilitarian::COLUMN, "distance of the deal to the largest sum of values"),
        ("logroll_gain", DealLogroll::COLUMN, "joint gain over splitting every lever, as a share of the best"),
    ];
    for (name, column, about) in solutions {
        m.metric(Chapter::Deal, name, "share of best", about, From::Column(column, 0)).only_if("deal");
    }
    first_deal(setup, m);
}

fn first_deal(setup: &Setup, m: &mut Measures) {
    for (p, party) in setup.parties.iter().enumerate() {
        let about = format!("{}: its part of both sides' shares of best, in the first deal", party.name);
        let name = format!("{}.first_share", party.key);
        m.metric(Chapter::Deal, name, "share", about, From::SharedOut(FirstShare::COLUMN, p))
            .in_some_of("deal", GAINED);
    }
    let about = "distance of the first deal to the frontier";
    let pareto = From::Column(FirstPareto::COLUMN, 0);
    m.metric(Chapter::Deal, "first_pareto_distance", "share of best", about, pareto).only_if("deal");
    let pledged_by = |p: usize| setup.levers.iter().any(|l| l.is_pledge() && l.holder == p);
    for (p, party) in setup.parties.iter().enumerate().filter(|(p, _)| pledged_by(1 - p)) {
        let about =
            format!("{}: what the other's pledges in the first deal were worth to it, at the other's word", party.name);
        let name = format!("{}.pledges_worth", party.key);
        m.metric(Chapter::Deal, name, "points", about, From::Column(FirstPledges::COLUMN, p)).only_if("deal");
    }
}

/// Where things stand at the end.
fn ends(setup: &Setup, m: &mut Measures) {
    let mut end = |name: String, unit: &str, about: String, from, pie: bool| {
        let metric = m.metric(Chapter::Ends, name, unit, about, from);
        if pie {
            metric.only_if("deal");
        }
    };
    if setup.levers.iter().any(|l| !l.pie) {
        end("tone.final".into(), "tone", "tone at the end".into(), From::Column(Tone::COLUMN, 0), false);
        if !setup.countries.is_empty() && setup.is_on(Switch::Thirds) {
            let about = "what slips through third countries at the end".into();
            end("leak.final".into(), "share", about, From::Column(Leak::COLUMN, 0), false);
        }
        for (p, party) in setup.parties.iter().enumerate() {
            let mut of = |key: &str, about: &str, from| {
                end(
                    format!("{}.{key}.final", party.key),
                    "share",
                    format!("{}: {about} at the end", party.name),
                    from,
                    false,
                );
            };
            let word = From::Believed(WordKept::COLUMN, WordBroken::COLUMN, p);
            of("word", "how far its pledges are believed", word);
            let resolve = From::Believed(ResolveShown::COLUMN, ResolveLost::COLUMN, p);
            of("resolve", "how far its threats are believed", resolve);
            of("resilience", "independence", From::Column(Resilience::COLUMN, p));
        }
    }
    for (l, lever) in setup.levers.iter().enumerate() {
        let column = if lever.pie { DealLevel::COLUMN } else { Level::COLUMN };
        let about = format!("{} at the end", lever.name);
        end(format!("lever.{}.final", lever.key), &lever.unit, about, From::Column(column, l), lever.pie);
    }
}

/// The class of each game of a cohort, by its number in [`classes`].
pub fn class_lane(games: &Games, out: &mut Vec<f64>) {
    let setup = games.setup();
    let (standoff, story) = (setup.scenario.standoff.is_some(), classes(setup).len() == 4);
    let n = games.games();
    let read = |column: ColumnId| {
        let mut lane = vec![];
        if !games.numbers_of(column, 0, &mut lane) {
            lane = vec![0.0; n];
        }
        lane
    };
    if standoff {
        *out = read(Over::COLUMN);
        return;
    }
    let deals = read(Deals::COLUMN);
    if !story {
        *out = deals.iter().map(|d| f64::from(u8::from(*d > 0.0))).collect();
        return;
    }
    let (summit, extensions, lapsed) = (read(SummitDeals::COLUMN), read(Extensions::COLUMN), read(Lapsed::COLUMN));
    out.clear();
    out.extend((0..n).map(|g| {
        if summit[g] > 0.0 {
            3.0
        } else if deals[g] > 0.0 {
            2.0
        } else if extensions[g] > 0.0 && lapsed[g] == 0.0 {
            1.0
        } else {
            0.0
        }
    }));
}

/// Room to read lanes into.
#[derive(Debug, Default)]
pub struct Room(Vec<f64>);

/// A metric of each game of a cohort; not a number where a game has no case.
pub fn lane(games: &Games, from: From, room: &mut Room, out: &mut Vec<f64>) {
    let n = games.games();
    let absent = |out: &mut Vec<f64>| {
        out.clear();
        out.resize(n, NONE);
    };
    match from {
        From::Column(column, row) => {
            if !games.numbers_of(column, row, out) {
                absent(out);
            }
        }
        From::Believed(a, b, row) => {
            if !games.numbers_of(a, row, out) || !games.numbers_of(b, row, &mut room.0) {
                return absent(out);
            }
            for (a, b) in out.iter_mut().zip(&room.0) {
                *a = believed(*a, *b);
            }
        }
        From::SharedOut(column, p) => {
            if !games.numbers_of(column, p, out) || !games.numbers_of(column, 1 - p, &mut room.0) {
                return absent(out);
            }
            for (mine, yours) in out.iter_mut().zip(&room.0) {
                let (a, b) = (mine.max(0.0), yours.max(0.0));
                *mine = if !is_set(*mine) || a + b < 1e-9 { NONE } else { a / (a + b) };
            }
        }
        From::Ratio(part, whole) => {
            absent(out);
            let (mut parts, mut wholes, mut counts) = (vec![], vec![], vec![0.0; n]);
            let mut row = 0;
            while games.numbers_of(part, row, &mut parts) && games.numbers_of(whole, row, &mut wholes) {
                for g in (0..n).filter(|g| wholes[*g] > 0.0) {
                    out[g] = if counts[g] == 0.0 { 0.0 } else { out[g] } + parts[g] / wholes[g];
                    counts[g] += 1.0;
                }
                row += 1;
            }
            for (x, n) in out.iter_mut().zip(counts) {
                *x /= n;
            }
        }
        From::Brier(p) => {
            let setup = games.setup();
            let (types, suspects) = (setup.types.len(), setup.parties[p].suspects.clone());
            let truth = setup.parties[1 - p].like.clone();
            let truth = suspects.iter().find(|t| Some(&setup.types[**t].0) == truth.as_ref()).copied();
            let Some(truth) = truth else { return absent(out) };
            out.clear();
            out.resize(n, 0.0);
            for t in suspects {
                let Some(beliefs) = games.lane::<Belief>(p * types + t) else { return absent(out) };
                let is = f64::from(u8::from(t == truth));
                for (x, belief) in out.iter_mut().zip(beliefs) {
                    *x += (belief.0 - is) * (belief.0 - is);
                }
            }
        }
    }
}
