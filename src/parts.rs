//! What a scenario built in code is made of: the fields of a [`Scenario`](crate::prelude::Scenario), from its calendar
//! to the strategies of its parties. Their units are in [`units`](crate::units).
//!
//! A scenario begins with [`Scenario::new`](crate::prelude::Scenario::new), a party with [`Party::playing`], a lever with
//! [`Lever::between`]; all else has a default. It needs two parties, each with a goal that values something, a lever or
//! more with [`Effect`]s for them, and a calendar with talks in it. `examples/in_code.rs` is a whole one in 60 lines, and
//! [`Draft::of`](crate::prelude::Draft::of) says of each that lacks something what it is.

pub use crate::scenario::draw::{Distribution, Draw};
pub use crate::scenario::rules::{
    BigQuestion, Delivery, Escalating, Incidents, Overcapacity, Prize, Ratification, Repair, Signing, Spoilers,
    Standoff, SummitRules, Switch, Talking, Thirds, ThreatTerms, ToneRules, Transshipment, TruceRules, Unravel, Word,
};
pub use crate::scenario::schema::{
    Boost, Clock, Country, Credence, Effect, End, Event, Faction, Goal, GoalFields, Layer, Length, Lever, Opens, Party,
    Resilience, Shape, Span, Stage, Weighed,
};
pub use crate::scenario::strategy::{
    Accept, Escalate, Extend, Given, Model, Offer, Part, Pledge, Strategy, StrategyFields, Use,
};
pub use crate::scenario::talks::{Opener, Reserve};
