//! What nobody knows of a batch: every ending, event and measure of its summary, world by world.

use super::comes_from::{Part, parts};
use super::outer::{Again, FEWEST, Outer, Sum, WELL, outer};
use crate::batch::by_world::Counted;
use crate::batch::histogram;
use crate::batch::summary::Summary;
use crate::world::dice::Key;
use crate::world::maths::normal_quantile;
use crate::world::setup::Setup;
use crate::world::worlds::{GAMES, Unknowns, World};

/// What is said of a batch in which something is unknown.
#[derive(Debug, Clone)]
pub struct Known {
    /// How many worlds stand behind it.
    pub worlds: usize,
    /// How often a world was drawn again, since the scenario does not allow what was drawn.
    pub redrawn: u64,
    /// Each ending; none where there are too few worlds.
    pub classes: Vec<Option<Outer>>,
    /// Each event.
    pub events: Vec<Option<Outer>>,
    /// Each metric.
    pub metrics: Vec<Option<Outer>>,
    /// The normal scores of the unknown numbers in each world.
    scores: Vec<Vec<f64>>,
    counted: Vec<Counted>,
}

impl Known {
    /// Of a summary of the games of a key; none where nothing is unknown.
    pub fn of(setup: &Setup, key: Key, summary: &Summary) -> Option<Known> {
        let unknowns = setup.unknowns.as_ref()?;
        let counted: Vec<Counted> = summary.worlds.values().cloned().collect();
        let again = Again::of(counted.len());
        let share = |of: &dyn Fn(&Counted) -> (u64, u64)| {
            let (yes, sums) = sums(&counted, of);
            outer(&sums, yes, &again)
        };
        let games = |w: &Counted| w.classes.iter().sum();
        let metric = |m: usize| {
            let sums: Vec<Sum> = counted.iter().map(|w| of_metric(w, m)).collect();
            outer(&sums, summary.metrics[m].squared(), &again)
        };
        Some(Known {
            worlds: counted.len(),
            redrawn: counted.iter().map(|w| u64::from(w.redrawn)).sum(),
            classes: (0..summary.classes.len()).map(|c| share(&|w| (w.classes[c], games(w)))).collect(),
            events: (0..summary.events.len()).map(|e| share(&|w| w.events[e])).collect(),
            metrics: (0..summary.metrics.len()).map(metric).collect(),
            scores: summary.worlds.iter().map(|(number, w)| scores(unknowns, key, *number, w)).collect(),
            counted,
        })
    }

    /// Whether enough worlds stand behind it to say how far something is not known.
    pub fn is_enough(&self) -> bool {
        self.worlds >= FEWEST
    }

    /// What most of that comes from that nobody knows of some classes together.
    pub fn comes_from(&self, classes: &[usize]) -> Option<(Outer, Vec<Part>)> {
        let of = |w: &Counted| (classes.iter().map(|c| w.classes[*c]).sum(), w.classes.iter().sum());
        let (yes, sums) = sums(&self.counted, &of);
        let found = outer(&sums, yes, &Again::of(self.counted.len()))?;
        let parts = parts(&sums, &self.scores, found.sd)?;
        Some((found, parts))
    }

    /// The least known end of the intervals of the ways to end: its standard error.
    pub fn open(&self) -> Option<f64> {
        self.classes.iter().flatten().flat_map(|outer| outer.errors).reduce(f64::max)
    }

    /// So many games make the ends of the intervals known well; none where they are.
    pub fn needed(&self) -> Option<u64> {
        let open = self.open().filter(|open| *open > WELL)?;
        let worlds = self.worlds as f64 * (open / WELL) * (open / WELL);
        Some(worlds.ceil() as u64 * GAMES)
    }
}

/// The games in which something happened, and its sum in each world.
fn sums(worlds: &[Counted], of: &dyn Fn(&Counted) -> (u64, u64)) -> (f64, Vec<Sum>) {
    let sums: Vec<Sum> = worlds.iter().map(of).map(|(yes, n)| Sum { n: n as f64, sum: yes as f64 }).collect();
    (sums.iter().map(|w| w.sum).sum(), sums)
}

fn of_metric(w: &Counted, m: usize) -> Sum {
    let (n, sum) = w.metrics[m];
    Sum { n: n as f64, sum: histogram::sum(sum) }
}

fn scores(unknowns: &Unknowns<Setup>, key: Key, number: u64, w: &Counted) -> Vec<f64> {
    unknowns.uniforms(key, World { number, redrawn: w.redrawn }).map(normal_quantile).collect()
}
