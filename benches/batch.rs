//! Games a second, counted and merged: the main story and two games of theory, on one thread and on two.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use summitry::batch::play::{Plan, Watch, batch};
use summitry::cli::common::ready;

fn batches(c: &mut Criterion) {
    let mut group = c.benchmark_group("batch");
    group.sample_size(10).measurement_time(std::time::Duration::from_secs(3));
    group.warm_up_time(std::time::Duration::from_secs(1));
    for (name, games) in [("stockholm-2025", 8192), ("theory/deadline", 16_384)] {
        let Ok(ready) = ready(&format!("scenarios/{name}.ron"), &[]) else { panic!("{name} does not load") };
        for threads in [1, 2] {
            group.throughput(Throughput::Elements(games));
            let mut seed = 0;
            group.bench_function(format!("{name}, threads {threads}"), |bench| {
                bench.iter(|| {
                    seed += 1;
                    batch(&ready.setup, &Plan::new(seed, games).threads(threads), &Watch::default())
                        .map(|played| played.summary.digest)
                });
            });
        }
    }
    group.finish();
}

criterion_group!(benches, batches);
criterion_main!(benches);
