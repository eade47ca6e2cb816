//! Questions asked of batches, one study a file.

pub mod odds;
pub mod redraw;
