//! A small tree: where a yes is frequent and where not, split after split (Breiman and others, Classification and
//! Regression Trees, 1984; by the Gini index, three splits deep).

use super::{Cases, Count};

/// How many splits lie one under another, at most.
const DEEPEST: usize = 3;
/// A leaf holds at least this share of the games.
const LEAST: f64 = 0.05;
/// A split takes at least this share of the impurity of all games away.
const WORTH: f64 = 0.01;
/// So many places are tried on each input.
const PLACES: usize = 64;

/// A part of the games.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// No further split is worth it.
    Leaf,
    /// Games below a number of an input, and the others.
    Split {
        /// The input.
        input: usize,
        /// The number.
        at: f64,
        /// Games below it.
        below: Box<Part>,
        /// All others.
        above: Box<Part>,
    },
}

/// A tree over some games.
pub fn tree(cases: &Cases, rows: &[usize]) -> Part {
    let whole = impurity(Count::of(rows, cases.yes));
    grown(cases, rows, &Growth { least: ((rows.len() as f64 * LEAST) as usize).max(10), worth: WORTH * whole }, DEEPEST)
}

struct Growth {
    least: usize,
    worth: f64,
}

/// The Gini index, times the games.
fn impurity(count: Count) -> f64 {
    2.0 * count.games as f64 * count.density() * (1.0 - count.density())
}

fn grown(cases: &Cases, rows: &[usize], growth: &Growth, depth: usize) -> Part {
    let best = (depth > 0).then(|| best(cases, rows, growth)).flatten();
    let Some((input, at)) = best else { return Part::Leaf };
    let (below, above): (Vec<usize>, Vec<usize>) = rows.iter().partition(|g| cases.inputs[input][**g] < at);
    let grow = |rows: &[usize]| Box::new(grown(cases, rows, growth, depth - 1));
    Part::Split { input, at, below: grow(&below), above: grow(&above) }
}

/// The split that leaves least impurity; none where none is worth it.
fn best(cases: &Cases, rows: &[usize], growth: &Growth) -> Option<(usize, f64)> {
    let all = Count::of(rows, cases.yes);
    let mut best: Option<(f64, usize, f64)> = None;
    for (input, lane) in cases.inputs.iter().enumerate() {
        let mut order = rows.to_vec();
        order.sort_by(|a, b| lane[*a].total_cmp(&lane[*b]));
        let (mut below, mut done) = (Count::default(), 0);
        for place in 1..PLACES {
            let to = place * rows.len() / PLACES;
            let to = if to == 0 { 0 } else { order.partition_point(|g| lane[*g] < lane[order[to]]) };
            below.yes += order[done.min(to)..to].iter().filter(|g| cases.yes[**g]).count();
            (below.games, done) = (to, to.max(done));
            let above = Count { games: all.games - below.games, yes: all.yes - below.yes };
            if below.games < growth.least || above.games < growth.least {
                continue;
            }
            let gain = impurity(all) - impurity(below) - impurity(above);
            if gain >= growth.worth && gain > 0.0 && best.is_none_or(|(most, ..)| gain > most) {
                best = Some((gain, input, 0.5 * (lane[order[to - 1]] + lane[order[to]])));
            }
        }
    }
    best.map(|(_, input, at)| (input, at))
}

#[cfg(test)]
mod tests {
    use super::super::boxes::tests::planted;
    use super::*;

    #[test]
    fn the_tree_splits_where_the_planted_box_ends() {
        let (lanes, yes) = planted(4000, 6, 1);
        let cases = Cases { inputs: lanes.iter().map(Vec::as_slice).collect(), yes: &yes };
        let tree = tree(&cases, &(0..4000).collect::<Vec<_>>());
        let Part::Split { input, at, below, above } = &tree else { panic!("{tree:?}") };
        let (inner, other) = if *input == 0 { (above, below) } else { (below, above) };
        let Part::Split { input: second, at: then, .. } = &**inner else { panic!("{tree:?}") };
        assert_eq!(**other, Part::Leaf, "{tree:?}");
        assert_eq!(*input + *second, 1, "{tree:?}");
        let (first, second) = if *input == 0 { (at, then) } else { (then, at) };
        assert!((first - 0.6).abs() < 0.04 && (second - 0.4).abs() < 0.04, "{tree:?}");
    }

    #[test]
    fn nothing_worth_a_split_is_a_leaf() {
        let (lanes, _) = planted(2000, 3, 1);
        let yes: Vec<bool> = (0..2000).map(|g| g % 3 == 0).collect();
        let cases = Cases { inputs: lanes.iter().map(Vec::as_slice).collect(), yes: &yes };
        assert_eq!(tree(&cases, &(0..2000).collect::<Vec<_>>()), Part::Leaf);
    }
}
