//! The words of the command that runs: those that were typed, or those of a document that is repeated.

use std::ffi::OsString;
use std::sync::OnceLock;

static INSTEAD: OnceLock<Vec<OsString>> = OnceLock::new();

/// The words, the program's name first.
pub fn words() -> Vec<OsString> {
    INSTEAD.get().cloned().unwrap_or_else(|| std::env::args_os().collect())
}

/// From now on the command is another one, which this one repeats.
pub fn instead(words: Vec<OsString>) {
    let _ = INSTEAD.set(words);
}
