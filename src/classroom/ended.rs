//! A table as the debrief looks at it: as it stood, then with its game told.

use super::decided::Decided;
use super::played::{Filed, Snapshot};
use super::state::State;
use crate::error::Error;
use crate::game::told::Told;
use crate::world::components::Patience;
use crate::world::dice::Key;
use crate::world::setup::Setup;
use crate::world::state::State as GameState;

/// A table at its end: as it stood when it was looked at, then with its game told.
pub struct Ended<Game = Told> {
    /// Its name.
    pub name: String,
    /// Its game.
    pub told: Game,
    /// Its decisions.
    pub filed: Vec<Filed>,
    /// The state at the start of each week, and the last.
    pub states: Vec<GameState>,
    /// Its key.
    pub key: Key,
    /// What each side did in public: phase, strength.
    pub stances: [Vec<(usize, u32)>; 2],
    /// What each side guessed about the other: phase, percent.
    pub guesses: [Vec<(usize, u32)>; 2],
    /// Weights of both governments.
    pub weights: [[f64; 3]; 2],
    /// What a point next week is worth today, to both.
    pub patience: [f64; 2],
    /// People in each delegation.
    pub people: [usize; 2],
    /// Who decided.
    pub decided: Decided,
}

impl Ended<Snapshot> {
    /// With its game told: no short work, so it is done beside the class.
    pub fn told(self, setup: &Setup) -> Result<Ended, Error> {
        let Ended { name, told, filed, states, key, stances, guesses, weights, patience, people, decided } = self;
        let told = told.told(setup)?;
        Ok(Ended { name, told, filed, states, key, stances, guesses, weights, patience, people, decided })
    }
}

/// The tables as they stand.
pub fn gather(state: &mut State) -> Vec<Ended<Snapshot>> {
    let people: Vec<[usize; 2]> = (0..state.tables.len())
        .map(|t| {
            [0, 1].map(|p| state.people.iter().filter(|x| x.seat.is_some_and(|s| s.table == t && s.party == p)).count())
        })
        .collect();
    let all = state.tables.iter_mut().enumerate().map(|(t, place)| {
        let mut states = place.table.states.clone();
        states.push(place.table.state().clone());
        let weights = [0, 1].map(|p| place.table.weights(p));
        Ended {
            name: format!("Table {}", t + 1),
            told: place.table.snapshot(),
            filed: place.table.filed.clone(),
            states,
            key: place.table.key(),
            stances: place.sides.each_ref().map(|s| s.stances.iter().map(|(f, s)| (*f, s.strength())).collect()),
            guesses: place.sides.each_ref().map(|s| s.guesses.iter().map(|(f, g)| (*f, *g)).collect()),
            weights,
            patience: [0, 1].map(|p| place.table.number::<Patience>(p)),
            people: people[t],
            decided: Decided::at(&place.table),
        }
    });
    all.collect()
}
