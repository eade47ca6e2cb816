//! What things are called: by the scenario where it can be had, else by their names in documents.

use crate::charts::{Flag, Times};
use crate::record::endings::endings;
use crate::record::registry::{Kind, registry};
use crate::report::batch::date;
use crate::world::setup::Setup;

/// What a measure is called, and what it counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// In words.
    pub about: String,
    /// Its unit; nothing where it has none.
    pub unit: String,
    /// It is a share of games.
    pub share: bool,
}

/// What things are called.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Names {
    /// The scenario's title, where it could be had.
    pub title: Option<String>,
    /// The dates of its rounds, with what is fixed beforehand.
    pub times: Times,
    endings: Vec<(String, String)>,
    parties: Vec<(String, String)>,
    measures: Vec<(String, Named)>,
}

impl Names {
    /// Those of a scenario.
    pub fn of(setup: &Setup) -> Names {
        let measures = registry(setup).into_iter().map(|(measure, _)| {
            let share = measure.kind == Kind::Share;
            let unit = if share { String::new() } else { measure.unit };
            (measure.name, Named { about: measure.about, unit, share })
        });
        Names {
            title: Some(setup.scenario.title.clone()),
            times: times(setup),
            endings: endings(setup).iter().map(|e| (e.name.into(), e.label.into())).collect(),
            parties: setup.parties.iter().map(|p| (p.key.clone(), p.name.clone())).collect(),
            measures: measures.collect(),
        }
    }

    /// What an ending is called.
    pub fn ending(&self, name: &str) -> String {
        found(&self.endings, name).cloned().unwrap_or_else(|| name.replace('_', " "))
    }

    /// The endings from worst to best, as far as they are known; those of a document follow in its order.
    pub fn in_order<'a>(&self, mut all: Vec<&'a str>) -> Vec<&'a str> {
        let usual = ["no_deal", "extension_only", "mini_deal", "summit_deal"];
        let place = |name: &str| usual.iter().position(|known| *known == name).unwrap_or(usual.len());
        all.sort_by_key(|name| place(name));
        all
    }

    /// What a party is called.
    pub fn party(&self, key: &str) -> String {
        found(&self.parties, key).cloned().unwrap_or_else(|| key.to_owned())
    }

    /// Whether a measure is a way to end.
    pub fn is_ending(&self, name: &str) -> bool {
        ["no_deal", "extension_only", "mini_deal", "summit_deal", "deal", "no_end", "conceded"].contains(&name)
            || found(&self.endings, name).is_some()
    }

    /// What a measure is called.
    pub fn measure(&self, name: &str) -> Named {
        if let Some(label) = found(&self.endings, name) {
            return Named { about: label.clone(), unit: String::new(), share: true };
        }
        found(&self.measures, name).cloned().unwrap_or_else(|| {
            let share = !name.contains('.') && !name.ends_with("_round") && !COUNTS.contains(&name);
            Named { about: name.replace('_', " "), unit: String::new(), share }
        })
    }
}

/// Measures without a dot in their names that are no shares.
const COUNTS: [&str; 6] = ["deals", "sessions", "rejections", "threats", "strikes", "incidents"];

fn found<'a, T>(all: &'a [(String, T)], name: &str) -> Option<&'a T> {
    all.iter().find(|(key, _)| key == name).map(|(_, told)| told)
}

/// The rounds of a scenario by their dates, and what its calendar fixes beforehand.
fn times(setup: &Setup) -> Times {
    let short = |round: u32| {
        let day = crate::report::batch::day(setup, round);
        day.map_or((round + 1).to_string(), |day| day.strftime("%-d %b").to_string())
    };
    let names = (0..setup.rounds).map(short).collect();
    let calendar = &setup.calendar;
    let mut flags: Vec<Flag> = calendar.meetings.iter().map(|(at, _)| (*at, "talks")).map(flag).collect();
    flags.extend(calendar.truce.iter().map(|truce| flag((truce.at, "truce runs out"))));
    flags.extend(calendar.summit.iter().map(|summit| flag((summit.at, "summit"))));
    flags.retain(|flag| flag.at < setup.rounds as usize);
    flags.sort_by_key(|flag| flag.at);
    let axis = match crate::report::batch::day(setup, 0) {
        Some(_) => format!("{} to {}", date(setup, 0), date(setup, setup.rounds.saturating_sub(1))),
        None => "round".into(),
    };
    Times { names, flags, axis }
}

fn flag((at, what): (u32, &str)) -> Flag {
    Flag { at: at as usize, what: what.into() }
}
