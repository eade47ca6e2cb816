//! Talks break down for good: from then on each side has its outside value, and nothing more.
//!
//! With hazard h a round (scenario: `clock.breakdown`). As h and impatience vanish, alternating offers lead to the
//! Nash solution with the outside values as threats (Binmore, Rubinstein and Wolinsky, RAND Journal 17, 1986).

use bevy_ecs::prelude::*;

use crate::scenario::rules::Switch;
use crate::world::CurrentRound;
use crate::world::build::Build;
use crate::world::components::{BreakdownRate, NEVER, NextMeeting, Outside, Over, Patience, Total};
use crate::world::dice::{Dice, Stream};
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::maths::power;
use crate::world::measure::Measures;
use crate::world::mechanism::Mechanism;
use crate::world::phase::Phase;
use crate::world::rows::{Table, Value, values};
use crate::world::setup::{Setup, source};
use crate::world::trace::{Trace, What};

values! { Table;
    /// 1 once talks have broken down.
    BrokeDown = 0.0;
}

/// The rule.
pub const MECHANISM: Mechanism =
    Mechanism { name: "breakdown", switch: Some(Switch::Breakdown), equip, install, measure };

/// Lists start values.
fn equip(setup: &mut Setup) {
    let rate = setup.scenario.clock.breakdown;
    setup.start::<BreakdownRate>(0, source(&rate, "table", "breakdown"));
}

/// Adds the system, where there is a hazard.
fn install(b: &mut Build) {
    b.rows::<(BrokeDown,)>();
    let rate = b.setup.scenario.clock.breakdown.fixed();
    if rate.is_none_or(|x| x.get() != 0.0) {
        b.system(Phase::Break, "breakdown: talks may end for good", strike);
    }
}

/// Lists what is measured.
fn measure(setup: &Setup, m: &mut Measures) {
    if setup.scenario.clock.breakdown != Default::default() {
        m.event("broke_down", "talks broke down for good", BrokeDown::COLUMN);
    }
}

#[derive(bevy_ecs::system::SystemParam)]
struct Rows<'w, 's> {
    rate: Lanes<'w, 's, BreakdownRate>,
    outside: Lanes<'w, 's, Outside>,
    patience: Lanes<'w, 's, Patience>,
    over: LanesMut<'w, 's, Over>,
    broke: LanesMut<'w, 's, BrokeDown>,
    next: LanesMut<'w, 's, NextMeeting>,
    total: LanesMut<'w, 's, Total>,
}

fn strike(clock: Res<CurrentRound>, trace: Res<Trace>, dice: Dice, mut rows: Rows, mut lane: Local<Vec<f64>>) {
    if clock.round == 0 {
        return; // the first offer is always made
    }
    dice.lane(Stream::named("breakdown", "table", "strike"), &mut lane);
    for (g, u) in lane.iter().enumerate() {
        if *u >= rows.rate.at(0, g).0 || rows.over.at(0, g).0 > 0.0 {
            continue;
        }
        rows.over.at(0, g).0 = 1.0;
        rows.broke.at(0, g).0 = 1.0;
        rows.next.at(0, g).0 = NEVER;
        for p in 0..2 {
            let worth = rows.outside.at(p, g).0 * power(rows.patience.at(p, g).0, clock.round);
            rows.total.at(p, g).0 += worth;
        }
        trace.note(clock.round, Phase::Break, None, What::BrokeDown);
    }
}
