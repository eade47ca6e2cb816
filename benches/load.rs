//! From a file's text to a cohort: reading, checking and preparing the main story, making its world.

use criterion::{Criterion, criterion_group, criterion_main};
use summitry::internals::round;
use summitry::prelude::Draft;

fn loading(c: &mut Criterion) {
    let draft = Draft::text(include_str!("../scenarios/stockholm-2025.ron"));
    let ready = draft.ready().expect("in order");
    let mut group = c.benchmark_group("load");
    group.sample_size(30).measurement_time(std::time::Duration::from_secs(4));
    group.bench_function("read, check and make ready", |bench| bench.iter(|| draft.ready()));
    group.bench_function("a world of one game", |bench| {
        bench.iter(|| round::cohort(summitry::internals::setup_of(&ready), 1).games())
    });
    group.finish();
}

criterion_group!(benches, loading);
criterion_main!(benches);
