//! What a side asks for as time runs.

use super::plan::planned;
use super::scratch::{Scratch, time};
use super::stock::Stock;
use crate::strategies::offer::{Look, conceded};
use crate::table::reserve::Curve;
use crate::table::situation::Situation;
use crate::world::setup::Setup;

/// What party p asks for at exchange `e`: `a = r + (top - r)(1 - F)`, r the least that it would sign for.
pub(super) fn asks(
    setup: &Setup,
    s: &Situation,
    scratch: &Scratch,
    stock: &Stock,
    p: usize,
    e: u32,
    rational: bool,
) -> f64 {
    let side = &s.sides[p];
    if rational {
        let turn = scratch.plans[stock.mind(p)].out.get(planned(setup, s) + e as usize);
        return turn.map_or(stock.reserve[p], |worth| worth[p]);
    }
    let now = time(setup, s, e);
    let look = Look {
        ln_late: (scratch.ln_time.at(e) - stock.ln_date[p]).min(0.0),
        sessions_left: (f64::from(setup.rounds) - now).max(0.0) / f64::from(setup.usual_gap()),
        heard: [side.heard_first, side.heard_best],
    };
    let curve = Curve { on: setup.scenario.talks.prospect };
    let (r, top) = (curve.felt(stock.last[p]), curve.felt(stock.top[p]));
    curve.points(r + (top - r) * (1.0 - conceded(&side.tactics, &look)))
}
