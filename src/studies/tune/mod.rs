//! Which values of some paths bring most of what is sought? A search, and what is to be thought of what it found.

pub mod arena;
pub mod cmaes;
pub mod compiled;
pub mod field;
pub mod fit;
pub mod jackknife;
pub mod judge;
pub mod objective;
pub mod reached;
pub mod search;
pub mod selfplay;
