//! What one side learns of the other by the offers it hears in a session.

use crate::strategies::counting::Counting;
use crate::strategies::model;
use crate::table::regret::Hearing;
use crate::table::situation::Situation;
use crate::table::tactics::ModelOf;
use crate::table::values::Values;
use crate::world::setup::Setup;

/// Room to listen in.
#[derive(Debug, Default)]
pub(super) struct Ear {
    pub(super) hearing: Hearing,
    pub(super) counting: Counting,
}

/// Makes side q ready to learn by its model from what it will hear.
///
/// An offer is judged by what its sender makes of the hearer (`read`), which is no secret: it follows from the sender's
/// model and from what both have heard.
pub(super) fn listen(
    setup: &Setup,
    s: &Situation,
    values: &Values,
    ear: &mut Ear,
    q: usize,
    model: ModelOf,
    read: [f64; 3],
) {
    ear.hearing.begin(setup, s, values, q, read);
    if model == ModelOf::Frequency {
        ear.counting.begin(&ear.hearing, values, model::unread(setup, 1 - q), &s.importance[q]);
    }
}

/// What side q has learned from all it heard.
pub(super) fn learn(setup: &Setup, s: &mut Situation, values: &Values, ear: &mut Ear, q: usize, model: ModelOf) {
    match model {
        ModelOf::Bayes if ear.hearing.heard() > 0 => {
            let regrets = ear.hearing.regrets(setup);
            let party = &setup.parties[q];
            model::learn(&mut s.sides[q], &regrets[..party.suspects.len()], party.least_belief);
        }
        ModelOf::Frequency => {
            let rate = s.sides[q].sharpness;
            ear.counting.learn(values, rate, &mut s.importance[q]);
        }
        _ => {}
    }
}
