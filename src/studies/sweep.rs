//! How answers change along paths: every point of a design on the same luck, against the scenario as written.

use std::ops::Range;

use super::design::{Axis, Over, number};
use super::measures::{Measure, Measures};
use super::paired::{Among, Ask, Contrast, Tally, counted, summed};
use super::sums::{Found, Sides};
use super::variants::{Cell, Change, cell, unnamed};
use crate::batch::play::{Plan, Watch};
use crate::error::Error;
use crate::notation::tree::{Kind, Node};
use crate::notation::written::written;
use crate::notation::{Code, Problem};
use crate::scenario::canonical::scenario_hash;
use crate::scenario::load::{Loaded, Problems};
use crate::scenario::spelled::fingerprint;
use crate::world::setup::Setup;

/// A mean over the games that have a case.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mean {
    /// Games with a case.
    pub n: u64,
    /// The mean.
    pub mean: f64,
    /// Its standard error.
    pub se: f64,
}

/// A point of a sweep.
#[derive(Debug, Clone)]
pub struct Point {
    /// The value of each path as it is written.
    pub values: Vec<String>,
    /// The value of each path as a number, where it is one.
    pub numbers: Vec<Option<f64>>,
    /// Names the scenario at this point.
    pub hash: String,
    /// Each measure.
    pub means: Vec<Option<Mean>>,
    /// Each measure against the scenario as written.
    pub found: Vec<Option<Found>>,
    /// What is known of each side, measure by measure.
    pub sides: Vec<Sides>,
}

/// What was found.
#[derive(Debug, Clone)]
pub struct Swept {
    /// The measures.
    pub measures: Vec<Measure>,
    /// The scenario as written.
    pub base: Vec<Option<Mean>>,
    /// The points, in the order of the design.
    pub points: Vec<Point>,
    /// Games played at each.
    pub games: u64,
}

/// Points made ready.
pub struct Sweep {
    base: Cell,
    cells: Vec<Setup>,
    values: Vec<(Vec<String>, Vec<Option<f64>>)>,
}

/// Marks the axes whose fields take whole numbers only: one between two of them is refused for that. A range of theirs
/// without a whole number is refused.
pub fn mark_whole(base: &Loaded, axes: &mut [Axis]) -> Result<(), Problem> {
    for axis in axes {
        let Over::Range(low, high) = axis.over else { continue };
        let middle = 0.5 * (low + high);
        let between = if middle.fract() == 0.0 { middle + (0.25 * (high - low)).min(0.5) } else { middle };
        let tried = Change { path: axis.path.clone(), at: axis.at, value: number(axis.at, between) };
        let refused = |problems: Problems| problems.problems.iter().any(|problem| problem.code == Code::NotWhole);
        axis.whole = cell(base, &[tried]).is_err_and(refused);
        if axis.count() == Some(0) {
            let text = format!("`{}` takes whole numbers, and there is none from {low} to {high}", axis.path);
            return Err(Problem::new(Code::NotWhole, text).at(axis.at));
        }
    }
    Ok(())
}

/// The changes that lead to a point.
pub fn changes(axes: &[Axis], point: &[Node]) -> Vec<Change> {
    let change = |(axis, value): (&Axis, &Node)| Change { path: axis.path.clone(), at: axis.at, value: value.clone() };
    axes.iter().zip(point).map(change).collect()
}

impl Sweep {
    /// Makes every point ready; all problems of the first wrong point are told. Their names are made when they are told: that
    /// takes as long again.
    pub fn of(base: &Loaded, axes: &[Axis], points: &[Vec<Node>]) -> Result<Sweep, Problems> {
        let mut out = Sweep { base: cell(base, &[])?, cells: vec![], values: vec![] };
        for point in points {
            out.cells.push(unnamed(base, &changes(axes, point))?);
            let number = |node: &Node| match node.kind {
                Kind::Number(x) => Some(x),
                _ => None,
            };
            out.values.push((point.iter().map(written).collect(), point.iter().map(number).collect()));
        }
        Ok(out)
    }

    /// How many different games are played.
    pub fn cells(&self) -> usize {
        1 + self.cells.len()
    }

    /// Names the scenario as written.
    pub fn hash(&self) -> &str {
        &self.base.hash
    }

    /// What may be asked of the games, and the places of what is: measures by name, or expressions.
    pub fn measures(&self, asked: &[String]) -> Result<(Measures, Vec<usize>), Error> {
        let mut measures = Measures::of(self.all().into_iter());
        let places = asked.iter().map(|text| measures.ask(text, self.all().into_iter()));
        let places = places.collect::<Result<_, _>>()?;
        Ok((measures, places))
    }

    /// What each point sets the paths to: as it is written, and as a number where it is one.
    pub fn values(&self) -> &[(Vec<String>, Vec<Option<f64>>)] {
        &self.values
    }

    /// The scenario as written, then the points.
    pub fn all(&self) -> Vec<&Setup> {
        [&self.base.setup].into_iter().chain(&self.cells).collect()
    }

    /// The measures that are asked when none are named, as far as the scenario has them.
    pub fn usual(&self) -> Vec<String> {
        let totals = self.base.setup.parties.iter().map(|p| format!("{}.total", p.key));
        let usual = ["deal", "summit_deal", "truce_lapsed"].map(String::from).into_iter().chain(totals);
        let known = Measures::of(self.all().into_iter());
        usual.filter(|name| known.find(name).is_ok()).collect()
    }

    /// Plays every point and the scenario as written.
    pub fn run(&self, measures: &Measures, asked: &[usize], plan: &Plan, watch: &Watch) -> Result<Swept, Error> {
        let (tally, ranges) = self.count(measures, asked, plan, watch)?;
        Ok(self.answer(measures, asked, &tally, counted(ranges).1))
    }

    /// Plays them, and sums them up; which games they were.
    pub fn count(
        &self,
        measures: &Measures,
        asked: &[usize],
        plan: &Plan,
        watch: &Watch,
    ) -> Result<(Tally, Vec<Range<u64>>), Error> {
        summed(&self.all(), measures, &self.contrasts(asked), plan, watch)
    }

    /// Nothing summed up yet.
    pub fn none(&self, asked: &[usize]) -> Tally {
        Tally::new(&self.contrasts(asked))
    }

    /// Names what is played and asked: all points, and the words of the measures.
    pub fn name(&self, words: &[String]) -> String {
        let hashes = self.all().into_iter().map(|setup| scenario_hash(&setup.scenario));
        fingerprint(hashes.chain(words.iter().cloned()).collect::<Vec<_>>().join("\n"))
    }

    /// Each cell by itself, and against the scenario as written.
    fn contrasts(&self, asked: &[usize]) -> Vec<Contrast> {
        let against = |base: usize, variant: usize| {
            asked.iter().map(move |m| Contrast { base, variant, ask: Ask::Mean(*m), among: Among::All })
        };
        (0..self.cells()).flat_map(|c| against(c, c).chain(against(0, c))).collect()
    }

    /// What so many games of each cell come to.
    pub fn answer(&self, measures: &Measures, asked: &[usize], tally: &Tally, games: u64) -> Swept {
        let (found, sides) = (tally.found(), tally.sides());
        let mean = |f: &Option<Found>| f.map(|f| Mean { n: f.n[1], mean: f.variant, se: f.own_se[1] });
        let each = 2 * asked.len().max(1);
        let mut rows = found.chunks(each).zip(sides.chunks(each)).map(|(both, sides)| {
            let (own, against) = both.split_at(asked.len());
            (own.iter().map(mean).collect::<Vec<_>>(), against.to_vec(), sides[asked.len()..].to_vec())
        });
        let base = rows.next().map_or(vec![], |(own, ..)| own);
        let points = rows
            .zip(self.cells.iter().zip(&self.values))
            .map(|((means, found, sides), (setup, (values, numbers)))| Point {
                values: values.clone(),
                numbers: numbers.clone(),
                hash: scenario_hash(&setup.scenario),
                means,
                found,
                sides,
            })
            .collect();
        let measures = asked.iter().map(|m| measures.list[*m].clone()).collect();
        Swept { measures, base, points, games }
    }
}
