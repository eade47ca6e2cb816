//! Start values of the components that several mechanisms meet in.

use super::components::*;
use super::setup::{Setup, Source, source};

/// Lists them.
pub fn list(setup: &mut Setup) {
    let scenario = setup.scenario.clone();
    for (p, key) in scenario.parties.keys().enumerate() {
        let party = &scenario.parties[key];
        let (label, goal) = (setup.parties[p].dice.clone(), setup.parties[p].goal.clone());
        setup.start::<Prosperity>(p, source(&goal.prosperity, &label, "prosperity"));
        setup.start::<Security>(p, source(&goal.security, &label, "security"));
        setup.start::<Politics>(p, source(&goal.politics, &label, "politics"));
        setup.start::<Prestige>(p, source(&goal.prestige, &label, "prestige"));
        setup.start::<Patience>(p, source(&goal.patience, &label, "patience"));
        setup.start::<Date>(p, source(&goal.date, &label, "date"));
        setup.start::<Optimism>(p, source(&party.optimism, &label, "optimism"));
        setup.start::<Honesty>(p, source(&party.honesty, &label, "honesty"));
        setup.start::<Outside>(p, source(&party.outside, &label, "outside"));
        if let Some(reserve) = &party.reserve {
            setup.start::<Floor>(p, source(reserve, &label, "reserve"));
        }
        setup.start::<Resilience>(p, source(&party.resilience.start, &label, "resilience"));
    }
    for l in 0..setup.levers.len() {
        setup.start::<Level>(l, Source::Fixed(setup.levers[l].now));
        setup.start::<Settled>(l, Source::Fixed(setup.levers[l].now));
    }
    let talks = &scenario.talks;
    setup.start::<Regard>(0, source(&talks.regard, "table", "regard"));
    setup.start::<BrokenPrice>(0, source(&talks.price_of_broken_word, "table", "price of a broken word"));
    setup.start::<Tone>(0, Source::Fixed(scenario.tone.start.get()));
}
