//! The suite: laws of bargaining, determinism, the schedule, stored games. One binary, one module a theme.

mod any_scenario;
mod common;
mod determinism;
mod laws_levers;
mod laws_mirror;
mod laws_pie;
mod laws_pledges;
mod laws_standoff;
mod laws_story;
mod laws_tactics;
mod luck;
mod properties;
mod schedule;
mod state;
