//! One way of bargaining per file: what to ask for, when to say yes, what to make of the other side.

pub mod accept;
pub mod counting;
pub mod induction;
pub mod model;
pub mod offer;

use crate::world::setup::{Setup, Source, source};

/// Lists the start values of both parties' tactics.
pub fn equip(setup: &mut Setup) {
    for p in 0..2 {
        let strategy = setup.parties[p].strategy.clone();
        let label = setup.parties[p].dice.clone();
        offer::equip(setup, p, &strategy.offer, &label);
        accept::equip(setup, p, &strategy.accept, &label);
        model::equip(setup, p, &strategy.model, &label);
    }
}

/// Where a tactic's number comes from: the stream is named after the party and the field.
fn from<T: crate::units::Unit>(draw: &crate::scenario::draw::Draw<T>, label: &str, field: &str) -> Source {
    source(draw, label, field)
}
