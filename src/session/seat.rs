//! Seats held from outside in a session: what is asked of them, and their offers as positions on the grid.

use super::scratch::Scratch;
use crate::table::situation::Situation;
use crate::table::values::{GRID, Values};
use crate::world::orders::{About, Ask, At, Order, Orders, Question, Room};

/// How far each open lever can be moved, and what that is worth to party p.
fn rooms(s: &Situation, values: &Values, p: usize) -> Vec<Room> {
    let all = values.open.iter().enumerate().map(|(i, &lever)| {
        let (mut levels, mut worth) = ([0.0; GRID], [0.0; GRID]);
        for j in 0..GRID {
            levels[j] = values.level(i, j as f64);
            worth[j] = values.own[p][i][j];
        }
        Room { lever, levels, worth, now: s.levels[lever] }
    });
    all.collect()
}

/// The levels that an outside seat offers; none where the engine's strategy is to offer, or a decision is missing.
///
/// The last argument is what waiting is worth, what the engine's strategy would ask for, and what signing brings beside
/// the levers.
pub fn offer(
    s: &Situation,
    scratch: &Scratch,
    orders: &Orders,
    p: usize,
    exchange: u32,
    [reserve, advice, beside]: [f64; 3],
) -> Option<Vec<(usize, f64)>> {
    let ask = Ask::Offer(exchange);
    if !orders.holds(p, ask) {
        return None;
    }
    let at = At { round: s.round, party: p, ask };
    let question = || Question { at, about: About::Turn(rooms(s, &scratch.values, p)), reserve, advice, beside };
    match orders.get(at, question) {
        Some(Order::Package(levels)) => Some(levels),
        Some(Order::Wait) => Some(vec![]),
        _ => None,
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

/// An outside seat's answer to the offer at `scratch`'s positions; none where the rule of acceptance is to answer.
pub fn answer(
    s: &Situation,
    scratch: &Scratch,
    orders: &Orders,
    q: usize,
    exchange: u32,
    about: Answer,
) -> Option<bool> {
    let ask = Ask::Answer(exchange);
    if !orders.holds(q, ask) {
        return None;
    }
    let at = At { round: s.round, party: q, ask };
    let question = || Question {
        at,
        about: About::Answer {
            package: scratch.package(s),
            worth: about.worth,
            reserve: about.reserve,
            room: rooms(s, &scratch.values, q),
            last: about.last,
        },
        reserve: about.reserve,
        advice: about.next,
        beside: about.beside,
    };
    match orders.get(at, question) {
        Some(Order::Say(yes)) => Some(yes),
        Some(Order::Engine) => None,
        _ => Some(false),
    }
}

/// Offered levels as positions on the grids; levers that are not named stay where they stand.
pub fn positions(values: &Values, s: &Situation, levels: &[(usize, f64)], out: &mut Vec<f64>) {
    out.clear();
    for (i, &lever) in values.open.iter().enumerate() {
        let level = levels.iter().find(|(l, _)| *l == lever).map_or(s.levels[lever], |(_, x)| *x);
        let span = (values.high[i] - values.low[i]).max(1e-12);
        out.push(((level - values.low[i]) / span * (GRID - 1) as f64).clamp(0.0, (GRID - 1) as f64));
    }
}
