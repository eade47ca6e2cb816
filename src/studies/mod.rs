//! Questions asked of batches: each study is one file; those that compare play paired games.

pub mod ablation;
pub mod bound;
pub mod compare;
pub mod debrief;
pub mod design;
pub mod diary;
pub mod equilibrium;
pub mod futures;
pub mod measures;
pub mod moments;
pub mod odds;
pub mod paired;
pub mod pooled;
pub mod ranking;
pub mod redraw;
pub mod score;
pub mod scores;
pub mod signs;
pub mod sums;
pub mod sweep;
pub mod tournament;
pub mod tune;
pub mod until;
pub mod variants;
