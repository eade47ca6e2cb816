//! A progress bar on a terminal, silence in a pipe; and Ctrl-C, which finishes the cohorts under way.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::groups;
use crate::batch::play::Watch;

/// Runs a long job under a progress bar of `total` things called `noun`; `watch` counts and stops it.
///
/// The first Ctrl-C sets `watch.stop`; a second ends the program at once with exit code 3.
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
    stop_on_ctrl_c(watch);
    if !std::io::stderr().is_terminal() {
        return job();
    }
    let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
    let look = format!("{{bar:32}} {{human_pos}} of {{human_len}} {noun}  {{per_sec}}  {{eta}} left  {{msg}}");
    if let Ok(style) = ProgressStyle::with_template(&look) {
        bar.set_style(style.progress_chars("█▉▊▋▌▍▎▏ "));
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

fn stop_on_ctrl_c(watch: &Arc<Watch>) {
    let watch = watch.clone();
    let pressed = AtomicBool::new(false);
    // A second handler in one process cannot be set: the first then keeps its watch.
    let _ = ctrlc::set_handler(move || {
        if pressed.swap(true, Ordering::Relaxed) {
            groups::end_all();
            std::process::exit(3);
        }
        watch.stop.store(true, Ordering::Relaxed);
        eprintln!("\nfinishing the games under way; press Ctrl-C again to stop at once");
    });
}
