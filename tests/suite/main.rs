//! The suite: laws of bargaining, determinism, the schedule, stored games. One binary, one module a theme.

mod common;
mod laws_pie;
mod laws_tactics;
