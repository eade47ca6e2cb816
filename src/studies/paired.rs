//! The core of every study: the same games of several cells, played side by side with the same luck.
//!
//! A cell is a setup. Game i of every cell has the same dice, so what differs between cells differs by the change
//! alone, and far fewer games are needed than with dice of their own (common random numbers). Workers take cohorts
//! and play them in all cells before the next. What is kept is whole numbers only: the same for any number of threads
//! and any size of cohort. Cells of one frame share a world.

use std::collections::VecDeque;
use std::ops::Range;

use super::beforehand::Beforehand;
use super::measures::{Desk, Measures};
use super::sums::{Found, Pairs, Ratios, Sides};
use crate::batch::counted::{Counts, STUDY};
use crate::batch::line::Line;
use crate::batch::play::{COHORT, Plan, Watch, World, crew, joined};
use crate::error::Error;
use crate::notation::Code;
use crate::round;
use crate::world::cohort::Frame;
use crate::world::setup::Setup;

/// One cohort, played in every cell.
#[derive(Debug)]
pub struct Cohort<'a> {
    /// The number of its first game.
    pub first: u64,
    /// How many of its games count.
    pub games: usize,
    lanes: &'a [Vec<Vec<f64>>],
}

impl Cohort<'_> {
    /// A measure of each game in a cell, not a number where a game has no case; empty where it was not asked for.
    pub fn lane(&self, cell: usize, measure: usize) -> &[f64] {
        let lane = &self.lanes[cell][measure];
        &lane[..self.games.min(lane.len())]
    }
}

/// For each cell the first one whose world it can be played in.
fn worlds(cells: &[&Setup]) -> Vec<usize> {
    let mut frames: Vec<(usize, Frame)> = vec![];
    let mut place = |(i, setup): (usize, &&Setup)| {
        let frame = round::cohort(setup, 1).frame();
        match frames.iter().find(|(_, known)| *known == frame) {
            Some((first, _)) => *first,
            None => {
                frames.push((i, frame));
                i
            }
        }
    };
    cells.iter().enumerate().map(&mut place).collect()
}

/// Games in all cells of a cohort that is played before the next, about: less is lost where it is left.
const AT_ONCE: usize = 16 * COHORT;
/// ... but not fewer games in each, which would be slow.
const FEW: usize = 64;
/// Games in all cells together of the first turn, about, where there is a clock: each turn takes twice the last, so that a
/// study of many cells has something to tell soon.
const FIRST: usize = 1024;

/// Games of a cohort where so many cells are played.
pub fn cohort(cells: usize) -> usize {
    (AT_ONCE / cells.max(1)).clamp(FEW, COHORT)
}

/// A cohort that was played, and waits until those before it are.
struct Played {
    first: u64,
    games: usize,
    lanes: Vec<Vec<Vec<f64>>>,
}

/// Plays a plan's games in every cell and hands each cohort to one worker's tally. `wanted` says which measures are
/// read. `watch.done` counts games times cells.
///
/// Which worker sees which cohort depends on the machine: a tally must merge to the same result in any order. Where the
/// watch says stop, cohorts are left between two cells; what counts are the games before the first that was left.
pub fn each<T: Send>(
    cells: &[&Setup],
    measures: &Measures,
    wanted: &[bool],
    plan: &Plan,
    watch: &Watch,
    tally: impl Fn() -> T + Sync,
    count: impl Fn(&mut T, &Cohort) -> Result<(), Error> + Sync,
) -> Result<Vec<(T, Vec<Range<u64>>)>, Error> {
    each_beside(cells, &Beforehand::default(), measures, wanted, plan, watch, tally, count)
}

/// The same, where some cells were played beforehand.
pub fn each_beside<T: Send>(
    cells: &[&Setup],
    beforehand: &Beforehand,
    measures: &Measures,
    wanted: &[bool],
    plan: &Plan,
    watch: &Watch,
    tally: impl Fn() -> T + Sync,
    count: impl Fn(&mut T, &Cohort) -> Result<(), Error> + Sync,
) -> Result<Vec<(T, Vec<Range<u64>>)>, Error> {
    use std::sync::atomic::Ordering::Relaxed;
    let (of, line) = (worlds(cells), Line::default());
    let plan = Plan { cohort: plan.cohort.min(cohort(cells.len())), ..plan.clone() }.of(cells.iter().copied());
    crew(&plan, watch, |turns| {
        let mut worlds: Vec<(usize, World)> = cells.iter().map(|_| (usize::MAX, World::default())).collect();
        let (mut mine, mut counted, mut desk, mut pace) = (tally(), vec![], Desk::default(), turns.pace());
        let (mut waiting, mut spare): (VecDeque<Played>, Vec<Vec<Vec<Vec<f64>>>>) = Default::default();
        let mut add = |mine: &mut T, Played { first, games, lanes }: &Played| {
            counted.push(*first..first + *games as u64);
            count(mine, &Cohort { first: *first, games: *games, lanes })
        };
        let mut grown = if watch.clock.is_some() { (FIRST / cells.len().max(1)).clamp(2, COHORT) } else { COHORT };
        while let Some(turn) = line.begin(|| turns.take(pace.size.min(grown))) {
            let size = pace.size.min(grown);
            grown = (2 * grown).min(COHORT);
            let mut lanes = spare.pop().unwrap_or_else(|| vec![vec![vec![]; measures.list.len()]; cells.len()]);
            for (c, setup) in cells.iter().enumerate() {
                if watch.stop.load(Relaxed) {
                    break;
                }
                if !beforehand.fill(c, turn.first, turn.games, &mut lanes[c])? {
                    let (now, world) = &mut worlds[of[c]];
                    let games = world.of(setup, size);
                    if *now != c {
                        games.use_setup((*setup).clone());
                        *now = c;
                    }
                    pace.timed(|| {
                        games.load(plan.key, turn.first);
                        measures.play(c, games, &mut desk);
                    });
                    for (m, lane) in lanes[c].iter_mut().enumerate().filter(|(m, _)| wanted[*m]) {
                        measures.read(c, m, games, &mut desk, lane);
                    }
                }
                watch.done.fetch_add(turn.games as u64, Relaxed);
                if c + 1 == cells.len() {
                    let lanes = std::mem::take(&mut lanes);
                    waiting.push_back(Played { first: turn.first, games: turn.games, lanes });
                }
            }
            if lanes.is_empty() {
                turn.done();
            }
            while let Some(true) = waiting.front().and_then(|played| line.counts(played.first)) {
                let played = waiting.pop_front().ok_or_else(|| Error::ours("a cohort was lost"))?;
                add(&mut mine, &played)?;
                spare.push(played.lanes);
            }
        }
        for played in waiting.iter().filter(|played| line.settled(played.first)) {
            add(&mut mine, played)?;
        }
        Ok((mine, counted))
    })
}

/// Which games are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
pub enum Among {
    /// All; each mean is over those of its own cell that have a case.
    #[default]
    All,
    /// Those that have a case of what is compared in both cells.
    BothSides,
    /// Those whose first deal is signed in the same round in both cells, by the same kind of meeting: the same
    /// table, split another way.
    SameTable,
}

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// The mean of a measure over the games that have a case, as `batch` says it.
    Mean(usize),
    /// The sum of one measure over the sum of another; a game without a case counts 0.
    Ratio(usize, usize),
}

/// A comparison of two cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contrast {
    /// The cell it starts from.
    pub base: usize,
    /// The cell that differs.
    pub variant: usize,
    /// What is compared.
    pub ask: Ask,
    /// Over which games.
    pub among: Among,
}

/// What contrasts came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Contrasted {
    /// One a contrast; none where fewer than two games have a case on either side.
    pub found: Vec<Option<Found>>,
    /// What is known of each side, one a contrast.
    pub sides: Vec<Sides>,
    /// Games played in every cell.
    pub games: u64,
    /// Which games.
    pub ranges: Vec<Range<u64>>,
    /// Stopped before all were played.
    pub interrupted: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[allow(clippy::large_enum_variant)] // a few dozen of them in all
enum Sums {
    Mean(Pairs),
    Ratio(Ratios),
}

impl Sums {
    fn of(ask: Ask) -> Sums {
        match ask {
            Ask::Mean(_) => Sums::Mean(Pairs::default()),
            Ask::Ratio(..) => Sums::Ratio(Ratios::default()),
        }
    }
    fn merge(&mut self, other: &Sums) {
        match (self, other) {
            (Sums::Mean(a), Sums::Mean(b)) => a.merge(b),
            (Sums::Ratio(a), Sums::Ratio(b)) => a.merge(b),
            _ => {}
        }
    }
    fn sides(&self) -> Sides {
        match self {
            Sums::Mean(pairs) => pairs.sides(),
            Sums::Ratio(ratios) => ratios.sides(),
        }
    }
    fn found(&self) -> Option<Found> {
        match self {
            Sums::Mean(pairs) => pairs.found(),
            Sums::Ratio(ratios) => ratios.found(),
        }
    }
}

/// The measures by which a table is known again, where the cells have them: round and kind of the first deal.
fn table(measures: &Measures) -> [Option<usize>; 2] {
    ["first_deal_round", "first_deal_at_summit"].map(|name| measures.find(name).ok())
}

/// Which measures contrasts read.
pub fn wanted(measures: &Measures, contrasts: &[Contrast]) -> Vec<bool> {
    let mut out = vec![false; measures.list.len()];
    for c in contrasts {
        match c.ask {
            Ask::Mean(m) => out[m] = true,
            Ask::Ratio(f, g) => (out[f], out[g]) = (true, true),
        }
        if c.among == Among::SameTable {
            table(measures).into_iter().flatten().for_each(|m| out[m] = true);
        }
    }
    out
}

/// Adds a cohort to the sums of a contrast.
fn add(sums: &mut Sums, c: &Contrast, measures: &Measures, cohort: &Cohort) -> Result<(), Error> {
    let [round, summit] = table(measures);
    let lanes = |m: usize| (cohort.lane(c.base, m), cohort.lane(c.variant, m));
    // Where a cell has no summits, no deal of its was signed at one.
    let same = |g: usize| {
        let Some(round) = round.map(lanes) else { return false };
        let at_summit = |lane: &[f64]| lane[g] == 1.0;
        let kind = summit.map(lanes).is_none_or(|(a, b)| at_summit(a) == at_summit(b));
        round.0[g] == round.1[g] && kind
    };
    let (Ask::Mean(asked) | Ask::Ratio(asked, _)) = c.ask;
    let on_both = |g: usize| !(lanes(asked).0[g] + lanes(asked).1[g]).is_nan();
    let counts = |g: usize| match c.among {
        Among::All => true,
        Among::BothSides => on_both(g),
        Among::SameTable => same(g),
    };
    let name = |m: usize, g: usize, x: f64| {
        let (game, name) = (cohort.first + g as u64, &measures.list[m].name);
        let text = format!("the measure `{name}` of game {game} is {x}, which cannot be summed exactly");
        Error::of(Code::OutOfRange, text)
    };
    match (sums, c.ask) {
        (Sums::Mean(pairs), Ask::Mean(m)) => {
            let (base, variant) = lanes(m);
            for (g, (x, y)) in base.iter().zip(variant).enumerate() {
                if counts(g) {
                    pairs.add(*x, *y).map_err(|x| name(m, g, x))?;
                }
            }
        }
        (Sums::Ratio(ratios), Ask::Ratio(f, g)) => {
            let (above, below) = (lanes(f), lanes(g));
            let or_zero = |x: f64| if x.is_nan() { 0.0 } else { x };
            for i in (0..cohort.games).filter(|i| counts(*i)) {
                let base = [above.0[i], below.0[i]].map(or_zero);
                let variant = [above.1[i], below.1[i]].map(or_zero);
                ratios.add(base, variant).map_err(|x| name(f, i, x))?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// The sums of some contrasts, for studies that keep more of a cohort than these.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Tally(Vec<Sums>);

impl Counts for Tally {
    const FORMAT: &'static str = STUDY;
    fn is_like(&self, other: &Tally) -> bool {
        let same = |(a, b): (&Sums, &Sums)| std::mem::discriminant(a) == std::mem::discriminant(b);
        self.0.len() == other.0.len() && self.0.iter().zip(&other.0).all(same)
    }
    fn add(&mut self, other: &Tally) {
        self.merge(other);
    }
    fn games(&self) -> Option<u64> {
        None // each sum knows its own cases
    }
}

impl Tally {
    /// Nothing counted yet.
    pub fn new(contrasts: &[Contrast]) -> Tally {
        Tally(contrasts.iter().map(|c| Sums::of(c.ask)).collect())
    }
    /// Counts a cohort.
    pub fn count(&mut self, contrasts: &[Contrast], measures: &Measures, cohort: &Cohort) -> Result<(), Error> {
        self.0.iter_mut().zip(contrasts).try_for_each(|(sums, c)| add(sums, c, measures, cohort))
    }
    /// Adds what another counted.
    pub fn merge(&mut self, other: &Tally) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| a.merge(b));
    }
    /// What is known of each side, one a contrast.
    pub fn sides(&self) -> Vec<Sides> {
        self.0.iter().map(Sums::sides).collect()
    }
    /// What was found, one a contrast; none where fewer than two games have a case on either side.
    pub fn found(&self) -> Vec<Option<Found>> {
        self.0.iter().map(Sums::found).collect()
    }
}

/// Plays a plan's games in every cell and compares.
pub fn contrast(
    cells: &[&Setup],
    measures: &Measures,
    contrasts: &[Contrast],
    plan: &Plan,
    watch: &Watch,
) -> Result<Contrasted, Error> {
    let (tally, ranges) = summed(cells, measures, contrasts, plan, watch)?;
    let (ranges, games) = counted(ranges);
    let interrupted = games < plan.games.end.saturating_sub(plan.games.start);
    Ok(Contrasted { found: tally.found(), sides: tally.sides(), games, ranges, interrupted })
}

/// Plays a plan's games in every cell and sums them up; which games they were.
pub fn summed(
    cells: &[&Setup],
    measures: &Measures,
    contrasts: &[Contrast],
    plan: &Plan,
    watch: &Watch,
) -> Result<(Tally, Vec<Range<u64>>), Error> {
    let start = || Tally::new(contrasts);
    let count = |tally: &mut Tally, cohort: &Cohort| tally.count(contrasts, measures, cohort);
    let parts = each(cells, measures, &wanted(measures, contrasts), plan, watch, start, count)?;
    let (mut tally, mut ranges) = (start(), vec![]);
    for (part, played) in parts {
        tally.merge(&part);
        ranges.extend(played);
    }
    Ok((tally, ranges))
}

/// Ranges in order, neighbours joined, and how many games they hold.
pub fn counted(ranges: Vec<Range<u64>>) -> (Vec<Range<u64>>, u64) {
    let ranges = joined(ranges);
    let games = ranges.iter().map(|r| r.end - r.start).sum();
    (ranges, games)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::Ordering;

    use super::*;

    /// So many cells play but a few games each before the first are counted, where there is a clock.
    #[test]
    fn a_study_of_many_cells_that_is_stopped_soon_has_something_to_tell() {
        let setup = crate::game::testing::stockholm();
        let cells = vec![&setup; 64];
        let measures = Measures::of(cells.iter().copied());
        let ask = Ask::Mean(measures.find("deal").expect("known"));
        let contrasts: Vec<Contrast> =
            (1..cells.len()).map(|variant| Contrast { base: 0, variant, ask, among: Among::All }).collect();
        let watch = Watch { clock: Some(|| 0), ..Watch::default() };
        let plan = Plan::new(7, 1_000_000).threads(1);
        let found = std::thread::scope(|scope| {
            scope.spawn(|| {
                while watch.done.load(Ordering::Relaxed) < 1100 {
                    std::thread::sleep(std::time::Duration::from_millis(1));
                }
                watch.stop.store(true, Ordering::Relaxed);
            });
            contrast(&cells, &measures, &contrasts, &plan, &watch).expect("played")
        });
        assert!(found.interrupted && found.games >= 16, "{} games", found.games);
        assert!(found.found.iter().flatten().all(|f| f.n == [found.games; 2] && f.difference == 0.0));
    }
}
