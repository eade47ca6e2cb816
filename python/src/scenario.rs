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

    /// A question that is a document.
    fn asked(&self, py: Python<'_>, question: String, threads: Option<usize>, eye: Eye) -> PyResult<Answer> {
        let this = self.0.clone();
        played(py, &eye, threads, move |watch, threads| {
            answered(this.ready.asked(&this.draft, &question, threads, watch))
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

    /// Games side by side, with the seats of these parties held from outside.
    fn vector(&self, py: Python<'_>, parties: Vec<String>, games: usize) -> PyResult<Vector> {
        let parties: Vec<&str> = parties.iter().map(String::as_str).collect();
        let made = py.detach(|| self.0.ready.vector(&parties, games));
        made.map(Vector::of).map_err(|error| raised(py, error))
    }
}
