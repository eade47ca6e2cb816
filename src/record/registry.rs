//! The registry of measures: all that can be asked of a scenario's games, each with what it says of itself.
//!
//! A measure is declared once, where its rule is ([`Mechanism::measure`](crate::world::mechanism::Mechanism)) or with
//! the record ([`super::metrics`]); pages, documents, `--measure` and expressions all come from this list.

use super::endings::endings;
use super::metrics::{Room, class_lane, events, lane, metrics};
use crate::world::cohort::Games;
use crate::world::measure::{Case, From, Indicator};
use crate::world::setup::Setup;

/// What a measure comes to in a game.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A yes or no: a class or an event. Its mean is a share of games.
    Share,
    /// A number.
    Number,
}

/// Something asked of every game.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// Its name, as in the documents that `batch` prints.
    pub name: String,
    /// What it says.
    pub about: String,
    /// What it is counted in.
    pub unit: String,
    /// Whether it is a chance or a number.
    pub kind: Kind,
    /// The measure that is a yes in the games in which it has a case; none where it has one in every game.
    pub given: Option<String>,
    /// In which of these it has a case; all of them where this is empty.
    pub which: String,
    /// The key of the party whose it is; none where it is of the game.
    pub side: Option<String>,
    /// What measures it: a mechanism, the record of the game, or the way it ended.
    pub rule: String,
}

impl Measure {
    /// A yes or no, told as a share of games.
    pub fn share(name: &str, about: &str, given: Option<&str>, rule: &str) -> Measure {
        let (name, about, unit) = (name.to_string(), about.to_string(), "share".to_string());
        let (given, which, side, rule) = (given.map(Into::into), String::new(), None, rule.to_string());
        Measure { name, about, unit, kind: Kind::Share, given, which, side, rule }
    }

    /// Asked by an expression: all it says of itself is what it is.
    pub fn expression(text: &str, kind: Kind) -> Measure {
        let unit = if kind == Kind::Share { "share" } else { "" };
        let (name, about) = (text.to_string(), "an expression".to_string());
        let (given, which, side, rule) = (None, String::new(), None, "expression".to_string());
        Measure { name, about, unit: unit.into(), kind, given, which, side, rule }
    }

    /// The games it is about, in words.
    pub fn games(&self) -> String {
        match (&self.given, self.which.as_str()) {
            (None, _) => "all".into(),
            (Some(event), "") => event.clone(),
            (Some(event), which) => format!("{event}, where {which}"),
        }
    }
}

/// Where a measure is read.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// One of the ways to end, by its place among [`endings`].
    Class(usize),
    /// An event.
    Indicator(Indicator),
    /// A number.
    Metric(From),
}

/// Room to read in.
#[derive(Debug, Default)]
pub struct Desk {
    of: Vec<f64>,
    room: Room,
}

impl Reading {
    /// Reads it of each game of a cohort; not a number where a game has no case.
    pub fn read(&self, games: &Games, desk: &mut Desk, out: &mut Vec<f64>) {
        match self {
            Reading::Class(class) => {
                class_lane(games, out);
                out.iter_mut().for_each(|x| *x = f64::from(u8::from(*x == *class as f64)));
            }
            Reading::Indicator(event) => {
                if !games.numbers_of(event.column, 0, out) {
                    out.clear();
                    out.resize(games.games(), 0.0);
                    return;
                }
                out.iter_mut().for_each(|x| *x = f64::from(u8::from(*x > 0.0)));
                if event.of.is_some_and(|of| games.numbers_of(of, 0, &mut desk.of)) {
                    for (x, of) in out.iter_mut().zip(&desk.of) {
                        *x = if *of > 0.0 { *x } else { f64::NAN };
                    }
                }
            }
            Reading::Metric(from) => lane(games, *from, &mut desk.room, out),
        }
    }
}

/// All that can be asked of a scenario's games: the ways to end, then events, then numbers.
pub fn registry(setup: &Setup) -> Vec<(Measure, Reading)> {
    let (events, mut out) = (events(setup), vec![]);
    for (place, ending) in endings(setup).iter().enumerate() {
        out.push((Measure::share(ending.name, ending.rule, None, "ending"), Reading::Class(place)));
    }
    for event in &events {
        let given = event.of.and_then(|of| events.iter().find(|e| e.column == of)).map(|e| e.name);
        out.push((Measure::share(event.name, event.about, given, event.rule), Reading::Indicator(event.clone())));
    }
    for metric in metrics(setup) {
        let (given, which) = match metric.case {
            Case::Always => (None, ""),
            Case::If(event) => (Some(event), ""),
            Case::SomeOf(event, which) => (Some(event), which),
        };
        let side = setup.parties.iter().find(|p| metric.name.strip_prefix(&p.key).is_some_and(|x| x.starts_with('.')));
        let measure = Measure {
            name: metric.name,
            about: metric.about,
            unit: metric.unit,
            kind: Kind::Number,
            given: given.map(Into::into),
            which: which.into(),
            side: side.map(|p| p.key.clone()),
            rule: metric.rule.into(),
        };
        out.push((measure, Reading::Metric(metric.from)));
    }
    out
}
