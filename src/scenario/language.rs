//! The language of scenarios: the notation, and the short ways of writing that a scenario adds to it.

use serde::de::DeserializeOwned;

use crate::notation::decode::Mended;
use crate::notation::tree::Node;
use crate::notation::{Language, Problem, decode as decoding, read as reading};

/// What scenarios, strategies and studies are written in.
pub const LANGUAGE: Language = Language {
    file: "a scenario",
    begin: "`summitry new` writes one to start from",
    path: "parties.us.optimism",
    likenesses: &["goal", "strategy"],
    // an outside program, where a strategy is asked for, is the strategy with this offer alone
    shorthands: &[("External", "offer")],
};

/// Reads a file, or says all that is wrong with its text.
pub fn read(text: &str, source: u16) -> Result<Node, Vec<Problem>> {
    reading::read(text, source, &LANGUAGE)
}

/// Reads `text[start..]`, such as the value of a `--set` argument; places count from the start of `text`.
pub fn read_from(text: &str, start: usize, source: u16) -> Result<Node, Vec<Problem>> {
    reading::read_from(text, start, source, &LANGUAGE)
}

/// Decodes a tree, or says everything that is wrong with it, each with its place.
pub fn decode<T: DeserializeOwned>(root: &Node) -> Result<T, Vec<Problem>> {
    decoding::decode(root, &LANGUAGE)
}

/// The same, with the value that was decoded once all that is wrong was mended.
pub(super) fn decode_mended<T: DeserializeOwned>(root: &Node) -> Mended<T> {
    decoding::decode_mended(root, &LANGUAGE)
}
