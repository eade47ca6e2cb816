//! Where a yes comes from.

use std::sync::Arc;

use super::answer::{Answer, heading};
use super::many::{Many, many};
use crate::batch::play::{Plan, Watch};
use crate::error::Error;
use crate::expression;
use crate::notation::wording::count;
use crate::ready::Ready;
use crate::report::discover::{Asked, document, page, table};
use crate::report::document::Report;
use crate::report::heading::Heading;
use crate::scenario::because::reason;
use crate::studies::columns::{Columns, not_a_yes_or_no};
use crate::studies::discover::boxes::boxes;
use crate::studies::discover::tree::tree;
use crate::studies::discover::{Cases, Count};
use crate::studies::gathered::{LOOKED_AT, gather};
use crate::studies::measures::Kind;
use crate::studies::varied::Wanted;
use crate::world::worlds;

/// Boxes at most, where nothing is said.
const BOXES: u64 = 2;

impl Ready {
    /// Boxes of inputs in which a yes is frequent, and a small tree, judged on other games than those they were found on. The
    /// question is a measure such as `truce_lapsed`, or an expression such as `not deal`.
    ///
    /// ```
    /// # use summitry::prelude::*;
    /// let ready = Draft::open("stockholm-2025").ready()?;
    /// let answer = ready.discover("not deal").boxes(1).games(600).answer()?;
    /// assert!(answer.json().contains("\"summitry.discover/1\""));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn discover(&self, question: &str) -> Discover<'_> {
        Discover { ready: self, question: question.to_owned(), only: vec![], boxes: BOXES, many: Many::of(20_000) }
    }
}

/// Games to be looked into.
#[derive(Debug, Clone)]
pub struct Discover<'a> {
    ready: &'a Ready,
    question: String,
    only: Vec<String>,
    boxes: u64,
    many: Many,
}

many!(Discover<'_>, games, "How many games; 20 000 where left out.");

impl Discover<'_> {
    /// Only inputs whose path holds this word, or another that is named so.
    pub fn only(mut self, word: &str) -> Self {
        self.only.push(word.to_owned());
        self
    }

    /// How many boxes at most, each among the games that lie in none before; 2 where left out.
    pub fn boxes(mut self, boxes: u64) -> Self {
        self.boxes = boxes;
        self
    }

    /// Plays them, as the document of `summitry discover`. What is no yes or no is refused, and so few games that nothing
    /// could be said.
    pub fn answer(self) -> Result<Answer, Error> {
        let (ready, plan) = (self.ready, self.many.plan());
        super::engine_plays(ready)?;
        self.many.in_all(1);
        let heading = heading(ready, self.many.seed, self.many.games);
        let answered = Answered::of_games(ready, (&self.question, &self.only), heading, &plan, &self.many.watch)?;
        Ok(Answer::new(ready, answered.report(&self.question, self.boxes)?))
    }
}

/// Games a question was asked of.
pub struct Answered {
    /// Which games.
    pub heading: Heading,
    /// What is known of each.
    pub columns: Columns,
    /// The columns that may be limits.
    pub inputs: Vec<String>,
    /// Where each is from, as its author says; empty where no scenario says so.
    pub because: Vec<Option<String>>,
    /// A yes, a no, or no case, a game.
    pub lane: Vec<f64>,
}

impl Answered {
    /// Of games that are played for it; inputs are those whose path holds one of some words.
    pub fn of_games(
        ready: &Ready,
        (question, only): (&str, &[String]),
        heading: Heading,
        plan: &Plan,
        watch: &Watch,
    ) -> Result<Answered, Error> {
        if heading.asked > LOOKED_AT {
            let text = format!("{} games are too many to look at: {LOOKED_AT} at most", heading.asked);
            return Err(Error::argument(text));
        }
        let inputs = Wanted { over: &[], called: "path", within: None, only }.of(ready)?.inputs;
        let gathered = gather(ready.setup(), &inputs, &[question.to_owned()], plan, watch)?;
        if gathered.kinds[0] != Kind::Share {
            return Err(not_a_yes_or_no(question, expression::Kind::Number));
        }
        let inputs: Vec<String> = inputs.iter().map(|input| input.path().to_owned()).collect();
        let from = |path: &String| reason(&ready.loaded, &ready.setup.scenario, path);
        let because = inputs.iter().map(from).collect();
        let lane = gathered.columns.list.last().map(|column| column.lane.clone()).unwrap_or_default();
        Ok(Answered { heading, columns: gathered.columns, inputs, because, lane })
    }

    /// So many boxes at most and a tree, found on the games of even numbers and judged on the others; on worlds of even
    /// numbers where an input is drawn once a world, for else both halves would be of the same draws.
    pub fn report(&self, question: &str, most: u64) -> Result<Report, Error> {
        let Answered { heading, columns, inputs, because, lane } = self;
        let kept: Vec<usize> = (0..lane.len()).filter(|g| !lane[*g].is_nan()).collect();
        let yes: Vec<bool> = lane.iter().map(|x| *x > 0.0).collect();
        let lanes = inputs.iter().filter_map(|name| columns.find(name)).map(|column| column.lane.as_slice());
        let cases = Cases { inputs: lanes.collect(), yes: &yes };
        let worlds = columns.worlds(inputs);
        let number = |g: usize| worlds.as_ref().map_or(columns.games[g], |worlds| worlds[g]);
        let (even, odd): (Vec<usize>, Vec<usize>) = kept.iter().partition(|g| number(**g).is_multiple_of(2));
        let halves = [even, odd];
        if worlds.is_some() && halves[1].len() < 100 {
            return Err(Error::argument(format!(
                "some inputs are drawn once a world of {} games: at least two worlds are needed, one to judge what is \
                 found in the other",
                worlds::GAMES
            )));
        }
        let all = Count::of(&halves[0], &yes);
        if all.games < 100 || all.yes == 0 || all.yes == all.games {
            if heading.asked > columns.games.len() as u64 {
                let text =
                    format!("stopped before enough games were played: {} of {}", columns.games.len(), heading.asked);
                return Err(Error::Interrupted(text));
            }
            return Err(Error::argument(format!(
                "`{question}` is a yes in {} of {}: at least 200 games are needed, some a yes and some a no",
                yes.iter().filter(|yes| **yes).count(),
                count(kept.len(), "game")
            )));
        }
        let found = boxes(&cases, &halves[0], most as usize);
        let tree = tree(&cases, &halves[0]);
        let asked = Asked { heading, question, inputs, because, cases: &cases, halves: &halves };
        Ok(Report::new(page(&asked, &found, &tree), document(&asked, &found, &tree))
            .with_table(table(&asked, &found))
            .counted(heading, columns.games.len() as u64))
    }
}
