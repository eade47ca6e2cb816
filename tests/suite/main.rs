//! The suite: one binary, a module a question.

mod run;
mod tables;

/// A scenario of this repository, read, checked and made ready.
fn ready(path: &str, sets: &[&str]) -> summitry::cli::common::Ready {
    let sets: Vec<String> = sets.iter().map(|s| s.to_string()).collect();
    match summitry::cli::common::ready(path, &sets) {
        Ok(ready) => ready,
        Err(failure) => panic!("{path}: {failure:?}"),
    }
}
