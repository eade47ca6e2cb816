//! The command line.

pub mod disk;
