//! Threats differ, have dates that may be put off, and are answered; where none of that is asked for, they are what they were.

use std::collections::BTreeMap;

use summitry::internals::dice::Key;
use summitry::internals::round;
use summitry::internals::setup::Setup;
use summitry::internals::trace::{Note, What};

use crate::common::{STOCKHOLM, all_metrics, dealt, mean, metric, played, ready, set};

const GAMES: usize = if cfg!(debug_assertions) { 300 } else { 10_000 };

/// The main story where threats are common, with these terms.
fn with(terms: &str, more: &[String]) -> Setup {
    let often = |p: &str| set(&format!("parties.{p}.strategy.escalate"), "[Threat(per_round: 0.15)]");
    // A swap puts threats off as well, and a deal after it ends them.
    let mut sets = vec![often("us"), often("cn"), set("threats", terms), set("repair.per_round", 0)];
    sets.extend_from_slice(more);
    ready(STOCKHOLM, &sets)
}

/// What happened in each game.
fn told(setup: &Setup) -> Vec<Vec<Note>> {
    let mut game = dealt(setup, 5, 0, 1);
    game.tell(true);
    let play = |g: u64| {
        game.load(Key::of_seed(5), g);
        round::play(&mut game);
        game.trace().take()
    };
    (0..GAMES as u64).map(play).collect()
}

fn same(a: &Setup, b: &Setup) -> bool {
    let numbers = |setup: &Setup| -> BTreeMap<String, Vec<u64>> {
        let all = all_metrics(&played(setup, 4, GAMES)).into_iter();
        all.map(|(name, lane)| (name, lane.into_iter().map(f64::to_bits).collect())).collect()
    };
    let (a, b) = (numbers(a), numbers(b));
    // What is measured of terms alone is not measured without them.
    a.iter().filter(|(name, _)| b.contains_key(*name)).all(|(name, lane)| b[name] == *lane)
}

#[test]
fn without_terms_threats_are_what_they_were() {
    let off = set("off", "[\"threat_terms\"]");
    let shipped = ready(STOCKHOLM, &[]);
    let (without, off) = (ready(STOCKHOLM, &[set("threats", "()")]), ready(STOCKHOLM, &[off]));
    assert!(same(&without, &off), "terms at their defaults are no terms");
    assert!(!same(&shipped, &off), "the story has terms, and they matter");
}

#[test]
fn large_threats_are_rare_and_what_is_announced_is_what_comes() {
    let terms = "(size: LogNormal(median: 0.75, spread: 0.9), delay: LogNormal(median: 1.25, spread: 0.75))";
    let setup = with(terms, &[set("off", "[\"courts\"]")]);
    let step = setup.scenario.escalation.threat_step.get();
    let (mut sizes, mut delays, mut carried) = (vec![], vec![], 0);
    for notes in told(&setup) {
        let mut pending: [Option<(f64, u32)>; 2] = [None; 2];
        for note in notes {
            match (note.party, note.what) {
                (Some(p), What::Threatened { due, size, .. }) => {
                    sizes.push(size);
                    delays.push(f64::from(due - note.round));
                    pending[p] = Some((size, due));
                }
                (Some(p), What::CarriedOut { moved, part }) => {
                    let (size, due) = pending[p].take().expect("it was announced");
                    assert_eq!((note.round, part), (due, 1.0));
                    let lever = &setup.levers[moved.lever];
                    let room = if lever.opens > 0.0 { moved.from - lever.low } else { lever.high - moved.from };
                    let steps = (moved.to - moved.from).abs() / lever.step;
                    assert!(
                        (steps - step * size).abs() < 1e-9 || (steps - room / lever.step).abs() < 1e-9,
                        "{moved:?} {size}"
                    );
                    carried += 1;
                }
                (Some(p), What::ClimbedDown) => drop(pending[p].take()),
                _ => {}
            }
        }
    }
    let n = sizes.len() as f64;
    assert!(n > GAMES as f64 && carried > GAMES / 4, "{n} threats, {carried} carried out");
    let share = |above: f64| sizes.iter().filter(|z| **z > above).count() as f64 / n;
    // Of a LogNormal of this kind half lie above .75, one in twenty above 3.3.
    for (above, law) in [(0.75, 0.5), (0.75 * libm::exp(0.9 * 1.644_853_6), 0.05)] {
        let error = (law * (1.0 - law) / n).sqrt();
        assert!((share(above) - law).abs() < 4.0 * error, "{} above {above}, {law} by the law", share(above));
    }
    assert!(delays.iter().all(|d| *d >= 1.0) && delays.iter().any(|d| *d > 6.0), "days to months");
}

#[test]
fn dates_are_put_off_only_while_talks_go_on() {
    let off = told(&with("(postponed: 1, postponed_by: 5)", &[]));
    let put_off = |notes: &[Note]| notes.iter().filter(|n| matches!(n.what, What::PutOff { .. })).count();
    assert!(off.iter().map(|notes| put_off(notes)).sum::<usize>() > GAMES / 4);
    for notes in &off {
        for (i, note) in notes.iter().enumerate() {
            let What::PutOff { to } = note.what else { continue };
            assert_eq!(to, note.round + 5);
            let met = notes[..i].iter().any(|n| matches!(n.what, What::NoAgreement { .. } | What::Initialled { .. }));
            assert!(met, "nobody has met, so nothing has come any way");
        }
    }
    let silent = told(&with("(postponed: 1, postponed_by: 5)", &[set("off", "[\"talks\"]")]));
    assert_eq!(silent.iter().map(|notes| put_off(notes)).sum::<usize>(), 0, "no talks, no reason to wait");
}

/// Nobody believes in these threats, and none is carried out: what is left of them is what climbing down costs.
#[test]
fn backing_down_from_a_large_threat_costs_more() {
    let never = [set("parties.us.resolve.mean", 0), set("parties.cn.resolve.mean", 0)];
    let cost = |terms: &str| {
        let with = |more: &[String]| metric(&played(&with(terms, &[&never[..], more].concat()), 4, GAMES), "us.total");
        let (free, dear) = (with(&[set("escalation.audience_cost", 0)]), with(&[]));
        free.iter().zip(&dear).map(|(free, dear)| free - dear).collect::<Vec<_>>()
    };
    let [flat, usual, small, large] =
        ["(size: 3)", "(size: 1, audience_grows: 1)", "(size: 0.5, audience_grows: 1)", "(size: 3, audience_grows: 1)"]
            .map(cost);
    let near = |a: &[f64], k: f64, b: &[f64]| a.iter().zip(b).all(|(a, b)| (a * k - b).abs() < 1e-6 * (1.0 + b.abs()));
    assert!(mean(&usual) > 0.0);
    assert!(near(&usual, 1.0, &flat) && near(&usual, 0.5, &small) && near(&usual, 3.0, &large));
}

#[test]
fn who_gives_way_opens_a_lever_and_is_not_struck() {
    let setup =
        with("(yields: 1, yields_by: 0.5)", &[set("parties.us.resolve.mean", 1), set("parties.cn.resolve.mean", 1)]);
    let step = setup.scenario.escalation.threat_step.get();
    let mut ways = 0;
    for notes in told(&setup) {
        let mut pending = [0_i32; 2];
        for note in notes {
            match (note.party, note.what) {
                (Some(p), What::Threatened { .. }) => pending[p] += 1,
                (Some(p), What::CarriedOut { .. } | What::ClimbedDown) => {
                    pending[p] -= 1;
                    assert!(pending[p] >= 0, "a threat that was given way to is off");
                }
                (Some(q), What::Yielded { moved }) => {
                    pending[1 - q] -= 1;
                    let lever = &setup.levers[moved.lever];
                    assert_eq!(lever.holder, q, "with a lever of its own");
                    let steps = lever.opens * (moved.to - moved.from) / lever.step;
                    let room =
                        if lever.opens > 0.0 { lever.reach_high - moved.from } else { moved.from - lever.reach_low };
                    assert!((steps - 0.5 * step).abs() < 1e-9 || (steps - room / lever.step).abs() < 1e-9, "{moved:?}");
                    ways += 1;
                }
                _ => {}
            }
        }
    }
    assert!(ways > GAMES / 2, "{ways}");
}

#[test]
fn a_threat_is_countered_once_by_the_same_for_the_same_date() {
    let mut counters = 0;
    for notes in told(&with("(size: LogNormal(median: 0.75, spread: 0.9), countered: 1)", &[])) {
        let mut last: [Option<(f64, u32)>; 2] = [None; 2];
        for note in notes {
            if let (Some(p), What::Threatened { due, size, counters: counter }) = (note.party, note.what) {
                if counter {
                    assert_eq!(last[1 - p], Some((size, due)), "the same size and date");
                    counters += 1;
                }
                last[p] = Some((size, due));
            }
        }
    }
    assert!(counters > GAMES / 2, "{counters}");
}
