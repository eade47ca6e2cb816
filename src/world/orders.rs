//! Seats held from outside: a person, a class or a program decides, and the engine reads the decision here.
//!
//! A round that meets a decision nobody has made asks for it ([`Orders::wanted`]); its caller restores the state at
//! the round's start, gets the decision, files it and plays the round again. So a game with people is the same
//! function of its seed and its orders, and replaying the orders replays the game.

use std::collections::BTreeMap;
use std::sync::Mutex;

use bevy_ecs::prelude::*;
use serde::{Deserialize, Serialize};

use super::setup::Setup;

/// Which decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Ask {
    /// What to do between sessions.
    Move,
    /// What to offer at this exchange.
    Offer(u32),
    /// Whether to take the offer of this exchange.
    Answer(u32),
    /// Whether the package passes at home.
    Ratify,
    /// Whether to accept the invitation to a summit.
    Invitation,
    /// Whether to extend the truce, or to restore it.
    Extend,
}

impl Ask {
    /// The decision in two words, as one's own.
    pub fn what(self) -> &'static str {
        match self {
            Ask::Move => "its move",
            Ask::Offer(_) => "its offer",
            Ask::Answer(_) => "its answer",
            Ask::Ratify => "its vote",
            Ask::Invitation => "its word on a summit",
            Ask::Extend => "its word on the truce",
        }
    }
}

/// Where in a game a decision stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct At {
    /// The round.
    pub round: u32,
    /// The party.
    pub party: usize,
    /// Which decision.
    pub ask: Ask,
}

impl At {
    /// In words: "us: its offer at exchange 2 of round 4".
    pub(crate) fn told(&self, setup: &Setup) -> String {
        let party = setup.parties.get(self.party).map_or("a party that there is not", |party| &party.key);
        let exchange = match self.ask {
            Ask::Offer(e) | Ask::Answer(e) => format!(" at exchange {} of", e + 1),
            _ => " in".into(),
        };
        format!("{party}: {}{exchange} round {}", self.ask.what(), self.round)
    }
}

/// A decision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Order {
    /// Leave it to the engine's strategy, this once.
    Engine,
    /// Do nothing between sessions.
    Wait,
    /// Tighten a lever by so many big moves.
    Tighten(usize, f64),
    /// Open a lever by so many big moves.
    Ease(usize, f64),
    /// Threaten.
    Threaten,
    /// Praise in public.
    Praise,
    /// Offer these levels, by lever; the others stay.
    Package(Vec<(usize, f64)>),
    /// Yes or no.
    Say(bool),
}

/// What a decision is about, for the one who must make it.
#[derive(Debug, Clone, PartialEq)]
pub enum About {
    /// Nothing but the round.
    Round,
    /// A turn to offer: for each open lever, the lowest and highest level, and what each grid level is worth to it.
    Turn(Vec<Room>),
    /// An offer to answer: its levels and what it is worth to it, and what waiting is worth.
    Answer {
        /// The levels offered.
        package: Vec<(usize, f64)>,
        /// What it is worth, prize and cost included.
        worth: f64,
        /// What waiting is worth.
        reserve: f64,
        /// The room it leaves for a counter-offer.
        room: Vec<Room>,
        /// It is the last exchange.
        last: bool,
    },
    /// A package to ratify.
    Package {
        /// What it is worth, prize and cost included.
        worth: f64,
        /// Support at home.
        support: f64,
        /// The chance that it would pass if left to the vote.
        chance: f64,
    },
    /// Yes or no, and what the engine's strategy would do with which chance.
    Chance(f64),
}

/// How far a lever may be moved in this session, and what that is worth to the party asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Room {
    /// The lever.
    pub lever: usize,
    /// Levels from lowest to highest, evenly apart.
    pub levels: [f64; 5],
    /// What each is worth to the party asked, compared with leaving it.
    pub worth: [f64; 5],
    /// Where it stands.
    pub now: f64,
}

/// A decision that is missing.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Where it stands.
    pub at: At,
    /// What it is about.
    pub about: About,
    /// What waiting is worth (sessions only).
    pub reserve: f64,
    /// What the seat's own strategy would ask for (sessions only).
    pub advice: f64,
    /// What signing brings beside the levers: prize less cost at home (sessions only).
    pub beside: f64,
}

/// Decisions made outside, for one game.
#[derive(Resource, Debug, Default)]
pub struct Orders {
    seats: [bool; 2],
    homes: [bool; 2],
    only_filed: bool,
    book: BTreeMap<At, Order>,
    wanted: Mutex<Option<Question>>,
}

impl Orders {
    /// Orders for the seats held from outside; `homes` says where ratification is decided outside too.
    pub fn new(seats: [bool; 2], homes: [bool; 2]) -> Self {
        Orders { seats, homes, ..Default::default() }
    }
    /// Decisions of one round made otherwise than they were: the engine keeps both seats, and only what is filed is
    /// taken from here.
    pub fn otherwise(decisions: impl IntoIterator<Item = (At, Order)>) -> Self {
        Orders { only_filed: true, book: decisions.into_iter().collect(), ..Default::default() }
    }
    /// Takes a seat, or gives it back to the engine.
    pub fn seat(&mut self, party: usize, outside: bool, home: bool) {
        self.seats[party] = outside;
        self.homes[party] = home;
    }
    /// Whether this decision is made outside.
    #[inline]
    pub fn holds(&self, party: usize, ask: Ask) -> bool {
        let held = if ask == Ask::Ratify { self.homes[party] } else { self.seats[party] };
        held || self.only_filed && self.book.keys().any(|at| at.party == party && at.ask == ask)
    }
    /// Whether what a party does between sessions is decided outside in this round: it holds the seat and has not
    /// left the round to its strategy.
    #[inline]
    pub fn moves(&self, party: usize, round: u32) -> bool {
        self.seats[party] && self.book.get(&At { round, party, ask: Ask::Move }) != Some(&Order::Engine)
    }
    /// Whether a party's seat is held from outside: its strategy only stands in, and knows no more than the seat may.
    #[inline]
    pub fn outside(&self, party: usize) -> bool {
        self.seats[party]
    }
    /// Whether any seat is held from outside.
    pub fn any(&self) -> bool {
        self.only_filed || self.seats.iter().chain(&self.homes).any(|x| *x)
    }
    /// Files a decision.
    pub fn file(&mut self, at: At, order: Order) {
        self.book.insert(at, order);
    }
    /// All decisions filed.
    pub fn book(&self) -> &BTreeMap<At, Order> {
        &self.book
    }
    /// The decision, if made; otherwise the question is put, unless an earlier one is open.
    pub fn get(&self, at: At, question: impl FnOnce() -> Question) -> Option<Order> {
        if let Some(order) = self.book.get(&at) {
            return Some(order.clone());
        }
        let mut wanted = self.wanted.lock().expect("nobody panics while asking");
        if wanted.is_none() {
            *wanted = Some(question());
        }
        None
    }
    /// The decision that was missing, if one was.
    pub fn wanted(&self) -> Option<Question> {
        self.wanted.lock().expect("nobody panics while asking").take()
    }
}
