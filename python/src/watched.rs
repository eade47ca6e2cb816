//! Work without the interpreter's lock: the thread that asked looks up now and then, for Ctrl-C and to say how far it is.

use std::sync::atomic::Ordering;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use summitry::error::Error;
use summitry::prelude::Watch;

use crate::problem::raised;

/// How often signals are looked for, and how many such looks lie between two calls of the eye.
const LOOK: Duration = Duration::from_millis(20);
const LOOKS: u32 = 5;

/// Who is told how far the work has come: called with the games played, and those to be played in all or 0.
pub type Eye = Option<Py<PyAny>>;

/// Does some work on other threads, so many at most. An exception of a signal or of the eye stops it and is raised.
pub fn played<T: Send>(
    py: Python<'_>,
    eye: &Eye,
    threads: Option<usize>,
    job: impl FnOnce(&Arc<Watch>, usize) -> Result<T, Error> + Send,
) -> PyResult<T> {
    let watch = Arc::new(Watch { clock: Some(milliseconds), ..Watch::default() });
    let most = thread::available_parallelism().map_or(1, usize::from);
    let threads = threads.map_or(most, |asked| asked.clamp(1, most));
    let (stopped, done) = py.detach(|| {
        thread::scope(|scope| {
            let (sender, over) = channel::<()>();
            let seen = watch.clone();
            let worker = scope.spawn(move || {
                let _until_done = sender;
                job(&seen, threads)
            });
            let stopped = look_on(&over, &watch, eye);
            (stopped, worker.join())
        })
    });
    match (stopped, done) {
        (Some(error), _) => Err(error),
        (None, Err(_)) => Err(PyRuntimeError::new_err("summitry failed: a thread panicked")),
        (None, Ok(Err(error))) => Err(raised(py, error)),
        (None, Ok(Ok(found))) => match eye {
            Some(_) => tell(py, &watch, eye).map(|()| found),
            None => Ok(found),
        },
    }
}

/// Looks on until the work is done; an exception asks it to end.
fn look_on(over: &std::sync::mpsc::Receiver<()>, watch: &Watch, eye: &Eye) -> Option<PyErr> {
    let (mut stopped, mut looks) = (None, 0);
    while over.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
        if stopped.is_some() {
            continue;
        }
        looks += 1;
        let looked = Python::attach(|py| {
            py.check_signals()?;
            if looks % LOOKS == 0 { tell(py, watch, eye) } else { Ok(()) }
        });
        if let Err(error) = looked {
            watch.stop.store(true, Ordering::Relaxed);
            stopped = Some(error);
        }
    }
    stopped
}

fn tell(py: Python<'_>, watch: &Watch, eye: &Eye) -> PyResult<()> {
    let Some(eye) = eye else { return Ok(()) };
    let far = (watch.done.load(Ordering::Relaxed), watch.total.load(Ordering::Relaxed));
    eye.call1(py, far).map(|_| ())
}

/// Since it was first asked.
#[allow(clippy::disallowed_methods)] // a clock says how much is played at a time, never what
fn milliseconds() -> u64 {
    static FIRST: OnceLock<Instant> = OnceLock::new();
    FIRST.get_or_init(Instant::now).elapsed().as_millis() as u64
}
