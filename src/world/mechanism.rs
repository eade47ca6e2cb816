//! What a rule of the game consists of: its switch, its start values, its systems, what it measures.

use super::build::Build;
use super::setup::{Measuring, Setup};
use crate::scenario::rules::Switch;

/// A rule of the game. Its file states one as a constant; what a rule does without comes from [`Mechanism::BARE`].
#[derive(Debug, Clone, Copy)]
pub struct Mechanism {
    /// Its name, with which the names of its systems begin.
    pub name: &'static str,
    /// The switch it hangs on, which also says what is lost without it; none for what is always there.
    pub switch: Option<Switch>,
    /// Lists its start values.
    pub equip: fn(&mut Setup),
    /// Declares its components and adds its systems.
    pub install: fn(&mut Build),
    /// Lists what is measured of it.
    pub measure: Measuring,
}

impl Mechanism {
    /// A rule without a switch that starts nothing, does nothing and measures nothing.
    pub const BARE: Mechanism =
        Mechanism { name: "", switch: None, equip: |_| {}, install: |_| {}, measure: |_, _| {} };

    /// Whether it plays a part by a setup.
    pub fn is_on(&self, setup: &Setup) -> bool {
        self.switch.is_none_or(|switch| setup.is_on(switch))
    }
}
