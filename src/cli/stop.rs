//! How the program is stopped: Ctrl-C, a request to end (SIGTERM) and a terminal that closes (SIGHUP) go one way.
//!
//! Work that can be cut short is asked to end by itself, and what it found is printed; a second signal ends the program
//! at once, but for one that comes so soon that it is the same wish (`timeout` signals a program and then its group). Where nothing is under way the first one does. Either way the exit code is 3, no file is left half written
//! and no outside program is left behind.

#[cfg(unix)]
use std::sync::Arc;
use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, Instant};

use super::again::with_way_on;
use super::failure::say;
use super::groups;
use crate::disk;

/// What the next signal does.
struct Next {
    /// Asks the work under way to end; none where the program ends.
    ask: Option<Box<dyn Fn() + Send>>,
    /// What is said then.
    says: String,
    /// When the work was asked to end.
    asked: Option<Instant>,
}

/// Signals within this time are one.
const ONE: Duration = Duration::from_millis(200);

static NEXT: Mutex<Option<Next>> = Mutex::new(None);

fn next() -> MutexGuard<'static, Option<Next>> {
    NEXT.lock().unwrap_or_else(|e| e.into_inner())
}

/// For as long as this is kept, a signal does what was said.
#[must_use = "a signal ends the program at once again when this is dropped"]
pub struct Until(());

impl Drop for Until {
    fn drop(&mut self) {
        *next() = None;
    }
}

/// The first signal asks work to end by itself.
pub fn asks(says: &str, ask: impl Fn() + Send + 'static) -> Until {
    *next() = Some(Next { ask: Some(Box::new(ask)), says: says.to_owned(), asked: None });
    Until(())
}

/// The first signal ends the program, which says this: nothing has to be finished.
pub fn ends(says: String) -> Until {
    *next() = Some(Next { ask: None, says, asked: None });
    Until(())
}

/// A signal has come.
#[allow(clippy::disallowed_methods)] // a clock tells one wish from two, and reaches no result
fn come() {
    let mut next = next();
    if next.as_ref().and_then(|next| next.asked).is_some_and(|asked| asked.elapsed() < ONE) {
        return;
    }
    if let Some(Next { ask, says, asked }) = next.as_mut()
        && let Some(ask) = ask.take()
    {
        *asked = Some(Instant::now());
        say(&format!("\n{says}; Ctrl-C again ends at once and loses it"));
        *says = "\nended at once: what was found is lost".into();
        return ask();
    }
    say(&with_way_on(next.as_ref().map_or("\nstopped before there was an answer", |next| &next.says)));
    groups::end_all();
    disk::settle();
    std::process::exit(3);
}

/// Listens for signals from now on.
#[cfg(unix)]
pub fn listen() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGXFSZ};
    // A file that grows beyond what the system allows then fails as one on a full disk does, instead of ending us.
    let _ = signal_hook::flag::register(SIGXFSZ, Arc::default());
    let mut signals = vec![SIGINT, SIGTERM];
    if !hangups_are_ignored() {
        signals.push(SIGHUP);
    }
    if let Ok(mut signals) = signal_hook::iterator::Signals::new(signals) {
        std::thread::spawn(move || signals.forever().for_each(|_| come()));
    }
}

/// Listens for signals from now on.
#[cfg(not(unix))]
pub fn listen() {
    let _ = ctrlc::set_handler(come);
}

/// Whether the program was started to outlive its terminal (`nohup`): then a terminal that closes stops nothing.
#[cfg(unix)]
fn hangups_are_ignored() -> bool {
    let wanted = disk::Wanted { what: "the state of a program", most: 1 << 16, decides: false };
    let state = disk::text("/proc/self/status", wanted).unwrap_or_default();
    let ignored = state.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask & 1 == 1)
}
