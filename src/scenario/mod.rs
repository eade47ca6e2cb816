//! What the author of a scenario wrote, checked.

pub mod decode;
pub mod draw;
mod from_tree;
mod hole;
pub mod near;
pub mod path;
pub mod read;
#[cfg(test)]
mod sample;
pub mod syntax;
pub mod tree;
mod wording;
