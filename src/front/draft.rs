//! A scenario being put together: where it comes from, what is changed in it, who plays by which strategy.

use std::fmt::{self, Display};
use std::path::Path;
use std::sync::Arc;

use ron::ser::{PrettyConfig, to_string_pretty};

use crate::disk;
use crate::error::Error;
use crate::ready::{self, Any, Ready, Said};
#[cfg(feature = "cli")]
use crate::scenario::load::TYPED;
use crate::scenario::load::{Sets, Studied};
use crate::scenario::rules::Scenario;
use crate::scenario::strategy_file::Seating;

/// A door to files: the text of a file by its name, or why it cannot be had.
type Door = dyn Fn(&str) -> Result<String, Error> + Send + Sync;

/// A scenario that is not checked yet. Only [`ready`](Draft::ready) makes of it what can be played.
#[derive(Clone)]
pub struct Draft {
    name: String,
    given: String,
    open: Arc<Door>,
    seats: Vec<Seating>,
    sets: Vec<String>,
    said: &'static str,
}

impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Draft { name, seats, sets, .. } = self;
        f.debug_struct("Draft").field("name", name).field("seats", seats).field("sets", sets).finish_non_exhaustive()
    }
}

impl Draft {
    /// A scenario file on disk, or one that is part of the crate, by its name: `stockholm-2025`. Nothing is read yet.
    pub fn open(path: impl AsRef<Path>) -> Draft {
        let given = path.as_ref().to_string_lossy();
        Draft { given: given.to_string(), ..Draft::through(disk::with_shelf(&given), disk::open) }
    }

    /// A file of any kind of store: `open` is handed the file's name, then the names of those that it extends.
    pub fn through(
        name: impl Into<String>,
        open: impl Fn(&str) -> Result<String, Error> + Send + Sync + 'static,
    ) -> Draft {
        let name = name.into();
        Draft { given: name.clone(), name, open: Arc::new(open), seats: vec![], sets: vec![], said: "change" }
    }

    /// A scenario written as text, which extends no file; for one that does, see [`through`](Draft::through).
    pub fn text(text: impl Into<String>) -> Draft {
        let text = text.into();
        let open = move |asked: &str| match asked {
            TEXT => Ok(text.clone()),
            other => {
                let text = format!("`{other}` cannot be had: this scenario is a text and has no files beside it");
                Err(Error::file(text))
            }
        };
        Draft::through(TEXT, open)
    }

    /// A scenario built in code.
    pub fn of(scenario: &Scenario) -> Draft {
        let written = to_string_pretty(scenario, PrettyConfig::new().compact_arrays(true)).map_err(Error::ours);
        Draft::through(CODE, move |_| written.clone())
    }

    /// Changes a field before the game. The path is the one that `summitry fields` lists; the value is written as in a
    /// file: `0.96`, `["spoilers"]`, `Uniform(low: 0, high: 1)`. What is wrong with it, [`ready`](Draft::ready) says.
    pub fn set(mut self, path: &str, value: impl Display) -> Draft {
        self.sets.push(format!("{path}={value}"));
        self
    }

    /// Changes fields as `--set PATH=VALUE` does, in order.
    pub fn sets(mut self, sets: impl IntoIterator<Item = impl Into<String>>) -> Draft {
        self.sets.extend(sets.into_iter().map(Into::into));
        self
    }

    /// Changes fields as typed on a command line.
    #[cfg(feature = "cli")]
    pub(crate) fn typed(self, sets: &[String]) -> Draft {
        Draft { said: TYPED, ..self.sets(sets) }
    }

    fn changes(&self) -> Sets<'_> {
        Sets { list: &self.sets, said: self.said }
    }

    /// Lets a party play by another strategy: one known by name, or in a file of its own.
    pub fn seat(mut self, party: &str, strategy: &str) -> Draft {
        self.seats.push(Seating { party: party.to_owned(), plays: strategy.to_owned() });
        self
    }

    /// Reads, checks and prepares it; every problem is told at once.
    pub fn ready(&self) -> Result<Ready, Error> {
        Ok(self.told(ready::world(&self.name, &*self.open, &self.seats, self.changes())?))
    }

    /// The same where it may be bargaining on its own, and with the paths that it names for a study.
    pub(crate) fn any(&self, studied: Studied) -> Result<Any, Error> {
        Ok(match ready::any(&self.name, &*self.open, &self.seats, self.changes(), studied)? {
            Any::World(ready) => Any::World(Box::new(self.told(*ready))),
            alone => alone,
        })
    }

    /// The scenario with the paths that it names for a study; bargaining on its own is refused.
    pub(crate) fn studied(&self, studied: Studied) -> Result<Ready, Error> {
        match self.any(studied)? {
            Any::World(ready) => Ok(*ready),
            Any::Bargaining(_) => self.ready(), // which refuses it
        }
    }

    /// The same, which says how it was named and what was changed in it.
    fn told(&self, ready: Ready) -> Ready {
        let (scenario, sets) = self.said();
        Ready { said: Said { scenario, sets }, ..ready }
    }

    /// How it was named, and what was changed in it.
    pub(super) fn said(&self) -> (String, Vec<String>) {
        let seats = self.seats.iter().map(|seat| format!("parties.{}.strategy={}", seat.party, seat.plays));
        (self.given.clone(), seats.chain(self.sets.iter().cloned()).collect())
    }
}

const TEXT: &str = "a text";
const CODE: &str = "a scenario in code";
