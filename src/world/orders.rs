//! Seats held from outside: a person, a class or a program decides, and the engine reads the decision here.
//!
//! A round that meets a decision nobody has made is held there ([`Orders::hold`]): every system decides first and acts
//! only when nothing is missing, so nothing has happened yet that waits for it. The questions are open, one a game at most
//! ([`Orders::open`]); once they are answered the round goes on from the step at which it was held. So a game with people
//! is the same function of its seed and its orders, and no part of it is played twice.

use std::collections::BTreeMap;
use std::sync::Mutex;

use bevy_ecs::prelude::*;
use serde::{Deserialize, Serialize};

use super::phase::Phase;
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

impl Room {
    /// What a level is worth to the party asked.
    pub fn at(&self, level: f64) -> f64 {
        worth_at((&self.levels, &self.worth), self.now, level)
    }
}

/// A table of levels and their worth, read between its grid points.
pub fn worth_at((levels, worth): (&[f64], &[f64]), now: f64, level: f64) -> f64 {
    let mut nodes: Vec<(f64, f64)> = levels.iter().copied().zip(worth.iter().copied()).collect();
    // To leave it where it stands is worth nothing and costs nothing.
    if !levels.contains(&now) && levels[0] < now && now < levels[levels.len() - 1] {
        nodes.push((now, 0.0));
        nodes.sort_by(|a, b| a.0.total_cmp(&b.0));
    }
    let i = nodes[1..nodes.len() - 1].iter().take_while(|(x, _)| *x <= level).count();
    let ((a, low), (b, high)) = (nodes[i], nodes[i + 1]);
    low + ((level - a) / (b - a)).clamp(0.0, 1.0) * (high - low)
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

/// Decisions made outside.
#[derive(Resource, Debug, Default)]
pub struct Orders {
    seats: [bool; 2],
    homes: [bool; 2],
    lent: bool,
    only_filed: bool,
    /// What is decided in every game.
    book: BTreeMap<At, Order>,
    /// What was decided in this round, game by game.
    filed: Vec<Vec<(At, Order)>>,
    /// The step from which a round that was held goes on.
    from: Option<Phase>,
    asking: Mutex<Asking>,
}

/// What a round asks while it runs.
#[derive(Debug, Default)]
struct Asking {
    /// The questions that are open: one a game at most, in order of games.
    open: Vec<(usize, Question)>,
    /// The step that waits for them.
    held: Option<Phase>,
}

impl Orders {
    /// Orders for the seats held from outside; `homes` says where ratification is decided outside too.
    pub fn new(seats: [bool; 2], homes: [bool; 2]) -> Self {
        Orders { seats, homes, ..Default::default() }
    }
    /// Both seats are asked for everything, and their strategies go on knowing all that the engine knows: whoever leaves
    /// each decision to them finds the games of the engine.
    pub fn lent() -> Self {
        Orders { lent: true, ..Orders::new([true; 2], [true; 2]) }
    }
    /// Decisions of one round made otherwise than they were: the engine keeps both seats, and only what is filed is
    /// taken from here.
    pub fn otherwise(decisions: impl IntoIterator<Item = (At, Order)>) -> Self {
        Orders { only_filed: true, book: decisions.into_iter().collect(), ..Default::default() }
    }
    /// The same with seats that are held from outside: what is not filed is left to their strategies.
    pub fn decided(seats: [bool; 2], homes: [bool; 2], decisions: impl IntoIterator<Item = (At, Order)>) -> Self {
        Orders { seats, homes, ..Orders::otherwise(decisions) }
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
    /// Whether what a party does between sessions is decided outside in this round of a game: it holds the seat and has
    /// not left the round to its strategy.
    #[inline]
    pub fn moves(&self, party: usize, game: usize, round: u32) -> bool {
        let left = |order: Option<&Order>| order.map_or(self.only_filed, |order| *order == Order::Engine);
        self.seats[party] && !left(self.made(game, At { round, party, ask: Ask::Move }))
    }
    /// Whether a party's seat is held from outside: its strategy only stands in, and knows no more than the seat may.
    #[inline]
    pub fn outside(&self, party: usize) -> bool {
        self.seats[party] && !self.lent
    }
    /// Whether any decision may be made outside.
    #[inline]
    pub fn any(&self) -> bool {
        self.only_filed || self.asks()
    }
    /// Whether a round may have to wait for a decision.
    #[inline]
    pub fn asks(&self) -> bool {
        !self.only_filed && self.seats.iter().chain(&self.homes).any(|held| *held)
    }
    /// Files a decision for every game.
    pub fn file(&mut self, at: At, order: Order) {
        self.book.insert(at, order);
    }
    /// Files the decision of one game.
    pub fn file_in(&mut self, game: usize, at: At, order: Order) {
        if self.filed.len() <= game {
            self.filed.resize_with(game + 1, Vec::new);
        }
        self.filed[game].push((at, order));
    }
    fn made(&self, game: usize, at: At) -> Option<&Order> {
        let filed = self.filed.get(game).and_then(|filed| filed.iter().rev().find(|(then, _)| *then == at));
        filed.map(|(_, order)| order).or_else(|| self.book.get(&at))
    }
    /// The decision, if made; otherwise the question is put, unless an earlier one of the same game is open.
    pub fn get(&self, game: usize, at: At, question: impl FnOnce() -> Question) -> Option<Order> {
        if let Some(order) = self.made(game, at) {
            return Some(order.clone());
        }
        if self.only_filed {
            return Some(Order::Engine);
        }
        let mut asking = self.asking.lock().expect("nobody panics while asking");
        if asking.open.last().is_none_or(|(last, _)| *last != game) {
            asking.open.push((game, question()));
        }
        None
    }
    /// What is said yes or no to from outside; nothing where the strategy decides. While it is missing it counts as a no,
    /// with which nothing is done.
    pub fn says(&self, game: usize, at: At, about: impl FnOnce() -> About) -> Option<bool> {
        if !self.holds(at.party, at.ask) {
            return None;
        }
        match self.get(game, at, || Question { at, about: about(), reserve: 0.0, advice: 0.0, beside: 0.0 }) {
            Some(Order::Say(yes)) => Some(yes),
            Some(_) => None,
            None => Some(false),
        }
    }
    /// Whether a step has to wait, for a question is open: then it does nothing, and the round is held.
    pub fn hold(&self, phase: Phase) -> bool {
        let mut asking = self.asking.lock().expect("nobody panics while asking");
        let waits = !asking.open.is_empty();
        asking.held = waits.then_some(phase);
        waits
    }
    /// Whether a step of the round is to be taken: it was not before the round was held, and nothing waits before it.
    pub fn runs(&self, phase: Phase) -> bool {
        if self.from.is_none() && !self.asks() {
            return true; // nobody can be asked
        }
        self.from.is_none_or(|from| phase >= from)
            && self.asking.lock().expect("nobody panics while asking").held.is_none()
    }
    /// Whether the round goes on with a step that was held.
    pub fn resumes(&self, phase: Phase) -> bool {
        self.from == Some(phase)
    }
    /// The questions that are open, by game.
    pub fn open(&mut self) -> &[(usize, Question)] {
        &self.asking.get_mut().expect("nobody panics while asking").open
    }
    /// Takes the questions that are open, by game.
    pub fn take_open(&mut self) -> Vec<(usize, Question)> {
        std::mem::take(&mut self.asking.get_mut().expect("nobody panics while asking").open)
    }
    /// A round begins, or goes on: what is still missing is asked anew.
    pub(super) fn begin(&mut self) {
        *self.asking.get_mut().expect("nobody panics while asking") = Asking::default();
    }
    /// Whether the round is done; where it is held, it goes on from there.
    pub(super) fn end(&mut self) -> bool {
        self.from = self.asking.get_mut().expect("nobody panics while asking").held;
        if self.from.is_none() {
            self.filed.iter_mut().for_each(Vec::clear);
        }
        self.from.is_none()
    }
    /// Whether a round is held.
    pub(super) fn is_held(&self) -> bool {
        self.from.is_some()
    }
    /// The next round begins at its start, with nothing decided in any game but what is filed for all.
    pub(super) fn forget(&mut self) {
        self.begin();
        self.from = None;
        self.filed.iter_mut().for_each(Vec::clear);
    }
}
