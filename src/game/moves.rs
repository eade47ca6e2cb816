//! What a seat may do with a lever between sessions.

use crate::error::Error;
use crate::mechanisms::ordered::FURTHEST;
use crate::world::hands::{eased, tightened};
use crate::world::setup::Setup;

/// What is done with a lever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hand {
    /// It is tightened.
    Tighten,
    /// It is opened.
    Ease,
}

/// What keeps a seat from moving a lever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bar {
    /// It is the other's, or nobody's.
    NotYours,
    /// It is a promise, made in a package alone.
    Promise,
    /// The truce is down.
    TruceDown,
    /// That is no number of moves.
    Steps,
    /// It is at the end of its way.
    NoFurther,
}

/// What keeps a seat from moving a lever by so many big moves from where it stands, while the truce holds or is down.
pub fn bar(
    setup: &Setup,
    seat: usize,
    lever: usize,
    hand: Hand,
    (steps, level, snapped): (f64, f64, bool),
) -> Option<Bar> {
    let l = &setup.levers[lever];
    let to = match hand {
        Hand::Tighten => tightened,
        Hand::Ease => eased,
    };
    let bars = [
        (l.holder != seat, Bar::NotYours),
        (l.is_pledge(), Bar::Promise),
        (snapped, Bar::TruceDown),
        (!(steps > 0.0 && steps <= FURTHEST), Bar::Steps),
        ((to(l, level, steps) - level).abs() < 1e-9, Bar::NoFurther),
    ];
    bars.into_iter().find(|(barred, _)| *barred).map(|(_, bar)| bar)
}

/// The same for whoever asked, in words.
pub fn may_move(setup: &Setup, seat: usize, lever: usize, hand: Hand, how: (f64, f64, bool)) -> Result<(), Error> {
    let Some(l) = setup.levers.get(lever) else { return Err(Error::refused("There is no such lever")) };
    let Some(bar) = bar(setup, seat, lever, hand, how) else { return Ok(()) };
    Err(Error::refused(match bar {
        Bar::NotYours => format!("{} is not yours to move", l.name),
        Bar::Promise => format!("{} can only be promised in a package", l.name),
        Bar::TruceDown => "While the truce is down no lever can be moved".into(),
        Bar::Steps => format!("{} is not a number of big moves above 0 and up to {FURTHEST}", how.0),
        Bar::NoFurther => format!("{} cannot be moved further that way", l.name),
    }))
}
