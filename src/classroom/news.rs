//! What both sides of a table can read of what happened: facts that were public, never a worth, a chance or a support.

pub use crate::report::screen::{day, level, package, scale, unit};

use crate::report::catalogue::{Hearing, Voice};
use crate::report::words::Words;
use crate::world::heard::Hearer;
use crate::world::setup::Setup;
use crate::world::trace::Note;

/// A note in words; none where it was not public.
pub fn line(setup: &Setup, note: &Note) -> Option<String> {
    said(setup, note, Voice::Room)
}

/// Whether a note is news for the whole room, without the packages.
pub fn headline(setup: &Setup, note: &Note) -> Option<String> {
    said(setup, note, Voice::Headline)
}

fn said(setup: &Setup, note: &Note, voice: Voice) -> Option<String> {
    Hearing::of(&Words::new(setup), note, Hearer::Room).dated(voice)
}
