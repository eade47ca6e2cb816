//! Concession by the calendar over a pie: who meets when, who gets more, and what no tactic can do.

use summitry::internals::components::Deals;
use summitry::internals::outcome::{DealLevel, DealRound};
use summitry::internals::setup::Setup;

use crate::common::{Lots, column, mean, near, played, ready, set};

const TACTICS: &str = "scenarios/theory/time-tactics.ron";
const NO_OVERLAP: &str = "scenarios/theory/no-overlap.ron";
const DEADLINE: &str = "scenarios/theory/deadline.ron";

fn exponents(a: f64, b: f64) -> Vec<String> {
    vec![set("parties.a.strategy.offer.exponent", a), set("parties.b.strategy.offer.exponent", b)]
}

/// a's share and the round of the deal.
fn deal(setup: &Setup) -> [f64; 2] {
    let games = played(setup, 1, 1);
    [column::<DealLevel>(&games, 0)[0], column::<DealRound>(&games, 0)[0]]
}

#[test]
fn check_5_two_alike_meet_half_way() {
    let rounds: Vec<f64> = [0.2, 0.5, 1.0, 2.0, 5.0].map(|e| deal(&ready(TACTICS, &exponents(e, e)))[1]).to_vec();
    // 100 (1/2)^e for each exponent.
    let law = [87.06, 70.71, 50.0, 25.0, 3.13];
    for (got, law) in rounds.iter().zip(law) {
        near("round of the deal", *got, law, 1.0).unwrap();
    }
    assert!(near("round of the deal", rounds[1], 100.0 * 0.5, 1.0).is_err(), "another exponent meets elsewhere");
    // Alike on both sides: the pie is split in the middle, up to what one round gives.
    for e in [0.2, 1.0, 5.0] {
        near("share", deal(&ready(TACTICS, &exponents(e, e)))[0], 0.5, 0.12).unwrap();
    }
}

#[test]
fn check_6_the_slower_conceder_gets_more() {
    let more = |slow: [f64; 2], fast: [f64; 2]| slow[0] > 0.5 && fast[0] < 0.5;
    let (slow, fast) = (deal(&ready(TACTICS, &exponents(0.3, 2.0))), deal(&ready(TACTICS, &exponents(2.0, 0.3))));
    assert!(more(slow, fast), "{slow:?} {fast:?}");
    near("the slow opener's share", slow[0], 0.794, 0.01).unwrap();
    near("the fast opener's share", fast[0], 0.213, 0.01).unwrap();
    assert!(!more(fast, slow), "the law has a direction");
    // Over any exponents: a's share falls as a concedes faster.
    let shares: Vec<f64> =
        [0.2, 0.4, 0.8, 1.6, 3.2, 6.4].map(|a| deal(&ready(TACTICS, &exponents(a, 1.0)))[0]).to_vec();
    assert!(shares.windows(2).all(|w| w[0] > w[1]), "{shares:?}");
}

#[test]
fn check_7_the_pie_seen_in_a_mirror() {
    let mut lots = Lots::new(7);
    let flip = [
        set("talks.opener", "Alternate(first: \"b\")"),
        set(
            "levers.dollar.effects",
            "{\"a\": [Prosperity(points: 1, shape: Rest)], \"b\": [Prosperity(points: 1, shape: Lin)]}",
        ),
    ];
    for i in 0..30 {
        let (a, b) = if i == 0 { (0.3, 2.0) } else { (lots.between(0.1, 5.0), lots.between(0.1, 5.0)) };
        let plain = deal(&ready(TACTICS, &exponents(a, b)));
        let mut sets = exponents(b, a);
        sets.extend_from_slice(&flip);
        let mirrored = deal(&ready(TACTICS, &sets));
        near("share", mirrored[0], plain[0], 1e-9).unwrap();
        assert_eq!(mirrored[1], plain[1]);
        if (a - b).abs() > 0.2 {
            let unflipped = deal(&ready(TACTICS, &exponents(b, a)));
            assert!(near("share", unflipped[0], plain[0], 1e-9).is_err(), "half a mirror shows another picture");
        }
    }
}

fn deals(setup: &Setup, seed: u64, n: usize) -> usize {
    column::<Deals>(&played(setup, seed, n), 0).iter().filter(|d| **d > 0.0).count()
}

#[test]
fn check_8_without_overlap_there_is_no_deal() {
    assert_eq!(deals(&ready(NO_OVERLAP, &[]), 3, 200), 0);
    let overlap = [set("parties.a.reserve", 0.4), set("parties.b.reserve", 0.4)];
    assert_eq!(deals(&ready(NO_OVERLAP, &overlap), 3, 200), 200, "with room between them they do agree");
}

/// A strategy drawn from the whole language of offers and acceptance.
fn any_strategy(lots: &mut Lots) -> String {
    fn offer(lots: &mut Lots, deep: bool) -> String {
        match lots.below(if deep { 4 } else { 6 }) {
            0 => format!("Time(exponent: {:.3}, opening: {:.3})", lots.between(0.05, 6.0), lots.unit()),
            1 => format!("Resource(sessions: {:.3})", lots.between(0.1, 60.0)),
            2 => format!("Reciprocate(opening: {:.3})", lots.unit()),
            3 => format!("Hold(share: {:.3})", lots.unit()),
            4 => "BackwardInduction".into(),
            _ => {
                let part =
                    |lots: &mut Lots| format!("(weight: {:.3}, tactic: {})", lots.between(0.1, 2.0), offer(lots, true));
                format!("Blend(parts: [{}, {}])", part(lots), part(lots))
            }
        }
    }
    fn accept(lots: &mut Lots, deep: bool) -> String {
        match lots.below(if deep { 4 } else { 6 }) {
            0 => "Next".into(),
            1 => format!("Time(after: {:.3})", lots.unit()),
            2 => format!("Combi(after: {:.3}, use: {})", lots.unit(), lots.one_of(&["Max", "Mean"])),
            3 => format!("Above(points: {:.3})", lots.between(-0.5, 1.0)),
            4 => format!("All(of: [{}, {}])", accept(lots, true), accept(lots, true)),
            _ => format!("Any(of: [{}, {}])", accept(lots, true), accept(lots, true)),
        }
    }
    format!("(offer: {}, accept: {})", offer(lots, false), accept(lots, false))
}

#[test]
fn check_8_and_no_pair_of_tactics_makes_one() {
    let mut lots = Lots::new(8);
    let mut could = 0;
    for i in 0..250 {
        let (a, b) = (any_strategy(&mut lots), any_strategy(&mut lots));
        let mut sets = vec![
            set("parties.a.strategy", &a),
            set("parties.b.strategy", &b),
            set("talks.exchanges", 1 + lots.below(6)),
            set("talks.regard", lots.unit()),
        ];
        assert_eq!(deals(&ready(NO_OVERLAP, &sets), i, 3), 0, "{a} against {b}");
        sets.extend([set("parties.a.reserve", 0.3), set("parties.b.reserve", 0.3)]);
        could += usize::from(deals(&ready(NO_OVERLAP, &sets), i, 3) > 0);
    }
    assert!(could > 100, "with room between them many pairs agree: {could} of 250");
}

#[test]
fn check_15_the_later_they_bend_the_more_sign_at_the_deadline() {
    let late = |e: f64| {
        let exponent = format!("LogNormal(median: {e}, spread: 0.4)");
        let sets = ["a", "b"].map(|p| set(&format!("parties.{p}.strategy.offer.exponent"), &exponent));
        let rounds = column::<DealRound>(&played(&ready(DEADLINE, &sets), 11, 4000), 0);
        let dealt: Vec<f64> = rounds.into_iter().filter(|r| !r.is_nan()).collect();
        assert!(dealt.len() > 3000, "most agree: {}", dealt.len());
        mean(&dealt.iter().map(|r| f64::from(u8::from(*r >= 36.0))).collect::<Vec<_>>())
    };
    let shares = [2.0, 1.0, 0.5, 0.2].map(late);
    let rises = |x: &[f64]| x.windows(2).all(|w| w[0] <= w[1]) && x[x.len() - 1] > x[0] + 0.2;
    assert!(rises(&shares), "{shares:?}");
    near("late at .2", shares[3], 0.32, 0.05).unwrap(); // a plain program found .32 in 600 games
    assert!(!rises(&[2.0, 2.0, 2.0].map(late)), "one exponent has no trend");
}
