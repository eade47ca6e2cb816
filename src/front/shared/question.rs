//! A question as a document.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::InPieces;
use super::games::{Batch, Parted};
use super::points::Driven;
use super::search::Searched;
use crate::batch::play::Watch;
use crate::error::Error;
use crate::front::{Answer, Draft, Sensitivity, Sweep, Tournament, Tune};
use crate::ready::Ready;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case", deny_unknown_fields)]
pub enum Question {
    /// How games end.
    Batch { games: u64, seed: u64 },
    /// How answers change along paths.
    Sweep {
        over: Vec<String>,
        measures: Vec<String>,
        design: String,
        points: Option<u64>,
        design_seed: u64,
        games: u64,
        seed: u64,
    },
    /// Who plays best.
    Tournament { strategies: Vec<String>, games: u64, seed: u64 },
    /// What drives an answer.
    Sensitivity {
        over: Vec<String>,
        within: Option<f64>,
        only: Vec<String>,
        measures: Vec<String>,
        method: String,
        samples: Option<u64>,
        pairs: Option<u64>,
        design_seed: u64,
        games: Option<u64>,
        seed: u64,
    },
    /// Which values bring most of what is sought; an aim is what is to be done, of what, and a value.
    Tune {
        over: Vec<String>,
        aims: Vec<(String, String, f64)>,
        side: Option<String>,
        against: Vec<String>,
        worst: bool,
        quantile: Option<f64>,
        penalties: Vec<String>,
        tries: u64,
        held_out: Option<u64>,
        games: u64,
        seed: u64,
    },
}

/// From its document.
pub fn read(text: &str) -> Result<Question, Error> {
    serde_json::from_str(text).map_err(|e| Error::argument(format!("this is no question that can be shared: {e}")))
}

/// A question as the methods of the front door put it together.
enum Put<'a> {
    /// So many games of a seed: how they end is asked otherwise by others than here.
    Batch(u64, u64),
    Sweep(Sweep),
    Tournament(Tournament<'a>),
    Sensitivity(Sensitivity<'a>),
    Tune(Tune),
}

impl Question {
    /// Put together.
    fn put<'a>(self, draft: &Draft, ready: &'a Ready) -> Put<'a> {
        match self {
            Question::Batch { games, seed } => Put::Batch(games, seed),
            Question::Sweep { over, measures, design, points, design_seed, games, seed } => {
                let sweep = draft.sweep().design(&design).design_seed(design_seed);
                let sweep = points.into_iter().fold(sweep, |sweep, points| sweep.points(points));
                let sweep = over.iter().fold(sweep, |sweep, path| sweep.over(path));
                let sweep = measures.iter().fold(sweep, |sweep, measure| sweep.measure(measure));
                Put::Sweep(sweep.games(games).seed(seed))
            }
            Question::Tournament { strategies, games, seed } => {
                Put::Tournament(ready.tournament(strategies).games(games).seed(seed))
            }
            Question::Sensitivity {
                over,
                within,
                only,
                measures,
                method,
                samples,
                pairs,
                design_seed,
                games,
                seed,
            } => {
                let asked = ready.sensitivity().method(&method).design_seed(design_seed);
                let asked = over.iter().fold(asked, |asked, path| asked.over(path));
                let asked = only.iter().fold(asked, |asked, word| asked.only(word));
                let asked = measures.iter().fold(asked, |asked, measure| asked.measure(measure));
                let asked = within.into_iter().fold(asked, |asked, share| asked.all(share));
                let asked = samples.into_iter().fold(asked, |asked, n| asked.samples(n));
                let asked = pairs.into_iter().fold(asked, |asked, n| asked.pairs(n));
                let asked = games.into_iter().fold(asked, |asked, n| asked.games(n));
                Put::Sensitivity(asked.seed(seed))
            }
            Question::Tune { over, aims, side, against, worst, quantile, penalties, tries, held_out, games, seed } => {
                let tune = over.iter().fold(draft.tune().tries(tries), |tune, path| tune.over(path));
                let tune = aims.iter().fold(tune, |tune, (aim, of, value)| tune.aim(aim, of, *value));
                let tune = side.iter().fold(tune, |tune, party| tune.side(party));
                let tune = against.iter().fold(tune, |tune, strategy| tune.against(strategy));
                let tune = penalties.iter().fold(tune, |tune, penalty| tune.penalty(penalty));
                let tune = quantile.into_iter().fold(tune, |tune, share| tune.quantile(share));
                let tune = held_out.into_iter().fold(tune, |tune, games| tune.held_out(games));
                let tune = if worst { tune.worst() } else { tune };
                Put::Tune(tune.games(games).seed(seed))
            }
        }
    }

    /// The question to a scenario, made ready to be played by others.
    pub fn prepared(self, draft: &Draft, watch: &Arc<Watch>) -> Result<Box<dyn InPieces>, Error> {
        let ready = draft.ready()?;
        Ok(match self.put(draft, &ready) {
            Put::Batch(games, seed) => Box::new(Parted(Batch::of(ready, games, seed, watch)?)),
            Put::Sweep(sweep) => Box::new(Parted(sweep.watch(watch).prepared()?)),
            Put::Tournament(tournament) => Box::new(Parted(tournament.watch(watch).prepared()?)),
            Put::Sensitivity(asked) => Box::new(Driven::of(asked.watch(watch).prepared()?)?),
            Put::Tune(tune) => Box::new(Searched::of(tune.watch(watch).prepared()?)?),
        })
    }

    /// The question to a scenario, answered here.
    pub fn answered(self, draft: &Draft, ready: &Ready, threads: usize, watch: &Arc<Watch>) -> Result<Answer, Error> {
        match self.put(draft, ready) {
            Put::Batch(games, seed) => ready.batch(games).seed(seed).threads(threads).watch(watch).answer(),
            Put::Sweep(sweep) => sweep.threads(threads).watch(watch).answer(),
            Put::Tournament(tournament) => tournament.threads(threads).watch(watch).answer(),
            Put::Sensitivity(asked) => asked.threads(threads).watch(watch).answer(),
            Put::Tune(tune) => tune.threads(threads).watch(watch).answer(),
        }
    }
}
