//! A class as it is found when its file is opened: nothing yet, a class to go on with, or one of another model to look
//! back on; and what the server says first.

use std::sync::Arc;

use super::command::{Command, Entry, Who};
use super::fold;
use super::kept;
use super::lesson::Ready;
use super::log::{About, Log};
use super::state::State;
use super::study;
use crate::error::Error;
use crate::web::secrets;
use crate::world::dice::Key;

/// A class, its log beside it.
pub struct Found {
    /// The fold of the log.
    pub state: State,
    /// What the log holds.
    pub entries: Vec<Entry>,
    /// Why nothing is played on, where another model of the program played the class.
    pub closed: Option<String>,
}

impl Found {
    /// What a log holds; a new one is told what it will be of.
    pub fn of(ready: &Arc<Ready>, log: &Log) -> Result<Found, Error> {
        let entries = log.entries()?;
        if let Some(missing) = (1..).zip(&entries).find(|(n, entry)| entry.number != *n).map(|(n, _)| n) {
            return Err(Error::file(format!(
                "the class's file has lost command {missing}: what came after cannot be replayed; take a copy that is whole"
            )));
        }
        let here = About::here(ready);
        let closed = match log.about()? {
            Some(about) => about.fits(&here)?,
            None => {
                log.begin(&here)?;
                None
            }
        };
        let state = match &closed {
            None => fold::replay(ready.clone(), &entries)?,
            Some(_) => {
                let weeks = log.weeks(ready.lesson.classroom.tables)?;
                kept::closed(ready.clone(), log.stood()?, &weeks, &entries)?
            }
        };
        Ok(Found { state, entries, closed })
    }

    /// Begins a new class, or goes on with one after the time that the server was away; the secret of its teacher.
    pub fn begun(&mut self, log: &mut Log, hash: &str, at: u64) -> Result<String, Error> {
        let last = self.entries.last().map_or(at, |entry| entry.at);
        let alive = log.last_beat().unwrap_or(last).max(last);
        if self.state.tables.is_empty() && self.closed.is_none() {
            let (seed, code) = (secrets::seed(), secrets::code(5));
            let session = secrets::token()[..8].to_string();
            let games = dealt(&self.state.ready, seed)?;
            self.says(log, at, Command::Open { seed, hash: hash.to_owned(), code, session, games })?;
        } else {
            self.says(log, at, Command::Restarted(at.saturating_sub(alive)))?;
        }
        let secret = secrets::token();
        self.says(log, at, Command::Key(secrets::hash(&secret)))?;
        if self.closed.is_none() {
            log.file_away(&self.state.ready.files)?;
            log.keep(&self.state, true)?;
        }
        Ok(secret)
    }

    /// A command of the server: written down, unless the class is only looked back on.
    fn says(&mut self, log: &mut Log, at: u64, command: Command) -> Result<(), Error> {
        self.state.check(Who::Server, &command)?;
        if self.closed.is_some() {
            let number = self.state.version + 1;
            self.state.apply(&Entry { number, at, who: Who::Server, command });
            return Ok(());
        }
        let entry = log.append(at, Who::Server, command)?;
        self.state.apply(&entry);
        self.entries.push(entry);
        Ok(())
    }
}

/// The game of each table: one for all, or one of its own.
fn dealt(ready: &Ready, seed: u64) -> Result<Vec<u64>, Error> {
    let plan = &ready.lesson.classroom;
    let tables = if plan.same_draw { 1 } else { plan.tables };
    let dealt = study::deal(&ready.setup, Key::of_seed(seed), tables, &[0, 1].map(|p| ready.wants(p)))?;
    let mut games: Vec<u64> = dealt.into_iter().map(|(game, _)| game).collect();
    games.resize(plan.tables, games.first().copied().unwrap_or(0));
    Ok(games)
}
