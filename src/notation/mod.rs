//! The notation that authors write in: RON with places, mended where it is wrong so that all problems come at once.
//!
//! A text is read ([`read`]) into a tree of nodes with places ([`tree`]), changed by paths ([`path`]), and decoded into
//! types ([`decode`]). What is wrong is a [`Problem`] with a [`Code`], a place and advice, told with the line it stands
//! in ([`explain`]). Nothing here knows what the texts are about: what a language adds is its [`Language`].

pub mod clean;
pub mod code;
pub mod decode;
pub mod explain;
mod from_tree;
pub mod hole;
pub mod language;
pub mod near;
pub mod path;
pub mod problem;
pub mod read;
pub mod refusal;
pub mod syntax;
pub mod tree;
pub mod wording;
pub mod written;

pub use code::Code;
pub use language::Language;
pub use problem::{Problem, Problems};
pub use refusal::Refusal;
