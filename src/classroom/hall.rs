//! The class as it runs: log, state and presence behind one lock; who watches is told after each command.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};
use std::time::Instant;

use super::command::{Command, Entry, Who};
use super::debrief::{self, Looked};
use super::ended;
use super::file;
use super::fold::{self, Fold};
use super::forecast::{Forecast, Outlook};
use super::found::Found;
use super::lesson::Ready;
use super::log::Log;
use super::seats::PEOPLE_MAX;
use super::state::State;
use super::study::Cloud;
use super::tempo::Tempo;
use crate::error::Error;
use crate::web::limits::Buckets;
use crate::web::pulse::{Lags, Pulse, Reader};
use crate::web::secrets;
use crate::web::streams::{Open, Watching, Written};
use crate::world::state::State as Game;

/// Streams one person may hold open.
pub const STREAMS_MAX: usize = 4;
/// Streams of walls that have the wall's link.
pub const WALLS_MAX: usize = 16;
/// Streams of the teacher.
pub const CONSOLES_MAX: usize = 8;
/// Streams of strangers who look at the wall: from one address, and from all.
pub const STRANGERS_MAX: (usize, usize) = (4, 32);
/// Files that a full class may hold open: streams, as many connections again for forms, and some to come and go.
pub const FILES: u64 = (3 * PEOPLE_MAX * STREAMS_MAX + WALLS_MAX + CONSOLES_MAX + STRANGERS_MAX.1 + 400) as u64;
/// The most times as fast as the wall that a rehearsal's clocks run.
pub const PACE_MAX: u64 = 600;
/// What somebody reads whose command could not be written down.
const UNSAVED: &str = "the class cannot be saved";

/// Who follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Follower {
    /// A person who joined.
    Person(usize),
    /// A wall that has the wall's link.
    Wall,
    /// The teacher.
    Teacher,
    /// Anybody else who looks at the wall, by address.
    Stranger(IpAddr),
}

/// Where the time comes from (ms since 1970).
pub type Now = Arc<dyn Fn() -> u64 + Send + Sync>;

/// A person's browsers.
#[derive(Debug, Clone, Copy, Default)]
pub struct Seen {
    /// Whether there was ever one: without scripts there is none.
    pub streamed: bool,
    /// When anything was last heard.
    pub at: u64,
}

/// What stands behind the lock.
pub struct Inner {
    /// The fold of the log.
    pub state: State,
    log: Log,
    entries: Vec<Entry>,
    /// Who was heard from.
    pub seen: BTreeMap<usize, Seen>,
    /// How often each may still ask.
    pub buckets: Buckets,
    /// Why the log cannot be written, while it cannot.
    trouble: Option<String>,
    /// The command whose undoing was warned of, and in which weeks the tables were.
    warned: Option<(u64, Vec<u32>)>,
    /// What the teacher's last command answered; shown once.
    pub said: Option<String>,
    /// Why nothing is played on, where another model of the program played the class.
    pub closed: Option<String>,
    wiped: bool,
    /// For how long each table was idle when the console was last told.
    idle: Vec<Option<u64>>,
}

/// What a class is opened with.
pub struct Opening {
    /// The lesson.
    pub ready: Arc<Ready>,
    /// Its log, new or old.
    pub log: Log,
    /// The log's file, to be removed with everything.
    pub file: Option<String>,
    /// Where the time comes from.
    pub now: Now,
    /// Hosts that are answered for.
    pub hosts: Vec<String>,
    /// The address that phones are given.
    pub address: String,
    /// Joins that one address may make at once.
    pub joins: f64,
    /// A proxy on this computer stands before it and says who asks.
    pub proxied: bool,
    /// The clock of a rehearsal, whose pace can be set; a class runs as the wall does.
    pub tempo: Option<Arc<Tempo>>,
}

/// A class that runs.
pub struct Hall {
    inner: Mutex<Inner>,
    now: Now,
    changed: Arc<Pulse>,
    tables: Vec<Arc<Pulse>>,
    /// The batch that tables are set against; filled in the background.
    pub cloud: OnceLock<Cloud>,
    /// Hosts that are answered for.
    pub hosts: Vec<String>,
    /// The address that phones are given.
    pub address: String,
    /// Joins that one address may make at once.
    pub joins: f64,
    /// A proxy on this computer stands before it and says who asks.
    pub proxied: bool,
    /// Who follows.
    pub watching: Arc<Watching<Follower>>,
    /// One undo is worked out at a time.
    undoing: Mutex<()>,
    file: Option<String>,
    tempo: Option<Arc<Tempo>>,
    lags: Mutex<Vec<u32>>,
    /// The debrief as it was last computed, and for what.
    debrief: Mutex<Option<(String, Arc<Looked>)>>,
    /// The engine's answers to each delegation, with the states they are of.
    answers: Mutex<BTreeMap<(usize, usize), Vec<(Game, Outlook)>>>,
}

impl Hall {
    /// Opens a class or goes on with the one in the log. The secret of its teacher is given back, once.
    pub fn open(opening: Opening) -> Result<(Hall, String), Error> {
        let Opening { ready, mut log, file, now, hosts, address, joins, proxied, tempo } = opening;
        let at = now();
        let mut found = Found::of(&ready, &log)?;
        let secret = found.begun(&mut log, &ready.hash, at)?;
        let Found { state, entries, closed } = found;
        let tables = state.tables.len();
        let seen = (0..state.people.len()).map(|i| (i, Seen { streamed: false, at })).collect();
        let inner = Inner {
            state,
            log,
            entries,
            seen,
            buckets: Buckets::default(),
            trouble: None,
            warned: None,
            said: closed.clone().map(|why| format!("Read only: {why}.")),
            closed,
            wiped: false,
            idle: vec![None; tables],
        };
        let hall = Hall {
            inner: Mutex::new(inner),
            now,
            changed: Arc::default(),
            tables: (0..tables).map(|_| Arc::default()).collect(),
            cloud: OnceLock::new(),
            hosts,
            address,
            joins,
            proxied,
            watching: Arc::default(),
            undoing: Mutex::new(()),
            file,
            tempo,
            lags: Mutex::new(vec![]),
            debrief: Mutex::new(None),
            answers: Mutex::new(BTreeMap::new()),
        };
        Ok((hall, secret))
    }

    /// The time.
    pub fn now(&self) -> u64 {
        (self.now)()
    }

    /// The class, locked.
    pub fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// Notes how long after its commit an update was written.
    fn lag(&self, since: Instant) {
        let mut lags = self.lags.lock().unwrap_or_else(|e| e.into_inner());
        if lags.len() < 200_000 {
            lags.push(since.elapsed().as_micros().min(u128::from(u32::MAX)) as u32);
        }
    }

    /// What notes of each update how long it took.
    pub fn written(self: &Arc<Self>) -> Written {
        let hall = self.clone();
        Arc::new(move |since| hall.lag(since))
    }

    /// How long updates took so far, from commit to write.
    pub fn lags(&self) -> Lags {
        Lags::of(self.lags.lock().unwrap_or_else(|e| e.into_inner()).clone())
    }

    /// How many times as fast as the wall its clocks run.
    pub fn pace(&self) -> u64 {
        self.tempo.as_ref().map_or(1, |tempo| tempo.pace())
    }

    /// Whether it is a rehearsal: its pace can be set.
    pub fn rehearses(&self) -> bool {
        self.tempo.is_some()
    }

    /// The clocks of a rehearsal run so many times as fast as the wall from now on.
    pub fn set_pace(&self, pace: u64) -> Result<(), Error> {
        let Some(tempo) = self.tempo.as_ref().filter(|_| (1..=PACE_MAX).contains(&pace)) else {
            return Err(Error::refused(format!(
                "the pace of a rehearsal is from 1 to {PACE_MAX}, and a class has none"
            )));
        };
        tempo.set(pace);
        let version = self.lock().state.version;
        self.tell(instant(), version, None);
        Ok(())
    }

    /// What a delegation can know at the start of each week, to the week `until`, counted from 0. Weeks that were
    /// worked out before are not worked out again; the class goes on meanwhile.
    pub fn forecast(&self, table: usize, party: usize, until: u32) -> Forecast {
        let mut known = self.answers.lock().unwrap_or_else(|e| e.into_inner());
        let mut inner = self.lock();
        let ready = inner.state.ready.clone();
        let name = ready.setup.parties[party].name.clone();
        let Some(place) = inner.state.tables.get_mut(table) else { return Forecast::new(name, &[]) };
        let mut states = place.table.states.clone();
        states.push(place.table.state().clone());
        let key = place.table.key();
        drop(inner);
        states.retain(|state| state.round <= until);
        let list = known.entry((table, party)).or_default();
        let same = list.iter().zip(&states).take_while(|((state, _), now)| state == *now).count();
        list.truncate(same);
        for state in states.into_iter().skip(same) {
            let answer = Outlook::at(&ready.setup, key, party, &state).unwrap_or_default();
            list.push((state, answer));
        }
        Forecast::new(name, &list.iter().map(|(_, answer)| answer.clone()).collect::<Vec<_>>())
    }

    /// Told whenever anything changed.
    pub fn watch(&self) -> Reader {
        Reader::of(&self.changed)
    }

    /// Told whenever a table changed.
    pub fn watch_table(&self, table: usize) -> Reader {
        self.tables.get(table).map_or_else(|| self.watch(), Reader::of)
    }

    /// Checks a command, writes it down, applies it and tells who watches.
    pub fn submit(&self, who: Who, command: Command) -> Result<(), Error> {
        let mut inner = self.lock();
        let done = inner.submit(self.now(), who, command);
        let version = inner.state.version;
        let table = match who {
            Who::Person(i) => inner.state.people.get(i).and_then(|p| p.seat).map(|s| s.table),
            _ => None,
        };
        drop(inner);
        let since = done?;
        self.tell(since, version, table);
        Ok(())
    }

    /// Takes back the teacher's last command, which was this one where a number is given. Where that takes a table back to
    /// a week that it has left, it is done only when it is asked for a second time. The class goes on while it is worked
    /// out what it comes back to.
    pub fn undo(&self, number: Option<u64>) -> Result<String, Error> {
        let _one = self.undoing.lock().unwrap_or_else(|e| e.into_inner());
        let meanwhile = || Error::refused("another command was given meanwhile: look at what would be undone now");
        let inner = self.lock();
        if let Some(why) = &inner.closed {
            return Err(Error::refused(why.clone()));
        }
        let Some(last) = inner.undoable().cloned() else { return Err(Error::refused("there is nothing to undo")) };
        if number.is_some_and(|n| n != last.number) {
            return Err(meanwhile());
        }
        let (ready, known) = (inner.state.ready.clone(), inner.entries.clone());
        drop(inner);
        let mut undone = fold::undone(&known);
        undone.insert(last.number);
        let mut fold = Fold::new(ready, undone);
        known.iter().try_for_each(|entry| fold.take(entry))?;
        let mut inner = self.lock();
        // What was done since is little.
        inner.entries[known.len().min(inner.entries.len())..].iter().try_for_each(|entry| fold.take(entry))?;
        if inner.undoable().map(|e| e.number) != Some(last.number) {
            return Err(meanwhile());
        }
        let at = self.now();
        let command = Command::Undo(last.number);
        fold.take(&Entry { number: inner.state.version + 1, at, who: Who::Teacher, command: command.clone() })?;
        let weeks = |state: &State| state.tables.iter().map(|p| p.table.round()).collect::<Vec<_>>();
        let (before, after) = (weeks(&inner.state), weeks(&fold.state));
        let back: Vec<String> = (0..before.len())
            .filter(|t| after[*t] < before[*t])
            .map(|t| format!("table {} from week {} to week {}", t + 1, before[t] + 1, after[t] + 1))
            .collect();
        let warning = Some((last.number, before));
        if !back.is_empty() && inner.warned != warning {
            inner.warned = warning;
            let back = back.join(", ");
            return Err(Error::refused(format!(
                "that would take {back}, and what was decided in between is lost; undo once more to do it all the same"
            )));
        }
        let since = inner.submit(at, Who::Teacher, command)?;
        inner.state = fold.state;
        inner.keep(true);
        inner.warned = None;
        let version = inner.state.version;
        drop(inner);
        self.tell(since, version, None);
        Ok(last.command.words().into())
    }

    /// All that the debrief shows; worked out once for a state of the tables, while the class goes on.
    pub fn look_back(&self) -> Arc<Looked> {
        let mut last = self.debrief.lock().unwrap_or_else(|e| e.into_inner());
        let mut inner = self.lock();
        let ready = inner.state.ready.clone();
        let tables = ended::gather(&mut inner.state);
        drop(inner);
        let key = debrief::key(&tables, self.cloud.get());
        match last.as_ref().filter(|(k, _)| *k == key) {
            Some((_, looked)) => looked.clone(),
            None => {
                let told = tables.into_iter().filter_map(|table| table.told(&ready.setup).ok()).collect::<Vec<_>>();
                let looked = Arc::new(Looked::at(ready, &told, self.cloud.get()));
                *last = Some((key, looked.clone()));
                looked
            }
        }
    }

    /// Why the log cannot be written, while it cannot.
    pub fn trouble(&self) -> Option<String> {
        self.lock().trouble.clone()
    }

    /// The secret in the link of the wall: it shows the join code and nothing else, and is the same after a restart.
    pub fn wall_key(&self) -> String {
        let inner = self.lock();
        let State { seed, session, code, .. } = &inner.state;
        secrets::hash(&format!("wall {seed} {session} {code}"))[..24].to_string()
    }

    fn tell(&self, since: Instant, version: u64, table: Option<usize>) {
        for (t, pulse) in self.tables.iter().enumerate() {
            if table.is_none_or(|x| x == t) {
                pulse.beat(version, since);
            }
        }
        self.changed.beat(version, since);
    }

    /// What is due: bells, lost seats, the server's pulse. Why the log cannot be written, while it cannot: bells wait.
    pub fn tick(&self) -> Option<String> {
        let now = self.now();
        let mut inner = self.lock();
        if inner.closed.is_some() {
            return None;
        }
        if let Err(why) = inner.log.beat(now) {
            inner.trouble = Some(why.to_string());
        }
        for i in 0..inner.state.people.len() {
            inner.seen.entry(i).or_insert(Seen { at: now, ..Seen::default() });
        }
        let state = &inner.state;
        let grace = 1000 * state.ready.lesson.classroom.grace_seconds * self.pace();
        let mut due = vec![];
        for (t, place) in state.tables.iter().enumerate().filter(|(_, p)| p.clock.due(now)) {
            due.push(Command::Bell { table: t, phase: place.phase });
        }
        for (i, person) in state.people.iter().enumerate().filter(|(_, p)| !p.lost && p.seat.is_some()) {
            let seen = inner.seen.get(&i).copied().unwrap_or_default();
            // With scripts a page says every few seconds that it is there: an open stream alone may belong to a phone
            // that is gone. Without scripts a quiet reader is not a lost one.
            let grace = if seen.streamed { grace } else { 5 * grace };
            if person.plays() && now.saturating_sub(seen.at) > grace {
                due.push(Command::Lost(i));
            }
        }
        // Nobody's command tells the console that nobody does anything.
        let idle: Vec<Option<u64>> = (0..state.tables.len()).map(|t| state.idle(t, now)).collect();
        let version = state.version;
        if inner.idle != idle {
            inner.idle = idle;
            self.changed.beat(version, instant());
        }
        drop(inner);
        for command in due {
            // What cannot be written is told below; a bell that somebody rang meanwhile need not ring twice.
            let _ = self.submit(Who::Server, command);
        }
        self.trouble()
    }

    /// Something was heard from a person.
    pub fn heard(&self, person: usize) {
        let now = self.now();
        let mut inner = self.lock();
        let seen = inner.seen.entry(person).or_default();
        seen.at = now;
        let lost = inner.state.people.get(person).is_some_and(|p| p.lost);
        drop(inner);
        if lost {
            let _ = self.submit(Who::Server, Command::Back(person));
        }
    }

    /// A person's page opens a stream.
    pub fn follow_person(&self, person: usize) -> Open<Follower> {
        self.heard(person);
        self.lock().seen.entry(person).or_default().streamed = true;
        self.watching.open(Follower::Person(person), STREAMS_MAX)
    }

    /// A person's stream ends.
    pub fn left(&self, person: usize) {
        let now = self.now();
        self.lock().seen.entry(person).or_default().at = now;
    }

    /// Forgets everything and removes the file.
    pub fn wipe(&self) -> Result<(), Error> {
        let mut inner = self.lock();
        inner.log.wipe()?;
        inner.wiped = true;
        inner.entries.clear();
        let ready = inner.state.ready.clone();
        inner.state = State::new(ready);
        drop(inner);
        if let Some(path) = &self.file {
            file::remove(path);
        }
        self.tell(instant(), u64::MAX, None);
        Ok(())
    }
}

#[allow(clippy::disallowed_methods)] // how fast updates are written; it reaches no game
fn instant() -> Instant {
    Instant::now()
}

impl Inner {
    fn submit(&mut self, now: u64, who: Who, command: Command) -> Result<Instant, Error> {
        if self.wiped {
            return Err(Error::refused("this class was wiped"));
        }
        if let Some(why) = self.closed.as_ref().filter(|_| !matches!(command, Command::Reveal | Command::Show(_))) {
            return Err(Error::refused(why.clone()));
        }
        self.state.check(who, &command)?;
        if self.closed.is_some() {
            // To look back the truth may be shown; it is not written down.
            self.state.apply(&Entry { number: self.state.version + 1, at: now, who, command });
            return Ok(instant());
        }
        let undo = matches!(command, Command::Undo(_));
        let entry = match self.log.append(now, who, command) {
            Ok(entry) => entry,
            Err(why) => {
                let why = why.to_string();
                let told = if who == Who::Teacher { why.as_str() } else { "tell your teacher" };
                let told = Error::file(format!("{UNSAVED}: {told}"));
                self.trouble = Some(why);
                return Err(told);
            }
        };
        self.trouble = None;
        let since = instant();
        self.state.apply(&entry);
        self.entries.push(entry);
        if !undo {
            self.keep(false);
        }
        Ok(since)
    }

    /// Keeps what was played since. What fails is tried again after the next command: the log itself is written.
    fn keep(&mut self, anew: bool) {
        if let Err(why) = self.log.keep(&self.state, anew) {
            self.trouble = Some(why.to_string());
        }
    }

    /// The teacher's last command that can still be taken back.
    pub fn undoable(&self) -> Option<&Entry> {
        let undone: Vec<u64> =
            self.entries.iter().filter_map(|e| if let Command::Undo(n) = e.command { Some(n) } else { None }).collect();
        let can = |e: &&Entry| e.who == Who::Teacher && e.command.can_be_undone() && !undone.contains(&e.number);
        self.entries.iter().rev().find(can)
    }

    /// The log, for export.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }
}
