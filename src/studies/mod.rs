//! Questions asked of batches: each study is one file, and all of them play paired games.

pub mod ablation;
pub mod measures;
pub mod paired;
pub mod signs;
pub mod sums;
pub mod variants;
