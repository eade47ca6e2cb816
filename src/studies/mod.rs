//! Questions asked of batches: each study is one file, and all of them play paired games.

pub mod ablation;
pub mod equilibrium;
pub mod measures;
pub mod moments;
pub mod paired;
pub mod ranking;
pub mod signs;
pub mod sums;
pub mod tournament;
pub mod variants;
