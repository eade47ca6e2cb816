//! The classes in which games end: the name of each in documents, what it is called on pages, and its rule.

use crate::scenario::rules::Switch;
use crate::world::setup::Setup;

/// A class in which games end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ending {
    /// Its name in documents.
    pub name: &'static str,
    /// What pages call it: short enough for a column.
    pub label: &'static str,
    /// Which games are counted in it.
    pub rule: &'static str,
}

const fn ending(name: &'static str, label: &'static str, rule: &'static str) -> Ending {
    Ending { name, label, rule }
}

const HELD: Ending =
    ending("extension_only", "no deal (truce held)", "no deal was signed, and the truce was extended and never lapsed");
const MINI: Ending =
    ending("mini_deal", "mini deal (officials)", "officials signed a deal, and the leaders signed none");
const SUMMIT: Ending = ending("summit_deal", "summit deal (leaders)", "the leaders signed a deal at a summit");
const NO_DEAL: Ending = ending("no_deal", "no deal", "no deal was signed");

/// With a truce that runs out within the game.
const TRUCE: [Ending; 4] = [
    ending(
        "no_deal",
        "no deal (truce broken)",
        "no deal was signed, and the truce lapsed at some time or was never extended",
    ),
    HELD,
    MINI,
    SUMMIT,
];
/// With a summit, or a truce that outlasts the game.
const STORY: [Ending; 4] = [NO_DEAL, HELD, MINI, SUMMIT];
const THEORY: [Ending; 2] = [NO_DEAL, ending("deal", "deal", "a deal was signed")];
const STANDOFF: [Ending; 2] = [
    ending("no_end", "no end (both hold out)", "neither side gave in"),
    ending("conceded", "conceded (one gave in)", "one side gave in"),
];

/// The classes in which games of a scenario end.
pub fn endings(setup: &Setup) -> &'static [Ending] {
    let calendar = &setup.calendar;
    match &calendar.truce {
        _ if setup.scenario.standoff.is_some() => &STANDOFF,
        Some(truce) if truce.at < setup.rounds && setup.is_on(Switch::Truce) => &TRUCE,
        None if calendar.summit.is_none() => &THEORY,
        _ => &STORY,
    }
}

/// What pages call a class of a scenario's, by its name; the name where it is another scenario's.
pub fn label<'a>(setup: &Setup, name: &'a str) -> &'a str {
    endings(setup).iter().find(|ending| ending.name == name).map_or(name, |ending| ending.label)
}

/// The names of the classes in which games of a scenario end.
pub fn classes(setup: &Setup) -> &'static [&'static str] {
    const OF_STORIES: [&str; 4] = names(&STORY);
    const OF_THEORY: [&str; 2] = names(&THEORY);
    const OF_STANDOFFS: [&str; 2] = names(&STANDOFF);
    match endings(setup)[0].name {
        "no_end" => &OF_STANDOFFS,
        _ if endings(setup).len() == 2 => &OF_THEORY,
        _ => &OF_STORIES,
    }
}

const fn names<const N: usize>(endings: &[Ending; N]) -> [&'static str; N] {
    let (mut out, mut i) = ([""; N], 0);
    while i < N {
        out[i] = endings[i].name;
        i += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_that_are_one_name_are_one_place() {
        for (a, b) in TRUCE.iter().zip(&STORY) {
            assert_eq!(a.name, b.name);
        }
    }

    #[test]
    fn labels_fit_a_column_and_no_two_are_alike() {
        for all in [&TRUCE[..], &STORY, &THEORY, &STANDOFF] {
            for (i, ending) in all.iter().enumerate() {
                assert!(ending.label.len() <= 22, "{}", ending.label);
                assert!(all[..i].iter().all(|other| other.label != ending.label && other.rule != ending.rule));
            }
        }
    }
}
