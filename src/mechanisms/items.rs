//! Each item of a package costs something at home, on both sides, as long as the deal lives.
//!
//! `u_p c m (1 + k m)` points a week for a lever moved by m big moves, u_p what is at stake for the party, c by the rank of
//! those who agreed, k how much dearer the next big move is (`crate::table::values`). It is charged when the package takes
//! effect, for as many rounds as the deal lives within the game. So packages are short: drafting, attention, and those who
//! lose by it. Judgement; that what is on the agenda has its price is in the spirit of Sebenius (1983). `items` off:
//! nothing is charged and nobody minds.

use bevy_ecs::prelude::*;

use crate::codes::Coded;
use crate::scenario::rules::Switch;
use crate::table::values::{item, item_cost};
use crate::world::CurrentRound;
use crate::world::build::Build;
use crate::world::components::{Agreed, Initialled, Level, Meeting, Meets, Patience, Stage, Total};
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::maths::{annuity, power};
use crate::world::mechanism::Mechanism;
use crate::world::phase::Phase;
use crate::world::rows::is_set;
use crate::world::setup::Setup;

/// The rule.
pub const MECHANISM: Mechanism = Mechanism { name: "items", switch: Some(Switch::Items), install, ..Mechanism::BARE };

/// Adds the system.
fn install(b: &mut Build) {
    if b.setup.is_on(Switch::Talks) {
        b.system(Phase::Promise, "items: what a package costs item by item", charge);
    }
}

fn charge(
    setup: Res<Setup>,
    clock: Res<CurrentRound>,
    initialled: Lanes<Initialled>,
    meeting: Lanes<Meeting>,
    level: Lanes<Level>,
    agreed: Lanes<Agreed>,
    patience: Lanes<Patience>,
    mut total: LanesMut<Total>,
) {
    // Where the game ends with the deal, the deal costs nothing that would count.
    if setup.scenario.clock.stop_at_deal || initialled.lane(0).iter().all(|stage| !stage.is(Stage::Ratified)) {
        return;
    }
    let (level, agreed) = (level.sheet(), agreed.sheet());
    let rounds = setup.deal_life.min(setup.rounds - clock.round);
    for (g, _) in initialled.lane(0).iter().enumerate().filter(|(_, stage)| stage.is(Stage::Ratified)) {
        let moves: f64 = (setup.levers.iter().enumerate())
            .filter(|(l, lever)| !lever.pie && is_set(agreed.at(*l, g).0))
            .map(|(l, lever)| item(&setup, (agreed.at(l, g).0 - level.at(l, g).0).abs() / lever.step))
            .sum();
        let leaders = meeting.at(0, g).is(Meets::Leaders);
        for p in 0..2 {
            let patience = patience.at(p, g).0;
            total.at(p, g).0 -=
                moves * item_cost(&setup, p, leaders) * annuity(patience, rounds) * power(patience, clock.round);
        }
    }
}
