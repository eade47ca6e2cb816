//! Bargaining games a second on one core: 4 issues of 5 levels, 26 rounds, weights and exponents drawn per game.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use summitry::internals::bargain::{Compiled, Digest, play_range};
use summitry::internals::bargaining::Bargaining;
use summitry::internals::language::{decode, read};

const GAMES: u64 = 4096;

/// The scenario: both parties value the levels in opposite orders, each issue by a curve of its own.
fn scenario(weight: &str, exponent: &str) -> Compiled {
    let party = |name: &str| {
        let weights: Vec<String> = (0..4).map(|i| format!("\"issue {i}\": {weight}")).collect();
        let weights = weights.join(", ");
        format!("(name: \"{name}\", weights: {{{weights}}}, reservation: 0.0, tactic: Time(exponent: {exponent}))")
    };
    let issue = |i: i32| {
        let curve = |level: i32| f64::from(level) / 4.0 + 0.02 * f64::from((level * 7 + i * 3) % 5);
        let values =
            |turned: bool| format!("{:?}", (0..5).map(|l| curve(if turned { 4 - l } else { l })).collect::<Vec<_>>());
        format!(
            "(name: \"issue {i}\", levels: [\"a\", \"b\", \"c\", \"d\", \"e\"], values: {{\"one\": {}, \"two\": {}}})",
            values(false),
            values(true)
        )
    };
    let issues: Vec<String> = (0..4).map(issue).collect();
    let text = format!("(rounds: 26, parties: [{}, {}], issues: [{}])", party("one"), party("two"), issues.join(", "));
    let tree = read(&text, 0).expect("the scenario of the bench is RON");
    let bargaining: Bargaining = decode(&tree).expect("the scenario of the bench decodes");
    Compiled::new(&bargaining).expect("the scenario of the bench is sound")
}

fn bargain(c: &mut Criterion) {
    let mut group = c.benchmark_group("bargain");
    group.throughput(Throughput::Elements(GAMES));
    for (name, weight, exponent) in [
        ("drawn", "Uniform(low: 0.0, high: 1.0)", "Uniform(low: 0.5, high: 4.0)"),
        ("drawn, tough", "Uniform(low: 0.0, high: 1.0)", "LogNormal(median: 4.0, spread: 0.5)"),
        ("whole weights", "3.0", "Uniform(low: 0.5, high: 4.0)"),
    ] {
        let compiled = scenario(weight, exponent);
        group.bench_function(name, |bench| {
            let mut first = 0;
            bench.iter(|| {
                let mut digest = Digest::default();
                play_range(&compiled, 1, first, GAMES, &mut |game, outcome| digest.add(game, outcome));
                first += GAMES;
                digest
            });
        });
    }
    group.finish();
}

criterion_group!(benches, bargain);
criterion_main!(benches);
