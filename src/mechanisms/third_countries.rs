//! Third countries sign under pressure, unless the other side's threat is credible; those that sign may be punished.
//!
//! Unsigned k signs with chance `logistic(-4.2 + 3 e_k press - 3 e'_k threat resolve)`; signed k is punished once,
//! with chance `.03 threat`, which undoes half of its signature and fades by 4 % a round. Who presses and who
//! threatens is who holds the levers that the scenario names.

use bevy_ecs::prelude::*;

use crate::world::Clock;
use crate::world::build::Build;
use crate::world::components::{CountrySigned, Level, Punished, ResolveLost, ResolveShown, ToneShift};
use crate::world::dice::{Dice, Stream};
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::maths::logistic;
use crate::world::phase::Phase;
use crate::world::setup::{NOBODY, Setup};
use crate::world::trace::{Trace, What};

/// Nothing of its own to start with.
pub fn equip(_: &mut Setup) {}

/// Adds the system.
pub fn install(b: &mut Build) {
    if !b.setup.countries.is_empty() {
        b.system(Phase::Court, "third countries: sign or are punished", court);
    }
}

#[derive(bevy_ecs::system::SystemParam)]
struct Rows<'w, 's> {
    level: Lanes<'w, 's, Level>,
    shown: Lanes<'w, 's, ResolveShown>,
    lost: Lanes<'w, 's, ResolveLost>,
    signed: LanesMut<'w, 's, CountrySigned>,
    punished: LanesMut<'w, 's, Punished>,
    tone: LanesMut<'w, 's, ToneShift>,
}

fn court(
    setup: Res<Setup>,
    clock: Res<Clock>,
    trace: Res<Trace>,
    dice: Dice,
    mut rows: Rows,
    mut lanes: Local<[Vec<f64>; 2]>,
) {
    let rules = &setup.scenario.thirds;
    let (press, threaten) = (setup.lever(&rules.press), setup.lever(&rules.threaten));
    let holder = |lever: Option<usize>| lever.map_or(NOBODY, |l| setup.levers[l].holder);
    let (presser, threatener) = (holder(press), holder(threaten));
    for (k, country) in setup.countries.iter().enumerate() {
        let exposed = |p: usize| if p == NOBODY { 0.0 } else { country.exposure[p] };
        let (to_presser, to_threatener) = (exposed(presser), exposed(threatener));
        dice.lane(Stream::named("third countries", &country.key, "sign"), &mut lanes[0]);
        dice.lane(Stream::named("third countries", &country.key, "punish"), &mut lanes[1]);
        for g in 0..lanes[0].len() {
            let at = |lever: Option<usize>| lever.map_or(0.0, |l| rows.level.at(l, g).0);
            let (pressure, threat) = (at(press), at(threaten));
            let (signed, punished) = (rows.signed.at(k, g).0, rows.punished.at(k, g).0);
            if signed == 0.0 {
                let resolve = if threatener == NOBODY {
                    0.0
                } else {
                    let (a, b) = (rows.shown.at(threatener, g).0, rows.lost.at(threatener, g).0);
                    a / (a + b)
                };
                let odds = rules.log_odds.get() + rules.pressed.get() * to_presser * pressure
                    - rules.threatened.get() * to_threatener * threat * resolve;
                if lanes[0][g] < logistic(odds) {
                    rows.signed.at(k, g).0 = 1.0;
                    rows.tone.at(0, g).0 += rules.signed_tone.get();
                    trace.note(clock.round, Phase::Court, None, What::CountrySigned { country: k });
                }
            } else if punished == 0.0 && lanes[1][g] < rules.punish_per_round.get() * threat {
                rows.punished.at(k, g).0 = rules.punishment.get();
                rows.tone.at(0, g).0 += rules.punished_tone.get();
                trace.note(clock.round, Phase::Court, None, What::CountryPunished { country: k });
            }
            rows.punished.at(k, g).0 *= 1.0 - rules.fades.get();
        }
    }
}
