//! A seat in words: what it sees and may do, for a person at a screen and for a program that reads texts.

pub mod commands;
pub mod show;
pub mod words;
