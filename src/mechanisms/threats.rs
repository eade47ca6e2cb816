//! Threats: made when talks go nowhere and tone is poor, with a date; put off, carried out, in whole or in part, or climbed
//! down from.
//!
//! Made with chance `rate (1.5 - progress) (1 - tone)`, one at a time, of z times the usual .8 step, due in about two rounds.
//! On the date it is put off with chance `postponed progress` while a meeting is set; else carried out with chance
//! `resolve (1 - .5 max(0, tone))`: resolve shown +.5; else an audience cost of .025 stakes, of which the share
//! `audience_grows` goes with z, and resolve lost +.5 (Fearon, American Political Science Review 88, 1994). Of what is carried
//! out in part, the rest of that share is paid too. None while the truce is down. Sizes and delays after the lists of 2018 and
//! 2019, where the large were rare (CRS R45949, PIIE). `threat_terms` off: one size, one delay, all or nothing.

use bevy_ecs::prelude::*;

use crate::scenario::rules::Switch;
use crate::scenario::strategy::Escalate;
use crate::world::build::Build;
use crate::world::components::{
    NEVER, NextMeeting, Patience, Progress, ResolveLost, ResolveLostNews, ResolveShown, ResolveShownNews, Snapped,
    ThreatDue, ThreatPending, ThreatSize, Threats, Tone, Total, Unanswered,
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
    /// Threats carried out so far, in whole or in part.
    CarriedOut = 0.0;
    /// Dates put off so far.
    PutOff = 0.0;
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
    b.rows::<(ThreatRate, CarriedOut, PutOff)>();
    b.system(Phase::Threaten, "threats: one is made", threaten);
    b.system(Phase::Execute, "threats: one falls due", fall_due);
}

/// Lists what is measured.
fn measure(setup: &Setup, m: &mut Measures) {
    let carried_out = From::Column(CarriedOut::COLUMN, 0);
    m.metric(Chapter::Acts, "threats", "threats", "threats made", From::Column(Threats::COLUMN, 0));
    m.metric(Chapter::Acts, "threats_carried_out", "threats", "threats carried out", carried_out);
    if setup.threats.postponed.get() > 0.0 {
        let put_off = From::Column(PutOff::COLUMN, 0);
        m.metric(Chapter::Acts, "threats_put_off", "times", "dates of threats that were put off", put_off);
    }
}

#[derive(bevy_ecs::system::SystemParam)]
struct Making<'w, 's> {
    rate: Lanes<'w, 's, ThreatRate>,
    progress: Lanes<'w, 's, Progress>,
    tone: Lanes<'w, 's, Tone>,
    snapped: Lanes<'w, 's, Snapped>,
    pending: LanesMut<'w, 's, ThreatPending>,
    due: LanesMut<'w, 's, ThreatDue>,
    size: LanesMut<'w, 's, ThreatSize>,
    unanswered: LanesMut<'w, 's, Unanswered>,
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
    let (sizes, unanswered) = (rows.size.all(), rows.unanswered.all());
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
            let stream = |draw| Stream::named("threats", &setup.parties[p].dice, draw);
            let size = dice.anew(&setup.threats.size, stream("size"), u64::from(round), g);
            let later = dice.anew(&setup.threats.delay, stream("delay"), u64::from(round), g);
            let falls_due = round + falls_due_in(rules.threat_due.get(), later);
            due[p * n + g].0 = f64::from(falls_due);
            (sizes[p * n + g].0, unanswered[p * n + g].0) = (size, f64::from(round));
            pending[g].0 += 1.0;
            threats[g].0 += 1.0;
            hands.tone.at(0, g).0 += rules.threat_tone.get();
            trace.note(round, Phase::Threaten, Some(p), What::Threatened { due: falls_due, size, counters: false });
        }
    }
}

#[derive(bevy_ecs::system::SystemParam)]
struct Due<'w, 's> {
    tone: Lanes<'w, 's, Tone>,
    shown: Lanes<'w, 's, ResolveShown>,
    lost: Lanes<'w, 's, ResolveLost>,
    patience: Lanes<'w, 's, Patience>,
    progress: Lanes<'w, 's, Progress>,
    next: Lanes<'w, 's, NextMeeting>,
    snapped: Lanes<'w, 's, Snapped>,
    size: Lanes<'w, 's, ThreatSize>,
    due: LanesMut<'w, 's, ThreatDue>,
    pending: LanesMut<'w, 's, ThreatPending>,
    shown_news: LanesMut<'w, 's, ResolveShownNews>,
    lost_news: LanesMut<'w, 's, ResolveLostNews>,
    total: LanesMut<'w, 's, Total>,
    carried: LanesMut<'w, 's, CarriedOut>,
    put_off: LanesMut<'w, 's, PutOff>,
}

impl Due<'_, '_> {
    /// How likely party p puts off a threat that falls due: as likely as talks went well, where they go on.
    fn waits(&self, setup: &Setup, p: usize, g: usize) -> f64 {
        let go_on = self.next.at(0, g).0 < NEVER / 2.0 && self.snapped.at(0, g).0 == 0.0;
        if go_on { setup.threats.postponed.get() * self.progress.at(p, g).0 } else { 0.0 }
    }

    /// Party p pays at home for a share of a threat that it does not carry out.
    fn pays(&mut self, setup: &Setup, p: usize, g: usize, round: u32, share: f64) {
        let cost = setup.points(p, setup.scenario.escalation.audience_cost) * share;
        self.total.at(p, g).0 -= cost * power(self.patience.at(p, g).0, round);
    }
}

fn fall_due(trace: Res<Trace>, dice: Dice, mut rows: Due, mut hands: Hands, mut lane: Local<Vec<f64>>) {
    let (setup, round) = (Res::clone(&hands.setup), hands.clock.round);
    let (rules, word, terms) = (&setup.scenario.escalation, &setup.scenario.credibility, &setup.threats);
    let grows = terms.audience_grows.get();
    for (p, party) in setup.parties.iter().enumerate() {
        if !rows.due.lane(p).iter().any(|due| due.0 <= f64::from(round)) {
            continue;
        }
        let stream = |draw| Stream::named("threats", &party.dice, draw);
        dice.lane(stream("carry out"), &mut lane);
        let due: Vec<usize> =
            rows.due.lane(p).iter().enumerate().filter(|(_, due)| due.0 <= f64::from(round)).map(|(g, _)| g).collect();
        for g in due {
            let (u, size) = (lane[g], rows.size.at(p, g).0);
            let waits = rows.waits(&setup, p, g);
            if waits > 0.0 && dice.one_at(stream("put off"), u64::from(round), g) < waits {
                let by = dice.anew(&terms.postponed_by, stream("put off by"), u64::from(round), g);
                let to = round + (by as u32).max(1);
                rows.due.at(p, g).0 = f64::from(to);
                rows.put_off.at(0, g).0 += 1.0;
                trace.note(round, Phase::Execute, Some(p), What::PutOff { to });
                continue;
            }
            rows.due.at(p, g).0 = NONE;
            rows.pending.at(0, g).0 -= 1.0;
            let resolve = believed(rows.shown.at(p, g).0, rows.lost.at(p, g).0);
            let chance = carries_out_with(resolve, rows.tone.at(0, g).0, rules.stayed_by_tone.get());
            let lever = if u < chance { hands.weapon(p, u / chance, g) } else { None };
            if let Some(l) = lever {
                let in_part = terms.in_part.get();
                let in_part = in_part > 0.0 && dice.one_at(stream("in part"), u64::from(round), g) < in_part;
                let part = if in_part { dice.anew(&terms.part, stream("part"), u64::from(round), g) } else { 1.0 };
                let moved = hands.tighten(p, l, g, rules.threat_step.get() * size * part);
                rows.shown_news.at(p, g).0 += word.carried_out.get() * part;
                rows.carried.at(0, g).0 += 1.0;
                if in_part {
                    rows.pays(&setup, p, g, round, grows * size * (1.0 - part));
                }
                trace.note(round, Phase::Execute, Some(p), What::CarriedOut { moved, part });
            } else {
                rows.lost_news.at(p, g).0 += word.climbed_down.get();
                rows.pays(&setup, p, g, round, climbing_down_costs(grows, size));
                trace.note(round, Phase::Execute, Some(p), What::ClimbedDown);
            }
        }
    }
}

/// In how many rounds a threat falls due that is given so many times the usual delay.
#[inline]
pub fn falls_due_in(usual: u32, times: f64) -> u32 {
    ((f64::from(usual) * times) as u32).max(usual.min(1))
}

/// What climbing down from a threat of some size costs, beside what it costs to climb down from the usual one.
#[inline]
pub fn climbing_down_costs(grows: f64, size: f64) -> f64 {
    1.0 + grows * (size - 1.0)
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
    fn the_usual_threat_is_what_it_was() {
        for usual in [0, 1, 2, 9] {
            assert_eq!(falls_due_in(usual, 1.0), usual);
        }
        assert_eq!([falls_due_in(2, 0.1), falls_due_in(2, 2.6), falls_due_in(0, 5.0)], [1, 5, 0]);
        assert_eq!([climbing_down_costs(0.0, 7.0), climbing_down_costs(0.8, 1.0)], [1.0; 2]);
        assert!(climbing_down_costs(0.8, 3.0) > climbing_down_costs(0.8, 0.2) && climbing_down_costs(1.0, 0.0) == 0.0);
    }

    #[test]
    fn good_tone_stays_the_hand() {
        assert_eq!(carries_out_with(0.8, -1.0, 0.5), 0.8);
        assert_eq!(carries_out_with(0.8, 1.0, 0.5), 0.4);
    }
}
