#![doc = include_str!("../README.md")]
//!
//! # The crate, from the door inward
//!
//! One scenario goes through it from top to bottom, as in the example above:
//!
//! - [`prelude`] and [`front`]: a [`Draft`](front::Draft) is put together and made [`Ready`](ready::Ready); many games
//!   are played by [`Ready::batch`](ready::Ready::batch), one by [`Ready::game`](ready::Ready::game), against a variant
//!   by [`Ready::compare`](ready::Ready::compare).
//! - [`notation`], [`scenario`], [`units`]: what the author wrote, read and checked with every problem at its place
//!   ([`error`]); [`disk`] is the door to its files, [`ready`] the one way from a file to what can be played.
//! - [`round`]: the loop. Its phases are filled by the rules in [`mechanisms`], one a file; talks lie on a [`table`],
//!   are held by [`session`] and led by [`strategies`]; all of it happens in a [`world`] of games side by side.
//! - [`record`]: how a game ended. [`game`]: one game by itself, told or held from outside. [`bargain`]: alternating
//!   offers with no world around them.
//! - [`batch`]: many games over threads, in counts that merge exactly. [`studies`]: questions asked of batches.
//!
//! # Features
//!
//! All are on by default; without them the crate is the engine, its scenarios and its studies.
//!
//! - `report`: pages for eyes and documents for programs.
//! - `cli`: the command line, with what it imports from other programs; brings `report`.
//! - `web`: what every page that listens on a network shares.
//! - `classroom`: an exercise for a class on its phones; brings `web` and `report`.

pub mod bargain;
pub mod batch;
#[cfg(feature = "classroom")]
pub mod classroom;
#[cfg(feature = "cli")]
pub mod cli;
mod codes;
pub mod command_line;
pub mod disk;
pub mod error;
pub mod front;
pub mod game;
#[cfg(feature = "cli")]
pub mod import;
pub mod mechanisms;
pub mod notation;
pub mod prelude;
pub mod ready;
pub mod record;
#[cfg(feature = "report")]
pub mod report;
pub mod round;
pub mod scenario;
pub mod session;
pub mod strategies;
pub mod studies;
pub mod table;
pub mod units;
#[cfg(feature = "web")]
pub mod web;
pub mod world;

pub use error::Error;
