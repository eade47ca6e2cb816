//! What the class itself thought: its forecast, its secret rankings, what observers saw, what it learnt.

use super::seats::Person;
use super::state::{RANKED_MAX, State};
use super::study;
use crate::mechanisms::summit::SummitHeld;
use crate::world::setup::{NOBODY, Setup};

/// A delegation's ranking beside the model's.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    /// The delegation.
    pub who: String,
    /// How many of it ranked.
    pub people: usize,
    /// The issues it ranked first, most important first.
    pub said: Vec<String>,
    /// The issues at which most was at stake for its government within the room of one meeting, under its true weights.
    pub model: Vec<String>,
}

/// A question of the quiz: how many were right of how many, before and after.
#[derive(Debug, Clone, PartialEq)]
pub struct Learnt {
    /// What was asked.
    pub ask: String,
    /// Right and answered, before.
    pub before: (usize, usize),
    /// Right and answered, after.
    pub after: (usize, usize),
}

/// What the class thought.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Thought {
    /// All tables played the same game.
    pub same_draw: bool,
    /// How many forecast a summit, and how likely they thought it on average (percent).
    pub forecast: Option<(usize, f64)>,
    /// At how many tables the leaders met, of how many.
    pub summits: (usize, usize),
    /// Rankings of the delegations in which somebody ranked.
    pub ranked: Vec<Ranked>,
    /// Prompts with what observers wrote, and at which table.
    pub seen: Vec<(String, Vec<(usize, String)>)>,
    /// The quiz, once somebody has answered it again.
    pub learnt: Vec<Learnt>,
}

/// Of a class.
pub fn thought(state: &mut State) -> Thought {
    let ready = state.ready.clone();
    let said: Vec<f64> = state.people.iter().filter_map(|p| p.forecast).map(f64::from).collect();
    let met = state.tables.iter_mut().filter_map(|place| (place.table.number::<SummitHeld>(0) > 0.0).then_some(()));
    let met = met.count();
    Thought {
        same_draw: ready.lesson.classroom.same_draw,
        forecast: (!said.is_empty()).then(|| (said.len(), said.iter().sum::<f64>() / said.len() as f64)),
        summits: (met, state.tables.len()),
        ranked: ranked(state, &ready.setup),
        seen: seen(&state.people, &ready.lesson.classroom.observe),
        learnt: learnt(state),
    }
}

fn ranked(state: &mut State, setup: &Setup) -> Vec<Ranked> {
    let mut out = vec![];
    for table in 0..state.tables.len() {
        for party in [1, 0] {
            let here = |p: &&Person| p.ranked_as.is_some_and(|s| s.table == table && s.party == party);
            let lists: Vec<Vec<usize>> =
                state.people.iter().filter(here).map(|p| p.ranking.clone()).filter(|r| !r.is_empty()).collect();
            if lists.is_empty() {
                continue;
            }
            let weights = state.tables[table].table.weights(party);
            let names = |order: Vec<usize>| order.into_iter().map(|l| setup.levers[l].name.clone()).collect();
            out.push(Ranked {
                who: format!("Table {}, {}", table + 1, setup.parties[party].name),
                people: lists.len(),
                said: names(first(setup, |l| borda(&lists, l))),
                model: names(first(setup, |l| study::stake(setup, party, weights, l))),
            });
        }
    }
    out
}

/// The issues with the highest scores above 0, at most as many as a person ranks.
fn first(setup: &Setup, score: impl Fn(usize) -> f64) -> Vec<usize> {
    let mut all: Vec<(usize, f64)> = (0..setup.levers.len())
        .filter(|l| setup.levers[*l].holder != NOBODY)
        .map(|l| (l, score(l)))
        .filter(|x| x.1 > 0.0)
        .collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1));
    all.truncate(RANKED_MAX);
    all.into_iter().map(|x| x.0).collect()
}

/// A first place counts four, a fourth one.
fn borda(lists: &[Vec<usize>], lever: usize) -> f64 {
    let place = |list: &Vec<usize>| list.iter().position(|l| *l == lever);
    lists.iter().filter_map(place).map(|i| (RANKED_MAX - i.min(RANKED_MAX)) as f64).sum()
}

fn seen(people: &[Person], prompts: &[String]) -> Vec<(String, Vec<(usize, String)>)> {
    let watch = || people.iter().filter_map(|p| Some((p.saw_as?.table, p)));
    let of = |i: usize| {
        let wrote = watch().filter_map(move |(table, p)| Some((table, p.sheet.get(i)?.clone())));
        wrote.filter(|(_, text)| !text.is_empty()).collect::<Vec<_>>()
    };
    let all = prompts.iter().enumerate().map(|(i, prompt)| (prompt.clone(), of(i)));
    all.filter(|(_, texts)| !texts.is_empty()).collect()
}

/// Of those who answered both times, so that the same people are compared. Shown only once somebody has answered again: till then it would tell which answers are right.
fn learnt(state: &State) -> Vec<Learnt> {
    if state.people.iter().all(|p| p.quiz[1].is_empty()) {
        return vec![];
    }
    let quiz = &state.ready.lesson.classroom.quiz;
    let count = |i: usize, when: usize| {
        let both = state.people.iter().filter(|p| p.quiz.iter().all(|answers| !answers.is_empty()));
        let given = both.filter_map(|p| *p.quiz[when].get(i)?);
        given.fold((0, 0), |(right, n), answer| (right + usize::from(answer == quiz[i].right), n + 1))
    };
    quiz.iter()
        .enumerate()
        .map(|(i, q)| Learnt { ask: q.ask.clone(), before: count(i, 0), after: count(i, 1) })
        .collect()
}
