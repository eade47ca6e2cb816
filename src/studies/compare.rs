//! Scenarios against each other on the same luck: what differs, how surely, and which games turn out otherwise.

use std::collections::BTreeMap;

use super::beforehand::Beforehand;
use super::measures::{Measure, Measures};
use super::paired::{Among, Ask, Cohort, Contrast, Tally, counted, each_beside};
use super::sums::{Found, Sides};
use crate::batch::play::{Plan, Watch};
use crate::error::Error;
use crate::world::setup::Setup;

/// So many games that turn out otherwise are told by number.
pub const SHOWN: usize = 5;

/// A game that ends in another class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flip {
    /// Its number.
    pub game: u64,
    /// The class it ends in by the base.
    pub from: String,
    /// The class it ends in by the variant.
    pub to: String,
}

/// The games that end in another class than in the base.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flips {
    /// How many go from one class to another.
    pub counts: BTreeMap<(String, String), u64>,
    /// The first of them.
    pub first: Vec<Flip>,
}

impl Flips {
    /// How many games end in another class.
    pub fn total(&self) -> u64 {
        self.counts.values().sum()
    }
    fn merge(&mut self, other: Flips) {
        for (way, n) in other.counts {
            *self.counts.entry(way).or_default() += n;
        }
        self.first.extend(other.first);
        self.first.sort_by_key(|flip| flip.game);
        self.first.truncate(SHOWN);
    }
}

/// A scenario against the base.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// Each measure, in the order of [`Answer::measures`]; none where fewer than two games have a
    /// case on either side.
    pub found: Vec<Option<Found>>,
    /// What is known of each side, measure by measure.
    pub sides: Vec<Sides>,
    /// The games that turn out otherwise.
    pub flips: Flips,
}

/// What was found.
#[derive(Debug, Clone)]
pub struct Differences {
    /// Classes, events, then metrics.
    pub measures: Vec<Measure>,
    /// Each scenario after the first, against the first.
    pub comparisons: Vec<Comparison>,
    /// Games played of each.
    pub games: u64,
    /// Stopped before all were played.
    pub interrupted: bool,
}

/// Plays the same games of every cell and holds each against the first; beside all measures it asks these expressions.
pub fn compare(cells: &[&Setup], asked: &[String], plan: &Plan, watch: &Watch) -> Result<Differences, Error> {
    compare_beside(cells, &Beforehand::default(), asked, plan, watch)
}

/// The same, where some cells were played beforehand.
pub fn compare_beside(
    cells: &[&Setup],
    beforehand: &Beforehand,
    asked: &[String],
    plan: &Plan,
    watch: &Watch,
) -> Result<Differences, Error> {
    let mut measures = Measures::of(cells.iter().copied());
    asked.iter().try_for_each(|text| measures.ask(text, cells.iter().copied()).map(|_| ()))?;
    let all = measures.list.len();
    let contrasts: Vec<Contrast> = (1..cells.len())
        .flat_map(|variant| (0..all).map(move |m| Contrast { base: 0, variant, ask: Ask::Mean(m), among: Among::All }))
        .collect();
    let classes = measures.classes();
    let start = || (Tally::new(&contrasts), vec![Flips::default(); cells.len() - 1]);
    let count = |(tally, flips): &mut (Tally, Vec<Flips>), cohort: &Cohort| {
        for (i, flips) in flips.iter_mut().enumerate() {
            note(flips, &measures, &classes, cohort, i + 1);
        }
        tally.count(&contrasts, &measures, cohort)
    };
    let parts = each_beside(cells, beforehand, &measures, &vec![true; all], plan, watch, start, count)?;
    let ((mut tally, mut flips), mut ranges) = (start(), vec![]);
    for ((more, others), played) in parts {
        tally.merge(&more);
        flips.iter_mut().zip(others).for_each(|(a, b)| a.merge(b));
        ranges.extend(played);
    }
    let (found, sides) = (tally.found(), tally.sides());
    let comparisons = found.chunks(all.max(1)).zip(sides.chunks(all.max(1))).zip(flips);
    let comparison =
        |((found, sides), flips): ((&[_], &[_]), _)| Comparison { found: found.to_vec(), sides: sides.to_vec(), flips };
    let (_, games) = counted(ranges);
    Ok(Differences {
        measures: measures.list.clone(),
        comparisons: comparisons.map(comparison).collect(),
        games,
        interrupted: games < plan.games.end.saturating_sub(plan.games.start),
    })
}

/// Notes the games of a cohort that end in another class in a cell than in the base.
fn note(flips: &mut Flips, measures: &Measures, classes: &[usize], cohort: &Cohort, cell: usize) {
    let class = |cell: usize, g: usize| classes.iter().copied().find(|m| cohort.lane(cell, *m)[g] == 1.0);
    let mut here = Flips::default();
    for g in 0..cohort.games {
        let (Some(from), Some(to)) = (class(0, g), class(cell, g)) else { continue };
        if from == to {
            continue;
        }
        let name = |m: usize| measures.list[m].name.clone();
        *here.counts.entry((name(from), name(to))).or_default() += 1;
        if here.first.len() < SHOWN {
            here.first.push(Flip { game: cohort.first + g as u64, from: name(from), to: name(to) });
        }
    }
    flips.merge(here);
}
