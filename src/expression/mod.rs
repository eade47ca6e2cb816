//! The one language in which something is asked of a game: a small grammar, read by descent.
//!
//! `us.share > 0.5 and not truce_lapsed`, `lever.us_tariff at 2019-09-01`, `count(extension) from 2018-12-01 to
//! 2019-05-31 >= 1`, `days(first(threat), first(execution))`, `us.total given deal`. It is typed: an expression comes to
//! a number, a date or a yes or no, and what does not fit is told with its place. A date stands for the round that
//! contains it; an event's date is the first day of its round. What each form means is in `docs/questions.md`.

mod read;
mod words;

pub use read::parse;

use jiff::civil::Date;

use crate::codes::named;

named! {
    /// What can happen in a game: what stands here is counted and dated in rows, and can be asked for.
    Occurrence,
    /// What happens then, as a sentence goes on.
    about:
    Session = "session": "a session of talks was held";
    Deal = "deal": "a deal was signed";
    SummitDeal = "summit_deal": "the leaders signed a deal";
    Rejection = "rejection": "a package failed at home";
    Breakdown = "breakdown": "talks broke down for good";
    Extension = "extension": "the truce was extended";
    EarlyExtension = "early_extension": "an extension was settled before the truce would have lapsed";
    Lapse = "lapse": "the truce lapsed";
    Restoration = "restoration": "a lapsed truce was restored";
    Summit = "summit": "the leaders met";
    Cancellation = "cancellation": "a summit that was set was called off";
    Threat = "threat": "a threat was made";
    Execution = "execution": "a threat was carried out";
    GivingWay = "giving_way": "the other gave way to a threat";
    Postponement = "postponement": "the date of a threat was put off";
    Spoiler = "spoiler": "hawks struck";
    Ruling = "ruling": "a court's ruling came into force";
    Shock = "shock": "a court or a law moved a lever";
    Incident = "incident": "there was an accident";
    Clash = "clash": "a deal was disputed";
    Swap = "swap": "a small swap was agreed on without a treaty";
    SwapLapse = "swap_lapse": "a small swap lapsed without a deal";
}

/// From one date to another, both rounds included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

/// How a stretch of levels becomes one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// The least.
    Min,
    /// The greatest.
    Max,
    /// The mean of the rounds.
    Mean,
}

/// An operator between two expressions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `or`.
    Or,
    /// `and`.
    And,
    /// `<`.
    Less,
    /// `<=`.
    AtMost,
    /// `>`.
    More,
    /// `>=`.
    AtLeast,
    /// `==`.
    Same,
    /// `!=`.
    Differs,
    /// `+`.
    Plus,
    /// `-`.
    Minus,
    /// `*`.
    Times,
    /// `/`.
    Over,
}

/// An expression. Levers and events are named: whether the scenario has them is seen when it is asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// A number.
    Number(f64),
    /// A date.
    Day(Date),
    /// `lever.NAME at DATE`: its level at the end of that round.
    At(String, Date),
    /// `min(lever.NAME) from DATE to DATE`, and `max` and `mean`.
    Window(Taken, String, Span),
    /// `count(EVENT) from DATE to DATE`; the whole game without dates.
    Count(String, Option<Span>),
    /// `first(EVENT)`: the first day of the first round in which it happened.
    First(String, Option<Span>),
    /// `extension[N].days`: how long the Nth extension of the truce was, from 1.
    Extension(usize),
    /// A measure, by its name in `summitry measures`.
    Measure(String),
    /// `if(C, A, B)`: A where C is so, else B.
    If(Box<[Expression; 3]>),
    /// `A given C`: A where C is so; elsewhere there is no case.
    Given(Box<[Expression; 2]>),
    /// `days(A, B)`: from A to B.
    Days(Box<Expression>, Box<Expression>),
    /// `-x`.
    Negative(Box<Expression>),
    /// `not x`.
    Not(Box<Expression>),
    /// Two joined by an operator.
    Both(Operator, Box<Expression>, Box<Expression>),
}

/// What an expression comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A number.
    Number,
    /// A date.
    Day,
    /// Yes or no.
    YesNo,
}

impl Kind {
    /// In a sentence.
    pub fn called(self) -> &'static str {
        match self {
            Kind::Number => "a number",
            Kind::Day => "a date",
            Kind::YesNo => "a yes or no",
        }
    }
}

/// What is wrong with an expression, and at which character of it (from 0).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// In a sentence.
    pub text: String,
    /// Where.
    pub at: usize,
    /// Nothing is wrong with how it is written: the scenario has no such measure.
    pub lacks: bool,
}

impl Fault {
    /// It is written wrong.
    fn new(text: impl Into<String>, at: usize) -> Fault {
        Fault { text: text.into(), at, lacks: false }
    }

    /// In a sentence that says where, as people count.
    pub fn told(&self) -> String {
        format!("at character {} of this expression: {}", self.at + 1, self.text)
    }
}

/// The measures that an expression may name, and what each comes to.
#[derive(Debug, Clone, Default)]
pub struct Names(pub Vec<(String, Kind)>);

impl Names {
    fn kind(&self, name: &str) -> Option<Kind> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, kind)| *kind)
    }
}

#[cfg(test)]
mod tests;
