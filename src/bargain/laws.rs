//! What holds for every game, checked on random scenarios, many of them full of ties.

use proptest::prelude::*;

use super::compile::Number;
use super::halves::Halves;
use super::session::{Outcome, Parley};
use super::{Class, Compiled, Digest, play_range, tell};
use crate::scenario::bargaining::{Bargaining, BargainingFile, Select, Ties, Timing};
use crate::scenario::load::load_as;
use crate::world::dice::Key;

/// The levels of an issue, and the value of each to either party.
type Values = (usize, Vec<(f64, f64)>);

/// A scenario text: whole or tenth values, weights and exponents fixed or drawn.
fn scenario() -> impl Strategy<Value = Bargaining> {
    let value = prop_oneof![(0u8..5).prop_map(f64::from), (0u8..11).prop_map(|x| f64::from(x) / 10.0), -1.0..2.0];
    let weight = prop_oneof![
        Just("0".to_owned()),
        Just("1".to_owned()),
        Just("0.3".to_owned()),
        Just("Uniform(low: 0, high: 1)".to_owned()),
        Just("LogNormal(median: 1, spread: 0.5)".to_owned()),
    ];
    let exponent = prop_oneof![
        Just("1".to_owned()),
        Just("0.4".to_owned()),
        Just("Uniform(low: 0.5, high: 5)".to_owned()),
        Just("Normal(mean: 2, sd: 1)".to_owned()),
    ];
    let reservation =
        prop_oneof![Just("0".to_owned()), Just("0.5".to_owned()), Just("Uniform(low: 0, high: 2)".to_owned())];
    let party = (prop::collection::vec(weight, 5), reservation, exponent);
    let issues = prop::collection::vec((1usize..5, prop::collection::vec((value.clone(), value), 4)), 1..5);
    let clock = prop::sample::select(vec!["EachRound", "EachRound", "EachTurn", "FromZero", "ToOne"]);
    let ties = prop::sample::select(vec!["First", "First", "Last", "BestForOther", "WorstForOther"]);
    (1u32..30, clock, ties, party.clone(), party, issues).prop_map(|(rounds, clock, ties, one, two, issues)| {
        let party = |name: &str, (weights, reservation, exponent): &(Vec<String>, String, String)| {
            let weights: Vec<String> = (0..issues.len()).map(|i| format!("\"{i}\": {}", weights[i])).collect();
            let weights = weights.join(", ");
            format!(
                "(name: \"{name}\", weights: {{{weights}}}, reservation: {reservation}, tactic: Time(exponent: {exponent}))"
            )
        };
        let issue = |(i, (levels, values)): (usize, &Values)| {
            let names: Vec<String> = (0..*levels).map(|l| format!("\"level {l}\"")).collect();
            let one: Vec<f64> = values[..*levels].iter().map(|v| v.0).collect();
            let two: Vec<f64> = values[..*levels].iter().map(|v| v.1).collect();
            let names = names.join(", ");
            format!("(name: \"{i}\", levels: [{names}], values: {{\"one\": {one:?}, \"two\": {two:?}}})")
        };
        let issues: Vec<String> = issues.iter().enumerate().map(issue).collect();
        let (parties, issues) = ([party("one", &one), party("two", &two)].join(", "), issues.join(", "));
        let text = format!("(rounds: {rounds}, clock: {clock}, ties: {ties}, parties: [{parties}], issues: [{issues}])");
        super::testing::read(&text)
    })
}

/// The rules as they are written: every outcome looked at in every turn.
fn by_the_book(bargaining: &Bargaining, compiled: &Compiled, seed: u64, game: u64) -> Outcome {
    let key = Key::of_seed(seed);
    let value = |number: Number| match number {
        Number::Fixed(x) => x,
        Number::Drawn(lane) => {
            let mut x = [0.0];
            compiled.lanes[lane].fill(key, game, &mut x);
            x[0]
        }
    };
    let n = f64::from(compiled.rounds);
    let parties = [0, 1].map(|p| {
        let seat = &compiled.seats[p];
        let utilities: Vec<f64> = (0..compiled.space.size())
            .map(|outcome| {
                let levels = compiled.space.levels_of(outcome);
                let mut sum = 0.0;
                for (i, level) in levels.iter().enumerate() {
                    sum += value(seat.weights[i]) * bargaining.issues[i].values[&seat.name][*level];
                }
                sum
            })
            .collect();
        (utilities, value(seat.reservation), value(seat.exponent))
    });
    let mut table: Option<usize> = None;
    for k in 0..compiled.rounds {
        for p in 0..2 {
            let (utilities, reservation, x) = &parties[p];
            let k = f64::from(k);
            let t = match bargaining.clock {
                Timing::EachRound => (k + 1.0) / (n + 1.0),
                Timing::EachTurn => (2.0 * k + 1.0 + p as f64) / (2.0 * n + 1.0),
                Timing::FromZero => k / n,
                Timing::ToOne => (k + 1.0) / n,
            };
            let hi = utilities.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let lo = utilities.iter().copied().fold(f64::INFINITY, f64::min).max(*reservation);
            let target = ((hi - lo) * (1.0 - libm::pow(t, *x)) + lo - compiled.tolerance).max(lo).min(hi);
            if let Some(offer) = table.filter(|offer| utilities[*offer] >= target) {
                return Outcome {
                    class: Class::Agreement,
                    round: Some(k as u32),
                    accepted_by: Some(p),
                    outcome: Some(offer),
                    utilities: [parties[0].0[offer], parties[1].0[offer]],
                    nash_distance: None,
                };
            }
            let other = &parties[1 - p].0;
            let mut best: Option<usize> = None;
            for outcome in 0..utilities.len() {
                let better = |b: usize| match bargaining.ties {
                    _ if utilities[outcome] != utilities[b] => utilities[outcome] < utilities[b],
                    Ties::First => false,
                    Ties::Last => true,
                    Ties::BestForOther => other[outcome] > other[b],
                    Ties::WorstForOther => other[outcome] < other[b],
                };
                if utilities[outcome] >= target && best.is_none_or(better) {
                    best = Some(outcome);
                }
            }
            table = best;
        }
    }
    let utilities = [parties[0].1, parties[1].1];
    Outcome { class: Class::Timeout, round: None, accepted_by: None, outcome: None, utilities, nash_distance: None }
}

fn played(compiled: &Compiled, seed: u64, first: u64, count: u64) -> Vec<Outcome> {
    let mut outcomes = vec![];
    play_range(compiled, seed, first, count, &mut |game, outcome| {
        assert_eq!(game, first + outcomes.len() as u64);
        outcomes.push(*outcome);
    });
    outcomes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_batch_plays_by_the_book(bargaining in scenario(), seed in 0u64..1000) {
        let compiled = Compiled::new(&bargaining).unwrap();
        for (game, outcome) in played(&compiled, seed, 0, 6).iter().enumerate() {
            let told = tell(&compiled, seed, game as u64);
            prop_assert_eq!(*outcome, by_the_book(&bargaining, &compiled, seed, game as u64));
            prop_assert_eq!(outcome.round, told.agreement.as_ref().map(|a| a.round));
            let agreed = told.agreement.map(|a| compiled.space().index_of(&a.outcome));
            prop_assert_eq!(outcome.outcome, agreed);
        }
    }

    #[test]
    fn nobody_signs_below_a_reservation_it_could_reach(
        bargaining in scenario(),
        select in prop::sample::select(vec![Select::LowestAtOrAbove, Select::NearestToTarget, Select::BestForOther]),
    ) {
        let compiled = Compiled::new(&Bargaining { select, ..bargaining }).unwrap();
        let mut table = Parley::new(&compiled);
        let key = Key::of_seed(9);
        for (game, outcome) in played(&compiled, 9, 0, 20).iter().enumerate() {
            table.set(&compiled, |lane| {
                let mut x = [0.0];
                compiled.lanes[lane].fill(key, game as u64, &mut x);
                x[0]
            });
            for (player, utility) in table.players.iter().zip(outcome.utilities) {
                if player.reservation <= best(&player.halves) {
                    prop_assert!(utility >= player.reservation);
                }
            }
        }
    }

    #[test]
    fn a_game_does_not_depend_on_the_range_it_is_played_in(bargaining in scenario(), cut in 1u64..300) {
        let compiled = Compiled::new(&bargaining).unwrap();
        let whole = played(&compiled, 4, 0, 300);
        let parts = [played(&compiled, 4, 0, cut), played(&compiled, 4, cut, 300 - cut)].concat();
        prop_assert_eq!(&whole, &parts);
        let digest = |games: std::ops::Range<u64>| {
            let mut digest = Digest::default();
            games.for_each(|game| digest.add(game, &whole[game as usize]));
            digest
        };
        let mut merged = digest(cut..300);
        merged.merge(digest(0..cut));
        prop_assert_eq!(merged, digest(0..300));
    }

    #[test]
    fn turns_that_cannot_end_a_game_may_be_left_out(
        bargaining in scenario(),
        select in prop::sample::select(vec![Select::LowestAtOrAbove, Select::NearestToTarget, Select::BestForOther]),
    ) {
        let compiled = Compiled::new(&Bargaining { select, ..bargaining }).unwrap();
        let mut table = Parley::new(&compiled);
        for game in 0..10 {
            table.set(&compiled, |lane| {
                let mut x = [0.0];
                compiled.lanes[lane].fill(Key::of_seed(2), game, &mut x);
                x[0]
            });
            let full = table.clone().play(&compiled, |_| {});
            prop_assert_eq!(table.settle(&compiled), full);
        }
    }

    #[test]
    fn a_batch_measures_what_a_telling_tells(bargaining in scenario()) {
        let compiled = Compiled::new(&bargaining).unwrap().measured();
        for (game, outcome) in played(&compiled, 1, 0, 5).iter().enumerate() {
            let (measured, told) = (outcome.nash_distance, tell(&compiled, 1, game as u64).nash_distance);
            prop_assert_eq!(measured.is_some(), told.is_some());
            prop_assert!((measured.unwrap_or(0.0) - told.unwrap_or(0.0)).abs() < 1e-12);
        }
    }

    /// A game that hangs on no tie is the same whichever of equal outcomes is offered.
    #[test]
    fn what_hangs_on_no_tie_is_the_same_by_any(bargaining in scenario()) {
        let told = |ties: Ties| {
            let compiled = Compiled::new(&Bargaining { ties, ..bargaining.clone() }).unwrap();
            tell(&compiled, 1, 0)
        };
        let first = told(Ties::First);
        if first.tie.is_none() {
            for ties in [Ties::Last, Ties::BestForOther, Ties::WorstForOther] {
                let other = told(ties);
                prop_assert_eq!(&first.agreement, &other.agreement);
            }
        }
    }

    #[test]
    fn a_telling_fits_a_page(bargaining in scenario()) {
        let compiled = Compiled::new(&bargaining).unwrap();
        let text = tell(&compiled, 1, 0).english(&compiled);
        prop_assert!(text.lines().count() <= 60, "{}", text);
    }
}

fn best(halves: &Halves) -> f64 {
    halves.range.1
}

#[test]
fn two_equal_sides_split_ten() {
    let text = r#"(
        schema: "summitry/1",
        title: "Split ten",
        bargaining: (
            rounds: 9,
            parties: [
                (name: "ann", weights: {"share": 1.0}, reservation: 0.0, tactic: Time(exponent: 1.0)),
                (name: "bob", weights: {"share": 1.0}, reservation: 0.0, tactic: Time(exponent: 1.0)),
            ],
            issues: [(
                name: "share",
                levels: ["none", "half", "all"],
                values: {"ann": [0.0, 0.5, 1.0], "bob": [1.0, 0.5, 0.0]},
            )],
        ),
    )"#;
    let (file, _) = load_as::<BargainingFile>("split-ten.ron", &|_| Ok(text.to_owned()), &[]).unwrap();
    let compiled = Compiled::new(&file.bargaining).unwrap();
    let told = tell(&compiled, 1, 0);
    assert_eq!(told.agreement.unwrap().package["share"], "half");
}
