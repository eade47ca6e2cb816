//! What games leave behind: the types that the front door answers with, for those who must name them.
//!
//! - of a batch and a comparison: [`Measure`], [`Found`], [`Both`], [`Flips`];
//! - of rows: a [`Column`] with its [`Field`] and [`Values`];
//! - of a game that was told: [`Note`] and what it holds, [`Standing`], [`Agreement`], [`Pledge`];
//! - of a seat held from outside: what it sees, in the parts of a [`View`](crate::prelude::View), and what it
//!   [`Forfeit`]ed;
//! - of games side by side: what a seat observes ([`Layout`]) and may do ([`Actions`]).

pub use crate::environment::{Action, Actions, Count, End, Entry, Layout, Saved, Signed};
pub use crate::game::outside::Forfeit;
pub use crate::game::table::Filed;
pub use crate::game::told::{Agreement, Pledge, Standing};
pub use crate::game::view::{Ahead, Coming, LeverSeen, Own, Public, RoomSeen, Whose};
pub use crate::rows::columns::{Column, Field, Type, Values};
pub use crate::studies::compare::{Flip, Flips};
pub use crate::studies::measures::{Kind, Measure};
pub use crate::studies::sums::{Both, Found};
pub use crate::world::fact::{Fact, Move, Refusal as OfferRefusal};
pub use crate::world::heard::{Heard, Hearer};
pub use crate::world::measure::Metric;
pub use crate::world::orders::{At, Orders, Room};
pub use crate::world::phase::Phase;
pub use crate::world::trace::{Kind as NoteKind, Note, What};
