//! Accidents nobody chose: a ship, a balloon, an arrest. Each sours the tone.

use bevy_ecs::prelude::*;

use crate::scenario::rules::Switch;
use crate::world::CurrentRound;
use crate::world::build::Build;
use crate::world::components::ToneShift;
use crate::world::dice::{Dice, Stream};
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::measure::{Chapter, From, Measures};
use crate::world::mechanism::Mechanism;
use crate::world::phase::Phase;
use crate::world::rows::{Table, Value, values};
use crate::world::setup::{Setup, source};
use crate::world::trace::{Trace, What};

values! { Table;
    /// Chance of an incident each round.
    IncidentRate = 0.0;
    /// Incidents so far.
    Incidents = 0.0;
}

/// The rule.
pub const MECHANISM: Mechanism =
    Mechanism { name: "incidents", switch: Some(Switch::Incidents), equip, install, measure };

/// Lists start values.
fn equip(setup: &mut Setup) {
    let rate = setup.scenario.incidents.per_round;
    setup.start::<IncidentRate>(0, source(&rate, "table", "incident rate"));
}

/// Adds the system.
fn install(b: &mut Build) {
    b.rows::<(IncidentRate, Incidents)>();
    b.system(Phase::Chance, "incidents: an accident sours the tone", strike);
}

/// Lists what is measured.
fn measure(_: &Setup, m: &mut Measures) {
    m.metric(Chapter::Acts, "incidents", "incidents", "accidents", From::Column(Incidents::COLUMN, 0));
}

fn strike(
    setup: Res<Setup>,
    clock: Res<CurrentRound>,
    trace: Res<Trace>,
    dice: Dice,
    rate: Lanes<IncidentRate>,
    mut tone: LanesMut<ToneShift>,
    mut count: LanesMut<Incidents>,
    mut lane: Local<Vec<f64>>,
) {
    dice.lane(Stream::named("incidents", "table", "strike"), &mut lane);
    let sours = setup.scenario.incidents.tone.get();
    let rows = tone.lane(0).iter_mut().zip(count.lane(0)).zip(lane.iter().zip(rate.lane(0)));
    for ((tone, count), (u, rate)) in rows {
        if *u < rate.0 {
            tone.0 += sours;
            count.0 += 1.0;
            trace.note(clock.round, Phase::Chance, None, What::Incident);
        }
    }
}
