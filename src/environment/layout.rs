//! What a seat observes: so many numbers, each with a name, a unit and bounds, in a fixed order.

use super::observe::{Cells, From, Part, Topic, own, public};
use crate::game::sight::Sight;
use crate::table::values::GRID;
use crate::world::components::{
    Date, DealCost, Expiry, Honesty, Level, NextMeeting, Patience, Politics, Prestige, PrizeNow, Prosperity,
    Resilience, Security, Snapped, SummitSet, ThreatDue, ThreatPending, Tone, Total,
};
use crate::world::setup::Setup;

/// The order and meaning of the numbers; it rises when either changes.
pub const VERSION: &str = "summitry.observation/1";

/// One of the numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its name, such as `tone` or `lever.us_tariff.level`.
    pub name: String,
    /// What it is counted in; empty where there is nothing to count.
    pub unit: String,
    /// The least it can be.
    pub low: f32,
    /// The most it can be.
    pub high: f32,
    /// What it says.
    pub about: String,
}

/// All the numbers.
#[derive(Debug, Clone)]
pub struct Layout {
    entries: Vec<Entry>,
    pub(super) from: Vec<From>,
}

const ANY: [f32; 2] = [f32::NEG_INFINITY, f32::INFINITY];
const SHARE: [f32; 2] = [0.0, 1.0];

/// Where a lane comes from.
type Lane = fn(Sight, usize, &mut Cells);

impl Layout {
    /// Of a scenario; the same for both seats.
    pub(crate) fn of(setup: &Setup) -> Layout {
        let mut out = Layout { entries: vec![], from: vec![] };
        out.clock(setup);
        out.minds(setup);
        out.levers(setup);
        out.question(setup);
        out
    }

    /// Each number, in order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// How many there are.
    pub fn width(&self) -> usize {
        self.entries.len()
    }

    /// The name and version of this order.
    pub fn version(&self) -> &'static str {
        VERSION
    }

    fn add(&mut self, name: impl Into<String>, unit: &str, [low, high]: [f32; 2], about: &str, from: From) {
        self.entries.push(Entry { name: name.into(), unit: unit.into(), low, high, about: about.into() });
        self.from.push(from);
    }

    fn lane(&mut self, name: &str, unit: &str, range: [f32; 2], about: &str, lane: Lane) {
        self.add(name, unit, range, about, From::Column { lane, row: 0, of_other: None });
    }

    /// Rounds until something comes, -1 where it does not.
    fn coming(&mut self, rounds: f32, name: &str, about: &str, lane: Lane, of_other: Option<bool>) {
        let about = format!("{about} [-1: not to come]");
        let from = From::Ahead { lane, row: 0, of_other };
        self.add(name, "rounds", [-1.0, rounds], &about, from);
    }

    fn clock(&mut self, setup: &Setup) {
        let rounds = setup.rounds as f32;
        self.add("time", "", SHARE, "rounds played, of all", From::Time(f64::from(setup.rounds)));
        self.lane("tone", "", [-1.0, 1.0], "the mood", public::<Tone>);
        self.lane("truce_down", "", SHARE, "the truce has lapsed", public::<Snapped>);
        self.coming(rounds, "truce_left", "rounds until the truce runs out", public::<Expiry>, None);
        self.coming(rounds, "talks_in", "rounds until officials meet", public::<NextMeeting>, None);
        self.lane("summit_set", "", SHARE, "the leaders have agreed to meet", public::<SummitSet>);
        let summit = setup.calendar.summit.as_ref();
        let [invited, at] = [summit.map(|s| s.invite_at), summit.map(|s| s.at)].map(|at| at.map_or(-1.0, f64::from));
        let about = "rounds until the invitation to a summit is settled [-1: not to come]";
        self.add("invitation_in", "rounds", [-1.0, rounds], about, From::Until(invited));
        let about = "rounds until the day of a summit, agreed or not [-1: not to come]";
        self.add("summit_in", "rounds", [-1.0, rounds], about, From::Until(at));
        self.coming(rounds, "my_threat_in", "rounds until its threat falls due", public::<ThreatDue>, Some(false));
        self.coming(rounds, "their_threat_in", "rounds until the other's does", public::<ThreatDue>, Some(true));
        self.lane("threat_pending", "threats", [0.0, 2.0], "how many threats are pending", public::<ThreatPending>);
    }

    fn minds(&mut self, setup: &Setup) {
        let (weight, rounds) = ([0.0, f32::INFINITY], [0.0, f32::INFINITY]);
        self.lane("me.prosperity", "", weight, "its weight on prosperity", own::<Prosperity>);
        self.lane("me.security", "", weight, "its weight on security", own::<Security>);
        self.lane("me.politics", "", weight, "its weight on politics", own::<Politics>);
        self.lane("me.prestige", "", weight, "its weight on prestige", own::<Prestige>);
        self.lane("me.patience", "", SHARE, "what a point next round is worth today", own::<Patience>);
        self.lane("me.date", "rounds", rounds, "the round by which it wants to be done", own::<Date>);
        self.lane("me.honesty", "", SHARE, "the share of a pledge that it delivers", own::<Honesty>);
        self.lane("me.resilience", "", SHARE, "how independent it is of the other's levers", own::<Resilience>);
        self.lane("me.total", "points", ANY, "its points so far", own::<Total>);
        self.lane("me.deal_cost", "points", ANY, "what a deal costs it at home", own::<DealCost>);
        self.lane("me.prize", "points", ANY, "what a deal at a summit would bring it", own::<PrizeNow>);
        for (name, other) in [("me", false), ("them", true)] {
            let [word, threats] = ["pledges", "threats"].map(|what| format!("how far {what} are believed"));
            self.add(format!("{name}.word"), "", SHARE, &word, From::Word { other });
            self.add(format!("{name}.resolve"), "", SHARE, &threats, From::Resolve { other });
        }
        for (of, (name, _)) in setup.types.iter().enumerate() {
            let about = "the chance, as it sees it, that the other is of this type";
            self.add(format!("belief.{name}"), "", SHARE, about, From::Belief { types: setup.types.len(), of });
        }
    }

    fn levers(&mut self, setup: &Setup) {
        for (row, lever) in setup.levers.iter().enumerate() {
            let range = [lever.low as f32, lever.high as f32];
            let from = From::Column { lane: public::<Level>, row, of_other: None };
            self.add(format!("lever.{}.level", lever.key), &lever.unit, range, "where it stands", from);
            let about = "1 where it is its own, -1 where it is the other's, 0 where it is nobody's";
            self.add(format!("lever.{}.mine", lever.key), "", [-1.0, 1.0], about, From::Mine(lever.holder));
        }
    }

    fn question(&mut self, setup: &Setup) {
        for (topic, name, about) in Topic::ALL {
            self.add(format!("ask.{name}"), "", SHARE, &format!("1 where it is asked {about}"), From::Topic(topic));
        }
        let exchanges = f64::from(setup.scenario.talks.exchanges.get());
        let mut part =
            |name: &str, unit: &str, range, about: &str, part| self.add(name, unit, range, about, From::Part(part));
        part("ask.exchange", "", SHARE, "exchanges done in this session, of all", Part::Exchange(exchanges));
        part("ask.last", "", SHARE, "it is the last exchange", Part::Last);
        part("ask.waiting", "points", ANY, "what going home without a deal is worth", Part::Waiting);
        part("ask.advice", "points", ANY, "what its strategy would ask for", Part::Advice);
        part("ask.beside", "points", ANY, "what signing brings beside the levers", Part::Beside);
        part("ask.worth", "points", ANY, "what the package is worth to it", Part::Worth);
        part("ask.chance", "", SHARE, "the chance of a yes, left to its strategy", Part::Chance);
        part("ask.support", "", SHARE, "support at home", Part::Support);
        for (row, lever) in setup.levers.iter().enumerate() {
            let (key, unit) = (&lever.key, lever.unit.as_str());
            let range = [lever.low.min(0.0) as f32, lever.high.max(0.0) as f32]; // 0 where it is not open
            let mut part = |name: &str, unit: &str, range, about: &str, part| {
                self.add(format!("ask.{key}.{name}"), unit, range, about, From::Part(part));
            };
            part("open", "", SHARE, "it can be moved in this session", Part::Open(row));
            part(
                "low",
                unit,
                range,
                "the lowest level that can be offered; 0 where it is not open",
                Part::Room(row, 0),
            );
            part(
                "high",
                unit,
                range,
                "the highest level that can be offered; 0 where it is not open",
                Part::Room(row, GRID - 1),
            );
            part(
                "offered",
                unit,
                range,
                "the level in the other's package; 0 where it is not in it",
                Part::Offered(row),
            );
            for step in 0..GRID {
                let about = format!("what it is worth to move it {step} of {} of the way from low to high", GRID - 1);
                part(&format!("worth{step}"), "points", ANY, &about, Part::Worths(row, step));
            }
        }
    }
}
