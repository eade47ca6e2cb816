//! What a scenario built in code is made of: the fields of a [`Scenario`](crate::prelude::Scenario), from its calendar
//! to the strategies of its parties. Their units are in [`units`](crate::units).

pub use crate::scenario::draw::{Distribution, Draw};
pub use crate::scenario::rules::{
    BigQuestion, Delivery, Escalating, Incidents, Opener, Overcapacity, Prize, Ratification, Reserve, Signing,
    Spoilers, Standoff, SummitRules, Switch, Talking, Thirds, ToneRules, Transshipment, TruceRules, Word,
};
pub use crate::scenario::schema::{
    Boost, Clock, Country, Credence, Effect, End, Event, Faction, Goal, GoalFields, Lever, Opens, Party, Resilience,
    Shape, Span,
};
pub use crate::scenario::strategy::{
    Accept, Escalate, Extend, Given, Model, Offer, Part, Pledge, Strategy, StrategyFields, Use,
};
