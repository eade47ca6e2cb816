//! Negotiation games between two rivals, seeded and reproducible.

pub mod bargain;
pub mod import;
pub mod scenario;
