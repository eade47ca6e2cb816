//! Hawks strike at a rapprochement: a faction tightens its lever, and its own side's word suffers.
//!
//! Chance each round `rate (1 + 2 [a deal is signed])`; the lever tightened .4 step, tone -.25 besides, own word
//! broken +.8. Rates and costs: judgement.

use bevy_ecs::prelude::*;

use crate::scenario::rules::Switch;
use crate::world::build::Build;
use crate::world::components::{Deals, WordBrokenNews};
use crate::world::dice::{Dice, Stream};
use crate::world::hands::Hands;
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::measure::{Chapter, From, Measures};
use crate::world::mechanism::Mechanism;
use crate::world::phase::Phase;
use crate::world::rows::{Faction, Table, Value, values};
use crate::world::setup::{NOBODY, Setup, source};
use crate::world::trace::{Trace, What};

values! { Faction;
    /// Chance of a strike each round.
    SpoilRate = 0.0;
}
values! { Table;
    /// Strikes so far.
    Strikes = 0.0;
}

/// The rule.
pub const MECHANISM: Mechanism =
    Mechanism { name: "spoilers", switch: Some(Switch::Spoilers), equip, install, measure };

/// Lists start values.
fn equip(setup: &mut Setup) {
    let scenario = setup.scenario.clone();
    let mut row = 0;
    for (p, party) in scenario.parties.values().enumerate() {
        for (key, faction) in &party.factions {
            let label = format!("{}/{key}", setup.parties[p].dice);
            setup.start::<SpoilRate>(row, source(&faction.spoils_per_round, &label, "spoil rate"));
            row += 1;
        }
    }
}

/// Adds the system, where a faction can strike.
fn install(b: &mut Build) {
    b.rows::<(SpoilRate, Strikes)>();
    if can_strike(b.setup) {
        b.system(Phase::Spoil, "spoilers: hawks strike", strike);
    }
}

/// Lists what is measured.
fn measure(setup: &Setup, m: &mut Measures) {
    if can_strike(setup) {
        m.event("spoiled", "hawks struck at least once", Strikes::COLUMN);
        m.metric(Chapter::Acts, "strikes", "strikes", "strikes by hawks", From::Column(Strikes::COLUMN, 0));
    }
}

/// Without factions there are no spoilers.
fn can_strike(setup: &Setup) -> bool {
    setup.is_on(Switch::Factions) && setup.factions.iter().any(|f| f.lever != NOBODY)
}

fn strike(
    trace: Res<Trace>,
    dice: Dice,
    rate: Lanes<SpoilRate>,
    deals: Lanes<Deals>,
    mut hands: Hands,
    mut strikes: LanesMut<Strikes>,
    mut broken: LanesMut<WordBrokenNews>,
    mut lane: Local<Vec<f64>>,
) {
    let setup = Res::clone(&hands.setup);
    let rules = &setup.scenario.spoilers;
    for (row, faction) in setup.factions.iter().enumerate() {
        if faction.lever == NOBODY {
            continue;
        }
        let label = format!("{}/{}", setup.parties[faction.party].dice, faction.key);
        dice.lane(Stream::named("spoilers", &label, "strike"), &mut lane);
        let (rate, deals) = (rate.lane(row), deals.lane(0));
        for (g, u) in lane.iter().enumerate() {
            if *u < strikes_with(rate[g].0, deals[g].0 > 0.0, rules.after_a_deal.get()) {
                let moved = hands.tighten(faction.party, faction.lever, g, rules.step.get());
                hands.tone.at(0, g).0 += rules.tone.get();
                broken.at(faction.party, g).0 += setup.scenario.credibility.spoiled.get();
                strikes.at(0, g).0 += 1.0;
                let what = What::Strike { faction: row, moved };
                trace.note(hands.clock.round, Phase::Spoil, Some(faction.party), what);
            }
        }
    }
}

/// The chance of a strike.
#[inline]
pub fn strikes_with(rate: f64, dealt: bool, after_a_deal: f64) -> f64 {
    rate * if dealt { 1.0 + after_a_deal } else { 1.0 }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_deal_provokes() {
        assert_eq!(super::strikes_with(0.005, false, 2.0), 0.005);
        assert!((super::strikes_with(0.005, true, 2.0) - 0.015).abs() < 1e-15);
    }
}
