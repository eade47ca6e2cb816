//! An expression bound to a scenario: names are rows, dates are rounds, and what must be written down is known.
//!
//! A date falls into the round that contains it and stands for that round's first day. What the scenario lacks (a lever
//! or an event, a date outside its rounds) is told here, before anything is played.

use jiff::civil::Date;

use crate::error::Error;
use crate::expression::{Expression, Occurrence, Operator, Span, Taken};
use crate::mechanisms::answers::GivenWay;
use crate::mechanisms::breakdown::BrokeDown;
use crate::mechanisms::courts::RulingsInForce;
use crate::mechanisms::incidents::Incidents;
use crate::mechanisms::ratification::Rejections;
use crate::mechanisms::repair::{Swaps, SwapsLapsed};
use crate::mechanisms::shocks::ShocksPast;
use crate::mechanisms::spoilers::Strikes;
use crate::mechanisms::summit::{SummitCancelled, SummitHeld};
use crate::mechanisms::threats::{CarriedOut, PutOff};
use crate::mechanisms::truce::{Restored, SettledAhead};
use crate::mechanisms::unravel::Clashes;
use crate::notation::Code;
use crate::notation::near::{did_you_mean, listed};
use crate::record::metrics::{From, events, metrics};
use crate::record::registry::{Reading, registry};
use crate::scenario::rules::Switch;
use crate::world::components::{Deals, Extensions, Lapsed, Sessions, Snapped, SummitDeals, Threats};
use crate::world::rows::{ColumnId, Value};
use crate::world::setup::Setup;

/// The dates of a scenario's rounds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Calendar {
    start: Date,
    days: i64,
    rounds: u32,
}

impl Calendar {
    /// Of a scenario; none where it has no dates.
    pub fn of(setup: &Setup) -> Option<Calendar> {
        let clock = &setup.scenario.clock;
        let start = clock.start.as_ref()?.parse().ok()?;
        Some(Calendar { start, days: i64::from(clock.round_days.get()).max(1), rounds: setup.rounds })
    }
    /// The round that contains a day, or why none does.
    pub fn round(&self, day: Date) -> Result<u32, Error> {
        let since = self.start.until(day).map_or(0, |span| i64::from(span.get_days()));
        let round = since.div_euclid(self.days);
        if since >= 0 && round < i64::from(self.rounds) {
            Ok(round as u32)
        } else {
            Err(Error::of(
                Code::UnknownName,
                format!("{day} lies outside the scenario, which runs from {} to {}", self.start, self.last()),
            ))
        }
    }
    /// Days from the first round's first day to that of round `round`.
    pub fn day(&self, round: u32) -> f64 {
        (i64::from(round) * self.days) as f64
    }
    /// The first round's first day, in days since 1 January 1970.
    pub fn since_1970(&self) -> f64 {
        f64::from(Date::constant(1970, 1, 1).until(self.start).map_or(0, |span| span.get_days()))
    }
    /// The day so many days after the first.
    pub fn date(&self, days: f64) -> Date {
        self.start.checked_add(jiff::Span::new().days(days.round() as i64)).unwrap_or(self.start)
    }
    /// The first day after the record, in days.
    pub fn end(&self) -> f64 {
        self.day(self.rounds)
    }
    fn last(&self) -> Date {
        self.date(self.end() - 1.0)
    }
}

/// An expression whose names are rows and whose dates are rounds.
#[derive(Debug, Clone, PartialEq)]
pub enum Bound {
    /// A number; a date is its round's first day, in days.
    Number(f64),
    /// A measure (its place in the diary).
    Measure(usize),
    /// A lever (its place in the diary) at the end of a round.
    At(usize, u32),
    /// A lever over some rounds.
    Window(Taken, usize, (u32, u32)),
    /// How often an event happens in some rounds.
    Count(Occurrence, (u32, u32)),
    /// The first day of the first of some rounds in which it happens.
    First(Occurrence, (u32, u32)),
    /// Days of the nth extension, from 0.
    Extension(usize),
    /// One where a condition holds, else the other.
    If(Box<[Bound; 3]>),
    /// One where a condition holds, elsewhere no case.
    Given(Box<[Bound; 2]>),
    /// The negative.
    Negative(Box<Bound>),
    /// The contrary.
    Not(Box<Bound>),
    /// Two joined.
    Both(Operator, Box<Bound>, Box<Bound>),
}

/// What must be written down for some expressions.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    calendar: Option<Calendar>,
    rounds: u32,
    /// Days in a round.
    pub(super) days: i64,
    /// An event of a rule that the scenario has switched off is refused; else it never happens.
    strict: bool,
    pub(super) levers: Vec<usize>,
    pub(super) events: Vec<Occurrence>,
    pub(super) measures: Vec<Reading>,
}

/// An event's column in the world, and the mechanism it hangs on.
pub fn column(event: Occurrence) -> (ColumnId, Switch) {
    match event {
        Occurrence::Session => (Sessions::COLUMN, Switch::Talks),
        Occurrence::Deal => (Deals::COLUMN, Switch::Talks),
        Occurrence::SummitDeal => (SummitDeals::COLUMN, Switch::Summit),
        Occurrence::Rejection => (Rejections::COLUMN, Switch::Ratification),
        Occurrence::Breakdown => (BrokeDown::COLUMN, Switch::Breakdown),
        Occurrence::Extension => (Extensions::COLUMN, Switch::Truce),
        Occurrence::EarlyExtension => (SettledAhead::COLUMN, Switch::Terms),
        Occurrence::Lapse => (Snapped::COLUMN, Switch::Truce), // counted by how often it rises
        Occurrence::Restoration => (Restored::COLUMN, Switch::Truce),
        Occurrence::Summit => (SummitHeld::COLUMN, Switch::Summit),
        Occurrence::Cancellation => (SummitCancelled::COLUMN, Switch::Summit),
        Occurrence::Threat => (Threats::COLUMN, Switch::Escalate),
        Occurrence::Execution => (CarriedOut::COLUMN, Switch::Escalate),
        Occurrence::GivingWay => (GivenWay::COLUMN, Switch::ThreatTerms),
        Occurrence::Postponement => (PutOff::COLUMN, Switch::ThreatTerms),
        Occurrence::Spoiler => (Strikes::COLUMN, Switch::Spoilers),
        Occurrence::Ruling => (RulingsInForce::COLUMN, Switch::Courts),
        Occurrence::Shock => (ShocksPast::COLUMN, Switch::Shocks), // a bit each: see `times`
        Occurrence::Incident => (Incidents::COLUMN, Switch::Incidents),
        Occurrence::Clash => (Clashes::COLUMN, Switch::Unravel),
        Occurrence::Swap => (Swaps::COLUMN, Switch::Repair),
        Occurrence::SwapLapse => (SwapsLapsed::COLUMN, Switch::Repair),
    }
}

/// An event's column, turned into how often it has happened so far; one that rises and falls is left as it is.
pub fn times(event: Occurrence, lane: &mut [f64]) {
    if event == Occurrence::Shock {
        lane.iter_mut().for_each(|bits| *bits = f64::from((*bits as u64).count_ones()));
    }
}

/// What can happen in a scenario: of all events those that its mechanisms measure.
pub fn can_happen(setup: &Setup) -> Vec<Occurrence> {
    let counted = metrics(setup).into_iter().filter_map(|metric| match metric.from {
        From::Column(of, _) => Some(of),
        _ => None,
    });
    let measured: Vec<ColumnId> = events(setup).into_iter().map(|event| event.column).chain(counted).collect();
    let is_measured = |event: Occurrence| match event {
        Occurrence::Lapse => measured.contains(&Lapsed::COLUMN), // its own column tells where the truce stands
        _ => measured.contains(&column(event).0),
    };
    Occurrence::ALL.iter().copied().filter(|event| is_measured(*event)).collect()
}

impl Wanted {
    /// Nothing yet, of a scenario.
    pub fn of(setup: &Setup) -> Wanted {
        let days = i64::from(setup.scenario.clock.round_days.get()).max(1);
        let (calendar, rounds) = (Calendar::of(setup), setup.rounds);
        Wanted { calendar, rounds, days, strict: false, levers: vec![], events: vec![], measures: vec![] }
    }

    /// Nothing, of games that were played before: only their measures are known.
    pub fn nothing() -> Wanted {
        Wanted { calendar: None, rounds: 0, days: 1, strict: false, levers: vec![], events: vec![], measures: vec![] }
    }

    /// The same, where an event of a rule that is switched off is refused.
    pub fn strict(self) -> Wanted {
        Wanted { strict: true, ..self }
    }

    /// Whether there is nothing to write down.
    pub fn is_empty(&self) -> bool {
        !self.each_round() && self.measures.is_empty()
    }

    /// Whether something is to be written down each round, not only at the end.
    pub(super) fn each_round(&self) -> bool {
        !(self.levers.is_empty() && self.events.is_empty())
    }

    /// Days from the first round's first day to that of round `round`.
    pub(super) fn day(&self, round: u32) -> f64 {
        (i64::from(round) * self.days) as f64
    }

    /// The first day after the record, in days.
    pub(super) fn end(&self) -> f64 {
        self.day(self.rounds)
    }

    fn round(&self, day: Date) -> Result<u32, Error> {
        let without = || Error::of(Code::UnknownName, "the scenario has no dates: give its clock a `start`");
        self.calendar.ok_or_else(without)?.round(day)
    }

    /// Binds an expression to a scenario, or says what the scenario lacks.
    pub fn bind(&mut self, setup: &Setup, e: &Expression) -> Result<Bound, Error> {
        Ok(match e {
            Expression::Number(x) => Bound::Number(*x),
            Expression::Day(day) => Bound::Number(self.day(self.round(*day)?)),
            Expression::At(lever, day) => Bound::At(self.lever(setup, lever)?, self.round(*day)?),
            Expression::Window(over, lever, span) => {
                Bound::Window(*over, self.lever(setup, lever)?, self.rounds(&Some(*span))?)
            }
            Expression::Measure(name) => self.measure(setup, name)?,
            Expression::If(three) => {
                let [c, a, b] = &**three;
                Bound::If(Box::new([self.bind(setup, c)?, self.bind(setup, a)?, self.bind(setup, b)?]))
            }
            Expression::Given(two) => {
                let [a, c] = &**two;
                Bound::Given(Box::new([self.bind(setup, a)?, self.bind(setup, c)?]))
            }
            Expression::Count(event, span) => Bound::Count(self.event(setup, event)?, self.rounds(span)?),
            Expression::First(event, span) => Bound::First(self.event(setup, event)?, self.rounds(span)?),
            Expression::Extension(n) => {
                self.event(setup, "extension")?;
                Bound::Extension(n - 1)
            }
            Expression::Days(a, b) => {
                Bound::Both(Operator::Minus, Box::new(self.bind(setup, b)?), Box::new(self.bind(setup, a)?))
            }
            Expression::Negative(inner) => Bound::Negative(Box::new(self.bind(setup, inner)?)),
            Expression::Not(inner) => Bound::Not(Box::new(self.bind(setup, inner)?)),
            Expression::Both(operator, a, b) => {
                Bound::Both(*operator, Box::new(self.bind(setup, a)?), Box::new(self.bind(setup, b)?))
            }
        })
    }

    fn rounds(&self, span: &Option<Span>) -> Result<(u32, u32), Error> {
        match span {
            None => Ok((0, self.rounds.saturating_sub(1))),
            Some(span) => Ok((self.round(span.from)?, self.round(span.to)?)),
        }
    }

    /// A measure; one that the scenario does not have has no case, and where it is a yes or no of every game it is a no.
    fn measure(&mut self, setup: &Setup, name: &str) -> Result<Bound, Error> {
        match registry(setup).into_iter().find(|(measure, _)| measure.name == name) {
            Some((_, reading)) => Ok(Bound::Measure(place(&mut self.measures, reading))),
            None => Ok(Bound::Number(f64::NAN)),
        }
    }

    fn lever(&mut self, setup: &Setup, name: &str) -> Result<usize, Error> {
        let Some(row) = setup.lever(name) else {
            let near = did_you_mean(name, setup.levers.iter().map(|l| l.key.as_str()));
            return Err(Error::of(Code::UnknownName, format!("the scenario has no lever `{name}`{near}")));
        };
        Ok(place(&mut self.levers, row))
    }

    fn event(&mut self, setup: &Setup, name: &str) -> Result<Occurrence, Error> {
        let names = || Occurrence::ALL.iter().map(|event| event.name());
        let Some(event) = Occurrence::ALL.iter().find(|event| event.name() == name) else {
            let near = did_you_mean(name, names());
            return Err(Error::of(
                Code::UnknownName,
                format!("the model has no event `{name}`{near}; there are {}", listed(names())),
            ));
        };
        if self.strict && !can_happen(setup).contains(event) {
            let switch = column(*event).1.name();
            return Err(Error::of(
                Code::UnknownName,
                format!("the scenario knows no `{name}`: its mechanism `{switch}` is off or has nothing to do"),
            ));
        }
        place(&mut self.events, *event);
        Ok(*event)
    }
}

/// Binds an expression to measures that are known already; what asks for the rounds of a game is refused.
pub fn to_measures(e: &Expression, place: &impl Fn(&str) -> Option<usize>) -> Result<Bound, Error> {
    let bound = |e: &Expression| to_measures(e, place);
    Ok(match e {
        Expression::Number(x) => Bound::Number(*x),
        Expression::Measure(name) => place(name).map_or(Bound::Number(f64::NAN), Bound::Measure),
        Expression::If(three) => Bound::If(Box::new([bound(&three[0])?, bound(&three[1])?, bound(&three[2])?])),
        Expression::Given(two) => Bound::Given(Box::new([bound(&two[0])?, bound(&two[1])?])),
        Expression::Negative(inner) => Bound::Negative(Box::new(bound(inner)?)),
        Expression::Not(inner) => Bound::Not(Box::new(bound(inner)?)),
        Expression::Both(operator, a, b) => Bound::Both(*operator, Box::new(bound(a)?), Box::new(bound(b)?)),
        _ => {
            let text = "rows hold how games ended, not their rounds: ask for columns, or of the scenario itself";
            return Err(Error::of(Code::UnknownName, text));
        }
    })
}

/// The place of a thing in a list, put there if it is new.
fn place<T: PartialEq>(list: &mut Vec<T>, thing: T) -> usize {
    list.iter().position(|x| *x == thing).unwrap_or_else(|| {
        list.push(thing);
        list.len() - 1
    })
}
