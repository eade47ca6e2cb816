//! Games a second, counted and merged: the main story and two games of theory, on one thread and on two.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use summitry::prelude::Draft;

fn batches(c: &mut Criterion) {
    let mut group = c.benchmark_group("batch");
    group.sample_size(10).measurement_time(std::time::Duration::from_secs(3));
    group.warm_up_time(std::time::Duration::from_secs(1));
    for (name, games) in [("stockholm-2025", 8192), ("theory/deadline", 16_384)] {
        let ready = Draft::open(format!("scenarios/{name}.ron")).ready().expect("in order");
        for threads in [1, 2] {
            group.throughput(Throughput::Elements(games));
            let mut seed = 0;
            group.bench_function(format!("{name}, threads {threads}"), |bench| {
                bench.iter(|| {
                    seed += 1;
                    ready.batch(games).seed(seed).threads(threads).run().map(|played| played.games())
                });
            });
        }
    }
    group.finish();
}

criterion_group!(benches, batches);
criterion_main!(benches);
