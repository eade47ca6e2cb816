//! A scenario against another on the same dice: what differs, and how surely.

use std::sync::Arc;

#[cfg(feature = "report")]
use super::answer::{Answer, heading};
use super::many::{Many, many};
use crate::batch::play::Watch;
#[cfg(feature = "report")]
use crate::command_line::CommandLine;
use crate::error::Error;
use crate::ready::Ready;
#[cfg(feature = "report")]
use crate::report::compare::{Named, document};
use crate::studies::compare::{self, Differences, Flips};
use crate::studies::measures::{Measure, find};
use crate::studies::sums::Found;
use crate::world::setup::Setup;

impl Ready {
    /// The same games of this scenario and of a variant, with the same luck; to be played by [`run`](Compare::run).
    pub fn compare<'a>(&'a self, variant: &'a Ready) -> Compare<'a> {
        Compare { base: self, variants: vec![(String::new(), variant)], asked: vec![], many: Many::of(10_000) }
    }
}

/// Games to be played twice.
#[derive(Debug, Clone)]
pub struct Compare<'a> {
    base: &'a Ready,
    /// Each under its name.
    variants: Vec<(String, &'a Ready)>,
    asked: Vec<String>,
    many: Many,
}

many!(Compare<'_>, games, "How many games of each; 10 000 where left out.");

impl<'a> Compare<'a> {
    /// Asks for an expression too, such as `us.share > 0.5`, or `us.total given deal`: see the page on questions. Its
    /// difference is read by the same text.
    pub fn measure(mut self, expression: &str) -> Self {
        self.asked.push(expression.to_owned());
        self
    }

    /// One more variant, held against the same base.
    pub fn and(mut self, variant: &'a Ready) -> Self {
        self.variants.push((String::new(), variant));
        self
    }

    /// What the last variant is called in a document; where left out, by what was changed in it.
    pub fn called(mut self, name: &str) -> Self {
        if let Some(last) = self.variants.last_mut() {
            last.0 = name.to_owned();
        }
        self
    }

    /// Plays them. Fewer than two games, scenarios of other parties and an expression that cannot be read are refused.
    /// Of several variants the first is told; [`answer`](Compare::answer) tells all.
    pub fn run(self) -> Result<Compared, Error> {
        Ok(Compared { answer: self.played()? })
    }

    /// The same with all variants, as the document of `summitry compare`.
    ///
    /// ```
    /// # use summitry::prelude::*;
    /// let draft = Draft::open("stockholm-2025");
    /// let (base, patient) = (draft.ready()?, draft.set("parties.us.goal.patience", 0.997).ready()?);
    /// let answer = base.compare(&patient).called("patient").games(100).answer()?;
    /// assert!(answer.json().contains("\"variant\": \"patient\""));
    /// # Ok::<(), Error>(())
    /// ```
    #[cfg(feature = "report")]
    pub fn answer(self) -> Result<Answer, Error> {
        for ready in [self.base].into_iter().chain(self.variants.iter().map(|(_, ready)| *ready)) {
            super::engine_plays(ready)?;
        }
        let differences = self.played()?;
        let named = |(name, ready): (&str, &Ready)| {
            let said = &ready.said;
            let run = CommandLine::new("run").file(&said.scenario).options("set", &said.sets);
            Named { name: name.to_owned(), hash: ready.hash.clone(), run }
        };
        let name = |(name, ready): &(String, &Ready)| match name.as_str() {
            "" if ready.said.sets.is_empty() => ready.said.scenario.clone(),
            "" => ready.said.sets.join("; "),
            _ => name.clone(),
        };
        let names: Vec<String> = self.variants.iter().map(name).collect();
        let variants = names.iter().map(String::as_str).zip(self.variants.iter().map(|(_, ready)| *ready));
        let cells: Vec<Named> =
            [(self.base.said.scenario.as_str(), self.base)].into_iter().chain(variants).map(named).collect();
        let heading = heading(self.base, self.many.seed, self.many.games);
        let document = document(&heading, &cells, &differences);
        Ok(Answer::counted(self.base, &heading, document, differences.games))
    }

    fn played(&self) -> Result<Differences, Error> {
        let plan = self.many.plan();
        super::enough(&plan, 2)?;
        self.many.in_all(1 + self.variants.len());
        let base = self.base.parties().collect::<Vec<_>>();
        for (_, variant) in &self.variants {
            let variant = variant.parties().collect::<Vec<_>>();
            if base != variant {
                let [base, variant] = [base, variant].map(|names| names.join(" and "));
                let text =
                    format!("the base is played by {base}, the variant by {variant}: there is nothing to compare");
                return Err(Error::argument(text));
            }
        }
        let variants = self.variants.iter().map(|(_, ready)| ready.setup());
        let setups: Vec<&Setup> = [self.base.setup()].into_iter().chain(variants).collect();
        compare::compare(&setups, &self.asked, &plan, &self.many.watch)
    }
}

/// What differs between a scenario and its variant.
#[derive(Debug, Clone)]
pub struct Compared {
    answer: Differences,
}

impl Compared {
    /// How many games were played of each.
    pub fn games(&self) -> u64 {
        self.answer.games
    }

    /// Stopped before all were played.
    pub fn interrupted(&self) -> bool {
        self.answer.interrupted
    }

    /// The difference in a measure by its name, variant less base; none where fewer than two games have a case on
    /// either side.
    pub fn difference(&self, name: &str) -> Result<Option<Found>, Error> {
        Ok(self.found()[find(&self.answer.measures, name)?])
    }

    /// Every measure that can be compared, with its difference.
    pub fn differences(&self) -> impl Iterator<Item = (&Measure, Found)> {
        self.answer.measures.iter().zip(self.found()).filter_map(|(measure, found)| Some((measure, (*found)?)))
    }

    /// The games that end in another class.
    pub fn flips(&self) -> &Flips {
        &self.answer.comparisons[0].flips
    }

    fn found(&self) -> &[Option<Found>] {
        &self.answer.comparisons[0].found
    }
}
