//! Negotiation games between two rivals, seeded and reproducible.

pub mod scenario;
pub mod units;
