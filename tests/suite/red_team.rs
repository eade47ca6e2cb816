//! No free lunch: a tactic driven to its bound pays against some opponents, and not against all. Three are known that do.

use summitry::internals::components::Total;
use summitry::internals::setup::Setup;

use crate::common::{STOCKHOLM, column, mean, played, ready, set};

const GAMES: usize = if cfg!(debug_assertions) { 250 } else { 20_000 };

/// Who sits in each seat of the story, and what it does between meetings.
const SEATS: [(&str, &str, &str); 2] = [
    ("us", "deal-seeker", "Reply(in_kind: 0.5, forgive: 0.35), Grit(per_round: 0.06, step: 0.15)"),
    ("cn", "player-for-time", "Reply(in_kind: 0.8, forgive: 0.15), Grit(per_round: 0.04, step: 0.15)"),
];

const OPPONENTS: [&str; 7] =
    ["player-for-time", "deal-seeker", "boulware", "conceder", "tit-for-tat", "hardliner", "brinkman"];

/// A tactic at its bound, as the fields of a strategy that is like the shipped one.
fn at_the_bound(like: &str, escalate: &str) -> Vec<(&'static str, String)> {
    let with = |tactic: &str| format!("(like: \"{like}\", escalate: [{escalate}, {tactic}])");
    let field = |field: &str| format!("(like: \"{like}\", {field})");
    vec![
        ("praises every round", with("Praise(per_round: 1)")),
        ("threatens whenever it can", with("Threat(per_round: 1)")),
        ("steps toward the brink every round", with("Brink(per_round: 1)")),
        ("makes gestures whenever it can", field("escalate: [Grit(per_round: 1, step: 0.15)]")),
        ("answers threefold", field("escalate: [Reply(in_kind: 3, forgive: 0)]")),
        ("never answers", field("escalate: [Never]")),
        ("promises a thousand times what it means", field("pledge: Dangle(inflate: 1000)")),
        ("always extends", field("extend: Always")),
        ("never extends", field("extend: Never")),
    ]
}

/// Free lunches that are known and not mended yet: docs/model.md names them among its doubts.
const KNOWN: [&str; 3] = ["never answers", "promises a thousand times what it means", "always extends"];

fn story(seat: &str, strategy: &str, other: &str, opponent: &str) -> Setup {
    let name = |who: &str| format!("(like: \"{who}\")");
    ready(
        STOCKHOLM,
        &[
            set(&format!("parties.{seat}.strategy"), strategy),
            set(&format!("parties.{other}.strategy"), name(opponent)),
        ],
    )
}

#[test]
fn no_tactic_at_its_bound_gains_against_every_opponent() {
    let (mut found, mut free) = (String::new(), String::new());
    for (i, (seat, like, escalate)) in SEATS.iter().enumerate() {
        let other = SEATS[1 - i].0;
        let plain = format!("(like: \"{like}\")");
        let totals = |strategy: &str, opponent: &str| {
            let setup = story(seat, strategy, other, opponent);
            let p = setup.party(seat).expect("a party");
            column::<Total>(&played(&setup, 21, GAMES), p)
        };
        let base: Vec<Vec<f64>> = OPPONENTS.iter().map(|opponent| totals(&plain, opponent)).collect();
        for (what, strategy) in at_the_bound(like, escalate) {
            let mut least = (f64::INFINITY, 0.0, "");
            for (base, opponent) in base.iter().zip(OPPONENTS) {
                let gains: Vec<f64> = totals(&strategy, opponent).iter().zip(base).map(|(a, b)| a - b).collect();
                let (gain, n) = (mean(&gains), gains.len() as f64);
                let spread = gains.iter().map(|x| (x - gain) * (x - gain)).sum::<f64>() / (n - 1.0);
                if gain < least.0 {
                    least = (gain, (spread / n).sqrt(), opponent);
                }
            }
            let (gain, error, opponent) = least;
            let line = format!("{seat} {what}: {gain:+.2} (s.e. {error:.2}) against {opponent}, the worst for it\n");
            found += &line;
            if gain > 2.0 * error && !KNOWN.contains(&what) {
                free += &line;
            }
        }
    }
    println!("{found}");
    assert!(free.is_empty(), "free lunches:\n{free}");
}
