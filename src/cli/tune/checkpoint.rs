//! A search that was cut off goes on where it was: its state in a file, replaced whole from time to time.

use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::batch::sealed::{is_whole, sealed};
use crate::cli::failure::Failure;
use crate::disk;
use crate::model::MODEL;
use crate::notation::wording::count;
use crate::studies::tune::search::State;

/// At least so long lies between two writes.
const PAUSE: Duration = Duration::from_millis(300);

/// A file with the state of a search.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Checkpoint {
    schema: String,
    /// The number of the model that played.
    model: u32,
    /// The version of the program.
    version: String,
    /// Names the scenario.
    scenario: String,
    /// All else that decides what a search does, but its seed.
    search: String,
    /// The seed.
    pub seed: u64,
    /// Where the search is.
    pub state: State,
    /// The fingerprint of all this with an empty digest: what was changed by another hand is not gone on from.
    digest: String,
}

const SCHEMA: &str = "summitry.tune.checkpoint/3";

const FORMAT: &str = "summitry.tune.checkpoint/";

/// What every checkpoint says of itself, whatever else is in it.
#[derive(Deserialize)]
struct Says {
    schema: String,
    #[serde(default)]
    model: Option<u32>,
    version: String,
}

/// What decides what a search does, but its seed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Names the scenario.
    pub scenario: String,
    /// The paths and what is sought.
    pub sought: String,
    /// How many games of a candidate, and how many candidates.
    pub budget: String,
    /// Who is played against.
    pub seats: String,
}

impl Named {
    /// All but the scenario, as a checkpoint has it.
    fn search(&self) -> String {
        format!("{}{}{}", self.sought, self.budget, self.seats)
    }

    /// What differs in another search than this.
    fn unlike(&self, other: &str) -> String {
        let budget = other.strip_prefix(&self.sought).and_then(|rest| rest.strip_suffix(&self.seats));
        let told = |budget: &str| {
            let (games, tries) = budget.split_once(' ')?;
            let number = |text: &str| text.parse().ok();
            Some(format!("{} of {}", count(number(tries)?, "candidate"), count(number(games)?, "game")))
        };
        match (budget.and_then(told), told(&self.budget)) {
            (Some(theirs), Some(ours)) => format!("another budget: it is of {theirs}, and this is of {ours}"),
            _ => "other paths, another objective or other opponents".into(),
        }
    }
}

/// The checkpoint at a path, where there is one.
pub fn read(path: &str) -> Result<Option<Checkpoint>, Failure> {
    if !disk::is_there(path) {
        return Ok(None);
    }
    let wrong = |text: String| Failure::wrong(text);
    let text = disk::text(path, disk::CHECKPOINT)?;
    let other = |why: &str| {
        wrong(format!("`{path}` is not a checkpoint of this program: {why}\n  name another file, or take it away"))
    };
    let says: Says = serde_json::from_str(&text).map_err(|e| other(&e.to_string()))?;
    if says.schema.starts_with(FORMAT) && (says.schema != SCHEMA || says.model != Some(MODEL)) {
        let other = says.model.filter(|model| says.schema == SCHEMA && *model != MODEL);
        let theirs = other.map_or(says.schema, |model| format!("model {model}"));
        let ours = if other.is_some() { format!("model {MODEL}") } else { SCHEMA.to_owned() };
        return Err(wrong(format!(
            "`{path}` is of {theirs}, and this program plays {ours}: its games would be others\n  version {} goes on \
             from it; here name another file, or take it away",
            says.version
        )));
    }
    if says.schema != SCHEMA {
        return Err(other(&format!("it is {}", says.schema)));
    }
    let found: Checkpoint = serde_json::from_str(&text).map_err(|e| other(&e.to_string()))?;
    if !is_whole(&text) {
        let help = "take it away to begin anew, or name another file";
        return Err(wrong(format!("the checkpoint `{path}` was changed after it was written\n  {help}")));
    }
    Ok(Some(found))
}

impl Checkpoint {
    /// Refuses to go on with another search than this, and says what differs.
    pub fn is_of(&self, path: &str, search: &Named, seed: u64) -> Result<(), Failure> {
        let mut why = vec![];
        if self.scenario != search.scenario {
            why.push(format!("another scenario: it is of {}, and this is {}", self.scenario, search.scenario));
        }
        if self.search != search.search() {
            why.push(search.unlike(&self.search));
        }
        if self.seed != seed {
            why.push(format!("another seed: it is of {}, and this is {seed}", self.seed));
        }
        if why.is_empty() {
            return Ok(());
        }
        let help = "name another file, or ask for the same search";
        let why = why.join("; ");
        Err(Failure::Wrong(format!("error: `{path}` is the checkpoint of another search ({why})\n  {help}")))
    }
}

/// Writes states down.
pub struct Keeper {
    path: Option<String>,
    search: Named,
    seed: u64,
    last: Option<Instant>,
    failed: Option<Failure>,
}

impl Keeper {
    /// Of a search, to a file, if any; the state before the search is written, so that a file that cannot be written is
    /// refused at once.
    pub fn new(path: Option<String>, search: Named, seed: u64, state: &State) -> Result<Keeper, Failure> {
        let mut keeper = Keeper { path, search, seed, last: None, failed: None };
        keeper.write(state);
        keeper.failed.take().map_or(Ok(keeper), Err)
    }

    /// Writes a state down, unless another was written just now.
    #[allow(clippy::disallowed_methods)] // a clock says how often to write, never what
    pub fn see(&mut self, state: &State) {
        if self.path.is_some() && self.last.is_none_or(|last| last.elapsed() >= PAUSE) {
            self.write(state);
            self.last = Some(Instant::now());
        }
    }

    /// Writes the last state down; why that failed, if it did.
    pub fn end(mut self, state: &State) -> Result<(), Failure> {
        self.write(state);
        self.failed.map_or(Ok(()), Err)
    }

    fn write(&mut self, state: &State) {
        let Some(path) = &self.path else { return };
        let (schema, version) = (SCHEMA.into(), env!("CARGO_PKG_VERSION").into());
        let (scenario, search) = (self.search.scenario.clone(), self.search.search());
        let (seed, state, digest) = (self.seed, state.clone(), String::new());
        let whole = Checkpoint { schema, model: MODEL, version, scenario, search, seed, state, digest };
        self.failed = sealed(&whole).and_then(|text| disk::replace(path, &text)).map_err(Failure::from).err();
    }
}
