//! What holds in any scenario and between any two strategies.

use std::collections::BTreeSet;

use summitry::internals::cohort::Games;
use summitry::internals::components::{Belief, Leak, Level, Overcapacity, Progress, Resilience, Tone};
use summitry::internals::components::{
    Deals, ResolveLost, ResolveShown, Total, TotalPolitics, TotalProsperity, TotalSecurity, WordBroken, WordKept, Worth,
};
use summitry::internals::dice::Key;
use summitry::internals::play::Plan;
use summitry::internals::round;
use summitry::internals::rows::Value;
use summitry::internals::setup::Setup;
use summitry::internals::trace::{Note, What};

use crate::any_scenario::scenario;
use crate::common::{Lots, STOCKHOLM, column, dealt, numbers, played_by, ready, ready_text};

const SCENARIOS: u64 = 150;
const GAMES: usize = 40;

/// Scenarios drawn at random, with their texts.
fn any(from: u64) -> impl Iterator<Item = (String, Setup)> {
    (0..SCENARIOS).map(move |i| {
        let text = scenario(&mut Lots::new(from + i));
        let setup = ready_text(&text, &[]);
        (text, setup)
    })
}

/// What must hold of the numbers of a cohort after any round.
fn in_bounds(games: &Games) -> Result<(), String> {
    let setup = games.setup().clone();
    let within =
        |what: &str, lane: Vec<f64>, low: f64, high: f64| match lane.iter().find(|x| !(low..=high).contains(*x)) {
            None => Ok(()),
            Some(x) => Err(format!("{what} is {x}, outside {low} to {high}")),
        };
    for (l, lever) in setup.levers.iter().enumerate() {
        within(&lever.key, column::<Level>(games, l), lever.low, lever.high)?;
    }
    within("tone", column::<Tone>(games, 0), -1.0, 1.0)?;
    within("leak", column::<Leak>(games, 0), 0.0, 1.0)?;
    within("progress", column::<Progress>(games, 0), 0.0, 1.0)?;
    within("overcapacity", column::<Overcapacity>(games, 0), 0.0, 1.0)?;
    for p in 0..2 {
        for points in
            [Total::COLUMN, TotalProsperity::COLUMN, TotalSecurity::COLUMN, TotalPolitics::COLUMN, Worth::COLUMN]
        {
            within(points.name(), numbers(games, points, p), -1e9, 1e9)?;
        }
        within("resilience", column::<Resilience>(games, p), 0.0, 1.0)?;
        for count in [WordKept::COLUMN, WordBroken::COLUMN, ResolveShown::COLUMN, ResolveLost::COLUMN] {
            within(count.name(), numbers(games, count, p), 0.0, 1e9)?;
        }
        let suspects = &setup.parties[p].suspects;
        if !suspects.is_empty() {
            let mut sums = vec![0.0; games.games()];
            for t in suspects {
                let beliefs = column::<Belief>(games, p * setup.types.len() + t);
                within("a belief", beliefs.clone(), 0.0, 1.0)?;
                sums.iter_mut().zip(beliefs).for_each(|(sum, x)| *sum += x);
            }
            within("all beliefs together", sums, 1.0 - 1e-9, 1.0 + 1e-9)?;
        }
    }
    Ok(())
}

#[test]
fn levers_stay_in_range_and_totals_finite() {
    let (mut dealt_with, mut moved) = (0, 0);
    for (i, (text, setup)) in any(1000).enumerate() {
        let mut games = dealt(&setup, i as u64, 0, GAMES);
        for round in 0..setup.rounds {
            games.step();
            in_bounds(&games).unwrap_or_else(|e| panic!("scenario {i}, round {round}: {e}\n{text}"));
        }
        dealt_with += usize::from(games.lane::<Deals>(0).is_some_and(|lane| lane.iter().any(|deals| deals.0 > 0.0)));
        moved += usize::from(
            (0..setup.levers.len()).any(|l| column::<Level>(&games, l).iter().any(|x| *x != setup.levers[l].now)),
        );
    }
    assert!(dealt_with > 40 && moved > 100, "the sample is lively: deals in {dealt_with}, moves in {moved}");
}

#[test]
fn bounds_are_checked() {
    let setup = ready(STOCKHOLM, &[]);
    for (name, bad) in
        [("Level", 146.0), ("Tone", -1.01), ("Total", f64::NAN), ("Belief", 0.9), ("Leak", f64::INFINITY)]
    {
        let mut games = dealt(&setup, 1, 0, 1);
        games.step();
        assert!(games.column(name).is_some(), "{name} is a column");
        in_bounds(&games).unwrap();
        let mut state = games.capture(0);
        let row = if name == "Level" { setup.lever("us_tariff").unwrap() } else { 0 };
        let row = if name == "Belief" { setup.parties[0].suspects[0] } else { row };
        state.rows.get_mut(name).unwrap()[row] = f64::to_bits(bad);
        games.restore(&state, Key::of_seed(1), 0).unwrap();
        assert!(in_bounds(&games).is_err(), "{name} {bad}");
    }
}

/// Whether every package initialled was worth at least what waiting was, to both, and no loss; how many there were.
fn nobody_signs_below(notes: &[Note]) -> Result<usize, String> {
    let (mut reserves, mut signed) = (None, 0);
    for note in notes {
        match &note.what {
            What::Session { reserve, .. } => reserves = Some(*reserve),
            What::Initialled { worth, .. } => {
                let reserve = reserves.take().ok_or("a package without a session")?;
                for p in 0..2 {
                    if worth[p] < reserve[p].max(0.0) - 1e-6 {
                        return Err(format!(
                            "round {}: party {p} signs for {}, waits for {}",
                            note.round, worth[p], reserve[p]
                        ));
                    }
                }
                signed += 1;
            }
            _ => {}
        }
    }
    Ok(signed)
}

fn told(setup: &Setup, seed: u64, game: u64) -> Vec<Note> {
    let mut one = dealt(setup, seed, game, 1);
    one.tell(true);
    round::play(&mut one);
    one.trace().take()
}

#[test]
fn nobody_signs_for_less_than_waiting_is_worth() {
    let mut signed = 0;
    for (i, (text, setup)) in any(2000).enumerate() {
        for game in 0..8 {
            let notes = told(&setup, i as u64, game);
            signed += nobody_signs_below(&notes).unwrap_or_else(|e| panic!("scenario {i}, game {game}: {e}\n{text}"));
        }
    }
    assert!(signed > 300, "{signed} packages");
    let setup = ready(STOCKHOLM, &[]);
    let mut games = (0..20).map(|game| told(&setup, 1, game));
    let mut notes = games.find(|notes| nobody_signs_below(notes).unwrap() > 0).expect("a game with a package");
    for note in &mut notes {
        if let What::Initialled { worth, .. } = &mut note.what {
            worth[1] = -0.5;
        }
    }
    assert!(nobody_signs_below(&notes).is_err());
}

#[test]
fn offers_stay_within_what_may_be_moved() {
    let mut offers = 0;
    for (i, (text, setup)) in any(3000).enumerate() {
        let talks = &setup.scenario.talks;
        let furthest = talks.officials_may_move.get().max(talks.leaders_may_move.get());
        for note in (0..4).flat_map(|game| told(&setup, i as u64, game)) {
            let What::Offer { package, .. } = &note.what else { continue };
            offers += 1;
            for m in package {
                let lever = &setup.levers[m.lever];
                // What was driven beyond its reach may be brought back, and goes no further.
                let reach = (lever.reach_low.min(m.from), lever.reach_high.max(m.from));
                let (low, high) = if lever.pie { (lever.low, lever.high) } else { reach };
                let far = lever.pie || (m.to - m.from).abs() <= furthest * lever.step + 1e-9;
                assert!(low - 1e-9 <= m.to && m.to <= high + 1e-9 && far, "scenario {i}: {m:?}\n{text}");
            }
        }
    }
    assert!(offers > 2000, "{offers} offers");
}

#[test]
fn any_scenario_is_the_same_in_any_cohort() {
    let mut digests = BTreeSet::new();
    for (i, (text, setup)) in any(4000).enumerate() {
        let summary = |cohort: usize| {
            let plan = Plan { cohort, ..Plan::new(i as u64, GAMES as u64).threads(1) };
            played_by(&setup, &plan).summary
        };
        let whole = summary(1024);
        for cohort in [1, 7] {
            assert!(summary(cohort) == whole, "scenario {i}, cohorts of {cohort}\n{text}");
        }
        digests.insert(whole.digest);
    }
    assert_eq!(digests.len() as u64, SCENARIOS, "no two scenarios play alike");
}
