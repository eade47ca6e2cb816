// README names its pages by reference. The first definition of a name counts: here, where these pages are not beside it,
// each leads to where it is said what they are.
//! [FORMATS.md]: #pages-beside-the-sources
//! [docs/teaching.md]: #pages-beside-the-sources
//! [docs/measures.md]: #pages-beside-the-sources
//! [docs/play.md]: #pages-beside-the-sources
//! [docs/distributed.md]: #pages-beside-the-sources
//! [docs/rows.md]: #pages-beside-the-sources
//! [docs/unknown.md]: #pages-beside-the-sources
//! [docs/report.md]: #pages-beside-the-sources
//! [docs/sensitivity.md]: #pages-beside-the-sources
//! [docs/tuning.md]: #pages-beside-the-sources
//! [docs/analysis.md]: #pages-beside-the-sources
//! [docs/tournament.md]: #pages-beside-the-sources
//! [docs/strategies.md]: #pages-beside-the-sources
//! [docs/players.md]: #pages-beside-the-sources
//! [SECURITY.md]: #pages-beside-the-sources
//! [examples/]: #pages-beside-the-sources
//! [python/README.md]: #pages-beside-the-sources
//! [scenarios/stockholm-2025.ron]: #pages-beside-the-sources
//! [scenarios/README.md]: #pages-beside-the-sources
//! [docs/model.md]: #pages-beside-the-sources
//! [docs/errors.md]: #pages-beside-the-sources
//! [docs/odd.md]: #pages-beside-the-sources
//! [docs/speed.md]: #pages-beside-the-sources
//! [ARCHITECTURE.md]: #pages-beside-the-sources
//!
#![doc = include_str!("../README.md")]
//!
//! # The crate, from the door inward
//!
//! What is public is what a program of yours names:
//!
//! - [`prelude`]: the door. A [`Draft`](prelude::Draft) is put together and made [`Ready`](prelude::Ready); many games are
//!   played by [`Ready::batch`](prelude::Ready::batch), one by [`Ready::game`](prelude::Ready::game), against a variant by
//!   [`Ready::compare`](prelude::Ready::compare).
//! - [`parts`] and [`units`]: what a scenario built in code is made of.
//! - [`results`]: what games leave behind.
//! - [`error`]: why something could not be done, with every problem at its place.
//!
//! Behind it, one scenario goes through the crate from top to bottom, as in the example above:
//!
//! - `notation`, `scenario`: what the author wrote, read and checked; `disk` is the door to its files, `ready` the one way
//!   from a file to what can be played.
//! - `round`: the loop. Its phases are filled by the rules in `mechanisms`, one a file; talks lie on a `table`, are held by
//!   `session` and led by `strategies`; all of it happens in a `world` of games side by side.
//! - `record`: how a game ended. `game`: one game by itself, told or held from outside. `bargain`: alternating offers with
//!   no world around them.
//! - `environment`: games side by side with seats held from outside, for learners.
//! - `batch`: many games over threads, in counts that merge exactly. `studies`: questions asked of batches.
//! - `report`, `cli`, `web`, `classroom`: for eyes, for the shell, for the network.
//!
//! # Features
//!
//! All are on by default; without them the crate is the engine, its scenarios and its studies.
//!
//! - `report`: pages for eyes and documents for programs.
//! - `charts`: charts as SVG, and pages of them; brings `report`.
//! - `cli`: the command line, with what it imports from other programs; brings `charts` and `rows`.
//! - `web`: what every page that listens on a network shares.
//! - `classroom`: an exercise for a class on its phones; brings `web` and `charts`.
//! - `rows`: files with a row a game, as Parquet, comma-separated values or lines of JSON.
//! - `internals` (off): what laws and benches of this crate measure below the public face; nothing in it is promised.
//!
//! # Pages beside the sources
//!
//! A page that is named above, such as `docs/model.md` or `FORMATS.md`, stands in the repository under that name, beside the
//! sources: what the game is in `docs/model.md`, what was measured in `docs/speed.md`, how the house is built in
//! `ARCHITECTURE.md`.

// The public face is closed: what a public item speaks of can be named.
#![cfg_attr(not(feature = "internals"), warn(unnameable_types))]
// All parts together use all there is; what one of them alone brings is not dead without it.
#![cfg_attr(not(all(feature = "cli", feature = "classroom")), allow(dead_code))]

mod bargain;
mod batch;
#[cfg(feature = "charts")]
mod charts;
#[cfg(feature = "classroom")]
mod classroom;
#[cfg(feature = "cli")]
pub mod cli;
mod codes;
mod command_line;
mod disk;
mod environment;
pub mod error;
mod expression;
#[cfg(feature = "charts")]
mod figures;
mod front;
mod game;
#[cfg(feature = "cli")]
mod import;
#[cfg(feature = "internals")]
pub mod internals;
mod mechanisms;
mod model;
mod notation;
pub mod parts;
pub mod prelude;
mod ready;
mod record;
#[cfg(feature = "report")]
mod report;
pub mod results;
mod round;
mod rows;
mod scenario;
mod session;
#[cfg(feature = "report")]
mod shards;
mod strategies;
mod studies;
mod table;
pub mod units;
#[cfg(feature = "web")]
mod web;
mod world;

pub use error::Error;
pub use model::MODEL;
