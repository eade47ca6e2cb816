//! For eyes: tables that line up, bars, plain English. No rule of the game is here.

pub mod ablation;
pub mod batch;
pub mod compare;
pub mod paired;
pub mod signs;
pub mod sweep;
pub mod text;
pub mod tune;
