//! Bargaining read from a text.

use crate::scenario::{bargaining::Bargaining, decode::decode, read};

/// A `bargaining` record.
pub(super) fn read(text: &str) -> Bargaining {
    let tree = read::read(text, 0).expect("RON");
    decode(&tree).unwrap_or_else(|problems| panic!("{problems:?}"))
}
