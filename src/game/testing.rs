//! The main story made ready, for the tests of this layer and those above.

use crate::round;
use crate::scenario::load::load_as;
use crate::scenario::schema::Scenario;
use crate::world::setup::Setup;

/// The main story as it is shipped.
pub fn stockholm() -> Setup {
    let text = include_str!("../../scenarios/stockholm-2025.ron");
    let (scenario, _) = load_as::<Scenario>("stockholm", &|_| Ok(text.into()), &[]).expect("it loads");
    round::prepare(scenario).expect("it is made ready")
}
