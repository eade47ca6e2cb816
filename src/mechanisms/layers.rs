//! Component tariffs: a lever in layers, each with its law and its bargain. What moves the lever is told apart by layers.
//!
//! The lever stands at the sum of its layers in force. What is agreed or struck moves them from the top down; a lapse brings
//! back those that the truce covers, and no others; a ruling takes out its own (`courts`). Once a round, before courts rule,
//! and at a lapse what moved the lever since is written to its layers; in between the level alone counts. The tariff of July
//! 2025 is of three: Section 301 of 2018 and 2019, the emergency tariff over fentanyl of February and March 2025, and the
//! "reciprocal" one of April, of which 24 points were suspended to 12 August (PIIE; White House orders via BBC, EY). `layers`
//! off: every lever is of one piece.

use bevy_ecs::prelude::*;

use crate::scenario::rules::Switch;
use crate::world::build::Build;
use crate::world::components::InLayer;
use crate::world::layers::Layers;
use crate::world::mechanism::Mechanism;
use crate::world::phase::Phase;
use crate::world::setup::{Setup, Source};

/// The rule.
pub const MECHANISM: Mechanism =
    Mechanism { name: "layers", switch: Some(Switch::Layers), equip, install, ..Mechanism::BARE };

/// Lists start values.
fn equip(setup: &mut Setup) {
    for row in 0..setup.layers.len() {
        let now = setup.layers[row].now;
        setup.start::<InLayer>(row, Source::Fixed(now));
    }
}

/// Adds the system, where a lever has layers.
fn install(b: &mut Build) {
    if !b.setup.layers.is_empty() {
        b.system(Phase::Sort, "layers: what moved a lever is told apart", sort);
    }
}

fn sort(setup: Res<Setup>, mut layers: Layers) {
    for (l, _) in setup.levers.iter().enumerate().filter(|(_, lever)| !lever.layers.is_empty()) {
        layers.follow(&setup, l);
    }
}
