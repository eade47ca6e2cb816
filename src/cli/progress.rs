//! A progress bar on a terminal, silence in a pipe; and work that is cut short when the program is asked to stop.

use std::fmt::Write;
use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::failure::say;
use super::stop;
use crate::batch::play::Watch;
use crate::notation::wording::plural;
use crate::report::text::{number, thousands};

/// A watch by this machine's clock.
pub fn watch() -> Arc<Watch> {
    Arc::new(Watch { clock: Some(milliseconds), ..Watch::default() })
}

/// Asks the work of a watch to end after a time, where one is given.
pub fn ends_after(watch: &Arc<Watch>, time: Option<Duration>) {
    let Some(time) = time else { return };
    let watch = watch.clone();
    std::thread::spawn(move || {
        std::thread::sleep(time);
        watch.stop.store(true, Ordering::Relaxed);
    });
}

/// Since the program first asked.
#[allow(clippy::disallowed_methods)] // a clock says how much is played at a time, never what
fn milliseconds() -> u64 {
    static FIRST: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    FIRST.get_or_init(Instant::now).elapsed().as_millis() as u64
}

/// Runs a long job under a progress bar of `total` things called `noun`; `watch` counts and stops it.
pub fn watched<T>(watch: &Arc<Watch>, total: u64, noun: &str, job: impl FnOnce() -> T) -> T {
    watched_saying(watch, total, noun, &Arc::default(), job)
}

/// The same; what stands in `says` is shown beside the bar, such as the best so far.
pub fn watched_saying<T>(
    watch: &Arc<Watch>,
    total: u64,
    noun: &str,
    says: &Arc<Mutex<String>>,
    job: impl FnOnce() -> T,
) -> T {
    let stopped = watch.clone();
    let _until =
        stop::asks("stopping: what is finished is printed", move || stopped.stop.store(true, Ordering::Relaxed));
    if !std::io::stderr().is_terminal() {
        return forecast(watch, total, noun, job);
    }
    let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
    let look = format!("{{bar:16}} {{at}} of {{all}} {noun}  {{rate}}  {{eta}} left  {{msg}}");
    if let Ok(style) = ProgressStyle::with_template(&look) {
        let rate = |state: &ProgressState, out: &mut dyn Write| {
            let _ = out.write_str(&rate(state.per_sec()));
        };
        let at = |state: &ProgressState, out: &mut dyn Write| {
            let _ = out.write_str(&thousands(&state.pos().to_string()));
        };
        let all = |state: &ProgressState, out: &mut dyn Write| {
            let _ = out.write_str(&thousands(&state.len().unwrap_or(0).to_string()));
        };
        let style = style.progress_chars("█▉▊▋▌▍▎▏ ").with_key("rate", rate);
        bar.set_style(style.with_key("at", at).with_key("all", all));
    }
    let over = Arc::new(AtomicBool::new(false));
    let (eye, seen, shown, says) = (over.clone(), watch.clone(), bar.clone(), says.clone());
    let painter = std::thread::spawn(move || {
        while !eye.load(Ordering::Relaxed) {
            shown.set_position(seen.done.load(Ordering::Relaxed));
            if let Ok(says) = says.lock()
                && shown.message() != *says
            {
                shown.set_message(says.clone());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    });
    let out = job();
    over.store(true, Ordering::Relaxed);
    let _ = painter.join();
    bar.finish_and_clear();
    out
}

/// Work that is tried for so long before its time is told.
const TRIAL: Duration = Duration::from_secs(2);
/// Work that takes longer than this is told so.
pub const LONG: f64 = 60.0;

/// Runs a long job without a bar: how long it will take is said once, by how far its first seconds came.
#[allow(clippy::disallowed_methods)] // a clock says how long work takes, never what comes of it
fn forecast<T>(watch: &Arc<Watch>, total: u64, noun: &str, job: impl FnOnce() -> T) -> T {
    let (seen, noun, begun) = (watch.clone(), noun.to_owned(), Instant::now());
    let over = Arc::new(AtomicBool::new(false));
    let heard = over.clone();
    let teller = std::thread::spawn(move || {
        while !heard.load(Ordering::Relaxed) && begun.elapsed() < TRIAL {
            std::thread::park_timeout(TRIAL.saturating_sub(begun.elapsed()));
        }
        let done = seen.done.load(Ordering::Relaxed);
        let takes = begun.elapsed().as_secs_f64() * total as f64 / done as f64;
        if !heard.load(Ordering::Relaxed) && done > 0 && takes > LONG {
            say(&format!("{} for {} {noun}", about(takes), thousands(&total.to_string())));
        }
    });
    let out = job();
    over.store(true, Ordering::Relaxed);
    teller.thread().unpark();
    let _ = teller.join();
    out
}

/// A time in words, to one or two digits: `about 1.3 s`, `about 12 minutes`.
pub fn about(seconds: f64) -> String {
    if seconds < 60.0 {
        return format!("about {} s", number(seconds, 2));
    }
    let units = [("minute", 60.0), ("hour", 3_600.0), ("day", 86_400.0), ("year", 31_557_600.0)];
    let (name, size) = units.into_iter().rev().find(|(_, size)| seconds >= 2.0 * size).unwrap_or(units[0]);
    let n = (seconds / size).round();
    format!("about {} {}", thousands(&format!("{n:.0}")), plural(n as u64, name))
}

/// A whole number a second.
fn rate(per_second: f64) -> String {
    format!("{} a second", thousands(&format!("{per_second:.0}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_time_is_told_in_words() {
        assert_eq!(
            [1.26, 61.0, 725.0, 7_300.0, 200_000.0, 1e12].map(about),
            [
                "about 1.3 s",
                "about 1 minute",
                "about 12 minutes",
                "about 2 hours",
                "about 2 days",
                "about 31 688 years"
            ]
        );
    }

    #[test]
    fn a_rate_is_a_whole_number() {
        assert_eq!(rate(12_345.678), "12 346 a second");
        assert_eq!(rate(0.2), "0 a second");
    }
}
