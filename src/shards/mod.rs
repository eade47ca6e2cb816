//! A batch in parts, on one machine or on many: a folder with a plan (`manifest.json`) and one document a part
//! (`shard-000017.json`), where it is asked for with the rows of its games (`rows-000017.parquet`). A part that is there is done; what is missing is found by listing. Nothing else is shared
//! between those who play, so any engine that hands out numbers will do.

// Without the command line some of what this room hands out is not called for.
#![cfg_attr(not(feature = "cli"), allow(unused_imports))]

mod folder;
mod manifest;
mod numbers;
mod planned;

pub use folder::Folder;
pub use manifest::{Asked, Manifest, Rows};
pub use numbers::listed;
pub use planned::{Planned, played};
