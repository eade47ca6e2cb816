//! Start values of the components that several mechanisms meet in.

use super::components::*;
use super::setup::{Setup, Source, source};
use crate::scenario::draw::Draw;
use crate::units::Unit;

/// Lists them.
pub fn list(setup: &mut Setup) {
    let scenario = setup.scenario.clone();
    for (p, key) in scenario.parties.keys().enumerate() {
        let party = &scenario.parties[key];
        let (label, goal) = (setup.parties[p].dice.clone(), setup.parties[p].goal.clone());
        let from = |field: &str, draw: Source| match draw {
            Source::Drawn { from, range, .. } => {
                Source::Drawn { from, range, stream: super::setup::start_stream(&label, field) }
            }
            fixed => fixed,
        };
        setup.start::<Prosperity>(p, from("prosperity", source(&goal.prosperity, "", "")));
        setup.start::<Security>(p, from("security", source(&goal.security, "", "")));
        setup.start::<Politics>(p, from("politics", source(&goal.politics, "", "")));
        setup.start::<Prestige>(p, from("prestige", source(&goal.prestige, "", "")));
        setup.start::<Patience>(p, from("patience", source(&goal.patience, "", "")));
        setup.start::<Date>(p, from("date", source(&goal.date, "", "")));
        setup.start::<Optimism>(p, from("optimism", source(&party.optimism, "", "")));
        setup.start::<Honesty>(p, from("honesty", source(&party.honesty, "", "")));
        setup.start::<Outside>(p, from("outside", source(&party.outside, "", "")));
        if let Some(reserve) = &party.reserve {
            setup.start::<Floor>(p, from("reserve", source(reserve, "", "")));
        }
        setup.start::<Resilience>(p, from("resilience", source(&party.resilience.start, "", "")));
    }
    for l in 0..setup.levers.len() {
        setup.start::<Level>(l, Source::Fixed(setup.levers[l].now));
    }
    table(setup, "regard", &scenario.talks.regard, |s, x| s.start::<Regard>(0, x));
    table(setup, "price of a broken word", &scenario.talks.price_of_broken_word, |s, x| s.start::<BrokenPrice>(0, x));
    setup.start::<Tone>(0, Source::Fixed(scenario.tone.start.get()));
}

/// Gives a component of the table its start value.
pub fn table<T: Unit>(setup: &mut Setup, field: &str, draw: &Draw<T>, give: impl Fn(&mut Setup, Source)) {
    let from = source(draw, "table", field);
    give(setup, from);
}

/// The middle of a draw: its number, or the middle of its distribution.
pub fn middle_of<T: Unit>(draw: &Draw<T>) -> f64 {
    super::setup::middle(draw)
}
