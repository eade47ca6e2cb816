//! The main story made ready, for the tests of this layer and those above.

use crate::mechanisms::goals::Hunger;
use crate::ready;
use crate::scenario::load::Sets;
use crate::world::components::{
    CostARound, Date, Honesty, Optimism, Patience, Politics, Prestige, Prosperity, RatifyBar, Security,
};
use crate::world::rows::Value as _;
use crate::world::setup::{Setup, Source};

/// The main story as it is shipped.
pub fn stockholm() -> Setup {
    stockholm_with(&[])
}

/// The same with changes, as `--set` takes them.
pub fn stockholm_with(sets: &[&str]) -> Setup {
    let text = include_str!("../../scenarios/stockholm-2025.ron");
    let sets: Vec<String> = sets.iter().map(|set| set.to_string()).collect();
    ready::world("stockholm", &|_| Ok(text.into()), &[], Sets::typed(&sets)).expect("it is in order").setup
}

/// The same with all that a party hides put at .4.
pub fn another_mind(setup: &Setup, party: usize) -> Setup {
    let hidden = [
        Prosperity::COLUMN,
        Security::COLUMN,
        Politics::COLUMN,
        Prestige::COLUMN,
        Patience::COLUMN,
        Date::COLUMN,
        Optimism::COLUMN,
        Honesty::COLUMN,
        Hunger::COLUMN,
        CostARound::COLUMN,
        RatifyBar::COLUMN,
    ];
    let mut other = setup.clone();
    for start in other.starts.iter_mut().filter(|s| s.row == party && hidden.contains(&s.column)) {
        start.from = Source::Fixed(0.4);
    }
    other
}
