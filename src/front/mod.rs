//! The front door: what a Rust program needs to put a scenario together, play it and read what came of it.
//!
//! [`Draft`] is a scenario being put together; [`Draft::ready`] checks it, and only what is [`Ready`] can be played:
//! many games by [`Ready::batch`], one by [`Ready::game`], against a variant by [`Ready::compare`].

mod batch;
mod compare;
mod draft;
mod game;
#[cfg(test)]
mod tests;

pub use batch::{Batch, Batched, Measured};
pub use compare::{Compare, Compared};
pub use draft::Draft;
pub use game::Game;

use crate::error::Error;
use crate::notation::Code;
use crate::notation::near::did_you_mean;
use crate::ready::Ready;

/// The row of a party by its name.
fn party(ready: &Ready, name: &str) -> Result<usize, Error> {
    let setup = ready.setup();
    setup.party(name).ok_or_else(|| {
        let names = setup.parties.iter().map(|party| party.key.as_str());
        Error::of(Code::UnknownName, format!("there is no party `{name}`{}", did_you_mean(name, names)))
    })
}
