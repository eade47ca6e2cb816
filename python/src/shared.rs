//! A question whose games others play: pieces are handed out and taken back as texts, while the question itself waits on
//! a thread of its own.

use std::sync::Mutex;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use summitry::error::Error;
use summitry::prelude::{Answer as Found, Others, Piece, Planned as Plan};

use crate::answer::Answer;
use crate::problem::raised;
use crate::scenario::Scenario;
use crate::watched::{Eye, LOOK, played};

/// A question that others play.
#[pyclass(frozen, module = "summitry._summitry")]
pub struct Shared(std::sync::Arc<summitry::prelude::Shared>);

/// What the question says to those who play.
enum Says {
    Wants(Vec<Piece>),
    Found(Box<Result<Found, Error>>),
}

/// What they say to it.
enum Said {
    Back(usize, String),
    Stop,
}

#[pymethods]
impl Shared {
    /// A question, as a document, to a scenario.
    #[new]
    fn of(py: Python<'_>, scenario: &Scenario, question: &str) -> PyResult<Shared> {
        let made = py.detach(|| scenario.draft().shared(question));
        made.map(|shared| Shared(shared.into())).map_err(|error| raised(py, error))
    }

    /// The scenario as one text that needs no other.
    fn text(&self) -> String {
        self.0.text()
    }

    /// Plays a piece of it.
    fn piece(&self, py: Python<'_>, piece: String, threads: Option<usize>) -> PyResult<String> {
        let this = self.0.clone();
        played(py, &None, threads, move |watch, threads| this.piece(&piece, threads, watch))
    }

    /// Asks, to have the games played in so many pieces.
    fn begin(&self, pieces: u64) -> Asked {
        let (to, says) = channel();
        let (said, from) = channel();
        let this = self.0.clone();
        thread::spawn(move || {
            let mut counter = Counter { to: to.clone(), from, stopped: false };
            drop(to.send(Says::Found(Box::new(this.answer(&mut counter, pieces)))));
        });
        Asked { shared: self.0.clone(), says: Mutex::new(says), said, found: Mutex::default() }
    }
}

/// Where pieces are handed out and taken back.
struct Counter {
    to: Sender<Says>,
    from: Receiver<Said>,
    stopped: bool,
}

impl Others for Counter {
    fn play(
        &mut self,
        pieces: &[Piece],
        back: &mut dyn FnMut(usize, &str) -> Result<(), Error>,
    ) -> Result<bool, Error> {
        if self.stopped || self.to.send(Says::Wants(pieces.to_vec())).is_err() {
            return Ok(false);
        }
        for _ in pieces {
            match self.from.recv() {
                Ok(Said::Back(place, text)) => back(place, &text)?,
                Ok(Said::Stop) | Err(_) => {
                    self.stopped = true;
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }
}

/// A question that was asked, and is under way.
#[pyclass(frozen, module = "summitry._summitry")]
pub struct Asked {
    shared: std::sync::Arc<summitry::prelude::Shared>,
    says: Mutex<Receiver<Says>>,
    said: Sender<Said>,
    found: Mutex<Option<Result<Found, Error>>>,
}

#[pymethods]
impl Asked {
    /// The pieces that are wanted next, each with how many games it is; none when the answer is found.
    fn wants(&self, py: Python<'_>) -> PyResult<Option<Vec<(String, u64)>>> {
        loop {
            let next = py.detach(|| self.says.lock().ok().map(|says| says.recv_timeout(LOOK)));
            match next.ok_or_else(broken)? {
                Ok(Says::Wants(pieces)) => {
                    return Ok(Some(pieces.into_iter().map(|piece| (piece.text, piece.games)).collect()));
                }
                Ok(Says::Found(found)) => {
                    *self.found.lock().map_err(|_| broken())? = Some(*found);
                    return Ok(None);
                }
                Err(RecvTimeoutError::Timeout) => py.check_signals()?,
                Err(RecvTimeoutError::Disconnected) => return Err(broken()),
            }
        }
    }

    /// What came of a piece; false where the question wants no more.
    fn back(&self, place: usize, text: String) -> bool {
        self.said.send(Said::Back(place, text)).is_ok()
    }

    /// Wants no more pieces: the answer is of those that came back.
    fn stop(&self) {
        let _ = self.said.send(Said::Stop);
    }

    /// How many games came back, and how many there are in all, or 0 where that is not known.
    fn far(&self) -> (u64, u64) {
        let watch = self.shared.watch();
        (watch.done.load(Ordering::Relaxed), watch.total.load(Ordering::Relaxed))
    }

    /// The answer.
    fn answer(&self, py: Python<'_>) -> PyResult<Answer> {
        let found = self.found.lock().map_err(|_| broken())?.take().ok_or_else(broken)?;
        found.map(Answer).map_err(|error| raised(py, error))
    }
}

fn broken() -> PyErr {
    PyRuntimeError::new_err("summitry failed: a question under way was left")
}

/// A batch in parts, in a folder.
#[pyclass(frozen, module = "summitry._summitry")]
pub struct Planned(std::sync::Arc<Plan>);

#[pymethods]
impl Planned {
    /// A batch that is cut into parts, or goes on.
    #[new]
    fn of(
        py: Python<'_>,
        scenario: &Scenario,
        folder: &str,
        games: u64,
        seed: u64,
        parts: Option<u64>,
        rows: Option<String>,
    ) -> PyResult<Planned> {
        let made = py.detach(|| scenario.ready().planned(folder, games, seed, parts, rows.as_deref()));
        made.map(|planned| Planned(planned.into())).map_err(|error| raised(py, error))
    }

    #[staticmethod]
    fn open(py: Python<'_>, folder: &str) -> PyResult<Planned> {
        let opened = py.detach(|| Plan::open(folder));
        opened.map(|planned| Planned(planned.into())).map_err(|error| raised(py, error))
    }

    /// The numbers of the parts that are not there yet, each with how many games it is; and how many games there are.
    fn missing(&self, py: Python<'_>) -> PyResult<(Vec<(u64, u64)>, u64)> {
        let size = |part: u64| self.0.games_of(part).map(|games| (part, games.end - games.start));
        let missing = || self.0.missing()?.into_iter().map(size).collect::<Result<Vec<_>, Error>>();
        let all = || Ok((missing()?, self.0.games_of(self.0.parts() - 1)?.end));
        all().map_err(|error| raised(py, error))
    }

    /// Plays a part and keeps it.
    fn play(&self, py: Python<'_>, part: u64, threads: Option<usize>, eye: Eye) -> PyResult<()> {
        let this = self.0.clone();
        played(py, &eye, threads, move |watch, threads| this.play(part, threads, watch))
    }

    /// All parts that are there, as the batch.
    fn answer(&self, py: Python<'_>) -> PyResult<Answer> {
        py.detach(|| self.0.answer()).map(Answer).map_err(|error| raised(py, error))
    }
}
