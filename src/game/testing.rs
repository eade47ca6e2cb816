//! The main story made ready, for the tests of this layer and those above.

use crate::ready;
use crate::scenario::load::Sets;
use crate::world::setup::Setup;

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
