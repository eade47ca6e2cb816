//! Who wants an extension more gives something for it: a favour, in the manner of what was licensed or bought while a date
//! was put off.
//!
//! It opens one of its hostile levers by `price w`, to the nearest hundredth of a big move, w how much more it wanted the extension (`truce`): 0 where both wanted it
//! alike, 1 where it would take any and the other hardly one. So to be eager costs something, and to be hard to get brings
//! something where it does not bring the lapse. It is a gesture and no treaty: nothing is settled by it. The price is
//! judgement. `terms` off, or no price: extensions are given for nothing.

use bevy_ecs::prelude::*;

use crate::scenario::rules::Switch;
use crate::world::build::Build;
use crate::world::components::{Extensions, WantedMore};
use crate::world::dice::{Dice, Stream};
use crate::world::hands::Hands;
use crate::world::lanes::{Lanes, LanesMut};
use crate::world::mechanism::Mechanism;
use crate::world::phase::Phase;
use crate::world::setup::Setup;
use crate::world::trace::{Trace, What};

/// The rule.
pub const MECHANISM: Mechanism = Mechanism { name: "favours", switch: Some(Switch::Terms), install, ..Mechanism::BARE };

/// The most that is given, in big moves.
fn price(setup: &Setup) -> f64 {
    setup.calendar.truce.as_ref().map_or(0.0, |truce| truce.price)
}

/// Adds the system, where something is given.
fn install(b: &mut Build) {
    if price(b.setup) > 0.0 {
        b.system(Phase::Favour, "favours: who wanted the extension more gives something for it", give);
    }
}

fn give(
    trace: Res<Trace>,
    dice: Dice,
    extensions: Lanes<Extensions>,
    mut wanted: LanesMut<WantedMore>,
    mut hands: Hands,
) {
    if wanted.all().iter().all(|more| more.0 == 0.0) {
        return;
    }
    let (setup, round) = (Res::clone(&hands.setup), hands.clock.round);
    for (p, party) in setup.parties.iter().enumerate() {
        for (g, more) in wanted.lane(p).iter_mut().enumerate().filter(|(_, more)| more.0 > 0.0) {
            let steps = in_hundredths(price(&setup) * std::mem::take(&mut more.0));
            let stream = Stream::named("favours", &party.dice, "lever");
            let u = dice.one_at(stream, extensions.at(0, g).0 as u64, g);
            let Some(l) = hands.gift(p, u, g).filter(|_| steps > 0.0) else { continue };
            let moved = hands.ease(l, g, steps);
            trace.note(round, Phase::Favour, Some(p), What::Favour { moved });
        }
    }
}

/// What is given is a round number: what two reckonings differ in beyond that moves no lever.
#[inline]
fn in_hundredths(steps: f64) -> f64 {
    (100.0 * steps + 0.5).floor() / 100.0
}

#[cfg(test)]
mod tests {
    use super::in_hundredths;

    #[test]
    fn a_favour_is_a_round_number() {
        assert_eq!(
            [in_hundredths(0.0), in_hundredths(0.004), in_hundredths(0.0051), in_hundredths(0.37)],
            [0.0, 0.0, 0.01, 0.37]
        );
    }
}
