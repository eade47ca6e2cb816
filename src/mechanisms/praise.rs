//! Warm words in public about the other leader: tone rises a little, the less the warmer it is already and the more often
//! they were heard of late, `.04 (1 - max(0, tone)) / (1 + often)`; `often` counts praise, and forgets a fifth of it each
//! round. Whoever speaks them looks soft (resolve lost +.05) and pays .005 stakes at home (judgement; costless talk moves
//! nobody, Farrell 1987). `signals` off: none are spoken.

use bevy_ecs::prelude::*;

use crate::scenario::rules::Switch;
use crate::scenario::strategy::Escalate;
use crate::world::CurrentRound;
use crate::world::build::Build;
use crate::world::components::{Patience, ResolveLostNews, Snapped, Tone, ToneShift, Total};
use crate::world::dice::{Dice, Stream};
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::maths::power;
use crate::world::mechanism::Mechanism;
use crate::world::orders::Orders;
use crate::world::phase::Phase;
use crate::world::rows::Party;
use crate::world::rows::values;
use crate::world::setup::Setup;
use crate::world::trace::{Trace, What};

values! { Party;
    /// Chance of praise each round.
    PraiseRate = 0.0;
    /// How often it praised of late.
    PraisedOften = 0.0;
}

/// The rule.
pub const MECHANISM: Mechanism =
    Mechanism { name: "praise", switch: Some(Switch::Escalate), equip, install, ..Mechanism::BARE };

/// Lists start values.
fn equip(setup: &mut Setup) {
    for p in 0..2 {
        let rate = super::tactic(setup, p, "praise rate", |e| match e {
            Escalate::Praise { per_round } => Some(per_round),
            _ => None,
        });
        rate.into_iter().for_each(|x| setup.start::<PraiseRate>(p, x));
    }
}

/// Adds the system, where a party praises.
fn install(b: &mut Build) {
    b.rows::<(PraiseRate, PraisedOften)>();
    let praises = |e: &Escalate| matches!(e, Escalate::Praise { .. });
    if b.setup.is_on(Switch::Signals) && b.setup.parties.iter().any(|p| p.strategy.escalate.iter().any(praises)) {
        b.system(Phase::Praise, "praise: warm words in public", speak);
    }
}

fn speak(
    setup: Res<Setup>,
    clock: Res<CurrentRound>,
    trace: Res<Trace>,
    orders: Res<Orders>,
    dice: Dice,
    rate: Lanes<PraiseRate>,
    snapped: Lanes<Snapped>,
    now: Lanes<Tone>,
    patience: Lanes<Patience>,
    mut often: LanesMut<PraisedOften>,
    mut total: LanesMut<Total>,
    mut tone: LanesMut<ToneShift>,
    mut lost: LanesMut<ResolveLostNews>,
    mut lane: Local<Vec<f64>>,
) {
    let rules = &setup.scenario.escalation;
    let (warms, remembered) = (rules.praise_tone.get(), 1.0 - rules.praise_wears.get());
    for (p, party) in setup.parties.iter().enumerate() {
        if rate.lane(p).iter().all(|rate| rate.0 == 0.0) {
            continue;
        }
        dice.lane(Stream::named("praise", &party.dice, "speak"), &mut lane);
        let (rate, snapped) = (rate.lane(p), snapped.lane(0));
        for (g, u) in lane.iter().enumerate() {
            often.at(p, g).0 *= remembered;
            if *u < rate[g].0 && snapped[g].0 == 0.0 && !orders.moves(p, g, clock.round) {
                tone.at(0, g).0 += warmed(warms, now.at(0, g).0, often.at(p, g).0);
                often.at(p, g).0 += 1.0;
                total.at(p, g).0 -= setup.points(p, rules.praise_cost) * power(patience.at(p, g).0, clock.round);
                lost.at(p, g).0 += setup.scenario.credibility.praise.get();
                trace.note(clock.round, Phase::Praise, Some(p), What::Praised);
            }
        }
    }
}

/// What praise adds to a tone, having been heard so often of late.
#[inline]
pub fn warmed(warms: f64, tone: f64, often: f64) -> f64 {
    warms * (1.0 - tone.max(0.0)) / (1.0 + often)
}

#[cfg(test)]
mod tests {
    use super::warmed;

    #[test]
    fn praise_wears_off_and_warms_the_cold() {
        assert_eq!(warmed(0.04, -0.5, 0.0), 0.04);
        assert_eq!(warmed(0.04, 0.5, 0.0), 0.02);
        assert_eq!(warmed(0.04, 0.0, 3.0), 0.01);
    }
}
