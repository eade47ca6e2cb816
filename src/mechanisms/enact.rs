//! A ratified package takes effect: what is no promise moves at once, prizes are won, the truce is prolonged, tone warms.
//!
//! Moves under .02 step are dropped. A deal of officials prolongs the truce by 13 rounds, one at a summit by 52.
//! What is promised is delivered in `delivery`: all of a pledge, a part of what else moves.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;

use crate::codes::Coded;
use crate::scenario::rules::Switch;
use crate::world::CurrentRound;
use crate::world::build::Build;
use crate::world::components::{
    Agreed, Deals, Expiry, Initialled, Level, Meeting, Meets, Over, Patience, PrizeNow, Settled, Stage, SummitDeals,
    ToneShift, Total, Unused, comes,
};
use crate::world::hands::settles;
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::maths::power;
use crate::world::measure::{Chapter, From, Measures};
use crate::world::mechanism::Mechanism;
use crate::world::phase::Phase;
use crate::world::rows::{NONE, Party, Table, Value, is_set, values};
use crate::world::setup::Setup;
use crate::world::trace::{Move, Trace, What};

values! { Party;
    /// Points of it from prizes.
    Prizes = 0.0;
}
values! { Table;
    /// Deals signed by officials.
    MiniDeals = 0.0;
    /// Levers that deals moved, or will.
    ItemsMoved = 0.0;
}

/// The rule.
pub const MECHANISM: Mechanism =
    Mechanism { name: "enact", switch: Some(Switch::Talks), install, measure, ..Mechanism::BARE };

/// Adds the systems.
fn install(b: &mut Build) {
    b.rows::<(Prizes, MiniDeals, ItemsMoved)>();
    b.system(Phase::Trim, "enact: what is too small to move is dropped", trim);
    b.system(Phase::Enact, "enact: a ratified package takes effect", enact);
}

/// Lists what is measured.
fn measure(_: &Setup, m: &mut Measures) {
    let items = From::Ratio(ItemsMoved::COLUMN, Deals::COLUMN);
    m.metric(Chapter::Deal, "items", "levers", "levers that a deal moves or promises to", items).only_if("deal");
}

fn trim(setup: Res<Setup>, initialled: Lanes<Initialled>, level: Lanes<Level>, mut agreed: LanesMut<Agreed>) {
    let smallest = setup.scenario.signing.smallest_move.get();
    let (level, mut agreed) = (level.sheet(), agreed.sheet());
    for (g, _) in initialled.lane(0).iter().enumerate().filter(|(_, stage)| stage.is(Stage::Ratified)) {
        for (l, lever) in setup.levers.iter().enumerate().filter(|(_, lever)| !lever.pie) {
            let to = agreed.at(l, g);
            if (to.0 - level.at(l, g).0).abs() < smallest * lever.step {
                to.0 = NONE;
            }
        }
    }
}

#[derive(SystemParam)]
struct Rows<'w, 's> {
    initialled: Lanes<'w, 's, Initialled>,
    meeting: Lanes<'w, 's, Meeting>,
    agreed: Lanes<'w, 's, Agreed>,
    prize: Lanes<'w, 's, PrizeNow>,
    patience: Lanes<'w, 's, Patience>,
    level: LanesMut<'w, 's, Level>,
    settled: LanesMut<'w, 's, Settled>,
    unused: Lanes<'w, 's, Unused>,
    total: LanesMut<'w, 's, Total>,
    prizes: LanesMut<'w, 's, Prizes>,
    expiry: LanesMut<'w, 's, Expiry>,
    deals: LanesMut<'w, 's, Deals>,
    summit: LanesMut<'w, 's, SummitDeals>,
    mini: LanesMut<'w, 's, MiniDeals>,
    items: LanesMut<'w, 's, ItemsMoved>,
    tone: LanesMut<'w, 's, ToneShift>,
    over: LanesMut<'w, 's, Over>,
}

fn enact(setup: Res<Setup>, clock: Res<CurrentRound>, trace: Res<Trace>, mut rows: Rows) {
    let rules = &setup.scenario;
    let signed: Vec<usize> = rows
        .initialled
        .lane(0)
        .iter()
        .enumerate()
        .filter(|(_, stage)| stage.is(Stage::Ratified))
        .map(|(g, _)| g)
        .collect();
    let (agreed, mut levels, meeting) = (rows.agreed.sheet(), rows.level.sheet(), rows.meeting.sheet());
    let mut settled = rows.settled.sheet();
    let (prize, patience) = (rows.prize.sheet(), rows.patience.sheet());
    let (mut total, mut prizes) = (rows.total.sheet(), rows.prizes.sheet());
    for g in signed {
        let mut pledges = vec![];
        for (l, lever) in setup.levers.iter().enumerate() {
            let to = agreed.at(l, g).0;
            if !is_set(to) {
                continue;
            }
            rows.items.at(0, g).0 += 1.0;
            let level = levels.at(l, g);
            if !lever.is_pledge() {
                let moved = (to - level.0) * (1.0 - lever.pledge);
                level.0 += moved;
                let settled = settled.at(l, g);
                settled.0 = settles(settled.0, level.0 + rows.unused.at(l, g).0, moved);
            } else if trace.on() {
                pledges.push(Move { lever: l, from: level.0, to });
            }
        }
        let leaders = meeting.at(0, g).is(Meets::Leaders);
        let share = if leaders { 1.0 } else { rules.prize.at_talks.get() };
        for p in 0..2 {
            let won = prize.at(p, g).0 * share * power(patience.at(p, g).0, clock.round);
            total.at(p, g).0 += won;
            prizes.at(p, g).0 += won;
        }
        let longer = if leaders { rules.truce.summit_extends_by } else { rules.truce.deal_extends_by };
        let expiry = rows.expiry.at(0, g);
        expiry.0 = expiry.0.max(f64::from(clock.round + longer.get()));
        let until = comes(expiry.0);
        rows.deals.at(0, g).0 += 1.0;
        if leaders {
            rows.summit.at(0, g).0 += 1.0;
        } else {
            rows.mini.at(0, g).0 += 1.0;
        }
        rows.tone.at(0, g).0 += rules.signing.tone.get();
        if rules.clock.stop_at_deal {
            rows.over.at(0, g).0 = 1.0;
        }
        trace.note(clock.round, Phase::Enact, None, What::Signed { leaders, pledges, expiry: until });
    }
}
