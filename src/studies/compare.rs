//! Scenarios against each other on the same luck: what differs, how surely, and which games turn out otherwise.

use std::collections::BTreeMap;

use super::beforehand::Beforehand;
use super::measures::{Measure, Measures};
use super::outer::{Again, Outer, Said, outer_of};
use super::paired::{Among, Ask, Cohort, Contrast, Tally, counted, each_beside};
use super::sums::{Found, Sides};
use crate::batch::play::{Plan, Watch};
use crate::error::Error;
use crate::world::setup::Setup;
use crate::world::worlds;

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
    /// Where something is unknown, what nobody knows of each difference.
    pub outer: Vec<Option<Outer>>,
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
    /// Worlds that were played; none where nothing is unknown.
    pub worlds: usize,
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
    let start = || (Tally::new(&contrasts), vec![Flips::default(); cells.len() - 1], Worlds::new());
    let by_world = cells.iter().any(|setup| setup.unknowns.is_some());
    let count = |(tally, flips, worlds): &mut (Tally, Vec<Flips>, Worlds), cohort: &Cohort| {
        if by_world {
            let world = worlds.entry(worlds::of_game(cohort.first)).or_insert_with(|| Tally::new(&contrasts));
            world.count(&contrasts, &measures, cohort)?;
        }
        for (i, flips) in flips.iter_mut().enumerate() {
            note(flips, &measures, &classes, cohort, i + 1);
        }
        tally.count(&contrasts, &measures, cohort)
    };
    let parts = each_beside(cells, beforehand, &measures, &vec![true; all], plan, watch, start, count)?;
    let ((mut tally, mut flips, mut worlds), mut ranges) = (start(), vec![]);
    for ((more, others, apart), played) in parts {
        tally.merge(&more);
        for (number, more) in apart {
            worlds.entry(number).and_modify(|own| own.merge(&more)).or_insert(more);
        }
        flips.iter_mut().zip(others).for_each(|(a, b)| a.merge(b));
        ranges.extend(played);
    }
    let (found, sides) = (tally.found(), tally.sides());
    let outer = outer_by_contrast(&worlds, contrasts.len());
    let comparisons = found.chunks(all.max(1)).zip(sides.chunks(all.max(1))).zip(outer.chunks(all.max(1))).zip(flips);
    let comparison = |(((found, sides), outer), flips): (((&[_], &[_]), &[_]), _)| Comparison {
        found: found.to_vec(),
        sides: sides.to_vec(),
        outer: outer.to_vec(),
        flips,
    };
    let (_, games) = counted(ranges);
    Ok(Differences {
        measures: measures.list.clone(),
        comparisons: comparisons.map(comparison).collect(),
        worlds: worlds.len(),
        games,
        interrupted: games < plan.games.end.saturating_sub(plan.games.start),
    })
}

/// The sums of each world.
type Worlds = BTreeMap<u64, Tally>;

/// What nobody knows of each difference: by its value in each world, and the error that luck leaves in it there.
fn outer_by_contrast(worlds: &Worlds, contrasts: usize) -> Vec<Option<Outer>> {
    let (again, found) = (Again::of(worlds.len()), worlds.values().map(Tally::found).collect::<Vec<_>>());
    let said = |c: usize| {
        let all = found.iter().filter_map(|found| found[c]);
        all.map(|found| Said { x: found.difference, noise: found.se * found.se }).collect::<Vec<_>>()
    };
    (0..contrasts).map(|c| outer_of(&said(c), &again)).collect()
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
