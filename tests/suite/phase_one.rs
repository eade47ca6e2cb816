//! The second story: it plays, it can end in every way, and what it delivers is what the record says.

use summitry::internals::components::Honesty;
use summitry::internals::delivery::{PledgeDelivered, PledgeDue};
use summitry::internals::dice::Key;
use summitry::internals::disk;
use summitry::internals::file_kind::QUESTIONS;
use summitry::internals::load;
use summitry::internals::play::{Plan, Watch, batch};
use summitry::internals::questions::Questions;
use summitry::internals::round;
use summitry::internals::score::{Asked, score};
use summitry::internals::setup::Setup;

use crate::common::column;

const STORY: &str = "scenarios/phase-one-2018.ron";

fn story() -> Setup {
    summitry::internals::setup_of(&super::ready(STORY, &[])).clone()
}

#[test]
fn it_can_end_in_every_way() {
    let played = batch(&story(), &Plan::new(1, 3000), &Watch::default()).expect("played").summary;
    assert!(played.classes.iter().all(|n| *n > 0), "{:?}", played.classes);
}

/// Of a baseline B the market leaves the share m, of an increment I China delivers the share h:
/// (B m + h I) / (B + I) = 288.8 / 502.4 (PIIE 2022). h and m are not known apart; each game draws one pair on that line.
#[test]
fn what_is_delivered_lies_on_the_line_of_the_record() {
    const BASELINE: f64 = 302.4;
    const INCREMENT: f64 = 200.0;
    let record = 288.8 / (BASELINE + INCREMENT);
    let market = |h: f64| (288.8 - INCREMENT * h) / BASELINE;
    assert!((market(0.234) - 0.80).abs() < 0.001 && (market(0.0) - 0.955).abs() < 0.001);

    let setup = story();
    let (cn, lever) = (setup.party("cn").expect("China"), setup.lever("purchases").expect("purchases"));
    let mut games = round::cohort(&setup, 800);
    games.load(Key::of_seed(11), 0);
    let honesty = column::<Honesty>(&games, cn);
    round::play(&mut games);
    let (due, delivered) = (column::<PledgeDue>(&games, lever), column::<PledgeDelivered>(&games, lever));
    let total: Vec<f64> = (0..800)
        .filter(|g| due[*g] > 0.0)
        .map(|g| (BASELINE * market(honesty[g]) + INCREMENT * delivered[g] / due[g]) / (BASELINE + INCREMENT))
        .collect();
    let n = total.len() as f64;
    let mean = total.iter().sum::<f64>() / n;
    let error = (total.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0) / n).sqrt();
    assert!(n > 400.0);
    assert!((mean - record).abs() <= 1.96 * error, "{mean} +- {error}, the record says {record}");
    assert!((mean - 0.575).abs() < 0.001);
    // The pairs differ, and those who mean less deliver less.
    let (low, high) = honesty.iter().fold((1.0_f64, 0.0_f64), |(a, b), h| (a.min(*h), b.max(*h)));
    assert!(low < 0.02 && high > 0.21);
}

#[test]
fn its_questions_are_answered_but_for_what_it_has_no_word_for() {
    let setup = story();
    let name = "scenarios/studies/questions-2018-2019.ron";
    let (file, _, unread) = load::load_file::<Questions>(&QUESTIONS, name, &disk::open).expect("it loads");
    assert_eq!(unread, []);
    let file = file.expect("questions");
    let asked = Asked::of(&setup, &file).expect("every question can be read");
    assert_eq!(asked.cannot.iter().map(|(q, _)| q.id.as_str()).collect::<Vec<_>>(), ["soybeans after the truce"]);
    let outcome = score(&setup, &asked, &Plan::new(1, 1500), &Watch::default()).expect("played");
    assert_eq!(outcome.scored.len(), file.questions.len() - 1);
    assert_eq!(outcome.unanswered.len(), 1);
}
