//! A note of a told game in the sentence that is its own.

use super::catalogue::{Hearing, Voice};
use super::page::{Entry, Weight};
use super::words::Words;
use crate::world::heard::Hearer;
use crate::world::trace::Note;

/// A note in the sentence that is its own.
pub(super) fn sentence(words: &Words, note: &Note, entry: &mut Entry) {
    let event = Hearing::of(words, note, Hearer::Reader);
    let Some(said) = event.say(Voice::Told) else { return };
    let weight = event.say(Voice::Weight).and_then(|name| Weight::named(&name)).unwrap_or(Weight::Event);
    if event.say(Voice::Line).is_some() {
        entry.line(weight, said);
    } else {
        entry.say(weight, said);
    }
}
