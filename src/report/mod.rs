//! For eyes: tables that line up, bars, a told game, plain English. No rule of the game is here.

pub mod ablation;
pub mod batch;
pub mod check;
pub mod compare;
pub mod debrief;
pub mod ending;
pub mod heard;
pub mod meeting;
pub mod odds;
pub mod overlay;
pub mod page;
pub mod paired;
pub mod reached;
pub mod score;
pub mod selfplay;
pub mod signs;
pub mod sweep;
pub mod tell;
pub mod text;
pub mod tournament;
pub mod tournaments;
pub mod tune;
pub mod words;

pub use tell::tell;
