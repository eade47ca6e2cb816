//! A told game is the same game as in a batch.

use summitry::internals::dice::Key;
use summitry::internals::metrics::{Room, class_lane, classes, events, lane, metrics};
use summitry::internals::round;
use summitry::internals::told::told;

/// Every class, event and metric of every game, by its bits, told alone and in a cohort.
fn same_in_a_cohort(path: &str, sets: &[&str], games: usize) {
    let setup = summitry::internals::setup_of(&super::ready(path, sets)).clone();
    let key = Key::of_seed(7);
    let first = 1000;
    let mut cohort = round::cohort(&setup, games);
    cohort.load(key, first);
    round::play(&mut cohort);
    let alone: Vec<_> = (0..games as u64).map(|g| told(&setup, key, first + g)).collect();
    let mut column = vec![];
    class_lane(&cohort, &mut column);
    for (game, class) in alone.iter().zip(&column) {
        assert_eq!(game.class, classes(&setup)[*class as usize], "{path}: class of game {}", game.game);
    }
    for (i, event) in events(&setup).iter().enumerate() {
        assert!(cohort.numbers_of(event.column, 0, &mut column), "{path}: no column {}", event.column.name());
        for (game, x) in alone.iter().zip(&column) {
            assert_eq!(game.events[i], (event.name, *x > 0.0), "{path}: event of game {}", game.game);
        }
    }
    let mut room = Room::default();
    for (i, metric) in metrics(&setup).iter().enumerate() {
        lane(&cohort, *summitry::internals::read_from(metric), &mut room, &mut column);
        for (game, x) in alone.iter().zip(&column) {
            let (named, alone) = &game.metrics[i];
            let same = alone.to_bits() == x.to_bits() || alone.is_nan() && x.is_nan();
            assert!(same, "{path}: {} of game {} is {alone} alone and {x} in a cohort", named.name, game.game);
        }
    }
}

#[test]
fn a_game_told_alone_is_the_game_of_the_batch() {
    same_in_a_cohort("scenarios/stockholm-2025.ron", &[], 200);
    same_in_a_cohort("scenarios/theory/split-the-dollar.ron", &[], 20);
}

#[test]
fn a_game_that_ends_early_is_the_game_of_the_batch() {
    let sets = ["clock.breakdown=0.05", "clock.stop_at_deal=true"];
    same_in_a_cohort("scenarios/stockholm-2025.ron", &sets, 100);
}
