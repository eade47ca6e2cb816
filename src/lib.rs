//! Negotiation games between two rivals, seeded and reproducible.

pub mod bargain;
pub mod batch;
pub mod classroom;
pub mod cli;
mod codes;
pub mod error;
pub mod game;
pub mod import;
pub mod mechanisms;
pub mod notation;
pub mod record;
pub mod report;
pub mod round;
pub mod scenario;
pub mod session;
pub mod strategies;
pub mod studies;
pub mod table;
pub mod units;
pub mod web;
pub mod world;

pub use error::Error;
