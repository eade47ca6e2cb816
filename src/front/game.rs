//! One game of a scenario: told, stepped from outside, or played with code of yours in a seat.

use std::borrow::Cow;

#[cfg(feature = "report")]
use super::answer::Answer;
use crate::error::Error;
#[cfg(feature = "report")]
use crate::game::document::Document;
use crate::game::outside::{Forfeit, Outside, Players, play};
use crate::game::table::Table;
use crate::game::told::{Told, told};
use crate::ready::Ready;
#[cfg(feature = "report")]
use crate::report::document::Report;
use crate::world::dice::Key;
use crate::world::setup::Setup;

impl Ready {
    /// One game by its number: the same as in any batch of its seed.
    pub fn game(&self, number: u64) -> Game<'_> {
        Game { ready: self, seed: 0, number }
    }
}

/// One game, not yet played.
#[derive(Debug, Clone, Copy)]
pub struct Game<'a> {
    ready: &'a Ready,
    seed: u64,
    number: u64,
}

impl<'a> Game<'a> {
    /// The seed of all chance; 0 where left out.
    pub fn seed(self, seed: u64) -> Self {
        Game { seed, ..self }
    }

    fn key(&self) -> Key {
        Key::of_seed(self.seed)
    }

    /// As it is played in the world of this game.
    fn setup(&self) -> Cow<'_, Setup> {
        self.ready.setup().of_game(self.key(), self.number)
    }

    /// Plays it and writes it down.
    pub fn told(&self) -> Told {
        told(&self.setup(), self.key(), self.number)
    }

    /// Plays it and tells it in English, week by week, on one page.
    ///
    /// Needs the feature `report`, which is on by default.
    #[cfg(feature = "report")]
    pub fn english(&self) -> String {
        self.page(&self.told())
    }

    /// A game that was played, in English.
    ///
    /// Needs the feature `report`, which is on by default.
    #[cfg(feature = "report")]
    pub fn page(&self, told: &Told) -> String {
        let again = format!("ready.game({}).seed({})", self.number, self.seed);
        crate::report::tell(&self.setup(), told, self.seed, &again, None, crate::report::page::WIDTH)
    }

    /// Plays it, as the document of `summitry run`.
    ///
    /// Needs the feature `report`, which is on by default.
    ///
    /// ```
    /// # use summitry::prelude::*;
    /// let ready = Draft::open("stockholm-2025").ready()?;
    /// assert!(ready.game(3).seed(7).answer()?.json().contains("\"game\": 3"));
    /// # Ok::<(), Error>(())
    /// ```
    #[cfg(feature = "report")]
    pub fn answer(&self) -> Result<Answer, Error> {
        super::engine_plays(self.ready)?;
        let document = Document::new(&self.setup(), &self.told(), self.ready.hash(), self.seed);
        let document = serde_json::to_value(document).map_err(Error::ours)?;
        Ok(Answer::new(self.ready, Report::new(String::new(), document)))
    }

    /// A table that stops at every decision of these parties and goes on with the answer. Whether a package passes at
    /// home is left to the vote; see [`table_with_votes`](Game::table_with_votes).
    pub fn table(&self, parties: &[&str]) -> Result<Table, Error> {
        self.table_with_votes(parties, &[])
    }

    /// The same, and it stops at the votes at home of the parties in `votes` too ([`Ask::Ratify`](crate::prelude::Ask)).
    pub fn table_with_votes(&self, parties: &[&str], votes: &[&str]) -> Result<Table, Error> {
        let rows = |names: &[&str]| -> Result<[bool; 2], Error> {
            let mut rows = [false; 2];
            for name in names {
                rows[super::party(self.ready, name)?] = true;
            }
            Ok(rows)
        };
        Ok(Table::new(&self.setup(), self.key(), self.number, rows(parties)?, rows(votes)?))
    }

    /// Plays it with code of yours in a party's seat; the moves that it forfeited come along.
    pub fn played_by(&self, party: &str, player: impl Outside + 'static) -> Result<(Told, Vec<Forfeit>), Error> {
        let mut players: Players = [None, None];
        players[super::party(self.ready, party)?] = Some(Box::new(player));
        let (table, forfeits) = play(&self.setup(), self.key(), self.number, &mut players)?;
        Ok((table.told(), forfeits))
    }
}
