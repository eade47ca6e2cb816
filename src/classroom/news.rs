//! What both sides of a table can read of what happened: facts that were public, never a worth, a chance or a support.

pub use crate::report::screen::{day, level, package, scale, unit};

use super::played::PlayedGame;
use crate::report::catalogue::{Hearing, TruceUntil, Voice};
use crate::report::words::Words;
use crate::scenario::rules::Switch;
use crate::world::components::{Expiry, Snapped, comes};
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

/// Until when the truce holds; nothing where the scenario has none.
pub fn truce(setup: &Setup, table: &PlayedGame) -> String {
    let Some(expiry) = comes(table.number::<Expiry>(0)).filter(|_| setup.is_on(Switch::Truce)) else {
        return String::new();
    };
    let weeks = match expiry.saturating_sub(table.round()) {
        _ if table.number::<Snapped>(0) > 0.0 => "lapsed".into(),
        _ if expiry >= setup.rounds => "beyond".into(),
        weeks => weeks.into(),
    };
    TruceUntil { weeks, day: day(setup, expiry).into() }.text()
}
