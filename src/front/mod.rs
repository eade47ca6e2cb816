//! The front door: what a Rust program needs to put a scenario together, play it and read what came of it.
//!
//! [`Draft`] is a scenario being put together; [`Draft::ready`] checks it, and only what is [`Ready`] can be played:
//! many games by [`Ready::batch`], one by [`Ready::game`], against a variant by [`Ready::compare`]. What studies ask is
//! put together by methods in the same way, a file a question, and its `answer` is the document that the command line
//! prints: an [`Answer`].

#[cfg(feature = "report")]
mod ablation;
#[cfg(feature = "report")]
mod answer;
#[cfg(feature = "report")]
pub mod bargaining;
mod batch;
mod compare;
#[cfg(feature = "report")]
pub mod discover;
mod draft;
mod game;
mod many;
#[cfg(feature = "report")]
mod odds;
#[cfg(feature = "report")]
pub mod score;
#[cfg(feature = "report")]
mod sensitivity;
#[cfg(feature = "report")]
mod shared;
#[cfg(feature = "report")]
mod signs;
#[cfg(feature = "report")]
pub mod sweep;
#[cfg(test)]
mod tests;
#[cfg(feature = "report")]
pub mod tournament;
#[cfg(feature = "report")]
pub mod tune;
mod vector;

#[cfg(feature = "report")]
pub use answer::Answer;
#[cfg(feature = "report")]
pub(crate) use batch::told;
pub use batch::{Batch, Batched, Measured};
pub use compare::{Compare, Compared};
pub use draft::Draft;
pub use game::Game;
#[cfg(feature = "report")]
pub use shared::{Others, Piece, Shared};
#[cfg(feature = "report")]
pub use {
    ablation::Ablation, bargaining::Bargained, bargaining::Bargaining, discover::Discover, odds::Odds, score::Score,
    sensitivity::Sensitivity, signs::Signs, sweep::Sweep, tournament::Tournament, tune::Tune,
};

use crate::batch::play::Plan;
use crate::error::Error;
use crate::notation::Code;
use crate::notation::near::did_you_mean;
use crate::notation::wording::count;
use crate::ready::Ready;

/// The row of a party by its name.
fn party(ready: &Ready, name: &str) -> Result<usize, Error> {
    let setup = ready.setup();
    setup.party(name).ok_or_else(|| {
        let names = setup.parties.iter().map(|party| party.key.as_str());
        Error::of(Code::UnknownName, format!("there is no party `{name}`{}", did_you_mean(name, names)))
    })
}

/// Refuses a scenario that an outside program plays: what a document tells is played by the engine alone.
#[cfg(feature = "report")]
pub(crate) fn engine_plays(ready: &Ready) -> Result<(), Error> {
    match ready.setup().parties.iter().find_map(|party| Some((&party.key, party.outside.as_ref()?))) {
        None => Ok(()),
        Some((key, name)) => Err(Error::argument(format!(
            "`{key}` plays by the outside program `{name}`, which is not started here: seat a strategy in its place"
        ))),
    }
}

/// Whether a plan holds as many games as are needed to say anything.
fn enough(plan: &Plan, least: usize) -> Result<(), Error> {
    let games = plan.games.end.saturating_sub(plan.games.start);
    if games < least as u64 {
        let asked = format!("{} {}", count(games as usize, "game"), if games == 1 { "says" } else { "say" });
        return Err(Error::argument(format!("{asked} nothing: at least {least} must be played")));
    }
    Ok(())
}
