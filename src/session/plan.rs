//! Full information: the game, or this session, thought through from its end.

use super::scratch::Scratch;
use super::stock::Stock;
use crate::strategies::induction;
use crate::table::situation::Situation;
use crate::world::maths::power;
use crate::world::rows::{is_set, pair};
use crate::world::setup::{Setup, Source};

/// Whether every turn to come is known: sessions at even steps, offers alternating through the game.
fn is_regular(setup: &Setup) -> Option<u32> {
    let gap = match setup.calendar.gap {
        Some(Source::Fixed(gap)) if gap >= 1.0 && gap % 1.0 == 0.0 && setup.calendar.sooner == 0.0 => gap as u32,
        _ => return None,
    };
    (setup.alternate.is_some() && setup.calendar.summit.is_none() && setup.final_end).then_some(gap)
}

/// Where this session's turns begin in the plan.
pub(super) fn planned(setup: &Setup, s: &Situation) -> usize {
    if is_regular(setup).is_some() { (s.session * setup.scenario.talks.exchanges.get()) as usize } else { 0 }
}

/// Thinks the game through from its end for party p, or this session where later ones cannot be known. Full information
/// is the engine's alone: a seat held from outside takes the other to be as it reads it, and otherwise like itself.
pub(super) fn plan(setup: &Setup, s: &Situation, scratch: &mut Scratch, stock: &Stock, me: usize) {
    let (values, held) = (&scratch.values, stock.outside[me]);
    let of = |p: usize| if held { me } else { p };
    let table = |p: usize| if of(p) == p { &values.own[p] } else { &values.estimated[p] };
    let exchanges = setup.scenario.talks.exchanges.get();
    let sides = pair(|p| &s.sides[of(p)]);
    let (beside, reserve) = (pair(|p| stock.beside[of(p)]), pair(|p| stock.reserve[of(p)]));
    let plan = &mut scratch.plans[me];
    plan.frontier.trace(table(0), table(1), &values.linear);
    let h = s.breakdown;
    let (turns, end) = match is_regular(setup) {
        Some(gap) => {
            let first = setup.calendar.meetings.first().map_or(0, |m| m.0);
            let sessions = setup.rounds.saturating_sub(first).div_ceil(gap);
            (sessions * exchanges, pair(|p| h * sides[p].outside))
        }
        None => (exchanges, reserve),
    };
    let frontier = &plan.frontier;
    let numbers = frontier.own.iter().chain(&frontier.other).chain(&beside).chain(&end);
    let patience = pair(|p| sides[p].patience);
    let gap = is_regular(setup).unwrap_or(0);
    // One who is read from outside is not known to hold to a reserve.
    let floor = pair(|p| Some(s.sides[p].floor).filter(|x| of(p) == p && is_set(*x)).unwrap_or(f64::NEG_INFINITY));
    let key: Vec<u64> = numbers
        .chain(&patience)
        .chain(&floor)
        .chain(&[h, s.opener as f64, f64::from(turns), sides[0].outside, sides[1].outside])
        .chain(&[f64::from(exchanges), f64::from(gap)])
        .map(|x| x.to_bits())
        .collect();
    if key == plan.key {
        return;
    }
    let first = setup.alternate.filter(|_| gap > 0).unwrap_or(s.opener);
    let turns: Vec<induction::Turn> = (0..turns)
        .map(|i| {
            let new_session = i % exchanges == 0;
            let rounds = if new_session { gap } else { 0 };
            induction::Turn {
                by: if i % 2 == 0 { first } else { 1 - first },
                discount: patience.map(|d| power(d, rounds)),
                breakdown: if new_session { 1.0 - power(1.0 - h, rounds) } else { 0.0 },
            }
        })
        .collect();
    let game = induction::Game { frontier, beside, floor, outside: pair(|p| sides[p].outside), end };
    induction::solve(&game, &turns, &mut plan.out);
    plan.key = key;
}
