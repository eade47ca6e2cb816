//! What the types cannot see: names that must exist, numbers that must fit each other.

use super::load::Loaded;
use super::schema::Scenario;
use super::tree::Problem;

/// All problems of a scenario whose fields are each in order.
pub fn check(_scenario: &Scenario, _loaded: &Loaded) -> Vec<Problem> {
    vec![]
}
