//! What a seat hears, in English: the other's worths and odds are not in it.

use super::catalogue::{Hearing, Voice};
use super::words::Words;
use crate::world::heard::Heard;

/// The words of a scenario as one seat reads them.
#[derive(Debug, Clone)]
pub struct Ear<'a> {
    /// The words.
    pub words: Words<'a>,
    /// The party that listens.
    pub seat: usize,
}

impl Ear<'_> {
    /// What was heard, as a sentence.
    pub fn sentence(&self, heard: &Heard) -> String {
        Hearing::heard(&self.words, heard, self.seat).say(Voice::You).unwrap_or_default()
    }
}
