//! One rule of the game per file. None knows another: they meet in the components of the world.
//!
//! A mechanism lists its start values (`equip`), declares its components and adds its systems (`install`), and says what
//! it measures (`measure`). It does so only when its switch is on: what is off is not in the schedule.

pub mod answers;
pub mod breakdown;
pub mod brink;
pub mod courts;
pub mod credibility;
pub mod delivery;
pub mod drift;
pub mod enact;
pub mod factions;
pub mod favours;
pub mod gestures;
pub mod goals;
pub mod grim;
pub mod incidents;
pub mod items;
pub mod layers;
pub mod life_of_deals;
pub mod ordered;
pub mod overcapacity;
pub mod payoff;
pub mod praise;
pub mod ratification;
pub mod repair;
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
pub mod unravel;

use crate::world::build::Build;
use crate::world::measure::Measures;
use crate::world::mechanism::Mechanism;
use crate::world::setup::Setup;

/// All of them. What they measure is told in this order; what runs when is declared by phase in [`crate::round`].
pub const ALL: &[Mechanism] = &[
    goals::MECHANISM,
    factions::MECHANISM,
    signing_cost::MECHANISM,
    items::MECHANISM,
    resilience::MECHANISM,
    tone::MECHANISM,
    overcapacity::MECHANISM,
    transshipment::MECHANISM,
    third_countries::MECHANISM,
    talks::MECHANISM,
    ratification::MECHANISM,
    enact::MECHANISM,
    life_of_deals::MECHANISM,
    delivery::MECHANISM,
    drift::MECHANISM,
    credibility::MECHANISM,
    unravel::MECHANISM,
    repair::MECHANISM,
    truce::MECHANISM,
    favours::MECHANISM,
    summit::MECHANISM,
    ordered::MECHANISM,
    reply::MECHANISM,
    grim::MECHANISM,
    threats::MECHANISM,
    answers::MECHANISM,
    gestures::MECHANISM,
    praise::MECHANISM,
    brink::MECHANISM,
    spoilers::MECHANISM,
    incidents::MECHANISM,
    breakdown::MECHANISM,
    shocks::MECHANISM,
    layers::MECHANISM,
    courts::MECHANISM,
    standoff::MECHANISM,
    payoff::MECHANISM,
];

/// Lists the start values of those that are on.
pub fn equip(setup: &mut Setup, mechanisms: &[Mechanism]) {
    crate::world::starts::list(setup);
    crate::strategies::equip(setup);
    for m in mechanisms {
        if m.is_on(setup) {
            setup.measuring.push((m.name, m.measure));
            (m.equip)(setup);
        }
    }
}

/// Installs those that are on.
pub fn install(b: &mut Build, mechanisms: &[Mechanism]) {
    crate::world::components::register(b);
    crate::strategies::offer::rows(b);
    crate::strategies::accept::rows(b);
    crate::strategies::model::rows(b);
    for m in mechanisms.iter().filter(|m| m.is_on(b.setup)) {
        let before = b.systems().len();
        (m.install)(b);
        debug_assert!(b.systems()[before..].iter().all(|(_, system)| system.starts_with(m.name)), "{}", m.name);
    }
}

/// What is measured of those that are on.
pub fn measure(setup: &Setup, out: &mut Measures) {
    for (name, measure) in &setup.measuring {
        out.by(name);
        measure(setup, out);
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
