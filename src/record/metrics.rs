//! How a game ended, as named numbers: read lane by lane from the columns, absent where a game has no case.

use crate::world::cohort::Games;
use crate::world::setup::Setup;

/// Where a metric's number is read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum From {
    /// A component's row; not a number means no case.
    Column(&'static str, usize),
    /// The mean share delivered of a game's pledges.
    Delivered,
    /// A component's row, in games where another is above zero.
    When(&'static str, usize, &'static str),
    /// The belief a party puts on the other's true type, as a Brier score.
    Brier(usize),
    /// A party's part of the sum of both sides' shares, none where both got nothing.
    SharedOut(&'static str, usize),
    /// A mean of two counts: a / (a + b).
    Mean(&'static str, &'static str, usize),
}

/// A metric.
#[derive(Debug, Clone, PartialEq)]
pub struct Metric {
    /// Its name in tables and JSON.
    pub name: String,
    /// What it is counted in.
    pub unit: String,
    /// What it says.
    pub about: String,
    /// Where it is read.
    pub from: From,
}

/// A yes or no of every game.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Its name in tables and JSON.
    pub name: &'static str,
    /// What it says.
    pub about: &'static str,
    /// The component that is above zero when it happened.
    pub column: &'static str,
    /// The component above zero in the games it is a share of; all games where none.
    pub of: Option<&'static str>,
}

/// The classes in which games end, by scenario.
pub fn classes(setup: &Setup) -> &'static [&'static str] {
    if setup.scenario.standoff.is_some() {
        &["no_end", "conceded"]
    } else if setup.calendar.truce.is_some() || setup.calendar.summit.is_some() {
        &["no_deal", "extension_only", "mini_deal", "summit_deal"]
    } else {
        &["no_deal", "deal"]
    }
}

/// The events of a scenario.
pub fn events(setup: &Setup) -> Vec<Event> {
    let mut out = vec![];
    let mut add = |name, about, column, of| out.push(Event { name, about, column, of });
    if setup.is_on("talks") {
        add("deal", "a deal was signed", "Deals", None);
        if setup.is_on("ratification") {
            add("rejected_at_home", "a package failed at home at least once", "Rejections", None);
        }
    }
    if setup.is_on("truce") && setup.calendar.truce.is_some() {
        add("first_truce_kept", "the truce outlived its first expiry", "FirstKept", None);
        add("truce_extended", "the truce was extended at least once", "Extensions", None);
        add("truce_lapsed", "the truce lapsed at some time", "Lapsed", None);
        add("truce_restored", "a lapsed truce was restored", "Restored", None);
    }
    if setup.is_on("summit") && setup.calendar.summit.is_some() {
        add("summit_held", "the leaders met", "SummitHeld", None);
        add("summit_cancelled", "a summit was set and called off", "SummitCancelled", None);
        add("deal_at_summit", "the leaders signed a deal, of summits held", "SummitDeals", Some("SummitHeld"));
    }
    if setup.is_on("talks") && setup.is_on("summit") && setup.calendar.summit.is_some() {
        add(
            "first_deal_at_summit",
            "the first deal was signed by the leaders, of games with one",
            "FirstAtSummit",
            Some("Deals"),
        );
    }
    if setup.is_on("spoilers") && setup.is_on("factions") && setup.factions.iter().any(|f| f.lever != usize::MAX) {
        add("spoiled", "hawks struck at least once", "Strikes", None);
    }
    if setup.is_on("breakdown") && setup.scenario.clock.breakdown != Default::default() {
        add("broke_down", "talks broke down for good", "BrokeDown", None);
    }
    if setup.is_on("shocks") && !setup.calendar.shocks.is_empty() {
        add("court_ruled", "a court or a law moved a lever", "ShocksPast", None);
    }
    out
}

/// The metrics of a scenario, in the order in which they are told.
pub fn metrics(setup: &Setup) -> Vec<Metric> {
    let mut out = vec![];
    let mut add = |name: String, unit: &str, about: String, from: From| {
        out.push(Metric { name, unit: unit.into(), about, from });
    };
    let names = || setup.parties.iter().enumerate().map(|(p, party)| (p, party.key.clone(), party.name.clone()));
    if setup.is_on("talks") {
        add(
            "deal_round".into(),
            "round",
            "round of the deal the game is named after".into(),
            From::Column("DealRound", 0),
        );
        add("first_deal_round".into(), "round", "round of the first deal".into(), From::Column("FirstDealRound", 0));
    }
    if setup.is_on("truce") && setup.calendar.truce.is_some() {
        add("lapse_round".into(), "round", "round of the first lapse".into(), From::Column("LapseRound", 0));
    }
    for (p, key, name) in names() {
        add(format!("{key}.total"), "points", format!("{name}: all points, discounted"), From::Column("Total", p));
    }
    for (p, key, name) in names() {
        for (dimension, column) in
            [("prosperity", "TotalProsperity"), ("security", "TotalSecurity"), ("politics", "TotalPolitics")]
        {
            let about = format!("{name}: points by {dimension}, prizes and costs aside");
            add(format!("{key}.total.{dimension}"), "points", about, From::Column(column, p));
        }
    }
    if setup.is_on("talks") {
        for (p, key, name) in names() {
            add(
                format!("{key}.worth"),
                "points",
                format!("{name}: what the deal was worth at signing"),
                From::Column("DealWorth", p),
            );
        }
        for (p, key, name) in names() {
            let about = format!("{name}: value of the deal's levers, as a share of its best");
            add(format!("{key}.share_of_best"), "share", about, From::Column("DealShare", p));
        }
        for (p, key, name) in names() {
            let about = format!("{name}: its part of both sides' shares of best");
            add(format!("{key}.share"), "share", about, From::SharedOut("DealShare", p));
        }
        for (name, column, about) in [
            ("pareto_distance", "DealPareto", "distance of the deal to the frontier"),
            ("nash_distance", "DealNash", "distance of the deal to the Nash solution"),
            ("kalai_smorodinsky_distance", "DealKalai", "distance of the deal to the Kalai-Smorodinsky solution"),
            ("utilitarian_distance", "DealUtilitarian", "distance of the deal to the largest sum of values"),
            ("logroll_gain", "DealLogroll", "joint gain over splitting every lever, as a share of the best"),
        ] {
            add(name.into(), "share of best", about.into(), From::Column(column, 0));
        }
        for (p, key, name) in names() {
            let about = format!("{name}: its part of both sides' shares of best, in the first deal");
            add(format!("{key}.first_share"), "share", about, From::SharedOut("FirstShare", p));
        }
        add(
            "first_pareto_distance".into(),
            "share of best",
            "distance of the first deal to the frontier".into(),
            From::Column("FirstPareto", 0),
        );
        let pledged_by = |p: usize| setup.levers.iter().any(|l| l.is_pledge() && l.holder == p);
        for (p, key, name) in names().filter(|(p, _, _)| pledged_by(1 - p)) {
            let about =
                format!("{name}: what the other's pledges in the first deal were worth to it, at the other's word");
            add(format!("{key}.pledges_worth"), "points", about, From::Column("FirstPledges", p));
        }
        add("deals".into(), "deals", "deals signed".into(), From::Column("Deals", 0));
        if setup.is_on("delivery") && setup.levers.iter().any(|l| l.is_pledge()) {
            add("delivered_share".into(), "share", "part of the pledges that was delivered".into(), From::Delivered);
        }
        add("sessions".into(), "sessions", "sessions of talks".into(), From::Column("Sessions", 0));
        if setup.is_on("ratification") {
            add("rejections".into(), "packages", "packages that failed at home".into(), From::Column("Rejections", 0));
        }
        for (p, key, name) in names() {
            if !setup.parties[p].suspects.is_empty() {
                let about = format!("{name}: Brier score of its belief about the other's type (0 best, 2 worst)");
                add(format!("{key}.belief_brier"), "score", about, From::Brier(p));
            }
        }
    }
    if setup.is_on("escalate") {
        add("threats".into(), "threats", "threats made".into(), From::Column("Threats", 0));
        add("threats_carried_out".into(), "threats", "threats carried out".into(), From::Column("CarriedOut", 0));
    }
    if setup.is_on("spoilers") && setup.is_on("factions") && setup.factions.iter().any(|f| f.lever != usize::MAX) {
        add("strikes".into(), "strikes", "strikes by hawks".into(), From::Column("Strikes", 0));
    }
    if setup.is_on("incidents") {
        add("incidents".into(), "incidents", "accidents".into(), From::Column("Incidents", 0));
    }
    if setup.is_on("truce") && setup.calendar.truce.is_some() {
        add("extensions".into(), "extensions", "extensions of the truce".into(), From::Column("Extensions", 0));
    }
    if setup.scenario.standoff.is_some() {
        add("endured".into(), "rounds", "rounds the contest lasted".into(), From::Column("Endured", 0));
    }
    if setup.levers.iter().any(|l| !l.pie) {
        add("tone.final".into(), "tone", "tone at the end".into(), From::Column("Tone", 0));
        if !setup.countries.is_empty() && setup.is_on("thirds") {
            add(
                "leak.final".into(),
                "share",
                "what slips through third countries at the end".into(),
                From::Column("Leak", 0),
            );
        }
        for (p, key, name) in names() {
            add(
                format!("{key}.word.final"),
                "share",
                format!("{name}: how far its pledges are believed at the end"),
                From::Mean("WordKept", "WordBroken", p),
            );
            add(
                format!("{key}.resolve.final"),
                "share",
                format!("{name}: how far its threats are believed at the end"),
                From::Mean("ResolveShown", "ResolveLost", p),
            );
            add(
                format!("{key}.resilience.final"),
                "share",
                format!("{name}: independence at the end"),
                From::Column("Resilience", p),
            );
        }
    }
    for (l, lever) in setup.levers.iter().enumerate() {
        let from = if lever.pie { From::Column("DealLevel", l) } else { From::Column("Level", l) };
        add(format!("lever.{}.final", lever.key), &lever.unit, format!("{} at the end", lever.name), from);
    }
    out
}

/// The class of each game of a cohort, by its number in [`classes`].
pub fn class_lane(games: &mut Games, out: &mut Vec<f64>) {
    let setup = games.setup();
    let (standoff, story) = (setup.scenario.standoff.is_some(), classes(setup).len() == 4);
    let n = games.games();
    let mut lane = |name: &str| {
        let mut lane = vec![];
        if !games.lane(name, 0, &mut lane) {
            lane = vec![0.0; n];
        }
        lane
    };
    if standoff {
        *out = lane("Over");
        return;
    }
    let deals = lane("Deals");
    if !story {
        *out = deals.iter().map(|d| f64::from(u8::from(*d > 0.0))).collect();
        return;
    }
    let (summit, extensions, lapsed) = (lane("SummitDeals"), lane("Extensions"), lane("Lapsed"));
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
pub struct Room(Vec<f64>, Vec<f64>);

/// A metric of each game of a cohort; not a number where a game has no case.
pub fn lane(games: &mut Games, from: From, room: &mut Room, out: &mut Vec<f64>) {
    let n = games.games();
    let absent = |out: &mut Vec<f64>| {
        out.clear();
        out.resize(n, f64::NAN);
    };
    match from {
        From::Column(name, row) => {
            if !games.lane(name, row, out) {
                absent(out);
            }
        }
        From::When(name, row, when) => {
            if !games.lane(name, row, out) || !games.lane(when, 0, &mut room.0) {
                return absent(out);
            }
            for (x, when) in out.iter_mut().zip(&room.0) {
                if *when <= 0.0 {
                    *x = f64::NAN;
                }
            }
        }
        From::Mean(a, b, row) => {
            if !games.lane(a, row, out) || !games.lane(b, row, &mut room.0) {
                return absent(out);
            }
            for (a, b) in out.iter_mut().zip(&room.0) {
                *a /= *a + b;
            }
        }
        From::SharedOut(name, p) => {
            if !games.lane(name, p, out) || !games.lane(name, 1 - p, &mut room.0) {
                return absent(out);
            }
            for (mine, yours) in out.iter_mut().zip(&room.0) {
                let (a, b) = (mine.max(0.0), yours.max(0.0));
                *mine = if mine.is_nan() || a + b < 1e-9 { f64::NAN } else { a / (a + b) };
            }
        }
        From::Delivered => {
            absent(out);
            let levers: Vec<usize> =
                games.setup().levers.iter().enumerate().filter(|(_, l)| l.is_pledge()).map(|(l, _)| l).collect();
            let mut counts = vec![0.0; n];
            for l in levers {
                if !games.lane("PledgeDelivered", l, &mut room.0) || !games.lane("PledgeDue", l, &mut room.1) {
                    return;
                }
                for g in (0..n).filter(|g| room.1[*g] > 0.0) {
                    out[g] = if counts[g] == 0.0 { 0.0 } else { out[g] } + room.0[g] / room.1[g];
                    counts[g] += 1.0;
                }
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
                if !games.lane("Belief", p * types + t, &mut room.0) {
                    return absent(out);
                }
                let is = f64::from(u8::from(t == truth));
                for (x, belief) in out.iter_mut().zip(&room.0) {
                    *x += (belief - is) * (belief - is);
                }
            }
        }
    }
}
