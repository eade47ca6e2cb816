//! Whether a command may be given, and if not, why: nothing else decides it, live or in a replay.

use std::collections::BTreeMap;

use super::command::{Command, Entrance, Stance, Who};
use super::lesson::PhaseKind;
use super::merged::merged;
use super::played::ends;
use super::seats::{PEOPLE_MAX, Person, Role, Seat};
use super::state::{CHARTS, NOTES_MAX, RANKED_MAX, State};
use crate::error::Error;
use crate::world::orders::Ask;

type Check = Result<(), Error>;

fn refuse<T>(why: &str) -> Result<T, Error> {
    Err(Error::refused(why))
}

/// Two who change the same lines at once: neither text is lost. What was put together is as long as notes may be.
fn check_notes(was: &str, now: &str, text: &str) -> Check {
    match merged(was, now, text) {
        Some(both) if both.chars().count() <= NOTES_MAX => Ok(()),
        _ => Err(Error::refused(format!(
            "others of your delegation changed its notes meanwhile; they say now: \u{201c}{now}\u{201d}; you wrote: \u{201c}{text}\u{201d}; save once more to replace theirs"
        ))),
    }
}

/// Whether two names look the same.
pub(super) fn alike(a: &str, b: &str) -> bool {
    let plain = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    plain(a) == plain(b)
}

impl State {
    /// Whether a command may be given, and if not, why.
    pub fn check(&self, who: Who, command: &Command) -> Check {
        let table = |t: usize| if t < self.tables.len() { Ok(()) } else { refuse("there is no such table") };
        let some = |t: &Option<usize>| t.map_or(Ok(()), table);
        let person = |i: usize| match self.people.get(i) {
            None => refuse("there is no such person"),
            Some(p) if p.gone => refuse("that person has left the class"),
            Some(p) => Ok(p),
        };
        let opened = !self.tables.is_empty();
        match (who, command) {
            (Who::Server, Command::Open { .. }) if !opened => Ok(()),
            (_, Command::Open { .. }) => refuse("the class is open already"),
            _ if !opened => refuse("the class is not open"),
            (Who::Server, Command::Key(_) | Command::Restarted(_)) => Ok(()),
            (Who::Server, Command::Join { nick, .. }) if !nick.chars().any(char::is_alphanumeric) => {
                refuse("a name or a number is needed")
            }
            (Who::Server, Command::Join { .. }) if self.entrance == Entrance::Closed => {
                refuse("the door of the class is closed: ask your teacher")
            }
            (Who::Server, Command::Join { nick, .. }) if self.present().any(|p| alike(&p.nick, nick)) => refuse(
                "somebody in this class has that name: add a letter; if it was you, ask your teacher for a re-entry code",
            ),
            (Who::Server, Command::Join { .. }) if self.present().count() >= PEOPLE_MAX => {
                refuse("the class is full: ask your teacher")
            }
            (Who::Server, Command::Join { .. }) => Ok(()),
            (Who::Server, Command::Reenter { person: i, .. } | Command::Lost(i) | Command::Back(i)) => {
                person(*i).map(drop)
            }
            (Who::Server, Command::Bell { table: t, phase }) => {
                table(*t)?;
                if self.tables[*t].phase == *phase { Ok(()) } else { refuse("that bell has rung") }
            }
            (Who::Person(i), command) => self.check_person(person(i)?, command),
            (Who::Teacher, command) => match command {
                Command::Admit(i) if person(*i)?.seat.is_some() => refuse("that person has a seat"),
                Command::Admit(i)
                | Command::Bench(i)
                | Command::Unbench(i)
                | Command::Code { person: i, .. }
                | Command::Remove(i)
                | Command::Eject(i) => person(*i).map(drop),
                // What somebody wrote can be cleared after they left; the first of many to be sent away may have left too.
                Command::Clear(i) | Command::RemoveFrom(i) if *i < self.people.len() => Ok(()),
                Command::Door(_) | Command::NewKey(_) => Ok(()),
                Command::Place(i, seat) => {
                    person(*i)?;
                    table(seat.table)?;
                    let plan = &self.ready.lesson.classroom;
                    let known = seat.role == Role::Observer || plan.roles.contains(&seat.role);
                    if seat.party < 2 && known { Ok(()) } else { refuse("there is no such seat") }
                }
                Command::Swap(a, b) => person(*a).and(person(*b)).map(drop),
                Command::More(t, ms) if *ms <= 3_600_000 => some(t),
                Command::Pause(t) | Command::Run(t) => some(t),
                Command::Advance(t) => {
                    some(t)?;
                    let last = self.ready.lesson.classroom.phases.len() - 1;
                    let all = self.scope(*t).all(|t| self.tables[t].phase == last);
                    if all { refuse("that was the last phase") } else { Ok(()) }
                }
                Command::Event(card, t) if *card < self.ready.lesson.classroom.events.len() => some(t),
                Command::Headline(text, t) | Command::Message(text, t) if !text.is_empty() => some(t),
                Command::Show(_) if !self.revealed => refuse("the charts are on the wall once the truth is shown"),
                Command::Show(chart) if *chart <= CHARTS => Ok(()),
                Command::Undo(n) if *n > self.version => refuse("nothing has been done under that number"),
                Command::Reveal | Command::Undo(_) => Ok(()),
                _ => refuse("that cannot be done"),
            },
            _ => refuse("that cannot be done"),
        }
    }

    fn check_person(&self, person: &Person, command: &Command) -> Check {
        let kind = self.phase(person.seat.map_or(0, |seat| seat.table)).kind;
        let begins = matches!(kind, PhaseKind::Join | PhaseKind::Brief);
        match command {
            Command::Note(_) | Command::Surprise(_) | Command::Leave => return Ok(()),
            Command::Quiz { after: true, .. } if kind == PhaseKind::Close => return Ok(()),
            Command::Quiz { after: false, .. } | Command::About(_) | Command::Forecast(0..=100) if begins => {
                return Ok(());
            }
            Command::Quiz { .. } | Command::About(_) | Command::Forecast(_) => {
                return refuse("those questions are not asked now");
            }
            _ => {}
        }
        let Some(seat) = person.seat else { return refuse("wait until your teacher lets you in") };
        if person.benched {
            return refuse("the engine plays your seat: ask your teacher");
        }
        if seat.role == Role::Observer {
            return if matches!(command, Command::Sheet(_)) { Ok(()) } else { refuse("observers take notes") };
        }
        let place = &self.tables[seat.table];
        let play = matches!(kind, PhaseKind::Play { .. });
        let setup = &self.ready.setup;
        if self.paused(seat.table) && matches!(command, Command::Ready(true) | Command::Say(_)) {
            return refuse("your teacher paused the class: go on drafting, and decide once the clock runs");
        }
        match command {
            Command::Draft { .. } if !play && kind != PhaseKind::Brief => refuse("there is nothing to draft now"),
            Command::Draft { levels, stance } => self.check_draft(seat, levels, *stance),
            Command::Ready(_) if !play || place.done => refuse("there is nothing to be ready for now"),
            Command::Ready(_) if self.pen(seat.table, seat.party) != Some(seat.role) => {
                refuse("the head of your delegation says so")
            }
            Command::Ready(true) if place.sent(seat.party) != place.sides[seat.party].draft => {
                refuse("the draft goes further than this meeting can: save it as it is shown now")
            }
            Command::Ready(_) => Ok(()),
            Command::Say(_) => match place.table.question() {
                Some(q) if q.at.party == seat.party && !matches!(q.at.ask, Ask::Move | Ask::Offer(_)) => {
                    if self.answers(seat.table, seat.party, q.at.ask) == Some(seat.role) {
                        Ok(())
                    } else {
                        refuse("another seat of your delegation decides that")
                    }
                }
                _ => refuse("that question is settled"),
            },
            Command::Guess(_) if !play => refuse("guesses are made while a round is played"),
            Command::Guess(x) if *x <= 100 => Ok(()),
            Command::Board(_) => Ok(()),
            Command::Notes { was, text } => check_notes(was, &place.sides[seat.party].board, text),
            Command::Agree(_) if play || kind == PhaseKind::Brief => Ok(()),
            Command::Rank(_) if kind != PhaseKind::Brief => refuse("issues are ranked before the first round"),
            Command::Rank(levers) => {
                let known = levers.iter().all(|l| *l < setup.levers.len());
                let twice = levers.iter().enumerate().any(|(i, l)| levers[..i].contains(l));
                match (known && levers.len() <= RANKED_MAX, twice) {
                    (false, _) => refuse("there is no such issue"),
                    (_, true) => refuse("an issue has one rank: name each only once"),
                    _ => Ok(()),
                }
            }
            Command::Ask if !play => refuse("the engine is asked while a round is played"),
            Command::Ask if self.forecaster(seat.table, seat.party) != Some(seat.role) => {
                refuse("the analyst of your delegation may ask for the odds")
            }
            Command::Ask if place.asks_left(seat.party) == 0 => {
                refuse("your delegation has asked as often as it may in this round")
            }
            Command::Ask => Ok(()),
            _ => refuse("that cannot be done"),
        }
    }

    fn check_draft(&self, seat: Seat, levels: &BTreeMap<usize, f64>, stance: Stance) -> Check {
        let (setup, party, place) = (&self.ready.setup, seat.party, &self.tables[seat.table]);
        for (lever, x) in levels {
            let Some(l) = setup.levers.get(*lever) else { return refuse("there is no such issue") };
            // Where something else moved it beyond what can be reached, it can be brought back, or left there.
            let met = place.rooms(party).and_then(|rooms| ends(rooms, *lever));
            let all = met.iter().flatten().copied().chain([l.reach_low, l.reach_high, place.stands(party, *lever)]);
            let (low, high) = all.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| (a.min(x), b.max(x)));
            if !(low..=high).contains(x) {
                let text = format!("{} can be from {low} to {high}", l.name);
                return Err(Error::refused(text));
            }
        }
        match stance {
            Stance::Tighten(l) | Stance::Ease(l) if setup.levers.get(l).is_none_or(|x| x.holder != party) => {
                refuse("that lever is not yours")
            }
            _ => Ok(()),
        }
    }
}
