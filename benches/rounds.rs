//! Rounds of the main story in one cohort on one core: time a game's round.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use summitry::internals::dice::Key;
use summitry::internals::round;
use summitry::prelude::Draft;

const GAMES: usize = 1024;

fn rounds(c: &mut Criterion) {
    let mut group = c.benchmark_group("rounds");
    group.sample_size(20).measurement_time(std::time::Duration::from_secs(5));
    for (name, sets) in [("the main story", vec![]), ("without talks", vec!["off=[\"talks\", \"summit\"]"])] {
        let ready = Draft::open("scenarios/stockholm-2025.ron").sets(sets).ready().expect("in order");
        let setup = summitry::internals::setup_of(&ready);
        let mut games = round::cohort(setup, GAMES);
        group.throughput(Throughput::Elements(GAMES as u64 * u64::from(setup.rounds)));
        group.bench_function(name, |bench| {
            let mut first = 0;
            bench.iter(|| {
                games.load(Key::of_seed(1), first);
                round::play(&mut games);
                first += GAMES as u64;
            });
        });
    }
    group.finish();
}

criterion_group!(benches, rounds);
criterion_main!(benches);
