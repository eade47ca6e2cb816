//! Negotiation games between two rivals, seeded and reproducible.

pub mod cli;
pub mod scenario;
pub mod units;
