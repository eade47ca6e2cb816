//! What the author of a scenario wrote, checked.

pub mod bargaining;
pub mod because;
pub mod beside;
pub mod bundle;
pub mod canonical;
pub mod check;
pub mod draw;
#[cfg(test)]
mod ends_tests;
pub mod fields;
pub mod file_kind;
pub mod filled;
pub mod folder;
pub mod in_code;
pub mod kind;
pub mod knob;
pub mod language;
pub mod limits;
pub mod load;
#[cfg(test)]
mod load_tests;
pub mod loaded;
#[cfg(test)]
mod path_tests;
pub mod presets;
pub mod put;
pub mod rules;
#[cfg(test)]
mod sample;
pub mod schema;
pub mod shipped;
pub mod spelled;
pub mod strategy;
pub mod strategy_file;
pub mod talks;
pub mod trimmed;
pub mod unknown;
mod unknown_number;
