//! A rehearsal: scripted students who sit down and do, through the same forms, everything that students can do.

use std::collections::BTreeMap;

use super::command::{Command, Who};
use super::desk;
use super::forms::{self, Fields};
use super::hall::Hall;
use super::lesson::PhaseKind;
use super::seats::{PEOPLE_MAX, Role};
use super::views::{Issue, StudentView, Task};
use crate::error::Error;
use crate::web::secrets;
use crate::world::dice::{Key, Stream};

/// A scripted student does something about every so many milliseconds of the class's clock.
const EVERY: u64 = 20_000;
/// How far below what waiting is worth an offer is still taken now and then (points).
const SLACK: f64 = 2.0;
/// So many refusals are kept to be told.
const REFUSED: usize = 20;

/// The scripted students of a class.
pub struct Cast {
    people: Vec<usize>,
    key: Key,
    beat: u64,
    /// How often each thing was done.
    pub done: BTreeMap<String, usize>,
    /// What was refused, in the words that a student would have read.
    pub refused: Vec<String>,
}

impl Cast {
    /// So many join, as far as there are places.
    pub fn joins(hall: &Hall, number: usize) -> Result<Cast, Error> {
        let seed = hall.lock().state.seed;
        let mut people = vec![];
        for n in 0..number.min(PEOPLE_MAX) {
            let nick = format!("Script {}", n + 1);
            if hall.lock().state.present().any(|p| p.nick == nick) {
                // The class goes on after a stop, and so does its cast.
                people.extend(hall.lock().state.people.iter().position(|p| p.nick == nick && !p.gone));
                continue;
            }
            let token = secrets::hash(&secrets::token());
            hall.submit(Who::Server, Command::Join { nick, token, consent: false, form: String::new() })?;
            people.push(hall.lock().state.people.len() - 1);
        }
        let key = Key::of_seed(seed).apart("rehearsal");
        Ok(Cast { people, key, beat: 0, done: BTreeMap::new(), refused: vec![] })
    }

    /// So much of the class's clock has passed (ms): each does something, or does not.
    pub fn beat(&mut self, hall: &Hall, passed: u64) {
        self.beat += 1;
        let often = (passed as f64 / EVERY as f64).min(0.5);
        for person in self.people.clone() {
            hall.heard(person);
            let (key, beat) = (self.key, self.beat);
            let lot = |what: &str, n: usize| {
                let address = (person * 100 + n) as u64;
                key.uniform(Stream::named("rehearsal", "student", what), beat, address)
            };
            if lot("acts", 0) >= often {
                continue;
            }
            let (now, pace) = (hall.now(), hall.pace());
            let mut inner = hall.lock();
            let Some(view) = desk::student(&mut inner.state, person, (now, pace)) else { continue };
            let Some(fields) = form(&view, &lot) else { continue };
            let commands = forms::student(&mut inner.state, person, &fields);
            drop(inner);
            let done = commands.and_then(|all| all.into_iter().try_for_each(|c| hall.submit(Who::Person(person), c)));
            let what = fields.get("do").cloned().unwrap_or_default();
            match done {
                Ok(()) => *self.done.entry(what).or_default() += 1,
                Err(why) if self.refused.len() < REFUSED => self.refused.push(format!("{what}: {why}")),
                Err(_) => {}
            }
        }
    }
}

fn fields<const N: usize>(list: [(&str, String); N]) -> Fields {
    list.into_iter().map(|(name, value)| (name.to_string(), value)).collect()
}

fn just(what: &str) -> Fields {
    fields([("do", what.into())])
}

fn write(what: &str, text: &str) -> Fields {
    fields([("do", what.into()), ("text", text.into())])
}

/// What somebody with this page before them sends.
fn form(v: &StudentView, lot: &dyn Fn(&str, usize) -> f64) -> Option<Fields> {
    let seat = v.seat?;
    match v.kind {
        PhaseKind::Join | PhaseKind::Close => return Some(at_the_ends(v, lot)),
        PhaseKind::Debrief => return None,
        PhaseKind::Brief | PhaseKind::Play { .. } => {}
    }
    if seat.role == Role::Observer {
        let answers = (0..v.sheet.len()).map(|i| (format!("o{i}"), "Both waited for the other.".to_string()));
        return Some(just("sheet").into_iter().chain(answers).collect());
    }
    if v.benched {
        return None;
    }
    if v.kind == PhaseKind::Brief {
        return Some(match lot("brief", 0) {
            u if u < 0.4 && v.ranking.is_empty() => ranking(v, lot),
            u if u < 0.7 => draft(v, "draft", lot),
            u if u < 0.8 => write("note", "The other side wants a date more than a price."),
            _ => agreement(v),
        });
    }
    if let Some(answer) = asked(v, lot).filter(|_| !v.paused) {
        return Some(answer);
    }
    beside(v, lot)
}

/// The quiz, and the last paragraph.
fn at_the_ends(v: &StudentView, lot: &dyn Fn(&str, usize) -> f64) -> Fields {
    let after = v.kind == PhaseKind::Close;
    if after && !v.quiz.given.is_empty() {
        return write("surprise", "That a yes at the table could fail at home.");
    }
    let pick =
        |name: &str, i: usize, n: usize| (format!("{name}{i}"), ((lot(name, i) * n as f64) as usize).to_string());
    let quiz = v.quiz.items.iter().enumerate().map(|(i, (_, answers))| pick("q", i, answers.len()));
    let about = v.about.items.iter().enumerate().map(|(i, (_, answers))| pick("a", i, answers.len()));
    let forecast = ("forecast".to_string(), format!("{:.0}", 100.0 * lot("forecast", 0)));
    let when = ("after".to_string(), u8::from(after).to_string());
    just("quiz").into_iter().chain(quiz).chain(about).chain([when]).chain((!after).then_some(forecast)).collect()
}

fn ranking(v: &StudentView, lot: &dyn Fn(&str, usize) -> f64) -> Fields {
    let mut all: Vec<(f64, usize)> = v.issues.iter().map(|i| (lot("rank", i.lever), i.lever)).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let first = all.into_iter().take(3).enumerate().map(|(i, (_, lever))| (format!("r{i}"), lever.to_string()));
    just("rank").into_iter().chain(first).collect()
}

/// The answer to what is asked of this person.
fn asked(v: &StudentView, lot: &dyn Fn(&str, usize) -> f64) -> Option<Fields> {
    let say = |yes: bool| Some(just(if yes { "yes" } else { "no" }));
    match &v.task {
        Task::Prepare if v.pen && !v.stands => Some(draft(v, "ready", lot)),
        Task::Offer { .. } if v.mine => Some(draft(v, "offer", lot)),
        Task::Answer { worth, waiting, .. } if v.mine => say(worth + SLACK * lot("slack", 0) >= *waiting),
        Task::Ratify { worth, .. } if v.mine => say(*worth + SLACK * lot("slack", 0) >= 0.0),
        Task::Extend | Task::Invitation if v.mine => say(lot("says", 0) < 0.8),
        _ => None,
    }
}

/// What one does while others decide.
fn beside(v: &StudentView, lot: &dyn Fn(&str, usize) -> f64) -> Option<Fields> {
    let u = lot("beside", 0);
    Some(match u {
        _ if v.guess.is_none() => {
            fields([("do", "guess".into()), ("guess", format!("{:.0}", 100.0 * lot("guess", 0)))])
        }
        _ if u < 0.15 && v.asks.is_some_and(|left| left > 0) => just("ask"),
        _ if u < 0.4 && matches!(v.task, Task::Prepare) && !v.stands => draft(v, "draft", lot),
        _ if u < 0.6 => agreement(v),
        _ if u < 0.7 => write("note", "They moved last when the clock was nearly out."),
        _ if u < 0.8 => fields([
            ("do", "board".into()),
            ("was", v.board.clone()),
            ("text", "Ask for magnets first.\nGive nothing on chips.".into()),
        ]),
        _ => return None,
    })
}

fn agreement(v: &StudentView) -> Fields {
    just(if v.agrees { "disagree" } else { "agree" })
}

/// A draft: more of what the other side holds, something of one's own, and a word in public.
fn draft(v: &StudentView, what: &str, lot: &dyn Fn(&str, usize) -> f64) -> Fields {
    let number = |i: &Issue, x: f64| format!("{:.0}", x * i.scale);
    let level = |i: &Issue| {
        let [a, b] = i.ends;
        // The end that is better for us of theirs; the worse, and not so far, of ours.
        let (better, worse) = if a.1 > b.1 { (a.0, b.0) } else { (b.0, a.0) };
        let (to, share) = if i.mine { (worse, 0.6) } else { (better, 1.0) };
        i.now + share * lot("level", i.lever) * (to - i.now)
    };
    let levels = v.issues.iter().flat_map(|i| {
        let typed = if lot("moves", i.lever) < 0.6 { number(i, level(i)) } else { number(i, i.typed) };
        [(format!("l{}", i.lever), typed), (format!("w{}", i.lever), number(i, i.typed))]
    });
    let pick = (lot("stance", 0) * v.stances.len() as f64) as usize;
    let stance = v.stances.get(pick).filter(|_| matches!(v.task, Task::Prepare) && v.kind != PhaseKind::Brief);
    let stance = stance.map(|(key, ..)| ("stance".to_string(), key.clone()));
    just(what).into_iter().chain(levels).chain(stance).collect()
}
