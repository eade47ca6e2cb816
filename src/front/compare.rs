//! A scenario against another on the same dice: what differs, and how surely.

use std::sync::Arc;

use crate::batch::play::{Plan, Watch};
use crate::error::Error;
use crate::ready::Ready;
use crate::studies::compare::{self, Differences, Flips};
use crate::studies::measures::{Measure, find};
use crate::studies::sums::Found;
use crate::world::dice::Key;

impl Ready {
    /// The same games of this scenario and of a variant, with the same luck; to be played by [`run`](Compare::run).
    pub fn compare<'a>(&'a self, variant: &'a Ready) -> Compare<'a> {
        Compare { cells: [self, variant], asked: vec![], plan: Plan::new(0, 10_000), watch: Arc::default() }
    }
}

/// Games to be played twice.
#[derive(Debug, Clone)]
pub struct Compare<'a> {
    cells: [&'a Ready; 2],
    asked: Vec<String>,
    plan: Plan,
    watch: Arc<Watch>,
}

impl Compare<'_> {
    /// How many games of each; 10 000 where left out.
    pub fn games(self, games: u64) -> Self {
        Compare { plan: Plan { games: 0..games, ..self.plan }, ..self }
    }

    /// The seed of all chance; 0 where left out.
    pub fn seed(self, seed: u64) -> Self {
        Compare { plan: Plan { key: Key::of_seed(seed), ..self.plan }, ..self }
    }

    /// How many threads play; as many as the machine runs side by side where left out. The result is the same.
    pub fn threads(self, threads: usize) -> Self {
        Compare { plan: self.plan.threads(threads), ..self }
    }

    /// Where it is seen how far the games have come, and where they can be stopped.
    pub fn watch(self, watch: &Arc<Watch>) -> Self {
        Compare { watch: watch.clone(), ..self }
    }

    /// Asks for an expression too, such as `us.share > 0.5`, or `us.total given deal`: see the page on questions. Its
    /// difference is read by the same text.
    pub fn measure(mut self, expression: &str) -> Self {
        self.asked.push(expression.to_owned());
        self
    }

    /// Plays them. Fewer than two games, scenarios of other parties and an expression that cannot be read are refused.
    pub fn run(self) -> Result<Compared, Error> {
        super::enough(&self.plan, 2)?;
        let [base, variant] = self.cells.map(|ready| ready.parties().collect::<Vec<_>>());
        if base != variant {
            let [base, variant] = [base, variant].map(|names| names.join(" and "));
            let text = format!("the base is played by {base}, the variant by {variant}: there is nothing to compare");
            return Err(Error::argument(text));
        }
        let answer = compare::compare(&self.cells.map(Ready::setup), &self.asked, &self.plan, &self.watch)?;
        Ok(Compared { answer })
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
