//! The log folded into a state, entry by entry, without what was taken back.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::command::{Command, Entry};
use super::countdown::Countdown;
use super::lesson::Ready;
use super::state::State;
use crate::error::Error;

/// The numbers of the commands that were taken back.
pub fn undone(entries: &[Entry]) -> BTreeSet<u64> {
    entries.iter().filter_map(|e| if let Command::Undo(n) = e.command { Some(n) } else { None }).collect()
}

/// The state after all of them.
pub fn replay(ready: Arc<Ready>, entries: &[Entry]) -> Result<State, Error> {
    let mut fold = Fold::new(ready, undone(entries));
    entries.iter().try_for_each(|entry| fold.take(entry))?;
    Ok(fold.state)
}

/// A state on its way through a log. Where the clocks were stopped or a phase was ended by mistake, they have after the
/// undo what they had before.
pub struct Fold {
    /// As far as it has come.
    pub state: State,
    undone: BTreeSet<u64>,
    /// What was taken back, with the clocks as they were before it.
    had: BTreeMap<u64, (Command, Vec<Countdown>)>,
}

impl Fold {
    /// From the beginning; the commands of these numbers are left out.
    pub fn new(ready: Arc<Ready>, undone: BTreeSet<u64>) -> Fold {
        Fold { state: State::new(ready), undone, had: BTreeMap::new() }
    }

    /// Takes the next entry.
    pub fn take(&mut self, entry: &Entry) -> Result<(), Error> {
        let state = &mut self.state;
        if self.undone.contains(&entry.number) {
            let clocks = state.tables.iter().map(|place| place.clock.since(entry.at)).collect();
            self.had.insert(entry.number, (entry.command.clone(), clocks));
            return Ok(());
        }
        if let Command::Open { hash, .. } = &entry.command
            && *hash != state.ready.hash
        {
            return Err(Error::unfit(
                "this class was opened with another lesson or scenario: use the same file, or a new --db",
            ));
        }
        state.apply(entry);
        if let Command::Undo(n) = entry.command
            && let Some((Command::Pause(t) | Command::Advance(t), clocks)) = self.had.get(&n)
        {
            state.scope(*t).for_each(|t| state.tables[t].clock = clocks[t].shifted(entry.at));
        }
        Ok(())
    }
}
