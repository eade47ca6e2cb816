//! The suite: one binary, one module a theme.

mod broken;
mod mutants;
