//! The language in which a question about a game is asked: a small grammar, read by descent.
//!
//! `lever.us_tariff at 2019-09-01 > 20`, `count(extension) from 2018-12-01 to 2019-05-31 >= 1`, `first(deal)`,
//! `days(first(threat), first(execution))`. A date stands for the round that contains it; an event's date is the first
//! day of its round. What each form means is in `docs/questions.md`; [`super::diary`] answers.

use jiff::civil::Date;

/// What can happen in a game.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Occurrence {
    /// A session of talks was held.
    Session,
    /// A deal was signed.
    Deal,
    /// The truce was extended.
    Extension,
    /// The truce lapsed.
    Lapse,
    /// The leaders met.
    Summit,
    /// A threat was made.
    Threat,
    /// A threat was carried out.
    Execution,
    /// Hawks struck.
    Spoiler,
}

impl Occurrence {
    /// All of them, by name.
    pub const ALL: [(&str, Occurrence); 8] = [
        ("session", Occurrence::Session),
        ("deal", Occurrence::Deal),
        ("extension", Occurrence::Extension),
        ("lapse", Occurrence::Lapse),
        ("summit", Occurrence::Summit),
        ("threat", Occurrence::Threat),
        ("execution", Occurrence::Execution),
        ("spoiler", Occurrence::Spoiler),
    ];
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
    fn called(self) -> &'static str {
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
}

/// Reads an expression, and what it comes to.
pub fn parse(text: &str) -> Result<(Expression, Kind), Fault> {
    let words = words(text)?;
    let mut reader = Reader { words, i: 0, end: text.chars().count(), depth: 0 };
    let out = reader.or()?;
    match reader.words.get(reader.i) {
        None => Ok(out),
        Some((word, at)) => Err(Fault { text: format!("nothing can follow here, found `{}`", word.told()), at: *at }),
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Word {
    Name(String),
    Number(f64),
    Day(Date),
    Mark(&'static str),
}

impl Word {
    fn told(&self) -> String {
        match self {
            Word::Name(name) => name.clone(),
            Word::Number(x) => x.to_string(),
            Word::Day(day) => day.to_string(),
            Word::Mark(mark) => mark.to_string(),
        }
    }
}

/// Longest first: `<=` before `<`.
const MARKS: [&str; 17] = ["<=", ">=", "==", "!=", "<", ">", "+", "-", "*", "/", "(", ")", "[", "]", ",", ".", "="];

fn words(text: &str) -> Result<Vec<(Word, usize)>, Fault> {
    let chars: Vec<char> = text.chars().collect();
    let (mut out, mut i) = (vec![], 0);
    while i < chars.len() {
        let run = |from: usize, of: &dyn Fn(char) -> bool| chars[from..].iter().take_while(|c| of(**c)).count();
        let c = chars[i];
        if c.is_whitespace() {
            i += 1;
        } else if c.is_ascii_digit() {
            let day: String = chars[i..].iter().take(10).collect();
            let looks = day.len() == 10
                && day.bytes().enumerate().all(|(k, b)| match k {
                    4 | 7 => b == b'-',
                    _ => b.is_ascii_digit(),
                });
            if looks {
                let date = day.parse().map_err(|_| Fault { text: format!("there is no day {day}"), at: i })?;
                out.push((Word::Day(date), i));
                i += 10;
                continue;
            }
            let mut n = run(i, &|c| c.is_ascii_digit() || c == '_');
            if chars.get(i + n) == Some(&'.') && chars.get(i + n + 1).is_some_and(char::is_ascii_digit) {
                n += 1 + run(i + n + 1, &|c| c.is_ascii_digit());
            }
            let number: String = chars[i..i + n].iter().filter(|c| **c != '_').collect();
            let x = number.parse().map_err(|_| Fault { text: format!("`{number}` is not a number"), at: i })?;
            out.push((Word::Number(x), i));
            i += n;
        } else if c.is_alphabetic() || c == '_' {
            let n = run(i, &|c| c.is_alphanumeric() || c == '_');
            out.push((Word::Name(chars[i..i + n].iter().collect()), i));
            i += n;
        } else {
            let rest: String = chars[i..].iter().take(2).collect();
            let Some(mark) = MARKS.iter().find(|m| rest.starts_with(**m)) else {
                return Err(Fault { text: format!("`{c}` has no meaning here"), at: i });
            };
            out.push((Word::Mark(mark), i));
            i += mark.len();
        }
    }
    Ok(out)
}

/// Nesting beyond this is refused.
const DEEPEST: usize = 40;

struct Reader {
    words: Vec<(Word, usize)>,
    i: usize,
    end: usize,
    depth: usize,
}

type Read = Result<(Expression, Kind), Fault>;

impl Reader {
    fn here(&self) -> usize {
        self.words.get(self.i).map_or(self.end, |(_, at)| *at)
    }
    fn fault<T>(&self, text: impl Into<String>) -> Result<T, Fault> {
        Err(Fault { text: text.into(), at: self.here() })
    }
    fn found(&self) -> String {
        self.words.get(self.i).map_or("the end".into(), |(word, _)| format!("`{}`", word.told()))
    }
    fn mark(&mut self, mark: &str) -> bool {
        let yes = matches!(self.words.get(self.i), Some((Word::Mark(m), _)) if *m == mark);
        self.i += usize::from(yes);
        yes
    }
    fn word(&mut self, name: &str) -> bool {
        let yes = matches!(self.words.get(self.i), Some((Word::Name(n), _)) if n == name);
        self.i += usize::from(yes);
        yes
    }
    fn need(&mut self, mark: &str) -> Result<(), Fault> {
        if self.mark(mark) { Ok(()) } else { self.fault(format!("`{mark}` is needed here, found {}", self.found())) }
    }
    fn name(&mut self, what: &str) -> Result<String, Fault> {
        match self.words.get(self.i) {
            Some((Word::Name(name), _)) => {
                self.i += 1;
                Ok(name.clone())
            }
            _ => self.fault(format!("{what} is needed here, found {}", self.found())),
        }
    }
    fn day(&mut self) -> Result<Date, Fault> {
        match self.words.get(self.i) {
            Some((Word::Day(day), _)) => {
                self.i += 1;
                Ok(*day)
            }
            _ => self.fault(format!("a date such as 2019-05-10 is needed here, found {}", self.found())),
        }
    }

    fn or(&mut self) -> Read {
        self.depth += 1;
        if self.depth > DEEPEST {
            return self.fault("this is nested too deep");
        }
        let mut left = self.and()?;
        while self.word("or") {
            let at = self.here();
            let right = self.and()?;
            left = join(Operator::Or, left, right, at)?;
        }
        self.depth -= 1;
        Ok(left)
    }
    fn and(&mut self) -> Read {
        let mut left = self.not()?;
        while self.word("and") {
            let at = self.here();
            let right = self.not()?;
            left = join(Operator::And, left, right, at)?;
        }
        Ok(left)
    }
    fn not(&mut self) -> Read {
        let mut turns = 0;
        while self.word("not") {
            turns += 1;
        }
        let at = self.here();
        let (mut inner, kind) = self.comparison()?;
        if turns > 0 && kind != Kind::YesNo {
            return Err(Fault { text: format!("`not` turns a yes or no round, found {}", kind.called()), at });
        }
        for _ in 0..turns {
            inner = Expression::Not(Box::new(inner));
        }
        Ok((inner, kind))
    }
    fn comparison(&mut self) -> Read {
        let left = self.sum()?;
        let all = [
            ("<=", Operator::AtMost),
            (">=", Operator::AtLeast),
            ("==", Operator::Same),
            ("!=", Operator::Differs),
            ("<", Operator::Less),
            (">", Operator::More),
        ];
        for (mark, operator) in all {
            if self.mark(mark) {
                let at = self.here();
                let right = self.sum()?;
                return join(operator, left, right, at);
            }
        }
        if self.mark("=") {
            self.i -= 1;
            return self.fault("write `==` for `is the same as`");
        }
        Ok(left)
    }
    fn sum(&mut self) -> Read {
        let mut left = self.product()?;
        loop {
            let operator = if self.mark("+") {
                Operator::Plus
            } else if self.mark("-") {
                Operator::Minus
            } else {
                return Ok(left);
            };
            let at = self.here();
            let right = self.product()?;
            left = join(operator, left, right, at)?;
        }
    }
    fn product(&mut self) -> Read {
        let mut left = self.negative()?;
        loop {
            let operator = if self.mark("*") {
                Operator::Times
            } else if self.mark("/") {
                Operator::Over
            } else {
                return Ok(left);
            };
            let at = self.here();
            let right = self.negative()?;
            left = join(operator, left, right, at)?;
        }
    }
    fn negative(&mut self) -> Read {
        let mut turns = 0;
        while self.mark("-") {
            turns += 1;
        }
        let at = self.here();
        let (mut inner, kind) = self.atom()?;
        if turns > 0 && kind != Kind::Number {
            return Err(Fault { text: format!("`-` stands before a number, found {}", kind.called()), at });
        }
        for _ in 0..turns % 2 {
            inner = Expression::Negative(Box::new(inner));
        }
        Ok((inner, kind))
    }
    fn atom(&mut self) -> Read {
        if self.mark("(") {
            let inner = self.or()?;
            self.need(")")?;
            return Ok(inner);
        }
        match self.words.get(self.i).cloned() {
            Some((Word::Number(x), _)) => {
                self.i += 1;
                Ok((Expression::Number(x), Kind::Number))
            }
            Some((Word::Day(day), _)) => {
                self.i += 1;
                Ok((Expression::Day(day), Kind::Day))
            }
            Some((Word::Name(name), _)) => self.named(&name),
            _ => self.fault(format!("a number, a date, a lever or an event is needed here, found {}", self.found())),
        }
    }
    fn named(&mut self, name: &str) -> Read {
        let start = self.i;
        self.i += 1;
        match name {
            "lever" => {
                let lever = self.lever()?;
                if !self.word("at") {
                    return self.fault(format!("`at` and a date are needed here, found {}", self.found()));
                }
                Ok((Expression::At(lever, self.day()?), Kind::Number))
            }
            "min" | "max" | "mean" => {
                let over = match name {
                    "min" => Taken::Min,
                    "max" => Taken::Max,
                    _ => Taken::Mean,
                };
                self.need("(")?;
                if !self.word("lever") {
                    return self.fault(format!("`lever.` and its name are needed here, found {}", self.found()));
                }
                let lever = self.lever()?;
                self.need(")")?;
                match self.span()? {
                    Some(span) => Ok((Expression::Window(over, lever, span), Kind::Number)),
                    None => self.fault(format!("`from DATE to DATE` is needed here, found {}", self.found())),
                }
            }
            "count" | "first" => {
                self.need("(")?;
                let event = self.name("an event")?;
                self.need(")")?;
                let span = self.span()?;
                Ok(match name {
                    "count" => (Expression::Count(event, span), Kind::Number),
                    _ => (Expression::First(event, span), Kind::Day),
                })
            }
            "extension" => {
                self.need("[")?;
                let n = match self.words.get(self.i) {
                    Some((Word::Number(n), _)) if *n >= 1.0 && n.fract() == 0.0 && *n <= 1e6 => *n as usize,
                    _ => return self.fault(format!("a whole number from 1 is needed here, found {}", self.found())),
                };
                self.i += 1;
                self.need("]")?;
                self.need(".")?;
                if self.word("days") {
                    Ok((Expression::Extension(n), Kind::Number))
                } else {
                    self.fault(format!("`days` is needed here, found {}", self.found()))
                }
            }
            "days" => {
                self.need("(")?;
                let a = self.date_within()?;
                self.need(",")?;
                let b = self.date_within()?;
                self.need(")")?;
                Ok((Expression::Days(Box::new(a), Box::new(b)), Kind::Number))
            }
            _ => {
                self.i = start;
                let all = ["lever", "min", "max", "mean", "count", "first", "extension", "days", "not"];
                let near = crate::notation::near::did_you_mean(name, all);
                self.fault(format!("`{name}` has no meaning here{near}"))
            }
        }
    }
    fn lever(&mut self) -> Result<String, Fault> {
        self.need(".")?;
        self.name("the name of a lever")
    }
    fn span(&mut self) -> Result<Option<Span>, Fault> {
        if !self.word("from") {
            return Ok(None);
        }
        let from = self.day()?;
        if !self.word("to") {
            return self.fault(format!("`to` and a date are needed here, found {}", self.found()));
        }
        let at = self.here();
        let to = self.day()?;
        if to < from {
            return Err(Fault { text: format!("{to} lies before {from}"), at });
        }
        Ok(Some(Span { from, to }))
    }
    fn date_within(&mut self) -> Result<Expression, Fault> {
        let at = self.here();
        match self.or()? {
            (inner, Kind::Day) => Ok(inner),
            (_, kind) => Err(Fault { text: format!("`days` counts between two dates, found {}", kind.called()), at }),
        }
    }
}

/// Joins two expressions, where their kinds allow it.
fn join(operator: Operator, a: (Expression, Kind), b: (Expression, Kind), at: usize) -> Read {
    use Kind::{Day, Number, YesNo};
    use Operator::*;
    let kind = match (operator, a.1, b.1) {
        (Or | And, YesNo, YesNo) => YesNo,
        (Less | AtMost | More | AtLeast | Same | Differs, x, y) if x == y && x != YesNo => YesNo,
        (Plus | Minus | Times | Over, Number, Number) => Number,
        (Plus | Minus, Day, Number) => Day,
        (Minus, Day, Day) => Number,
        (_, x, y) => {
            let text = format!("{} and {} cannot be joined so", x.called(), y.called());
            return Err(Fault { text, at });
        }
    };
    Ok((Expression::Both(operator, Box::new(a.0), Box::new(b.0)), kind))
}

#[cfg(test)]
#[path = "question_tests.rs"]
mod tests;
