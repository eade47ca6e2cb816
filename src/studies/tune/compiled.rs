//! Paths compiled once: where a path does nothing but feed start values, a candidate is a few numbers written over
//! them, and no scenario is decoded for it.
//!
//! Whether a path does nothing else is found out, not assumed. At three values of its range the scenario is made
//! ready; a path is direct where only start values differ, each of them is the number itself, and games played with
//! the number written over end as those of the scenario itself do. A path that is not direct (a list, a weight that is
//! normed) takes the long way: its scenario is made ready, and kept for candidates that share its value.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::notation::tree::{Kind, Node};
use crate::notation::{Code, Problem};
use crate::round;
use crate::scenario::load::{Loaded, Problems};
use crate::studies::design::{Axis, Over};
use crate::studies::measures::{Desk, Measures};
use crate::studies::sweep::changes;
use crate::studies::variants::{Cell, cell, unnamed};
use crate::world::cohort::{Frame, Games};
use crate::world::dice::Key;
use crate::world::rows::ColumnId;
use crate::world::setup::{Setup, Source};

/// A component and its row: a start value.
pub type Slot = (ColumnId, usize);

/// A scenario made ready, over whose start values candidates are written.
#[derive(Debug)]
pub struct Ready {
    /// As it is played.
    pub setup: Setup,
    /// What two worlds must share.
    pub frame: Frame,
    /// What may be asked of its games.
    pub measures: Measures,
    /// Where each asked measure is read; none where this scenario has no such thing.
    pub asked: Vec<Option<usize>>,
    /// It will be played again: it has a world of its own.
    pub lasting: bool,
}

/// A candidate, ready to be played.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The scenario.
    pub ready: Arc<Ready>,
    /// Numbers to be written over start values.
    pub puts: Vec<(Slot, f64)>,
}

impl Ready {
    /// Makes a cell ready to be asked for some measures.
    pub fn of(setup: Setup, asked: &[String], lasting: bool) -> Ready {
        let frame = round::cohort(&setup, 1).frame();
        let mut measures = Measures::of(std::iter::once(&setup));
        let asked = asked.iter().map(|name| measures.ask(name, std::iter::once(&setup)).ok()).collect();
        Ready { setup, frame, measures, asked, lasting }
    }
}

/// The paths of one scenario.
pub struct Compiled {
    base: Loaded,
    axes: Vec<Axis>,
    asked: Vec<String>,
    /// Start values fed by each path; none where the path does more than that.
    direct: Vec<Option<Vec<Slot>>>,
    kept: BTreeMap<Vec<u64>, Arc<Ready>>,
}

/// Scenarios kept for paths that are not direct.
const KEPT: usize = 64;
/// Games in which a direct path is tried out.
const TRIED: usize = 32;

/// Whether a path has but some values, whose scenarios are worth keeping.
fn listed(axis: &Axis) -> bool {
    matches!(axis.over, Over::Values(_)) || axis.whole
}

/// The values at a point of the unit cube.
pub fn at(axes: &[Axis], point: &[f64]) -> Vec<Node> {
    axes.iter().zip(point).map(|(axis, share)| axis.at(*share)).collect()
}

fn number(node: &Node) -> Option<f64> {
    match node.kind {
        Kind::Number(x) => Some(x),
        _ => None,
    }
}

impl Compiled {
    /// Compiles the paths of a scenario, which is to be asked for some measures.
    pub fn of(base: &Loaded, axes: &[Axis], asked: &[String]) -> Result<Compiled, Problems> {
        Compiled::looked_at(base, axes, asked, false)
    }

    /// The same for points at which all paths change, where one path that is not direct makes each point take the long way:
    /// then it is not asked of the others.
    pub fn for_points(base: &Loaded, axes: &[Axis], asked: &[String]) -> Result<Compiled, Problems> {
        Compiled::looked_at(base, axes, asked, true)
    }

    fn looked_at(base: &Loaded, axes: &[Axis], asked: &[String], all: bool) -> Result<Compiled, Problems> {
        let mut out = Compiled {
            base: base.clone(),
            axes: axes.to_vec(),
            asked: asked.to_vec(),
            direct: vec![],
            kept: BTreeMap::new(),
        };
        let mut direct = vec![];
        if !axes.is_empty() {
            let (middle, mut long) = (out.setup(&vec![0.5; axes.len()])?, false);
            for (i, axis) in axes.iter().enumerate() {
                direct.push(out.fed(i, &middle, !long)?);
                long |= all && direct[i].is_none() && !listed(axis);
            }
            if long {
                direct.fill(None);
            }
        }
        out.direct = direct;
        Ok(out)
    }

    /// How many paths are direct.
    pub fn direct(&self) -> usize {
        self.direct.iter().flatten().count()
    }

    /// The scenario at a point, the long way.
    pub fn cell(&self, point: &[f64]) -> Result<Cell, Problems> {
        cell(&self.base, &changes(&self.axes, &at(&self.axes, point)))
    }

    fn setup(&self, point: &[f64]) -> Result<Setup, Problems> {
        unnamed(&self.base, &changes(&self.axes, &at(&self.axes, point)))
    }

    /// The scenario as written.
    pub fn written(&self) -> Result<Cell, Problems> {
        cell(&self.base, &[])
    }

    /// The start values that a path feeds, if that is all it does. Given is the scenario in the middle of all paths; it is
    /// made ready at both ends of this one even where nothing else is asked, so that a range with a wrong end is refused
    /// before anything is played.
    fn fed(&self, i: usize, middle: &Setup, asked: bool) -> Result<Option<Vec<Slot>>, Problems> {
        if !matches!(self.axes[i].over, Over::Range(..)) {
            return Ok(None);
        }
        let probe = |share: f64| {
            let mut point = vec![0.5; self.axes.len()];
            point[i] = share;
            let Some(x) = number(&self.axes[i].at(share)) else { return Ok(None) };
            Ok(Some((x, self.setup(&point)?)))
        };
        let Some(x) = number(&self.axes[i].at(0.5)) else { return Ok(None) };
        let (Some(low), Some(high)) = (probe(0.0)?, probe(1.0)?) else { return Ok(None) };
        if !asked {
            return Ok(None);
        }
        let mut probes = vec![low, high];
        let Some(slots) = slots((x, middle), &probes) else { return Ok(None) };
        probes.extend(probe(0.8125)?);
        if self::slots((x, middle), &probes).as_ref() != Some(&slots) {
            return Ok(None);
        }
        Ok(self.in_play(i, middle, &slots, &probes).then_some(slots))
    }

    /// Whether games with numbers written over start values end as those of the scenarios themselves do.
    fn in_play(&self, i: usize, first: &Setup, slots: &[Slot], probes: &[(f64, Setup)]) -> bool {
        let mut games = round::cohort(first, TRIED);
        let measures = Measures::of(std::iter::once(first));
        let ends = |games: &mut Games| {
            games.load(Key::of_seed(i as u64).apart("a path is tried out"), 0);
            round::play(games);
            let (mut desk, mut lane, mut all) = (Desk::default(), vec![], vec![]);
            for m in 0..measures.list.len() {
                measures.read(0, m, games, &mut desk, &mut lane);
                all.extend(lane.iter().map(|x| x.to_bits()));
            }
            all
        };
        probes.iter().all(|(x, setup)| {
            games.use_setup(first.clone());
            for (column, row) in slots {
                if let Some(slot) = games.slot(*column, *row) {
                    games.put(slot, *x);
                }
            }
            let short = ends(&mut games);
            games.use_setup(setup.clone());
            short == ends(&mut games)
        })
    }

    /// A candidate at a point of the unit cube.
    pub fn candidate(&mut self, point: &[f64]) -> Result<Candidate, Problems> {
        self.candidate_of(&at(&self.axes, point))
    }

    /// A candidate with these values, one a path.
    pub fn candidate_of(&mut self, values: &[Node]) -> Result<Candidate, Problems> {
        let mut key = vec![];
        let mut puts = vec![];
        for (i, slots) in self.direct.iter().enumerate() {
            match (slots, number(&values[i]), &self.axes[i].over) {
                (Some(slots), Some(x), _) => puts.extend(slots.iter().map(|slot| (*slot, x))),
                (_, _, Over::Values(all)) => {
                    key.push(all.iter().position(|v| *v == values[i]).unwrap_or(0) as u64);
                }
                (_, x, _) => key.push(x.unwrap_or(0.0).to_bits()),
            }
        }
        if let Some(ready) = self.kept.get(&key) {
            return Ok(Candidate { ready: ready.clone(), puts });
        }
        let lasting = self.direct.iter().zip(&self.axes).all(|(slots, axis)| slots.is_some() || listed(axis));
        let setup = unnamed(&self.base, &changes(&self.axes, values))?;
        let found = |((column, row), x): &(Slot, f64)| start(&setup, (*column, *row)) == Some(Source::Fixed(*x));
        if !puts.iter().all(found) {
            let text = "a path feeds other start values where another path of the search changes: search them apart";
            return Err(self.base.wrong(vec![Problem::new(Code::Contradiction, text)]));
        }
        let ready = Arc::new(Ready::of(setup, &self.asked, lasting));
        if self.kept.len() >= KEPT {
            self.kept.clear();
        }
        if lasting {
            self.kept.insert(key, ready.clone());
        }
        Ok(Candidate { ready, puts })
    }
}

/// The start value of a slot; the last one given counts.
pub fn start(setup: &Setup, slot: Slot) -> Option<Source> {
    setup.starts.iter().rfind(|s| (s.column, s.row) == slot).map(|s| s.from)
}

/// The start values in which scenarios differ that were made ready at several values of a path, where they differ in
/// nothing else and each of them is the value itself.
fn slots((x, first): (f64, &Setup), others: &[(f64, Setup)]) -> Option<Vec<Slot>> {
    let probes = || std::iter::once((x, first)).chain(others.iter().map(|(x, setup)| (*x, setup)));
    let mut slots = vec![];
    for s in &first.starts {
        let slot = (s.column, s.row);
        let fixed = |setup: &Setup| match start(setup, slot) {
            Some(Source::Fixed(x)) => Some(x),
            _ => None,
        };
        let same = others.iter().all(|(_, setup)| start(setup, slot) == start(first, slot));
        if same || slots.contains(&slot) {
            continue;
        }
        if !probes().all(|(x, setup)| fixed(setup).is_some_and(|fed| fed.to_bits() == x.to_bits())) {
            return None;
        }
        slots.push(slot);
    }
    let one = bare(first, first);
    let other = |(_, setup): &(f64, Setup)| setup.starts.len() != first.starts.len() || bare(setup, first) != one;
    (!slots.is_empty() && !others.iter().any(other)).then_some(slots)
}

/// All of a setup but its start values and what the author wrote, as text; the latter as in another setup.
fn bare(setup: &Setup, other: &Setup) -> String {
    let mut setup = setup.clone();
    setup.starts = vec![];
    setup.scenario = other.scenario.clone();
    for (party, other) in setup.parties.iter_mut().zip(&other.parties) {
        party.goal = other.goal.clone();
        party.strategy = other.strategy.clone();
    }
    format!("{setup:?}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::front::Draft;
    use crate::studies::axes::axes;

    fn over(paths: &[&str]) -> (Loaded, Vec<Axis>) {
        let mut base = Draft::open("stockholm-2025").ready().expect("in order").loaded;
        let paths: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
        let axes = axes(&mut base, |base| &base.sweep, &paths, "path").expect("axes");
        (base, axes)
    }

    /// The prize is no start value, so points over it are made ready anew, and nothing is asked of the
    /// other path; values of a list are kept, so of others it is. Either way games end the same.
    #[test]
    fn points_that_take_the_long_way_anyway_are_not_looked_into() {
        const OPTIMISM: &str = "parties.us.optimism=0.2..0.8";
        let direct = |second: &str, all: bool| {
            let (base, axes) = over(&[OPTIMISM, second]);
            let asked = ["us.total".to_owned()];
            let found = if all { Compiled::for_points } else { Compiled::of }(&base, &axes, &asked);
            let mut found = found.expect("compiled");
            let Candidate { ready, puts } = found.candidate(&[0.25, 0.5]).expect("a candidate");
            let mut games = round::cohort(&ready.setup, 64);
            for ((column, row), x) in &puts {
                games.slot(*column, *row).into_iter().for_each(|slot| games.put(slot, *x));
            }
            games.load(Key::of_seed(7), 0);
            round::play(&mut games);
            let (mut desk, mut lane) = (Desk::default(), vec![]);
            ready.measures.read(0, ready.asked[0].expect("asked"), &games, &mut desk, &mut lane);
            (found.direct(), lane.iter().map(|x| x.to_bits()).collect::<Vec<u64>>())
        };
        const PRIZE: &str = "prize.summit=0.1..0.3";
        let ((some, one), (none, other)) = (direct(PRIZE, false), direct(PRIZE, true));
        assert_eq!((some, none, one), (1, 0, other));
        assert_eq!(direct("prize.summit=0.1,0.3", true).0, 1);
    }

    #[test]
    fn a_wrong_end_is_refused_whatever_else_is_asked() {
        let (base, axes) = over(&["parties.us.goal.prosperity=0.5..1.5", "parties.us.optimism=0.2..1.8"]);
        for compile in [Compiled::of, Compiled::for_points] {
            let told = compile(&base, &axes, &[]).err().expect("refused").explain(false);
            assert!(told.contains("optimism"), "{told}");
        }
    }
}
