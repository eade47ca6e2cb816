//! Points played: what it costs is said first, and a signal ends it with the points that are whole.

use std::time::Instant;

use super::Args;
use crate::batch::play::{Plan, Watch};
use crate::cli::failure::{Failure, say};
use crate::cli::progress::{about, watch, watched};
use crate::cli::stop;
use crate::cli::tune::clocks::clocks;
use crate::disk;
use crate::notation::tree::{Kind, Node};
use crate::notation::written::written;
use crate::report::table::TextTable;
use crate::report::text::{count, thousands};
use crate::scenario::load::Loaded;
use crate::studies::inputs::Input;
use crate::studies::sensitivity::asked::{GAMES, within_reason};
use crate::studies::sensitivity::play::{Model, Value};

/// Points of a trial, and games of each at most.
const TRIAL: usize = 4;
const SHORT: u64 = 25;

/// Points that are played, by the games of one plan.
pub struct Points {
    /// The scenario whose inputs are given values.
    pub model: Model,
    /// The games.
    pub plan: Plan,
    /// How many of them the points were played by, where a signal came.
    pub games: u64,
}

impl Points {
    /// Of a scenario and its inputs, asked for some measures.
    pub fn of(args: &Args, base: &Loaded, inputs: &[Input], asked: &[String], seed: u64) -> Result<Points, Failure> {
        let games = args.games.unwrap_or(GAMES);
        within_reason(games)?;
        let _until = stop::ends("\nstopped before any point was played".into());
        let plan = Plan::new(seed, games).threads(args.shown.threads.get());
        Ok(Points { model: Model::of(base, inputs, asked)?, plan, games })
    }

    /// Plays points under a progress bar. Said first: how many games that is, and how long by a short trial of the first.
    #[allow(clippy::disallowed_methods)] // how long it takes is said, and reaches no result
    pub fn play(&mut self, points: &[Vec<Node>], more: usize) -> Result<Vec<Vec<Value>>, Failure> {
        let all = (points.len() + more) as u64 * self.plan.games.end;
        let trial = &points[..points.len().min(TRIAL)];
        let until = stop::ends("\nstopped before any point was told".into());
        let short = Plan { games: 0..self.plan.games.end.min(SHORT), ..self.plan.clone() };
        self.model.play(&trial[..1], &short, &Watch::default(), clocks())?; // what is made once is made
        let begun = Instant::now();
        self.model.play(trial, &short, &Watch::default(), clocks())?;
        let seconds = begun.elapsed().as_secs_f64() * all as f64 / (trial.len() as u64 * short.games.end) as f64;
        drop(until);
        say(&format!(
            "{} of {}: {}, {}",
            count((points.len() + more) as u64, "point"),
            count(self.plan.games.end, "game"),
            count(all, "game"),
            about(seconds)
        ));
        let (watch, all) = (watch(), points.len() as u64 * self.plan.games.end);
        let played = watched(&watch, all, "games", || self.model.play_in_two(points, &self.plan, &watch, clocks()))?;
        self.games = played.games;
        Ok(played.values)
    }

    /// What was played, where that is not all of so many points.
    pub fn stopped(&self, played: u64, points: usize) -> Option<String> {
        let (games, points) = (self.plan.games.end, points as u64);
        let of_games = format!("{} of {} at each", thousands(&self.games.to_string()), count(games, "game"));
        let of_points = || format!("{} of {}", thousands(&played.to_string()), count(points, "point"));
        match (played < points, self.games < games) {
            (false, false) => None,
            (true, false) => Some(format!("{} played", of_points())),
            (false, true) => Some(of_games),
            (true, true) => Some(format!("{}, {of_games}", of_points())),
        }
    }

    /// Plays more points.
    pub fn go_on(&mut self, points: &[Vec<Node>]) -> Result<Vec<Vec<Value>>, Failure> {
        let watch = watch();
        let total = points.len() as u64 * self.plan.games.end;
        Ok(watched(&watch, total, "games", || self.model.play(points, &self.plan, &watch, clocks()))?)
    }
}

/// Writes points to a new table: a path a column, a point a row.
pub fn keep(file: &str, inputs: &[Input], points: &[Vec<Node>]) -> Result<(), Failure> {
    let mut table = TextTable::new(&[]);
    table.row(inputs.iter().map(|input| input.path().to_owned()));
    for point in points {
        table.row(point.iter().map(plain));
    }
    Ok(disk::write_new(file, table.csv())?)
}

/// A value as a cell: a number unrounded.
pub fn plain(value: &Node) -> String {
    match value.kind {
        Kind::Number(x) => (x + 0.0).to_string(),
        _ => written(value),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::Ordering;

    use super::*;
    use crate::front::Draft;
    use crate::studies::inputs::drawn;

    /// Stopped after the first of its games, a screening has all of its points, as a shorter one has them.
    #[test]
    fn what_is_stopped_is_what_fewer_games_give() {
        let ready = Draft::open("stockholm-2025").ready().expect("in order");
        let inputs: Vec<Input> = drawn(&ready).into_iter().take(3).collect();
        let mut model = Model::of(&ready.loaded, &inputs, &["deal".into()]).expect("a model");
        let point = |k: usize| inputs.iter().map(|input| input.at(0.1 + 0.15 * k as f64)).collect::<Vec<Node>>();
        let points: Vec<Vec<Node>> = (0..6).map(point).collect();
        let plan = Plan::new(3, 400).threads(1);
        let watch = Arc::new(Watch::default());
        let seen = watch.clone();
        let stopper = std::thread::spawn(move || {
            while seen.done.load(Ordering::Relaxed) < 6 * 25 + 1 {
                std::thread::sleep(std::time::Duration::from_millis(1));
            }
            seen.stop.store(true, Ordering::Relaxed);
        });
        let part = model.play_in_two(&points, &plan, &watch, clocks()).expect("played");
        stopper.join().expect("stopped");
        let mut plain = |games| model.play(&points, &Plan { games, ..plan.clone() }, &Watch::default(), clocks());
        assert_eq!((part.games, &part.values), (25, &plain(0..25).expect("played")));
        let whole = plain(0..100).expect("played");
        let hundred = Plan { games: 0..100, ..plan.clone() };
        let in_two = model.play_in_two(&points, &hundred, &Watch::default(), clocks()).expect("played");
        assert_eq!((in_two.games, in_two.values), (100, whole));
    }
}
