//! Threats: made when talks go nowhere and tone is poor, due two rounds later, carried out or climbed down from.
//!
//! Made with chance `rate (1.5 - progress) (1 - tone)`, one at a time; carried out with chance
//! `resolve (1 - .5 max(0, tone))`: .8 step, resolve shown +.5; else an audience cost of .025 stakes and resolve lost
//! +.5 (Fearon, American Political Science Review 88, 1994). None while the truce is down.

use bevy_ecs::prelude::*;

use crate::scenario::rules::Switch;
use crate::scenario::strategy::Escalate;
use crate::world::build::Build;
use crate::world::components::{
    Patience, Progress, ResolveLost, ResolveLostNews, ResolveShown, ResolveShownNews, Snapped, ThreatDue,
    ThreatPending, Threats, Tone, Total,
};
use crate::world::dice::{Dice, Stream};
use crate::world::hands::Hands;
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::maths::{believed, power};
use crate::world::measure::{Chapter, From, Measures};
use crate::world::mechanism::Mechanism;
use crate::world::orders::Orders;
use crate::world::phase::Phase;
use crate::world::rows::{NONE, Party, Table, Value, values};
use crate::world::setup::Setup;
use crate::world::trace::{Trace, What};

values! { Party;
    /// Chance of a threat each round, before progress and tone weigh in.
    ThreatRate = 0.0;
}
values! { Table;
    /// Threats carried out so far.
    CarriedOut = 0.0;
}

/// The rule.
pub const MECHANISM: Mechanism = Mechanism { name: "threats", switch: Some(Switch::Escalate), equip, install, measure };

/// Lists start values.
fn equip(setup: &mut Setup) {
    for p in 0..2 {
        let rate = super::tactic(setup, p, "threat rate", |e| match e {
            Escalate::Threat { per_round } => Some(per_round),
            _ => None,
        });
        rate.into_iter().for_each(|x| setup.start::<ThreatRate>(p, x));
    }
}

/// Adds the systems.
fn install(b: &mut Build) {
    b.rows::<(ThreatRate, CarriedOut)>();
    b.system(Phase::Threaten, "threats: one is made", threaten);
    b.system(Phase::Execute, "threats: one falls due", fall_due);
}

/// Lists what is measured.
fn measure(_: &Setup, m: &mut Measures) {
    let carried_out = From::Column(CarriedOut::COLUMN, 0);
    m.metric(Chapter::Acts, "threats", "threats", "threats made", From::Column(Threats::COLUMN, 0));
    m.metric(Chapter::Acts, "threats_carried_out", "threats", "threats carried out", carried_out);
}

#[derive(bevy_ecs::system::SystemParam)]
struct Making<'w, 's> {
    rate: Lanes<'w, 's, ThreatRate>,
    progress: Lanes<'w, 's, Progress>,
    tone: Lanes<'w, 's, Tone>,
    snapped: Lanes<'w, 's, Snapped>,
    pending: LanesMut<'w, 's, ThreatPending>,
    due: LanesMut<'w, 's, ThreatDue>,
    threats: LanesMut<'w, 's, Threats>,
}

fn threaten(
    trace: Res<Trace>,
    orders: Res<Orders>,
    dice: Dice,
    mut rows: Making,
    mut hands: Hands,
    mut lanes: Local<[Vec<f64>; 2]>,
) {
    let (setup, round) = (Res::clone(&hands.setup), hands.clock.round);
    let rules = &setup.scenario.escalation;
    for (p, party) in setup.parties.iter().enumerate() {
        dice.lane(Stream::named("threats", &party.dice, "make"), &mut lanes[p]);
    }
    let progress = [rows.progress.lane(0), rows.progress.lane(1)];
    let (tone, snapped) = (rows.tone.lane(0), rows.snapped.lane(0));
    let (rate, pending) = ([rows.rate.lane(0), rows.rate.lane(1)], rows.pending.all());
    let (due, threats) = (rows.due.all(), rows.threats.all());
    let n = pending.len();
    for g in 0..n {
        // Both look before either speaks: two threats may cross.
        if pending[g].0 > 0.0 || snapped[g].0 > 0.0 {
            continue;
        }
        for p in 0..2 {
            if lanes[p][g] >= threatens_with(rate[p][g].0, progress[p][g].0, tone[g].0) || orders.moves(p, g, round) {
                continue;
            }
            let falls_due = round + rules.threat_due.get();
            due[p * n + g].0 = f64::from(falls_due);
            pending[g].0 += 1.0;
            threats[g].0 += 1.0;
            hands.tone.at(0, g).0 += rules.threat_tone.get();
            trace.note(round, Phase::Threaten, Some(p), What::Threatened { due: falls_due });
        }
    }
}

#[derive(bevy_ecs::system::SystemParam)]
struct Due<'w, 's> {
    tone: Lanes<'w, 's, Tone>,
    shown: Lanes<'w, 's, ResolveShown>,
    lost: Lanes<'w, 's, ResolveLost>,
    patience: Lanes<'w, 's, Patience>,
    due: LanesMut<'w, 's, ThreatDue>,
    pending: LanesMut<'w, 's, ThreatPending>,
    shown_news: LanesMut<'w, 's, ResolveShownNews>,
    lost_news: LanesMut<'w, 's, ResolveLostNews>,
    total: LanesMut<'w, 's, Total>,
    carried: LanesMut<'w, 's, CarriedOut>,
}

fn fall_due(trace: Res<Trace>, dice: Dice, mut rows: Due, mut hands: Hands, mut lane: Local<Vec<f64>>) {
    let (setup, round) = (Res::clone(&hands.setup), hands.clock.round);
    let (rules, word) = (&setup.scenario.escalation, &setup.scenario.credibility);
    for (p, party) in setup.parties.iter().enumerate() {
        if !rows.due.lane(p).iter().any(|due| due.0 <= f64::from(round)) {
            continue;
        }
        dice.lane(Stream::named("threats", &party.dice, "carry out"), &mut lane);
        let due: Vec<usize> =
            rows.due.lane(p).iter().enumerate().filter(|(_, due)| due.0 <= f64::from(round)).map(|(g, _)| g).collect();
        for g in due {
            let u = lane[g];
            rows.due.at(p, g).0 = NONE;
            rows.pending.at(0, g).0 -= 1.0;
            let resolve = believed(rows.shown.at(p, g).0, rows.lost.at(p, g).0);
            let chance = carries_out_with(resolve, rows.tone.at(0, g).0, rules.stayed_by_tone.get());
            let lever = if u < chance { hands.pick(p, u / chance) } else { None };
            if let Some(l) = lever {
                let moved = hands.tighten(p, l, g, rules.threat_step.get());
                rows.shown_news.at(p, g).0 += word.carried_out.get();
                rows.carried.at(0, g).0 += 1.0;
                trace.note(round, Phase::Execute, Some(p), What::CarriedOut { moved });
            } else {
                rows.lost_news.at(p, g).0 += word.climbed_down.get();
                rows.total.at(p, g).0 -= setup.points(p, rules.audience_cost) * power(rows.patience.at(p, g).0, round);
                trace.note(round, Phase::Execute, Some(p), What::ClimbedDown);
            }
        }
    }
}

/// The chance of a threat.
#[inline]
pub fn threatens_with(rate: f64, progress: f64, tone: f64) -> f64 {
    rate * (1.5 - progress) * (1.0 - tone)
}

/// The chance that a threat is carried out.
#[inline]
pub fn carries_out_with(resolve: f64, tone: f64, stayed: f64) -> f64 {
    resolve * (1.0 - stayed * tone.max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn poor_talks_and_poor_tone_bring_threats() {
        assert!(threatens_with(0.05, 0.0, -0.5) > threatens_with(0.05, 0.8, -0.5));
        assert!(threatens_with(0.05, 0.5, -0.5) > threatens_with(0.05, 0.5, 0.5));
    }

    #[test]
    fn good_tone_stays_the_hand() {
        assert_eq!(carries_out_with(0.8, -1.0, 0.5), 0.8);
        assert_eq!(carries_out_with(0.8, 1.0, 0.5), 0.4);
    }
}
