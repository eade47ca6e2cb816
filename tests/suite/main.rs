//! Tests of the whole: what a reader, a teacher or a program sees. One binary, one module a question.

mod broken;
mod mutants;
mod odds;
mod paired;
mod phase_one;
mod signs;
mod tidy;
