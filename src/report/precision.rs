//! What chance leaves open: how wide the intervals are, how many games would halve them, and whether what was to be known
//! is.

use serde_json::{Map, Value, json};

use super::page::wrap;
use super::text::{count, error};
use crate::batch::summary::Share;
use crate::studies::until::Reached;

/// How many games half of the errors on a page takes: four times as many as it is of, each as the page says it.
pub fn halved(games: u64, each: &str) -> String {
    format!("Half of these errors takes {}{each}.\n", count(games.saturating_mul(4), "game"))
}

/// The same where errors are by points, each of so many games.
pub fn halved_by(points: String, games: u64) -> String {
    format!("Half of these errors takes {points} of {}.\n", count(games, "game"))
}

/// The Monte Carlo error of the shares of so many games, or futures, and how many half of it takes.
pub fn line(shares: impl Iterator<Item = Option<Share>>, games: u64, noun: &str) -> String {
    let open = shares.flatten().map(|share| 0.5 * (share.high - share.low)).fold(0.0, f64::max);
    if games == 0 || open == 0.0 {
        return String::new();
    }
    let (error, more) = (error(100.0 * open), count(games.saturating_mul(4), noun));
    format!("Chance: shares within {error} % (95 %); half of that takes {more}.\n")
}

/// What was to be known, whether it is, and how the same games can be had again.
pub fn reached(reached: &Reached) -> String {
    let errors = reached.errors.iter().map(|found| {
        let found_text = found.error.map_or("not known".into(), error);
        format!("error({}) is {found_text}, and at most {} was asked", found.ask, found.most)
    });
    let errors = errors.collect::<Vec<_>>().join("; ");
    let games = reached.games;
    let told = match reached.met {
        true => format!("Stopped at {}: {errors}.", count(games, "game")),
        false => format!("Not reached in {}: {errors}.", count(games, "game")),
    };
    let same = reached.met.then(|| format!("The same games: --games {games}"));
    wrap(&told, 80, 0, 2).into_iter().chain(same).map(|line| line + "\n").collect()
}

/// The same for programs.
pub fn document(reached: &Reached) -> Value {
    let errors: Map<String, Value> = reached.errors.iter().map(|e| (e.ask.clone(), json!(e.error))).collect();
    json!({"asked": reached.asked, "met": reached.met, "games": reached.games, "errors": errors})
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::studies::until::Found;

    #[test]
    fn what_chance_leaves_open_is_told_with_its_price() {
        let shares = || [10, 90].into_iter().map(|n| Share::of(n, 100));
        let told = "Chance: shares within 6.0 % (95 %); half of that takes 400 games.\n";
        assert_eq!(line(shares(), 100, "game"), told);
        assert_eq!(line([Share::of(0, 0)].into_iter(), 0, "game"), "");
    }

    #[test]
    fn what_was_asked_is_answered() {
        let errors = vec![Found { ask: "deal".into(), most: 0.01, error: Some(0.0084) }];
        let mut of = Reached { asked: "error(deal) <= 0.01".into(), met: true, games: 16_384, errors };
        let told = reached(&of);
        assert!(
            told.starts_with("Stopped at 16 384 games: error(deal) is 0.0084, and at most 0.01 was asked."),
            "{told}"
        );
        assert!(told.ends_with("--games 16384\n"), "{told}");
        of.met = false;
        assert!(reached(&of).starts_with("Not reached in 16 384 games: "));
        assert_eq!(document(&of)["errors"]["deal"], 0.0084);
    }
}
