//! Bargaining on its own, with no world around it.

use std::sync::Arc;

use super::answer::Answer;
use super::draft::Draft;
use super::many::{Many, many};
use crate::bargain::Compiled;
use crate::batch::bargain::count;
use crate::batch::play::Watch;
use crate::command_line::CommandLine;
use crate::error::Error;
use crate::notation::Code;
use crate::ready::{Any, ReadyBargaining};
use crate::report::bargain::{report, told};
use crate::report::heading::Heading;
use crate::scenario::load::Studied;

impl Draft {
    /// Bargaining on its own, read and checked; a scenario that has a world is refused.
    ///
    /// ```
    /// # use summitry::prelude::*;
    /// let talks = Draft::open("theory/two-issues").bargaining()?;
    /// assert!(talks.batch(100).seed(7).answer()?.json().contains("\"summitry.batch/1\""));
    /// assert!(talks.game(0).seed(7).answer()?.json().contains("\"outcome\""));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn bargaining(&self) -> Result<Bargaining, Error> {
        match self.any(Studied::Nothing)? {
            Any::Bargaining(ready) => {
                let (scenario, sets) = self.said();
                Ok(Bargaining { compiled: compiled(&ready)?, ready: *ready, scenario, sets })
            }
            Any::World(_) => {
                let text =
                    "this scenario has a world: `ready` makes it ready, and bargaining on its own is needed here";
                Err(Error::of(Code::OtherKind, text))
            }
        }
    }
}

/// What can be played of it.
pub fn compiled(bargaining: &ReadyBargaining) -> Result<Compiled, Error> {
    let compiled = Compiled::new(&bargaining.scenario.bargaining);
    compiled.map_err(|problems| Error::of(Code::WrongValue, problems.join("\n")))
}

/// Bargaining on its own that was checked: this can be played.
#[derive(Debug, Clone)]
pub struct Bargaining {
    ready: ReadyBargaining,
    compiled: Compiled,
    scenario: String,
    sets: Vec<String>,
}

impl Bargaining {
    /// So many games, counted.
    pub fn batch(&self, games: u64) -> Bargained<'_> {
        Bargained { of: self, game: None, many: Many::of(games) }
    }

    /// One game of a seed, told.
    pub fn game(&self, game: u64) -> Bargained<'_> {
        Bargained { of: self, game: Some(game), many: Many::of(1) }
    }

    /// What the story is called.
    pub fn title(&self) -> &str {
        &self.ready.scenario.title
    }

    /// Names the scenario whatever its comments and order.
    pub fn hash(&self) -> &str {
        &self.ready.hash
    }
}

/// Games of bargaining to be played.
#[derive(Debug, Clone)]
pub struct Bargained<'a> {
    of: &'a Bargaining,
    game: Option<u64>,
    many: Many,
}

many!(Bargained<'_>, games, "How many games are counted; a game that is told is one.");

impl Bargained<'_> {
    /// Plays them, as the document of `summitry batch`, or of `summitry run` where one game is told. No games are refused.
    pub fn answer(self) -> Result<Answer, Error> {
        let (of, many) = (self.of, &self.many);
        let Bargaining { ready, compiled, scenario, sets } = of;
        if let Some(game) = self.game {
            return Ok(Answer::plain(told(of.title(), of.hash(), compiled, (many.seed, game))?));
        }
        super::enough(&many.plan(), 1)?;
        many.in_all(1);
        let counts = count(compiled, many.seed, many.games, many.threads, &many.watch)?;
        let (scenario, sets, hash) = (scenario.clone(), sets.clone(), ready.hash.clone());
        let heading = Heading { scenario, sets, hash, seed: many.seed, asked: many.games };
        Ok(Answer::plain(report(&heading, of.title(), CommandLine::new("run"), compiled, &counts)))
    }
}
