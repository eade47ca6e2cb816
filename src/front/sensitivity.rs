//! Which inputs drive an answer.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::answer::{Answer, heading};
use super::many::{Many, many};
use crate::batch::play::Watch;
use crate::error::Error;
use crate::notation::tree::Node;
use crate::ready::Ready;
use crate::report::sensitivity::{Asked, report, told};
use crate::studies::gathered::{Gathered, gather};
use crate::studies::measures::Measure;
use crate::studies::sensitivity::asked::{BATCH, Design, GAMES, can_be_given, given, measures, within_reason};
use crate::studies::sensitivity::play::{Model, Value};
use crate::studies::sensitivity::study::{Driven, Method};
use crate::studies::tune::arena::Clocks;
use crate::studies::varied::{Varied, Wanted};

impl Ready {
    /// How much each number that is drawn, or named by [`over`](Sensitivity::over), moves some measures.
    ///
    /// ```
    /// # use summitry::prelude::*;
    /// let ready = Draft::open("stockholm-2025").ready()?;
    /// let asked = ready.sensitivity().only("optimism").method("morris").samples(2).games(20);
    /// assert!(asked.answer()?.json().contains("\"summitry.sensitivity/1\""));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn sensitivity(&self) -> Sensitivity<'_> {
        Sensitivity {
            ready: self,
            method: Ok(Method::Sobol),
            over: vec![],
            within: None,
            only: vec![],
            measures: vec![],
            samples: None,
            pairs: None,
            design_seed: 1,
            many: Many::of(0),
        }
    }
}

/// Points or games to be played.
#[derive(Debug, Clone)]
pub struct Sensitivity<'a> {
    ready: &'a Ready,
    method: Result<Method, Error>,
    over: Vec<String>,
    within: Option<f64>,
    only: Vec<String>,
    measures: Vec<String>,
    samples: Option<u64>,
    pairs: Option<u64>,
    design_seed: u64,
    /// No games: as many as the method is used to.
    many: Many,
}

many!(
    Sensitivity<'_>,
    games,
    "How many games at each point, 400 where left out; by the method `given`, of the batch, 20 000 where left out."
);

impl Sensitivity<'_> {
    /// `sobol`, shares of the variance, where left out; `morris`, a screening with few points; `given`, from one batch of
    /// games.
    pub fn method(mut self, name: &str) -> Self {
        self.method = Method::named(name);
        self
    }

    /// One more input and its values, `PATH=0..1` or `PATH=30,40,50`; of one that is drawn, instead of its distribution.
    pub fn over(mut self, path_and_values: &str) -> Self {
        self.over.push(path_and_values.to_owned());
        self
    }

    /// Varies every number that is judgement too, within such a share of itself: 0.2 for a fifth up and down.
    pub fn all(mut self, within: f64) -> Self {
        self.within = Some(within);
        self
    }

    /// Only inputs whose path holds this word, or another that is named so.
    pub fn only(mut self, word: &str) -> Self {
        self.only.push(word.to_owned());
        self
    }

    /// Measures this: a measure by its name, or an expression; `deal` where left out.
    pub fn measure(mut self, expression: &str) -> Self {
        self.measures.push(expression.to_owned());
        self
    }

    /// Rows of the samples of Sobol, 64 where left out; or walks of Morris, 20 where left out.
    pub fn samples(mut self, samples: u64) -> Self {
        self.samples = Some(samples);
        self
    }

    /// What so many inputs, those that count most, bring in twos.
    pub fn pairs(mut self, inputs: u64) -> Self {
        self.pairs = Some(inputs);
        self
    }

    /// The seed of the points, and of the errors by the bootstrap; 1 where left out.
    pub fn design_seed(mut self, seed: u64) -> Self {
        self.design_seed = seed;
        self
    }

    /// Plays them, as the document of `summitry sensitivity`. Nothing to vary, fewer than two samples or games and a share
    /// that is none are refused.
    pub fn answer(self) -> Result<Answer, Error> {
        let of = self.prepared()?;
        match of.method {
            Method::Given => of.of_games(),
            _ => of.of_points(),
        }
    }

    pub(super) fn prepared(mut self) -> Result<Prepared, Error> {
        super::engine_plays(self.ready)?;
        let method = self.method.clone()?;
        if self.within.is_some_and(|within| !(within > 0.0 && within <= 1.0)) {
            return Err(Error::argument("a share above 0 and up to 1 is needed, such as 0.2"));
        }
        for (what, n) in [("samples", self.samples), ("pairs", self.pairs)] {
            if n.is_some_and(|n| n < 2) {
                return Err(Error::argument(format!("at least 2 {what} are needed")));
            }
        }
        if self.many.games == 0 {
            self.many.games = if method == Method::Given { BATCH } else { GAMES };
        }
        super::enough(&self.many.plan(), 2)?;
        if self.measures.is_empty() {
            self.measures.push("deal".into());
        }
        let asked = measures(self.ready, &self.measures)?;
        let wanted = Wanted { over: &self.over, called: "path of the study", within: self.within, only: &self.only };
        let varied = wanted.of(self.ready)?;
        match method {
            Method::Given => can_be_given(&varied.inputs, self.many.games)?,
            _ => within_reason(self.many.games)?,
        }
        let Sensitivity { ready, measures: words, samples, pairs, design_seed, many, .. } = self;
        Ok(Prepared { ready: ready.clone(), method, varied, asked, words, samples, pairs, design_seed, many })
    }
}

/// What can be played to find what drives an answer.
pub(super) struct Prepared {
    pub ready: Ready,
    pub method: Method,
    pub varied: Varied,
    asked: Vec<Measure>,
    /// The measures in words.
    pub words: Vec<String>,
    samples: Option<u64>,
    pairs: Option<u64>,
    design_seed: u64,
    pub many: Many,
}

impl Prepared {
    fn of_points(&self) -> Result<Answer, Error> {
        let mut model = self.model()?;
        let direct = model.direct();
        let (plan, watch) = (self.many.plan(), &self.many.watch);
        self.by_points(&self.design()?, direct, |points, _| model.play(points, &plan, watch, Clocks::STILL))
    }

    /// The points of the method.
    pub fn design(&self) -> Result<Design, Error> {
        Design::of(self.method, &self.varied.inputs, self.samples, self.design_seed)
    }

    /// What plays a point.
    pub fn model(&self) -> Result<Model, Error> {
        Model::of(&self.varied.base, &self.varied.inputs, &self.words)
    }

    /// What is found at the points of a design by whoever plays them: those of the method, then those at which some inputs
    /// are looked at in twos.
    pub fn by_points(
        &self,
        design: &Design,
        direct: bool,
        mut play: impl FnMut(&[Vec<Node>], &[usize]) -> Result<Vec<Vec<Value>>, Error>,
    ) -> Result<Answer, Error> {
        let inputs = &self.varied.inputs;
        let watch = &self.many.watch;
        let found = design.found(inputs, &self.asked, self.pairs, |values, turned, more| {
            let total = (values.len() + more) as u64 * self.many.games;
            watch.total.fetch_max(total, Ordering::Relaxed);
            play(values, turned)
        })?;
        let notes = [self.varied.notes.clone(), design.notes(direct)].concat();
        let games = found.points * self.many.games;
        let stopped =
            (found.points < found.all as u64).then(|| format!("{} of {} points played", found.points, found.all));
        Ok(self.told((found.points, games), &notes, (&found.drivers, stopped)))
    }

    fn of_games(&self) -> Result<Answer, Error> {
        self.many.in_all(1);
        let (inputs, plan) = (&self.varied.inputs, self.many.plan());
        self.by_games(gather(self.ready.setup(), inputs, &self.words, &plan, &self.many.watch)?)
    }

    /// What games say that were played anyway.
    pub fn by_games(&self, gathered: Gathered) -> Result<Answer, Error> {
        let played = gathered.columns.games.len() as u64;
        let found = given(&gathered.columns, &self.varied.inputs, self.asked.clone(), self.design_seed);
        let stopped = (played < self.many.games).then(|| format!("{played} of {} games played", self.many.games));
        Ok(self.told((0, played), &self.varied.notes, (&found, stopped)))
    }

    fn told(
        &self,
        (points, games): (u64, u64),
        notes: &[String],
        (found, stopped): (&[(Measure, Driven)], Option<String>),
    ) -> Answer {
        let heading = &heading(&self.ready, self.many.seed, self.many.games);
        let inputs = &told(&self.varied.inputs, &self.ready);
        let asked = Asked { heading, method: self.method, inputs, points, games, design_seed: self.design_seed, notes };
        Answer::new(&self.ready, report(&asked, found, stopped.as_deref()))
    }
}
