//! What was counted of each world, where something is unknown: whole numbers, so that parts merge exactly also where
//! the end of one cuts a world.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::summary::Summary;
use crate::world::worlds::World;

/// The worlds of a summary by their numbers.
pub type ByWorld = BTreeMap<u64, Counted>;

/// What was counted of the games of a world, each answer in the order of the summary's.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counted {
    /// How often the world was drawn before, in vain.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub redrawn: u32,
    /// Its games of each class.
    pub classes: Vec<u64>,
    /// Its games in which each event happened, and those in which it could have.
    pub events: Vec<(u64, u64)>,
    /// Its games that have a case of each metric, and their sum in the quanta of a histogram.
    pub metrics: Vec<(u64, i128)>,
}

fn is_zero(n: &u32) -> bool {
    *n == 0
}

/// A summary before some games of one world are counted.
pub struct Before(Counted);

impl Before {
    /// As it stands.
    pub fn of(summary: &Summary) -> Before {
        Before(totals(summary))
    }

    /// Adds what was counted since to the world that it was counted of.
    pub fn add(self, world: World, summary: &mut Summary) {
        let mut since = totals(summary);
        since.classes.iter_mut().zip(&self.0.classes).for_each(|(a, b)| *a -= b);
        since.events.iter_mut().zip(&self.0.events).for_each(|(a, b)| *a = (a.0 - b.0, a.1 - b.1));
        since.metrics.iter_mut().zip(&self.0.metrics).for_each(|(a, b)| *a = (a.0 - b.0, a.1 - b.1));
        since.redrawn = world.redrawn;
        add(&mut summary.worlds, world.number, &since);
    }
}

fn totals(summary: &Summary) -> Counted {
    Counted {
        redrawn: 0,
        classes: summary.classes.clone(),
        events: summary.events.clone(),
        metrics: summary.metrics.iter().map(|h| h.total()).collect(),
    }
}

/// Adds what was counted of some games of a world.
fn add(to: &mut ByWorld, number: u64, more: &Counted) {
    let Some(own) = to.get_mut(&number) else {
        to.insert(number, more.clone());
        return;
    };
    own.classes.iter_mut().zip(&more.classes).for_each(|(a, b)| *a += b);
    own.events.iter_mut().zip(&more.events).for_each(|(a, b)| *a = (a.0 + b.0, a.1 + b.1));
    own.metrics.iter_mut().zip(&more.metrics).for_each(|(a, b)| *a = (a.0 + b.0, a.1 + b.1));
}

/// Adds what others counted.
pub fn merge(to: &mut ByWorld, other: &ByWorld) {
    other.iter().for_each(|(number, more)| add(to, *number, more));
}
