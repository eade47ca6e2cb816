//! A batch in parts, on one machine or on many: a folder with a plan (`manifest.json`) and one document a part
//! (`shard-000017.json`), where it is asked for with the rows of its games (`rows-000017.parquet`). A part that is there is done; what is missing is found by listing. Nothing else is shared
//! between those who play, so any engine that hands out numbers will do.

mod folder;
mod manifest;
mod numbers;
mod planned;

pub use folder::Folder;
pub use manifest::{Asked, Manifest, Rows};
pub use numbers::listed;
pub use planned::{Planned, played};
