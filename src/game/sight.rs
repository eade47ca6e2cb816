//! What of the world a seat may look at: its own rows, and what is public. A reader of a game written down, and one of many
//! games side by side; neither can name anything else.

use crate::world::cohort::Games;
use crate::world::components::{
    Belief, Expiry, Level, NextMeeting, ResolveLost, ResolveShown, Snapped, SummitSet, ThreatDue, ThreatPending, Tone,
    WordBroken, WordKept,
};
use crate::world::maths::believed;
use crate::world::rows::{NONE, Party, Value};
use crate::world::state::State;

/// A component that both seats may read on every row: reading another of the other side's does not compile.
pub trait InSight: Value {}
macro_rules! in_sight {
    ($($name:ident)*) => { $(impl InSight for $name {})* };
}
in_sight!(
    Level Tone Snapped Expiry NextMeeting SummitSet ThreatDue ThreatPending WordKept WordBroken ResolveShown ResolveLost
);

/// The only way from a seat into the state of a game.
pub struct Reader<'a> {
    state: &'a State,
    /// The party that looks.
    pub seat: usize,
}

impl<'a> Reader<'a> {
    /// Of a party.
    pub fn new(state: &'a State, seat: usize) -> Reader<'a> {
        Reader { state, seat }
    }
    /// A number of the seat's own row.
    pub fn own<T: Value<Kind = Party>>(&self) -> f64 {
        self.state.number::<T>(self.seat).unwrap_or(0.0)
    }
    /// A number of any row of a component in sight.
    pub fn public<T: InSight>(&self, row: usize) -> f64 {
        self.state.number::<T>(row).unwrap_or(NONE)
    }
    /// What the seat believes of a type of the other's.
    pub fn belief(&self, types: usize, of: usize) -> f64 {
        self.state.number::<Belief>(self.seat * types + of).unwrap_or(0.0)
    }
    /// How far a party's pledges and threats are believed, which all can see.
    pub fn believed(&self, party: usize) -> [f64; 2] {
        let word = believed(self.public::<WordKept>(party), self.public::<WordBroken>(party));
        [word, believed(self.public::<ResolveShown>(party), self.public::<ResolveLost>(party))]
    }
}

/// The only way from a seat into games side by side: lanes, a number a game; none where no mechanism has them.
#[derive(Clone, Copy)]
pub struct Sight<'a> {
    games: &'a Games,
    /// The party that looks.
    pub seat: usize,
}

impl<'a> Sight<'a> {
    /// Of a party.
    pub fn new(games: &'a Games, seat: usize) -> Sight<'a> {
        Sight { games, seat }
    }
    /// The seat's own row.
    pub fn own<T: Value<Kind = Party>>(&self) -> Option<&'a [T]> {
        self.games.lane(self.seat)
    }
    /// Any row of a component in sight.
    pub fn public<T: InSight>(&self, row: usize) -> Option<&'a [T]> {
        self.games.lane(row)
    }
    /// What the seat believes of a type of the other's.
    pub fn belief(&self, types: usize, of: usize) -> Option<&'a [Belief]> {
        self.games.lane(self.seat * types + of)
    }
    /// The round under way.
    pub fn round(&self) -> u32 {
        self.games.round()
    }
}
