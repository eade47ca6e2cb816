//! Tests of the whole: what a reader, a teacher or a program sees.

mod paired;
mod signs;
mod studies;
