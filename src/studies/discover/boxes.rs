//! Boxes in which a yes is frequent, by the patient rule induction method (Friedman and Fisher, Statistics and Computing 9,
//! 1999).
//!
//! Peeling takes off, again and again, the twentieth of the games at one end of one input without which the yes is most
//! frequent. Of the boxes on the way the one counts in which most yes are gathered beyond what the share of all games
//! would bring. Pasting takes back what a limit cut off where that gathers more, and lets go of limits that gather
//! nothing. Further boxes are sought among the games that lie in none before.

use super::{Cases, Count};

/// The share of a box's games that a peel takes off, and that a paste gives back.
const PEEL: f64 = 0.05;
/// A box holds at least this share of the games.
const LEAST: f64 = 0.05;
/// A limit without which a box gathers nearly as much (this share) is let go.
const NEARLY: f64 = 0.985;

/// A limit on an input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limit {
    /// The input.
    pub input: usize,
    /// At least this, where there is an end below.
    pub low: Option<f64>,
    /// At most this, where there is an end above.
    pub high: Option<f64>,
}

impl Limit {
    fn holds(&self, x: f64) -> bool {
        self.low.is_none_or(|low| x >= low) && self.high.is_none_or(|high| x <= high)
    }
}

/// A box: limits that all hold in it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Found {
    /// The limits, in order of input.
    pub limits: Vec<Limit>,
}

impl Found {
    /// Whether a game lies in it.
    pub fn holds(&self, cases: &Cases, g: usize) -> bool {
        self.limits.iter().all(|limit| limit.holds(cases.inputs[limit.input][g]))
    }

    /// Those of some games that lie in it.
    pub fn rows(&self, cases: &Cases, rows: &[usize]) -> Vec<usize> {
        rows.iter().copied().filter(|g| self.holds(cases, *g)).collect()
    }

    fn with(&self, limit: Limit) -> Found {
        let mut out = self.without(limit.input);
        if limit.low.is_some() || limit.high.is_some() {
            out.limits.push(limit);
        }
        out.limits.sort_by_key(|limit| limit.input);
        out
    }

    /// The same without any limit on an input.
    pub fn without(&self, input: usize) -> Found {
        Found { limits: self.limits.iter().copied().filter(|limit| limit.input != input).collect() }
    }

    fn on(&self, input: usize) -> Limit {
        let own = self.limits.iter().copied().find(|limit| limit.input == input);
        own.unwrap_or(Limit { input, low: None, high: None })
    }
}

/// The boxes among some games: so many at most, the best first. What is judged is judged elsewhere.
pub fn boxes(cases: &Cases, rows: &[usize], most: usize) -> Vec<Found> {
    let (least, mut left, mut out) = (((rows.len() as f64 * LEAST) as usize).max(10), rows.to_vec(), vec![]);
    while out.len() < most && left.len() >= 2 * least {
        let Some(found) = one(cases, &left, least) else { break };
        left.retain(|g| !found.holds(cases, *g));
        out.push(found);
    }
    out
}

/// The yes that a box gathers beyond what as many games of all would hold.
fn gathered(of: Count, all: Count) -> f64 {
    of.yes as f64 - of.games as f64 * all.density()
}

fn one(cases: &Cases, rows: &[usize], least: usize) -> Option<Found> {
    let all = Count::of(rows, cases.yes);
    let score = |found: &Found| gathered(Count::of(&found.rows(cases, rows), cases.yes), all);
    let (mut best, mut at) = (Found::default(), Found::default());
    let (mut most, mut inside) = (0.0, rows.to_vec());
    while let Some(next) = peel(cases, &at, &inside, least) {
        inside.retain(|g| next.holds(cases, *g));
        at = next;
        let gathers = gathered(Count::of(&inside, cases.yes), all);
        if gathers > most {
            (best, most) = (at.clone(), gathers);
        }
    }
    if best.limits.is_empty() {
        return None;
    }
    let mut best = paste(cases, rows, best, &score);
    while let Some(freer) = best
        .limits
        .iter()
        .map(|limit| best.without(limit.input))
        .filter(|freer| !freer.limits.is_empty() && score(freer) >= NEARLY * score(&best))
        .max_by(|a, b| score(a).total_cmp(&score(b)))
    {
        best = freer;
    }
    Some(paste(cases, rows, best, &score))
}

/// The box without a twentieth of its games at the end where that helps most for each game given up; none where it would
/// hold too few.
fn peel(cases: &Cases, at: &Found, inside: &[usize], least: usize) -> Option<Found> {
    let now = Count::of(inside, cases.yes);
    let off = ((inside.len() as f64 * PEEL) as usize).max(1);
    let mut best: Option<(f64, Found)> = None;
    for (input, lane) in cases.inputs.iter().enumerate() {
        let mut order = inside.to_vec();
        order.sort_by(|a, b| lane[*a].total_cmp(&lane[*b]));
        let limit = at.on(input);
        // equal numbers stay together
        let low = order.partition_point(|g| lane[*g] <= lane[order[off - 1]]);
        let high = order.partition_point(|g| lane[*g] < lane[order[order.len() - off]]);
        let ends = [
            (low < order.len()).then(|| (&order[low..], Limit { low: Some(between(lane, &order, low)), ..limit })),
            (high > 0).then(|| (&order[..high], Limit { high: Some(between(lane, &order, high)), ..limit })),
        ];
        for (kept, limit) in ends.into_iter().flatten().filter(|(kept, _)| kept.len() >= least) {
            let gain = Count::of(kept, cases.yes).density() - now.density();
            let gain = gain / (inside.len() - kept.len()) as f64;
            if gain > 0.0 && best.as_ref().is_none_or(|(most, _)| gain > *most) {
                best = Some((gain, at.with(limit)));
            }
        }
    }
    best.map(|(_, found)| found)
}

/// Between two neighbours in order.
fn between(lane: &[f64], order: &[usize], place: usize) -> f64 {
    0.5 * (lane[order[place - 1]] + lane[order[place]])
}

/// The box with its limits moved outwards as long as that gathers more.
fn paste(cases: &Cases, rows: &[usize], mut best: Found, score: &impl Fn(&Found) -> f64) -> Found {
    let mut now = score(&best);
    loop {
        let mut better: Option<(f64, Found)> = None;
        for limit in best.limits.clone() {
            let lane = cases.inputs[limit.input];
            let inside = best.rows(cases, rows).len();
            let mut order = best.without(limit.input).rows(cases, rows);
            order.sort_by(|a, b| lane[*a].total_cmp(&lane[*b]));
            let more = ((inside as f64 * PEEL) as usize).max(1);
            let first = limit.low.map(|low| order.partition_point(|g| lane[*g] < low));
            let last = limit.high.map(|high| order.partition_point(|g| lane[*g] <= high));
            let wider = [
                first.map(|place| {
                    let to = place.saturating_sub(more);
                    Limit { low: (to > 0).then(|| between(lane, &order, to)), ..limit }
                }),
                last.map(|place| {
                    let to = (place + more).min(order.len());
                    Limit { high: (to < order.len()).then(|| between(lane, &order, to)), ..limit }
                }),
            ];
            for wider in wider.into_iter().flatten().map(|limit| best.with(limit)).filter(|f| !f.limits.is_empty()) {
                let gathers = score(&wider);
                if gathers > now && better.as_ref().is_none_or(|(most, _)| gathers > *most) {
                    better = Some((gathers, wider));
                }
            }
        }
        let Some((gathers, wider)) = better else { return best };
        (now, best) = (gathers, wider);
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::studies::design::uniforms;

    /// Games with so many inputs; a yes is frequent where the first lies above .6 and the second below .4.
    pub fn planted(n: usize, inputs: usize, seed: u64) -> (Vec<Vec<f64>>, Vec<bool>) {
        let lanes: Vec<Vec<f64>> = (0..inputs).map(|i| uniforms(seed, "planted", &format!("x{i}"), n)).collect();
        let luck = uniforms(seed, "planted", "luck", n);
        let inside = |g: usize| lanes[0][g] > 0.6 && lanes[1][g] < 0.4;
        let yes = (0..n).map(|g| luck[g] < if inside(g) { 0.9 } else { 0.1 }).collect();
        (lanes, yes)
    }

    #[test]
    fn a_planted_box_is_found_and_holds_on_other_games() {
        for seed in 0..5 {
            let (lanes, yes) = planted(4000, 8, seed);
            let cases = Cases { inputs: lanes.iter().map(Vec::as_slice).collect(), yes: &yes };
            let (half, other): (Vec<usize>, Vec<usize>) = (0..4000).partition(|g| g % 2 == 0);
            let found = boxes(&cases, &half, 1).swap_remove(0);
            assert_eq!(found.limits.iter().map(|limit| limit.input).collect::<Vec<_>>(), [0, 1], "{found:?}");
            let (low, high) = (found.limits[0].low.expect("an end"), found.limits[1].high.expect("an end"));
            assert!((low - 0.6).abs() < 0.06 && (high - 0.4).abs() < 0.06, "{found:?}");
            assert!(found.limits[0].high.is_none() && found.limits[1].low.is_none(), "{found:?}");
            let (all, inside) = (Count::of(&other, &yes), Count::of(&found.rows(&cases, &other), &yes));
            assert!(inside.density() > 0.8 && inside.coverage(all) > 0.5, "{inside:?} of {all:?}");
        }
    }

    #[test]
    fn where_nothing_drives_a_yes_no_box_holds_on_other_games() {
        let (lanes, _) = planted(4000, 6, 9);
        let yes: Vec<bool> = uniforms(9, "planted", "nothing", 4000).iter().map(|u| *u < 0.4).collect();
        let cases = Cases { inputs: lanes.iter().map(Vec::as_slice).collect(), yes: &yes };
        let (half, other): (Vec<usize>, Vec<usize>) = (0..4000).partition(|g| g % 2 == 0);
        for found in boxes(&cases, &half, 3) {
            let inside = Count::of(&found.rows(&cases, &other), &yes);
            assert!((inside.density() - 0.4).abs() < 0.12, "{found:?}: {inside:?}");
        }
    }

    #[test]
    fn numbers_that_are_alike_stay_together() {
        let x: Vec<f64> = (0..400).map(|g| f64::from(g % 4)).collect();
        let yes: Vec<bool> = (0..400).map(|g| g % 4 == 3).collect();
        let cases = Cases { inputs: vec![&x], yes: &yes };
        let found = boxes(&cases, &(0..400).collect::<Vec<_>>(), 2);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].limits, [Limit { input: 0, low: Some(2.5), high: None }]);
    }
}
