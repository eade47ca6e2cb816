//! The engine against the same game without an ECS, on the main scenario, in one run.
//!
//! `cargo bench --bench reference` prints both and, at the end, their ratio in medians of paired turns.

#[path = "reference/plain.rs"]
mod plain;
#[path = "reference/same.rs"]
mod same;

use std::hint::black_box;
use std::time::Instant;

use criterion::{Criterion, criterion_group};
use summitry::internals::dice::Key;
use summitry::internals::round;
use summitry::internals::setup::Setup;
use summitry::prelude::Draft;

const GAMES: usize = 1024;

fn main_scenario() -> Setup {
    let text = include_str!("../scenarios/stockholm-2025.ron");
    summitry::internals::setup_of(&Draft::text(text).sets([plain::BETWEEN]).ready().expect("in order")).clone()
}

fn bench(c: &mut Criterion) {
    let setup = main_scenario();
    same::same(&setup, GAMES);
    let key = Key::of_seed(2025);
    let mut games = round::cohort(&setup, GAMES);
    let mut other = plain::Plain::default();
    let mut group = c.benchmark_group("reference");
    group.sample_size(20).throughput(criterion::Throughput::Elements(GAMES as u64));
    group.bench_function("engine", |b| {
        b.iter(|| {
            games.load(key, 0);
            round::play(black_box(&mut games));
        });
    });
    group.bench_function("plain loop", |b| {
        b.iter(|| {
            other.load(&setup, key, 0, GAMES);
            other.play(black_box(&setup));
        });
    });
    group.finish();
}

/// Paired turns, so that a noisy machine is noisy for both.
#[allow(clippy::disallowed_methods)] // a bench is a clock
fn ratio() {
    let setup = main_scenario();
    let key = Key::of_seed(2025);
    let mut games = round::cohort(&setup, GAMES);
    let mut other = plain::Plain::default();
    let mut ratios: Vec<f64> = (0..15)
        .map(|_| {
            let begin = Instant::now();
            games.load(key, 0);
            round::play(&mut games);
            let engine = begin.elapsed().as_secs_f64();
            let begin = Instant::now();
            other.load(&setup, key, 0, GAMES);
            other.play(&setup);
            engine / begin.elapsed().as_secs_f64()
        })
        .collect();
    ratios.sort_by(f64::total_cmp);
    println!("engine / plain loop: {:.3} (median of 15 pairs, {:.3} to {:.3})", ratios[7], ratios[0], ratios[14]);
}

criterion_group!(benches, bench);

fn main() {
    benches();
    ratio();
    Criterion::default().configure_from_args().final_summary();
}
