//! Seats held by outside programs: each decision of theirs is asked for, and what cannot be used forfeits the move.
//!
//! What a program is asked, it is asked from its seat's view. A move that is forfeited is made by the strategy that
//! stands in for the program, so a game goes on whatever a program does.

use super::table::{Filed, Step, Table};
use super::view::{Heard, View};
use crate::world::dice::Key;
use crate::world::orders::{Ask, At, Order};
use crate::world::setup::Setup;

/// A decision that is asked of a program.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// The scenario, for names.
    pub setup: &'a Setup,
    /// The game's number under its seed.
    pub game: u64,
    /// What the seat knows; its question is the open one.
    pub view: &'a View,
    /// What it has heard since it was last asked in this game.
    pub news: &'a [Heard],
}

/// A player outside the engine.
pub trait Outside: Send {
    /// Its decision, or why none came.
    fn decide(&mut self, asking: &Asking) -> Result<Order, String>;
}

/// Who plays each seat; none where the engine does.
pub type Players = [Option<Box<dyn Outside>>; 2];

/// A move that a program forfeited.
#[derive(Debug, Clone, PartialEq)]
pub struct Forfeit {
    /// The game.
    pub game: u64,
    /// The decision.
    pub at: At,
    /// Why.
    pub why: String,
}

impl Forfeit {
    /// The move in two words.
    pub fn what(&self) -> &'static str {
        match self.at.ask {
            Ask::Move => "its move",
            Ask::Offer(_) => "its offer",
            Ask::Answer(_) => "its answer",
            Ask::Ratify => "its vote",
            Ask::Invitation => "its word on a summit",
            Ask::Extend => "its word on the truce",
        }
    }
}

/// Plays a game with programs in some seats to its end; the moves they forfeited come along.
pub fn play(setup: &Setup, key: Key, game: u64, players: &mut Players) -> Result<(Table, Vec<Forfeit>), String> {
    let seats = [0, 1].map(|p: usize| players[p].is_some());
    let mut table = Table::new(setup, key, game, seats, [false; 2]);
    let (mut heard, mut forfeits) = ([0; 2], vec![]);
    loop {
        match table.advance() {
            Step::Over => return Ok((table, forfeits)),
            Step::RoundDone => {}
            Step::Question(question) => {
                let seat = question.at.party;
                let view = View::new(&mut table, seat);
                let news = &view.history[heard[seat].min(view.history.len())..];
                let asking = Asking { setup, game, view: &view, news };
                let said = match &mut players[seat] {
                    Some(player) => player.decide(&asking),
                    None => Ok(Order::Engine),
                };
                heard[seat] = view.history.len();
                if let Err(why) = said.and_then(|order| table.answer(order)) {
                    forfeits.push(Forfeit { game, at: question.at, why });
                    table.answer(Order::Engine)?;
                }
            }
        }
    }
}

/// Plays a game by the decisions that were recorded of it.
pub fn replay(setup: &Setup, key: Key, game: u64, seats: [bool; 2], orders: &[Filed]) -> Result<Table, String> {
    let mut table = Table::replay(setup, key, game, seats, [false; 2], orders)
        .map_err(|why| format!("the orders of game {game} cannot be played: {why}"))?;
    if table.ended().is_none() {
        return Err(format!("the orders of game {game} end before the game does"));
    }
    Ok(table)
}
