//! How good a forecast a batch is of what happened.

use std::sync::Arc;

use super::answer::{Answer, heading};
use super::many::{Many, many};
use crate::batch::play::Watch;
use crate::disk;
use crate::error::Error;
use crate::ready::Ready;
use crate::report::score::{File, document};
use crate::scenario::file_kind::QUESTIONS;
use crate::scenario::load;
use crate::studies::questions::Questions;
use crate::studies::score::{Asked, score};

impl Ready {
    /// Games as a forecast of dated questions with known answers, which stand in a file, or in one of the crate by its
    /// name.
    ///
    /// ```
    /// # use summitry::prelude::*;
    /// let ready = Draft::open("phase-one-2018").ready()?;
    /// let answer = ready.score("studies/questions-2018-2019").games(100).answer()?;
    /// assert!(answer.json().contains("\"summitry.score/1\""));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn score(&self, questions: &str) -> Score<'_> {
        Score { ready: self, questions: questions.to_owned(), many: Many::of(10_000) }
    }
}

/// A forecast to be made and scored.
#[derive(Debug, Clone)]
pub struct Score<'a> {
    ready: &'a Ready,
    questions: String,
    many: Many,
}

many!(Score<'_>, games, "How many games; 10 000 where left out.");

impl Score<'_> {
    /// Plays them, as the document of `summitry score`. Questions that the scenario cannot be asked are refused.
    pub fn answer(self) -> Result<Answer, Error> {
        let (ready, plan) = (self.ready, self.many.plan());
        super::engine_plays(ready)?;
        super::enough(&plan, 1)?;
        let (asked, file) = questions(ready, &self.questions)?;
        self.many.in_all(1);
        let outcome = score(ready.setup(), &asked, &plan, &self.many.watch)?;
        let heading = heading(ready, self.many.seed, self.many.games);
        Ok(Answer::counted(ready, &heading, document(&heading, &file, &outcome), outcome.games))
    }
}

/// The questions of a file, asked of a scenario; all that is wrong with them is told at once.
pub fn questions(ready: &Ready, name: &str) -> Result<(Asked, File), Error> {
    let (file, loaded, unread) = load::load_file::<Questions>(&QUESTIONS, &disk::with_shelf(name), &disk::open)?;
    let Some(file) = file else { return Err(loaded.wrong(unread).into()) };
    let asked = match Asked::of(ready.setup(), &file) {
        Ok(asked) if unread.is_empty() => asked,
        asked => return Err(load::with_faults(&loaded, unread, asked.err().unwrap_or_default()).into()),
    };
    let hash = file.hash();
    let file = File { name: name.to_owned(), title: file.title, hash, calendar: asked.calendar() };
    Ok((asked, file))
}
