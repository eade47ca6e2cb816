//! One session of talks: both sides take stock, offers alternate, a package is initialled or not.

mod ask;
pub mod distances;
mod ear;
pub mod hold;
mod home;
pub mod place;
mod plan;
mod scratch;
pub mod seat;
mod stock;
mod walk;
