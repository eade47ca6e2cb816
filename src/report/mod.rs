//! For eyes: tables that line up, bars, plain English. No rule of the game is here.

pub mod batch;
pub mod odds;
pub mod score;
pub mod text;
