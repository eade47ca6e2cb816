//! What games that were played already say of their inputs: no point is played for it.
//!
//! `first` is the share of the variance of the answer that an input brings alone: of the means in classes of equally many
//! games, in order of the input (the correlation ratio of Pearson, less what chance alone gives). `delta` is how far the
//! distribution of the answer lies, on average, from what it is where the input is known (Borgonovo 2007; classes as in
//! Plischke, Borgonovo and Smith 2013, the answer in cells of equally many games); what the same games give with the input
//! dealt out anew is chance, and taken off as errors add up, square by square.
//!
//! What nobody knows is drawn once for all games of a world, so that thousands of games say no more of it than their
//! worlds do. Then worlds are what is put in classes, dealt out and drawn again: `first` is the share of the variance of
//! the means of worlds, times what that variance is of all.

use std::collections::BTreeMap;

use super::estimate::{Estimate, bootstrap, mean};
use crate::studies::design::uniforms;

/// How often an input is dealt out anew.
const DEALT: usize = 20;

/// What an input brings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// The share of the variance of the answer.
    pub first: Estimate,
    /// The shift of its distribution, 0 to 1.
    pub delta: Estimate,
    /// The mean answer in the fifth of the games where the input is lowest, and where it is highest.
    pub ends: [f64; 2],
}

/// What each input brings to an answer; games without a number are left out. None where fewer than forty games are left, or
/// the answer never varies. `worlds` says of which world each game is, where an input may be drawn once a world.
pub fn parts(inputs: &[&[f64]], answer: &[f64], worlds: Option<&[u64]>, seed: u64) -> Option<Vec<Part>> {
    let sound = |g: &usize| !answer[*g].is_nan() && inputs.iter().all(|lane| !lane[*g].is_nan());
    let kept: Vec<usize> = (0..answer.len()).filter(sound).collect();
    let y: Vec<f64> = kept.iter().map(|g| answer[*g]).collect();
    if y.len() < 40 || y.iter().all(|x| *x == y[0]) {
        return None;
    }
    let worlds = worlds.map(|worlds| Worlds::of(kept.iter().map(|g| worlds[*g]), &y));
    let (many, classes) = (fine(y.len()), coarse(y.len()));
    let cells = cells(&y, classes);
    let one = |(place, lane): (usize, &&[f64])| {
        let x: Vec<f64> = kept.iter().map(|g| lane[*g]).collect();
        if let Some(worlds) = worlds.as_ref().filter(|worlds| worlds.holds(&x)) {
            return worlds.part(&x, &y, (place, seed));
        }
        let (means, class) = (ranked(&x, many), ranked(&x, classes));
        let chance = (0..DEALT).map(|turn| {
            let order = ranked(&uniforms(seed, "dealt", &format!("{place} {turn}"), y.len()), y.len());
            let dealt: Vec<usize> = order.iter().map(|g| class[*g]).collect();
            shift(&all(y.len()), &dealt, &cells, classes)
        });
        let chance = chance.sum::<f64>() / DEALT as f64;
        let figures = |rows: &[usize]| {
            let first = ratio(rows, &means, &y, many);
            let shift = shift(rows, &class, &cells, classes);
            vec![first, (shift * shift - chance * chance).max(0.0).sqrt()]
        };
        let found = match &worlds {
            None => bootstrap(y.len(), seed, figures),
            Some(worlds) => bootstrap(worlds.games.len(), seed, |drawn| figures(&worlds.rows(drawn))),
        };
        let whole = figures(&all(y.len()));
        Part { first: Estimate { value: whole[0], ..found[0] }, delta: found[1], ends: ends(&x, &y) }
    };
    Some(inputs.iter().enumerate().map(one).collect())
}

/// Games by the world that they were played in.
struct Worlds {
    /// The games of each.
    games: Vec<Vec<usize>>,
    /// The mean answer of each.
    means: Vec<f64>,
    /// The sum of the squares of the answers of each.
    squares: Vec<f64>,
}

impl Worlds {
    fn of(worlds: impl Iterator<Item = u64>, y: &[f64]) -> Worlds {
        let mut games: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        for (game, world) in worlds.enumerate() {
            games.entry(world).or_default().push(game);
        }
        let games: Vec<Vec<usize>> = games.into_values().collect();
        let means: Vec<f64> = games.iter().map(|all| mean(all.iter().map(|g| y[*g]))).collect();
        let squares = games.iter().map(|all| all.iter().map(|g| y[*g] * y[*g]).sum()).collect();
        Worlds { games, means, squares }
    }

    /// The variance of the means of some worlds, each counted for its games, in the variance of the answer in them.
    fn share(&self, worlds: &[usize]) -> f64 {
        let sum = |of: &dyn Fn(usize) -> f64| worlds.iter().map(|world| of(*world)).sum::<f64>();
        let n = sum(&|w| self.games[w].len() as f64);
        let middle = sum(&|w| self.games[w].len() as f64 * self.means[w]) / n;
        let between = sum(&|w| self.games[w].len() as f64 * (self.means[w] - middle) * (self.means[w] - middle));
        let all = sum(&|w| self.squares[w]) - n * middle * middle;
        if all > 0.0 { between / all } else { 0.0 }
    }

    /// Whether an input is the same in all games of each.
    fn holds(&self, x: &[f64]) -> bool {
        self.games.iter().all(|all| all.iter().all(|g| x[*g].to_bits() == x[all[0]].to_bits()))
    }

    /// The games of some worlds.
    fn rows(&self, worlds: &[usize]) -> Vec<usize> {
        worlds.iter().flat_map(|world| &self.games[*world]).copied().collect()
    }

    /// What an input brings that was drawn once a world.
    fn part(&self, x: &[f64], y: &[f64], (place, seed): (usize, u64)) -> Part {
        let n = self.games.len();
        let drawn: Vec<f64> = self.games.iter().map(|all| x[all[0]]).collect();
        let (many, classes) = (fine(n), coarse(n));
        let (means, class) = (ranked(&drawn, many), ranked(&drawn, classes));
        let cells = cells(y, coarse(y.len()));
        let of_games = |class: &[usize]| {
            let mut out = vec![0; y.len()];
            self.games.iter().zip(class).for_each(|(all, class)| all.iter().for_each(|g| out[*g] = *class));
            out
        };
        let chance = (0..DEALT).map(|turn| {
            let order = ranked(&uniforms(seed, "dealt", &format!("{place} {turn}"), n), n);
            let dealt: Vec<usize> = order.iter().map(|world| class[*world]).collect();
            shift(&all(y.len()), &of_games(&dealt), &cells, classes)
        });
        let chance = chance.sum::<f64>() / DEALT as f64;
        let class = of_games(&class);
        let figures = |worlds: &[usize]| {
            let shift = shift(&self.rows(worlds), &class, &cells, classes);
            vec![
                self.share(worlds) * ratio(worlds, &means, &self.means, many),
                (shift * shift - chance * chance).max(0.0).sqrt(),
            ]
        };
        let found = bootstrap(n, seed, figures);
        let whole = figures(&all(n));
        Part { first: Estimate { value: whole[0], ..found[0] }, delta: found[1], ends: ends(x, y) }
    }
}

/// Classes for means: many, so that little differs within one; chance is reckoned off exactly.
fn fine(games: usize) -> usize {
    (games / 16).clamp(2, 64)
}

/// Classes for distributions: fewer, since each is told by counts in as many cells.
fn coarse(games: usize) -> usize {
    (2..=32).rev().find(|n| n * n * n <= games).unwrap_or(2)
}

fn all(n: usize) -> Vec<usize> {
    (0..n).collect()
}

/// The class of each number among so many of equal size; equal numbers are in one class.
fn ranked(lane: &[f64], classes: usize) -> Vec<usize> {
    let mut order = all(lane.len());
    order.sort_by(|a, b| lane[*a].total_cmp(&lane[*b]));
    let mut out = vec![0; lane.len()];
    let mut class = 0;
    for (rank, g) in order.iter().enumerate() {
        let alike = rank > 0 && lane[*g] == lane[order[rank - 1]];
        class = if alike { class } else { rank * classes / lane.len() };
        out[*g] = class;
    }
    out
}

/// The cells of an answer: each of its values where it has few, else as many of equal size as there are classes.
fn cells(y: &[f64], classes: usize) -> Vec<usize> {
    let mut values = y.to_vec();
    values.sort_by(f64::total_cmp);
    values.dedup();
    if values.len() > classes {
        return ranked(y, classes);
    }
    y.iter().map(|x| values.partition_point(|v| v < x)).collect()
}

/// The variance of the means of classes in that of all, less what chance alone gives.
fn ratio(rows: &[usize], class: &[usize], y: &[f64], classes: usize) -> f64 {
    let (n, middle) = (rows.len() as f64, rows.iter().map(|g| y[*g]).sum::<f64>() / rows.len() as f64);
    let mut sums = vec![(0.0, 0.0); classes];
    let mut whole = 0.0;
    for g in rows {
        let gap = y[*g] - middle;
        whole += gap * gap;
        let sum = &mut sums[class[*g]];
        *sum = (sum.0 + 1.0, sum.1 + gap);
    }
    let used = sums.iter().filter(|(n, _)| *n > 0.0);
    let (count, between) = used.fold((0.0, 0.0), |(count, sum), (n, gap)| (count + 1.0, sum + gap * gap / n));
    if whole <= 0.0 || n <= count { 0.0 } else { 1.0 - (1.0 - between / whole) * (n - 1.0) / (n - count) }
}

/// How far the answer's cells lie from what they are in each class, on average: half the sum of differences.
fn shift(rows: &[usize], class: &[usize], cells: &[usize], classes: usize) -> f64 {
    let width = cells.iter().max().map_or(1, |most| most + 1);
    let (mut counts, mut whole, mut sizes) = (vec![0.0; classes * width], vec![0.0; width], vec![0.0; classes]);
    for g in rows {
        counts[class[*g] * width + cells[*g]] += 1.0;
        whole[cells[*g]] += 1.0;
        sizes[class[*g]] += 1.0;
    }
    let n = rows.len() as f64;
    let of_class = |c: usize| -> f64 {
        let gap = |cell: usize| (counts[c * width + cell] / sizes[c] - whole[cell] / n).abs();
        sizes[c] / n * 0.5 * (0..width).map(gap).sum::<f64>()
    };
    (0..classes).filter(|c| sizes[*c] > 0.0).map(of_class).sum()
}

/// The mean answer in the lowest fifth of an input and in the highest.
pub fn ends(x: &[f64], y: &[f64]) -> [f64; 2] {
    let mut order = all(x.len());
    order.sort_by(|a, b| x[*a].total_cmp(&x[*b]));
    let fifth = (x.len() / 5).max(1);
    let mean = |some: &[usize]| some.iter().map(|g| y[*g]).sum::<f64>() / some.len() as f64;
    [mean(&order[..fifth]), mean(&order[order.len() - fifth..])]
}

#[cfg(test)]
mod tests {
    use super::super::sobol::tests::ishigami;
    use super::*;

    fn lanes(n: usize, k: usize) -> Vec<Vec<f64>> {
        (0..k).map(|d| uniforms(3, "given", &d.to_string(), n)).collect()
    }

    fn of(n: usize, k: usize, model: impl Fn(&[f64]) -> f64) -> Vec<Part> {
        let x = lanes(n, k);
        let y: Vec<f64> = (0..n).map(|i| model(&x.iter().map(|lane| lane[i]).collect::<Vec<_>>())).collect();
        parts(&x.iter().map(Vec::as_slice).collect::<Vec<_>>(), &y, None, 1).expect("it varies")
    }

    #[test]
    fn ishigami_has_its_first_order_without_a_point_played_for_it() {
        let found = of(4096, 4, |x| ishigami(&x[..3]));
        for (part, truth) in found.iter().zip([0.3139, 0.4424, 0.0, 0.0]) {
            assert!((part.first.value - truth).abs() < 0.03, "{part:?}, and it is {truth}");
        }
        assert!(found[2].delta.value > 0.08, "the third input has no part alone, and moves the whole: {:?}", found[2]);
        assert!(found[3].delta.value < 0.05 && found[3].first.value.abs() < 0.01, "{:?}", found[3]);
        assert!(found[1].delta.value > found[0].delta.value && found[0].delta.value > found[2].delta.value);
    }

    #[test]
    fn a_yes_that_hangs_on_one_input_has_its_known_delta() {
        let found = of(2000, 2, |x| f64::from(u8::from(x[0] > 0.5)));
        // the step falls within one of the classes: what that one mixes is all that can be missed
        let mixed = 1.0 / fine(2000) as f64;
        assert!((found[0].delta.value - 0.5).abs() < 0.03 && (found[0].first.value - 1.0).abs() < mixed, "{found:?}");
        assert!(found[1].delta.value < 0.03, "{found:?}");
        assert_eq!(found[0].ends, [0.0, 1.0]);
    }

    /// Two numbers of worlds and one of games, whose parts of the variance are known: 4 / 13, nothing and 9 / 13; and errors
    /// that hold the truth, over batches of other worlds.
    #[test]
    fn what_is_drawn_once_a_world_is_known_by_worlds() {
        let (worlds, each) = (64, 32);
        let of = |batch: u64| {
            let by_world = |name: &str| uniforms(batch, "worlds", name, worlds);
            let (a, idle) = (by_world("a"), by_world("idle"));
            let luck = uniforms(batch, "worlds", "luck", worlds * each);
            let of_game = |lane: &[f64]| -> Vec<f64> { (0..worlds * each).map(|g| lane[g / each]).collect() };
            let (a, idle) = (of_game(&a), of_game(&idle));
            let y: Vec<f64> = a.iter().zip(&luck).map(|(a, luck)| 2.0 * a + 3.0 * luck).collect();
            let world: Vec<u64> = (0..worlds * each).map(|g| (g / each) as u64).collect();
            parts(&[&a, &idle, &luck], &y, Some(&world), batch).expect("it varies")
        };
        let batches: Vec<Vec<Part>> = (0..40).map(of).collect();
        for (input, truth) in [4.0 / 13.0, 0.0, 9.0 / 13.0].into_iter().enumerate() {
            let found = batches.iter().map(|parts| parts[input].first);
            let middle = mean(found.clone().map(|first| first.value));
            assert!((middle - truth).abs() < 0.03, "input {input}: {middle}, and it is {truth}");
            let held = found.filter(|first| (first.value - truth).abs() <= first.half().max(0.01)).count();
            assert!(held >= 30, "input {input}: {held} of 40 intervals hold the truth");
        }
    }

    #[test]
    fn too_few_games_or_one_answer_say_nothing() {
        let x = lanes(100, 1);
        assert!(parts(&[&x[0][..30]], &x[0][..30], None, 1).is_none());
        assert!(parts(&[&x[0]], &[1.0; 100], None, 1).is_none());
    }
}
