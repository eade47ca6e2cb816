//! The deal a game is named after, kept as it is signed.
//!
//! It is the summit's if there is one, else the first; what the first deal was like is kept beside it. How a game ended is read from these components and the
//! mechanisms' own, lane by lane, by [`super::metrics`].

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;

use crate::codes::Coded;
use crate::mechanisms::talks::{
    AcceptedBy, KalaiNow, LogrollNow, NashNow, ParetoNow, PledgesNow, ShareNow, UtilitarianNow,
};
use crate::scenario::rules::Switch;
use crate::world::CurrentRound;
use crate::world::build::Build;
use crate::world::components::{
    Agreed, Deals, FirstAtSummit, Initialled, Level, Meeting, Meets, Sessions, Stage, SummitDeals, Worth,
};
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::phase::Phase;
use crate::world::rows::{Lever, NONE, Party, Table, Value, values};
use crate::world::setup::Setup;

values! { Table;
    /// The round of the named deal; not a number without one.
    DealRound = NONE;
    /// The session of the named deal.
    DealSession = NONE;
    /// The party that said yes to it.
    DealAcceptedBy = NONE;
    /// The round of the first deal.
    FirstDealRound = NONE;
    /// Distance of the first deal to the frontier.
    FirstPareto = NONE;
    /// Distance of the named deal to the frontier.
    DealPareto = NONE;
    /// ... to the Nash solution.
    DealNash = NONE;
    /// ... to the Kalai-Smorodinsky solution.
    DealKalai = NONE;
    /// ... to the largest sum.
    DealUtilitarian = NONE;
    /// ... its gain over splitting every lever.
    DealLogroll = NONE;
}
values! { Party;
    /// What the named deal was worth to it.
    DealWorth = NONE;
    /// Value of the named deal's levers, as a share of its best.
    DealShare = NONE;
    /// Value of the first deal's levers, as a share of its best.
    FirstShare = NONE;
    /// What the other's pledges in the first deal were worth to it at signing.
    FirstPledges = NONE;
}
values! { Lever;
    /// Its level in the named deal.
    DealLevel = NONE;
}

/// Adds the system.
pub fn install(b: &mut Build) {
    b.rows::<(DealRound, DealSession, DealAcceptedBy, FirstDealRound)>();
    b.rows::<(FirstPareto, FirstShare, FirstPledges)>();
    b.rows::<(DealPareto, DealNash, DealKalai, DealUtilitarian, DealLogroll, DealWorth, DealShare, DealLevel)>();
    if b.setup.is_on(Switch::Talks) {
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

fn keep(setup: Res<Setup>, clock: Res<CurrentRound>, now: Now, mut kept: Kept) {
    let (meeting, deals, at_summits) = (now.meeting.lane(0), now.deals.0.lane(0), now.deals.1.lane(0));
    let signed =
        now.initialled.lane(0).iter().enumerate().filter(|(_, stage)| stage.is(Stage::Ratified)).map(|(g, _)| g);
    let (mut firsts, mut named) = (vec![], vec![]);
    for g in signed {
        let first = deals[g].0 == 1.0;
        if first {
            firsts.push(g);
        }
        if first || meeting[g].is(Meets::Leaders) && at_summits[g].0 == 1.0 {
            named.push(g);
        }
    }
    if named.is_empty() {
        return;
    }
    let round = f64::from(clock.round);
    let (rounds, at_summit) = (kept.round.1.lane(0), kept.first.0.lane(0));
    for &g in &firsts {
        (rounds[g].0, at_summit[g].0) = (round, f64::from(u8::from(meeting[g].is(Meets::Leaders))));
    }
    copy(&firsts, now.distances.0.lane(0), kept.first.1.lane(0), |x| FirstPareto(x.0));
    for p in 0..2 {
        copy(&firsts, now.worth.1.lane(p), kept.first_of.0.lane(p), |x| FirstShare(x.0));
        copy(&firsts, now.worth.2.lane(p), kept.first_of.1.lane(p), |x| FirstPledges(x.0));
        copy(&named, now.worth.0.lane(p), kept.worth.0.lane(p), |x| DealWorth(x.0));
        copy(&named, now.worth.1.lane(p), kept.worth.1.lane(p), |x| DealShare(x.0));
    }
    let rounds = kept.round.0.lane(0);
    named.iter().for_each(|g| rounds[*g].0 = round);
    copy(&named, now.sessions.lane(0), kept.session.lane(0), |x| DealSession(x.0 - 1.0));
    copy(&named, now.accepted.lane(0), kept.accepted.lane(0), |x| DealAcceptedBy(x.0));
    copy(&named, now.distances.0.lane(0), kept.distances.0.lane(0), |x| DealPareto(x.0));
    copy(&named, now.distances.1.lane(0), kept.distances.1.lane(0), |x| DealNash(x.0));
    copy(&named, now.distances.2.lane(0), kept.distances.2.lane(0), |x| DealKalai(x.0));
    copy(&named, now.distances.3.lane(0), kept.distances.3.lane(0), |x| DealUtilitarian(x.0));
    copy(&named, now.distances.4.lane(0), kept.distances.4.lane(0), |x| DealLogroll(x.0));
    for l in 0..setup.levers.len() {
        let (agreed, level, out) = (now.levels.0.lane(l), now.levels.1.lane(l), kept.level.lane(l));
        for &g in &named {
            out[g].0 = if agreed[g].is_set() { agreed[g].0 } else { level[g].0 };
        }
    }
}

/// One lane of this round, into what is kept of the games listed.
fn copy<A, B>(games: &[usize], from: &[A], to: &mut [B], of: impl Fn(&A) -> B) {
    for &g in games {
        to[g] = of(&from[g]);
    }
}
