//! A batch in parts, on one machine or on many: a folder with a plan (`manifest.json`) and one document a part
//! (`shard-000017.json`). A part that is there is done; what is missing is found by listing. Nothing else is shared
//! between those who play, so any engine that hands out numbers will do.

mod folder;
mod manifest;
mod numbers;

pub use folder::Folder;
pub use manifest::{Asked, Manifest};
pub use numbers::listed;
