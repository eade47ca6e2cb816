//! A batch whose rows go into files.

use std::sync::Mutex;

use super::columns::Column;
use super::groups::{GROUP, Sink};
use super::place::{Place, SCHEME, Said};
use super::play::{Tables, batch};
use super::rounds::{Odds, Rounds};
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

    /// With the odds of each round of the games whose rounds are kept, by game.
    #[must_use]
    pub fn with_odds(mut self, odds: Odds) -> Job<'a> {
        self.rounds = self.rounds.map(|rounds| rounds.with_odds(self.ready.setup(), odds));
        self
    }

    /// Bytes that the rows of so many games take, about, of so many of them by round too.
    pub fn bytes(&self, games: u64, by_round: u64) -> u64 {
        let rounds = self.rounds.as_ref().map_or(0, |rounds| self.place.bytes(&rounds.fields));
        let rounds = rounds.saturating_mul(u64::from(self.ready.setup().rounds)).saturating_mul(by_round.min(games));
        self.place.bytes(&self.schema.fields).saturating_mul(games).saturating_add(rounds)
    }

    /// Plays a plan of a seed; the files appear when all games are played. Their names; none where it was stopped.
    pub fn play(self, plan: &Plan, seed: u64, watch: &Watch) -> Result<(Played, Vec<String>), Error> {
        let (played, left) = self.run(plan, seed, watch, true)?;
        left.failed.map_or(Ok((played, left.files)), Err)
    }

    /// The same; the games are played and counted whatever becomes of the files.
    pub fn play_anyway(self, plan: &Plan, seed: u64, watch: &Watch) -> Result<(Played, Left), Error> {
        self.run(plan, seed, watch, false)
    }

    fn run(mut self, plan: &Plan, seed: u64, watch: &Watch, strict: bool) -> Result<(Played, Left), Error> {
        let games = plan.games.end - plan.games.start;
        let numbers = [("seed", seed), ("first_game", plan.games.start), ("games", games)];
        self.said.extend(numbers.map(|(key, x)| (format!("summitry.{key}"), x.to_string())));
        let Job { ready, place, schema, rounds, said } = &self;
        let first = plan.games.start / GROUP;
        let of_games = place.games(&schema.fields, said, first)?;
        let of_rounds = rounds.as_ref().map(|rounds| place.by_round(&rounds.fields, said, first)).transpose()?;
        let wary = |sink| Wary { sink, strict, failed: Mutex::default() };
        let games_to = wary(of_games.sink());
        let rounds_to = of_rounds.as_ref().map(|table| wary(table.sink()));
        let tables = Tables {
            games: (schema, &games_to),
            rounds: rounds.as_ref().zip(rounds_to.as_ref().map(|sink| sink as &dyn Sink)),
        };
        let played = batch(ready.setup(), plan, watch, &tables)?;
        let failed = [Some(games_to), rounds_to].map(|sink| sink.and_then(Wary::failed));
        let mut left = Left::default();
        if played.interrupted {
            return Ok((played, left));
        }
        for (table, failed) in [Some(of_games), of_rounds].into_iter().zip(failed) {
            // rounds without their games are of no use, and would stand in the way of the next try
            let Some(table) = table.filter(|_| left.failed.is_none()) else { continue };
            let name = table.name.clone();
            match failed.map_or_else(|| table.placed(), Err) {
                Ok(()) => left.files.push(name),
                Err(why) => left.failed = left.failed.or(Some(why)),
            }
        }
        Ok((played, left))
    }
}

/// What became of the files of a batch.
#[derive(Debug, Default)]
pub struct Left {
    /// Those that were written; none where the batch was stopped.
    pub files: Vec<String>,
    /// Why another was not.
    pub failed: Option<Error>,
}

/// A sink that fails at once where that is asked for, or keeps the first failure for the end and takes nothing more.
struct Wary<'a> {
    sink: &'a dyn Sink,
    strict: bool,
    failed: Mutex<Option<Error>>,
}

impl Wary<'_> {
    fn failed(self) -> Option<Error> {
        self.failed.into_inner().unwrap_or_else(|e| e.into_inner())
    }
}

impl Sink for Wary<'_> {
    fn group(&self, number: u64, columns: Vec<Column>) -> Result<(), Error> {
        let failed = || self.failed.lock().unwrap_or_else(|e| e.into_inner());
        if failed().is_some() {
            return Ok(());
        }
        match self.sink.group(number, columns) {
            Err(why) if !self.strict => drop(failed().get_or_insert(why)),
            taken => return taken,
        }
        Ok(())
    }
}
