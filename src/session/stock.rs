//! Taking stock: how each side sees its chances as it sits down.

use super::home::Home;
use super::scratch::Scratch;
use crate::strategies::model;
use crate::table::reserve::{Curve, Threats, beside, waiting};
use crate::table::situation::Situation;
use crate::world::maths::ln;
use crate::world::rows::{is_set, pair};
use crate::world::setup::Setup;

/// So much of what is on the table is nothing: whoever is offered exactly what waiting is worth must not decide by a
/// last bit.
const SLACK: f64 = 1e-10;

/// How each side sees its chances as it sits down.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stock {
    /// What signing brings beside the package.
    pub(super) beside: [f64; 2],
    /// Its government's weights as the other reads them.
    pub(super) read: [[f64; 3]; 2],
    /// What waiting is worth.
    pub(super) reserve: [f64; 2],
    /// What it asks for at first.
    pub(super) top: [f64; 2],
    /// Below what it never comes down: what waiting is worth, or more where a vote at home has to be won.
    pub(super) last: [f64; 2],
    /// Its annuity and its cost of a deal as the other reads them.
    pub(super) read_annuity: [f64; 2],
    pub(super) read_cost: [f64; 2],
    /// A package has to pass at home.
    pub(super) votes: bool,
    /// So many points are nothing to it.
    pub(super) slack: [f64; 2],
    /// The logarithm of its date.
    pub(super) ln_date: [f64; 2],
    /// Its seat is held from outside.
    pub(super) outside: [bool; 2],
}

impl Stock {
    /// Whose plan a party thinks by: the engine's two share one, for both know all.
    pub(super) fn mind(&self, p: usize) -> usize {
        if self.outside == [false; 2] { 0 } else { p }
    }
}

/// Tables, frontiers, reservation values and first asks.
pub(super) fn take_stock(setup: &Setup, s: &Situation, scratch: &mut Scratch, outside: [bool; 2]) -> Stock {
    let values = &mut scratch.values;
    values.lay_out(setup, s);
    let read = pair(|p| model::read(setup, 1 - p, &s.sides[1 - p], &s.sides[p], outside[1 - p]));
    values.value(setup, s, &read);
    for p in 0..2 {
        scratch.views[p].trace(&values.own[p], &values.estimated[1 - p], &values.linear);
    }
    let truth = pair(|p| s.sides[p].weights);
    // Each looks at what can be done by its own weights and the other's as it reads them.
    let threats = Threats::of(setup, s, &values.now);
    let seen = pair(|p| pair(|q| if q == p { truth[p] } else { read[q].weights }));
    let beside = pair(|p| beside(setup, s, p, s.leaders));
    let need = pair(|p| read[p].deal_cost);
    let best = pair(|p| scratch.views[p].own_when(need[1 - p]).unwrap_or(0.0));
    let curve = Curve { on: setup.scenario.talks.prospect };
    let reserve = pair(|p| {
        let waits = waiting(setup, s, &threats, p, seen[p], best[p]);
        // A reserve that the scenario fixes is held to whatever the mood.
        if !is_set(s.sides[p].floor) { curve.points(curve.felt(waits) + s.sides[p].mood) } else { waits }
    });
    let later = s.next.unwrap_or(0);
    let now = pair(|p| threats.leverage(s, seen[p], later));
    let top = pair(|p| {
        let (q, view) = (1 - p, &scratch.views[p]);
        let theirs = (view.other_when(s.sides[p].deal_cost).unwrap_or(0.0) - need[q]).max(0.0);
        let leave = need[q] + s.regard * now[p][q] * theirs;
        let own = view.own_when(leave).unwrap_or(*view.own.last().unwrap_or(&0.0));
        (own + beside[p]).max(reserve[p])
    });
    let slack = pair(|p| {
        let ends = [scratch.views[p].own.first(), scratch.views[p].own.last()];
        let levers: f64 = ends.iter().flatten().map(|x| x.abs()).sum();
        SLACK * (levers + beside[p].abs() + reserve[p].abs())
    });
    let mut stock = Stock {
        beside,
        read: read.map(|r| r.weights),
        read_annuity: read.map(|r| r.annuity),
        read_cost: need,
        reserve,
        top,
        last: reserve,
        votes: Home::votes(setup),
        slack,
        ln_date: pair(|p| ln(s.sides[p].date.max(1.0))),
        outside,
    };
    if stock.votes {
        let Scratch { values, views, homes, .. } = scratch;
        for p in 0..2 {
            homes[p].look(setup, s, values, &stock, p);
            let [top, last] = homes[p].span(setup, values, &views[p], p, [top[p], reserve[p], beside[p]]);
            (stock.top[p], stock.last[p]) = (top, last);
        }
    }
    stock
}

/// A worth as a share of a first ask, from -1 to 1.
pub(super) fn share_of(worth: f64, top: f64) -> f64 {
    if top > 0.0 { (worth / top).clamp(-1.0, 1.0) } else { f64::from(i8::from(worth > 0.0) - i8::from(worth < 0.0)) }
}
