//! An expression read by descent, its kinds held together as it is read.

use super::words::{Word, words};
use super::{Expression, Fault, Kind, Names, Operator, Span, Taken};
use crate::notation::near::did_you_mean;
use jiff::civil::Date;

/// Reads an expression, and what it comes to; it may name these measures.
pub fn parse(text: &str, names: &Names) -> Result<(Expression, Kind), Fault> {
    let words = words(text)?;
    if words.len() > LONGEST {
        return Err(Fault::new(format!("an expression has {LONGEST} words at most, found {}", words.len()), 0));
    }
    let mut reader = Reader { names, words, i: 0, end: text.chars().count(), depth: 0 };
    let out = reader.whole()?;
    match reader.words.get(reader.i) {
        None => Ok(out),
        Some((word, at)) => Err(Fault::new(format!("nothing can follow here, found `{}`", word.told()), *at)),
    }
}

/// Longer ones are refused: a chain such as `1 + 1 + ..` is as deep as it is long.
const LONGEST: usize = 1_000;

/// Nesting beyond this is refused.
const DEEPEST: usize = 40;

/// What an expression's forms begin with.
const FORMS: [&str; 10] = ["lever", "min", "max", "mean", "count", "first", "extension", "days", "not", "if"];

struct Reader<'a> {
    names: &'a Names,
    words: Vec<(Word, usize)>,
    i: usize,
    end: usize,
    depth: usize,
}

type Read = Result<(Expression, Kind), Fault>;

impl Reader<'_> {
    fn here(&self) -> usize {
        self.words.get(self.i).map_or(self.end, |(_, at)| *at)
    }
    fn fault<T>(&self, text: impl Into<String>) -> Result<T, Fault> {
        Err(Fault::new(text, self.here()))
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

    fn whole(&mut self) -> Read {
        let (mut inner, kind) = self.or()?;
        while self.word("given") {
            let condition = self.yes_or_no()?;
            inner = Expression::Given(Box::new([inner, condition]));
        }
        Ok((inner, kind))
    }
    fn yes_or_no(&mut self) -> Result<Expression, Fault> {
        let at = self.here();
        match self.or()? {
            (inner, Kind::YesNo) => Ok(inner),
            (_, kind) => Err(Fault::new(format!("a yes or no is needed here, found {}", kind.called()), at)),
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
            return Err(Fault::new(format!("`not` turns a yes or no round, found {}", kind.called()), at));
        }
        for _ in 0..turns % 2 {
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
            return Err(Fault::new(format!("`-` stands before a number, found {}", kind.called()), at));
        }
        for _ in 0..turns % 2 {
            inner = Expression::Negative(Box::new(inner));
        }
        Ok((inner, kind))
    }
    fn atom(&mut self) -> Read {
        if self.mark("(") {
            let inner = self.whole()?;
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
            _ => self.fault(format!(
                "a number, a date, a measure, a lever or an event is needed here, found {}",
                self.found()
            )),
        }
    }
    fn named(&mut self, name: &str) -> Read {
        let start = self.i;
        self.i += 1;
        match name {
            "lever" => self.standing(start),
            "min" => self.window(Taken::Min),
            "max" => self.window(Taken::Max),
            "mean" => self.window(Taken::Mean),
            "count" => self.event().map(|(event, span)| (Expression::Count(event, span), Kind::Number)),
            "first" => self.event().map(|(event, span)| (Expression::First(event, span), Kind::Day)),
            "extension" => self.extension(),
            "days" => self.days(),
            "if" => self.either(),
            _ => {
                self.i = start;
                self.measure()
            }
        }
    }
    /// `lever.NAME at DATE`, or a measure whose name begins so.
    fn standing(&mut self, start: usize) -> Read {
        let lever = self.lever()?;
        if matches!(self.words.get(self.i), Some((Word::Mark("."), _))) {
            self.i = start;
            return self.measure();
        }
        if !self.word("at") {
            return self.fault(format!("`at` and a date are needed here, found {}", self.found()));
        }
        Ok((Expression::At(lever, self.day()?), Kind::Number))
    }
    /// `(lever.NAME) from DATE to DATE`
    fn window(&mut self, over: Taken) -> Read {
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
    /// `(EVENT)`, perhaps with a span.
    fn event(&mut self) -> Result<(String, Option<Span>), Fault> {
        self.need("(")?;
        let event = self.name("an event")?;
        self.need(")")?;
        Ok((event, self.span()?))
    }
    /// `[N].days`
    fn extension(&mut self) -> Read {
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
    /// `(DATE, DATE)`
    fn days(&mut self) -> Read {
        self.need("(")?;
        let a = self.date_within()?;
        self.need(",")?;
        let b = self.date_within()?;
        self.need(")")?;
        Ok((Expression::Days(Box::new(a), Box::new(b)), Kind::Number))
    }
    /// `(CONDITION, SO, ELSE)`
    fn either(&mut self) -> Read {
        self.need("(")?;
        let condition = self.yes_or_no()?;
        self.need(",")?;
        let (so, kind) = self.or()?;
        self.need(",")?;
        let at = self.here();
        let (else_, other) = self.or()?;
        self.need(")")?;
        if kind != other {
            let [kind, other] = [kind, other].map(Kind::called);
            return Err(Fault::new(format!("both ways of an `if` come to the same, found {kind} and {other}"), at));
        }
        Ok((Expression::If(Box::new([condition, so, else_])), kind))
    }
    /// A measure: names joined by points.
    fn measure(&mut self) -> Read {
        let start = self.i;
        let mut name = self.name("a measure")?;
        while self.mark(".") {
            name = format!("{name}.{}", self.name("the rest of a measure's name")?);
        }
        if let Some(kind) = self.names.kind(&name) {
            return Ok((Expression::Measure(name), kind));
        }
        self.i = start;
        let forms = FORMS.iter().copied();
        let near = did_you_mean(&name, forms.chain(self.names.0.iter().map(|(known, _)| known.as_str())));
        let all = if near.is_empty() { "; `summitry measures` lists them" } else { "" };
        Err(Fault { text: format!("there is no measure `{name}`{near}{all}"), at: self.here(), lacks: true })
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
            return Err(Fault::new(format!("{to} lies before {from}"), at));
        }
        Ok(Some(Span { from, to }))
    }
    fn date_within(&mut self) -> Result<Expression, Fault> {
        let at = self.here();
        match self.or()? {
            (inner, Kind::Day) => Ok(inner),
            (_, kind) => Err(Fault::new(format!("`days` counts between two dates, found {}", kind.called()), at)),
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
            return Err(Fault::new(text, at));
        }
    };
    Ok((Expression::Both(operator, Box::new(a.0), Box::new(b.0)), kind))
}
