//! A batch whose rows go into files.

use super::groups::GROUP;
use super::place::{Place, SCHEME, Said};
use super::play::{Tables, batch};
use super::rounds::Rounds;
use super::schema::Schema;
use crate::batch::play::{Plan, Played, Watch};
use crate::error::Error;
use crate::ready::Ready;

/// Rows of a scenario's games, to be written.
pub struct Job<'a> {
    ready: &'a Ready,
    place: &'a Place,
    schema: Schema,
    rounds: Option<Rounds>,
    said: Said,
}

impl<'a> Job<'a> {
    /// At a place; of the games before `every_round` the rounds too. `sets` is what was changed in the scenario.
    pub fn new(
        ready: &'a Ready,
        place: &'a Place,
        every_round: Option<u64>,
        sets: &[String],
    ) -> Result<Job<'a>, Error> {
        let said = vec![
            ("summitry.schema".into(), SCHEME.to_owned()),
            ("summitry.scenario".into(), ready.title().to_owned()),
            ("summitry.scenario_hash".into(), ready.hash().to_owned()),
            ("summitry.sets".into(), serde_json::to_string(sets).map_err(Error::ours)?),
            ("summitry.model".into(), crate::model::MODEL.to_string()),
        ];
        let rounds = every_round.map(|games| Rounds::of(ready.setup(), games));
        Ok(Job { ready, place, schema: Schema::of(ready).checked()?, rounds, said })
    }

    /// Bytes that the rows of so many games take, about, of so many of them by round too.
    pub fn bytes(&self, games: u64, by_round: u64) -> u64 {
        let rounds = self.rounds.as_ref().map_or(0, |rounds| self.place.bytes(&rounds.fields));
        let rounds = rounds.saturating_mul(u64::from(self.ready.setup().rounds)).saturating_mul(by_round.min(games));
        self.place.bytes(&self.schema.fields).saturating_mul(games).saturating_add(rounds)
    }

    /// Plays a plan of a seed; the files appear when all games are played. Their names; none where it was stopped.
    pub fn play(mut self, plan: &Plan, seed: u64, watch: &Watch) -> Result<(Played, Vec<String>), Error> {
        let games = plan.games.end - plan.games.start;
        let numbers = [("seed", seed), ("first_game", plan.games.start), ("games", games)];
        self.said.extend(numbers.map(|(key, x)| (format!("summitry.{key}"), x.to_string())));
        let Job { ready, place, schema, rounds, said } = &self;
        let first = plan.games.start / GROUP;
        let of_games = place.games(&schema.fields, said, first)?;
        let of_rounds = rounds.as_ref().map(|rounds| place.by_round(&rounds.fields, said, first)).transpose()?;
        let tables = Tables {
            games: (schema, of_games.sink()),
            rounds: rounds.as_ref().zip(of_rounds.as_ref().map(|table| table.sink())),
        };
        let played = batch(ready.setup(), plan, watch, &tables)?;
        let mut names = vec![];
        if !played.interrupted {
            for table in [Some(of_games), of_rounds].into_iter().flatten() {
                names.push(table.name.clone());
                table.placed()?;
            }
        }
        Ok((played, names))
    }
}
