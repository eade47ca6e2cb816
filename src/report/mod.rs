//! For eyes: a told game in English.

pub mod ending;
pub mod heard;
pub mod meeting;
pub mod page;
pub mod tell;
pub mod words;

pub use tell::tell;
