//! Questions asked of batches: each study is one file; those that compare play paired games.

pub mod ablation;
pub mod axes;
pub mod beforehand;
pub mod bound;
pub mod columns;
pub mod comes_from;
pub mod compare;
pub mod debrief;
pub mod design;
pub mod diary;
pub mod discover;
pub mod equilibrium;
pub mod frontier;
pub mod futures;
pub mod gathered;
// No command reads it yet: for laws alone.
#[cfg(any(test, feature = "internals"))]
pub mod history;
pub mod inputs;
pub mod known;
pub mod measures;
pub mod moments;
pub mod odds;
pub mod odds_by_round;
pub mod outer;
pub mod paired;
pub mod pooled;
pub mod questions;
pub mod ranking;
pub mod redraw;
pub mod sample;
pub mod score;
pub mod scored;
pub mod scores;
pub mod sensitivity;
pub mod signs;
pub mod sums;
pub mod sweep;
pub mod tally;
pub mod tournament;
pub mod tune;
pub mod until;
pub mod variants;
pub mod varied;
