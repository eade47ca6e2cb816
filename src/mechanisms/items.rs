//! Each item of a package costs something at home, on both sides, as long as the deal lives.
//!
//! `u_p c m (1 + k m)` points a week for a lever moved by m big moves, u_p what is at stake for the party, c by the rank of
//! those who agreed, k how much dearer the next big move is (`crate::table::values`). It is paid week by week; when a deal has
//! lived out, its part, the mean of those alive, ends with it. So packages are short: drafting, attention, and those who
//! lose by it. Judgement; that what is on the agenda has its price is in the spirit of Sebenius (1983). `items` off:
//! nothing is charged and nobody minds.

use bevy_ecs::prelude::*;

use crate::codes::Coded;
use crate::scenario::rules::Switch;
use crate::table::values::{item, item_cost};
use crate::world::CurrentRound;
use crate::world::build::Build;
use crate::world::components::{
    Agreed, Initialled, ItemsARound, Level, LivedOut, Living, Meeting, Meets, Over, Patience, Stage, Total,
};
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::maths::power;
use crate::world::mechanism::Mechanism;
use crate::world::phase::Phase;
use crate::world::rows::is_set;
use crate::world::setup::Setup;

/// The rule.
pub const MECHANISM: Mechanism = Mechanism { name: "items", switch: Some(Switch::Items), install, ..Mechanism::BARE };

/// Adds the systems.
fn install(b: &mut Build) {
    b.system(Phase::Promise, "items: what a package costs item by item", count_up);
    b.system(Phase::Upkeep, "items: paid at home", pay);
}

fn count_up(
    setup: Res<Setup>,
    initialled: Lanes<Initialled>,
    meeting: Lanes<Meeting>,
    level: Lanes<Level>,
    agreed: Lanes<Agreed>,
    mut items: LanesMut<ItemsARound>,
) {
    if initialled.lane(0).iter().all(|stage| !stage.is(Stage::Ratified)) {
        return;
    }
    let (level, agreed) = (level.sheet(), agreed.sheet());
    for (g, _) in initialled.lane(0).iter().enumerate().filter(|(_, stage)| stage.is(Stage::Ratified)) {
        let moves: f64 = (setup.levers.iter().enumerate())
            .filter(|(l, lever)| !lever.pie && is_set(agreed.at(*l, g).0))
            .map(|(l, lever)| item(&setup, (agreed.at(l, g).0 - level.at(l, g).0).abs() / lever.step))
            .sum();
        for p in 0..2 {
            items.at(p, g).0 += moves * item_cost(&setup, p, meeting.at(0, g).is(Meets::Leaders));
        }
    }
}

fn pay(
    clock: Res<CurrentRound>,
    living: Lanes<Living>,
    lived_out: Lanes<LivedOut>,
    over: Lanes<Over>,
    patience: Lanes<Patience>,
    mut items: LanesMut<ItemsARound>,
    mut total: LanesMut<Total>,
) {
    for p in 0..2 {
        let known = living.lane(0).iter().zip(lived_out.lane(0)).zip(over.lane(0)).zip(patience.lane(p));
        let rows = total.lane(p).iter_mut().zip(items.lane(p)).zip(known);
        for ((total, items), (((living, ended), over), patience)) in rows {
            if items.0 == 0.0 {
                continue;
            }
            if ended.0 > 0.0 {
                items.0 *= living.0 / (living.0 + ended.0);
            }
            total.0 -= (1.0 - over.0) * items.0 * power(patience.0, clock.round);
        }
    }
}
