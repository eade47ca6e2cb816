//! What an episode is: who did what to whom on which day, what came of it, and who says so.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use serde::Deserialize;

use crate::notation::{Code, Refusal};
use crate::units::{Days, Share};

/// The name of the file format.
pub const SCHEMA: &str = "summitry.history/1";

/// A file of episodes.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct History {
    /// The file format: always "summitry.history/1".
    pub schema: String,
    /// One line that says what is told.
    pub title: String,
    /// A paragraph for the reader: what was chosen, and why.
    #[serde(default)]
    pub about: String,
    /// The last day of which anything may be known: no fact and no source is later.
    pub until: Day,
    /// A clash counts that comes within so many days of its truce.
    pub clash_within: Days,
    /// The documents, by the name that episodes call them by.
    pub sources: BTreeMap<String, Document>,
    /// The episodes.
    pub episodes: Vec<Episode>,
}

/// A document that says what happened.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Its title in quotation marks, or what it is.
    pub name: String,
    /// Who published it.
    pub publisher: String,
    /// When.
    pub published: Day,
}

/// Something that happened between two.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Episode {
    /// Its name, once in the file.
    pub id: String,
    /// Who acts, or one of the two.
    pub by: String,
    /// On whom, or the other of the two.
    pub on: String,
    /// How large it is, where that can be said.
    #[serde(default)]
    pub size: Option<Size>,
    /// What happened, and what came of it.
    pub what: What,
    /// The documents that say so, by their names in the file.
    pub sources: Vec<String>,
    /// The day up to which it is known what came of it.
    pub as_of: Day,
    /// How exact its days are.
    #[serde(default)]
    pub precision: Precision,
    /// Whether the day that counts was looked up when it was coded; else it is recalled from the documents named.
    #[serde(default)]
    pub looked_up: bool,
    /// How it was coded, and what is not sure.
    pub coded: String,
}

/// A size with its unit.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Size {
    /// The number.
    pub value: f64,
    /// What it is counted in.
    pub unit: String,
}

/// How exact the days of an episode are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum Precision {
    /// To the day.
    #[default]
    Day,
    /// To the week.
    Week,
    /// To the month.
    Month,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum What {
    /// A step announced for a stated day.
    Threat {
        /// When it was announced with that day.
        announced: Day,
        /// The first day that was stated.
        due: Day,
        /// What came of it.
        came: Answer,
    },
    /// A day on which what was agreed or granted runs out.
    Expiry {
        /// Whose it was to prolong.
        of: Term,
        /// The day.
        due: Day,
        /// What came of it.
        came: Settled,
    },
    /// A restriction on certain goods or firms of the other side.
    Control {
        /// In what form.
        means: Means,
        /// From when it bound.
        imposed: Day,
        /// When it was lifted, wholly or by its name; it still stands where left out.
        #[serde(default)]
        lifted: Option<Day>,
    },
    /// The meetings of one run of talks.
    Meetings {
        /// Who met.
        rank: Rank,
        /// Whether the moves of the two between these meetings are all in the file.
        #[serde(default)]
        moves_listed: bool,
        /// The first day of each.
        on: Vec<Day>,
    },
    /// What was promised in numbers, and what came.
    Delivery {
        /// From when it was to be delivered.
        from: Day,
        /// To when.
        to: Day,
        /// What was promised.
        promised: f64,
        /// What came.
        delivered: f64,
        /// What both are counted in.
        unit: String,
    },
    /// A stop of the climb that both declared.
    Truce {
        /// When.
        made: Day,
        /// The day on which it was to end, where one was named.
        #[serde(default)]
        until: Option<Day>,
    },
    /// The first open breach of a truce, or accusation of one.
    Clash {
        /// When.
        on: Day,
        /// The truce, by its name.
        truce: String,
    },
    /// A step in force when it was announced.
    Move {
        /// When.
        on: Day,
        /// Which way.
        way: Way,
    },
    /// A ruling on tariffs.
    Ruling {
        /// Whether it was against the tariffs.
        against: bool,
        /// When.
        ruled: Day,
        /// When it was stayed, if it was.
        #[serde(default)]
        stayed: Option<Day>,
        /// When a higher court undid it, if one did.
        #[serde(default)]
        undone: Option<Day>,
    },
}

/// What came of a threat.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Answer {
    /// It was carried out.
    CarriedOut {
        /// When.
        on: Day,
        /// How much of it.
        #[serde(default = "whole")]
        share: Share,
    },
    /// It was put off to a later day.
    Postponed {
        /// When that was said.
        on: Day,
        /// To which day.
        to: Day,
    },
    /// It was dropped, or put off without a day.
    Dropped {
        /// When that was said.
        on: Day,
    },
    /// Its day has not come.
    Open,
}

fn whole() -> Share {
    Share::of(1.0)
}

/// Whose a term is to prolong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Term {
    /// Both agreed to it.
    Agreed,
    /// One side granted it, and could by itself grant more.
    Granted,
}

/// What came of an expiry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Settled {
    /// It was prolonged.
    Extended {
        /// When that was said.
        on: Day,
        /// To which day; without a day where left out.
        #[serde(default)]
        to: Option<Day>,
    },
    /// Something else was agreed in its place.
    Replaced {
        /// When that was said.
        on: Day,
    },
    /// It ran out.
    Lapsed,
    /// Its day has not come.
    Open,
}

/// The form of a control.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Means {
    /// Exports need a licence, or stand under a quota.
    Licence,
    /// Firms are on a list.
    Listing,
    /// Goods are not let in or out.
    Ban,
    /// A duty on one kind of goods.
    Duty,
}

/// Who meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Rank {
    /// Officials below ministers.
    Officials,
    /// Ministers, or whoever leads the talks.
    Ministers,
    /// Presidents and prime ministers.
    Leaders,
}

/// Which way a move goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Way {
    /// It presses the other.
    Harder,
    /// It eases.
    Softer,
}

/// A day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct Day(pub Date);

impl TryFrom<String> for Day {
    type Error = Refusal;

    fn try_from(text: String) -> Result<Day, Refusal> {
        let day = if text.len() == 10 { text.parse().ok() } else { None };
        let refused = || Refusal::new(Code::WrongValue, format!("there is no day \"{text}\""));
        day.map(Day).ok_or_else(|| refused().help("a day is written as \"2019-05-10\""))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Day {
    /// Days from this one to a later one.
    pub fn days_to(self, later: Day) -> f64 {
        f64::from((later.0 - self.0).get_days())
    }
}

impl Episode {
    /// Whether it is between these two, whoever acts.
    pub fn is_between(&self, pair: [&str; 2]) -> bool {
        pair == [&*self.by, &*self.on] || pair == [&*self.on, &*self.by]
    }
}

impl What {
    /// The days on which something happened, each with the field that says so.
    pub fn happened(&self) -> Vec<(&'static str, Day)> {
        let some = |field, day: &Option<Day>| day.map(|day| (field, day));
        match self {
            What::Threat { announced, came, .. } => {
                let came = match came {
                    Answer::CarriedOut { on, .. } | Answer::Postponed { on, .. } | Answer::Dropped { on } => Some(*on),
                    Answer::Open => None,
                };
                [("announced", *announced)].into_iter().chain(some("came", &came)).collect()
            }
            What::Expiry { due, came, .. } => match came {
                Settled::Extended { on, .. } | Settled::Replaced { on } => vec![("came", *on)],
                Settled::Lapsed => vec![("due", *due)],
                Settled::Open => vec![],
            },
            What::Control { imposed, lifted, .. } => {
                [("imposed", *imposed)].into_iter().chain(some("lifted", lifted)).collect()
            }
            What::Meetings { on, .. } => on.iter().map(|day| ("on", *day)).collect(),
            What::Delivery { from, to, .. } => vec![("from", *from), ("to", *to)],
            What::Truce { made, .. } => vec![("made", *made)],
            What::Clash { on, .. } | What::Move { on, .. } => vec![("on", *on)],
            What::Ruling { ruled, stayed, undone, .. } => {
                [("ruled", *ruled)].into_iter().chain(some("stayed", stayed)).chain(some("undone", undone)).collect()
            }
        }
    }

    /// The days on which a lever was moved.
    pub fn moved(&self) -> Vec<Day> {
        match self {
            What::Threat { came: Answer::CarriedOut { on, .. }, .. } | What::Move { on, .. } => vec![*on],
            What::Control { imposed, lifted, .. } => [*imposed].into_iter().chain(*lifted).collect(),
            _ => vec![],
        }
    }
}
