//! Long games settle: nothing creeps for ever.

use summitry::internals::components::{Level, Total};

use crate::common::{STOCKHOLM, column, dealt, mean, ready, set};

const GAMES: usize = if cfg!(debug_assertions) { 60 } else { 2_000 };
const ROUNDS: u32 = 520;

/// Over ten years the mean of every lever, and what each side gets a round, are in the last quarter what they were in the
/// one before, within a twentieth of the range and what chance does. What grows from outside is off.
#[test]
fn over_ten_years_levers_and_totals_settle() {
    let sets = [
        set("clock.rounds", ROUNDS),
        set("off", "[\"time_on_side\", \"overcapacity\", \"thirds\"]"),
        set("parties.us.goal.patience", 1),
        set("parties.cn.goal.patience", 1),
    ];
    let setup = ready(STOCKHOLM, &sets);
    let mut games = dealt(&setup, 6, 0, GAMES);
    let quarter = ROUNDS / 4;
    let n = setup.levers.len();
    let mut levels = vec![[vec![0.0; GAMES], vec![0.0; GAMES]]; n];
    let mut totals = vec![];
    for round in 0..ROUNDS {
        if round >= 2 * quarter && round % quarter == 0 {
            totals.push([0, 1].map(|p: usize| column::<Total>(&games, p)));
        }
        games.step();
        if round >= 2 * quarter {
            let q = (round / quarter - 2) as usize;
            for (l, sums) in levels.iter_mut().enumerate() {
                let share = 1.0 / (f64::from(quarter) * (setup.levers[l].high - setup.levers[l].low));
                sums[q].iter_mut().zip(column::<Level>(&games, l)).for_each(|(sum, x)| *sum += x * share);
            }
        }
    }
    totals.push([0, 1].map(|p: usize| column::<Total>(&games, p)));
    let settles = |what: &str, before: &[f64], after: &[f64], within: f64| {
        let moved: Vec<f64> = before.iter().zip(after).map(|(a, b)| b - a).collect();
        let middle = mean(&moved);
        let spread = moved.iter().map(|d| (d - middle) * (d - middle)).sum::<f64>() / (GAMES as f64 - 1.0);
        let error = (spread / GAMES as f64).sqrt();
        assert!(middle.abs() < within + 2.0 * error, "{what} creeps by {middle} (s.e. {error}), {within} are allowed");
    };
    for (lever, [before, after]) in setup.levers.iter().zip(&levels) {
        settles(&lever.key, before, after, 0.05);
    }
    for p in 0..2 {
        let a_round = |q: usize| -> Vec<f64> {
            let [before, after] = [&totals[q][p], &totals[q + 1][p]];
            before.iter().zip(after).map(|(a, b)| (b - a) / f64::from(quarter)).collect()
        };
        settles(&format!("{}'s total", setup.parties[p].key), &a_round(0), &a_round(1), 0.05 * setup.parties[p].stake);
    }
}
