//! Questions asked of batches, one study a file.

pub mod diary;
pub mod odds;
pub mod question;
pub mod redraw;
pub mod score;
