//! Both sides tune in turn: each looks for a best reply to what the other would play, and adds it to its pool.
//!
//! The double oracle (McMahan, Gordon and Blum 2003) on the empirical game: the pools are played against each other,
//! an equilibrium of the table of means is taken, and each side searches a best reply to the other's part of it. What
//! the reply gains over the equilibrium, on games that the search has not seen, is what the side could still exploit
//! at least: the search may have missed a better one.

use std::sync::Arc;

use super::arena::{Crew, Lanes};
use super::compiled::{Candidate, Compiled, Ready, at};
use super::objective::{Aim, Objective, Statistic, Toward, statistic};
use super::search::{Quest, State};
use crate::error::Error;
use crate::scenario::language::set;
use crate::scenario::load::Loaded;
use crate::studies::design::Axis;
use crate::studies::equilibrium::{Payoffs, replicator, solve};
use crate::studies::sums::Pairs;
use crate::studies::variants::cell;
use crate::world::dice::Key;

/// Shares below this are not played against.
const PLAYED: f64 = 0.02;

/// What to play.
#[derive(Debug, Clone)]
pub struct Terms {
    /// Rounds at most.
    pub rounds: u64,
    /// The budget of each search, in candidates played in full.
    pub tries: u64,
    /// Games of such a candidate.
    pub games: u64,
    /// Games in which the pools meet, unseen by the searches.
    pub held: u64,
    /// The seed.
    pub seed: u64,
}

/// The dice of the games in which the pools meet.
pub fn met(seed: u64) -> Key {
    Key::of_seed(seed).apart("games between the pools of a self-play")
}

/// A side: its party, the paths it may change, and its pool. The first of a pool is the scenario as written.
#[derive(Debug, Clone)]
pub struct Side {
    /// The party.
    pub party: String,
    /// Its paths.
    pub axes: Vec<Axis>,
    /// Points of the unit cube; none is the scenario as written.
    pub pool: Vec<Option<Vec<f64>>>,
}

/// A gain, with half the width of its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gain {
    /// How much.
    pub mean: f64,
    /// Half the width.
    pub half: f64,
}

/// A round.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    /// The equilibrium that was replied to: shares of each pool as it was.
    pub shares: [Vec<f64>; 2],
    /// What it is worth to each side.
    pub worth: [f64; 2],
    /// Ties in best replies: the equilibrium is one of several or many.
    pub degenerate: bool,
    /// No equilibrium was found; the mean of replicator dynamics was replied to.
    pub dynamics: bool,
    /// What each side's reply gains over the equilibrium.
    pub gains: [Gain; 2],
    /// Whether each reply joined its pool.
    pub joined: [bool; 2],
}

impl Round {
    /// What both sides together can still gain, at least.
    pub fn exploitability(&self) -> f64 {
        self.gains.iter().map(|gain| gain.mean.max(0.0)).sum()
    }
}

/// What came of it.
#[derive(Debug, Clone)]
pub struct Settled {
    /// The sides and their pools.
    pub sides: [Side; 2],
    /// The rounds that were finished.
    pub rounds: Vec<Round>,
    /// Means of the pools against each other: by side, own and the other's.
    pub payoffs: [Payoffs; 2],
    /// The equilibrium at the end, as in a round.
    pub shares: [Vec<f64>; 2],
    /// What it is worth.
    pub worth: [f64; 2],
    /// Stopped before the end.
    pub interrupted: bool,
}

/// Both sides at work.
pub struct Play<'a> {
    base: &'a Loaded,
    sides: [Side; 2],
    terms: Terms,
    /// By side: its paths against each of the other's pool.
    tables: [Vec<Compiled>; 2],
    /// By entries of both pools: the totals of each side, a number a game.
    cells: Vec<Vec<[Vec<f64>; 2]>>,
}

fn stopped() -> Error {
    Error::Interrupted("stopped before the first pools had met".into())
}

impl<'a> Play<'a> {
    /// Makes the first pools ready.
    pub fn of(base: &'a Loaded, sides: [(String, Vec<Axis>); 2], terms: Terms) -> Result<Play<'a>, Error> {
        let sides = sides.map(|(party, axes)| Side { party, axes, pool: vec![None] });
        let mut out = Play { base, sides, terms, tables: [vec![], vec![]], cells: vec![] };
        for side in 0..2 {
            let table = out.table(side, None)?;
            out.tables[side].push(table);
        }
        Ok(out)
    }

    /// A side's paths against a point of the other's.
    fn table(&self, side: usize, other: Option<&[f64]>) -> Result<Compiled, Error> {
        let mut base = self.base.clone();
        if let Some(point) = other {
            let axes = &self.sides[1 - side].axes;
            for (axis, value) in axes.iter().zip(at(axes, point)) {
                set(&mut base.tree, &axis.path, axis.at, value).map_err(|problem| base.wrong(vec![problem]))?;
            }
        }
        cell(&base, &[])?;
        let asked = [side, 1 - side].map(|s| format!("{}.total", self.sides[s].party));
        Compiled::of(&base, &self.sides[side].axes, &asked).map_err(Error::from)
    }

    /// A side's entry against one of the other's.
    fn candidate(&mut self, side: usize, point: Option<&[f64]>, other: usize) -> Result<Candidate, Error> {
        let asked = [side, 1 - side].map(|s| format!("{}.total", self.sides[s].party));
        let table = &mut self.tables[side][other];
        match point {
            Some(point) => table.candidate(point).map_err(Error::from),
            None => {
                let cell = table.written()?;
                Ok(Candidate { ready: Arc::new(Ready::of(cell.setup, &asked, false)), puts: vec![] })
            }
        }
    }

    /// Plays what is not yet in the table of cells.
    fn meet(&mut self, crew: &Crew) -> Result<(), Error> {
        for i in 0..self.sides[0].pool.len() {
            if self.cells.len() <= i {
                self.cells.push(vec![]);
            }
            for j in self.cells[i].len()..self.sides[1].pool.len() {
                let point = self.sides[0].pool[i].clone();
                let one = self.candidate(0, point.as_deref(), j)?;
                let lanes =
                    crew.play(met(self.terms.seed), vec![vec![one]], 0..self.terms.held)?.ok_or_else(stopped)?;
                let totals = &lanes[0][0];
                self.cells[i].push([totals[0].clone(), totals[1].clone()]);
            }
        }
        Ok(())
    }

    fn payoffs(&self) -> [Payoffs; 2] {
        let mean = |lane: &[f64]| statistic(Statistic::Mean, lane).unwrap_or(f64::NAN);
        let (n, m) = (self.cells.len(), self.sides[1].pool.len());
        [
            (0..n).map(|i| (0..m).map(|j| mean(&self.cells[i][j][0])).collect()).collect(),
            (0..m).map(|j| (0..n).map(|i| mean(&self.cells[i][j][1])).collect()).collect(),
        ]
    }

    /// Plays rounds until no reply gains, or all are played, or it is told to stop. `says` hears of each.
    pub fn run(mut self, crew: &Crew, says: &dyn Fn(&Round)) -> Result<Settled, Error> {
        let (mut rounds, mut interrupted) = (vec![], false);
        self.meet(crew)?;
        while (rounds.len() as u64) < self.terms.rounds {
            match self.round(crew) {
                Ok(round) => {
                    says(&round);
                    let on = round.joined.contains(&true);
                    rounds.push(round);
                    if !on {
                        break;
                    }
                }
                Err(Error::Interrupted(_)) => {
                    interrupted = true;
                    break;
                }
                Err(error) => return Err(error),
            }
        }
        // a round that was cut off leaves nothing behind
        let (n, m) = (self.sides[0].pool.len(), self.sides[1].pool.len());
        self.cells.truncate(n);
        self.cells.iter_mut().for_each(|row| row.truncate(m));
        let payoffs = self.payoffs();
        let (shares, worth, _, _) = equilibrium(&payoffs);
        Ok(Settled { sides: self.sides, rounds, payoffs, shares, worth, interrupted })
    }

    fn round(&mut self, crew: &Crew) -> Result<Round, Error> {
        let payoffs = self.payoffs();
        let (shares, worth, degenerate, dynamics) = equilibrium(&payoffs);
        let (mut gains, mut joined, mut replies) = ([Gain { mean: 0.0, half: 0.0 }; 2], [false; 2], [None, None]);
        for side in 0..2 {
            let Some(point) = self.reply(side, &shares[1 - side], crew)? else { continue };
            gains[side] = self.gain(side, &point, &shares, crew)?;
            joined[side] = gains[side].mean > gains[side].half && gains[side].mean > 0.0;
            replies[side] = joined[side].then_some(point);
        }
        let before = [self.sides[0].pool.len(), self.sides[1].pool.len()];
        for side in 0..2 {
            if let Some(point) = replies[side].take() {
                let table = self.table(1 - side, Some(&point))?;
                self.tables[1 - side].push(table);
                self.sides[side].pool.push(Some(point));
            }
        }
        if let Err(error) = self.meet(crew) {
            for side in 0..2 {
                self.sides[side].pool.truncate(before[side]);
                self.tables[1 - side].truncate(before[side]);
            }
            return Err(error);
        }
        Ok(Round { shares, worth, degenerate, dynamics, gains, joined })
    }

    /// A best reply of a side to a mixture of the other's pool.
    fn reply(&mut self, side: usize, shares: &[f64], crew: &Crew) -> Result<Option<Vec<f64>>, Error> {
        let played: Vec<usize> = (0..shares.len()).filter(|j| shares[*j] >= PLAYED).collect();
        let mut tables = vec![];
        for j in &played {
            let point = self.sides[1 - side].pool[*j].clone();
            tables.push(self.table(side, point.as_deref())?);
        }
        let measure = format!("{}.total", self.sides[side].party);
        let aim = Aim { measure, statistic: Statistic::Mean, toward: Toward::More };
        let mut quest = Quest {
            tables,
            weights: played.iter().map(|j| shares[*j]).collect(),
            objective: Objective { aims: vec![aim], penalties: vec![], worst: false },
            paths: self.sides[side].axes.len(),
            seed: self.terms.seed,
            games: self.terms.games,
            tries: self.terms.tries,
        };
        let mut state = State::default();
        if !quest.run(&mut state, crew, &mut |_| {})? {
            return Err(stopped());
        }
        let best = state.arms.into_iter().filter_map(|arm| arm.best);
        let best = best.reduce(|a, b| if b.value > a.value { b } else { a });
        Ok(best.map(|best| best.point))
    }

    /// What a reply gains over the equilibrium, on the games in which the pools meet.
    fn gain(&mut self, side: usize, point: &[f64], shares: &[Vec<f64>; 2], crew: &Crew) -> Result<Gain, Error> {
        let games = self.terms.held as usize;
        let mut both = vec![[0.0; 2]; games];
        for (j, share) in shares[1 - side].iter().enumerate().filter(|(_, share)| **share > 0.0) {
            let one = self.candidate(side, Some(point), j)?;
            let lanes: Vec<Lanes> =
                crew.play(met(self.terms.seed), vec![vec![one]], 0..self.terms.held)?.ok_or_else(stopped)?;
            both.iter_mut().zip(&lanes[0][0][0]).for_each(|(both, x)| both[1] += share * x);
            for (i, own) in shares[side].iter().enumerate().filter(|(_, own)| **own > 0.0) {
                let (i, j) = if side == 0 { (i, j) } else { (j, i) };
                both.iter_mut().zip(&self.cells[i][j][side]).for_each(|(both, x)| both[0] += share * own * x);
            }
        }
        let mut pairs = Pairs::default();
        both.iter()
            .try_for_each(|[now, then]| pairs.add(*now, *then))
            .map_err(|x| Error::ours(format!("{x} cannot be summed")))?;
        let found = pairs.found().ok_or_else(|| Error::ours("a gain takes two games at least"))?;
        Ok(Gain { mean: found.difference, half: found.half() })
    }
}

/// The equilibrium that is replied to: the first that is found, else the mean of replicator dynamics.
fn equilibrium(payoffs: &[Payoffs; 2]) -> ([Vec<f64>; 2], [f64; 2], bool, bool) {
    let solved = solve([&payoffs[0], &payoffs[1]]);
    match solved.found.into_iter().next() {
        Some(one) => (one.shares, one.worth, solved.degenerate, false),
        None => {
            let mean = replicator([&payoffs[0], &payoffs[1]]).mean;
            (mean.shares, mean.worth, solved.degenerate, true)
        }
    }
}
