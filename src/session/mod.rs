//! One session of talks: both sides take stock, offers alternate, a package is initialled or not.

pub mod distances;
pub mod hold;
pub mod seat;
