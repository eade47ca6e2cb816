//! For eyes: tables that line up, bars, a told game, plain English. No rule of the game is here.

pub mod bargain;
pub mod batch;
pub mod catalogue;
pub mod check;
pub mod compare;
pub mod debrief;
pub mod discover;
pub mod document;
pub mod ending;
pub mod fitted;
pub mod heading;
pub mod heard;
pub mod inputs;
pub mod made;
pub mod measures;
pub mod meeting;
pub mod odds;
pub mod page;
pub mod paired;
pub mod precision;
pub mod score;
pub mod screen;
pub mod sensitivity;
mod sentence;
pub mod sheet;
pub mod sources;
pub mod sweep;
pub mod table;
pub mod tell;
pub mod text;
pub mod tournament;
pub mod tune;
pub mod unknown;
pub mod words;

pub use tell::tell;
