//! Work without the interpreter's lock: the thread that asked looks up now and then, for Ctrl-C and to say how far it is.

use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use summitry::error::Error;
use summitry::prelude::Watch;

use crate::problem::raised;

/// How often signals are looked for, and how many such looks lie between two calls of the eye.
pub const LOOK: Duration = Duration::from_millis(20);
const LOOKS: u32 = 5;
/// Work that was stopped is waited for so long. What it is then still busy with it ends by itself, and nobody reads.
const PATIENCE: Duration = Duration::from_millis(200);

/// Who is told how far the work has come: called with the games played, and those to be played in all or 0.
pub type Eye = Option<Py<PyAny>>;

/// Does some work on other threads, so many at most. An exception of a signal or of the eye stops it and is raised.
pub fn played<T: Send + 'static>(
    py: Python<'_>,
    eye: &Eye,
    threads: Option<usize>,
    job: impl FnOnce(&Arc<Watch>, usize) -> Result<T, Error> + Send + 'static,
) -> PyResult<T> {
    let watch = Arc::new(Watch { clock: Some(milliseconds), ..Watch::default() });
    let most = thread::available_parallelism().map_or(1, usize::from);
    let threads = threads.map_or(most, |asked| asked.clamp(1, most));
    let (sender, over) = channel();
    let seen = watch.clone();
    thread::spawn(move || drop(sender.send(job(&seen, threads))));
    let looked_at = watch.clone();
    let done = py.detach(move || look_on(&over, &looked_at, eye))?;
    let found = done
        .ok_or_else(|| PyRuntimeError::new_err("summitry failed: a thread panicked"))?
        .map_err(|error| raised(py, error))?;
    tell(py, &watch, eye)?;
    Ok(found)
}

/// Looks on until the work is done; an exception asks it to end. Nothing where the work broke off.
fn look_on<T>(over: &Receiver<T>, watch: &Watch, eye: &Eye) -> PyResult<Option<T>> {
    for looks in 1_u32.. {
        match over.recv_timeout(LOOK) {
            Ok(done) => return Ok(Some(done)),
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {}
        }
        let looked = Python::attach(|py| {
            py.check_signals()?;
            if looks.is_multiple_of(LOOKS) { tell(py, watch, eye) } else { Ok(()) }
        });
        if let Err(error) = looked {
            watch.stop.store(true, Ordering::Relaxed);
            let _ = over.recv_timeout(PATIENCE);
            return Err(error);
        }
    }
    Ok(None)
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
