//! What a batch says of a question, counted.

use std::collections::BTreeMap;

use super::outer::{Again, Outer, Sum, outer};
use crate::batch::histogram::Histogram;

/// An answer in numbers.
#[derive(Debug, Clone, PartialEq)]
pub enum Truth {
    /// Yes or no, and how often such things happen.
    YesNo { happened: bool, base: f64 },
    /// A number: what it came to, and a bell curve without a model.
    Number { came_to: f64, median: f64, spread: f64 },
    /// The end of each level, the one it came to, and how often each comes.
    Level { ends: Vec<f64>, came_to: usize, base: Vec<f64> },
}

/// The level that a number is in, by where each ends.
pub fn level_of(ends: &[f64], x: f64) -> usize {
    ends.iter().position(|end| x < *end).unwrap_or(ends.len() - 1)
}

/// What the batch says of one question.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tally {
    /// Games with a yes; games at each level.
    pub counts: Vec<u64>,
    /// The numbers.
    pub numbers: Histogram,
    /// Games that have a case.
    pub cases: u64,
    /// Of a yes or no, the same by world where something is unknown: cases, and those with a yes.
    worlds: BTreeMap<u64, (u64, u64)>,
}

impl Tally {
    /// Of nothing yet.
    pub fn new(truth: &Truth) -> Tally {
        let counts = match truth {
            Truth::YesNo { .. } => 2,
            Truth::Number { .. } => 0,
            Truth::Level { ends, .. } => ends.len(),
        };
        Tally { counts: vec![0; counts], ..Default::default() }
    }
    /// Counts the answer of a game; one that has no case is left out.
    pub fn add(&mut self, truth: &Truth, x: f64) -> Result<(), f64> {
        if x.is_nan() {
            return Ok(());
        }
        self.cases += 1;
        match truth {
            Truth::YesNo { .. } => self.counts[usize::from(x > 0.0)] += 1,
            Truth::Number { .. } => {
                self.numbers.add(x)?;
            }
            Truth::Level { ends, .. } => {
                self.counts[level_of(ends, x)] += 1;
            }
        }
        Ok(())
    }
    /// Notes an answer by the world of its game.
    pub fn note(&mut self, world: u64, truth: &Truth, x: f64) {
        if !x.is_nan() && matches!(truth, Truth::YesNo { .. }) {
            let (cases, yes) = self.worlds.entry(world).or_default();
            (*cases, *yes) = (*cases + 1, *yes + u64::from(x > 0.0));
        }
    }
    /// What nobody knows of a yes.
    pub fn outer(&self) -> Option<Outer> {
        let sums: Vec<Sum> = self.worlds.values().map(|(n, yes)| Sum { n: *n as f64, sum: *yes as f64 }).collect();
        outer(&sums, sums.iter().map(|w| w.sum).sum(), &Again::of(sums.len()))
    }
    /// Adds what another has counted.
    pub fn merge(&mut self, other: &Tally) {
        self.cases += other.cases;
        for (world, (cases, yes)) in &other.worlds {
            let own = self.worlds.entry(*world).or_default();
            *own = (own.0 + cases, own.1 + yes);
        }
        self.counts.iter_mut().zip(&other.counts).for_each(|(a, b)| *a += b);
        self.numbers.merge(&other.numbers);
    }
}
