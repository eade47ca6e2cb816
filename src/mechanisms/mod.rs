//! One rule of the game per file. None knows another: they meet in the components of the world.
//!
//! A mechanism lists its start values (`equip`), declares its components and adds its systems (`install`). It does so
//! only when its switch is on: what is off is not in the schedule.

pub mod breakdown;
pub mod brink;
pub mod credibility;
pub mod delivery;
pub mod enact;
pub mod factions;
pub mod gestures;
pub mod goals;
pub mod grim;
pub mod incidents;
pub mod ordered;
pub mod overcapacity;
pub mod payoff;
pub mod praise;
pub mod ratification;
pub mod reply;
pub mod resilience;
pub mod shocks;
pub mod signing_cost;
pub mod spoilers;
pub mod standoff;
pub mod summit;
pub mod talks;
pub mod third_countries;
pub mod threats;
pub mod tone;
pub mod transshipment;
pub mod truce;

use crate::world::build::Build;
use crate::world::setup::Setup;

/// A mechanism: the switch it hangs on ("" for what is always there), its start values, its systems.
pub type Mechanism = (&'static str, fn(&mut Setup), fn(&mut Build));

/// All of them.
pub const ALL: &[Mechanism] = &[
    ("", goals::equip, goals::install),
    ("factions", factions::equip, factions::install),
    ("signing_cost", signing_cost::equip, signing_cost::install),
    ("time_on_side", resilience::equip, resilience::install),
    ("", tone::equip, tone::install),
    ("overcapacity", overcapacity::equip, overcapacity::install),
    ("thirds", transshipment::equip, transshipment::install),
    ("thirds", third_countries::equip, third_countries::install),
    ("delivery", delivery::equip, delivery::install),
    ("", credibility::equip, credibility::install),
    ("incidents", incidents::equip, incidents::install),
    ("shocks", shocks::equip, shocks::install),
    ("spoilers", spoilers::equip, spoilers::install),
    ("escalate", ordered::equip, ordered::install),
    ("escalate", reply::equip, reply::install),
    ("escalate", grim::equip, grim::install),
    ("escalate", threats::equip, threats::install),
    ("escalate", gestures::equip, gestures::install),
    ("escalate", praise::equip, praise::install),
    ("escalate", brink::equip, brink::install),
    ("breakdown", breakdown::equip, breakdown::install),
    ("talks", talks::equip, talks::install),
    ("talks", ratification::equip, ratification::install),
    ("talks", enact::equip, enact::install),
    ("summit", summit::equip, summit::install),
    ("truce", truce::equip, truce::install),
    ("standoff", standoff::equip, standoff::install),
    ("", payoff::equip, payoff::install),
];

/// Lists the start values of those that are on.
pub fn equip(setup: &mut Setup, mechanisms: &[Mechanism]) {
    crate::strategies::equip(setup);
    for (switch, equip, _) in mechanisms {
        if switch.is_empty() || setup.is_on(switch) {
            equip(setup);
        }
    }
}

/// Installs those that are on. Their order means nothing: what runs when is declared by phase in [`crate::round`].
pub fn install(b: &mut Build, mechanisms: &[Mechanism]) {
    crate::world::components::register(b);
    crate::strategies::offer::rows(b);
    crate::strategies::accept::rows(b);
    crate::strategies::model::rows(b);
    for (switch, _, install) in mechanisms {
        if switch.is_empty() || b.setup.is_on(switch) {
            install(b);
        }
    }
}

/// A tactic's number where a party's list names it, else 0: lists may hold each kind once.
fn tactic<T: crate::units::Unit>(
    setup: &Setup,
    p: usize,
    field: &str,
    find: impl Fn(&crate::scenario::strategy::Escalate) -> Option<&crate::scenario::draw::Draw<T>>,
) -> Option<crate::world::setup::Source> {
    let party = &setup.parties[p];
    party.strategy.escalate.iter().find_map(find).map(|draw| crate::world::setup::source(draw, &party.dice, field))
}
