//! The engine plays what the same game without an ECS plays, bit for bit.

#[path = "../../benches/reference/plain.rs"]
mod plain;
#[path = "../../benches/reference/same.rs"]
mod same;

#[test]
fn the_engine_plays_as_plain_arrays_do() {
    same::same(&super::common::ready(super::common::STOCKHOLM, &[plain::BETWEEN.to_owned()]), 512);
}
