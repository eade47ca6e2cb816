//! A scenario and what can be asked of it.

use std::sync::Arc;

use pyo3::prelude::*;
use summitry::prelude::{Draft, Error, Ready};

use crate::answer::Answer;
use crate::problem::raised;
use crate::rows::Rows;
use crate::vector::Vector;
use crate::watched::{Eye, played};

/// A scenario that was checked.
#[pyclass(frozen, module = "summitry._summitry")]
pub struct Scenario(Arc<Checked>);

struct Checked {
    draft: Draft,
    ready: Ready,
}

impl Scenario {
    fn of(py: Python<'_>, draft: Draft) -> PyResult<Scenario> {
        let ready = py.detach(|| draft.ready()).map_err(|error| raised(py, error))?;
        Ok(Scenario(Arc::new(Checked { draft, ready })))
    }

    /// As it was put together.
    pub fn draft(&self) -> &Draft {
        &self.0.draft
    }

    /// As it can be played.
    pub fn ready(&self) -> &Ready {
        &self.0.ready
    }
}

pub fn answered(found: Result<summitry::prelude::Answer, Error>) -> Result<Answer, Error> {
    found.map(Answer)
}

#[pymethods]
impl Scenario {
    #[staticmethod]
    fn open(py: Python<'_>, path: &str) -> PyResult<Scenario> {
        Scenario::of(py, Draft::open(path))
    }

    #[staticmethod]
    fn text(py: Python<'_>, text: &str) -> PyResult<Scenario> {
        Scenario::of(py, Draft::text(text))
    }

    /// The same with changes, each `PATH=VALUE`, and seats, each a party and its strategy.
    fn changed(&self, py: Python<'_>, sets: Vec<String>, seats: Vec<(String, String)>) -> PyResult<Scenario> {
        let draft =
            seats.iter().fold(self.0.draft.clone().sets(sets), |draft, (party, plays)| draft.seat(party, plays));
        Scenario::of(py, draft)
    }

    #[getter]
    fn title(&self) -> &str {
        self.0.ready.title()
    }

    #[getter]
    fn hash(&self) -> &str {
        self.0.ready.hash()
    }

    #[getter]
    fn parties(&self) -> Vec<&str> {
        self.0.ready.parties().collect()
    }

    #[getter]
    fn levers(&self) -> Vec<&str> {
        self.0.ready.lever_keys().collect()
    }

    fn batch(&self, py: Python<'_>, games: u64, seed: u64, threads: Option<usize>, eye: Eye) -> PyResult<Answer> {
        let this = self.0.clone();
        played(py, &eye, threads, move |watch, threads| {
            answered(this.ready.batch(games).seed(seed).threads(threads).watch(watch).answer())
        })
    }

    fn rows(&self, py: Python<'_>, games: u64, seed: u64, threads: Option<usize>, eye: Eye) -> PyResult<Rows> {
        let this = self.0.clone();
        played(py, &eye, threads, move |watch, threads| {
            this.ready.batch(games).seed(seed).threads(threads).watch(watch).columns().map(Rows::of)
        })
    }

    /// A game as a document, and told in English.
    fn run(&self, py: Python<'_>, game: u64, seed: u64) -> PyResult<(Answer, String)> {
        let this = self.0.clone();
        played(py, &None, Some(1), move |_, _| {
            let game = this.ready.game(game).seed(seed);
            Ok((Answer(game.answer()?), game.english()))
        })
    }

    /// Against variants, each with its name.
    fn compare(
        &self,
        py: Python<'_>,
        variants: Vec<(String, Py<Scenario>)>,
        measures: Vec<String>,
        games: u64,
        seed: u64,
        threads: Option<usize>,
        eye: Eye,
    ) -> PyResult<Answer> {
        let this = self.0.clone();
        let variants: Vec<_> = variants.into_iter().map(|(name, variant)| (name, variant.get().0.clone())).collect();
        played(py, &eye, threads, move |watch, threads| {
            let mut all = variants.iter().map(|(name, variant)| (name, &variant.ready));
            let Some((name, first)) = all.next() else {
                return Err(Error::argument("nothing to compare with: name a variant"));
            };
            let compare =
                all.fold(this.ready.compare(first).called(name), |c, (name, ready)| c.and(ready).called(name));
            let compare = measures.iter().fold(compare, |compare, measure| compare.measure(measure));
            answered(compare.games(games).seed(seed).threads(threads).watch(watch).answer())
        })
    }

    /// Over paths, each `PATH=VALUES`.
    fn sweep(
        &self,
        py: Python<'_>,
        over: Vec<String>,
        measures: Vec<String>,
        design: String,
        points: Option<u64>,
        design_seed: u64,
        games: u64,
        seed: u64,
        threads: Option<usize>,
        eye: Eye,
    ) -> PyResult<Answer> {
        let this = self.0.clone();
        played(py, &eye, threads, move |watch, threads| {
            let sweep = this.draft.sweep().design(&design).design_seed(design_seed);
            let sweep = points.into_iter().fold(sweep, |sweep, points| sweep.points(points));
            let sweep = over.iter().fold(sweep, |sweep, path| sweep.over(path));
            let sweep = measures.iter().fold(sweep, |sweep, measure| sweep.measure(measure));
            answered(sweep.games(games).seed(seed).threads(threads).watch(watch).answer())
        })
    }

    fn odds(
        &self,
        py: Python<'_>,
        game: u64,
        seen_by: Option<String>,
        futures: u64,
        seed: u64,
        threads: Option<usize>,
        eye: Eye,
    ) -> PyResult<Answer> {
        let this = self.0.clone();
        played(py, &eye, threads, move |watch, threads| {
            let odds = this.ready.odds(game).futures(futures).seed(seed).threads(threads).watch(watch);
            answered(seen_by.iter().fold(odds, |odds, party| odds.seen_by(party)).answer())
        })
    }

    fn score(
        &self,
        py: Python<'_>,
        questions: String,
        games: u64,
        seed: u64,
        threads: Option<usize>,
        eye: Eye,
    ) -> PyResult<Answer> {
        let this = self.0.clone();
        played(py, &eye, threads, move |watch, threads| {
            answered(this.ready.score(&questions).games(games).seed(seed).threads(threads).watch(watch).answer())
        })
    }

    fn sensitivity(
        &self,
        py: Python<'_>,
        over: Vec<String>,
        within: Option<f64>,
        only: Vec<String>,
        measures: Vec<String>,
        method: String,
        samples: Option<u64>,
        pairs: Option<u64>,
        design_seed: u64,
        games: Option<u64>,
        seed: u64,
        threads: Option<usize>,
        eye: Eye,
    ) -> PyResult<Answer> {
        let this = self.0.clone();
        played(py, &eye, threads, move |watch, threads| {
            let asked = this.ready.sensitivity().method(&method).design_seed(design_seed);
            let asked = over.iter().fold(asked, |asked, path| asked.over(path));
            let asked = only.iter().fold(asked, |asked, word| asked.only(word));
            let asked = measures.iter().fold(asked, |asked, measure| asked.measure(measure));
            let asked = within.into_iter().fold(asked, |asked, share| asked.all(share));
            let asked = samples.into_iter().fold(asked, |asked, n| asked.samples(n));
            let asked = pairs.into_iter().fold(asked, |asked, n| asked.pairs(n));
            let asked = games.into_iter().fold(asked, |asked, n| asked.games(n));
            answered(asked.seed(seed).threads(threads).watch(watch).answer())
        })
    }

    fn ablation(
        &self,
        py: Python<'_>,
        measures: Vec<String>,
        games: u64,
        seed: u64,
        threads: Option<usize>,
        eye: Eye,
    ) -> PyResult<Answer> {
        let this = self.0.clone();
        played(py, &eye, threads, move |watch, threads| {
            let asked = measures.iter().fold(this.ready.ablation(), |asked, measure| asked.measure(measure));
            answered(asked.games(games).seed(seed).threads(threads).watch(watch).answer())
        })
    }

    fn discover(
        &self,
        py: Python<'_>,
        question: String,
        only: Vec<String>,
        boxes: u64,
        games: u64,
        seed: u64,
        threads: Option<usize>,
        eye: Eye,
    ) -> PyResult<Answer> {
        let this = self.0.clone();
        played(py, &eye, threads, move |watch, threads| {
            let asked = this.ready.discover(&question).boxes(boxes);
            let asked = only.iter().fold(asked, |asked, word| asked.only(word));
            answered(asked.games(games).seed(seed).threads(threads).watch(watch).answer())
        })
    }

    /// `aim` is what is sought and of what: maximise, minimise, target or fit.
    fn tune(
        &self,
        py: Python<'_>,
        over: Vec<String>,
        aims: Vec<(String, String, f64)>,
        side: Option<String>,
        against: Vec<String>,
        worst: bool,
        quantile: Option<f64>,
        penalties: Vec<String>,
        tries: u64,
        held_out: Option<u64>,
        games: u64,
        seed: u64,
        threads: Option<usize>,
        eye: Eye,
    ) -> PyResult<Answer> {
        let this = self.0.clone();
        played(py, &eye, threads, move |watch, threads| {
            let tune = over.iter().fold(this.draft.tune().tries(tries), |tune, path| tune.over(path));
            let tune = aims.iter().fold(tune, |tune, (aim, of, value)| match aim.as_str() {
                "minimise" => tune.minimise(of),
                "target" => tune.target(of, *value),
                "fit" => tune.fit(of),
                _ => tune.maximise(of),
            });
            let tune = side.iter().fold(tune, |tune, party| tune.side(party));
            let tune = against.iter().fold(tune, |tune, strategy| tune.against(strategy));
            let tune = penalties.iter().fold(tune, |tune, penalty| tune.penalty(penalty));
            let tune = quantile.into_iter().fold(tune, |tune, share| tune.quantile(share));
            let tune = held_out.into_iter().fold(tune, |tune, games| tune.held_out(games));
            let tune = if worst { tune.worst() } else { tune };
            answered(tune.games(games).seed(seed).threads(threads).watch(watch).answer())
        })
    }

    /// Games side by side, with the seats of these parties held from outside.
    fn vector(&self, py: Python<'_>, parties: Vec<String>, games: usize) -> PyResult<Vector> {
        let parties: Vec<&str> = parties.iter().map(String::as_str).collect();
        let made = py.detach(|| self.0.ready.vector(&parties, games));
        made.map(Vector::of).map_err(|error| raised(py, error))
    }

    fn tournament(
        &self,
        py: Python<'_>,
        strategies: Vec<String>,
        games: u64,
        seed: u64,
        threads: Option<usize>,
        eye: Eye,
    ) -> PyResult<Answer> {
        let this = self.0.clone();
        played(py, &eye, threads, move |watch, threads| {
            answered(this.ready.tournament(strategies).games(games).seed(seed).threads(threads).watch(watch).answer())
        })
    }
}
