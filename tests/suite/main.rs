//! Tests of the whole: what a reader, a teacher or a program sees. One binary, one module a question.

mod broken;
mod mutants;
mod odds;
mod paired;
mod phase_one;
mod run;
mod signs;
mod tidy;

/// A scenario of this repository, read, checked and made ready.
fn ready(path: &str, sets: &[&str]) -> summitry::cli::common::Ready {
    let sets: Vec<String> = sets.iter().map(|s| s.to_string()).collect();
    match summitry::cli::common::ready(path, &sets) {
        Ok(ready) => ready,
        Err(failure) => panic!("{path}: {failure:?}"),
    }
}
