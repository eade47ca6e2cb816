//! Splitting a pie with full information: Rubinstein (1982), Stahl (1972), Binmore, Rubinstein and Wolinsky (1986).
//!
//! The engine recurses over offers; the closed forms stand only here.

use summitry::internals::breakdown::BrokeDown;
use summitry::internals::components::{Deals, Total};
use summitry::internals::outcome::{DealLevel, DealRound};
use summitry::internals::setup::Setup;

use crate::common::{Lots, column, near, played, ready, set};

const SPLIT: &str = "scenarios/theory/split-the-dollar.ron";
const BREAKDOWN: &str = "scenarios/theory/breakdown.ron";

/// The deal: a's share and the round.
fn deal(setup: &Setup) -> [f64; 2] {
    let games = played(setup, 1, 1);
    [column::<DealLevel>(&games, 0)[0], column::<DealRound>(&games, 0)[0]]
}

fn split(a: f64, b: f64, more: &[String]) -> [f64; 2] {
    let mut sets = vec![set("parties.a.goal.patience", a), set("parties.b.goal.patience", b)];
    sets.extend_from_slice(more);
    deal(&ready(SPLIT, &sets))
}

fn power(x: f64, n: u32) -> f64 {
    (0..n).fold(1.0, |product, _| product * x)
}

/// What the opener gets with n rounds: `(1 - b) (1 - (a b)^k) / (1 - a b)`, k = n / 2, and what a last offer of its own
/// brings it, `(a b)^k`, when n is odd. For a b = 1 the fraction is its limit, k.
fn opener(a: f64, b: f64, n: u32) -> f64 {
    let k = n / 2;
    let left = power(a * b, k);
    let pairs = if a * b == 1.0 { f64::from(k) } else { (1.0 - left) / (1.0 - a * b) };
    (1.0 - b) * pairs + if n % 2 == 1 { left } else { 0.0 }
}

/// The law of check 1 and 4: agreement at once, at the share of the closed form.
fn agrees_at_once(got: [f64; 2], share: f64, within: f64) -> Result<(), String> {
    near("round of the deal", got[1], 0.0, 0.0)?;
    near("the opener's share", got[0], share, within)
}

#[test]
fn check_1_the_shipped_file_gives_rubinsteins_share() {
    for (a, b) in [(0.9, 0.9), (0.95, 0.8), (0.7, 0.9), (0.99, 0.99), (0.5, 0.99), (0.0, 0.99), (0.99, 0.0)] {
        let law = (1.0 - b) / (1.0 - a * b);
        agrees_at_once(split(a, b, &[]), law, 1e-6).unwrap_or_else(|e| panic!("patience {a} and {b}: {e}"));
    }
    // The helper tells a wrong law: here the formula for the one who answers.
    assert!(agrees_at_once(split(0.95, 0.8, &[]), 0.8 * (1.0 - 0.95) / (1.0 - 0.95 * 0.8), 1e-6).is_err());
}

#[test]
fn check_1_and_4_any_horizon_and_any_patience_to_twelve_places() {
    let mut lots = Lots::new(1);
    let edges = [0.0, 0.5, 0.99, 0.999_999, 1.0];
    let mut cases: Vec<(f64, f64, u32)> = vec![];
    for a in edges {
        for b in edges {
            cases.extend([1, 2, 3, 4, 2000].map(|n| (a, b, n)));
        }
    }
    cases.extend((0..150).map(|_| (lots.unit(), lots.unit(), 1 + lots.below(60) as u32)));
    for (a, b, n) in cases {
        let got = split(a, b, &[set("clock.rounds", n)]);
        agrees_at_once(got, opener(a, b, n), 1e-12).unwrap_or_else(|e| panic!("patience {a}, {b}, {n} rounds: {e}"));
    }
    let three = split(0.9, 0.8, &[set("clock.rounds", 3)]);
    assert!(agrees_at_once(three, opener(0.9, 0.8, 2), 1e-12).is_err(), "a round more must show");
}

#[test]
fn check_4_an_ultimatum_takes_all_and_two_rounds_leave_what_waiting_is_worth() {
    assert_eq!(split(0.9, 0.8, &[set("clock.rounds", 1)]), [1.0, 0.0]);
    near("two rounds", split(0.9, 0.8, &[set("clock.rounds", 2)])[0], 1.0 - 0.8, 1e-15).unwrap();
    assert!(near("two rounds", split(0.9, 0.7, &[set("clock.rounds", 2)])[0], 1.0 - 0.8, 1e-15).is_err());
}

#[test]
fn the_other_side_may_open() {
    // The pie is a's share, so b's opening leaves a what the one who answers gets.
    let got = split(0.9, 0.8, &[set("talks.opener", "Alternate(first: \"b\")")]);
    agrees_at_once(got, 1.0 - (1.0 - 0.9) / (1.0 - 0.9 * 0.8), 1e-6).unwrap();
}

/// What a reserve of the other's that it may leave for whenever it answers leaves to the opener: the outside option
/// principle (Binmore, Shaked and Sutton 1989). `own` is the opener's patience and reserve, `other` the answerer's.
fn with_reserves(own: (f64, f64), other: (f64, f64)) -> f64 {
    let ((a, own_reserve), (b, other_reserve)) = (own, other);
    let plain = (1.0 - b) / (1.0 - a * b);
    // Slack: whoever answers has as much by the rule without reserves.
    let answering = |d: f64, opener: f64| 1.0 - (1.0 - d) / (1.0 - opener * d);
    if other_reserve > answering(b, a) {
        1.0 - other_reserve
    } else if own_reserve > answering(a, b) {
        // It is left its reserve when the other opens; the other waits for the rest.
        1.0 - b * (1.0 - own_reserve)
    } else {
        plain
    }
}

#[test]
fn a_reserve_that_binds_is_what_the_answerer_gets_and_one_that_is_slack_changes_nothing() {
    let reserves = |a: f64, b: f64| [set("parties.a.reserve", a), set("parties.b.reserve", b)].to_vec();
    let b_opens = set("talks.opener", "Alternate(first: \"b\")");
    // The plain case: d = .9, b holds .6. a opens and b has .6 at once; b opens and has 1 - .9 (1 - .6) = .64.
    let held = [set("parties.b.reserve", 0.6)];
    agrees_at_once(split(0.9, 0.9, &held), 0.4, 1e-12).unwrap();
    agrees_at_once(split(0.9, 0.9, &[held[0].clone(), b_opens.clone()]), 0.36, 1e-12).unwrap();
    let mut lots = Lots::new(3);
    let (mut bound, mut slack) = (0, 0);
    for _ in 0..80 {
        let (a, b) = (lots.between(0.5, 0.95), lots.between(0.5, 0.95));
        let (hold_a, hold_b) = if lots.chance(0.5) { (lots.unit(), 0.0) } else { (0.0, lots.unit()) };
        let law = with_reserves((a, hold_a), (b, hold_b));
        let got = split(a, b, &reserves(hold_a, hold_b));
        agrees_at_once(got, law, 1e-12).unwrap_or_else(|e| panic!("{a}, {b}, reserves {hold_a}, {hold_b}: {e}"));
        let mut sets = reserves(hold_a, hold_b);
        sets.push(b_opens.clone());
        let opens = with_reserves((b, hold_b), (a, hold_a));
        agrees_at_once(split(a, b, &sets), 1.0 - opens, 1e-12)
            .unwrap_or_else(|e| panic!("b opens: {a}, {b}, reserves {hold_a}, {hold_b}: {e}"));
        let plain = (1.0 - b) / (1.0 - a * b);
        if (law - plain).abs() > 1e-6 { bound += 1 } else { slack += 1 }
    }
    assert!(bound > 15 && slack > 15, "both kinds are met: {bound} and {slack}");
    let games = played(&ready(SPLIT, &reserves(0.5, 0.6)), 1, 1);
    assert_eq!(column::<Deals>(&games, 0), [0.0], "without room between two reserves nobody signs");
}

fn with_breakdown(p: f64, a: f64, b: f64, rounds: u32, outside: [f64; 2]) -> [f64; 2] {
    deal(&ready(
        BREAKDOWN,
        &[
            set("clock.breakdown", p),
            set("clock.rounds", rounds),
            set("parties.a.goal.patience", a),
            set("parties.b.goal.patience", b),
            set("parties.a.outside", outside[0]),
            set("parties.b.outside", outside[1]),
        ],
    ))
}

#[test]
fn check_2_a_risk_of_breakdown_is_impatience() {
    let mut lots = Lots::new(2);
    for _ in 0..40 {
        let (p, a, b, n) = (lots.unit(), lots.unit(), lots.unit(), 1 + lots.below(80) as u32);
        let law = opener(a * (1.0 - p), b * (1.0 - p), n);
        agrees_at_once(with_breakdown(p, a, b, n, [0.0; 2]), law, 1e-12)
            .unwrap_or_else(|e| panic!("p {p}, patience {a}, {b}, {n} rounds: {e}"));
    }
    let d = 0.98 * 0.95;
    let got = with_breakdown(0.05, 0.98, 0.98, 2000, [0.0; 2]);
    agrees_at_once(got, 1.0 / (1.0 + d), 1e-6).unwrap();
    assert!(agrees_at_once(got, 1.0 / (1.0 + 0.98), 1e-6).is_err(), "without the risk the share is another");
}

#[test]
fn check_2_as_risk_and_impatience_vanish_the_nash_solution_remains() {
    // Threats 0 and .3 of a pie of 1: the split that maximises x (1 - x - .3) gives .35 and .65.
    let shipped = deal(&ready(BREAKDOWN, &[]));
    agrees_at_once(shipped, 0.35, 0.01).unwrap();
    // The risk must be small for a round and large for the whole: e^-20 is left after 10 000 rounds of .002.
    let nearer = with_breakdown(0.002, 1.0, 1.0, 10_000, [0.0, 0.3]);
    assert!((nearer[0] - 0.35).abs() < (shipped[0] - 0.35).abs(), "a smaller risk comes nearer: {nearer:?}");
    // Nash's solution moves by half of a threat; equal splitting does not.
    for outside in [[0.0, 0.0], [0.2, 0.1], [0.4, 0.0]] {
        let law = outside[0] + 0.5 * (1.0 - outside[0] - outside[1]);
        agrees_at_once(with_breakdown(0.004, 0.9999, 0.9999, 4000, outside), law, 0.01).unwrap();
    }
    assert!(agrees_at_once(with_breakdown(0.004, 0.9999, 0.9999, 4000, [0.0; 2]), 0.35, 0.01).is_err());
    assert!(agrees_at_once(with_breakdown(0.3, 0.9999, 0.9999, 4000, [0.0, 0.3]), 0.35, 0.01).is_err());
}

#[test]
fn talks_do_break_down_as_often_as_they_may() {
    // Two who never agree: the share of games broken down by round t is 1 - (1 - p)^t.
    let sets = [
        set("clock.rounds", 21),
        set("clock.breakdown", 0.05),
        set("parties.a.strategy", "(offer: Hold(share: 0), accept: Next)"),
        set("parties.b.strategy", "(offer: Hold(share: 0), accept: Next)"),
        set("talks.regard", 0),
    ];
    let n = 20_000;
    let games = played(&ready(BREAKDOWN, &sets), 2, n);
    let broke = column::<BrokeDown>(&games, 0).iter().sum::<f64>() / n as f64;
    let law = 1.0 - power(0.95, 20);
    let error = (law * (1.0 - law) / n as f64).sqrt();
    near("broken down", broke, law, 4.0 * error).unwrap();
    assert!(near("broken down", broke, 1.0 - power(0.95, 21), 4.0 * error).is_err(), "the first round is safe");
    let outside: Vec<f64> = column::<Total>(&games, 1);
    assert!(outside.iter().all(|x| (0.0..=0.3).contains(x)) && outside.iter().any(|x| *x > 0.29));
}

#[test]
fn check_3_the_openers_share_rises_with_its_own_patience() {
    let own = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95];
    let shares: Vec<f64> = own.iter().map(|a| split(*a, 0.9, &[])[0]).collect();
    assert!(shares.windows(2).all(|w| w[0] < w[1]), "{shares:?}");
    for (got, law) in shares.iter().zip([0.182, 0.217, 0.270, 0.357, 0.526, 0.690]) {
        near("share", *got, law, 0.000_5).unwrap();
    }
    let others: Vec<f64> = own.iter().map(|b| split(0.9, *b, &[])[0]).collect();
    assert!(others.windows(2).all(|w| w[0] > w[1]), "and falls with the other's: {others:?}");
}
