//! A table's game again, week by week, for the debrief.

use super::decided;
use super::news;
use super::played::{By, words};
use super::state::State;
use crate::world::orders::Order;

/// A lever in one week.
#[derive(Debug, Clone, PartialEq)]
pub struct Lever {
    /// Its name, with its unit in a few letters.
    pub name: String,
    /// The party that moves it.
    pub holder: usize,
    /// Where it stood as the game began, the week before, and after this week.
    pub levels: [String; 3],
    /// It moved in this week.
    pub moved: bool,
}

/// A table after one of its weeks.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// The table, from 0, and how many there are.
    pub table: (usize, usize),
    /// The week, from 0, and how many were played.
    pub week: (usize, usize),
    /// The levers.
    pub levers: Vec<Lever>,
    /// The mood between the capitals, -1 to 1.
    pub tone: f64,
    /// Points so far, with the side's name.
    pub points: Vec<(String, f64)>,
    /// What happened, in order.
    pub news: Vec<String>,
    /// Who decided what.
    pub decided: Vec<String>,
}

/// A table after a week, or after its last where it has not come so far; none where it has not played or is not there.
pub fn frame(state: &State, table: usize, week: usize) -> Option<Frame> {
    let setup = &state.ready.setup;
    let game = &state.tables.get(table)?.table;
    let rounds = &game.book().rounds;
    let week = week.min(rounds.len().checked_sub(1)?);
    let (now, before) = (&rounds[week], week.checked_sub(1).map(|w| &rounds[w].levels));
    let levers = setup.levers.iter().enumerate().map(|(l, lever)| {
        let was = before.map_or(lever.now, |levels| levels[l]);
        Lever {
            name: format!("{} ({})", lever.name, news::unit(setup, l)),
            holder: lever.holder,
            levels: [lever.now, was, now.levels[l]].map(|x| format!("{:.0}", x * news::scale(setup, l))),
            moved: (now.levels[l] - was).abs() * news::scale(setup, l) >= 0.5,
        }
    });
    let notes = game.book().notes.iter().filter(|n| n.round as usize == week);
    let asked = game.filed.iter().filter(|f| f.order != Order::Wait).map(|f| (f.at, f.by));
    let unasked = decided::unasked(&game.filed, game.book().notes.iter()).into_iter().map(|at| (at, By::Engine));
    let decided = asked.chain(unasked).filter(|(at, _)| at.round as usize == week);
    let decided =
        decided.map(|(at, by)| format!("{}, {}: {}", setup.parties[at.party].name, words(at.ask), by.words()));
    let cards = game.pushes.iter().filter(|p| p.round as usize == week).map(|p| {
        let mood = (p.tone != 0.0).then(|| format!("the mood by {:+.2}", p.tone).replace('-', "−"));
        let lever = p.lever.map(|(l, x)| format!("{} to {}", setup.levers[l].name, news::level(setup, l, x)));
        let all: Vec<String> = mood.into_iter().chain(lever).collect();
        format!("{}: your teacher played a card, which moved {}", news::day(setup, p.round), all.join(" and "))
    });
    Some(Frame {
        table: (table, state.tables.len()),
        week: (week, rounds.len()),
        levers: levers.collect(),
        tone: now.tone,
        points: setup.parties.iter().zip(now.total).map(|(p, x)| (p.name.clone(), x)).collect(),
        news: cards.chain(notes.filter_map(|n| decided::line(setup, &game.filed, n))).collect(),
        decided: decided.collect(),
    })
}
