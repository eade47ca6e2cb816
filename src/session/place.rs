//! Where a session is held.

use super::scratch::Scratch;
use crate::table::situation::Situation;
use crate::world::orders::Orders;
use crate::world::setup::Setup;
use crate::world::trace::Trace;

/// Where a session is held, and what is known there.
pub struct Place<'a> {
    /// The scenario.
    pub setup: &'a Setup,
    /// How things stand; heard offers and beliefs are left in it.
    pub s: &'a mut Situation,
    /// Room to work in: a session's own until it is over.
    pub scratch: &'a mut Scratch,
    /// Decisions made outside.
    pub orders: &'a Orders,
    /// Which game of the cohort it is.
    pub game: usize,
    /// The notebook.
    pub trace: &'a Trace,
}
