//! How the odds moved in one game, round by round.

use std::sync::Arc;

use super::answer::{Answer, heading};
use super::many::{Many, many};
use crate::batch::play::Watch;
use crate::error::Error;
use crate::ready::Ready;
use crate::report::odds::of_course;
use crate::studies::odds::{Asked, View, course};

impl Ready {
    /// The odds of every ending after each round of one game, from futures that are played on from there.
    ///
    /// ```
    /// # use summitry::prelude::*;
    /// let ready = Draft::open("stockholm-2025").ready()?;
    /// let answer = ready.odds(3).seed(7).futures(20).answer()?;
    /// assert!(answer.json().contains("\"summitry.odds/1\""));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn odds(&self, game: u64) -> Odds<'_> {
        Odds { ready: self, game, seat: None, many: Many::of(2_000) }
    }
}

/// Futures to be played.
#[derive(Debug, Clone)]
pub struct Odds<'a> {
    ready: &'a Ready,
    game: u64,
    seat: Option<String>,
    many: Many,
}

many!(Odds<'_>, futures, "How many futures after each round; 2 000 where left out.");

impl Odds<'_> {
    /// As one party sees them, who does not know the other's mind; in truth where left out.
    pub fn seen_by(mut self, party: &str) -> Self {
        self.seat = Some(party.to_owned());
        self
    }

    /// Plays them, as the document of `summitry odds`.
    pub fn answer(self) -> Result<Answer, Error> {
        let (ready, many) = (self.ready, &self.many);
        super::engine_plays(ready)?;
        super::enough(&many.plan(), 1)?;
        let view = self.seat.map_or(Ok(View::Truth), |party| super::party(ready, &party).map(View::Seat))?;
        let asked = Asked { view, threads: many.threads.max(1), ..Asked::new(many.seed, self.game, many.games) };
        many.in_all(ready.setup().rounds as usize + 1);
        let setup = ready.setup().of_game(asked.key, asked.game);
        let course = course(&setup, &asked, &many.watch)?;
        Ok(Answer::new(ready, of_course(&setup, &heading(ready, many.seed, 1), &asked, &course)))
    }
}
