//! For eyes: tables that line up, bars, plain English. No rule of the game is here.

pub mod batch;
pub mod ending;
pub mod heard;
pub mod meeting;
pub mod page;
pub mod tell;
pub mod text;
pub mod words;

pub use tell::tell;
