//! Two pools that meet: what each side could play, their games against each other, and what a reply to a mixture gains.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::arena::{Crew, Lanes};
use super::compiled::{Candidate, Compiled, Ready, at};
use super::objective::{Statistic, statistic};
use crate::error::Error;
use crate::scenario::load::Loaded;
use crate::scenario::put::set;
use crate::studies::design::Axis;
use crate::studies::equilibrium::Payoffs;
use crate::studies::sums::Pairs;
use crate::studies::variants::cell;
use crate::world::dice::Key;

/// The dice of the games in which the pools meet.
pub fn met(seed: u64) -> Key {
    Key::of_seed(seed).apart("games between the pools of a self-play")
}

/// What a side could play, and where it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// A point of the unit cube; none is the scenario as written.
    pub point: Option<Vec<f64>>,
    /// Of which start.
    pub start: usize,
    /// The round in which it joined; 0 is where the start begins.
    pub round: usize,
}

impl Entry {
    /// Whether it was drawn for a start: nobody chose it.
    pub fn is_drawn(&self) -> bool {
        self.point.is_some() && self.round == 0
    }
}

/// A side: its party, the paths it may change, and its pool.
#[derive(Debug, Clone)]
pub struct Side {
    /// The party.
    pub party: String,
    /// Its paths.
    pub axes: Vec<Axis>,
    /// What it could play.
    pub pool: Vec<Entry>,
}

/// A gain, with half the width of its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gain {
    /// How much.
    pub mean: f64,
    /// Half the width.
    pub half: f64,
}

impl Gain {
    /// Nothing, for sure.
    pub const NONE: Gain = Gain { mean: 0.0, half: 0.0 };

    /// Whether it is a gain beyond chance.
    pub fn is_sure(&self) -> bool {
        self.mean > self.half && self.mean > 0.0
    }
}

/// Some entries of each side's pool, by their places.
pub type Members = [Vec<usize>; 2];

/// A mixture over members, by side.
pub type Shares = [Vec<f64>; 2];

/// Both pools at work.
pub(super) struct Field<'a> {
    base: &'a Loaded,
    pub(super) sides: [Side; 2],
    /// By side: its paths against each of the other's pool.
    tables: [Vec<Compiled>; 2],
    /// By entries of both pools that have met: the totals of each side, a number a game.
    cells: BTreeMap<(usize, usize), [Vec<f64>; 2]>,
    seed: u64,
    held: u64,
}

fn stopped() -> Error {
    Error::Interrupted("stopped before the pools had met".into())
}

impl<'a> Field<'a> {
    /// Pools with nothing in them yet, that will meet in so many games.
    pub(super) fn of(base: &'a Loaded, sides: [(String, Vec<Axis>); 2], seed: u64, held: u64) -> Field<'a> {
        let sides = sides.map(|(party, axes)| Side { party, axes, pool: vec![] });
        Field { base, sides, tables: [vec![], vec![]], cells: BTreeMap::new(), seed, held }
    }

    /// Adds an entry to a side's pool, if none has its values yet; its place.
    pub(super) fn add(&mut self, side: usize, entry: Entry) -> Result<usize, Error> {
        let own = &self.sides[side];
        let values = |entry: &Entry| entry.point.as_ref().map(|point| at(&own.axes, point));
        if let Some(place) = own.pool.iter().position(|known| values(known) == values(&entry)) {
            return Ok(place);
        }
        let table = self.table(1 - side, entry.point.as_deref())?;
        self.tables[1 - side].push(table);
        self.sides[side].pool.push(entry);
        Ok(self.sides[side].pool.len() - 1)
    }

    /// Takes the entries of a side from some place on away again.
    pub(super) fn cut(&mut self, side: usize, from: usize) {
        self.sides[side].pool.truncate(from);
        self.tables[1 - side].truncate(from);
        self.cells.retain(|(i, j), _| [*i, *j][side] < from);
    }

    /// All entries.
    pub(super) fn all(&self) -> Members {
        [0, 1].map(|side: usize| (0..self.sides[side].pool.len()).collect())
    }

    /// A side's paths against a point of the other's.
    pub(super) fn table(&self, side: usize, other: Option<&[f64]>) -> Result<Compiled, Error> {
        let mut base = self.base.clone();
        if let Some(point) = other {
            let axes = &self.sides[1 - side].axes;
            for (axis, value) in axes.iter().zip(at(axes, point)) {
                set(&mut base.tree, &axis.path, axis.at, value).map_err(|problem| base.wrong(vec![problem]))?;
            }
        }
        cell(&base, &[])?;
        Compiled::of(&base, &self.sides[side].axes, &self.asked(side)).map_err(Error::from)
    }

    /// The totals of both, a side's own first.
    fn asked(&self, side: usize) -> [String; 2] {
        [side, 1 - side].map(|s| format!("{}.total", self.sides[s].party))
    }

    /// A side's entry against one of the other's.
    fn candidate(&mut self, side: usize, point: Option<&[f64]>, other: usize) -> Result<Candidate, Error> {
        let asked = self.asked(side);
        let table = &mut self.tables[side][other];
        match point {
            Some(point) => table.candidate(point).map_err(Error::from),
            None => {
                let cell = table.written()?;
                Ok(Candidate { ready: Arc::new(Ready::of(cell.setup, &asked, false)), puts: vec![] })
            }
        }
    }

    /// Plays what has not met yet.
    pub(super) fn meet(&mut self, [rows, columns]: &Members, crew: &Crew) -> Result<(), Error> {
        for (i, j) in rows.iter().flat_map(|i| columns.iter().map(|j| (*i, *j))) {
            if self.cells.contains_key(&(i, j)) {
                continue;
            }
            let point = self.sides[0].pool[i].point.clone();
            let one = self.candidate(0, point.as_deref(), j)?;
            let lanes = crew.play(met(self.seed), vec![vec![one]], 0..self.held)?.ok_or_else(stopped)?;
            let totals = &lanes[0][0];
            self.cells.insert((i, j), [totals[0].clone(), totals[1].clone()]);
        }
        Ok(())
    }

    /// Means of members against each other: by side, own and the other's.
    pub(super) fn payoffs(&self, [rows, columns]: &Members) -> [Payoffs; 2] {
        let mean = |i: usize, j: usize, side: usize| {
            self.cells.get(&(i, j)).and_then(|cell| statistic(Statistic::Mean, &cell[side])).unwrap_or(f64::NAN)
        };
        [
            rows.iter().map(|i| columns.iter().map(|j| mean(*i, *j, 0)).collect()).collect(),
            columns.iter().map(|j| rows.iter().map(|i| mean(*i, *j, 1)).collect()).collect(),
        ]
    }

    /// What a reply gains over a mixture of members, on the games in which the pools meet.
    pub(super) fn gain(
        &mut self,
        side: usize,
        point: &[f64],
        members: &Members,
        shares: &Shares,
        crew: &Crew,
    ) -> Result<Gain, Error> {
        let mut both = vec![[0.0; 2]; self.held as usize];
        let mixed = |s: usize| members[s].iter().copied().zip(shares[s].clone()).filter(|(_, share)| *share > 0.0);
        for (j, share) in mixed(1 - side) {
            let one = self.candidate(side, Some(point), j)?;
            let lanes: Vec<Lanes> = crew.play(met(self.seed), vec![vec![one]], 0..self.held)?.ok_or_else(stopped)?;
            both.iter_mut().zip(&lanes[0][0][0]).for_each(|(both, x)| both[1] += share * x);
            for (i, own) in mixed(side) {
                let place = if side == 0 { (i, j) } else { (j, i) };
                let cell = self.cells.get(&place).ok_or_else(|| Error::ours("members that have not met"))?;
                both.iter_mut().zip(&cell[side]).for_each(|(both, x)| both[0] += share * own * x);
            }
        }
        let mut pairs = Pairs::default();
        both.iter()
            .try_for_each(|[now, then]| if (now + then).is_nan() { Err(f64::NAN) } else { pairs.add(*now, *then) })
            .map_err(|x| Error::ours(format!("{x} cannot be summed")))?;
        let found = pairs.found().ok_or_else(|| Error::ours("a gain takes two games at least"))?;
        Ok(Gain { mean: found.difference, half: found.half() })
    }
}
