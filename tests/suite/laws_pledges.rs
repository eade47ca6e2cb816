//! Promises: what they are worth when made, what comes of them, and what that does to the promiser's word.

use summitry::internals::components::{Level, WordBroken, WordKept};
use summitry::internals::delivery::PledgeGoal;
use summitry::internals::orders::{About, Ask, Orders, Room};
use summitry::internals::setup::Setup;

use crate::common::{Lots, STOCKHOLM, column, dealt, mean, near, played, ready, set};

const PLEDGES: &str = "scenarios/theory/pledges.ron";

fn with(sets: &[(&str, String)]) -> Setup {
    let sets: Vec<String> = sets.iter().map(|(path, value)| set(path, value)).collect();
    ready(PLEDGES, &sets)
}

fn word(mean: f64) -> (&'static str, String) {
    ("parties.cn.word", format!("(mean: {mean}, weight: 4)"))
}

/// What each level of each lever would be worth to a party, as it sits down to make the first offer.
fn at_the_table(setup: &Setup, party: usize) -> Vec<Room> {
    let mut seats = [false; 2];
    seats[party] = true;
    let mut games = dealt(setup, 1, 0, 1);
    games.take_orders(Orders::new(seats, [false; 2]));
    assert!(!games.advance(), "a seat held from outside is asked for its offer");
    let question = games.orders().open()[0].1.clone();
    assert_eq!(question.at.ask, Ask::Offer(0));
    let About::Turn(rooms) = question.about else { panic!("not about a turn") };
    rooms
}

fn opened_by(party: &str) -> (&'static str, String) {
    ("talks.opener", format!("Alternate(first: \"{party}\")"))
}

fn worth_of<'a>(rooms: &'a [Room], setup: &Setup, lever: &str) -> &'a [f64; 5] {
    let l = setup.lever(lever).unwrap();
    &rooms.iter().find(|room| room.lever == l).expect("an open lever").worth
}

#[test]
fn check_16_a_pledge_by_one_whose_word_is_nothing_moves_nobody() {
    let worth = |mean: f64, record: f64| {
        let setup = with(&[("parties.cn.word", format!("(mean: {mean}, weight: 4, record: {record})"))]);
        *worth_of(&at_the_table(&setup, setup.party("us").unwrap()), &setup, "purchases")
    };
    assert_eq!(worth(0.0, 0.0), [0.0; 5], "cheap talk");
    let believed = worth(0.3, 0.0);
    assert_eq!(believed[0], 0.0);
    assert!(believed.windows(2).all(|w| w[0] < w[1]), "{believed:?}");
    let twice = worth(0.6, 0.0);
    assert!(believed.iter().zip(twice).all(|(a, b)| (2.0 * a - b).abs() < 1e-12), "worth as much as it is believed");
}

#[test]
fn check_16_a_pledge_surely_kept_is_a_switch() {
    let of = |pledge: f64, mean: f64, honesty: f64, party: &str| {
        let setup = with(&[
            word(mean),
            ("parties.cn.honesty", honesty.to_string()),
            ("levers.purchases.pledge_share", pledge.to_string()),
            opened_by(party),
        ]);
        *worth_of(&at_the_table(&setup, setup.party(party).unwrap()), &setup, "purchases")
    };
    for party in ["us", "cn"] {
        assert_eq!(of(1.0, 1.0, 1.0, party), of(0.0, 0.3, 0.5, party), "{party}");
        assert_ne!(of(1.0, 0.9, 0.9, party), of(0.0, 0.3, 0.5, party), "{party}: doubt must count");
    }
    // To the promiser a broken pledge is cheaper, but by no more than the price of a broken word allows.
    let (kept, broken) = (of(1.0, 0.3, 1.0, "cn"), of(1.0, 0.3, 0.0, "cn"));
    assert!(kept.iter().zip(broken).all(|(k, b)| (0.6 * k - b).abs() < 1e-12), "{kept:?} {broken:?}");
}

/// Plays the pledge game and gives China's counts of word after each round, and its purchases.
fn reviewed(honesty: f64, rounds: u32) -> (Setup, Vec<[f64; 2]>, f64) {
    let setup = with(&[
        ("parties.cn.honesty", honesty.to_string()),
        ("delivery.noise", "0".into()),
        ("clock.rounds", rounds.to_string()),
    ]);
    let (cn, purchases) = (setup.party("cn").unwrap(), setup.lever("purchases").unwrap());
    let mut games = dealt(&setup, 1, 0, 1);
    let mut counts = vec![];
    for _ in 0..rounds {
        games.step();
        counts.push([column::<WordKept>(&games, cn)[0], column::<WordBroken>(&games, cn)[0]]);
    }
    assert_eq!(column::<PledgeGoal>(&games, purchases), [200.0], "all of it was pledged");
    let bought = column::<Level>(&games, purchases)[0];
    (setup, counts, bought)
}

fn believed(counts: [f64; 2]) -> f64 {
    counts[0] / (counts[0] + counts[1])
}

#[test]
fn check_17_word_follows_what_is_delivered() {
    let mut lots = Lots::new(17);
    for i in 0..12 {
        let f = [0.0, 1.0, 0.5].get(i).copied().unwrap_or_else(|| lots.unit());
        let (_, counts, _) = reviewed(f, 401);
        let (a, b) = (1.2, 2.8);
        let mut last = a / (a + b);
        for n in 0..=50 {
            let got = believed(counts[8 * n]);
            let reviews = 0.5 * n as f64;
            let law = (a + reviews * f) / (a + b + reviews);
            near("word", got, law, 1e-12).unwrap_or_else(|e| panic!("honesty {f}, {n} reviews: {e}"));
            if n > 0 && f != 0.3 {
                assert!(if f > 0.3 { got > last } else { got < last }, "it moves toward {f}: {last} {got}");
                assert!(near("word", got, (a + reviews * f) / (a + b), 1e-12).is_err());
            }
            last = got;
        }
    }
}

#[test]
fn check_17_in_the_long_run_word_is_honesty() {
    for (f, low, high) in [(1.0, 0.98, 1.0), (0.0, 0.0, 0.012)] {
        let (_, counts, _) = reviewed(f, 3201);
        let end = believed(*counts.last().unwrap());
        assert!((low..=high).contains(&end), "{f}: {end}");
    }
}

/// What came of a baseline and an increment when the market gives the share m of the one and a party keeps h of the
/// other.
fn delivered(market: f64, bought: f64) -> f64 {
    (302.4 * market + bought) / (302.4 + 200.0)
}

#[test]
fn check_11_phase_one_lies_on_its_line() {
    for (market, h) in [(0.955, 0.000_04), (0.9, 0.083_2), (0.8, 0.234_4), (0.65, 0.461_2)] {
        let (_, _, bought) = reviewed(h, 20);
        near("delivered", delivered(market, bought), 288.8 / 502.4, 1e-9).unwrap();
        assert!(near("delivered", delivered(market, 0.5 * bought + 1.0), 288.8 / 502.4, 1e-9).is_err());
    }
    let (_, _, nothing) = reviewed(0.0, 20);
    near("none of the increment", delivered(0.955, nothing), 0.574_8, 5e-5).unwrap();
}

#[test]
fn delivery_ramps_up_over_eight_rounds() {
    let bought: Vec<f64> = (1..=12).map(|rounds| reviewed(0.5, rounds).2).collect();
    let law: Vec<f64> = (0..12).map(|n| 100.0 * (f64::from(n) / 8.0).min(1.0)).collect();
    assert_eq!(bought, law);
}

#[test]
fn who_gets_nothing_holds_back() {
    let bought = |in_step: f64, honesty: f64| {
        let sets = [("delivery.in_step", in_step), ("parties.us.honesty", honesty), ("parties.us.word.record", 0.0)];
        let sets: Vec<String> = sets.iter().map(|(path, value)| set(path, value)).collect();
        let setup = ready(STOCKHOLM, &sets);
        mean(&column::<Level>(&played(&setup, 5, 400), setup.lever("purchases").expect("a lever")))
    };
    let (free, in_step) = ([bought(0.0, 1.0), bought(0.0, 0.0)], [bought(1.0, 1.0), bought(1.0, 0.0)]);
    assert!((free[1] - free[0]).abs() < 0.15 * free[0], "where nobody looks, it hardly matters: {free:?}");
    assert!(in_step[1] < 0.5 * in_step[0], "nothing for nothing: {in_step:?}");
}
