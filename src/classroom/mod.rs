//! The classroom: a teacher opens a lesson on a laptop, a class plays it on phones, the debrief explains.
//!
//! One engine: a table is one game whose decisions come from seats. One log: what is not in it did not happen. Pages
//! see only views. This module is an edge of the program: it may touch disk, clock and threads.

pub mod answers;
pub mod charts;
mod check;
pub mod command;
pub mod countdown;
pub mod debrief;
pub mod decided;
pub mod desk;
mod eight;
pub mod ended;
pub mod export;
pub mod file;
pub mod fold;
pub mod forecast;
pub mod forms;
mod found;
pub mod hall;
pub mod history;
pub mod kept;
pub mod lesson;
pub mod lesson_check;
pub mod log;
mod merged;
pub mod news;
pub mod notices;
pub mod pages;
pub mod played;
pub mod printed;
pub mod reflect;
pub mod rehearsal;
pub mod replay;
pub mod routes;
pub mod seats;
pub mod state;
pub mod study;
pub mod takeaway;
pub mod teacher;
pub mod tempo;
pub mod views;
pub mod wall;

#[cfg(test)]
mod tests;
