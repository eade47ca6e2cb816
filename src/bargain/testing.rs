//! Bargaining read from a text.

use crate::scenario::bargaining::Bargaining;
use crate::scenario::language::{decode, read as tree_of};

/// A `bargaining` record.
pub(super) fn read(text: &str) -> Bargaining {
    let tree = tree_of(text, 0).expect("RON");
    decode(&tree).unwrap_or_else(|problems| panic!("{problems:?}"))
}
