//! Seats held by outside programs: each decision of theirs is asked for, and what cannot be used forfeits the move.
//!
//! What a program is asked, it is asked from its seat's view. A move that is forfeited is made by the strategy that
//! stands in for the program, so a game goes on whatever a program does.

use super::table::{Filed, Step, Table};
use super::view::View;
use crate::error::Error;
use crate::world::cohort::Games;
use crate::world::dice::Key;
use crate::world::heard::Heard;
use crate::world::orders::{At, Order, Question};
use crate::world::setup::Setup;

/// A decision that is asked of a program.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// The scenario, for names.
    pub(crate) setup: &'a Setup,
    /// The game's number under its seed.
    pub game: u64,
    /// What the seat knows; its question is the open one.
    pub view: &'a View,
    /// What it has heard since it was last asked in this game.
    pub news: &'a [Heard],
    /// The table, for who reads a seat's numbers from it.
    pub(crate) table: &'a Table,
}

impl<'a> Asking<'a> {
    /// The game, held at the open question.
    pub(crate) fn at(&self) -> Result<(&'a Games, &'a Question), Error> {
        let question = self.table.question().ok_or_else(|| Error::refused("nothing is being asked"))?;
        Ok((self.table.games(), question))
    }
}

/// A player outside the engine.
pub trait Outside: Send {
    /// Its decision, or why none came.
    fn decide(&mut self, asking: &Asking) -> Result<Order, Error>;
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

/// Puts an open question to whoever plays a seat, and files what is decided. Where that cannot be used, or nobody plays
/// the seat, its strategy decides; a move that was forfeited comes back. `heard` is how much of the game's history the
/// seat has been told.
pub fn ask(
    setup: &Setup,
    table: &mut Table,
    question: &Question,
    game: u64,
    player: &mut Option<Box<dyn Outside>>,
    heard: &mut usize,
) -> Result<Option<Forfeit>, Error> {
    let Some(player) = player else { return table.answer(Order::Engine).map(|()| None) };
    let view = View::new(table, question.at.party);
    let news = &view.history[(*heard).min(view.history.len())..];
    let said = player.decide(&Asking { setup, game, view: &view, news, table });
    *heard = view.history.len();
    match said.and_then(|order| table.answer(order)) {
        Ok(()) => Ok(None),
        Err(why) => {
            table.answer(Order::Engine)?;
            Ok(Some(Forfeit { game, at: question.at, why: why.to_string() }))
        }
    }
}

/// Plays a game with programs in some seats to its end; the moves they forfeited come along.
pub fn play(setup: &Setup, key: Key, game: u64, players: &mut Players) -> Result<(Table, Vec<Forfeit>), Error> {
    let seats = [0, 1].map(|p: usize| players[p].is_some());
    let mut table = Table::new(setup, key, game, seats, [false; 2]);
    let (mut heard, mut forfeits) = ([0; 2], vec![]);
    loop {
        match table.advance() {
            Step::Over => return Ok((table, forfeits)),
            Step::RoundDone => {}
            Step::Question(question) => {
                let seat = question.at.party;
                forfeits.extend(ask(setup, &mut table, &question, game, &mut players[seat], &mut heard[seat])?);
            }
        }
    }
}

/// Plays a game by the decisions that were recorded of it.
pub fn replay(setup: &Setup, key: Key, game: u64, seats: [bool; 2], orders: &[Filed]) -> Result<Table, Error> {
    let table = Table::replay(setup, key, game, seats, [false; 2], orders)
        .map_err(|why| why.within(format!("the orders of game {game} cannot be played: ")))?;
    if table.ended().is_none() {
        return Err(Error::unfit(format!("the orders of game {game} end before the game does")));
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::game::testing::stockholm;
    use crate::world::orders::Ask;

    #[test]
    fn a_record_that_does_not_fit_is_told_in_words() {
        let setup = stockholm();
        let says = |at: At| {
            let filed = [Filed { at, order: Order::Wait }];
            replay(&setup, Key::of_seed(1), 4, [true, false], &filed).expect_err("it does not fit").to_string()
        };
        let us = setup.party("us").expect("us plays");
        let first = "where one of cn: its move in round 0 is asked for";
        let told = says(At { round: 3, party: us, ask: Ask::Offer(1) });
        let expected = "game 4 cannot be played: they hold a decision of us: its offer at exchange 2 of round 3, ";
        assert!(told.ends_with(&format!("{expected}{first}")), "{told}");
        assert!(says(At { round: 3, party: 7, ask: Ask::Ratify }).contains("a party that there is not: its vote in"));
        assert!(says(At { round: 0, party: 0, ask: Ask::Move }).contains("end before the game does"));
    }
}
