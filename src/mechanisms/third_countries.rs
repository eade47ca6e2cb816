//! Third countries sign under pressure, unless the other side's threat is credible; those that sign may be punished.
//!
//! Unsigned k signs with chance `logistic(-4.2 + 3 e_k press - 3 e'_k threat resolve)`; signed k is punished once,
//! with chance `.03 threat`, which undoes half of its signature and fades by 4 % a round. Who presses and who
//! threatens is who holds the levers that the scenario names.

use bevy_ecs::prelude::*;

use crate::scenario::rules::Switch;
use crate::world::CurrentRound;
use crate::world::build::Build;
use crate::world::components::{CountrySigned, Level, Punished, ResolveLost, ResolveShown, ToneShift};
use crate::world::dice::{Dice, Stream};
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::maths::{believed, logistic};
use crate::world::mechanism::Mechanism;
use crate::world::phase::Phase;
use crate::world::setup::{NOBODY, Setup};
use crate::world::trace::{Trace, What};

/// The rule.
pub const MECHANISM: Mechanism =
    Mechanism { name: "third countries", switch: Some(Switch::Thirds), install, ..Mechanism::BARE };

/// Adds the system.
fn install(b: &mut Build) {
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
    clock: Res<CurrentRound>,
    trace: Res<Trace>,
    dice: Dice,
    mut rows: Rows,
    mut lane: Local<Vec<f64>>,
) {
    let rules = &setup.scenario.thirds;
    let (press, threaten) = (setup.lever(&rules.press), setup.lever(&rules.threaten));
    let holder = |lever: Option<usize>| lever.map_or(NOBODY, |l| setup.levers[l].holder);
    let (presser, threatener) = (holder(press), holder(threaten));
    let (pressure, threat) = (press.map(|l| rows.level.lane(l)), threaten.map(|l| rows.level.lane(l)));
    let resolve = (threatener != NOBODY).then(|| (rows.shown.lane(threatener), rows.lost.lane(threatener)));
    let (signed, punished, tone) = (rows.signed.all(), rows.punished.all(), rows.tone.all());
    let (signed_tone, punished_tone) = (rules.signed_tone.get(), rules.punished_tone.get());
    let kept = 1.0 - rules.fades.get();
    let n = tone.len();
    for (k, country) in setup.countries.iter().enumerate() {
        let exposed = |p: usize| if p == NOBODY { 0.0 } else { country.exposure[p] };
        let (pressed, threatened) =
            (rules.pressed.get() * exposed(presser), rules.threatened.get() * exposed(threatener));
        let most =
            logistic(rules.log_odds.get() + utmost(&setup, press, pressed) + utmost(&setup, threaten, -threatened));
        // One draw serves both: a country either may sign or may be punished.
        dice.lane(Stream::named("third countries", &country.key, "court"), &mut lane);
        for (g, u) in lane.iter().enumerate() {
            let i = k * n + g;
            let threat = threat.map_or(0.0, |x| x[g].0);
            if signed[i].0 == 0.0 {
                // Only draws below the most that can be need a closer look.
                if *u < most {
                    let resolve = resolve.map_or(0.0, |(a, b)| believed(a[g].0, b[g].0));
                    let pressure = pressure.map_or(0.0, |x| x[g].0);
                    let odds = rules.log_odds.get() + pressed * pressure - threatened * threat * resolve;
                    if *u < logistic(odds) {
                        signed[i].0 = 1.0;
                        tone[g].0 += signed_tone;
                        trace.note(clock.round, Phase::Court, None, What::CountrySigned { country: k, with: presser });
                    }
                }
            } else if punished[i].0 == 0.0 {
                if *u < rules.punish_per_round.get() * threat {
                    punished[i].0 = rules.punishment.get();
                    tone[g].0 += punished_tone;
                    trace.note(
                        clock.round,
                        Phase::Court,
                        None,
                        What::CountryPunished { country: k, punished_by: threatener },
                    );
                }
            } else {
                punished[i].0 *= kept;
            }
        }
    }
}

/// The most that a weight times a lever's level can add, at any level and any resolve.
fn utmost(setup: &Setup, lever: Option<usize>, weight: f64) -> f64 {
    lever.map_or(0.0, |l| (weight * setup.levers[l].low).max(weight * setup.levers[l].high).max(0.0))
}
