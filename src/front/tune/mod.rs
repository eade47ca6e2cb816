//! Which values of some paths bring most of what is sought.

pub mod asked;
pub mod opponents;
mod sought;

use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::Draft;
use super::answer::{Answer, heading};
use super::many::{Many, many};
use crate::batch::play::Watch;
use crate::error::Error;
use crate::ready::Ready;
use crate::report::document::Report;
use crate::report::tune::{Outcome, Searched, document, reasons, told_axis};
use crate::scenario::load::{Loaded, Studied};
use crate::studies::design::Axis;
use crate::studies::tune::arena::{Clocks, with_crew};
use crate::studies::tune::compiled::Compiled;
use crate::studies::tune::search::{Quest, State};
use asked::{Asked, STOPPED, judged};
use opponents::{Opponent, opponents};

impl Draft {
    /// A search over paths, those that the file names for it and those of [`over`](Tune::over), for what one of
    /// [`maximise`](Tune::maximise), [`minimise`](Tune::minimise), [`target`](Tune::target) and [`fit`](Tune::fit) says.
    ///
    /// ```
    /// # use summitry::prelude::*;
    /// let tune = Draft::open("stockholm-2025").tune().over("parties.us.optimism=0..1").maximise("us.total");
    /// let answer = tune.tries(8).games(20).answer()?;
    /// assert!(answer.json().contains("\"summitry.tune/3\""));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn tune(&self) -> Tune {
        let asked = Asked {
            over: vec![],
            called: "path of the search",
            side: None,
            maximise: None,
            minimise: None,
            target: None,
            fit: None,
            quantile: None,
            penalties: vec![],
            worst: false,
            tries: 200,
            games: 0,
            held_out: None,
        };
        Tune { draft: self.clone(), asked, against: vec![], many: Many::of(4_000) }
    }
}

/// A search to be made.
#[derive(Debug, Clone)]
pub struct Tune {
    draft: Draft,
    asked: Asked,
    against: Vec<String>,
    many: Many,
}

many!(Tune, games, "How many games of a candidate that is played in full; 4 000 where left out.");

impl Tune {
    /// A path and what to search: a range, `PATH=0..1`, or values, `PATH=30,40,50`.
    pub fn over(mut self, path_and_range: &str) -> Self {
        self.asked.over.push(path_and_range.to_owned());
        self
    }

    /// Only the paths of this party are tuned.
    pub fn side(mut self, party: &str) -> Self {
        self.asked.side = Some(party.to_owned());
        self
    }

    /// To have most of a measure, by its name or as an expression.
    pub fn maximise(mut self, measure: &str) -> Self {
        self.asked.maximise = Some(measure.to_owned());
        self
    }

    /// To have least of it.
    pub fn minimise(mut self, measure: &str) -> Self {
        self.asked.minimise = Some(measure.to_owned());
        self
    }

    /// To bring it to a value, in its unit.
    pub fn target(mut self, measure: &str, value: f64) -> Self {
        self.asked.target = Some(format!("{measure}={value}"));
        self
    }

    /// To fit the moments of a file: means, shares and quantiles, each with a tolerance.
    pub fn fit(mut self, file: &str) -> Self {
        self.asked.fit = Some(file.to_owned());
        self
    }

    /// One of these by its name.
    pub(super) fn aim(self, aim: &str, of: &str, value: f64) -> Self {
        match aim {
            "minimise" => self.minimise(of),
            "target" => self.target(of, value),
            "fit" => self.fit(of),
            _ => self.maximise(of),
        }
    }

    /// Not the mean of the measure but its quantile at this share, 0 to 1.
    pub fn quantile(mut self, share: f64) -> Self {
        self.asked.quantile = Some(share);
        self
    }

    /// Takes off a weight for each unit by which a mean leaves a bound: `truce_lapsed<=0.2:50`.
    pub fn penalty(mut self, bound_and_weight: &str) -> Self {
        self.asked.penalties.push(bound_and_weight.to_owned());
        self
    }

    /// The other side plays by this strategy, a name or a file; of several the mean counts.
    pub fn against(mut self, strategy: &str) -> Self {
        self.against.push(strategy.to_owned());
        self
    }

    /// Against several, the worst counts, not the mean.
    pub fn worst(mut self) -> Self {
        self.asked.worst = true;
        self
    }

    /// The budget of each search, in candidates played in full; 200 where left out.
    pub fn tries(mut self, candidates: u64) -> Self {
        self.asked.tries = candidates;
        self
    }

    /// How many held-out games the best is judged on; as many as a candidate has where left out.
    pub fn held_out(mut self, games: u64) -> Self {
        self.asked.held_out = Some(games);
        self
    }

    /// Searches, as the document of `summitry tune`. Refused are a search without a path or an aim, several aims, and a
    /// budget of fewer than 8 candidates or games, or of more than a million.
    pub fn answer(self) -> Result<Answer, Error> {
        let (mut of, mut state) = (self.prepared()?, State::default());
        let (threads, watch) = (of.many.threads.max(1), of.many.watch.clone());
        let done = with_crew(threads, &watch, Clocks::STILL, |crew| of.quest.run(&mut state, crew, &mut |_| {}))?;
        of.told(state, done)
    }

    pub(super) fn prepared(self) -> Result<Prepared, Error> {
        let Tune { draft, asked, against, many } = self;
        let asked = Asked { games: many.games, ..asked };
        one_aim(&asked)?;
        let ready = draft.studied(Studied::Tune)?;
        let mut base = ready.loaded.clone();
        let (axes, held) = (asked.axes(&mut base)?, asked.held()?);
        let opponents = opponents(&mut base, &axes, &against, "strategy")?;
        let (quest, hash) = asked.quest(&base, &axes, &opponents, many.seed)?;
        many.watch.total.store(quest.budget().saturating_mul(2), Ordering::Relaxed);
        Ok(Prepared { ready, base, asked, axes, opponents, quest, hash, held, many })
    }
}

/// A search that can be made.
pub(super) struct Prepared {
    pub ready: Ready,
    base: Loaded,
    asked: Asked,
    axes: Vec<Axis>,
    opponents: Vec<Opponent>,
    pub quest: Quest,
    hash: String,
    held: u64,
    pub many: Many,
}

impl Prepared {
    /// The paths.
    pub fn axes(&self) -> &[Axis] {
        &self.axes
    }

    /// The search once more, for another to go on with.
    pub fn again(&self) -> Result<Quest, Error> {
        Ok(self.asked.quest(&self.base, &self.axes, &self.opponents, self.many.seed)?.0)
    }

    /// Judges what the search came to, and tells it as the document; `done` says that its budget was spent.
    pub fn told(&self, state: State, done: bool) -> Result<Answer, Error> {
        let Prepared { ready, asked, axes, opponents, quest, many, .. } = self;
        let held = if done { self.held } else { self.held.min(STOPPED) };
        let outcome = judged(quest, axes, state, held, (many.threads.max(1), Clocks::STILL))?;
        let outcome = Outcome { interrupted: !done, ..outcome };
        let hash = self.hash.clone();
        let searched = Searched {
            heading: &crate::report::heading::Heading { hash, ..heading(ready, many.seed, many.games) },
            axes: &axes.iter().map(|axis| (axis.path.clone(), told_axis(axis))).collect::<Vec<_>>(),
            because: &reasons(&self.base, axes)?,
            direct: quest.tables.iter().map(Compiled::direct).min().unwrap_or(0),
            objective: &quest.objective,
            against: &opponents
                .iter()
                .filter(|(_, change)| change.is_some())
                .map(|(named, _)| named.clone())
                .collect::<Vec<_>>(),
            tries: asked.tries,
            held,
        };
        let report = Report::new(String::new(), document(&searched, &outcome, None));
        let after = "the budget was not spent; this is the best so far";
        Ok(Answer::new(ready, report.interrupted(outcome.interrupted, after)))
    }
}

/// Refuses several aims, and what does not go with a file of moments.
fn one_aim(asked: &Asked) -> Result<(), Error> {
    let Asked { maximise, minimise, target, fit, quantile, penalties, .. } = asked;
    if [maximise, minimise, target, fit].into_iter().flatten().count() > 1 {
        return Err(Error::argument("one thing is sought: to maximise, to minimise, to come to a target or to fit"));
    }
    if fit.is_some() && (quantile.is_some() || !penalties.is_empty()) {
        return Err(Error::argument("a file of moments says all that is sought: leave out quantile and penalties"));
    }
    Ok(())
}
