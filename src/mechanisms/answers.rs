//! A threat is answered in the next round: the other gives way a little, announces one of its own, or lets it stand.
//!
//! It gives way with chance `yields r`, r how far the threat is believed: it opens a hostile lever by `yields_by` times what was
//! threatened, and the threat is off, its maker's resolve shown as by one carried out. Else a side that threatens at all announces
//! with chance `countered` a threat of the same size for the same date. A threat that is meant to compel succeeds when it need not
//! be carried out (Schelling, Arms and Influence, 1966); that tariffs were announced against tariffs is the record of 2018 and 2019
//! (PIIE). The chances are judgement. `threat_terms` off: threats stand until they fall due.

use bevy_ecs::prelude::*;

use crate::scenario::rules::Switch;
use crate::scenario::strategy::Escalate;
use crate::world::build::Build;
use crate::world::components::{
    ResolveLost, ResolveShown, ResolveShownNews, Snapped, ThreatDue, ThreatPending, ThreatSize, Threats, Unanswered,
};
use crate::world::dice::{Dice, Stream};
use crate::world::hands::Hands;
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::maths::believed;
use crate::world::measure::{Chapter, From, Measures};
use crate::world::mechanism::Mechanism;
use crate::world::orders::Orders;
use crate::world::phase::Phase;
use crate::world::rows::{NONE, Table, Value, is_set, pair, values};
use crate::world::setup::Setup;
use crate::world::trace::{Trace, What};

values! { Table;
    /// Threats to which the other gave way so far.
    GivenWay = 0.0;
}

/// The rule.
pub const MECHANISM: Mechanism =
    Mechanism { name: "answers", switch: Some(Switch::ThreatTerms), install, measure, ..Mechanism::BARE };

/// Adds the system.
fn install(b: &mut Build) {
    b.rows::<(GivenWay,)>();
    b.system(Phase::Answer, "answers: a threat is answered", answer);
}

/// Lists what is measured.
fn measure(setup: &Setup, m: &mut Measures) {
    if setup.threats.yields.get() > 0.0 {
        let given_way = From::Column(GivenWay::COLUMN, 0);
        m.metric(Chapter::Acts, "threats_given_way_to", "threats", "threats to which the other gave way", given_way);
    }
}

#[derive(bevy_ecs::system::SystemParam)]
struct Rows<'w, 's> {
    snapped: Lanes<'w, 's, Snapped>,
    shown: Lanes<'w, 's, ResolveShown>,
    lost: Lanes<'w, 's, ResolveLost>,
    due: LanesMut<'w, 's, ThreatDue>,
    size: LanesMut<'w, 's, ThreatSize>,
    unanswered: LanesMut<'w, 's, Unanswered>,
    pending: LanesMut<'w, 's, ThreatPending>,
    threats: LanesMut<'w, 's, Threats>,
    shown_news: LanesMut<'w, 's, ResolveShownNews>,
    given_way: LanesMut<'w, 's, GivenWay>,
}

fn answer(trace: Res<Trace>, orders: Res<Orders>, dice: Dice, mut rows: Rows, mut hands: Hands) {
    if rows.unanswered.all().iter().all(|made| !made.is_set()) {
        return;
    }
    let (setup, round) = (Res::clone(&hands.setup), hands.clock.round);
    for g in 0..rows.snapped.lane(0).len() {
        // Both look before either answers.
        let due = pair(|p| rows.due.seen().at(p, g).0);
        let open = pair(|p| rows.unanswered.seen().at(p, g).0 < f64::from(round));
        for p in (0..2).filter(|p| open[*p]) {
            rows.unanswered.at(p, g).0 = NONE;
        }
        for p in (0..2).filter(|p| open[*p] && is_set(due[*p])) {
            let q = 1 - p;
            if rows.snapped.at(0, g).0 > 0.0 || orders.moves(q, g, round) {
                continue;
            }
            let u = dice.one_at(Stream::named("answers", &setup.parties[q].dice, "answer"), u64::from(round), g);
            let believed = believed(rows.shown.at(p, g).0, rows.lost.at(p, g).0);
            let chances = answers_with(&setup, q, believed);
            if u < chances[0] {
                rows.give_way(&setup, (p, g), u / chances[0], round, &trace, &mut hands);
            } else if u < chances[0] + chances[1] && !is_set(due[q]) {
                let size = rows.size.at(p, g).0;
                rows.due.at(q, g).0 = due[p];
                (rows.size.at(q, g).0, rows.unanswered.at(q, g).0) = (size, f64::from(round));
                rows.pending.at(0, g).0 += 1.0;
                rows.threats.at(0, g).0 += 1.0;
                hands.tone.at(0, g).0 += setup.scenario.escalation.threat_tone.get();
                trace.note(
                    round,
                    Phase::Answer,
                    Some(q),
                    What::Threatened { due: due[p] as u32, size, counters: true },
                );
            }
        }
    }
}

impl Rows<'_, '_> {
    /// The other opens a lever, if one is left to open, and party p's threat is off.
    fn give_way(
        &mut self,
        setup: &Setup,
        (p, g): (usize, usize),
        u: f64,
        round: u32,
        trace: &Trace,
        hands: &mut Hands,
    ) {
        let Some(l) = hands.gift(1 - p, u, g) else { return };
        let threatened = setup.scenario.escalation.threat_step.get() * self.size.at(p, g).0;
        let moved = hands.ease(l, g, setup.threats.yields_by.get() * threatened);
        self.due.at(p, g).0 = NONE;
        self.pending.at(0, g).0 -= 1.0;
        self.given_way.at(0, g).0 += 1.0;
        self.shown_news.at(p, g).0 += setup.scenario.credibility.carried_out.get();
        trace.note(round, Phase::Answer, Some(1 - p), What::Yielded { moved });
    }
}

/// The chances that party q gives way to a threat that is believed so far, and that it answers with one of its own.
pub fn answers_with(setup: &Setup, q: usize, believed: f64) -> [f64; 2] {
    let threatens = setup.parties[q].strategy.escalate.iter().any(|e| matches!(e, Escalate::Threat { .. }));
    let yields = setup.threats.yields.get() * believed;
    [yields, if threatens { (1.0 - yields) * setup.threats.countered.get() } else { 0.0 }]
}
