//! How the answers change along a path.

use std::sync::Arc;

use super::Draft;
use super::answer::{Answer, heading};
use super::many::{Many, many};
use crate::batch::play::Watch;
use crate::error::Error;
use crate::ready::Ready;
use crate::report::sweep::{Told, document};
use crate::scenario::load::{Loaded, Studied};
use crate::studies::axes::axes;
use crate::studies::design::{Design, notes, points};
use crate::studies::measures::Measures;
use crate::studies::sweep::{Sweep as Points, Swept};

impl Draft {
    /// The same games at every point of a design over paths: those that the file names, and those of
    /// [`over`](Sweep::over).
    ///
    /// ```
    /// # use summitry::prelude::*;
    /// let sweep = Draft::open("stockholm-2025").sweep().over("parties.us.optimism=0.2,0.8").measure("deal").games(100);
    /// assert!(sweep.answer()?.json().contains("\"summitry.sweep/1\""));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn sweep(&self) -> Sweep {
        let way = Way { design: Design::Grid, points: None, seed: 1 };
        Sweep { draft: self.clone(), over: vec![], way: Ok(way), measures: vec![], many: Many::of(4_000) }
    }
}

/// How points are chosen.
#[derive(Debug, Clone, Copy)]
pub struct Way {
    /// The kind of design.
    pub design: Design,
    /// How many points; in a grid, how many values of each range.
    pub points: Option<u64>,
    /// Its seed.
    pub seed: u64,
}

/// Points to be played.
#[derive(Debug, Clone)]
pub struct Sweep {
    draft: Draft,
    over: Vec<String>,
    way: Result<Way, Error>,
    measures: Vec<String>,
    many: Many,
}

many!(Sweep, games, "How many games at each point; 4 000 where left out.");

impl Sweep {
    /// A path and its values, `PATH=30,40,50`, or a range, `PATH=0..1`; in the place of what the file says of that path.
    pub fn over(mut self, path_and_values: &str) -> Self {
        self.over.push(path_and_values.to_owned());
        self
    }

    /// How points are chosen: `grid` (where left out), `paired`, `lhs` or `sobol`.
    pub fn design(mut self, name: &str) -> Self {
        self.way = self.way.and_then(|way| Ok(Way { design: Design::named(name)?, ..way }));
        self
    }

    /// How many points, 64 where left out; in a grid how many values of each range, 5 where left out.
    pub fn points(mut self, points: u64) -> Self {
        self.way = self.way.map(|way| Way { points: Some(points), ..way });
        self
    }

    /// The seed of the design; 1 where left out.
    pub fn design_seed(mut self, seed: u64) -> Self {
        self.way = self.way.map(|way| Way { seed, ..way });
        self
    }

    /// Measures this: a measure by its name, or an expression. Where left out: deals and each side's points.
    pub fn measure(mut self, expression: &str) -> Self {
        self.measures.push(expression.to_owned());
        self
    }

    /// Plays them, as the document of `summitry sweep`. A sweep without a path and fewer than two games are refused.
    pub fn answer(self) -> Result<Answer, Error> {
        let of = self.prepared()?;
        let LaidOut { sweep, measures, asked, .. } = &of.laid;
        of.many.in_all(sweep.cells());
        let answer = sweep.run(measures, asked, &of.many.plan(), &of.many.watch)?;
        Ok(of.told(&answer))
    }

    pub(super) fn prepared(self) -> Result<Prepared, Error> {
        let (ready, way) = (self.draft.studied(Studied::Sweep)?, self.way?);
        super::enough(&self.many.plan(), 2)?;
        let laid = laid_out(ready.loaded.clone(), &self.over, "path of the sweep", way, &self.measures)?;
        let laid = laid.ok_or_else(|| {
            let text = "no path to sweep over: name one with its values, such as levers.us_tariff.now=30,40,50";
            Error::argument(text)
        })?;
        Ok(Prepared { ready, way, laid, many: self.many })
    }
}

/// A sweep that can be played.
pub(super) struct Prepared {
    pub ready: Ready,
    way: Way,
    pub laid: LaidOut,
    pub many: Many,
}

impl Prepared {
    /// What was found, as the document.
    pub fn told(&self, found: &Swept) -> Answer {
        let Prepared { ready, way, laid, many } = self;
        let heading = heading(ready, many.seed, many.games);
        let told = Told { paths: &laid.paths, kind: way.design, seed: way.seed, notes: &laid.notes };
        Answer::counted(ready, &heading, document(&heading, &told, found), found.games)
    }
}

/// A sweep with all its points made ready.
pub struct LaidOut {
    /// The scenario, with what the arguments say among its sources.
    pub base: Loaded,
    /// The paths.
    pub paths: Vec<String>,
    /// The points.
    pub sweep: Points,
    /// What can be measured.
    pub measures: Measures,
    /// What is.
    pub asked: Vec<usize>,
    /// The same in words.
    pub words: Vec<String>,
    /// Where the design is less even than it could be.
    pub notes: Vec<String>,
}

/// Makes the points of a sweep ready; nothing where no path is named. `called` is what an argument is called where it is
/// wrong.
pub fn laid_out(
    mut base: Loaded,
    over: &[String],
    called: &str,
    way: Way,
    measures: &[String],
) -> Result<Option<LaidOut>, Error> {
    let axes = axes(&mut base, |base| &base.sweep, over, called)?;
    if axes.is_empty() {
        return Ok(None);
    }
    let n = way.points.unwrap_or(if way.design == Design::Grid { 5 } else { 64 });
    let sweep = Points::of(&base, &axes, &points(&axes, way.design, n, way.seed)?)?;
    let words = if measures.is_empty() { sweep.usual() } else { measures.to_vec() };
    let (measures, asked) = sweep.measures(&words)?;
    let paths = axes.iter().map(|axis| axis.path.clone()).collect();
    Ok(Some(LaidOut { base, paths, sweep, measures, asked, words, notes: notes(&axes, way.design, n) }))
}
