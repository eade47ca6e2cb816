//! A progress bar on a terminal, silence in a pipe; and work that is cut short when the program is asked to stop.

use std::fmt::Write;
use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::stop;
use crate::batch::play::Watch;
use crate::report::text::thousands;

/// A watch by this machine's clock.
pub fn watch() -> Arc<Watch> {
    Arc::new(Watch { clock: Some(milliseconds), ..Watch::default() })
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
        return job();
    }
    let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
    let look = format!("{{bar:16}} {{human_pos}} of {{human_len}} {noun}  {{rate}}  {{eta}} left  {{msg}}");
    if let Ok(style) = ProgressStyle::with_template(&look) {
        let rate = |state: &ProgressState, out: &mut dyn Write| {
            let _ = out.write_str(&rate(state.per_sec()));
        };
        bar.set_style(style.progress_chars("█▉▊▋▌▍▎▏ ").with_key("rate", rate));
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

/// A whole number a second.
fn rate(per_second: f64) -> String {
    format!("{} a second", thousands(&format!("{per_second:.0}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_a_whole_number() {
        assert_eq!(rate(12_345.678), "12 346 a second");
        assert_eq!(rate(0.2), "0 a second");
    }
}
