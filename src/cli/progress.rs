//! A progress bar on a terminal, silence in a pipe; and Ctrl-C, which finishes the cohorts under way.

use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::batch::play::Watch;

/// Runs a long job under a progress bar of `total` things called `noun`; `watch` counts and stops it.
///
/// The first Ctrl-C sets `watch.stop`; a second ends the program at once with exit code 3.
pub fn watched<T>(watch: &Arc<Watch>, total: u64, noun: &str, job: impl FnOnce() -> T) -> T {
    stop_on_ctrl_c(watch);
    if !std::io::stderr().is_terminal() {
        return job();
    }
    let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
    let look = format!("{{bar:32}} {{human_pos}} of {{human_len}} {noun}  {{per_sec}}  {{eta}} left");
    if let Ok(style) = ProgressStyle::with_template(&look) {
        bar.set_style(style.progress_chars("█▉▊▋▌▍▎▏ "));
    }
    let over = Arc::new(AtomicBool::new(false));
    let (eye, seen, shown) = (over.clone(), watch.clone(), bar.clone());
    let painter = std::thread::spawn(move || {
        while !eye.load(Ordering::Relaxed) {
            shown.set_position(seen.done.load(Ordering::Relaxed));
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
            std::process::exit(3);
        }
        watch.stop.store(true, Ordering::Relaxed);
        eprintln!("\nfinishing the games under way; press Ctrl-C again to stop at once");
    });
}
