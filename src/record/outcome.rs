//! The deal a game is named after, kept as it is signed.
//!
//! It is the summit's if there is one, else the first; what the first deal was like is kept beside it. How a game ended is read from these components and the
//! mechanisms' own, lane by lane, by [`super::metrics`].

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;

use crate::mechanisms::talks::{
    AcceptedBy, KalaiNow, LogrollNow, NashNow, ParetoNow, PledgesNow, ShareNow, UtilitarianNow,
};
use crate::values;
use crate::world::Clock;
use crate::world::build::Build;
use crate::world::components::{Agreed, Deals, Initialled, Level, Meeting, Sessions, SummitDeals, Worth};
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::phase::Phase;
use crate::world::rows::{Lever, Party, Table};
use crate::world::setup::Setup;

values! { Table;
    /// The round of the named deal; not a number without one.
    DealRound = f64::NAN;
    /// The session of the named deal.
    DealSession = f64::NAN;
    /// The party that said yes to it.
    DealAcceptedBy = f64::NAN;
    /// The round of the first deal.
    FirstDealRound = f64::NAN;
    /// 1 when the first deal was signed at a summit.
    FirstAtSummit = 0.0;
    /// Distance of the first deal to the frontier.
    FirstPareto = f64::NAN;
    /// Distance of the named deal to the frontier.
    DealPareto = f64::NAN;
    /// ... to the Nash solution.
    DealNash = f64::NAN;
    /// ... to the Kalai-Smorodinsky solution.
    DealKalai = f64::NAN;
    /// ... to the largest sum.
    DealUtilitarian = f64::NAN;
    /// ... its gain over splitting every lever.
    DealLogroll = f64::NAN;
}
values! { Party;
    /// What the named deal was worth to it.
    DealWorth = f64::NAN;
    /// Value of the named deal's levers, as a share of its best.
    DealShare = f64::NAN;
    /// Value of the first deal's levers, as a share of its best.
    FirstShare = f64::NAN;
    /// What the other's pledges in the first deal were worth to it at signing.
    FirstPledges = f64::NAN;
}
values! { Lever;
    /// Its level in the named deal.
    DealLevel = f64::NAN;
}

/// Adds the system.
pub fn install(b: &mut Build) {
    b.rows::<(DealRound, DealSession, DealAcceptedBy, FirstDealRound)>();
    b.rows::<(FirstAtSummit, FirstPareto, FirstShare, FirstPledges)>();
    b.rows::<(DealPareto, DealNash, DealKalai, DealUtilitarian, DealLogroll, DealWorth, DealShare, DealLevel)>();
    if b.setup.is_on("talks") {
        b.system(Phase::Record, "record: the deal a game is named after", keep);
    }
}

#[derive(SystemParam)]
struct Now<'w, 's> {
    initialled: Lanes<'w, 's, Initialled>,
    meeting: Lanes<'w, 's, Meeting>,
    deals: (Lanes<'w, 's, Deals>, Lanes<'w, 's, SummitDeals>),
    sessions: Lanes<'w, 's, Sessions>,
    accepted: Lanes<'w, 's, AcceptedBy>,
    worth: (Lanes<'w, 's, Worth>, Lanes<'w, 's, ShareNow>, Lanes<'w, 's, PledgesNow>),
    distances: (
        Lanes<'w, 's, ParetoNow>,
        Lanes<'w, 's, NashNow>,
        Lanes<'w, 's, KalaiNow>,
        Lanes<'w, 's, UtilitarianNow>,
        Lanes<'w, 's, LogrollNow>,
    ),
    levels: (Lanes<'w, 's, Agreed>, Lanes<'w, 's, Level>),
}

#[derive(SystemParam)]
struct Kept<'w, 's> {
    round: (LanesMut<'w, 's, DealRound>, LanesMut<'w, 's, FirstDealRound>),
    session: LanesMut<'w, 's, DealSession>,
    accepted: LanesMut<'w, 's, DealAcceptedBy>,
    worth: (LanesMut<'w, 's, DealWorth>, LanesMut<'w, 's, DealShare>),
    distances: (
        LanesMut<'w, 's, DealPareto>,
        LanesMut<'w, 's, DealNash>,
        LanesMut<'w, 's, DealKalai>,
        LanesMut<'w, 's, DealUtilitarian>,
        LanesMut<'w, 's, DealLogroll>,
    ),
    level: LanesMut<'w, 's, DealLevel>,
    first: (LanesMut<'w, 's, FirstAtSummit>, LanesMut<'w, 's, FirstPareto>),
    first_of: (LanesMut<'w, 's, FirstShare>, LanesMut<'w, 's, FirstPledges>),
}

fn keep(setup: Res<Setup>, clock: Res<Clock>, now: Now, mut kept: Kept) {
    for (g, _) in now.initialled.lane(0).iter().enumerate().filter(|(_, signed)| signed.0 == 2.0) {
        let round = f64::from(clock.round);
        let first = now.deals.0.at(0, g).0 == 1.0;
        let first_at_summit = now.meeting.at(0, g).0 == 2.0 && now.deals.1.at(0, g).0 == 1.0;
        if first {
            kept.round.1.at(0, g).0 = round;
            kept.first.0.at(0, g).0 = f64::from(u8::from(now.meeting.at(0, g).0 == 2.0));
            kept.first.1.at(0, g).0 = now.distances.0.at(0, g).0;
            for p in 0..2 {
                kept.first_of.0.at(p, g).0 = now.worth.1.at(p, g).0;
                kept.first_of.1.at(p, g).0 = now.worth.2.at(p, g).0;
            }
        }
        if !first && !first_at_summit {
            continue;
        }
        kept.round.0.at(0, g).0 = round;
        kept.session.at(0, g).0 = now.sessions.at(0, g).0 - 1.0;
        kept.accepted.at(0, g).0 = now.accepted.at(0, g).0;
        for p in 0..2 {
            kept.worth.0.at(p, g).0 = now.worth.0.at(p, g).0;
            kept.worth.1.at(p, g).0 = now.worth.1.at(p, g).0;
        }
        kept.distances.0.at(0, g).0 = now.distances.0.at(0, g).0;
        kept.distances.1.at(0, g).0 = now.distances.1.at(0, g).0;
        kept.distances.2.at(0, g).0 = now.distances.2.at(0, g).0;
        kept.distances.3.at(0, g).0 = now.distances.3.at(0, g).0;
        kept.distances.4.at(0, g).0 = now.distances.4.at(0, g).0;
        for l in 0..setup.levers.len() {
            let agreed = now.levels.0.at(l, g).0;
            kept.level.at(l, g).0 = if agreed.is_nan() { now.levels.1.at(l, g).0 } else { agreed };
        }
    }
}
