//! Questions asked of batches: each study is one file, and all of them play paired games.

pub mod ablation;
pub mod compare;
pub mod design;
pub mod measures;
pub mod paired;
pub mod search;
pub mod signs;
pub mod sums;
pub mod sweep;
pub mod variants;
