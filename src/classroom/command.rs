//! What can be asked of a class: one enum. A command is checked, written down, applied, and only then shown.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::seats::Seat;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Who {
    /// The server itself: clocks, presence.
    Server,
    /// The teacher.
    Teacher,
    /// A person who joined.
    Person(usize),
}

/// What a delegation does in public before it talks.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub enum Stance {
    /// Nothing.
    #[default]
    Quiet,
    /// Warm words.
    Praise,
    /// A threat.
    Threaten,
    /// A lever of its own is tightened by one big move.
    Tighten(usize),
    /// A lever of its own is opened by one big move.
    Ease(usize),
}

impl Stance {
    /// How strong it is, 0 to 3.
    pub fn strength(self) -> u32 {
        match self {
            Stance::Quiet => 0,
            Stance::Praise | Stance::Ease(_) => 1,
            Stance::Threaten => 2,
            Stance::Tighten(_) => 3,
        }
    }
}

/// Who may join.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Entrance {
    /// Everybody who has the code.
    #[default]
    Open,
    /// Everybody who has the code, but the teacher lets in each by hand.
    Asks,
    /// Nobody.
    Closed,
}

/// A command.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Command {
    /// The class is opened.
    Open {
        /// The seed of all its tables.
        seed: u64,
        /// Names lesson and scenario.
        hash: String,
        /// The join code.
        code: String,
        /// Names the session in cookies.
        session: String,
        /// The game of the seed that each table is dealt; where there is none, that of the table's number.
        #[serde(default)]
        games: Vec<u64>,
    },
    /// A teacher's secret is accepted, by its hash.
    Key(String),
    /// A new secret of the teacher's, by its hash: all before it are void.
    NewKey(String),
    /// The server came back after so many milliseconds.
    Restarted(u64),
    /// Someone joins.
    Join {
        /// What to call them.
        nick: String,
        /// Hash of the secret in their browser.
        token: String,
        /// They agree to what the lesson asks consent for.
        #[serde(default)]
        consent: bool,
        /// Hash of the once-only number of their form: the same form twice is one person.
        #[serde(default)]
        form: String,
    },
    /// A browser comes back with a re-entry code.
    Reenter {
        /// Whose.
        person: usize,
        /// Hash of the secret in the new browser.
        token: String,
    },
    /// A person leaves: their place is free.
    Leave,
    /// A person is sent away: their place is free.
    Remove(usize),
    /// A person, and everybody who joined after them, is sent away.
    RemoveFrom(usize),
    /// Who may join.
    Door(Entrance),
    /// Nothing was heard from a person for too long.
    Lost(usize),
    /// A lost person is back.
    Back(usize),
    /// The bell rings for a table in a phase.
    Bell {
        /// The table.
        table: usize,
        /// The phase that ends.
        phase: usize,
    },
    /// A delegation's draft: levels by lever, and what it does in public.
    Draft {
        /// Levels by lever.
        levels: BTreeMap<usize, f64>,
        /// What it does in public.
        stance: Stance,
    },
    /// The draft stands: play on, or offer it.
    Ready(bool),
    /// One agrees with the delegation's draft as it is, or does not any more.
    Agree(bool),
    /// Yes or no to the question put.
    Say(bool),
    /// How likely the other side seeks a deal, in percent.
    Guess(u32),
    /// Notes of the delegation's board, whatever they were before.
    Board(String),
    /// Notes of the delegation's board, made of what they were: put together with what others wrote meanwhile.
    Notes {
        /// What they were when one began to write.
        was: String,
        /// What one made of them.
        text: String,
    },
    /// Notes of one's own.
    Note(String),
    /// What surprised one, at the end.
    Surprise(String),
    /// Quiz answers, before or after.
    Quiz {
        /// After, not before.
        after: bool,
        /// An answer to each question.
        answers: Vec<Option<usize>>,
    },
    /// How likely a summit is, in percent.
    Forecast(u32),
    /// What one says about oneself, where the lesson asks.
    About(Vec<Option<usize>>),
    /// The issues that matter most, in secret; the first matters most.
    Rank(Vec<usize>),
    /// What an observer saw: an answer to each prompt.
    Sheet(Vec<String>),
    /// The engine is asked for the odds as they stand, for the delegation alone.
    Ask,
    /// A person is let in, or moved to a seat.
    Admit(usize),
    /// A person takes a seat; where somebody sits there, both hold it: two devices, one delegate.
    Place(usize, Seat),
    /// Two persons change seats.
    Swap(usize, usize),
    /// A person's seat is given to the engine.
    Bench(usize),
    /// A person has their seat back.
    Unbench(usize),
    /// A re-entry code is issued, by its hash.
    Code {
        /// For whom.
        person: usize,
        /// Its hash.
        code: String,
    },
    /// All other browsers of a person are signed out.
    Eject(usize),
    /// What a person wrote is taken off all pages; the log keeps it.
    Clear(usize),
    /// Clocks stop; all tables where none is named.
    Pause(Option<usize>),
    /// Clocks run.
    Run(Option<usize>),
    /// Clocks get more time.
    More(Option<usize>, u64),
    /// The next phase begins.
    Advance(Option<usize>),
    /// A card of the deck is played.
    Event(usize, Option<usize>),
    /// A headline is shown.
    Headline(String, Option<usize>),
    /// A message to all, or to a table.
    Message(String, Option<usize>),
    /// The truth is shown.
    Reveal,
    /// The wall shows a chart of the debrief, counted from 1, or the tables.
    Show(usize),
    /// A command of the teacher is undone, by its number.
    Undo(u64),
}

/// A command as it was written down.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number.
    pub number: u64,
    /// When, in milliseconds since 1970.
    pub at: u64,
    /// Who asked.
    pub who: Who,
    /// What.
    pub command: Command,
}

impl Command {
    /// Whether a teacher can take it back.
    pub fn can_be_undone(&self) -> bool {
        !matches!(
            self,
            Command::Open { .. }
                | Command::Key(_)
                | Command::NewKey(_)
                | Command::Undo(_)
                | Command::Code { .. }
                | Command::Show(_)
        )
    }
}

impl Command {
    /// A command of the teacher's in a few words.
    pub fn words(&self) -> &'static str {
        match self {
            Command::Admit(_) => "letting somebody in",
            Command::Place(..) => "a change of seat",
            Command::Swap(..) => "a swap of seats",
            Command::Bench(_) => "a seat given to the engine",
            Command::Unbench(_) => "a seat given back to its person",
            Command::Eject(_) => "signing somebody out",
            Command::Remove(_) => "removing somebody",
            Command::RemoveFrom(_) => "removing everybody who joined after somebody",
            Command::Door(_) => "a change at the door",
            Command::Clear(_) => "clearing what somebody wrote",
            Command::Pause(_) => "stopping the clocks",
            Command::Run(_) => "running the clocks",
            Command::More(..) => "more time",
            Command::Advance(_) => "the step to the next phase",
            Command::Event(..) => "a card of the event deck",
            Command::Headline(..) => "a headline",
            Command::Message(..) => "a message",
            Command::Reveal => "showing the truth",
            _ => "a command",
        }
    }
}

/// The name of a stance in forms.
pub fn stance_key(stance: Stance) -> String {
    match stance {
        Stance::Quiet => "quiet".into(),
        Stance::Praise => "praise".into(),
        Stance::Threaten => "threaten".into(),
        Stance::Tighten(l) => format!("tighten-{l}"),
        Stance::Ease(l) => format!("ease-{l}"),
    }
}

/// A stance from its name in forms.
pub fn stance_of(key: &str) -> Option<Stance> {
    let lever = |text: &str| text.parse().ok();
    match key.split_once('-') {
        None => match key {
            "" | "quiet" => Some(Stance::Quiet),
            "praise" => Some(Stance::Praise),
            "threaten" => Some(Stance::Threaten),
            _ => None,
        },
        Some(("tighten", l)) => lever(l).map(Stance::Tighten),
        Some(("ease", l)) => lever(l).map(Stance::Ease),
        _ => None,
    }
}
