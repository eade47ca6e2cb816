//! Cells whose games were played before the study asks of them: by programs, which cannot be asked again for each cohort.

use std::collections::BTreeMap;

use super::measures::{Desk, Measures};
use crate::error::Error;
use crate::world::cohort::Games;

/// By cell, what measures came to in its games: a lane a measure, empty where it is not asked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Beforehand {
    first: u64,
    cells: BTreeMap<usize, Vec<Vec<f64>>>,
}

impl Beforehand {
    /// Of games from this number on.
    pub fn from(first: u64) -> Beforehand {
        Beforehand { first, cells: BTreeMap::new() }
    }

    /// Whether no cell was played.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Adds the next game of a cell, alone in its cohort, as it ended.
    pub fn add(&mut self, cell: usize, measures: &Measures, wanted: &[bool], ended: &Games, desk: &mut Desk) {
        let lanes = self.cells.entry(cell).or_insert_with(|| vec![vec![]; measures.list.len()]);
        let mut one = vec![];
        for (m, lane) in lanes.iter_mut().enumerate().filter(|(m, _)| wanted[*m]) {
            measures.read(cell, m, ended, desk, &mut one);
            lane.push(one[0]);
        }
    }

    /// Fills the lanes of some games of a cell, if it was played; false where it was not.
    pub fn fill(&self, cell: usize, first: u64, games: usize, out: &mut [Vec<f64>]) -> Result<bool, Error> {
        let Some(lanes) = self.cells.get(&cell) else { return Ok(false) };
        let from = first.saturating_sub(self.first) as usize;
        for (lane, out) in lanes.iter().zip(out).filter(|(lane, _)| !lane.is_empty()) {
            let some = lane.get(from..from + games).ok_or_else(|| Error::ours("a game was not played beforehand"))?;
            out.clear();
            out.extend(some);
        }
        Ok(true)
    }
}
