//! What the author of a scenario wrote, checked.

pub mod bargaining;
pub mod canonical;
pub mod check;
pub mod decode;
pub mod draw;
pub mod explain;
pub mod fields;
pub mod folder;
mod from_tree;
mod hole;
pub mod in_code;
pub mod kind;
pub mod knob;
pub mod limits;
pub mod load;
#[cfg(test)]
mod load_tests;
pub mod near;
pub mod path;
pub mod presets;
pub mod read;
pub mod rules;
#[cfg(test)]
mod sample;
pub mod schema;
pub mod strategy;
pub mod strategy_file;
pub mod syntax;
pub mod tree;
mod wording;
pub mod written;
