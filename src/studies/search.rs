//! The first tuner: random search on the same luck, judged on luck it has not seen.
//!
//! Candidates are drawn from the ranges; each is played on the same games as the scenario as written (common random
//! numbers), so that small gains show. The best of many is flattered by luck: its value is told a second time on
//! held-out games, whose dice are disjoint from the search's by construction (`Key::apart`).

use super::design::{Axis, uniforms};
use super::measures::Measures;
use super::paired::{Among, Ask, Contrast, contrast};
use super::sums::Found;
use super::sweep::{changes, written};
use super::variants::{Cell, Change, cell};
use crate::batch::play::{Plan, Watch};
use crate::scenario::load::{Loaded, Problems};
use crate::scenario::tree::Node;
use crate::world::dice::Key;
use crate::world::setup::Setup;

/// Candidates of one search, at most.
pub const TRIES_MAX: usize = super::design::POINTS_MAX;

/// Candidates made ready.
pub struct Search {
    base: Cell,
    points: Vec<Vec<Node>>,
    cells: Vec<Cell>,
    axes: Vec<Axis>,
    written: Vec<Vec<String>>,
}

/// What is sought.
#[derive(Debug, Clone, PartialEq)]
pub struct Goal {
    /// The measure, by its name in the documents of `batch`.
    pub measure: String,
    /// More of it is better.
    pub more: bool,
}

/// What a search found.
#[derive(Debug, Clone)]
pub struct Best {
    /// Its number among the candidates.
    pub candidate: usize,
    /// The value of each path as it is written.
    pub values: Vec<String>,
    /// Names the scenario with these values.
    pub hash: String,
    /// On the games of the search: the scenario as written, and the best.
    pub inside: Found,
    /// On held-out games.
    pub outside: Found,
}

/// What came of a search.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The best candidate; none where none beats the scenario as written, or the search was stopped before judging.
    pub best: Option<Best>,
    /// The measure in the scenario as written, on the games of the search.
    pub as_written: Option<f64>,
    /// The measure of every candidate on the games of the search.
    pub values: Vec<Option<f64>>,
    /// Games played of each candidate.
    pub games: u64,
    /// Stopped before all were played.
    pub interrupted: bool,
}

/// The dice of held-out games.
pub fn held_out(seed: u64) -> Key {
    Key::of_seed(seed).apart("held-out games of a tuner")
}

impl Search {
    /// Draws candidates; all problems of the first wrong one are told.
    pub fn of(base: &Loaded, axes: &[Axis], tries: usize, seed: u64) -> Result<Search, Problems> {
        let lanes: Vec<Vec<f64>> = axes.iter().map(|axis| uniforms(seed, &axis.path, "candidate", tries)).collect();
        let point = |i: usize| axes.iter().zip(&lanes).map(|(axis, lane)| axis.at(lane[i])).collect::<Vec<_>>();
        let points: Vec<Vec<Node>> = (0..tries).map(point).collect();
        let cells = points.iter().map(|point| cell(base, &changes(axes, point))).collect::<Result<_, _>>()?;
        let written = points.iter().map(|point| point.iter().map(|value| written(base, value)).collect()).collect();
        Ok(Search { base: cell(base, &[])?, points, cells, axes: axes.to_vec(), written })
    }

    /// How many different games are played in the search itself.
    pub fn cells(&self) -> usize {
        1 + self.cells.len()
    }

    /// Names the scenario as written.
    pub fn hash(&self) -> &str {
        &self.base.hash
    }

    /// What may be asked of the games.
    pub fn measures(&self) -> Measures {
        Measures::of([&self.base].into_iter().chain(&self.cells).map(|cell| &cell.setup))
    }

    /// The changes that make a candidate.
    pub fn changes(&self, candidate: usize) -> Vec<Change> {
        changes(&self.axes, &self.points[candidate])
    }

    /// Plays all candidates on the first games of the seed, then the best and the scenario as written on as many
    /// held-out games.
    pub fn run(&self, goal: &Goal, seed: u64, games: u64, threads: usize, watch: &Watch) -> Result<Answer, String> {
        let all: Vec<&Setup> = [&self.base].into_iter().chain(&self.cells).map(|cell| &cell.setup).collect();
        let measures = self.measures();
        let ask = Ask::Mean(measures.find(&goal.measure)?);
        let each = |(base, variant)| Contrast { base, variant, ask, among: Among::All };
        // First the value of each by itself, then each against the scenario as written.
        let contrasts: Vec<Contrast> =
            (0..all.len()).map(|c| each((c, c))).chain((0..all.len()).map(|c| each((0, c)))).collect();
        let plan = Plan::new(seed, games).threads(threads);
        let played = contrast(&all, &measures, &contrasts, &plan, watch)?;
        let (own, against) = played.found.split_at(all.len());
        let value = |f: &Option<Found>| f.map(|f| f.variant);
        let mut answer = Answer {
            best: None,
            as_written: value(&own[0]),
            values: own[1..].iter().map(value).collect(),
            games: played.games,
            interrupted: played.interrupted,
        };
        let score = |x: f64| if goal.more { x } else { -x };
        let ranked = answer.values.iter().enumerate().filter_map(|(i, x)| x.map(|x| (i, score(x))));
        // Of equals the first.
        let best = ranked.reduce(|best, other| if other.1 > best.1 { other } else { best });
        let beats = |x: f64| answer.as_written.is_none_or(|written| x > score(written));
        let Some((candidate, _)) = best.filter(|(_, x)| beats(*x)) else { return Ok(answer) };
        if played.interrupted {
            return Ok(answer);
        }
        let two = [all[0], all[candidate + 1]];
        let plan = Plan { key: held_out(seed), ..plan };
        let judged = contrast(&two, &measures, &[each((0, 1))], &plan, watch)?;
        answer.interrupted = judged.interrupted;
        if let (Some(inside), Some(outside), false) = (against[candidate + 1], judged.found[0], judged.interrupted) {
            let (values, hash) = (self.written[candidate].clone(), self.cells[candidate].hash.clone());
            answer.best = Some(Best { candidate, values, hash, inside, outside });
        }
        Ok(answer)
    }
}
