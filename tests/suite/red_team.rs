//! No free lunch: one tactic driven to its bound, all else as shipped, pays against some opponents, and not against all.

use summitry::internals::components::Total;
use summitry::internals::setup::Setup;

use crate::common::{STOCKHOLM, column, mean, played, ready, set};

const GAMES: usize = if cfg!(debug_assertions) { 120 } else { 20_000 };

/// Who sits in each seat of the story, and what it does between meetings: answers, threats, gestures, warm words.
const SEATS: [(&str, &str, [&str; 4]); 2] = [
    (
        "us",
        "deal-seeker",
        [
            "Reply(in_kind: 0.5, forgive: 0.35)",
            "Threat(per_round: 0.05)",
            "Grit(per_round: 0.06, step: 0.15)",
            "Praise(per_round: 0.1)",
        ],
    ),
    (
        "cn",
        "player-for-time",
        ["Reply(in_kind: 0.8, forgive: 0.15)", "Threat(per_round: 0.02)", "Grit(per_round: 0.04, step: 0.15)", ""],
    ),
];

const OPPONENTS: [&str; 7] =
    ["player-for-time", "deal-seeker", "boulware", "conceder", "tit-for-tat", "hardliner", "brinkman"];

/// One tactic at one of its bounds, as the fields of a strategy that is otherwise like the shipped one.
fn at_the_bound(like: &str, shipped: [&str; 4]) -> Vec<(&'static str, String)> {
    let field = |field: &str| format!("(like: \"{like}\", {field})");
    let with = |place: usize, tactic: &str| {
        let mut parts = shipped;
        parts[place] = tactic;
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        field(&format!("escalate: [{}]", parts.join(", ")))
    };
    vec![
        ("never answers", with(0, "")),
        ("answers threefold", with(0, "Reply(in_kind: 3, forgive: 0)")),
        ("never threatens", with(1, "")),
        ("threatens whenever it can", with(1, "Threat(per_round: 1)")),
        ("makes no gesture", with(2, "")),
        ("makes gestures whenever it can", with(2, "Grit(per_round: 1, step: 0.15)")),
        ("never praises", with(3, "")),
        ("praises every round", with(3, "Praise(per_round: 1)")),
        ("steps toward the brink every round", field(&format!("escalate: [{}, Brink(per_round: 1)]", shipped[0]))),
        ("promises a thousand times what it means", field("pledge: Dangle(inflate: 1000)")),
        ("always extends", field("extend: Always")),
        ("never extends", field("extend: Never")),
    ]
}

/// What pays against all, as docs/model.md says among its doubts: habits of the record that cost more than they bring, and
/// promises that half a year is too short to be paid for.
const KNOWN: [(&str, &str); 3] =
    [("us", "never threatens"), ("cn", "makes no gesture"), ("cn", "promises a thousand times what it means")];

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
    for (i, (seat, like, shipped)) in SEATS.iter().enumerate() {
        let other = SEATS[1 - i].0;
        let plain = format!("(like: \"{like}\")");
        let totals = |strategy: &str, opponent: &str| {
            let setup = story(seat, strategy, other, opponent);
            let p = setup.party(seat).expect("a party");
            column::<Total>(&played(&setup, 21, GAMES), p)
        };
        let base: Vec<Vec<f64>> = OPPONENTS.iter().map(|opponent| totals(&plain, opponent)).collect();
        for (what, strategy) in at_the_bound(like, *shipped) {
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
            if gain > 2.0 * error && !KNOWN.contains(&(*seat, what)) {
                free += &line;
            }
        }
    }
    println!("{found}");
    assert!(free.is_empty(), "free lunches:\n{free}");
}
