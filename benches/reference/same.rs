//! Whether the engine and the plain loop play the same games.

use summitry::internals::components::Total;
use summitry::internals::dice::Key;
use summitry::internals::round;
use summitry::internals::rows::Value;
use summitry::internals::setup::Setup;

use super::plain::Plain;

/// Both play the same games to the same bits, or there is nothing to time.
pub fn same(setup: &Setup, n: usize) {
    let key = Key::of_seed(2025);
    let mut games = round::cohort(setup, n);
    let mut other = Plain::default();
    games.load(key, 0);
    round::play(&mut games);
    other.load(setup, key, 0, n);
    other.play(setup);
    let mut lane = vec![];
    for p in 0..2 {
        games.numbers_of(Total::COLUMN, p, &mut lane);
        let differ = (0..n).filter(|g| lane[*g].to_bits() != other.total[p][*g].to_bits()).count();
        assert_eq!(differ, 0, "{differ} of {n} games differ between the engine and the plain loop");
    }
}
