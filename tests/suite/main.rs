//! Tests of the whole: what a reader, a teacher or a program sees. One binary, one module a question.

mod any_scenario;
mod asked;
mod broken;
mod bundle;
mod classroom;
mod common;
mod determinism;
mod docs;
mod doors;
mod examples;
mod figures;
mod files;
mod formats;
mod golden;
mod history;
mod imports;
mod laws_beliefs;
mod laws_levers;
mod laws_long;
mod laws_mirror;
mod laws_pie;
mod laws_pledges;
mod laws_sessions;
mod laws_stakes;
mod laws_standoff;
mod laws_story;
mod laws_tactics;
mod laws_units;
mod luck;
mod measures;
mod mutants;
mod odds;
mod paired;
mod phase_one;
mod play;
mod players;
mod precision;
mod programs;
mod properties;
mod python;
mod readme;
mod red_team;
mod reference;
mod report;
mod rows;
mod rows_kept;
mod run;
mod says;
mod schedule;
mod sensitivity;
mod shards;
mod shipped;
mod signs;
mod state;
mod stopped;
mod strategies;
mod studies;
mod tables;
mod terminal;
mod tidy;
mod told_back;
mod tune;
mod tune_cut_off;
mod tune_targets;
mod typed;
mod unknown;
mod unknown_told;
mod vector;
mod verify;

/// A scenario of this repository, read, checked and made ready.
fn ready(path: &str, sets: &[&str]) -> summitry::prelude::Ready {
    summitry::prelude::Draft::open(path).sets(sets.iter().copied()).ready().unwrap_or_else(|e| panic!("{path}: {e}"))
}
