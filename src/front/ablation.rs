//! What each mechanism is for.

use std::sync::Arc;

use super::answer::{Answer, heading};
use super::many::{Many, many};
use crate::batch::play::Watch;
use crate::error::Error;
use crate::ready::Ready;
use crate::report::ablation::document;
use crate::studies::ablation::Study;

impl Ready {
    /// Each mechanism switched off in turn, against the scenario as it is, on the same games.
    ///
    /// ```
    /// # use summitry::prelude::*;
    /// let ready = Draft::open("theory/split-the-dollar").ready()?;
    /// let answer = ready.ablation().measure("deal").games(50).answer()?;
    /// assert!(answer.json().contains("\"summitry.ablation/1\""));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn ablation(&self) -> Ablation<'_> {
        Ablation { ready: self, measures: vec![], many: Many::of(20_000) }
    }
}

/// Mechanisms to be switched off.
#[derive(Debug, Clone)]
pub struct Ablation<'a> {
    ready: &'a Ready,
    measures: Vec<String>,
    many: Many,
}

many!(Ablation<'_>, games, "How many games with and without each; 20 000 where left out.");

impl Ablation<'_> {
    /// Measures this: a measure by its name, or an expression; a few that tell most where left out.
    pub fn measure(mut self, expression: &str) -> Self {
        self.measures.push(expression.to_owned());
        self
    }

    /// Plays them, as the document of `summitry ablation`. Fewer than two games are refused.
    pub fn answer(self) -> Result<Answer, Error> {
        let (ready, plan) = (self.ready, self.many.plan());
        super::engine_plays(ready)?;
        super::enough(&plan, 2)?;
        let study = Study::of(ready.setup())?;
        let asked = if self.measures.is_empty() { study.usual() } else { self.measures };
        self.many.in_all(study.cells());
        let found = study.run(&asked, &plan, &self.many.watch)?;
        let heading = heading(ready, self.many.seed, self.many.games);
        Ok(Answer::counted(ready, &heading, document(&heading, &found), found.games))
    }
}
