//! From a file's text to a cohort: reading and checking the main story, making it ready, making its world.

use criterion::{Criterion, criterion_group, criterion_main};
use summitry::round;
use summitry::scenario::schema::Scenario;
use summitry::scenario::{check, load};

fn loading(c: &mut Criterion) {
    let name = "scenarios/stockholm-2025.ron";
    let text = std::fs::read_to_string(name).expect("the main story");
    let open = |_: &str| Ok(text.clone());
    let read = || {
        let (scenario, loaded) = load::load_as::<Scenario>(name, &open, &[]).expect("the main story is sound");
        assert!(check::check(&scenario, &loaded).is_empty());
        scenario
    };
    let (scenario, setup) = (read(), round::prepare(read()).expect("the main story is sound"));
    let mut group = c.benchmark_group("load");
    group.sample_size(30).measurement_time(std::time::Duration::from_secs(4));
    group.bench_function("read and check", |bench| bench.iter(read));
    group.bench_function("make ready", |bench| bench.iter(|| round::prepare(scenario.clone())));
    group.bench_function("a world of one game", |bench| bench.iter(|| round::cohort(&setup, 1).games()));
    group.finish();
}

criterion_group!(benches, loading);
criterion_main!(benches);
