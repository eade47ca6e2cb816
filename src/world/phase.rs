//! The steps of a round. Their order is declared once, in `crate::round`.

use bevy_ecs::prelude::*;
use serde::{Deserialize, Serialize};

/// A step of a round; systems of one step do not depend on each other's order.
#[derive(SystemSet, Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Phase {
    /// Governments take stock of what they want: weights, prize, cost at home.
    Brief,
    /// Dependence erodes, tone fades, overproduction grows.
    Drift,
    /// Levers move by themselves: queues grow or are worked off.
    Wander,
    /// Goods find their way through third countries.
    Leak,
    /// Pledges are delivered and reviewed.
    Deliver,
    /// Accidents happen, laws change.
    Chance,
    /// What moved levers is told apart by their layers.
    Sort,
    /// Courts rule in their cases.
    Judge,
    /// Hawks strike.
    Spoil,
    /// Seats held from outside move their levers.
    Order,
    /// Threats of earlier rounds are answered.
    Answer,
    /// Last round's blows are answered in kind.
    Reply,
    /// Those who never forgive tighten.
    Grim,
    /// A deal is disputed, and suspended in part.
    Clash,
    /// Threats are made.
    Threaten,
    /// Gestures of good will.
    Gesture,
    /// Warm words.
    Praise,
    /// Steps toward the brink.
    Brink,
    /// Threats that fall due are carried out or not.
    Execute,
    /// Third countries sign or are punished.
    Court,
    /// Whether talks break down for good.
    Break,
    /// Officials who meet this round.
    Convene,
    /// Leaders who meet this round, or call it off.
    Lead,
    /// The session: offers, answers, a package initialled.
    Bargain,
    /// The package is judged at home.
    Ratify,
    /// What is too small to move is dropped from a ratified package.
    Trim,
    /// A ratified package makes pledges.
    Promise,
    /// A ratified package moves levers.
    Enact,
    /// A truce that lapsed is restored.
    Restore,
    /// The next meeting of officials is set.
    Arrange,
    /// Leaders invite each other, or pose for a photograph.
    Invite,
    /// A small swap is agreed on, or lapses.
    Mend,
    /// A truce that expires is extended or lapses.
    Truce,
    /// Who wanted the extension more gives something for it.
    Favour,
    /// A contest of endurance goes on.
    Endure,
    /// Levers pay out.
    Pay,
    /// Pies are shared out.
    Share,
    /// What deals cost at home is paid.
    Cost,
    /// What the items of deals cost is paid.
    Upkeep,
    /// The round is written down.
    Record,
}

/// After each of these phases, what it did to tone and to credibility is added up.
#[derive(SystemSet, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct After(pub Phase);
