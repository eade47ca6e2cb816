//! Whether the model answers changes as a reader who knows the subject expects.

use std::sync::Arc;

use super::answer::Answer;
use super::many::{Many, many};
use crate::batch::play::Watch;
use crate::disk;
use crate::error::Error;
use crate::report::document::Report;
use crate::report::heading::Heading;
use crate::report::signs::document;
use crate::studies::signs::read_table;

/// A sign table, asked of the scenario that it names.
///
/// ```
/// # use summitry::prelude::*;
/// let answer = Signs::open("studies/signs").games(60).answer()?;
/// assert!(answer.json().contains("\"summitry.signs/1\""));
/// # Ok::<(), Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Signs {
    table: String,
    sets: Vec<String>,
    many: Many,
}

many!(Signs, games, "How many games of each cell; 20 000 where left out.");

impl Signs {
    /// A table in a file, or one that is part of the crate, by its name: `studies/signs`. Nothing is read yet.
    pub fn open(table: &str) -> Signs {
        Signs { table: table.to_owned(), sets: vec![], many: Many::of(20_000) }
    }

    /// Changes fields of the scenario in every row, each as `PATH=VALUE`.
    pub fn sets(mut self, sets: impl IntoIterator<Item = impl Into<String>>) -> Signs {
        self.sets.extend(sets.into_iter().map(Into::into));
        self
    }

    /// Plays its rows, as the document of `summitry signs`: the verdict on each. Fewer than two games are refused.
    pub fn answer(self) -> Result<Answer, Error> {
        let (many, plan) = (&self.many, self.many.plan());
        super::enough(&plan, 2)?;
        let table = read_table(&disk::with_shelf(&self.table), &disk::open, &self.sets)?;
        many.in_all(table.cells());
        let found = table.judge(&plan, &many.watch)?;
        let (scenario, hash) = (table.scenario.clone(), table.hash.clone());
        let heading = Heading { scenario, hash, sets: self.sets, seed: many.seed, asked: many.games };
        let report = Report::new(String::new(), document(&table, &found, many.seed));
        Ok(Answer::plain(report.counted(&heading, found.games)))
    }
}
