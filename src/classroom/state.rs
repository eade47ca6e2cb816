//! What a class is: the fold of its log. The same lesson and the same entries give the same bits.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
#[cfg(test)]
use serde_json::{Value, json};

use super::command::{Command, Entrance, Entry, Stance, Who};
use super::countdown::Countdown;
use super::lesson::{Phase, PhaseKind, Ready};
use super::merged::merged;
use super::played::{By, PlayedGame, Stop, within};
use super::seats::{Holder, Person, Role, Seat};
use crate::world::dice::Key;
use crate::world::orders::{About, Ask, Order, Question, Room};

/// How often a delegation may ask for the odds in a phase.
pub const ASKS_MAX: usize = 2;
/// How many charts the debrief has.
pub const CHARTS: usize = 9;
/// The most letters of notes.
pub const NOTES_MAX: usize = 500;
/// How many issues a person ranks at most.
pub const RANKED_MAX: usize = 4;

/// One delegation of a table.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Side {
    /// The draft package: levels by lever.
    pub draft: BTreeMap<usize, f64>,
    /// What it does in public in this phase.
    pub stance: Stance,
    /// Who did the act of this phase, once it is done.
    pub acted: Option<By>,
    /// The draft stands.
    pub ready: bool,
    /// Who of the delegation agrees with the draft as it is.
    pub agreed: BTreeSet<Role>,
    /// The delegation's notes.
    pub board: String,
    /// What it did in public, by phase.
    pub stances: Vec<(usize, Stance)>,
    /// How likely it thought the other seeks a deal, by phase.
    pub guesses: BTreeMap<usize, u32>,
    /// When it asked the engine for the odds: phase and week, both from 0.
    pub asks: Vec<(usize, u32)>,
}

/// A table of the class.
pub struct Place {
    /// Its game.
    pub table: PlayedGame,
    /// Its phase.
    pub phase: usize,
    /// Its clock.
    pub clock: Countdown,
    /// Its delegations.
    pub sides: [Side; 2],
    /// The game runs in this phase.
    pub playing: bool,
    /// The game has reached the end of this phase.
    pub done: bool,
    /// The game is over.
    pub over: bool,
    /// When somebody of the table last did something, or the phase began (ms since 1970).
    pub acted: u64,
}

/// A table at which nobody has done anything for so long is idle (ms).
pub const IDLE: u64 = 180_000;

impl Place {
    /// The room that a meeting leaves a delegation, while it is its turn.
    pub fn rooms(&self, party: usize) -> Option<&[Room]> {
        match self.table.question().filter(|q| q.at.party == party).map(|q| &q.about) {
            Some(About::Turn(rooms) | About::Answer { room: rooms, .. }) => Some(rooms),
            _ => None,
        }
    }

    /// Where a lever stands for a delegation: in a meeting as the meeting found it, for some levers move by themselves.
    pub fn stands(&self, party: usize, lever: usize) -> f64 {
        let room = self.rooms(party).and_then(|rooms| rooms.iter().find(|r| r.lever == lever));
        room.map_or_else(|| self.table.level(lever), |r| r.now)
    }

    /// The draft of a delegation as it would be sent now.
    pub fn sent(&self, party: usize) -> BTreeMap<usize, f64> {
        let draft = &self.sides[party].draft;
        self.rooms(party).map_or_else(|| draft.clone(), |rooms| within(rooms, draft))
    }

    /// How often a delegation may still ask for the odds in this phase.
    pub fn asks_left(&self, party: usize) -> usize {
        ASKS_MAX.saturating_sub(self.sides[party].asks.iter().filter(|(phase, _)| *phase == self.phase).count())
    }
}

/// A class.
pub struct State {
    /// The lesson.
    pub ready: Arc<Ready>,
    /// The seed; secret until the truth is shown.
    pub seed: u64,
    /// The join code.
    pub code: String,
    /// Names the session in cookies.
    pub session: String,
    /// Hashes of the teacher's secrets.
    pub keys: Vec<String>,
    /// Who may join.
    pub entrance: Entrance,
    /// Who joined, also those who left.
    pub people: Vec<Person>,
    /// The tables.
    pub tables: Vec<Place>,
    /// Headlines, with the table where not for all.
    pub headlines: Vec<(Option<usize>, String)>,
    /// The teacher's messages.
    pub messages: Vec<(Option<usize>, String)>,
    /// When each was sent (ms since 1970).
    pub said_at: Vec<u64>,
    /// The truth is shown.
    pub revealed: bool,
    /// What the teacher put on the wall, and after which command: a chart, from 1, or the tables.
    pub shown: Option<(u64, usize)>,
    /// How many entries it has seen.
    pub version: u64,
    /// Its games were played by another model of the program: nothing is played on.
    pub closed: bool,
}

impl State {
    /// A class that is not open yet.
    pub fn new(ready: Arc<Ready>) -> State {
        State {
            ready,
            seed: 0,
            code: String::new(),
            session: String::new(),
            keys: vec![],
            entrance: Entrance::Open,
            people: vec![],
            tables: vec![],
            headlines: vec![],
            messages: vec![],
            said_at: vec![],
            revealed: false,
            shown: None,
            version: 0,
            closed: false,
        }
    }

    /// The phase of a table.
    pub fn phase(&self, table: usize) -> &Phase {
        &self.ready.lesson.classroom.phases[self.tables[table].phase]
    }

    /// Who is there: who joined and has not left.
    pub fn present(&self) -> impl Iterator<Item = &Person> {
        self.people.iter().filter(|p| !p.gone)
    }

    /// Who plays a seat.
    pub fn holder(&self, seat: Seat) -> Holder {
        let mut out = Holder::Engine;
        for person in self.people.iter().filter(|p| p.seat == Some(seat)) {
            if person.plays() {
                return Holder::Human;
            }
            if !person.benched {
                out = Holder::Away;
            }
        }
        out
    }

    fn human(&self, table: usize, party: usize, role: Role) -> bool {
        self.holder(Seat { table, party, role }) == Holder::Human
    }

    /// Who holds the pen of a delegation: the first of its people.
    pub fn pen(&self, table: usize, party: usize) -> Option<Role> {
        let order = [Role::Head, Role::Technology, Role::Home, Role::Analyst, Role::Leader];
        order.into_iter().find(|role| self.human(table, party, *role))
    }

    /// Who of a delegation may ask for the odds: its analyst, and where none sits there, who holds the pen.
    pub fn forecaster(&self, table: usize, party: usize) -> Option<Role> {
        if self.human(table, party, Role::Analyst) { Some(Role::Analyst) } else { self.pen(table, party) }
    }

    /// Until which week, from 0, a delegation may see the odds: the last it asked for, and all once the truth is shown.
    pub fn answered_until(&self, table: usize, party: usize) -> Option<u32> {
        if self.revealed {
            return Some(u32::MAX);
        }
        self.tables[table].sides[party].asks.last().map(|(_, week)| *week)
    }

    /// Who may answer a question, if any person.
    pub fn answers(&self, table: usize, party: usize, ask: Ask) -> Option<Role> {
        let leader = self.human(table, party, Role::Leader).then_some(Role::Leader);
        match ask {
            Ask::Ratify => leader,
            Ask::Invitation => leader.or(self.pen(table, party)),
            _ => self.pen(table, party),
        }
    }

    /// The teacher stopped a table's clock while it plays: decisions wait, drafting goes on.
    pub fn paused(&self, table: usize) -> bool {
        let place = &self.tables[table];
        matches!(self.phase(table).kind, PhaseKind::Play { .. }) && !place.clock.runs() && !place.done
    }

    /// For how many minutes nobody of a table that plays has done anything, where that is long and people sit there.
    pub fn idle(&self, table: usize, now: u64) -> Option<u64> {
        let place = &self.tables[table];
        let plays = matches!(self.phase(table).kind, PhaseKind::Play { .. }) && place.clock.runs() && !place.done;
        let here = |p: &Person| p.seat.is_some_and(|seat| seat.table == table && seat.role != Role::Observer);
        let still = now.saturating_sub(place.acted);
        (plays && still >= IDLE && self.present().any(here)).then_some(still / 60_000)
    }

    /// The tables that are meant: all where none is named.
    pub(super) fn scope(&self, table: Option<usize>) -> std::ops::Range<usize> {
        table.map_or(0..self.tables.len(), |t| t..t + 1)
    }

    /// Applies an entry; one that may not be (after an undo) is passed over.
    pub fn apply(&mut self, entry: &Entry) {
        self.version = entry.number;
        if self.check(entry.who, &entry.command).is_err() {
            return;
        }
        let at = entry.at;
        match entry.command.clone() {
            Command::Open { seed, code, session, games, .. } => self.open((seed, at), (code, session), &games),
            Command::Key(hash) => self.keys.push(hash),
            Command::NewKey(hash) => self.keys = vec![hash],
            Command::Door(entrance) => self.entrance = entrance,
            Command::Restarted(ms) => {
                self.tables.iter_mut().for_each(|p| (p.clock, p.acted) = (p.clock.shifted(ms), p.acted + ms));
            }
            Command::Join { nick, token, consent, form } => self.join(nick, token, consent, form),
            Command::Reenter { person, token } => {
                let person = &mut self.people[person];
                person.code = None;
                person.tokens.push(token);
            }
            Command::Lost(i) => self.flag(i, |p| p.lost = true),
            Command::Back(i) => self.flag(i, |p| p.lost = false),
            Command::Bench(i) => self.flag(i, |p| p.benched = true),
            Command::Unbench(i) => self.flag(i, |p| p.benched = false),
            Command::Code { person, code } => self.people[person].code = Some(code),
            Command::Eject(i) => self.people[i].tokens.clear(),
            Command::Clear(i) => self.clear(i),
            Command::Remove(i) => self.remove(i),
            Command::RemoveFrom(first) => (first..self.people.len())
                .filter(|i| !self.people[*i].gone)
                .collect::<Vec<_>>()
                .into_iter()
                .for_each(|i| self.remove(i)),
            Command::Admit(i) => {
                self.people[i].seat = Some(self.free_seat());
                self.flag(i, |_| {});
            }
            Command::Place(i, seat) => {
                let left = self.people[i].seat.replace(seat);
                self.flag(i, |_| {});
                if let Some(left) = left {
                    self.drive(left.table, false);
                }
            }
            Command::Swap(a, b) => {
                let seats = (self.people[a].seat, self.people[b].seat);
                (self.people[b].seat, self.people[a].seat) = seats;
                self.flag(a, |_| {});
                self.flag(b, |_| {});
            }
            Command::Bell { table, .. } => self.next_phase(table, at),
            Command::Advance(t) => self.scope(t).for_each(|t| self.next_phase(t, at)),
            Command::Pause(t) => self.clocks(t, |c| c.paused(at)),
            Command::Run(t) => self.run(t, at),
            Command::More(t, ms) => self.clocks(t, |c| c.longer(at, ms)),
            Command::Event(card, t) => self.event(card, t),
            Command::Headline(text, t) => self.headlines.push((t, text)),
            Command::Message(text, t) => {
                self.messages.push((t, text));
                self.said_at.push(at);
            }
            Command::Reveal => self.revealed = true,
            Command::Show(chart) => self.shown = Some((entry.number, chart)),
            Command::Undo(_) => {}
            command => {
                if let Who::Person(i) = entry.who {
                    if let Some(seat) = self.people[i].seat {
                        self.tables[seat.table].acted = at;
                    }
                    self.act(i, command);
                }
            }
        }
    }

    fn open(&mut self, (seed, at): (u64, u64), (code, session): (String, String), games: &[u64]) {
        let plan = &self.ready.lesson.classroom;
        let minutes = plan.phases[0].minutes;
        let setup = &self.ready.setup;
        self.tables = (0..plan.tables)
            .map(|t| Place {
                table: PlayedGame::new(setup, Key::of_seed(seed), games.get(t).copied().unwrap_or(t as u64)),
                phase: 0,
                clock: Countdown::Stands(60_000 * minutes),
                sides: Default::default(),
                playing: false,
                done: false,
                over: false,
                acted: at,
            })
            .collect();
        (self.seed, self.code, self.session) = (seed, code, session);
    }

    fn join(&mut self, nick: String, token: String, consent: bool, form: String) {
        let waits = self.entrance == Entrance::Asks || self.tables.iter().any(|p| p.phase > 0);
        let seat = (!waits).then(|| self.free_seat());
        self.people.push(Person { nick, seat, tokens: vec![token], consent, form, ..Person::default() });
    }

    /// Somebody goes: their browsers are strangers again, the seat is free for the next.
    fn remove(&mut self, i: usize) {
        let person = &mut self.people[i];
        (person.gone, person.code) = (true, None);
        person.tokens.clear();
        if let Some(Seat { table, party, role }) = person.seat.take() {
            self.tables[table].sides[party].agreed.remove(&role);
            self.drive(table, false);
        }
    }

    /// Takes off all pages what a person wrote, and their delegation's notes.
    fn clear(&mut self, i: usize) {
        let person = &mut self.people[i];
        (person.note, person.surprise, person.sheet) = (String::new(), String::new(), vec![]);
        if let Some(seat) = person.seat {
            self.tables[seat.table].sides[seat.party].board.clear();
        }
    }

    /// The next seat to be filled: heads of all tables first; observers once all are taken.
    fn free_seat(&self) -> Seat {
        let taken = |seat: Seat| self.people.iter().filter(|p| p.seat == Some(seat)).count();
        let seats = self.ready.lesson.classroom.roles.iter().flat_map(|&role| {
            (0..self.tables.len())
                .flat_map(move |table| [1, 0].map(move |party| Seat { table, party, role }))
                .filter(move |seat| seat.role != Role::Observer)
        });
        let free = seats.into_iter().find(|seat| taken(*seat) == 0);
        free.unwrap_or_else(|| {
            let all = (0..self.tables.len()).flat_map(|table| [1, 0].map(|party| (table, party)));
            let watch = all.map(|(table, party)| Seat { table, party, role: Role::Observer });
            watch.min_by_key(|seat| taken(*seat)).unwrap_or(Seat { table: 0, party: 0, role: Role::Observer })
        })
    }

    fn flag(&mut self, i: usize, change: impl Fn(&mut Person)) {
        change(&mut self.people[i]);
        if let Some(Seat { table, party, role }) = self.people[i].seat {
            self.tables[table].sides[party].agreed.remove(&role); // it may be somebody else who would agree
        }
        if let Some(seat) = self.people[i].seat {
            self.drive(seat.table, false);
        }
    }

    fn clocks(&mut self, t: Option<usize>, change: impl Fn(Countdown) -> Countdown) {
        for t in self.scope(t) {
            self.tables[t].clock = change(self.tables[t].clock);
        }
    }

    /// Clocks run; what waited while they stood is decided.
    fn run(&mut self, t: Option<usize>, at: u64) {
        let before: Vec<bool> = (0..self.tables.len()).map(|t| self.paused(t)).collect();
        self.clocks(t, |c| c.running(at));
        for t in self.scope(t).filter(|t| before[*t]) {
            self.tables[t].acted = at;
            self.drive(t, false);
        }
    }

    fn event(&mut self, card: usize, t: Option<usize>) {
        let event = self.ready.lesson.classroom.events[card].clone();
        self.headlines.push((t, event.headline));
        if self.closed {
            return;
        }
        let lever = event.lever.and_then(|(name, steps)| Some((self.ready.setup.lever(&name)?, steps)));
        for t in self.scope(t) {
            let table = &mut self.tables[t].table;
            let to = lever.map(|(l, steps)| {
                let lever = &self.ready.setup.levers[l];
                let now = table.level(l);
                // What no delegation could reach is not reached by a card.
                let (low, high) = (lever.reach_low.min(now), lever.reach_high.max(now));
                (l, (now + steps * lever.opens * lever.step).clamp(low, high))
            });
            table.push(event.tone, to);
            self.drive(t, false);
        }
    }

    fn next_phase(&mut self, t: usize, at: u64) {
        if matches!(self.phase(t).kind, PhaseKind::Play { .. }) && !self.tables[t].done {
            self.tables[t].playing = true;
            self.drive(t, true);
        }
        let phases = &self.ready.lesson.classroom.phases;
        let place = &mut self.tables[t];
        if place.phase + 1 >= phases.len() {
            place.clock = Countdown::Stands(0);
            return;
        }
        place.phase += 1;
        place.clock = Countdown::Until(at + 60_000 * phases[place.phase].minutes);
        (place.playing, place.done, place.acted) = (false, false, at);
        for side in &mut place.sides {
            (side.ready, side.acted, side.stance) = (false, None, Stance::Quiet);
            side.agreed.clear();
        }
        if place.over {
            place.done = true;
        }
    }

    fn act(&mut self, i: usize, command: Command) {
        match command {
            Command::Note(text) => self.people[i].note = text,
            Command::Surprise(text) => self.people[i].surprise = text,
            Command::Leave => self.remove(i),
            Command::Quiz { after, answers } => self.people[i].quiz[usize::from(after)] = answers,
            Command::Forecast(x) => self.people[i].forecast = Some(x),
            Command::About(answers) => self.people[i].about = answers,
            Command::Rank(levers) => {
                let person = &mut self.people[i];
                (person.ranking, person.ranked_as) = (levers, person.seat);
            }
            Command::Sheet(texts) => {
                let person = &mut self.people[i];
                (person.sheet, person.saw_as) = (texts, person.seat);
            }
            command => {
                let Some(seat) = self.people[i].seat else { return };
                let place = &mut self.tables[seat.table];
                let (phase, week) = (place.phase, place.table.round());
                let side = &mut place.sides[seat.party];
                match command {
                    Command::Draft { levels, stance } => {
                        if (&side.draft, side.stance) != (&levels, stance) {
                            side.agreed.clear();
                        }
                        (side.draft, side.stance) = (levels, stance);
                    }
                    Command::Agree(true) => drop(side.agreed.insert(seat.role)),
                    Command::Agree(false) => drop(side.agreed.remove(&seat.role)),
                    Command::Ready(yes) => side.ready = yes,
                    Command::Guess(x) => drop(side.guesses.insert(phase, x)),
                    Command::Board(text) => side.board = text,
                    Command::Notes { was, text } => side.board = merged(&was, &side.board, &text).unwrap_or(text),
                    Command::Ask => side.asks.push((phase, week)),
                    Command::Say(yes) => place.table.answer(Order::Say(yes), By::People),
                    _ => {}
                }
                self.drive(seat.table, false);
            }
        }
    }

    /// Plays a table on as far as decisions allow; at the bell nothing is waited for.
    fn drive(&mut self, t: usize, bell: bool) {
        let PhaseKind::Play { until } = self.phase(t).kind else { return };
        if self.tables[t].done || self.closed {
            return;
        }
        if self.paused(t) && !bell {
            let place = &mut self.tables[t];
            if place.playing && place.table.question().is_none() {
                place.table.play(until); // a card of the teacher's began the week anew: its question is put again
            }
            return;
        }
        let people = [0, 1].map(|p| self.pen(t, p).is_some());
        if !self.tables[t].playing {
            let stand = [0, 1].map(|p| !people[p] || self.tables[t].sides[p].ready);
            if !(people[0] || people[1]) || !(stand[0] && stand[1]) {
                return;
            }
            self.tables[t].playing = true;
        }
        loop {
            let holds = [0, 1].map(|p| self.pen(t, p).is_some());
            let homes = [0, 1].map(|p| self.human(t, p, Role::Leader));
            self.tables[t].table.seat(holds, homes);
            match self.tables[t].table.play(until) {
                Stop::Asked(question) => match self.decide(t, &question, bell) {
                    Some((order, by)) => self.tables[t].table.answer(order, by),
                    None => return,
                },
                stop => {
                    let place = &mut self.tables[t];
                    place.over = stop == Stop::Over || place.table.round() < until;
                    (place.done, place.playing) = (true, false);
                    return;
                }
            }
        }
    }

    /// The decision on a question, where one stands: a person's, a draft's, or the engine's for an empty seat.
    fn decide(&mut self, t: usize, question: &Question, bell: bool) -> Option<(Order, By)> {
        let (party, ask) = (question.at.party, question.at.ask);
        let person = self.answers(t, party, ask).is_some();
        let place = &mut self.tables[t];
        let phase = place.phase;
        let side = &mut place.sides[party];
        match ask {
            Ask::Move if person && side.acted.is_some() => Some((Order::Wait, By::Rest)),
            Ask::Move if !person => Some((Order::Engine, By::Engine)),
            Ask::Move => {
                let by = if !bell {
                    By::People
                } else if side.stance == Stance::Quiet {
                    By::Bell
                } else {
                    By::Draft
                };
                side.acted = Some(by);
                side.stances.push((phase, side.stance));
                let order = match side.stance {
                    Stance::Quiet => Order::Wait,
                    Stance::Praise => Order::Praise,
                    Stance::Threaten => Order::Threaten,
                    Stance::Tighten(l) => Order::Tighten(l, 1.0),
                    Stance::Ease(l) => Order::Ease(l, 1.0),
                };
                Some((order, by))
            }
            _ if !person => Some((Order::Engine, By::Engine)),
            Ask::Offer(_) if side.ready || (bell && !side.draft.is_empty()) => {
                let by = if side.ready { By::People } else { By::Draft };
                side.ready = false;
                let About::Turn(rooms) = &question.about else { return None };
                let fit = within(rooms, &side.draft);
                if fit != side.draft {
                    if !bell {
                        return None; // it goes further than this meeting can: its people see it cut, and say so again
                    }
                    side.draft = fit;
                }
                Some((Order::Package(side.draft.iter().map(|(l, x)| (*l, *x)).collect()), by))
            }
            _ if bell => Some((Order::Engine, By::Bell)),
            _ => {
                side.ready = false;
                None
            }
        }
    }

    /// Everything that outlives a restart, to be compared bit by bit.
    #[cfg(test)]
    pub fn digest(&self) -> Value {
        let tables = self.tables.iter().map(|p| {
            let sides = p.sides.each_ref().map(|s| {
                json!({"draft": s.draft, "ready": s.ready, "board": s.board,
                "stances": s.stances, "guesses": s.guesses, "asks": s.asks, "agreed": s.agreed, "acted": s.acted, "stance": s.stance})
            });
            json!({"state": p.table.state(), "filed": p.table.filed, "pushes": p.table.pushes, "phase": p.phase,
                "clock": p.clock, "sides": sides, "playing": p.playing, "done": p.done, "over": p.over,
                "question": format!("{:?}", p.table.question()), "notes": format!("{:?}", p.table.book())})
        });
        json!({"seed": self.seed, "code": self.code, "session": self.session, "keys": self.keys,
            "entrance": self.entrance, "people": self.people, "tables": tables.collect::<Vec<_>>(), "headlines": self.headlines,
            "messages": self.messages, "said_at": self.said_at, "revealed": self.revealed, "shown": self.shown})
    }
}
