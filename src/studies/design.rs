//! Which points of a space of paths are played: grids, lists side by side, Latin hypercubes and Sobol points.
//!
//! A Latin hypercube cuts every range into as many stretches as there are points and puts one point in each (McKay,
//! Beckman and Conover, Technometrics 21, 1979). Sobol points fill the space evenly, more evenly the more there are
//! (Sobol 1967; scrambled as by Owen 1995, from the crate `sobol_burley`; best in powers of two).

use crate::error::Error;
use crate::notation::path;
use crate::notation::tree::{Kind, Node, Place, Source};
use crate::notation::{Code, Problem};
use crate::scenario::knob::Knob;
pub use crate::scenario::knob::Over;
use crate::scenario::language::read_from;
use crate::scenario::load::{Loaded, Problems};
use crate::scenario::put::set;
use crate::world::dice::{BEFORE_PLAY, Key, Stream};

/// A study has at most so many points.
pub const POINTS_MAX: usize = 4096;

/// How points are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Design {
    /// Every value of every path with every other.
    Grid,
    /// The first values together, then the second, and so on.
    Paired,
    /// A Latin hypercube.
    Lhs,
    /// Sobol points.
    Sobol,
}

impl Design {
    /// The design of that name.
    pub fn named(name: &str) -> Result<Design, Error> {
        match name {
            "grid" => Ok(Design::Grid),
            "paired" => Ok(Design::Paired),
            "lhs" => Ok(Design::Lhs),
            "sobol" => Ok(Design::Sobol),
            _ => Err(Error::argument("the designs are grid, paired, lhs and sobol")),
        }
    }
}

/// A path and what it runs over.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// The path.
    pub path: String,
    /// Where it is written.
    pub at: Place,
    /// What it runs over.
    pub over: Over,
    /// The field takes whole numbers: of a range, only those count, each as likely as another.
    pub whole: bool,
}

/// A number of a range as a value.
pub fn number(at: Place, x: f64) -> Node {
    Node::new(at, Kind::Number(x))
}

impl Axis {
    /// The axis that an overlay's `sweep` or `tune` writes.
    pub fn of_knob(knob: &Knob) -> Result<Axis, Problem> {
        Ok(Axis { path: knob.path.clone(), at: knob.at, over: knob.over()?, whole: false })
    }

    /// The axis of an argument `PATH=30,40,50` or `PATH=0..1`, whose text becomes a source of the scenario.
    pub fn of_argument(base: &mut Loaded, called: &str, text: &str) -> Result<Axis, Problems> {
        let source = u16::try_from(base.sources.len()).unwrap_or(u16::MAX - 1);
        let (path, values) = text.split_once('=').unwrap_or((text, ""));
        let range = values.split_once("..").and_then(|(low, high)| {
            let end = |x: &str| x.trim().parse::<f64>().ok().filter(|x| x.is_finite());
            Some((end(low)?, end(high)?))
        });
        // Shown to the reader as the list that it is read as.
        let shown = match range {
            None if !values.trim_start().starts_with('[') && !values.trim().is_empty() => format!("{path}=[{values}]"),
            _ => text.to_owned(),
        };
        base.sources.push(Source { name: called.to_owned(), text: shown.clone() });
        let begin = path.len() - path.trim_start().len();
        let at = Place::new(source, begin, begin + path.trim().len());
        let all = Place::new(source, 0, shown.len());
        let wrong = |problem: Problem| base.wrong(vec![problem]);
        if values.trim().is_empty() {
            let help = "such as levers.us_tariff.now=30,40,50 or parties.cn.honesty=0..1";
            return Err(wrong(Problem::new(Code::BadArgument, "an axis is PATH=VALUES").at(all).help(help)));
        }
        let over = match range {
            Some((low, high)) if low < high => Over::Range(low, high),
            Some((low, high)) => {
                return Err(wrong(
                    Problem::new(Code::Turned, format!("the low end, {low}, is not below the high one, {high}"))
                        .at(all),
                ));
            }
            None => match read_from(&shown, path.len() + 1, source) {
                Ok(Node { kind: Kind::List(None, values), .. }) if !values.is_empty() => Over::Values(values),
                Ok(_) => return Err(wrong(Problem::new(Code::Empty, "an axis lists at least one value").at(all))),
                Err(problems) => return Err(base.wrong(problems)),
            },
        };
        Ok(Axis { path: path.trim().to_owned(), at, over, whole: false })
    }

    /// The value at a share of the way, 0 to 1.
    pub fn at(&self, share: f64) -> Node {
        match &self.over {
            Over::Values(values) => {
                let last = values.len() - 1;
                values[((share * values.len() as f64) as usize).min(last)].clone()
            }
            Over::Range(low, high) if self.whole => {
                let (first, last) = (low.ceil(), high.floor());
                number(self.at, (first + (share * (last - first + 1.0)).floor()).min(last))
            }
            Over::Range(low, high) => number(self.at, low + (high - low) * share),
        }
    }

    /// How many different values there are: of a list, and of a range of whole numbers.
    pub fn count(&self) -> Option<u64> {
        match &self.over {
            Over::Values(values) => Some(values.len() as u64),
            Over::Range(low, high) => self.whole.then(|| (high.floor() - low.ceil() + 1.0).max(0.0) as u64),
        }
    }

    /// So many values from end to end; of a list, all there are.
    fn levels(&self, n: usize) -> Vec<Node> {
        match &self.over {
            Over::Values(values) => values.clone(),
            Over::Range(..) if n < 2 => vec![self.at(0.5)],
            Over::Range(low, high) => {
                let (low, high) = if self.whole { (low.ceil(), high.floor()) } else { (*low, *high) };
                let at = |i: usize| low + (high - low) * (i as f64 / (n - 1) as f64);
                let round = |x: f64| if self.whole { x.round() } else { x };
                let mut all: Vec<Node> = (0..n).map(|i| number(self.at, round(at(i)))).collect();
                all.dedup();
                all
            }
        }
    }
}

/// Two axes of which one undoes the other, if there are any: one path, or a path and one that leads on from it, however
/// they are spelt.
pub fn clash<'a>(tree: &Node, axes: &'a [Axis]) -> Option<(&'a Axis, &'a Axis)> {
    for (i, one) in axes.iter().enumerate() {
        // what is no longer as it was when this path is set lies on it
        let mut changed = tree.clone();
        let _ = set(&mut changed, &one.path, one.at, Node::text(one.at, "another"));
        let moved = |other: &Axis| {
            let node = |tree| path::get(tree, &other.path).ok().cloned();
            node(tree).is_some_and(|before| node(&changed) != Some(before))
        };
        let on = |(j, other): &(usize, &Axis)| i != *j && (path::within(&other.path, &one.path) || moved(other));
        if let Some((_, other)) = axes.iter().enumerate().find(on) {
            return Some((one, other));
        }
    }
    None
}

/// The points of a design: a value for each axis. `n` is how many points, in a grid how many values of each range.
pub fn points(axes: &[Axis], design: Design, n: u64, seed: u64) -> Result<Vec<Vec<Node>>, Error> {
    let many = |n: u64| Error::argument(format!("{n} points are too many: {POINTS_MAX} at most"));
    let n = usize::try_from(n).ok().filter(|n| *n <= POINTS_MAX).ok_or_else(|| many(n))?;
    match design {
        Design::Grid => {
            let levels: Vec<Vec<Node>> = axes.iter().map(|axis| axis.levels(n)).collect();
            let total = levels.iter().map(Vec::len).fold(1, usize::saturating_mul);
            if total > POINTS_MAX {
                return Err(many(total as u64));
            }
            let mut out = vec![vec![]];
            for level in &levels {
                out = out
                    .iter()
                    .flat_map(|point: &Vec<Node>| {
                        level.iter().map(move |value| point.iter().cloned().chain([value.clone()]).collect())
                    })
                    .collect();
            }
            Ok(out)
        }
        Design::Paired => {
            let listed = listed(axes);
            let n = listed.first().copied().unwrap_or(n);
            if listed.iter().any(|other| *other != n) {
                let counts: Vec<String> = listed.iter().map(usize::to_string).collect();
                return Err(Error::argument(format!("paired lists are equally long, found {}", counts.join(" and "))));
            }
            let levels: Vec<Vec<Node>> = axes.iter().map(|axis| axis.levels(n)).collect();
            let least = levels.iter().map(Vec::len).min().unwrap_or(0);
            Ok((0..least).map(|i| levels.iter().map(|level| level[i].clone()).collect()).collect())
        }
        Design::Lhs => {
            let columns: Vec<Vec<f64>> = axes.iter().map(|axis| strata(axis, n, seed)).collect();
            let point = |i: usize| axes.iter().zip(&columns).map(|(axis, column)| axis.at(column[i])).collect();
            Ok((0..n).map(point).collect())
        }
        Design::Sobol => {
            let mixed = (seed ^ (seed >> 32)) as u32;
            let share = |i: usize, d: usize| f64::from(sobol_burley::sample(i as u32, d as u32, mixed));
            let point = |i: usize| axes.iter().enumerate().map(|(d, axis)| axis.at(share(i, d))).collect();
            Ok((0..n).map(point).collect())
        }
    }
}

/// The lengths of the lists.
fn listed(axes: &[Axis]) -> Vec<usize> {
    let length = |axis: &Axis| match &axis.over {
        Over::Values(values) => Some(values.len()),
        Over::Range(..) => None,
    };
    axes.iter().filter_map(length).collect()
}

/// What a reader should know of a design that is not as even as it could be.
pub fn notes(axes: &[Axis], design: Design, n: u64) -> Vec<String> {
    let steps = match design {
        Design::Grid => n,
        Design::Paired => listed(axes).first().map_or(n, |length| *length as u64),
        Design::Lhs | Design::Sobol => u64::MAX,
    };
    let ranges = axes.iter().filter(|axis| matches!(axis.over, Over::Range(..)));
    let mut out: Vec<String> = ranges
        .filter_map(|axis| axis.count().filter(|all| *all > steps).map(|all| (axis, all)))
        .map(|(axis, all)| {
            let fits = design == Design::Grid && all <= POINTS_MAX as u64;
            let has = if fits { format!(": --points {all} has them all") } else { String::new() };
            format!("`{}` takes {steps} of its {all} whole numbers{has}", axis.path)
        })
        .collect();
    if design == Design::Sobol && !n.is_power_of_two() {
        let below = 1_u64 << n.ilog2();
        out.push(format!(
            "{n} is no power of two, so these Sobol points lose their balance: take {below} or {}",
            2 * below
        ));
    }
    out
}

/// A stream of the chance of designs.
pub fn uniforms(seed: u64, label: &str, draw: &str, n: usize) -> Vec<f64> {
    let mut out = vec![0.0; n];
    Key::of_seed(seed).apart("design").uniforms(Stream::named("design", label, draw), BEFORE_PLAY, 0, &mut out);
    out
}

/// One share in each of n equal stretches, in random order.
fn strata(axis: &Axis, n: usize, seed: u64) -> Vec<f64> {
    let (order, within) = (uniforms(seed, &axis.path, "order", n), uniforms(seed, &axis.path, "within", n));
    let mut places: Vec<usize> = (0..n).collect();
    places.sort_by(|a, b| order[*a].total_cmp(&order[*b]));
    places.iter().zip(within).map(|(place, u)| (*place as f64 + u) / n as f64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HERE: Place = Place::new(0, 0, 0);

    fn range(path: &str) -> Axis {
        Axis { path: path.into(), at: HERE, over: Over::Range(2.0, 4.0), whole: false }
    }

    #[test]
    fn one_path_in_two_spellings_is_one_path() {
        let text = "(a: Time(exponent: 1, opening: 2), b: [Summit(at: 1), Talks(at: 2)], c: \"x\", goal: \"y\")";
        let tree = crate::scenario::language::read(text, 0).expect("read");
        let clashes = |one: &str, other: &str| clash(&tree, &[range("c"), range(one), range(other)]).is_some();
        for (one, other) in [
            ("a.opening", "a.opening"),
            ("a", "a.opening"),
            ("a.opening", "a"),
            ("a.opening", "a.Time.opening"),
            ("b.0.at", "b.Summit.at"),
            ("b.Summit", "b.0.at"),
            ("goal.patience", "goal"),
        ] {
            assert!(clashes(one, other), "{one} and {other}");
        }
        for (one, other) in [("a.opening", "a.exponent"), ("b.0.at", "b.1.at"), ("goal.patience", "goal.pat")] {
            assert!(!clashes(one, other), "{one} and {other}");
        }
    }

    fn list(n: usize) -> Axis {
        let values = (0..n).map(|i| number(HERE, i as f64)).collect();
        Axis { path: "list".into(), at: HERE, over: Over::Values(values), whole: false }
    }

    fn numbers(points: &[Vec<Node>]) -> Vec<Vec<f64>> {
        let x = |node: &Node| match node.kind {
            Kind::Number(x) => x,
            _ => f64::NAN,
        };
        points.iter().map(|point| point.iter().map(x).collect()).collect()
    }

    #[test]
    fn a_grid_has_every_pair_and_lists_go_side_by_side() {
        let grid = numbers(&points(&[range("a"), list(2)], Design::Grid, 3, 1).unwrap());
        assert_eq!(grid, [[2.0, 0.0], [2.0, 1.0], [3.0, 0.0], [3.0, 1.0], [4.0, 0.0], [4.0, 1.0]]);
        let paired = numbers(&points(&[range("a"), list(3)], Design::Paired, 9, 1).unwrap());
        assert_eq!(paired, [[2.0, 0.0], [3.0, 1.0], [4.0, 2.0]]);
        assert!(points(&[list(2), list(3)], Design::Paired, 9, 1).unwrap_err().to_string().contains("2 and 3"));
        assert!(points(&[list(70), list(70)], Design::Grid, 9, 1).unwrap_err().to_string().contains("too many"));
    }

    #[test]
    fn a_hypercube_has_one_point_in_every_stretch() {
        let all = numbers(&points(&[range("a"), range("b")], Design::Lhs, 50, 3).unwrap());
        for d in 0..2 {
            let mut stretches: Vec<usize> = all.iter().map(|p| ((p[d] - 2.0) / 2.0 * 50.0) as usize).collect();
            stretches.sort_unstable();
            assert!(stretches.iter().enumerate().all(|(i, s)| i == *s));
        }
        assert_ne!(all[0][0], all[0][1], "each axis has an order of its own");
        assert_eq!(all, numbers(&points(&[range("a"), range("b")], Design::Lhs, 50, 3).unwrap()));
        assert_ne!(all, numbers(&points(&[range("a"), range("b")], Design::Lhs, 50, 4).unwrap()));
    }

    proptest! {
        /// Every whole number of a range is as likely as another, ends included, and none lies outside, whatever the
        /// ends are and whatever chooses the points.
        #[test]
        fn whole_numbers_of_a_range_are_equally_likely(
            low in -30.0..30.0_f64, span in 1.0..12.0_f64, ends in any::<bool>(), each in 1_u64..8, seed in 0_u64..99,
        ) {
            let (low, high) = if ends { (low.round(), (low + span).round()) } else { (low, low + span) };
            let axis = Axis { over: Over::Range(low, high), whole: true, ..range("a") };
            let all = axis.count().expect("whole numbers");
            prop_assume!(all > 0);
            let n = all * each;
            for design in [Design::Lhs, Design::Sobol] {
                let found = numbers(&points(std::slice::from_ref(&axis), design, n, seed).unwrap());
                let mut counts = std::collections::BTreeMap::new();
                for x in found.iter().flatten() {
                    prop_assert!(x.fract() == 0.0 && (low..=high).contains(x), "{} of {}..{}", x, low, high);
                    *counts.entry(*x as i64).or_insert(0_u64) += 1;
                }
                if design == Design::Lhs {
                    prop_assert!(counts.len() as u64 == all && counts.values().all(|c| *c == each), "{:?}", counts);
                }
            }
            let grid = numbers(&points(std::slice::from_ref(&axis), Design::Grid, all.max(2), seed).unwrap());
            prop_assert_eq!(grid.len() as u64, all, "a grid of as many values has each once");
            prop_assert!(grid.iter().flatten().all(|x| x.fract() == 0.0 && (low..=high).contains(x)));
        }
    }

    #[test]
    fn what_is_less_even_than_it_could_be_is_told() {
        let whole = Axis { over: Over::Range(20.0, 30.0), whole: true, ..range("clock.rounds") };
        let skipped = "`clock.rounds` takes 5 of its 11 whole numbers: --points 11 has them all";
        assert_eq!(notes(&[whole.clone(), range("a")], Design::Grid, 5), [skipped]);
        assert!(
            notes(std::slice::from_ref(&whole), Design::Grid, 11).is_empty()
                && notes(&[whole], Design::Lhs, 5).is_empty()
        );
        let lost = "100 is no power of two, so these Sobol points lose their balance: take 64 or 128";
        assert_eq!(notes(&[range("a")], Design::Sobol, 100), [lost]);
        assert!(notes(&[range("a")], Design::Sobol, 128).is_empty());
    }

    #[test]
    fn too_many_points_are_told_as_they_were_asked_for() {
        let said = |n: u64| points(&[range("a")], Design::Sobol, n, 1).unwrap_err().to_string();
        assert_eq!(said(1_000_000_000), "1000000000 points are too many: 4096 at most");
        assert_eq!(said(u64::MAX), format!("{} points are too many: 4096 at most", u64::MAX));
    }

    #[test]
    fn sobol_points_fill_the_square_evenly() {
        let all = numbers(&points(&[range("a"), range("b")], Design::Sobol, 64, 3).unwrap());
        for quarter in 0..16 {
            let inside = |p: &&Vec<f64>| {
                ((p[0] - 2.0) * 2.0) as usize == quarter % 4 && ((p[1] - 2.0) * 2.0) as usize == quarter / 4
            };
            assert_eq!(all.iter().filter(inside).count(), 4);
        }
    }
}
