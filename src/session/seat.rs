//! Seats held from outside in a session: what is asked of them, and their offers as positions on the grid.

use super::place::Place;
use crate::table::situation::Situation;
use crate::table::values::{GRID, Values, at};
use crate::world::orders::{About, Ask, At, Order, Question, Room};

/// How far each open lever can be moved, in even steps, and what that is worth to party p.
fn rooms(s: &Situation, values: &Values, p: usize) -> Vec<Room> {
    let all = values.open.iter().enumerate().map(|(i, &lever)| {
        let (mut levels, mut worth) = ([0.0; GRID], [0.0; GRID]);
        let (low, high) = (values.level(i, 0.0), values.level(i, (GRID - 1) as f64));
        for j in 0..GRID {
            levels[j] = low + (high - low) * j as f64 / (GRID - 1) as f64;
            worth[j] = at(&values.own[p][i], values.position(i, levels[j]));
        }
        Room { lever, levels, worth, now: s.levels[lever] }
    });
    all.collect()
}

/// What is said to a question.
pub enum Said<T> {
    /// Nobody is asked, or whoever is leaves it to the strategy.
    Engine,
    /// A seat held from outside has decided.
    Decided(T),
    /// It has not yet.
    Missing,
}

/// The levels that an outside seat offers.
///
/// The last argument is what waiting is worth, what the engine's strategy would ask for, and what signing brings beside
/// the levers.
pub fn offer(place: &Place, p: usize, exchange: u32, [reserve, advice, beside]: [f64; 3]) -> Said<Vec<(usize, f64)>> {
    let ask = Ask::Offer(exchange);
    if !place.orders.holds(p, ask) {
        return Said::Engine;
    }
    let at = At { round: place.s.round, party: p, ask };
    let rooms = || rooms(place.s, &place.scratch.values, p);
    let question = || Question { at, about: About::Turn(rooms()), reserve, advice, beside };
    match place.orders.get(place.game, at, question) {
        Some(Order::Package(levels)) => Said::Decided(levels),
        Some(Order::Wait) => Said::Decided(vec![]),
        Some(_) => Said::Engine,
        None => Said::Missing,
    }
}

/// What an answer is about.
#[derive(Debug, Clone, Copy)]
pub struct Answer {
    /// What the offer is worth to the one who answers.
    pub worth: f64,
    /// What waiting is worth to it.
    pub reserve: f64,
    /// What its own strategy would ask for next.
    pub next: f64,
    /// What signing brings beside the levers.
    pub beside: f64,
    /// It is the last exchange.
    pub last: bool,
}

/// An outside seat's answer to the offer at the place's positions.
pub fn answer(place: &Place, q: usize, exchange: u32, about: Answer) -> Said<bool> {
    let ask = Ask::Answer(exchange);
    if !place.orders.holds(q, ask) {
        return Said::Engine;
    }
    let at = At { round: place.s.round, party: q, ask };
    let question = || Question {
        at,
        about: About::Answer {
            package: place.scratch.package(place.s),
            worth: about.worth,
            reserve: about.reserve,
            room: rooms(place.s, &place.scratch.values, q),
            last: about.last,
        },
        reserve: about.reserve,
        advice: about.next,
        beside: about.beside,
    };
    match place.orders.get(place.game, at, question) {
        Some(Order::Say(yes)) => Said::Decided(yes),
        Some(Order::Engine) => Said::Engine,
        Some(_) => Said::Decided(false),
        None => Said::Missing,
    }
}

/// Offered levels as positions on the grids; levers that are not named stay where they stand.
pub fn positions(values: &Values, s: &Situation, levels: &[(usize, f64)], out: &mut Vec<f64>) {
    out.clear();
    for (i, &lever) in values.open.iter().enumerate() {
        let level = levels.iter().find(|(l, _)| *l == lever).map_or(s.levels[lever], |(_, x)| *x);
        out.push(values.position(i, level));
    }
}
