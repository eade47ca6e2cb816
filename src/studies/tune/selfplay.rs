//! Both sides tune in turn: each looks for a best reply to what the other would play, and adds it to its pool.
//!
//! The double oracle (McMahan, Gordon and Blum 2003) on the empirical game: the pools are played against each other,
//! an equilibrium of the table of means is taken, and each side searches a best reply to the other's part of it. Where
//! that comes to rest depends on where it begins, so it is begun at several places: at the scenario as written, and at
//! points drawn over both sides' ranges. At the end all pools meet in one table, every equilibrium of it is found, and
//! both sides search once more against the first of these. What a reply gains, on games that no search has seen, is what
//! could still be exploited *at least*: a search may have missed a better one.

use super::arena::Crew;
use super::field::{Entry, Field, Gain, Members, Shares, Side};
use super::objective::{Aim, Objective, Statistic, Toward};
use super::search::{Quest, State};
use crate::error::Error;
use crate::scenario::load::Loaded;
use crate::studies::design::Axis;
use crate::studies::equilibrium::{Equilibria, Mixed, Payoffs, replicator, solve};
use crate::world::dice::{BEFORE_PLAY, Key, Stream};

/// Shares below this are not played against.
const PLAYED: f64 = 0.02;

/// So many equilibria of the last table are searched for a reply that gains.
pub const SEARCHED: usize = 3;

/// What to play.
#[derive(Debug, Clone)]
pub struct Terms {
    /// How often it is begun.
    pub starts: u64,
    /// Rounds of each start, at most.
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

/// A round.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    /// The equilibrium that was replied to: shares of each pool as it was.
    pub shares: Shares,
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

/// What both sides together can still gain, at least.
pub fn exploitability(gains: &[Gain; 2]) -> f64 {
    gains.iter().map(|gain| gain.mean.max(0.0)).sum()
}

/// One start and what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Start {
    /// Its entries in the pools.
    pub members: Members,
    /// The rounds that were finished.
    pub rounds: Vec<Round>,
    /// The equilibrium of its own pools at the end.
    pub shares: Shares,
    /// What that is worth to each side.
    pub worth: [f64; 2],
}

/// An equilibrium of the last table.
#[derive(Debug, Clone, PartialEq)]
pub struct Rest {
    /// Shares of all entries, and what they are worth.
    pub mixed: Mixed,
    /// What each side's last reply gains over it; none where none was searched.
    pub gains: Option<[Gain; 2]>,
}

/// All pools against each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Last {
    /// Means of all entries: by side, own and the other's.
    pub payoffs: [Payoffs; 2],
    /// The equilibria, pure ones first; the mean of replicator dynamics where none was found.
    pub rests: Vec<Rest>,
    /// Every support was tried: these are all, unless best replies tie.
    pub all: bool,
    /// Best replies tie: there may be more.
    pub degenerate: bool,
    /// No equilibrium was found.
    pub dynamics: bool,
}

impl Last {
    /// The equilibrium that leaves least to be exploited, as far as was searched; its place.
    pub fn steadiest(&self) -> usize {
        let left = |rest: &Rest| rest.gains.as_ref().map_or(f64::INFINITY, exploitability);
        let places = 0..self.rests.len();
        places.min_by(|a, b| left(&self.rests[*a]).total_cmp(&left(&self.rests[*b]))).unwrap_or(0)
    }
}

/// How an entry fares against what the other side chose: the scenario as written and its replies, not drawn starts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Robust {
    /// On the mean over these.
    pub mean: f64,
    /// At worst.
    pub worst: f64,
    /// Against which entry.
    pub against: usize,
}

/// What each row of a table is worth at worst over what the other side, whose pool this is, chose.
pub fn robust(table: &Payoffs, other: &[Entry]) -> Vec<Robust> {
    let chosen: Vec<usize> = (0..other.len()).filter(|j| !other[*j].is_drawn()).collect();
    let one = |row: &Vec<f64>| {
        let against = chosen.iter().copied().min_by(|a, b| row[*a].total_cmp(&row[*b])).unwrap_or(0);
        let sum: f64 = chosen.iter().map(|j| row[*j]).sum();
        Robust { mean: sum / chosen.len().max(1) as f64, worst: row[against], against }
    };
    table.iter().map(one).collect()
}

/// What came of it.
#[derive(Debug, Clone)]
pub struct Settled {
    /// The sides and their pools.
    pub sides: [Side; 2],
    /// The starts that were begun.
    pub starts: Vec<Start>,
    /// All pools against each other; none where it was stopped before.
    pub last: Option<Last>,
    /// Stopped before the end.
    pub interrupted: bool,
}

/// Both sides at work.
pub struct Play<'a> {
    field: Field<'a>,
    terms: Terms,
}

impl<'a> Play<'a> {
    /// Makes the game ready.
    pub fn of(base: &'a Loaded, sides: [(String, Vec<Axis>); 2], terms: Terms) -> Play<'a> {
        Play { field: Field::of(base, sides, terms.seed, terms.held), terms }
    }

    /// Plays every start, and then all pools against each other. `says` hears of each round, with its start.
    pub fn run(mut self, crew: &Crew, says: &dyn Fn(usize, &Round)) -> Result<Settled, Error> {
        let (mut starts, mut last) = (vec![], None);
        let done = self.starts(&mut starts, crew, says).and_then(|()| self.last(crew));
        let interrupted = match done {
            Ok(found) => {
                last = Some(found);
                false
            }
            Err(Error::Interrupted(_)) if !starts.is_empty() => true,
            Err(error) => return Err(error),
        };
        Ok(Settled { sides: self.field.sides, starts, last, interrupted })
    }

    fn starts(&mut self, starts: &mut Vec<Start>, crew: &Crew, says: &dyn Fn(usize, &Round)) -> Result<(), Error> {
        for s in 0..self.terms.starts as usize {
            let mut members: Members = [vec![], vec![]];
            for side in 0..2 {
                let point = self.begins(s, side);
                members[side].push(self.field.add(side, Entry { point, start: s, round: 0 })?);
            }
            self.field.meet(&members, crew)?;
            starts.push(Start { members, rounds: vec![], shares: [vec![1.0], vec![1.0]], worth: [f64::NAN; 2] });
            let start = &mut starts[s];
            let (mut on, mut done) = (true, Ok(()));
            while on && (start.rounds.len() as u64) < self.terms.rounds {
                match self.round(s, start.rounds.len() + 1, &mut start.members, crew) {
                    Ok(round) => {
                        says(s, &round);
                        on = round.joined.contains(&true);
                        start.rounds.push(round);
                    }
                    Err(error) => (on, done) = (false, Err(error)),
                }
            }
            let found = equilibrium(&self.field.payoffs(&start.members));
            (start.shares, start.worth) = (found.mixed.shares, found.mixed.worth);
            done?;
        }
        Ok(())
    }

    /// Where a side begins: as written at first, then anywhere in its ranges.
    fn begins(&self, start: usize, side: usize) -> Option<Vec<f64>> {
        if start == 0 {
            return None;
        }
        let side = &self.field.sides[side];
        let mut point = vec![0.0; side.axes.len()];
        let key = Key::of_seed(self.terms.seed).apart("starts of a self-play");
        let stream = Stream::named("tuner", &side.party, &format!("start {start}"));
        key.uniforms(stream, BEFORE_PLAY, 0, &mut point);
        Some(point)
    }

    fn round(&mut self, start: usize, number: usize, members: &mut Members, crew: &Crew) -> Result<Round, Error> {
        let found = equilibrium(&self.field.payoffs(members));
        let Mixed { shares, worth } = found.mixed;
        let seed = self.terms.seed.wrapping_add(start as u64);
        let (mut gains, mut joined, mut replies) = ([Gain::NONE; 2], [false; 2], [None, None]);
        for side in 0..2 {
            let Some((point, gain)) = self.reply(side, members, &shares, seed, crew)? else { continue };
            gains[side] = gain;
            joined[side] = gain.is_sure();
            replies[side] = joined[side].then_some(point);
        }
        let (before, pools) = (members.clone(), self.field.all().map(|all| all.len()));
        for side in 0..2 {
            if let Some(point) = replies[side].take() {
                let place = self.field.add(side, Entry { point: Some(point), start, round: number })?;
                if !members[side].contains(&place) {
                    members[side].push(place);
                }
            }
        }
        if let Err(error) = self.field.meet(members, crew) {
            // a round that was cut off leaves nothing behind
            (0..2).for_each(|side| self.field.cut(side, pools[side]));
            *members = before;
            return Err(error);
        }
        Ok(Round { shares, worth, degenerate: found.degenerate, dynamics: found.dynamics, gains, joined })
    }

    /// A best reply of a side to a mixture of the other's members, and what it gains.
    fn reply(
        &mut self,
        side: usize,
        members: &Members,
        shares: &Shares,
        seed: u64,
        crew: &Crew,
    ) -> Result<Option<(Vec<f64>, Gain)>, Error> {
        let mixed = members[1 - side].iter().zip(&shares[1 - side]);
        let played: Vec<(usize, f64)> = mixed.map(|(j, share)| (*j, *share)).filter(|(_, s)| *s >= PLAYED).collect();
        let mut tables = vec![];
        for (j, _) in &played {
            let point = self.field.sides[1 - side].pool[*j].point.clone();
            tables.push(self.field.table(side, point.as_deref())?);
        }
        let measure = format!("{}.total", self.field.sides[side].party);
        let aim = Aim { measure, statistic: Statistic::Mean, toward: Toward::More };
        let mut quest = Quest {
            tables,
            weights: played.iter().map(|(_, share)| *share).collect(),
            objective: Objective { aims: vec![aim], penalties: vec![], worst: false },
            paths: self.field.sides[side].axes.len(),
            seed,
            games: self.terms.games,
            tries: self.terms.tries,
        };
        let mut state = State::default();
        if !quest.run(&mut state, crew, &mut |_| {})? {
            return Err(Error::Interrupted("stopped in a search".into()));
        }
        let best = state.arms.into_iter().filter_map(|arm| arm.best);
        let Some(best) = best.reduce(|a, b| if b.value > a.value { b } else { a }) else { return Ok(None) };
        let gain = self.field.gain(side, &best.point, members, shares, crew)?;
        Ok(Some((best.point, gain)))
    }

    /// All pools in one table: its equilibria, and what still gains against the first of them.
    fn last(&mut self, crew: &Crew) -> Result<Last, Error> {
        let all = self.field.all();
        self.field.meet(&all, crew)?;
        let payoffs = self.field.payoffs(&all);
        let Equilibria { found, all: every, degenerate, .. } = solve([&payoffs[0], &payoffs[1]]);
        let dynamics = found.is_empty();
        let mixed = if dynamics { vec![replicator([&payoffs[0], &payoffs[1]]).mean] } else { found };
        let mut rests: Vec<Rest> = mixed.into_iter().map(|mixed| Rest { mixed, gains: None }).collect();
        let seed = self.terms.seed.wrapping_add(self.terms.starts);
        for rest in rests.iter_mut().take(SEARCHED) {
            let mut gains = [Gain::NONE; 2];
            for side in 0..2 {
                if let Some((_, gain)) = self.reply(side, &all, &rest.mixed.shares, seed, crew)? {
                    gains[side] = gain;
                }
            }
            rest.gains = Some(gains);
        }
        Ok(Last { payoffs, rests, all: every, degenerate, dynamics })
    }
}

/// What is replied to: the first equilibrium that is found, else the mean of replicator dynamics.
struct RepliedTo {
    mixed: Mixed,
    degenerate: bool,
    dynamics: bool,
}

fn equilibrium(payoffs: &[Payoffs; 2]) -> RepliedTo {
    let solved = solve([&payoffs[0], &payoffs[1]]);
    let degenerate = solved.degenerate;
    match solved.found.into_iter().next() {
        Some(mixed) => RepliedTo { mixed, degenerate, dynamics: false },
        None => RepliedTo { mixed: replicator([&payoffs[0], &payoffs[1]]).mean, degenerate, dynamics: true },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_case_is_over_what_the_other_chose() {
        let entry = |point: Option<Vec<f64>>, round| Entry { point, start: 0, round };
        let pool = [entry(None, 0), entry(Some(vec![0.5]), 1), entry(Some(vec![0.1]), 0)];
        let found = robust(&vec![vec![3.0, -1.0, -9.0], vec![0.0, 0.0, 0.0]], &pool);
        assert_eq!(found[0], Robust { mean: 1.0, worst: -1.0, against: 1 });
        assert_eq!(found[1], Robust { mean: 0.0, worst: 0.0, against: 0 });
    }

    #[test]
    fn the_steadiest_is_the_one_that_leaves_least() {
        let rest = |left: Option<f64>| Rest {
            mixed: Mixed { shares: [vec![1.0], vec![1.0]], worth: [0.0; 2] },
            gains: left.map(|mean| [Gain { mean, half: 0.1 }, Gain { mean: -1.0, half: 0.1 }]),
        };
        let rests = vec![rest(Some(2.0)), rest(Some(0.5)), rest(None)];
        let last = Last { payoffs: [vec![], vec![]], rests, all: true, degenerate: false, dynamics: false };
        assert_eq!(last.steadiest(), 1);
        assert_eq!(exploitability(last.rests[1].gains.as_ref().expect("searched")), 0.5);
    }
}
