//! For eyes: tables that line up, bars, plain English. No rule of the game is here.

pub mod ablation;
pub mod batch;
pub mod odds;
pub mod paired;
pub mod score;
pub mod signs;
pub mod text;
