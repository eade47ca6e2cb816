//! The leaders' meeting: invited if both expect enough of it, called off if the mood turns, crowned by a deal or only
//! by a photograph.
//!
//! Each accepts with chance `logistic(Prize / .2 u + 2.5 tone + progress - bar)`:
//! .2 stakes (`summit.prize_scale`) move it by one unit of log-odds. Called off below tone -.45 or while
//! the truce is down. Leaders may move a lever two big moves; a summit without a deal brings a quarter of the prize.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;

use crate::codes::Coded;
use crate::scenario::rules::{SummitRules, Switch};
use crate::scenario::schema::Event;
use crate::world::CurrentRound;
use crate::world::build::Build;
use crate::world::components::{
    Deals, FirstAtSummit, Initialled, MayMove, Meeting, Meets, NextMeeting, Over, Patience, PrizeNow, Progress,
    Snapped, Stage, SummitDeals, SummitSet, Tone, Total,
};
use crate::world::dice::{Dice, Stream};
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::maths::{log_odds, logistic, power};
use crate::world::measure::Measures;
use crate::world::mechanism::Mechanism;
use crate::world::orders::{About, Ask, At, Orders};
use crate::world::phase::Phase;
use crate::world::rows::{Table, Value, pair, values};
use crate::world::setup::{Setup, source};
use crate::world::trace::{Trace, What};

values! { Table;
    /// How warm a summit must look.
    SummitBar = 0.5;
    /// 1 once the leaders have met.
    SummitHeld = 0.0;
    /// 1 once a summit that was set has been called off.
    SummitCancelled = 0.0;
    /// 1 once they have met without a deal.
    Photographs = 0.0;
}

/// The rule.
pub const MECHANISM: Mechanism = Mechanism { name: "summit", switch: Some(Switch::Summit), equip, install, measure };

/// Lists start values.
fn equip(setup: &mut Setup) {
    let scenario = setup.scenario.clone();
    for event in &scenario.calendar {
        if let Event::Summit { bar, .. } = event {
            setup.start::<SummitBar>(0, source(bar, "table", "summit bar"));
        }
    }
}

/// Adds the systems.
fn install(b: &mut Build) {
    b.rows::<(SummitBar, SummitHeld, SummitCancelled, Photographs)>();
    if b.setup.calendar.summit.is_some() {
        b.system(Phase::Lead, "summit: the leaders meet or call it off", meet);
        b.system(Phase::Invite, "summit: invitation and photograph", invite);
    }
}

/// Lists what is measured.
fn measure(setup: &Setup, m: &mut Measures) {
    if setup.calendar.summit.is_none() {
        return;
    }
    m.event("summit_held", "the leaders met", SummitHeld::COLUMN);
    m.event("summit_cancelled", "a summit was set and called off", SummitCancelled::COLUMN);
    let signed = "the leaders signed a deal, of summits held";
    m.event_of("deal_at_summit", signed, SummitDeals::COLUMN, SummitHeld::COLUMN);
    if setup.is_on(Switch::Talks) {
        let first = "the first deal was signed by the leaders, of games with one";
        m.event_of("first_deal_at_summit", first, FirstAtSummit::COLUMN, Deals::COLUMN);
    }
}

#[derive(SystemParam)]
struct Leading<'w, 's> {
    tone: Lanes<'w, 's, Tone>,
    snapped: Lanes<'w, 's, Snapped>,
    over: Lanes<'w, 's, Over>,
    set: LanesMut<'w, 's, SummitSet>,
    meeting: LanesMut<'w, 's, Meeting>,
    may_move: LanesMut<'w, 's, MayMove>,
    held: LanesMut<'w, 's, SummitHeld>,
    cancelled: LanesMut<'w, 's, SummitCancelled>,
}

fn meet(setup: Res<Setup>, clock: Res<CurrentRound>, trace: Res<Trace>, mut rows: Leading) {
    let Some(summit) = &setup.calendar.summit else { return };
    if clock.round != summit.at {
        return;
    }
    for g in 0..rows.tone.lane(0).len() {
        if rows.set.at(0, g).0 == 0.0 || rows.over.at(0, g).0 > 0.0 {
            continue;
        }
        if rows.tone.at(0, g).0 < summit.cancel_below || rows.snapped.at(0, g).0 > 0.0 {
            rows.set.at(0, g).0 = 0.0;
            rows.cancelled.at(0, g).0 = 1.0;
            let truce_down = rows.snapped.at(0, g).0 > 0.0;
            trace.note(clock.round, Phase::Lead, None, What::SummitOff { truce_down });
        } else {
            rows.meeting.at(0, g).set(Meets::Leaders);
            rows.may_move.at(0, g).0 = setup.scenario.talks.leaders_may_move.get();
            rows.held.at(0, g).0 = 1.0;
        }
    }
}

#[derive(SystemParam)]
struct Inviting<'w, 's> {
    tone: Lanes<'w, 's, Tone>,
    progress: Lanes<'w, 's, Progress>,
    snapped: Lanes<'w, 's, Snapped>,
    meeting: Lanes<'w, 's, Meeting>,
    initialled: Lanes<'w, 's, Initialled>,
    prize: Lanes<'w, 's, PrizeNow>,
    patience: Lanes<'w, 's, Patience>,
    bar: Lanes<'w, 's, SummitBar>,
    over: Lanes<'w, 's, Over>,
    set: LanesMut<'w, 's, SummitSet>,
    next: LanesMut<'w, 's, NextMeeting>,
    photographs: LanesMut<'w, 's, Photographs>,
    total: LanesMut<'w, 's, Total>,
}

fn invite(
    setup: Res<Setup>,
    clock: Res<CurrentRound>,
    trace: Res<Trace>,
    orders: Res<Orders>,
    dice: Dice,
    mut rows: Inviting,
    mut lanes: Local<[Vec<f64>; 2]>,
) {
    let Some(summit) = &setup.calendar.summit else { return };
    let round = clock.round;
    if round == summit.invite_at {
        for (p, party) in setup.parties.iter().enumerate() {
            dice.lane(Stream::named("summit", &party.dice, "accept"), &mut lanes[p]);
        }
        let open = |g: &usize| rows.snapped.at(0, *g).0 == 0.0 && rows.over.at(0, *g).0 == 0.0;
        let invited: Vec<usize> = (0..lanes[0].len()).filter(open).collect();
        let answer = |p: usize, g: usize| {
            let (prize, tone, progress) = (rows.prize.at(p, g).0, rows.tone.at(0, g).0, rows.progress.at(p, g).0);
            let chance =
                accepts_with(&setup.scenario.summit, setup.stakes(p, prize), tone, progress, rows.bar.at(0, g).0);
            let said = orders.says(g, At { round, party: p, ask: Ask::Invitation }, || About::Chance(chance));
            (chance, said.unwrap_or(lanes[p][g] < chance))
        };
        // First all of them decide; where one outside has not yet, nobody is answered.
        let answers: Vec<[(f64, bool); 2]> = invited.iter().map(|g| pair(|p| answer(p, *g))).collect();
        if orders.hold(Phase::Invite) {
            return;
        }
        for (g, answers) in invited.into_iter().zip(answers) {
            for (p, (chance, accepts)) in answers.into_iter().enumerate() {
                trace.note(round, Phase::Invite, Some(p), What::Invitation { chance, accepts });
            }
            if answers.iter().all(|(_, accepts)| *accepts) {
                rows.set.at(0, g).0 = 1.0;
                rows.next.at(0, g).0 = f64::from(summit.prepare_at);
                trace.note(round, Phase::Invite, None, What::SummitSet { at: summit.at });
            }
        }
    }
    if round == summit.at {
        let share = setup.scenario.prize.photo_only.get();
        for g in 0..rows.tone.lane(0).len() {
            rows.set.at(0, g).0 = 0.0;
            if !rows.meeting.at(0, g).is(Meets::Leaders) || rows.initialled.at(0, g).is(Stage::Ratified) {
                continue;
            }
            rows.photographs.at(0, g).0 = 1.0;
            let mut prize = [0.0; 2];
            for (p, won) in prize.iter_mut().enumerate() {
                *won = rows.prize.at(p, g).0 * share;
                rows.total.at(p, g).0 += *won * power(rows.patience.at(p, g).0, round);
            }
            trace.note(round, Phase::Invite, None, What::Photograph { prize });
        }
    }
}

/// The chance that a leader accepts, the prize in stakes.
#[inline]
pub fn accepts_with(rules: &SummitRules, prize: f64, tone: f64, progress: f64, bar: f64) -> f64 {
    let warmth = rules.tone.get() * tone + rules.progress.get() * progress;
    logistic(log_odds(prize, rules.prize_scale.get()) + warmth - bar)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prize_tone_and_progress_open_the_door() {
        let accepts = |prize, tone, progress, bar| accepts_with(&SummitRules::default(), prize, tone, progress, bar);
        let chance = accepts(0.2, 0.1, 0.5, 0.5);
        assert!(accepts(0.4, 0.1, 0.5, 0.5) > chance);
        assert!(accepts(0.2, 0.4, 0.5, 0.5) > chance);
        assert!(accepts(0.2, 0.1, 0.9, 0.5) > chance);
        assert!(accepts(0.2, 0.1, 0.5, 1.5) < chance);
    }
}
